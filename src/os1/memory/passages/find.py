"""What it is that someone brings, found out by looking inside; and its words, one after the other.

    reading = Reading(path, "my-export.zip", place)
    for item in reading: ...

A file that cannot be read is told of in a sentence, and the others are read all the same. It does not keep anything.
"""

import base64
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath

from os1.errors import BadInput
from os1.events import Carded
from os1.memory.passages import chatgpt, markdown, sillytavern
from os1.memory.passages.base import Comes, Item, Left, Place, key_of
from os1.memory.passages.cards import Card, Form, is_card, is_lorebook, lorebook, read
from os1.memory.passages.character import character_of
from os1.memory.passages.diary import diary, order_of
from os1.memory.passages.items import items
from os1.memory.passages.letta import agent_file, is_agent_file
from os1.memory.passages.loose import parsed
from os1.memory.passages.parts import FOREIGN, Meter, Part, is_zip, lines, parts_of, whole
from os1.memory.passages.png import SIGNATURE
from os1.memory.records import Speaker

HEAD = 64 * 1024
"""Bytes that are looked at to see what a file is."""
LARGEST_JSON = 64 * 1024 * 1024
"""Bytes of a JSON file that is not an array of conversations: cards, books, agents. Those are read whole."""
LARGEST_CARD_FILE = 64 * 1024 * 1024
"""Bytes of a picture or .charx with a card."""
LONGEST_CARD, LARGEST_PICTURE = 1_500_000, 1_500_000
"""Characters of a card's JSON and bytes of its picture that are kept: together an archive's line still holds them."""
LONGEST_LINE = 1024 * 1024
"""Bytes of a line of text; longer ones are read in pieces."""
LONGEST_MESSAGE_LINE = 32 * 1024 * 1024
"""Bytes of one message of a chat, with all its swipes."""
PLAIN = frozenset({".txt", ".text", ".log"})
MARKDOWN = frozenset({".md", ".markdown", ".mdown"})
ARRAY = re.compile(rb"\[\s*(?:[\[{\]\"]|$|\d+\s*[,\]])")
"""A list as programs write it. A diary may begin with "[2021-03-04]"."""
ARCHIVE = "manifest.json"
"""The file by which an archive of a companion is known."""
CONVERSATIONS = re.compile(r"(?:.*/)?conversations(?:-\d+)?\.json")
"""Where ChatGPT's export has what was said. Beside it: the account, the same again for a browser, what was uploaded."""


