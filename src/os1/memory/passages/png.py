"""A PNG's chunks: read with their checks, and text put in and taken out. The picture itself is never decoded.

It does not know what the text says.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from os1.errors import BadInput

SIGNATURE = b"\x89PNG\r\n\x1a\n"
LARGEST = 32 * 1024 * 1024
"""Bytes of a picture with a card in it."""
LARGEST_TEXT = 16 * 1024 * 1024
"""Bytes of one text, unpacked: a card with a long book is under one."""
SIZE = 96
"""Pixels of the side of the picture she draws when a card has none."""


class Chunk(NamedTuple):
    kind: bytes
    data: bytes


def chunks(png: bytes) -> list[Chunk]:
    """All chunks up to the end. Raises BadInput for what is no PNG, or a damaged one."""
    if not png.startswith(SIGNATURE):
        raise BadInput("This is no PNG picture.")
    found: list[Chunk] = []
    place = len(SIGNATURE)
    while place < len(png):
        if place + 12 > len(png):
            raise BadInput("This picture is cut off.")
        (length,) = struct.unpack_from(">I", png, place)
        kind, ends = png[place + 4 : place + 8], place + 12 + length
        if length > 2**31 - 1 or ends > len(png):
            raise BadInput("This picture is cut off.")
        data = png[place + 8 : ends - 4]
        if zlib.crc32(kind + data) != struct.unpack_from(">I", png, ends - 4)[0]:
            raise BadInput("This picture is damaged: one of its checks fails.")
        found.append(Chunk(kind, data))
        place = ends
        if kind == b"IEND":
            return found
    raise BadInput("This picture is cut off.")


def written(some: Iterable[Chunk]) -> bytes:
    parts = [SIGNATURE]
    for kind, data in some:
        parts += [struct.pack(">I", len(data)), kind, data, struct.pack(">I", zlib.crc32(kind + data))]
    return b"".join(parts)


def texts(some: Iterable[Chunk]) -> Iterator[tuple[str, bytes]]:
    """Keyword and text of tEXt, zTXt and iTXt chunks, unpacked. What is malformed is passed over."""
    for chunk in some:
        keyword, found, rest = chunk.data.partition(b"\0")
        if not found or chunk.kind not in (b"tEXt", b"zTXt", b"iTXt"):
            continue
        text = _text_of(chunk.kind, rest)
        if text is not None:
            yield keyword.decode("latin-1"), text


def _text_of(kind: bytes, rest: bytes) -> bytes | None:
    if kind == b"tEXt":
        return rest
    if kind == b"zTXt":
        return _unpacked(rest[1:]) if rest[:1] == b"\0" else None
    if len(rest) < 2:
        return None
    packed, (_, _, text) = rest[0], _three(rest[2:])
    return _unpacked(text) if packed else text


def _three(rest: bytes) -> tuple[bytes, bytes, bytes]:
    language, _, more = rest.partition(b"\0")
    translated, _, text = more.partition(b"\0")
    return language, translated, text


def _unpacked(packed: bytes) -> bytes | None:
    """None for what is no zlib stream, or unpacks to more than any card."""
    unpack = zlib.decompressobj()
    try:
        text = unpack.decompress(packed, LARGEST_TEXT)
    except zlib.error:
        return None
    return None if unpack.unconsumed_tail else text


def with_texts(png: bytes, said: dict[str, bytes]) -> bytes:
    """The same picture with these tEXt chunks, in the place of any text of those names."""
    kept = [chunk for chunk in chunks(png) if not (keyword := _keyword(chunk)) or keyword not in said]
    fresh = [Chunk(b"tEXt", name.encode("latin-1") + b"\0" + text) for name, text in said.items()]
    return written([*kept[:-1], *fresh, kept[-1]])


def _keyword(chunk: Chunk) -> str:
    is_text = chunk.kind in (b"tEXt", b"zTXt", b"iTXt")
    return chunk.data.partition(b"\0")[0].decode("latin-1") if is_text else ""


def plain() -> bytes:
    """A small square in her colour, lighter towards the top: for a card that has no picture."""
    rows = b"".join(
        b"\0" + bytes((min(210 + 45 * (SIZE - row) // SIZE, 255), 96 + 90 * (SIZE - row) // SIZE, 80)) * SIZE
        for row in range(SIZE)
    )
    head = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)
    return written([Chunk(b"IHDR", head), Chunk(b"IDAT", zlib.compress(rows, 9)), Chunk(b"IEND", b"")])
