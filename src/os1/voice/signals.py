"""What goes over a call's own line, beside the sound itself: what the window asks, what she sends.

Sound goes as binary messages, everything else as text. Little-endian, signed 16 bit, mono:

    up    uint32 frame                 and 320 samples at 16 kHz (20 ms); frames count from 0 within a call
    down  uint32 speech, uint32 frame  and 480 samples at 24 kHz (20 ms); frames count from 0 within a speech

These models become `web/src/lib/protocol.ts` together with `os1.events`. It does not know what carries them.
"""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from os1.events import Value
from os1.frames import PROTOCOL, Trouble


class Dial(Value):
    """The first thing said on a call's line, and again on a new line after a lost one."""

    kind: Literal["dial"] = "dial"
    protocol: int = PROTOCOL
    client: str = Field(min_length=8, max_length=64)
    """As in `open`."""
    call: str = Field(min_length=8, max_length=64)
    """Made up by the window for each call; the same one takes up a call that lost its line."""
    speech: int = 0
    """The speech that was playing when the line was lost, 0 for none ..."""
    frames: int = Field(default=0, ge=0)
    """... and how many of its frames arrived, played or not."""


class Played(Value):
    """So much of a speech has left the loudspeaker."""

    kind: Literal["played"] = "played"
    speech: int
    samples: int = Field(ge=0)
    """At 24 kHz."""


class Mute(Value):
    """The microphone was turned off or on."""

    kind: Literal["mute"] = "mute"
    muted: bool


class Hush(Value):
    """Be silent: the person pressed stop. The page is silent already."""

    kind: Literal["hush"] = "hush"


class HangUp(Value):
    """Goodbye."""

    kind: Literal["hang_up"] = "hang_up"


CallCommand = Annotated[Dial | Played | Mute | Hush | HangUp, Field(discriminator="kind")]
CALL_COMMAND: TypeAdapter[CallCommand] = TypeAdapter(CallCommand)


class Answered(Value):
    """She picked up, or took up the call that lost its line."""

    kind: Literal["answered"] = "answered"
    call: str
    again: bool
    """It is the same call, on a new line."""
    frame: int
    """The next frame of the microphone she wants: what is older may be dropped, what is newer is sent again."""


class Got(Value):
    """She has heard the microphone up to here: the window may drop what it kept."""

    kind: Literal["got"] = "got"
    frame: int
    """The next frame she wants."""


class Duck(Value):
    """Her voice, louder or softer from now on, eased over 50 ms. 1: as usual."""

    kind: Literal["duck"] = "duck"
    gain: float = Field(ge=0, le=1)


class Hold(Value):
    """Stop playing where you are, or go on from there."""

    kind: Literal["hold"] = "hold"
    holding: bool


class Hushed(Value):
    """Silence now: drop everything of this speech and before it."""

    kind: Literal["hushed"] = "hushed"
    speech: int


class Stage(Value):
    """One stage of a turn, in milliseconds from the end of the person's speech."""

    name: str
    start: float
    end: float


class Trace(Value):
    """Where the time of one turn went: shown as a waterfall to whoever opens it."""

    kind: Literal["trace"] = "trace"
    reply: int
    voice_to_voice: float
    """Milliseconds from the end of the person's speech to her first audible sound leaving the house."""
    stages: tuple[Stage, ...]


class CallEnded(Value):
    """The call is over."""

    kind: Literal["call_ended"] = "call_ended"
    why: Literal["hung_up", "lost", "closed", "elsewhere"]
    """elsewhere: another window called her."""
    text: str = ""
    """A sentence for the person, when there is something to say about it."""


CallFrame = Annotated[
    Answered | Got | Duck | Hold | Hushed | Trace | CallEnded | Trouble, Field(discriminator="kind")
]
CALL_FRAME: TypeAdapter[CallFrame] = TypeAdapter(CallFrame)
