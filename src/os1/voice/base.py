"""What a call needs: sound, ears, a mouth, a wire, and someone who answers.

The call owns these interfaces; adapters lie beside them and are chosen by whoever opens the house. Sound is mono,
float32, -1 to 1: 16,000 samples a second on its way in, 24,000 on its way out. Nothing here knows where sound comes
from, nor that a companion exists.
"""

from collections.abc import AsyncGenerator, AsyncIterator
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from os1.events import Value

Sound = NDArray[np.float32]
"""Shape (samples,)."""

HEARD_RATE = 16_000
"""Samples a second of the person's voice: what ears are trained on."""
SPOKEN_RATE = 24_000
"""Samples a second of her voice: what mouths are trained on."""
FRAME = 0.02
"""Seconds of sound in one frame on the wire: short enough not to be felt, long enough not to be all envelope."""
HEARD_FRAME = int(HEARD_RATE * FRAME)
SPOKEN_FRAME = int(SPOKEN_RATE * FRAME)


class Marks(NamedTuple):
    """How likely ears find it, each 0 to 1, that this comes after the last word. The text shows only the likeliest,
    and that is nearly always a full stop; by how much is worth more."""

    stop: float
    """One that ends a sentence: a full stop, a question mark, an exclamation mark."""
    comma: float
    onward: float
    """A word that carries a sentence on: "and", "about"."""


class Transcript(NamedTuple):
    text: str
    """As a person would write it; empty when there were no words."""
    sure: float = 1.0
    """0 to 1, the geometric mean of the words' probabilities: noise taken for words comes out low."""
    marks: Marks | None = None
    """After its last word; None from ears that do not tell."""


class Ears(Protocol):
    """Both methods raise EarsUnavailable, and nothing else. Never on the event loop: an adapter has its own thread."""

    @property
    def name(self) -> str: ...

    async def transcribe(self, sound: Sound, earlier: str = "") -> Transcript:
        """The words in at most 30 s of sound, 16 kHz. `earlier`: what the beginning of this same sound was taken
        for; an adapter may check it in one go instead of finding it anew."""
        ...

    async def close(self) -> None: ...


class Delivery(NamedTuple):
    """How a phrase is spoken. The voice itself is the mouth's."""

    pace: float = 1.0
    """Times the voice's own pace, 0.6 to 1.6."""
    loudness: float = 0.0
    """Decibels over or under her usual, -18 to 6."""
    whisper: float = 0.0
    """0: voiced; 1: breath alone."""
    warmth: float = 0.0
    """-1: cooler and brighter; 1: warmer, lower, softer."""


class Mouth(Protocol):
    """Raises MouthUnavailable, and nothing else. Never on the event loop."""

    @property
    def name(self) -> str: ...

    @property
    def heavy(self) -> bool:
        """A phrase takes it half a second or more: she does not begin on a single word."""
        ...

    @property
    def here(self) -> bool:
        """It works on this machine: a brain that thinks here too stands still while her first sound is found."""
        ...

    def say(self, phrase: str, delivery: Delivery) -> AsyncGenerator[Sound]:
        """The phrase as sound, 24 kHz, in pieces as they are found; without silence before and after.
        Closing the generator stops the work at the next piece."""
        ...

    async def close(self) -> None: ...


class VoiceActivity(Protocol):
    """Whether there is speech in a chunk. Keeps a state from chunk to chunk: one for each call. Takes 0.1 ms."""

    @property
    def CHUNK(self) -> int:
        """Samples it wants at a time."""
        ...

    def probability(self, chunk: Sound) -> float:
        """0 to 1, for exactly CHUNK samples at 16 kHz."""
        ...

    def reset(self) -> None: ...


class TurnModel(Protocol):
    """Whether someone who fell silent has said what they wanted to say, by how it sounded."""

    async def over(self, sound: Sound) -> float:
        """0 to 1, for the turn so far with the silence after it; of a long one the last seconds decide."""
        ...

    async def close(self) -> None: ...


