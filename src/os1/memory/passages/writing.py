"""Text files as lines of text: their encoding found out, their entries kept within bounds.

It does not know what an entry is.
"""

import codecs
from collections.abc import Iterable, Iterator

MOST = 1_000_000
"""Characters of one entry before it is taken in as it is: a file without dates or headings must not fill the memory."""


def decoded(lines: Iterable[bytes]) -> Iterator[str]:
    """Lines of text: UTF-8, UTF-16 where it says so, and what is neither as Windows wrote it."""
    some = iter(lines)
    first = next(some, b"")
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield from _utf16(first, some)
        return
    first = first.removeprefix(codecs.BOM_UTF8)
    for line in _and(first, some):
        yield _text(line)


def _and(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _text(line: bytes) -> str:
    """Line by line: a file that was written by two programs has two encodings."""
    try:
        text = line.decode()
    except UnicodeDecodeError:
        text = line.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _utf16(first: bytes, rest: Iterator[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    held = ""
    for piece in _and(first, rest):
        *ready, held = (held + decoder.decode(piece)).replace("\r\n", "\n").split("\n")
        yield from (line + "\n" for line in ready)
    yield held + decoder.decode(b"", final=True)


class Entry:
    """Lines that belong together, until the next begins."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._size = 0

    def add(self, line: str) -> bool:
        """True when it has grown so long that it should be taken now."""
        self._lines.append(line)
        self._size += len(line)
        return self._size >= MOST

    def take(self) -> str:
        """Its text, and it is empty again."""
        text = "".join(self._lines).strip()
        self._lines, self._size = [], 0
        return text
