"""The vocabulary: everything that can happen between a person and a companion.

An `Event` is immutable, appended to the log, and the truth: all else is derived from it. The same models are stored,
written to archives, sent to windows (`os1.frames` has what else is), and become `web/src/lib/protocol.ts`.
This module does not know where events are kept nor who reads them.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

LONGEST_MESSAGE = 8_000
"""Characters in one message, about four printed pages: more would push her memories out of a small brain's window."""


class Value(BaseModel):
    """Frozen, and refuses fields it does not know: a typo is an error, not a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# --- what happened ----------------------------------------------------------------------------------------


class Began(Value):
    """A person opened the door for the first time, and chose how to meet her."""

    kind: Literal["began"] = "began"
    how: Literal["interview", "shipped", "named"] = "interview"
    name: str | None = None
    """The name the person gives her, when `how` is "named"."""


class Heard(Value):
    """The person said something. Acknowledged only once it is on disk."""

    kind: Literal["heard"] = "heard"
    text: str
    client: str = ""
    """The window it came from; with `n` it makes a message known again when it is sent twice."""
    n: int = 0
    seconds: float | None = None
    """How long the person took to write it, from first key to sending."""
    hesitations: int | None = None
    """How often they stopped for over two seconds, or took words back."""
    answers: str | None = None
    """The id of her question that this answers, in the first meeting."""
    spoken: bool = False
    """In a call: the words are what she understood."""
    goes_on: bool = False
    """It continues the person's words before it: they paused, and went on."""


class Called(Value):
    """The person called her, and she picked up. She owes a hello."""

    kind: Literal["called"] = "called"
    client: str = ""


class HungUp(Value):
    """The call is over."""

    kind: Literal["hung_up"] = "hung_up"
    seconds: float
    """How long it was."""
    why: Literal["hung_up", "lost", "closed"] = "hung_up"
    """hung_up: the person ended it; lost: the line broke and did not come back; closed: the house closed."""


class Skipped(Value):
    """The person would rather not answer that question."""

    kind: Literal["skipped"] = "skipped"
    question: str


class Said(Value):
    """What was really shown or played of her words, which may be less than what was thought."""

    kind: Literal["said"] = "said"
    text: str
    reply: int
    """The log number of what this answers: the stream it came in was named by the same number."""
    cut_off: bool = False
    asks: str | None = None
    """The id of the question it ends with, in the first meeting."""
    brain: str | None = None
    """Which brain found the words; None when they were written in advance."""
    recalled: tuple[int, ...] = ()
    """Log numbers of the memories that were in mind: "why did you say that?" can be answered."""
    spoken: bool = False
    """In a call: the words are those that were really played."""


class Met(Value):
    """Who she is was settled, or changed: after the first meeting, by an edit of the persona file, by an import."""

    kind: Literal["met"] = "met"
    persona: dict[str, Any]
    """A whole `os1.persona.Persona`, as plain values."""
    why: Literal["interview", "shipped", "named", "edited"]


class Promised(Value):
    """Someone said they would do something."""

    kind: Literal["promised"] = "promised"
    text: str
    """The promise, word for word."""
    heard: int
    """The log number of the words it was made in."""
    due: date | None = None


class Dated(Value):
    """A day, and how exactly it is known: "in March" is the 1st of March, to the month."""

    day: date
    precision: Literal["day", "week", "month", "year"] = "day"


class Span(Value):
    """Characters `start` to `end` (not included) of the words kept as number `seq`: a quote that cannot be invented."""

    seq: int
    start: int = Field(ge=0)
    end: int = Field(ge=1)


class Brought(Value):
    """Words from a life before OS1, word for word: a talk elsewhere, a diary. They happened when they were said there."""

    kind: Literal["brought"] = "brought"
    key: str
    """What makes it known again when the same export is brought once more, such as "chatgpt:<message id>"."""
    speaker: Literal["person", "companion"]
    """companion: whoever they talked with there."""
    name: str = ""
    """Who spoke, if it was not the person: "ChatGPT", "Seraphina"."""
    text: str
    source: str
    """chatgpt, sillytavern, lorebook, letta, markdown, diary."""
    talk: str = ""
    """The conversation or file it belongs to."""


