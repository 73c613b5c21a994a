"""The vocabulary: everything that can happen between a person and a companion.

Three unions, and nothing else crosses a boundary (a call's own line has its signals in `voice/signals.py`):

- `Event`: what happened. Immutable, appended to the log, the truth.
- `Command`: what a window (a page, a terminal) asks of her. Never stored as such.
- `Frame`: what she sends to a window. An event that happened, or something passing (words as they come).

The same models are stored, sent over the socket, written to archives, and become `web/src/lib/protocol.ts`.
This module does not know where events are kept nor who reads them.
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

PROTOCOL = 1
"""Raised when an old window could misread a new frame; the window then asks to be reloaded."""

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


Event = Annotated[
    Began | Heard | Called | HungUp | Skipped | Said | Met | Promised, Field(discriminator="kind")
]
EVENT: TypeAdapter[Event] = TypeAdapter(Event)


class Happened(Value):
    """An event with its place in the log. Also the frame that tells a window of it."""

    kind: Literal["happened"] = "happened"
    seq: int
    """Its number in this companion's log: 1, 2, 3, without gaps."""
    at: datetime
    event: Event


# --- what a window asks -----------------------------------------------------------------------------------


class Open(Value):
    """The first thing a window says, and again after a lost connection."""

    kind: Literal["open"] = "open"
    protocol: int = PROTOCOL
    client: str = Field(min_length=8, max_length=64)
    """Made up by the window once, and kept: "n" counts within it."""
    after: int = Field(default=-1, ge=-1)
    """The last log number it has shown; -1: nothing yet, send the most recent page."""
    reply: int = 0
    """The stream it was showing when the connection was lost, 0 for none ..."""
    have: int = Field(default=0, ge=0)
    """... and how many characters of it were shown."""


class Say(Value):
    """The person sends a message."""

    kind: Literal["say"] = "say"
    n: int = Field(ge=1)
    """1, 2, 3 within this client. Sending the same n again is safe: it is answered with the same `kept`."""
    text: str
    seconds: float | None = Field(default=None, ge=0)
    hesitations: int | None = Field(default=None, ge=0)


class Draft(Value):
    """Words not sent yet: she may think ahead, but she has not heard them. Never stored."""

    kind: Literal["draft"] = "draft"
    text: str


class Shown(Value):
    """So many characters of a stream have been shown to the person."""

    kind: Literal["shown"] = "shown"
    reply: int
    chars: int = Field(ge=0)


class Stop(Value):
    """The person interrupts her."""

    kind: Literal["stop"] = "stop"
    reply: int
    chars: int = Field(ge=0)
    """How much of it they had seen."""


class Begin(Value):
    """The first meeting starts, in the way the person chose."""

    kind: Literal["begin"] = "begin"
    how: Literal["interview", "shipped", "named"] = "interview"
    name: str | None = Field(default=None, max_length=40)


class Skip(Value):
    """Next question, please."""

    kind: Literal["skip"] = "skip"
    question: str


class Earlier(Value):
    """A page of older events, for someone scrolling back."""

    kind: Literal["earlier"] = "earlier"
    before: int = Field(ge=1)


Command = Annotated[Open | Say | Draft | Shown | Stop | Begin | Skip | Earlier, Field(discriminator="kind")]
COMMAND: TypeAdapter[Command] = TypeAdapter(Command)


# --- what she sends ---------------------------------------------------------------------------------------


class Welcome(Value):
    """The answer to `open`."""

    kind: Literal["welcome"] = "welcome"
    protocol: int = PROTOCOL
    last: int
    """The newest log number. Frames `happened` up to it follow at once, then `caught_up`."""
    stage: Literal["unmet", "meeting", "living"]
    """unmet: nothing was chosen yet, offer `begin`; meeting: the first conversation; living: ever after."""
    name: str | None
    """What she is called, once she has a name."""
    heard_n: int
    """The last `n` of this client that is in the log: the window may drop those from its queue."""
    brain: "BrainFrame"


class CaughtUp(Value):
    """All that was missed has been sent."""

    kind: Literal["caught_up"] = "caught_up"
    last: int


class Page(Value):
    """Older events, oldest first; `more` says whether there is anything before them."""

    kind: Literal["page"] = "page"
    events: tuple[Happened, ...]
    more: bool


class Kept(Value):
    """The message `n` is on disk, as number `seq` of the log."""

    kind: Literal["kept"] = "kept"
    n: int
    seq: int


class Thinking(Value):
    """She has begun to think about number `reply`. A stream of that name may follow."""

    kind: Literal["thinking"] = "thinking"
    reply: int


class Words(Value):
    """A piece of her answer to number `reply`: put it at character `start`.

    A window that already has some of it keeps what it has; one that misses some asks again with `open`.
    """

    kind: Literal["words"] = "words"
    reply: int
    start: int
    text: str


class Ended(Value):
    """The stream `reply` is over. What was kept of it follows, or was sent, as a `said` event; `chars` 0: nothing was."""

    kind: Literal["ended"] = "ended"
    reply: int
    chars: int


class BrainFrame(Value):
    """How her brain is."""

    kind: Literal["brain"] = "brain"
    state: Literal["waking", "ready", "lost"]
    name: str
    """For people: "embedded · Qwen2.5 1.5B", "ollama · llama3.2"."""
    text: str = ""
    """A sentence for the person, when there is something to say about it."""


class Hearing(Value):
    """What the person is saying in the call, as far as she has understood it: a caption, replaced by the next one.
    Empty: it was nothing after all."""

    kind: Literal["hearing"] = "hearing"
    text: str


class Calling(Value):
    """Whether a call is going on, so that every window shows that she listens."""

    kind: Literal["calling"] = "calling"
    state: Literal["off", "on", "away"]
    """away: the line is broken, and she waits for it."""
    client: str = ""
    """The window that called."""
    muted: bool = False
    """The microphone is off."""


class Trouble(Value):
    """Something went wrong; nothing that was acknowledged is lost."""

    kind: Literal["trouble"] = "trouble"
    code: str
    """As in `os1.errors`."""
    text: str
    """What she says about it."""
    n: int | None = None
    """The message it is about: the window keeps those words and offers them again."""
    expected: int | None = None
    """For out-of-order: the `n` she waits for. For ahead-of-log: the newest number she has."""


Frame = Annotated[
    Welcome
    | CaughtUp
    | Page
    | Happened
    | Kept
    | Thinking
    | Words
    | Ended
    | BrainFrame
    | Hearing
    | Calling
    | Trouble,
    Field(discriminator="kind"),
]
FRAME: TypeAdapter[Frame] = TypeAdapter(Frame)
