"""The items of a huge JSON array, one after the other, without ever holding the whole of it.

An item that is broken is left out and the next one found; one that is cut off at the end is mended as far as it goes.
It does not know what an item is about.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from typing import IO, Any, NamedTuple

from os1.memory.passages.loose import UNREADABLE

BLOCK = 4 * 1024 * 1024
"""Bytes read in one go: a few hundred conversations, and twenty milliseconds of parsing."""
LONGEST_ITEM = 32 * 1024 * 1024
"""Characters of one item: five times the longest talk that was ever seen. What is longer is left out."""

_DECODER = json.JSONDecoder(parse_constant=lambda name: None)
_TOKEN = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["{}\[\]]', re.DOTALL)
"""A string, a bracket, or the beginning of a string that does not end here."""
_SPACE = re.compile(r"[\s,]*")
_PAIRS = {"{": "}", "[": "]"}


class Item(NamedTuple):
    """One item, or what there was of it."""

    value: Any
    state: str = "whole"
    """whole, mended (cut off at the end, and closed where it still made sense), broken (value is None)."""


def items(stream: IO[bytes]) -> Iterator[Item]:
    """The items of the array that the stream holds. Anything before the "[" but a mark of the encoding ends it at once."""
    reader = _Reader(stream)
    reader.more()
    opening = re.compile(r"\s*\[").match(reader.text)
    if opening is None:
        return
    reader.place = opening.end()
    while True:
        reader.place = _end(_SPACE, reader.text, reader.place)
        if reader.place >= len(reader.text):
            if not reader.more():
                return  # it ends without its "]": cut off between two items
            continue
        if reader.text[reader.place] == "]":
            return
        yield _next(reader)


def _next(reader: "_Reader") -> Item:
    """The item that begins here. Read on only while it is not all there."""
    while True:
        try:
            value, reader.place = _DECODER.raw_decode(reader.text, reader.place)
            return Item(value)
        except UNREADABLE:
            end = balanced(reader.text, reader.place)
            if end is None and len(reader.text) - reader.place < LONGEST_ITEM and reader.more():
                continue
            return _broken(reader, end)


def _broken(reader: "_Reader", end: int | None) -> Item:
    if end is not None and _FOLLOWS.match(reader.text, end):
        reader.place = end
        return Item(None, "broken")
    if following := _NEXT_TALK.search(reader.text, reader.place + 1):
        reader.place = following.end()
        return Item(None, "broken")
    tail, reader.place = reader.text[reader.place :], len(reader.text)
    if reader.more():
        return Item(None, "broken")  # longer than any talk: go on from there
    try:
        return Item(_DECODER.decode(mended(tail)), "mended")
    except UNREADABLE:
        return Item(None, "broken")


_FOLLOWS = re.compile(r"\s*(?:,|\]|$)")
"""What can come after an item; anything else, and its brackets were counted wrongly."""
_NEXT_TALK = re.compile(r"\}\s*,(?=\s*\{\s*\"(?:title|id|conversation_id|create_time)\"\s*:)")
"""Where a next conversation can begin, when the one before it has lost a quotation mark."""


def balanced(text: str, start: int) -> int | None:
    """Where the brackets opened at `start` are closed again; None when they are not in this text."""
    depth = 0
    for token in _TOKEN.finditer(text, start):
        if (mark := token[0][0]) in _PAIRS:
            depth += 1
        elif mark != '"':
            depth -= 1
            if depth <= 0:
                return token.end()
        elif len(token[0]) == 1:
            return None
    return None


def mended(text: str) -> str:
    """JSON that is cut off, ended after the last thing in it that was whole."""
    opened: list[str] = []
    kept, closing = 0, ""
    for token in _TOKEN.finditer(text):
        if (mark := token[0][0]) in _PAIRS:
            opened.append(_PAIRS[mark])
        elif len(token[0]) == 1 and mark == '"':
            break
        elif mark != '"':
            if not opened or opened.pop() != mark:
                break
            kept, closing = token.end(), "".join(reversed(opened))
    return text[:kept] + closing


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


class _Reader:
    """A window on the stream's text: what is before `place` is let go when more is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._read: Callable[[int], bytes] = stream.read
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self.text = ""
        self.place = 0
        self.ended = False

    def more(self) -> bool:
        """Another block, or as much again as is waiting already: an item is looked at a few times, however long it is."""
        if self.ended:
            return False
        self.text, self.place = self.text[self.place :], 0
        block = self._read(max(BLOCK, len(self.text)))
        self.ended = not block
        self.text += self._decoder.decode(block, final=self.ended)
        return not self.ended
