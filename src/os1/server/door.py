"""Who may come in: one-time links and sessions, kept as hashes in her home.

A link opens the door once, within ten minutes. The session it gives is a cookie that lasts until it has not been
used for a season. The house and `os1 login` are two processes that share nothing but the folder.
It does not know what lies behind the door.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from os1.clock import Clock

LINK_LASTS = timedelta(minutes=10)
"""Long enough to walk to another screen, short enough that a link in a terminal's history is worthless."""
SESSION_LASTS = timedelta(days=90)
"""Since it was last used: whoever comes back within a season is still known."""
TOUCH_EVERY = timedelta(days=1)
"""How exactly the last use is kept: a file's time is not written at every request."""


class Door:
    """Links and sessions are files named by the SHA-256 of their secret; their time is when they were last good."""

    def __init__(self, home: Path, clock: Clock) -> None:
        self._links = home / "door" / "links"
        self._sessions = home / "door" / "sessions"
        self._clock = clock
        for folder in (self._links, self._sessions):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def new_link(self) -> str:
        """A secret that opens the door once."""
        return self._new(self._links)

    def use_link(self, secret: str) -> str | None:
        """A session in exchange for a link that was not used before, or None."""
        link = self._links / _name(secret)
        if not self._fresh(link, LINK_LASTS):
            return None
        try:
            link.unlink()  # whoever removes it has it: two at once cannot both come in
        except FileNotFoundError:
            return None
        return self._new(self._sessions)

    def knows(self, secret: str) -> bool:
        """Whether this is a session that may come in."""
        session = self._sessions / _name(secret)
        if not secret or not self._fresh(session, SESSION_LASTS):
            return False
        if self._age(session) > TOUCH_EVERY:
            self._touch(session)
        return True

    def _new(self, folder: Path) -> str:
        secret = secrets.token_urlsafe(32)
        file = folder / _name(secret)
        file.touch(mode=0o600)
        self._touch(file)
        return secret

    def _touch(self, file: Path) -> None:
        file.write_text(self._clock.now().isoformat(), encoding="utf-8")

    def _age(self, file: Path) -> timedelta:
        return self._clock.now() - datetime.fromisoformat(file.read_text(encoding="utf-8"))

    def _fresh(self, file: Path, lasts: timedelta) -> bool:
        try:
            if self._age(file) <= lasts:
                return True
            file.unlink(missing_ok=True)
        except (FileNotFoundError, ValueError):
            pass
        return False


def _name(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
