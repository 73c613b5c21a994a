"""What a life is, as a value: what was said, what is true, and what may be asked about it. It makes nothing up itself."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

ME = "me"
"""The person whose life it is, where someone is named by key."""

FAMILY = ("sister", "brother", "mother", "father", "child")
RELATIONS = (*FAMILY, "friend", "colleague", "boss", "neighbour", "partner")
FAVOURITES = ("colour", "food", "film", "book", "band")
SINGLE = {
    "name", "birthday", "lives_in", "from", "works_as", "works_at", "studies", "partner", "boss", "diet",
    *(f"favourite_{thing}" for thing in FAVOURITES),
}  # fmt: skip
"""Kinds of which one thing at a time is true of someone. All others may be true of many at once."""
KINDS = SINGLE | {
    *RELATIONS, "pet", "allergic_to", "likes", "dislikes", "owns", "condition", "habit", "language", "hobby",
    "opinion", "plan",
}  # fmt: skip
"""Everything that is judged. What a memory learns beyond these kinds is counted, and neither right nor wrong."""

Speaker = Literal["person", "companion"]
Scope = Literal["sentence", "topic", "person", "day"]
Sort = Literal["current", "old", "corrected", "never", "when", "list", "who"]


@dataclass(frozen=True, slots=True)
class Turn:
    number: int
    """From 1, without gaps."""
    at: datetime
    """Local time with the zone the person lives in then."""
    speaker: Speaker
    text: str
    ends: bool
    """Whether the conversation ends with it, and hours of idle time follow."""


@dataclass(frozen=True, slots=True)
class Told:
    turn: int
    quote: str
    """Letter by letter as it stands in the turn."""


@dataclass(frozen=True, slots=True)
class Person:
    key: str
    name: str
    nick: str
    """Empty: none."""
    relation: str
    she: bool
    shared: bool = False
    """Whether someone else in this life has the same name."""


@dataclass(frozen=True, slots=True)
class Fact:
    about: str
    """`ME`, or a person's key."""
    kind: str
    value: str
    also: tuple[str, ...]
    """Other words for the same value."""
    told: tuple[Told, ...]
    since: date | None = None
    """The day it began, to within a week. None: before all this."""
    until: date | None = None
    ended: int | None = None
    """The turn in which its end was said."""
    mistaken: bool = False
    """Said, and never true; `ended` is where it was put right."""
    due: date | None = None
    """Of a plan."""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.value, *self.also)


@dataclass(frozen=True, slots=True)
class Update:
    turn: int
    about: str
    kind: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    turn: int
    wrong_turn: int
    about: str
    kind: str
    wrong: str
    right: str
    hers: bool
    """Whether the companion was the one who had it wrong."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What the companion supposed, and nobody affirmed."""

    turn: int
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Forget:
    turn: int
    """After it the person asks for it to be forgotten, not in words but by hand."""
    scope: Scope
    text: str
    """The sentence; the word of the topic; the person's name; the day (ISO)."""
    texts: tuple[str, ...]
    """What must be gone from every file, letter by letter."""
    canary: str
    """A word that stands nowhere else in this life, and must be gone too, in capitals or not."""
    asks: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Probe:
    turn: int
    """After which it is asked."""
    question: str
    sort: Sort
    about: str
    kind: str
    expect: tuple[tuple[str, ...], ...] = ()
    """Each must be in the answer, in one of its wordings. None at all: nothing is known of it."""
    wrong: tuple[str, ...] = ()
    """What the answer must not give."""


@dataclass(frozen=True, slots=True)
class Life:
    seed: int
    people: dict[str, Person]
    turns: tuple[Turn, ...]
    facts: tuple[Fact, ...]
    arguable: frozenset[tuple[str, str, str]]
    """About, kind, value of what one may learn or leave: a prank about a friend, a hobby gone to three times."""
    updates: tuple[Update, ...]
    corrections: tuple[Correction, ...]
    guesses: tuple[Guess, ...]
    forgets: tuple[Forget, ...]
    probes: tuple[Probe, ...]
