"""Who may come in: one-time links and sessions, kept as hashes in her home.

A link opens the door once, within ten minutes. The session it gives is a cookie that lasts until it has not been
used for a season. The house and `os1 login` are two processes that share nothing but the folder.
It does not know what lies behind the door.
"""

import hashlib
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from os1.clock import Clock
from os1.errors import StoreError
from os1.store.whole_file import unusable, write_whole

LINK_LASTS = timedelta(minutes=10)
"""Long enough to walk to another screen, short enough that a link in a terminal's history is worthless."""
SESSION_LASTS = timedelta(days=90)
"""Since it was last used: whoever comes back within a season is still known."""
TOUCH_EVERY = timedelta(days=1)
"""How exactly the last use is kept: a file's time is not written at every request."""


class Sign(NamedTuple):
    """What hangs out while the house is open to phones."""

    page: str
    """Where their page is."""
    fingerprint: str
    """Of the certificate they are to trust."""


class Door:
    """Links and sessions are files named by the SHA-256 of their secret; their time is when they were last good."""

    def __init__(self, home: Path, clock: Clock) -> None:
        self._links = home / "door" / "links"
        self._sessions = home / "door" / "sessions"
        self._sign = home / "door" / "phone"
        self._clock = clock
        for folder in (self._links, self._sessions):
            try:
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            except OSError as error:
                raise unusable(error, folder) from error
        for link in self._links.iterdir():
            self._fresh(link, LINK_LASTS)  # those that nobody used go, once their time is over

    def new_link(self) -> str:
        """A secret that opens the door once. Raises StoreError."""
        return self._new(self._links)

    def use_link(self, secret: str) -> str | None:
        """A session in exchange for a link that was not used before, or None. Raises StoreError; the link then holds."""
        link = self._links / _name(secret)
        if not self._fresh(link, LINK_LASTS):
            return None
        session = self._new(self._sessions)  # first, so that a full disk does not cost the link
        try:
            link.unlink()  # whoever removes it has it: two at once cannot both come in
            return session
        except OSError as error:
            (self._sessions / _name(session)).unlink(missing_ok=True)
            if isinstance(error, FileNotFoundError):
                return None
            raise unusable(error, link) from error

    def knows(self, secret: str) -> bool:
        """Whether this is a session that may come in."""
        session = self._sessions / _name(secret)
        if not secret or not self._fresh(session, SESSION_LASTS):
            return False
        if self._age(session) > TOUCH_EVERY:
            with suppress(StoreError):  # a full disk locks no one out; it is written another time
                self._touch(session)
        return True

    def put_up_sign(self, sign: Sign) -> None:
        """For as long as the house is open to phones. Raises StoreError."""
        if self.sign() != sign:
            write_whole(self._sign, "\n".join(sign))

    def take_down_sign(self) -> None:
        with suppress(OSError):  # on a sealed disk it stays, and leads to a door that is closed
            self._sign.unlink(missing_ok=True)

    def sign(self) -> Sign | None:
        """Where phones come in, while they do."""
        try:
            page, fingerprint = self._sign.read_text(encoding="utf-8").split("\n")
            return Sign(page, fingerprint)
        except (OSError, ValueError):
            return None

    def _new(self, folder: Path) -> str:
        secret = secrets.token_urlsafe(32)
        self._touch(folder / _name(secret))
        return secret

    def _touch(self, file: Path) -> None:
        write_whole(file, self._clock.now().isoformat())

    def _age(self, file: Path) -> timedelta:
        return self._clock.now() - datetime.fromisoformat(file.read_text(encoding="utf-8"))

    def _fresh(self, file: Path, lasts: timedelta) -> bool:
        try:
            if self._age(file) <= lasts:
                return True
            file.unlink(missing_ok=True)
        except (OSError, ValueError, TypeError):
            pass  # not there, not readable, or not a moment: it opens nothing
        return False


def _name(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