class Reading:
    """Iterate over it: everything in the file or folder, in order. `done` of `total` bytes were read so far."""

    def __init__(self, path: Path, name: str, place: Place) -> None:
        """Raises BadInput, in a sentence, for what cannot be opened at all."""
        self._meter = Meter()
        self._place = place
        parts = parts_of(path, name, self._meter)
        _refuse_archives(parts.files, name)
        self._files = _as_charx(path, parts.files)
        self._refused = parts.refused
        agents = {PurePosixPath(part.name).name.lower() for part in parts.files} & markdown.OF_AN_AGENT
        self._notes_by: Speaker = "companion" if agents else "person"
        self._export = len(self._files) > 1 and any(
            CONVERSATIONS.fullmatch(part.name) for part in self._files
        )
        self.total = max(sum(part.size for part in self._files if not self._is_silent(part)), 1)

    @property
    def done(self) -> int:
        return min(self._meter.read, self.total)

    def __iter__(self) -> Iterator[Item]:
        if self._refused:
            yield Left("file", "Links, and files beyond the first 50,000, were left alone.", self._refused)
        for part in self._files:
            yield from self._part(part)

    def _is_silent(self, part: Part) -> bool:
        return self._export and not CONVERSATIONS.fullmatch(part.name)

    def _part(self, part: Part) -> Iterator[Item]:
        """One file. What goes wrong in it ends it, and not the others."""
        try:
            yield from self._read(part)
        except BadInput as error:
            yield Left("broken", f"{part.name}: {error}")
        except FOREIGN:
            yield Left(
                "broken", f"{part.name} is damaged in the middle. What could be read before that is here."
            )

    def _read(self, part: Part) -> Iterator[Item]:
        if self._is_silent(part):
            yield Left("file")
            return
        suffix = PurePosixPath(part.name).suffix.lower()
        if suffix == ".charx":
            yield from self._card(part, "charx")
            return
        head = _head(part)
        start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if head.startswith(SIGNATURE):
            yield from self._card(part, "png")
        elif ARRAY.match(start) and suffix not in PLAIN | MARKDOWN:
            yield from self._array(part)
        elif start.startswith(b"{") and suffix not in PLAIN | MARKDOWN:
            yield from self._objects(part, suffix, start)
        else:
            yield from self._written(part, suffix, head)

    # --- by kind ---

    def _array(self, part: Part) -> Iterator[Item]:
        """An array of conversations, however large."""
        found = 0
        with closing(part.open()) as stream:
            for item in items(stream):
                if item.value is not None and not chatgpt.is_conversation(item.value) and not found:
                    raise BadInput("this is a list, but not of conversations as ChatGPT writes them.")
                found += 1
                yield from chatgpt.conversation(item, self._place)
        if not found:
            yield Left("broken", f"{part.name} holds no conversation that can be read.")

    def _objects(self, part: Part, suffix: str, start: bytes) -> Iterator[Item]:
        """A chat has an object on each line; everything else is one object."""
        if suffix == ".jsonl" or sillytavern.is_chat(parsed(start.splitlines()[0])):
            yield from sillytavern.chat(lines(part, LONGEST_MESSAGE_LINE), _stem(part), self._place)
            return
        text = whole(part, LARGEST_JSON)
        value = parsed(text)
        if value is None:
            raise BadInput("it begins like JSON, and cannot be read as such: it is cut off or damaged.")
        yield from self._object(part, text, value)

    def _object(self, part: Part, text: bytes, value: object) -> Iterator[Item]:
        if is_card(value):
            yield from self._of_card(read(text, "json"), "json")
        elif is_agent_file(value):
            yield from agent_file(value, self._place)
        elif chatgpt.is_conversation(value):
            yield from chatgpt.conversation(chatgpt.Found(value), self._place)
        elif is_lorebook(value):
            yield from lorebook(value, _stem(part), self._place)
        else:
            raise BadInput("nothing in it is a talk, a card, a book or an agent that can be brought.")

    def _written(self, part: Part, suffix: str, head: bytes) -> Iterator[Item]:
        name = PurePosixPath(part.name).name
        binary = b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
        if binary or (suffix in MARKDOWN and name.lower() in markdown.INSTRUCTIONS):
            yield Left("file")
        elif suffix in MARKDOWN:
            yield from markdown.notes(lines(part, LONGEST_LINE), part.name, self._notes_by, self._place)
        elif suffix in PLAIN or not suffix:
            order = order_of(lines(part, LONGEST_LINE), self._place)
            yield from diary(lines(part, LONGEST_LINE), part.name, self._place, order)
        else:
            yield Left("file")

    def _card(self, part: Part, form: Form) -> Iterator[Item]:
        data = whole(part, LARGEST_CARD_FILE)
        if (
            form == "png"
            and len(self._files) > 1
            and not any(name in data for name in (b"chara\0", b"ccv3\0"))
        ):
            yield Left("file")  # a picture among other things
            return
        yield from self._of_card(read(data, form), form)

    def _of_card(self, card: Card, form: Form) -> Iterator[Item]:
        keeps = len(card.text) <= LONGEST_CARD
        if not keeps:
            yield Left(
                "other", "The card is too large to be kept whole: its words are brought, its file is not."
            )
        picture = card.picture if len(card.picture) <= LARGEST_PICTURE else b""
        if others := len(card.others) + (len(card.picture) > len(picture)):
            yield Left("other", "Pictures that came with the card are not kept.", others)
        event = Carded(
            key=f"card:{key_of(card.text)}",
            name=card.name,
            card=card.text,
            picture=base64.b64encode(picture).decode(),
        )
        yield Comes(self._place.now, character_of(card), event if keeps else None)
        if book := card.data.get("character_book"):
            yield from lorebook(book, f"{card.name or 'the card'}’s book", self._place)


def _refuse_archives(files: tuple[Part, ...], name: str) -> None:
    names = {part.name for part in files}
    if ARCHIVE in names and "events.jsonl" in names:
        raise BadInput(f"{name} is an archive of a companion of OS1. Bring it back with: os1 import {name}")


def _as_charx(path: Path, files: tuple[Part, ...]) -> tuple[Part, ...]:
    """A zip with a card in it is one thing, whatever its ending."""
    if path.is_dir() or not is_zip(path) or not any(part.name == "card.json" for part in files):
        return files
    return (Part("card.charx", path.stat().st_size, lambda: path.open("rb")),)


def _head(part: Part) -> bytes:
    with closing(part.open()) as stream:
        return stream.read(HEAD)


def _stem(part: Part) -> str:
    return PurePosixPath(part.name).stem
