"""The models folder: the files that are here, and the seal beside each that says it was read whole and found right.

A seal holds while the file's size and time of change stay what they were, so that a second start does not read a
gigabyte again. It does not know where files come from.
"""

import asyncio
import fcntl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO

from pydantic import BaseModel, ValidationError

from os1.brain.download import check_room, keep, sha256_of
from os1.errors import ModelRefused

LOOK_AGAIN = 0.5
"""Seconds between looks at a lock that another process holds: it will be held for minutes."""


class Seal(BaseModel):
    """What was found when the file was last read whole."""

    sha256: str
    size: int
    changed_ns: int


def seal_of(path: Path, sha256: str) -> Seal:
    stat = path.stat()
    return Seal(sha256=sha256, size=stat.st_size, changed_ns=stat.st_mtime_ns)


class Shelf:
    """The files of one models folder, which several homes may share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, name: str) -> Path:
        return self.folder / name

    def workplace(self, name: str) -> Path:
        """Where a file is gathered before it is whole."""
        return self.folder / ".fetching" / name

    def sealed(self, name: str, sha256: str) -> Path | None:
        """The file, if it was verified and has not been touched since."""
        path = self.path(name)
        if not path.is_file():
            return None
        try:
            seal = Seal.model_validate_json(self._seal(name).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None
        return path if seal == seal_of(path, sha256) else None

    def read(self, name: str, sha256: str) -> Path | None:
        """Reads the file whole: seals it, or sets it aside and refuses. None if there is none."""
        path = self.path(name)
        if not path.is_file():
            return None
        seal = seal_of(path, sha256_of(path))
        if seal.sha256 != sha256:
            aside = path.with_name(path.name + ".refused")
            path.replace(aside)
            self._seal(name).unlink(missing_ok=True)
            raise ModelRefused(
                f"{path} is not the file that was promised (its sha256 begins {seal.sha256[:12]}, not "
                f"{sha256[:12]}). I put it aside as {aside.name}; starting again fetches a good one."
            )
        self._seal(name).write_text(seal.model_dump_json())
        return path

    def place(self, gathered: Path, name: str, sha256: str) -> Path:
        """A file that was just verified gets its name and its seal."""
        path = self.path(name)
        keep(gathered, path)
        self._seal(name).write_text(seal_of(path, sha256).model_dump_json())
        return path

    def make_room(self, name: str, needed: int) -> None:
        """Prepares the workplace; says so if the disk cannot hold what is still to come."""
        workplace = self.workplace(name)
        workplace.mkdir(parents=True, exist_ok=True)
        here = sum(file.stat().st_size for file in workplace.iterdir() if file.is_file())
        check_room(workplace, max(0, needed - here))

    @asynccontextmanager
    async def alone(self, name: str) -> AsyncGenerator[None]:
        """One process at a time gathers a file; another waits, and then finds it here."""
        lock = await asyncio.to_thread(self._open_lock, name)
        try:
            while not _lock(lock):  # noqa: ASYNC110 - another process holds it: there is no event to wait for
                await asyncio.sleep(LOOK_AGAIN)
            yield
        finally:
            lock.close()

    def _open_lock(self, name: str) -> BinaryIO:
        lock = self.folder / ".fetching" / f"{name}.lock"
        lock.parent.mkdir(parents=True, exist_ok=True)
        return lock.open("wb")

    def _seal(self, name: str) -> Path:
        return self.folder / f"{name}.verified"


def _lock(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
