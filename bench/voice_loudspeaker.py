"""A loudspeaker made of numbers: it plays what arrives, obeys like the page does, and remembers every sample.

Pure: the moment is an argument, in seconds since the call began, and never goes back. Nothing is buffered for safety:
what arrives at a silent loudspeaker sounds at once. It does not know what is said.
"""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from bench.voice_sound import audible
from os1.voice.base import SPOKEN_RATE, Position, Sound

EASE = 0.05
"""Seconds in which the loudness changes."""
PAUSE = 0.25
"""Seconds of silence that words of one answer may have between them."""


class Tape:
    """Sound that only grows."""

    def __init__(self) -> None:
        self._sound: Sound = np.zeros(SPOKEN_RATE * 60, np.float32)
        self.size = 0

    def add(self, sound: Sound) -> None:
        while self.size + sound.size > self._sound.size:
            self._sound = np.concatenate((self._sound, np.zeros_like(self._sound)))
        self._sound[self.size : self.size + sound.size] = sound
        self.size += sound.size

    def part(self, first: int, last: int) -> Sound:
        """Silence where nothing was recorded."""
        inside = self._sound[max(first, 0) : max(min(last, self.size), 0)]
        before = max(min(-first, last - first), 0)
        return np.pad(inside, (before, last - first - before - inside.size))


class Loudspeaker:
    def __init__(self) -> None:
        self.tape = Tape()
        self.position = Position(0, 0)
        self.seconds_played = 0.0
        """Of sound that was hers, silence inside it included."""
        self._waiting: deque[tuple[int, Sound]] = deque()
        self._held = False
        self._gain = (1.0, 1.0, -EASE)
        """From, to, since."""

    @property
    def waiting(self) -> float:
        """Seconds still to be played."""
        return sum(sound.size for _, sound in self._waiting) / SPOKEN_RATE

    def arrived(self, now: float, speech: int, sound: Sound) -> None:
        self.run(now)
        self._waiting.append((speech, sound))

    def duck(self, now: float, gain: float) -> None:
        self.run(now)
        self._gain = (self._loudness(now), gain, now)

    def hold(self, now: float, holding: bool) -> None:
        self.run(now)
        self._held = holding

    def hushed(self, now: float, speech: int) -> None:
        """Nothing of this speech, nor of one before it, is played any more."""
        self.run(now)
        self._waiting = deque(one for one in self._waiting if one[0] > speech)
        self._held = False

    def run(self, now: float) -> None:
        """Play on, up to this moment."""
        wanted = round(now * SPOKEN_RATE) - self.tape.size
        while wanted > 0:
            piece = np.zeros(wanted, np.float32) if self._held or not self._waiting else self._next(wanted)
            self.tape.add(piece)
            wanted -= piece.size

    def _next(self, most: int) -> Sound:
        speech, sound = self._waiting.popleft()
        piece, rest = sound[:most], sound[most:]
        if rest.size:
            self._waiting.appendleft((speech, rest))
        before = self.position.samples if self.position.speech == speech else 0
        self.position = Position(speech, before + piece.size)
        self.seconds_played += piece.size / SPOKEN_RATE
        moments = (self.tape.size + np.arange(piece.size)) / SPOKEN_RATE
        return np.asarray(piece * self._gains(moments), np.float32)

    def _loudness(self, now: float) -> float:
        return float(self._gains(np.array([now]))[0])

    def _gains(self, moments: NDArray[np.float64]) -> NDArray[np.float64]:
        start, end, since = self._gain
        return start + (end - start) * np.clip((moments - since) / EASE, 0, 1)

    def heard(self, since: float = 0.0, gap: float = PAUSE) -> list[tuple[float, float]]:
        """The stretches of time in which she could be heard, from `since` on."""
        first = round(since * SPOKEN_RATE)
        found = audible(self.tape.part(first, max(self.tape.size, first)), round(gap * SPOKEN_RATE))
        return [((first + a) / SPOKEN_RATE, (first + b) / SPOKEN_RATE) for a, b in found]
