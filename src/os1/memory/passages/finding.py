"""What was found in what someone brought: counted, with a few samples, before anything is kept.

It is the same value in a terminal and on a page. It does not know how it is shown.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from os1.memory.passages.base import Character, Comes, Item, Left, Passage, Why

SAMPLES = 3
"""Messages shown as samples: the first, one from the middle, one from the end say where it comes from."""
SAMPLE = 160
"""Characters of one."""
SENTENCES = 8
"""Things to be told one by one; beyond, how many more."""
NAMES = 24
"""Characters named; who brings a whole collection knows what is in it."""
TALKS = 200_000
"""Conversations told apart; beyond, they are no longer counted anew."""

LEFT: dict[Why, tuple[str, str]] = {
    "system": ("message of the system", "messages of the system"),
    "tool": ("message to or from a tool, or a thought", "messages to or from tools, or thoughts"),
    "hidden": ("hidden message", "hidden messages"),
    "empty": ("empty message", "empty messages"),
    "other": ("picture, sound or file", "pictures, sounds and files"),
    "discarded": ("message of a branch that was discarded", "messages of branches that were discarded"),
    "twice": ("message that is in it twice", "messages that are in it twice"),
    "file": ("file without words to bring", "files without words to bring"),
    "broken": ("thing that is broken", "things that are broken"),
}


class Sample(BaseModel):
    model_config = ConfigDict(frozen=True)
    at: datetime
    who: str
    text: str


class Finding(BaseModel):
    """A dry run's answer, and in the end what was done."""

    model_config = ConfigDict(frozen=True)
    sources: dict[str, int]
    """Messages of each kind: chatgpt, diary."""
    talks: int
    messages: int
    known: int
    """Of those, how many she has already."""
    first: datetime | None
    last: datetime | None
    by: dict[str, int]
    """Messages by who said them; "" is the person."""
    left: dict[str, int]
    """What stays behind, in words, and how many of it."""
    told: tuple[str, ...]
    """What else the person should know, a sentence each."""
    samples: tuple[Sample, ...]
    characters: tuple[str, ...]
    """Who could become her persona, by name."""

    @property
    def fresh(self) -> int:
        return self.messages - self.known


class Tally:
    """Counts what goes by. Its size does not grow with what it counts, but for a number a conversation."""

    def __init__(self) -> None:
        self.messages = self.known = 0
        self.last: Comes | None = None
        """Who came last: with the card, of which there may be hundreds, each with its picture."""
        self._names: list[str] = []
        self._sources: Counter[str] = Counter()
        self._by: Counter[str] = Counter()
        self._left: Counter[Why] = Counter()
        self._talks: set[int] = set()
        self._told: list[str] = []
        self._more = 0
        self._first: datetime | None = None
        self._last: datetime | None = None
        self._samples: list[Sample] = []

    def count(self, items: Iterable[Item]) -> None:
        for item in items:
            match item:
                case Passage():
                    self._passage(item)
                case Left(why=why, sentence=sentence, many=many):
                    self._left[why] += many
                    self.tell(sentence)
                case Comes():
                    self.last = item
                    if len(self._names) < NAMES:
                        self._names.append(item.character.name)

    def tell(self, sentence: str) -> None:
        """Once, and no more than a person reads."""
        if sentence and sentence not in self._told:
            if len(self._told) < SENTENCES:
                self._told.append(sentence)
            else:
                self._more += 1

    def _passage(self, passage: Passage) -> None:
        event, at = passage.event, passage.at
        self.messages += 1
        self._sources[event.source] += 1
        if len(self._by) < 1000 or event.name in self._by:
            self._by[event.name if event.speaker == "companion" else ""] += 1
        if len(self._talks) < TALKS:
            self._talks.add(hash((event.source, passage.talk)))
        self._first = min(self._first or at, at)
        self._last = max(self._last or at, at)
        self._sample(passage)

    def _sample(self, passage: Passage) -> None:
        """The first ones, and then ever rarer ones in the place of the last: they lie all over what goes by."""
        sample = Sample(at=passage.at, who=shown(passage.event.name), text=_short(passage.event.text))
        if len(self._samples) < SAMPLES:
            self._samples.append(sample)
        elif self.messages & (self.messages - 1) == 0:  # the 4th, 8th, 16th ... message
            self._samples = [*self._samples[:1], *self._samples[2:], sample]

    def finding(self) -> Finding:
        more = (f"And {self._more:,} more of the kind.",) if self._more else ()
        return Finding(
            sources=dict(self._sources),
            talks=len(self._talks),
            messages=self.messages,
            known=self.known,
            first=self._first,
            last=self._last,
            by={shown(name): many for name, many in self._by.most_common(12)},
            left={LEFT[why][many != 1]: many for why, many in self._left.items() if many},
            told=(*map(shown, self._told), *more),
            samples=tuple(self._samples),
            characters=tuple(shown(name) or "someone without a name" for name in self._names),
        )

    @property
    def character(self) -> Character | None:
        return self.last.character if self.last else None


def shown(text: str) -> str:
    """Without what a terminal or a page would obey instead of showing it: what is brought is data."""
    return "".join(letter if letter.isprintable() else " " * letter.isspace() for letter in text)


def _short(text: str) -> str:
    line = " ".join(shown(text[: 2 * SAMPLE]).split())
    return line if len(line) <= SAMPLE else line[: SAMPLE - 1].rsplit(" ", 1)[0] + "…"
