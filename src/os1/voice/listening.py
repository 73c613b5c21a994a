"""The microphone of one call, chunk by chunk: less her own voice, loud enough to be the person, likely to be speech.

It does not know whose turn it is, nor what was said.
"""

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from os1.voice.base import HEARD_RATE, Sound, VoiceActivity
from os1.voice.echo import EchoCanceller
from os1.voice.nearness import Nearness, level

BEFORE = 0.4
"""Seconds of sound kept from before someone began: a word is noticed only when it is under way."""


class Chunk(NamedTuple):
    sound: Sound
    seconds: float
    speech: float
    """0 to 1; 0 for what is too soft to be the person."""


class Listening:
    """Use: `chunks` for every frame of the microphone; `played` for all that she says, as it is handed to the wire."""

    def __init__(self, activity: VoiceActivity, echo: EchoCanceller) -> None:
        self.nearness = Nearness()
        self._activity = activity
        self._echo = echo
        self._rest = np.zeros(0, np.float32)
        self._before: deque[Sound] = deque(maxlen=round(BEFORE * HEARD_RATE / activity.CHUNK))

    @property
    def lag(self) -> float:
        """Seconds from the end of speech to the end of the chunk in which the silence is noticed, in the middle."""
        return 1.5 * self._activity.CHUNK / HEARD_RATE

    def before(self) -> Sound:
        """The sound just before now."""
        return np.concatenate(list(self._before)) if self._before else np.zeros(0, np.float32)

    def chunks(self, frame: Sound, she_speaks: bool) -> Iterator[Chunk]:
        """The whole chunks that this frame completes."""
        self._rest = np.concatenate([self._rest, self._echo.near(frame)])
        size = self._activity.CHUNK
        while len(self._rest) >= size:
            sound, self._rest = self._rest[:size], self._rest[size:]
            seconds = size / HEARD_RATE
            speech = self._activity.probability(sound)
            loud = level(sound)
            self.nearness = self.nearness.after(loud, speech, seconds)
            self._before.append(sound)
            yield Chunk(sound, seconds, speech if self.nearness.near(loud) else 0.0)