class Patience(Protocol):
    """How long someone who fell silent should be given."""

    async def at_once(self, said: Transcript, sound: Sound, *, asked: bool) -> float | None:
        """The same, if it is sure without a closer look, which would take the machine from her first words."""
        ...

    async def patience(self, said: Transcript, sound: Sound, *, asked: bool) -> float:
        """Seconds of silence after which they have surely ended. `said`: all of the turn so far; `sound`: its last
        part, 16 kHz, with the silence so far; `asked`: her own last words were a question."""
        ...


class Position(NamedTuple):
    """How far the sound of one speech has really been played."""

    speech: int
    samples: int
    """At 24 kHz."""


class Act(NamedTuple):
    """What the person does in a call, besides speaking."""

    kind: Literal["mute", "unmute", "hush", "hang_up", "lost", "back"]
    """hush: be silent, please. lost, back: the wire broke, and is whole again."""


class Wire(Protocol):
    """Carries sound both ways. It may break and come back: it then plays on where it stopped, and misses no word that
    the other end still has. `play`, `duck`, `hush` and `hold` return at once."""

    def __aiter__(self) -> AsyncIterator[Sound | Act]:
        """Frames of HEARD_FRAME samples in their order, and acts. Ends when the call is over at the other end."""
        ...

    def play(self, speech: int, sound: Sound) -> None:
        """Put this after what is waiting to be played. Speeches are numbered upwards."""
        ...

    def duck(self, gain: float) -> None:
        """Times the loudness from now on, eased: 1 is her usual."""
        ...

    def hold(self, holding: bool) -> None:
        """Stop playing where it is; go on from there."""
        ...

    def hush(self) -> None:
        """Silence, now; what was waiting is forgotten."""
        ...

    @property
    def played(self) -> Position:
        """The newest that is known of."""
        ...

    async def moved(self) -> None:
        """Returns when `played` has changed, or the wire was lost or came back."""
        ...

    def tell(self, signal: Value) -> None:
        """Something for whoever shows the call: a trace, a trouble."""
        ...


class Responder(Protocol):
    """Whoever answers. The call does not know it is a companion."""

    def think(self, heard: str | int) -> AsyncGenerator[str]:
        """Words in answer, as they are found: to what was said but is not kept yet (text), or to something that is in
        the log (its number). Writes nothing; closing it drops the thought. Raises BrainUnavailable."""
        ...

    def hold(self, holding: bool) -> None:
        """Think no further for a moment, or go on: the machine is needed for her voice. May do nothing."""
        ...

    async def anticipate(self, draft: str) -> None:
        """Think ahead while the person still speaks. Nothing of it is kept."""
        ...

    async def expect(self, text: str) -> None:
        """Her whole answer is found, and being said: think ahead of what comes after it."""
        ...

    def hearing(self, text: str) -> None:
        """What the person is saying, as far as it is understood: a caption, replaced by the next. Empty: it was nothing."""
        ...

    async def heard(self, text: str, *, seconds: float, pauses: int, goes_on: bool) -> int:
        """Keep what the person said; returns its log number once it is on disk. `goes_on`: it continues the one before.
        Raises StoreError."""
        ...

    def speaking(self, reply: int, text: str) -> None:
        """So much of the answer to `reply` has been heard by now: captions, in step with the voice."""
        ...

    async def said(self, reply: int, text: str, *, cut_off: bool) -> None:
        """Keep what was really heard of the answer, perhaps nothing. Raises StoreError."""
        ...

    def lost(self, reply: int) -> None:
        """Nothing came of the answer to this. She may be called upon again, once she can think."""
        ...

    async def called_upon(self) -> int:
        """Returns when she should speak, or stop, for a reason that is not in the call's sound: the log number to
        answer (a hello is due, something was typed, a lost thought can be thought now), or 0: be silent."""
        ...