class Carded(Value):
    """A character card that came along, kept whole: with what it has that is unknown here it can be written again."""

    kind: Literal["carded"] = "carded"
    key: str
    """What makes it known again, as in `Brought`."""
    name: str
    card: str
    """Its JSON, word for word."""
    picture: str = ""
    """The PNG it was in, without the card, in base64; empty where there was none, or too large a one."""
    worn: bool = False
    """Whether the person asked that she become who is on it."""


class Learned(Value):
    """She learned something about the person or someone in their life. Its log number is the fact's id."""

    kind: Literal["learned"] = "learned"
    about: str = ""
    """Whom: a name as it was said, or "my sister" while she has none; empty: the person themself."""
    what: str
    """Which kind of thing, a slot of `os1.memory.slots`: lives_in, works_as, likes."""
    value: str
    """In the words that were used: "Lisbon", "my sister"."""
    quote: Span | None = None
    """Where it was said. None only for what the person wrote into Our story themself."""
    said: datetime | None = None
    """When those words were said; None: when this was written down."""
    since: Dated | None = None
    """From when it is true, as far as that was said."""
    until: Dated | None = None
    over: bool = False
    """It was told as being over: "I used to live in Rome"."""
    mends: bool = False
    """Told as a correction: what was believed in its place was never true."""
    replaces: int | None = None
    """The fact whose place it takes, if the person said which."""
    sure: float = Field(default=0.6, ge=0, le=1)
    by: Literal["rules", "brain", "person"] = "rules"
    """Who drew it from the words; person: written by them, and it beats the others for ever."""


class Settled(Value):
    """The person's own word about a fact."""

    kind: Literal["settled"] = "settled"
    fact: int
    how: Literal["true", "wrong", "past", "rest", "wake"]
    """true: it holds (again); wrong: it never did; past: it did once; rest: do not bring it up; wake: you may again."""


class Chaptered(Value):
    """A chapter of their story was written, or written anew: the latest of the same level and first day counts."""

    kind: Literal["chaptered"] = "chaptered"
    level: Literal["day", "week", "arc", "life"]
    first: date
    last: date
    title: str
    text: str
    cites: tuple[int, ...] = ()
    """Log numbers of the words it is made of."""
    by: Literal["rules", "brain", "person"] = "rules"


class Merged(Value):
    """Two names are one person: "Annie" is Ana."""

    kind: Literal["merged"] = "merged"
    name: str
    other: str


class Parted(Value):
    """One name is two people: these facts belong to the other, who is called `other` from now on.
    Without facts: a merge is taken back."""

    kind: Literal["parted"] = "parted"
    name: str
    other: str
    facts: tuple[int, ...] = ()


class Dreamt(Value):
    """The quiet work on the words up to this log number is done."""

    kind: Literal["dreamt"] = "dreamt"
    upto: int
    of: Literal["facts", "chapters"] = "facts"


class Private(Value):
    """From here on nothing is kept, until it is off again."""

    kind: Literal["private"] = "private"
    on: bool


class Erased(Value):
    """What is left where something was: forgotten at the person's wish, or said in private. Never what it was about."""

    kind: Literal["erased"] = "erased"
    was: str
    """The kind of event it was."""


class Forgot(Value):
    """The receipt for a forgetting. It says how much went, and never what."""

    kind: Literal["forgot"] = "forgot"
    scope: Literal["sentence", "fact", "topic", "person", "day", "all"]
    seqs: tuple[int, ...] = ()
    """Log numbers that were erased or shortened: whoever shows them shows them no more."""
    facts: int = 0
    chapters: int = 0
    never: tuple[str, ...] = ()
    """Keyed hashes of what must not be learned again."""


Event = Annotated[
    Began
    | Heard
    | Called
    | HungUp
    | Skipped
    | Said
    | Met
    | Promised
    | Brought
    | Carded
    | Learned
    | Settled
    | Chaptered
    | Merged
    | Parted
    | Dreamt
    | Private
    | Erased
    | Forgot,
    Field(discriminator="kind"),
]
EVENT: TypeAdapter[Event] = TypeAdapter(Event)


class Happened(Value):
    """An event with its place in the log. Also the frame that tells a window of it."""

    kind: Literal["happened"] = "happened"
    seq: int
    """Its number in this companion's log: 1, 2, 3, without gaps."""
    at: datetime
    event: Event
