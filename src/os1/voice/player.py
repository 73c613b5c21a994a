"""What a loudspeaker plays next, and how far it has got. Pure: it is asked for samples, and keeps no clock.

Asked from the sound card's own thread, told from another: a lock lies between, held for microseconds. It does not know
what a sound card is.
"""

import threading
from collections import deque

import numpy as np

from os1.voice.base import SPOKEN_RATE, Position, Sound

EASE = int(0.05 * SPOKEN_RATE)
"""Samples in which she gets softer or louder, 50 ms: a jump is heard as a click."""
CLOSE = int(0.008 * SPOKEN_RATE)
"""Samples in which she falls silent, 8 ms: at once, and without a click."""


class Player:
    """Use: `play`, `duck`, `hold`, `hush` from the call; `pull` and `played` from the loudspeaker's side."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[tuple[int, Sound]] = deque()
        self._gain = self._wanted = 1.0
        self._holding = False
        self._last = np.float32(0)
        self._pulled = 0
        self._position = Position(0, 0)
        self._history: deque[tuple[int, Position]] = deque()

    def play(self, speech: int, sound: Sound) -> None:
        with self._lock:
            self._waiting.append((speech, sound))

    def duck(self, gain: float) -> None:
        self._wanted = gain

    def hold(self, holding: bool) -> None:
        self._holding = holding

    def hush(self) -> None:
        with self._lock:
            self._waiting.clear()
            self._holding = False

    def pull(self, samples: int) -> Sound:
        """The next so many samples for the loudspeaker; silence where there is nothing to say."""
        with self._lock:
            found = [] if self._holding else self._take(samples)
            self._pulled += samples
            self._history.append((self._pulled, self._position))
        sound = np.concatenate([*found, np.zeros(samples - sum(map(len, found)), np.float32)])
        return self._eased(sound, sum(map(len, found)))

    def _take(self, samples: int) -> list[Sound]:
        found: list[Sound] = []
        while samples and self._waiting:
            speech, sound = self._waiting.popleft()
            if len(sound) > samples:
                self._waiting.appendleft((speech, sound[samples:]))
                sound = sound[:samples]
            before = self._position.samples if self._position.speech == speech else 0
            self._position = Position(speech, before + len(sound))
            found.append(sound)
            samples -= len(sound)
        return found

    def _eased(self, sound: Sound, voiced: int) -> Sound:
        if self._gain != self._wanted or self._gain != 1.0:
            step = np.sign(self._wanted - self._gain) / EASE
            ramp = self._gain + step * np.arange(1, len(sound) + 1)
            low, high = sorted((self._gain, self._wanted))
            sound = (sound * np.clip(ramp, low, high)).astype(np.float32)
            self._gain = float(np.clip(ramp[-1], low, high))
        if voiced < len(sound) and self._last:
            tail = min(CLOSE, len(sound) - voiced)
            start = sound[voiced - 1] if voiced else self._last
            sound[voiced : voiced + tail] = start * np.linspace(1, 0, tail, dtype=np.float32)
        self._last = sound[-1] if voiced == len(sound) else np.float32(0)
        return sound

    def played(self, latency: int) -> Position:
        """What has left the loudspeaker, if a sample takes so many others' time from here to there."""
        with self._lock:
            out = self._pulled - latency
            position = Position(0, 0)
            for pulled, then in self._history:
                if pulled > out:
                    break
                position = then
            while len(self._history) > 1 and self._history[1][0] <= out:
                self._history.popleft()
        return position
