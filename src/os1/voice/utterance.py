"""What the person is saying: its sound, and what was understood of it so far. A value that grows; it decides nothing.

A long one is understood in stretches: what lies before a pause is settled and not heard again, so that half an hour
without a stop costs no more at its end than at its beginning. It does not know whose words they are.
"""

import re

import numpy as np

from os1.voice.base import HEARD_RATE, Sound, Transcript

STRETCH = 8.0
"""Seconds after which a pause settles what was understood: ears are surest, and quickest, on a sentence or two."""
LONGEST_STRETCH = 20.0
"""Seconds after which it is settled without a pause: ears are made for at most 30."""
SEARCH = 3 * HEARD_RATE
"""Samples at its end in which a place to cut is looked for: someone who speaks without a stop still takes a breath."""
WINDOW = HEARD_RATE // 50
"""Samples of the spot: 20 ms, shorter than the gap between two words."""
WORD = re.compile(r"[\w']+")
ROOM = 10 * HEARD_RATE
"""Samples a stretch has room for at first; doubled as needed."""


class Utterance:
    def __init__(self, start: Sound, *, goes_on: bool = False) -> None:
        self.goes_on = goes_on
        """It continues the person's words before it."""
        self.last = Transcript("", 0.0)
        """What was understood of the present stretch."""
        self.understood = 0
        """Samples of the present stretch that `last` is of."""
        self.paused = False
        """`last` was understood in a silence: a good place to settle it, should they go on."""
        self._settled: list[str] = []
        self._sound = np.empty(ROOM, np.float32)
        self._samples = 0
        self.add(start)

    @property
    def text(self) -> str:
        """All of it, as far as it was understood."""
        return " ".join(part for part in (*self._settled, self.last.text) if part)

    @property
    def sound(self) -> Sound:
        """The present stretch: a copy, safe to hand to a thread."""
        return self._sound[: self._samples].copy()

    @property
    def samples(self) -> int:
        return self._samples

    @property
    def seconds(self) -> float:
        """Of the present stretch."""
        return self._samples / HEARD_RATE

    def add(self, sound: Sound) -> None:
        while self._samples + len(sound) > len(self._sound):
            self._sound = np.concatenate([self._sound, np.empty_like(self._sound)])
        self._sound[self._samples : self._samples + len(sound)] = sound
        self._samples += len(sound)

    def understand(self, transcript: Transcript, samples: int) -> None:
        self.last, self.understood, self.paused = transcript, samples, False

    def quietest(self) -> int:
        """Where a long stretch without a pause is best cut: the softest spot of its last seconds, in samples."""
        end = self._samples // WINDOW * WINDOW
        start = max(0, end - SEARCH)
        windows = self._sound[start:end].reshape(-1, WINDOW)
        return start + int(np.argmin(np.mean(np.square(windows), axis=1))) * WINDOW + WINDOW // 2

    def settle(self) -> None:
        """What was understood stays; the stretch begins anew with the sound that came since."""
        if self.last.text:
            self._settled.append(self.last.text)
        rest = self._sound[self.understood : self._samples].copy()
        self.last, self.understood, self._samples = Transcript("", 0.0), 0, 0
        self.add(rest)

    def take(self) -> str:
        """The settled words, to be kept now; they are no longer part of it, and what follows goes on from them."""
        text, self._settled, self.goes_on = " ".join(self._settled), [], True
        return text

    @property
    def settled_length(self) -> int:
        return sum(len(part) + 1 for part in self._settled)


def same_words(one: str, other: str) -> bool:
    """The same but for marks and capitals."""
    return WORD.findall(one.lower()) == WORD.findall(other.lower())
