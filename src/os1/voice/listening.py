"""The microphone of one call, chunk by chunk: less her own voice, loud enough to be the person, likely to be speech.

What she says is given here too, as it is handed to the wire: it is in the air from then on, in step with the
microphone's own frames. It does not know whose turn it is, nor what was said.
"""

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple, Protocol

import numpy as np

from os1.frames import Trouble
from os1.voice.base import HEARD_RATE, SPOKEN_FRAME, Sound, VoiceActivity
from os1.voice.nearness import Nearness, cut_off, level

BEFORE = 0.4
"""Seconds of sound kept from before someone began: a word is noticed only when it is under way."""
SILENT = np.zeros(SPOKEN_FRAME, np.float32)

DEAD = Trouble(
    code="microphone-dead",
    text="I hear nothing at all from your microphone. Is it the right one, and is it on?",
)
LOUD = Trouble(
    code="microphone-loud", text="Your microphone is turned up so far that it crackles. A little lower?"
)


class Echo(Protocol):
    """Takes her own voice out of the microphone. Both are called once for every 20 ms, `far` first."""

    def far(self, sound: Sound) -> None:
        """What is in the air now: SPOKEN_FRAME samples."""
        ...

    def near(self, frame: Sound) -> Sound:
        """The microphone, less that: HEARD_FRAME samples."""
        ...


class Chunk(NamedTuple):
    sound: Sound
    seconds: float
    speech: float
    """0 to 1; 0 for what is too soft to be the person."""


class Listening:
    """Use: `chunks` for every frame of the microphone; `voiced`, `hold`, `hush` for what she says."""

    def __init__(self, activity: VoiceActivity, echo: Echo) -> None:
        self.nearness = Nearness()
        self._activity = activity
        self._echo = echo
        self._rest = np.zeros(0, np.float32)
        self._before: deque[Sound] = deque(maxlen=round(BEFORE * HEARD_RATE / activity.CHUNK))
        self._air: deque[Sound] = deque()
        self._aired = 0
        """Samples of this speech that have been in the air."""
        self._holding = False
        self._told: set[str] = set()

    @property
    def lag(self) -> float:
        """Seconds from the end of speech to the end of the chunk in which silence is noticed, on average."""
        return 1.5 * self._activity.CHUNK / HEARD_RATE

    def before(self) -> Sound:
        """The sound just before now."""
        return np.concatenate(list(self._before)) if self._before else np.zeros(0, np.float32)

    def chunks(self, frame: Sound) -> Iterator[Chunk]:
        """The whole chunks that this frame completes."""
        self._echo.far(self._in_the_air())
        self._rest = np.concatenate([self._rest, self._echo.near(frame)])
        size = self._activity.CHUNK
        while len(self._rest) >= size:
            sound, self._rest = self._rest[:size], self._rest[size:]
            seconds, loud = size / HEARD_RATE, level(sound)
            speech = self._activity.probability(sound)
            self.nearness = self.nearness.after(loud, speech, seconds, cut_off(sound))
            self._before.append(sound)
            yield Chunk(sound, seconds, speech if self.nearness.near(loud) else 0.0)

    def confirmed(self) -> None:
        """What was near was the person: this is how loud they are."""
        self.nearness = self.nearness.confirmed()

    def forgotten(self) -> None:
        """It was nothing."""
        self.nearness = self.nearness.forgotten()

    def trouble(self) -> Trouble | None:
        """What is wrong with the microphone, told once."""
        wrong = DEAD if self.nearness.dead else LOUD if self.nearness.overdriven else None
        if wrong is None or wrong.code in self._told:
            return None
        self._told.add(wrong.code)
        return wrong

    def voiced(self, sound: Sound) -> None:
        self._air.extend(np.split(sound, range(SPOKEN_FRAME, len(sound), SPOKEN_FRAME)))

    def resumed(self, samples: int) -> None:
        """The microphone is back; meanwhile so much of this speech was played, and is in the air no more."""
        while self._air and self._aired < samples:
            self._in_the_air()

    def _in_the_air(self) -> Sound:
        if not self._air or self._holding:
            return SILENT
        self._aired += SPOKEN_FRAME
        return self._air.popleft()

    def hold(self, holding: bool) -> None:
        self._holding = holding

    def hush(self) -> None:
        """Nothing of what she was saying is in the air any more: the next speech begins."""
        self._air.clear()
        self._aired = 0
        self._holding = False
