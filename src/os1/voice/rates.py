"""Sound from one rate to another, piece after piece, without a seam. Pure; it does not know what the sound is of."""

from math import gcd

import numpy as np

from os1.voice.base import Sound

LOBES = 16
"""Zero crossings of the filter on each side: 1 ms at 16 kHz; what it passes is flat up to nine tenths of the band."""
PASSES = 0.93
"""Of the narrower band: speech has nothing in the rest, and it keeps what would be folded out."""


class Rates:
    """Use: call it with each piece; what comes out lags by 1 to 2 ms."""

    def __init__(self, given: int, wanted: int) -> None:
        common = gcd(given, wanted)
        self._up, self._down = wanted // common, given // common
        width = max(1.0, given / wanted)
        self._taps = 2 * int(np.ceil(LOBES * width))
        cut = PASSES / width
        at = np.arange(self._taps)[None] - self._taps / 2 + 1 - np.arange(self._up)[:, None] / self._up
        bank = np.sinc(cut * at) * (0.54 + 0.46 * np.cos(2 * np.pi * at / self._taps))
        self._bank = (bank / bank.sum(axis=1, keepdims=True)).astype(np.float32)
        self._before = np.zeros(self._taps - 1, np.float32)
        self._next = 0
        """Where the next sample lies in what is kept, in parts of a given one."""

    def __call__(self, sound: Sound) -> Sound:
        if self._up == self._down:
            return sound
        kept = np.concatenate([self._before, sound])
        end = (len(kept) - self._taps + 1) * self._up
        at = np.arange(self._next, end, self._down)
        self._next = (int(at[-1]) + self._down if len(at) else self._next) - len(sound) * self._up
        self._before = kept[len(kept) - self._taps + 1 :]
        looks = np.lib.stride_tricks.sliding_window_view(kept, self._taps)[at // self._up]
        return np.einsum("ij,ij->i", looks, self._bank[at % self._up])
