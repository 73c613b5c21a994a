"""What the first hundred bytes of a file say, read before SQLite may touch it.

SQLite would take an empty file for a new one, a cut one for whole, and write into another program's. It does not
know what is behind the header.
"""

from pathlib import Path

from os1.errors import StoreDamaged, StoreForeign
from os1.store.migrations import APPLICATION, MIGRATIONS

MAGIC = b"SQLite format 3\x00"
LENGTH = 100
"""Bytes of a SQLite header."""


def look_at(path: Path, *, recovering: bool) -> None:
    """Raises StoreForeign, StoreDamaged, with the file as it was. `recovering`: a journal lies beside it, and holds the rest."""
    size = path.stat().st_size
    with path.open("rb") as file:
        header = file.read(LENGTH)
    if not header:
        raise StoreDamaged(
            f"{path} is empty: a companion's file never is. Bring back an export, or a copy of the file."
        )
    if not header.startswith(MAGIC[: len(header)]):
        raise StoreForeign(f"{path} is not a companion's file (or it is encrypted). It was left as it is.")
    if len(header) < LENGTH or (size < _whole(header) and not recovering):
        raise StoreDamaged(
            f"{path} is cut short: {size:,} bytes. It was left as it is: bring back an export, or a copy of the file."
        )
    recognise(path, application=_number(header, 68), version=_number(header, 60))


def recognise(path: Path, application: int, version: int) -> None:
    """Whether it is a companion, and of a version this OS1 can read."""
    if application != APPLICATION:
        raise StoreForeign(f"{path} is a SQLite file of another program. It was left as it is.")
    if version > len(MIGRATIONS):
        raise StoreForeign(
            f"{path} was written by a newer OS1. Update OS1, then start again; the file was left as it is."
        )
    if version < 1:
        raise StoreDamaged(f"{path} has no version: it is damaged. It was left as it is.")


def _whole(header: bytes) -> int:
    """Bytes of the whole file: pages, times the size of a page, of which 65,536 is written as 1."""
    page = int.from_bytes(header[16:18], "big")
    return int.from_bytes(header[28:32], "big") * (65536 if page == 1 else page)


def _number(header: bytes, at: int) -> int:
    return int.from_bytes(header[at : at + 4], "big", signed=True)
