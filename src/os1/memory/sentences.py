"""Words cut into sentences, each with its place. Pure. It does not know what they mean."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_END = re.compile(r"[.!?…]+[\"”’)\]]*(?=\s|$)|\n+")
_NO_END = re.compile(r"(?:^|[\s(])(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Prof|e\.g|i\.e|approx|no|vs)\.$")
"""What ends with a full stop and goes on: a title, an initial."""


class Sentence(NamedTuple):
    start: int
    end: int
    """Characters of the text, the end not included."""
    text: str


def sentences(text: str) -> Iterator[Sentence]:
    """Each with what ends it, without the white space around it."""
    start = 0
    for found in _END.finditer(text):
        if _NO_END.search(text[start : found.end()]):
            continue
        yield from _cut(text, start, found.end())
        start = found.end()
    yield from _cut(text, start, len(text))


def _cut(text: str, start: int, end: int) -> Iterator[Sentence]:
    raw = text[start:end]
    if bare := raw.strip():
        begins = start + len(raw) - len(raw.lstrip())
        yield Sentence(begins, begins + len(bare), bare)
