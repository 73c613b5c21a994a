"""The index as it is kept between two starts, so that a long life need not be read again. Pure: bytes out, bytes in.

It is a few arrays cut into pieces, each named by what is in it, and a table of contents that is written last: what was
half written, is damaged, or was made by other rules than today's is not taken for an index. It holds words, never
sentences. It does not know where it is kept, nor the vectors: those are kept one by one.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

from os1.memory.finding import wordlists, words
from os1.memory.finding.index import DIMENSIONS, Index, Line

FORMAT = 1
CONTENTS = "contents"
"""The name of the table of contents."""
LONGEST = 4 * 2**20
"""Bytes of a piece: written in 20 ms, so that a turn that comes meanwhile hardly waits."""
DIGEST = 16
"""Bytes of a checksum."""


@dataclass(frozen=True)
class Contents:
    """What the pieces are, and whether they are of use."""

    pieces: dict[str, list[str]]
    """For each array the names of its pieces, in order."""
    alive: int
    time: float
    talk: str
    companion: str
    format: int = FORMAT
    order_of_bytes: str = sys.byteorder
    rules: str = ""

    @property
    def names(self) -> list[str]:
        return [name for names in self.pieces.values() for name in names]


def cut(index: Index, companion: str) -> tuple[bytes, dict[str, memoryview]]:
    """The table of contents, and all pieces by name. The index is packed by this."""
    pieces: dict[str, memoryview] = {}
    names: dict[str, list[str]] = {}
    for array, body in index.arrays().items():
        some = [(name_of(piece), piece) for piece in _pieces(body)]
        names[array] = [name for name, _ in some]
        pieces.update(some)
    contents = Contents(names, len(index), index.line.time, index.line.talk, companion, rules=rules())
    body = json.dumps(asdict(contents)).encode()
    return _digest(body) + body, pieces


def read(body: bytes | None, companion: str) -> Contents | None:
    """The table of contents, if it is whole, hers, and made by today's rules."""
    if body is None or _digest(body[DIGEST:]) != body[:DIGEST]:
        return None
    try:
        contents = Contents(**json.loads(body[DIGEST:]))
    except (ValueError, TypeError):
        return None
    same = (contents.format, contents.order_of_bytes, contents.rules) == (FORMAT, sys.byteorder, rules())
    return contents if same and contents.companion == companion else None


def restored(contents: Contents, pieces: Mapping[str, bytes], dimensions: int = DIMENSIONS) -> Index | None:
    """The index, if every piece is there and is what its name says."""
    if any(name_of(pieces.get(name, b"")) != name for name in contents.names):
        return None
    arrays = {array: b"".join(pieces[name] for name in names) for array, names in contents.pieces.items()}
    try:
        return Index.of(arrays, contents.alive, Line(contents.time, contents.talk), dimensions)
    except (KeyError, ValueError):
        return None


def _pieces(body: bytes) -> list[memoryview]:
    whole = memoryview(body)
    return [whole[start : start + LONGEST] for start in range(0, len(whole), LONGEST)]


def name_of(piece: bytes | memoryview) -> str:
    return _digest(piece).hex()


def _digest(body: bytes | memoryview) -> bytes:
    return blake2b(body, digest_size=DIGEST).digest()


@cache
def rules() -> str:
    """What a word is, as a checksum of the modules that decide it: read by other rules, a text has other words."""
    read = blake2b(digest_size=DIGEST)
    for module in (words, wordlists):
        read.update(Path(module.__file__ or "").read_bytes())
    return read.hexdigest()
