"""The files of what was brought: one file, a folder, or a zip, each read as a stream, and never beyond its limits.

Nothing is ever unpacked to disk, so a name in a zip leads nowhere; links are not followed. It does not know what is in a file.
"""

import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, NamedTuple, cast

from os1.errors import BadInput

MOST_FILES = 50_000
"""Files looked at in one folder or zip: ten years of daily notes with a picture each are under ten thousand."""
LARGEST_LIST = 64 * 1024 * 1024
"""Bytes of a zip's own list of files, which is read whole."""
LARGEST = 8 * 1024**3
"""Bytes read out of one zip in all."""
RATIO, RATIO_FROM = 200, 64 * 1024 * 1024
"""How many times its packed size a file may be, once it is large: talk packs to a fifth, a bomb to a thousandth."""
DEEPEST = 12
"""Folders within folders."""
FOREIGN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
"""What reading a damaged, locked or oddly packed file can raise."""


class Part(NamedTuple):
    """One file of it."""

    name: str
    """Its path within the folder or zip, with "/"; the file's own name where there is only one."""
    size: int
    """Bytes, unpacked, as far as its container says so."""
    open: Callable[[], IO[bytes]]


class Parts(NamedTuple):
    """All files, by name. `refused`: how many were left unopened because they are links or too many."""

    files: tuple[Part, ...]
    refused: int = 0


class Meter:
    """Counts the bytes that were read, for whoever shows progress."""

    def __init__(self) -> None:
        self.read = 0


class Limited:
    """A stream that counts, and stops a bomb: raises BadInput when far more comes out than can be talk."""

    def __init__(self, stream: IO[bytes], meter: Meter, packed: int) -> None:
        self._stream = stream
        self._meter = meter
        self._packed = packed
        self._read = 0

    def read(self, size: int = -1) -> bytes:
        return self._counted(self._stream.read(size))

    def readline(self, size: int = -1) -> bytes:
        return self._counted(self._stream.readline(size))

    def close(self) -> None:
        self._stream.close()

    def _counted(self, data: bytes) -> bytes:
        self._read += len(data)
        self._meter.read += len(data)
        if self._read > RATIO_FROM and self._packed and self._read > RATIO * self._packed:
            raise BadInput(
                "This file unpacks to far more than it should: it looks made to fill a machine, and was left alone."
            )
        if self._packed and self._meter.read > LARGEST:
            raise BadInput(f"This is more than {LARGEST // 1024**3} GB unpacked. Bring it in parts.")
        return data


def parts_of(path: Path, name: str, meter: Meter) -> Parts:
    """Raises BadInput, in a sentence, for what cannot be opened at all."""
    try:
        if path.is_dir():
            return _of_folder(path, meter)
        if not stat.S_ISREG(path.stat().st_mode):
            raise BadInput(f"{name} is neither a file nor a folder.")
        if is_zip(path):
            return _of_zip(path, meter)
        return Parts((Part(name, path.stat().st_size, _opens(path, meter)),))
    except FileNotFoundError as error:
        raise BadInput(f"There is no {name}.") from error
    except zipfile.BadZipFile as error:
        raise BadInput(
            f"{name} is a zip that is cut short or damaged: its list of files is missing. Download it again."
        ) from error
    except FOREIGN as error:
        raise BadInput(f"{name} cannot be read: {_said(error)}.") from error


def is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def _said(error: Exception) -> str:
    return str((isinstance(error, OSError) and error.strerror) or error).splitlines()[0].rstrip(". ")


def _opens(path: Path, meter: Meter) -> Callable[[], IO[bytes]]:
    return lambda: cast("IO[bytes]", Limited(path.open("rb"), meter, 0))


def _of_folder(folder: Path, meter: Meter) -> Parts:
    files: list[Part] = []
    refused = 0
    for here, folders, names in os.walk(folder, followlinks=False):
        depth = len(Path(here).relative_to(folder).parts)
        folders[:] = sorted(one for one in folders if not one.startswith(".")) if depth < DEEPEST else []
        for name in sorted(names):
            path = Path(here, name)
            known = path.lstat()
            if not stat.S_ISREG(known.st_mode) or len(files) >= MOST_FILES:
                refused += 1
            elif not name.startswith("."):
                within = path.relative_to(folder).as_posix()
                files.append(Part(within, known.st_size, _opens(path, meter)))
    return Parts(tuple(files), refused)


def _of_zip(path: Path, meter: Meter) -> Parts:
    _check_list(path)
    files: list[Part] = []
    refused = 0
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if info.is_dir() or info.filename.startswith("__MACOSX/"):
                continue
            link = stat.S_ISLNK(info.external_attr >> 16)
            if link or len(files) >= MOST_FILES:
                refused += 1
                continue
            files.append(Part(_within(info.filename), info.file_size, _unpacks(path, info, meter)))
    return Parts(_without_common_folder(files), refused)


def _within(name: str) -> str:
    """A name for showing and sorting: nothing is ever written to it."""
    return "/".join(step for step in name.replace("\\", "/").split("/") if step not in ("", ".", ".."))


def _without_common_folder(files: list[Part]) -> tuple[Part, ...]:
    """A zipped folder holds the same as the folder."""
    tops = {file.name.partition("/")[0] for file in files}
    if len(tops) != 1 or any("/" not in file.name for file in files):
        return tuple(files)
    return tuple(file._replace(name=file.name.partition("/")[2]) for file in files)


def _unpacks(path: Path, info: zipfile.ZipInfo, meter: Meter) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        archive = zipfile.ZipFile(path)
        try:
            stream = archive.open(info)
        finally:
            archive.close()  # the open stream keeps the file
        return cast("IO[bytes]", Limited(stream, meter, max(info.compress_size, 1)))

    return opened


def _check_list(path: Path) -> None:
    """The size of a zip's list of files, read before the list is: a million names would fill the memory."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - 65_557, 0))  # the longest comment a zip can end with, and the record before it
        tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < 22:
        raise zipfile.BadZipFile
    (listed,) = struct.unpack_from("<I", tail, place + 12)
    if listed > LARGEST_LIST:
        raise BadInput("This zip holds more files than can be looked at. Bring what matters by itself.")


def whole(part: Part, most: int) -> bytes:
    """All of a small file. Raises BadInput when it is larger."""
    with closing(part.open()) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise BadInput(f"{part.name} is larger than {most // 1024**2} MB, which it should not be.")
    return data


def lines(part: Part, longest: int) -> Iterator[bytes]:
    """Line by line; a longer one comes in pieces of that length."""
    with closing(part.open()) as stream:
        yield from iter(lambda: stream.readline(longest), b"")
