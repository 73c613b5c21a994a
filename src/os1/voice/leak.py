"""What a canceller leaves of her voice, found and silenced: while it has not yet learned the way of the echo, or the way
has just changed, and where there is no canceller at all.

A microphone that holds her voice looks like what she said a moment ago, at one delay, however the room coloured it; a
person does not. Frames like that are silenced, unless they are louder than her echo ever is. It does not cancel: where
it is alone, who speaks over a loud echo is heard late.
"""

import numpy as np

from os1.voice.base import HEARD_RATE, Sound

LOOK = 4096
"""Samples of the microphone that are compared, 256 ms: two syllables."""
LONGEST = int(0.72 * HEARD_RATE)
"""Samples the echo may be late: half a second of buffers, and what a phone adds."""
SIZE = 16_384
"""Of the transform: at least both together."""
BAND = slice(250 * SIZE // HEARD_RATE, 4_000 * SIZE // HEARD_RATE)
"""Where small loudspeakers and speech have something in common, in lines of the spectrum."""
WHITENING = 0.8
"""0: loud tones decide; 1: hiss counts like speech."""
SURE, STILL = 10.0, 7.0
"""How far the best delay stands out, in standard deviations, for sound to be hers, and to go on being hers. A person
speaking reaches 5.6 (median) and 10.6 in one frame of a hundred; her echo 27, and stays under 10 in one of fifteen."""
LASTS = 5
"""Frames, 0.1 s, that it goes on for: between two syllables there is little to compare."""
LOUDER = 6.0
"""Decibels over her echo, as loud as it usually is, from which it is the person."""
FADING = 0.4
"""Decibels per frame at which the loudness of each side fades in that comparison: slow enough to outlast the delay."""
LEARNS = 0.2
"""Decibels per frame by which the usual loudness of her echo is corrected: half a minute to be sure, one is enough."""
SPOKEN, AUDIBLE = -45.0, -62.0
"""dBFS over which she speaks, and over which a frame could be taken for speech."""


def decibels(sound: Sound) -> float:
    return float(10 * np.log10(np.mean(np.square(sound)) + 1e-12))


class Leak:
    """One call's. Use: for every frame, what the canceller made of it, the frame itself, and what she said."""

    def __init__(self) -> None:
        self._far = np.zeros(LOOK + LONGEST, np.float32)
        self._near = np.zeros(LOOK, np.float32)
        self._window = np.concatenate([np.linspace(0, 1, LOOK // 2), np.ones(LOOK // 2)]).astype(np.float32)
        self._far_level = self._near_level = -120.0
        self._coupling = 0.0
        """Decibels of the echo over what she says; at first the loudest that could be."""
        self._lasts = 0

    def __call__(self, clean: Sound, raw: Sound, far: Sound) -> Sound:
        self._far = np.concatenate([self._far[len(far) :], far])
        self._near = np.concatenate([self._near[len(clean) :], clean])
        self._learn(decibels(raw), decibels(far))
        loud = decibels(clean)
        if loud < AUDIBLE or not self._hers() or loud > self._far_level + self._coupling + LOUDER:
            return clean
        return np.zeros(len(clean), np.float32)

    def _learn(self, near: float, far: float) -> None:
        self._far_level = max(far, self._far_level - FADING)
        self._near_level = max(near, self._near_level - FADING)
        if self._far_level > SPOKEN:
            more = self._near_level - self._far_level > self._coupling
            self._coupling += LEARNS if more else -LEARNS

    def _hers(self) -> bool:
        self._lasts = max(0, self._lasts - 1)
        if decibels(self._far) < AUDIBLE:
            return False
        likeness = self._likeness()
        if likeness >= SURE:
            self._lasts = LASTS
        return bool(self._lasts) and likeness >= STILL

    def _likeness(self) -> float:
        """By how many standard deviations one delay stands out. 0.5 ms."""
        near = np.fft.rfft(self._near * self._window, SIZE)[BAND]
        cross = np.zeros(SIZE // 2 + 1, np.complex128)
        cross[BAND] = np.conj(near) * np.fft.rfft(self._far, SIZE)[BAND]
        cross[BAND] /= np.abs(cross[BAND]) ** WHITENING + 1e-12
        found = np.abs(np.fft.irfft(cross, SIZE)[: LONGEST + 1])
        return float(found.max() / (np.sqrt(np.mean(np.square(found))) + 1e-12))
