"""What was said, as it is shown to the person whose story it is: word for word, by whom, when, and where it came from.

Pure. It does not know why it is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from os1.events import Brought, Happened, Heard, Said

Whose = Literal["you", "she", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters `start` to `end` of what is kept as number `seq`."""

    seq: int
    start: int
    end: int
    at: datetime
    who: Whose
    """elsewhere: whoever the person talked with, in a life before OS1."""
    name: str
    """Who that was, if it is known."""
    text: str
    source: str
    """Where it was brought from: "chatgpt", "diary"; empty for what was said here."""
    talk: str
    """The conversation or file it belongs to there."""


def quoted(happened: Happened, start: int = 0, end: int | None = None) -> Quote | None:
    """A piece of what was said, all of it unless told otherwise. None if that is no words (any more)."""
    event = happened.event
    if not isinstance(event, Heard | Said | Brought):
        return None
    text = event.text[start:end]
    if not text.strip():
        return None
    brought = event if isinstance(event, Brought) else None
    return Quote(
        seq=happened.seq,
        start=start,
        end=start + len(text),
        at=happened.at,
        who=_whose(event),
        name=brought.name if brought else "",
        text=text,
        source=brought.source if brought else "",
        talk=brought.talk if brought else "",
    )


def all_quoted(happened: Iterable[Happened]) -> list[Quote]:
    return [quote for one in happened if (quote := quoted(one))]


def _whose(event: Heard | Said | Brought) -> Whose:
    if isinstance(event, Said):
        return "she"
    return "elsewhere" if isinstance(event, Brought) and event.speaker == "companion" else "you"
