"""Her voice on its way out, 20 ms at a time: what waits, how loud, how far it has come.

For wires whose other end only plays what it is sent. It does not know who takes it, nor what time it is.
"""

from collections import deque
from typing import NamedTuple

import numpy as np

from os1.voice.base import SPOKEN_FRAME, SPOKEN_RATE, Position, Sound

EASED = int(0.05 * SPOKEN_RATE)
"""Samples in which she becomes louder or softer: 50 ms is no click, and no delay."""
FADE = int(0.005 * SPOKEN_RATE)
"""Samples in which she falls silent: 5 ms, heard as at once."""
REMEMBERED = 150
"""Frames that can be taken back: three seconds, more than a broken line goes unnoticed."""


class Taken(NamedTuple):
    before: Position
    pieces: tuple[tuple[int, Sound], ...]


class Playing:
    def __init__(self) -> None:
        self._waiting: deque[tuple[int, Sound]] = deque()
        self._taken: deque[Taken] = deque(maxlen=REMEMBERED)
        self._fading: Sound = np.zeros(0, np.float32)
        self._gain = self._wanted = 1.0
        self._holding = False
        self.position = Position(0, 0)
        """What has been taken."""

    def play(self, speech: int, sound: Sound) -> None:
        if len(sound):
            self._waiting.append((speech, sound))

    def duck(self, gain: float) -> None:
        self._wanted = gain

    def hold(self, holding: bool) -> None:
        if holding and not self._holding:
            self._fade()
        self._holding = holding

    def hush(self) -> None:
        if not self._holding:
            self._fade()
        self._waiting.clear()
        self._taken.clear()
        self._holding = False

    def take(self) -> Sound:
        """The next SPOKEN_FRAME samples; silence where there is nothing."""
        out = np.zeros(SPOKEN_FRAME, np.float32)
        if len(self._fading):
            out[:FADE], self._fading = self._fading, np.zeros(0, np.float32)
        elif self._waiting and not self._holding:
            self._fill(out)
        return out * self._loudness()

    def take_back(self, frames: int) -> None:
        """So many of the last frames were not heard: they are played again."""
        for _ in range(min(frames, len(self._taken))):
            before, pieces = self._taken.pop()
            self._waiting.extendleft(reversed(pieces))
            self.position = before

    def _fill(self, out: Sound) -> None:
        before, pieces, filled = self.position, list[tuple[int, Sound]](), 0
        while filled < len(out) and self._waiting:
            speech, sound = self._waiting.popleft()
            piece, rest = sound[: len(out) - filled], sound[len(out) - filled :]
            out[filled : filled + len(piece)] = piece
            filled += len(piece)
            if len(rest):
                self._waiting.appendleft((speech, rest))
            done = self.position.samples if speech == self.position.speech else 0
            self.position = Position(speech, done + len(piece))
            pieces.append((speech, piece))
        self._taken.append(Taken(before, tuple(pieces)))

    def _fade(self) -> None:
        """A few samples of what would have come next, going down: a cut would be heard as a click."""
        if self._waiting:
            start = self._waiting[0][1][:FADE]
            self._fading = np.zeros(FADE, np.float32)
            self._fading[: len(start)] = start * np.linspace(1, 0, FADE, dtype=np.float32)[: len(start)]

    def _loudness(self) -> Sound:
        step = SPOKEN_FRAME / EASED
        reached = self._gain + float(np.clip(self._wanted - self._gain, -step, step))
        ramp = np.linspace(self._gain, reached, SPOKEN_FRAME, dtype=np.float32)
        self._gain = reached
        return ramp
