"""What someone brings along from elsewhere, as values: words, cards, and what had to be left.

Readers make these out of files; whoever keeps them is elsewhere. What is read is data, whatever it says.
It knows no format, no file and no store.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Literal, NamedTuple

from os1.events import LONGEST_MESSAGE, Brought, Carded
from os1.memory.records import Speaker

Source = Literal["chatgpt", "sillytavern", "lorebook", "letta", "markdown", "diary"]
Why = Literal["system", "tool", "hidden", "empty", "other", "discarded", "twice", "file", "broken"]

LONGEST_LABEL = 200
"""Characters of a name or a title that are kept: longer ones are no names."""
PLAIN_KEY = re.compile(r"[\w.:\-]{1,100}", re.ASCII)
"""What an id from elsewhere may look like to be used as it is; any other is hashed."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One message of an earlier life, and when it was said."""

    at: datetime
    event: Brought
    talk: str = ""
    """What tells its conversation from others of the same title."""


@dataclass(frozen=True, slots=True)
class Left:
    """Something that stays behind."""

    why: Why
    sentence: str = ""
    """What the person should know about it, if anything."""
    many: int = 1


@dataclass(frozen=True, slots=True)
class Character:
    """Someone described elsewhere, as far as a persona can take it up. Lines as they were written."""

    name: str
    lines: tuple[str, ...]
    """How they are and talk, a sentence or two each."""
    examples: tuple[str, ...] = ()
    """As in a persona: "what was said -> what they say"."""
    persona: str = ""
    """A whole `os1.persona.Persona` as JSON, if the card was hers once."""


@dataclass(frozen=True, slots=True)
class Comes:
    """A character comes along: proposed, and only taken up when the person asks for it."""

    at: datetime
    character: Character
    card: Carded | None = None
    """The card it was on, whole; None for a format without cards."""


Item = Passage | Left | Comes


class Place(NamedTuple):
    """Where and when something is read."""

    zone: tzinfo
    """The person's: for times that were written without one."""
    now: datetime
    """The moment of the import: for what has no time at all."""


def passages(event: Brought, at: datetime, talk: str = "") -> Iterator[Item]:
    """The message, in as many pieces as it takes; nothing of it is changed but half characters, which cannot be kept."""
    text = whole(event.text).strip()
    if not text:
        yield Left("empty")
        return
    labels = {name: label(getattr(event, name)) for name in ("name", "talk")}
    for number, piece in enumerate(pieces(text, LONGEST_MESSAGE)):
        key = event.key if number == 0 else f"{event.key}#{number + 1}"
        kept = event.model_copy(update={"key": key, "text": piece, **labels})
        yield Passage(at.astimezone(UTC), kept, talk or kept.talk)


def brought(source: Source, key: str, speaker: Speaker, text: str) -> Brought:
    return Brought(source=source, key=f"{source}:{key}", speaker=speaker, text=text)


def key_of(*content: object) -> str:
    """The same for the same content, whichever file it came in."""
    return hashlib.sha256(json.dumps(content, default=str).encode()).hexdigest()[:32]


def plain_key(id: object, *content: object) -> str:
    """The id it has there, if that can be used; otherwise one made of its content."""
    return id if isinstance(id, str) and PLAIN_KEY.fullmatch(id) else key_of(id, *content)


def label(text: str) -> str:
    """A name or a title on one line."""
    return " ".join(whole(text).split())[:LONGEST_LABEL]


def whole(text: str) -> str:
    """Without half characters (a lone surrogate in JSON is legal and cannot be written): they become U+FFFD."""
    try:
        text.encode()
        return text
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def pieces(text: str, most: int) -> list[str]:
    """Cut where a reader would pause: at a paragraph, a line, a sentence, a word. Together they are the text, unchanged."""
    cut: list[str] = []
    start = 0
    while len(text) - start > most:
        end = start + most
        for pause in ("\n\n", "\n", ". ", " "):
            # Not in the first half: a short piece before a long one would say little by itself.
            place = text.rfind(pause, start + most // 2, end)
            if place >= 0:
                end = place + len(pause)
                break
        cut.append(text[start:end])
        start = end
    rest = text[start:]
    if cut and not rest.strip():
        cut[-1] += rest
    else:
        cut.append(rest)
    return cut
