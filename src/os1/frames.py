"""What passes between her and a window (a page, a terminal): commands one way, frames the other.

- `Command`: what a window asks of her. Never stored as such.
- `Frame`: what she sends to a window. An event that happened, or something passing (words as they come).

A call's own line has its signals in `voice/signals.py`. This module does not know what carries them.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from os1.events import Happened, Value

PROTOCOL = 1
"""Raised when an old window could misread a new frame; the window then asks to be reloaded."""

SHOWN = (
    "began", "heard", "called", "hung_up", "skipped", "said", "met", "promised", "private", "erased", "forgot",
)  # fmt: skip
"""Kinds of events that a window is told of. All others are kept, and passed over."""


def told(events: Iterable[Happened], after: int | None = None) -> Iterator["Happened | Passed"]:
    """Events as a window is told them: an unbroken run of numbers, in which what it does not show is passed over.

    `after`: the number the run goes on from; None: it begins with the first event.
    """
    for one in events:
        if after is not None and one.seq > after + 1:
            yield Passed(first=after + 1, last=one.seq - 1)
        yield one if one.event.kind in SHOWN else Passed(first=one.seq, last=one.seq)
        after = one.seq


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
    fresh: bool = False
    """What follows is the latest page: whatever the window shows is shown no more. Also after something was forgotten."""
    stage: Literal["unmet", "meeting", "living"]
    """unmet: nothing was chosen yet, offer `begin`; meeting: the first conversation; living: ever after."""
    name: str | None
    """What she is called, once she has a name."""
    heard_n: int
    """The last `n` of this client that is in the log: the window may drop those from its queue."""
    private: bool = False
    """Whether she is off the record: nothing that is said is kept just now."""
    brain: "BrainFrame"


class CaughtUp(Value):
    """All that was missed has been sent."""

    kind: Literal["caught_up"] = "caught_up"
    last: int


class Passed(Value):
    """Numbers `first` to `last` hold nothing for a window to show: what she learned in a quiet hour, a life brought along."""

    kind: Literal["passed"] = "passed"
    first: int
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
    | Passed
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
