"""What is done to found sound whoever found it: its silence cut off, its loudness set, its ends made soft.

Pure. It does not know words, nor which mouth the sound came from.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from os1.voice.base import SPOKEN_RATE, Sound

Spectrum = NDArray[Any]

STEP = SPOKEN_RATE // 200
"""Samples in 5 ms: sound is looked at, and eased in and out, in such steps."""
QUIET = 10 ** (-42 / 20)
"""Under the loudest 5 ms by so much it is silence: breath and the softest consonants lie within 36 dB."""
LEAD, TAIL = 4, 8
"""Steps kept before and after: an h or an f begins 20 ms under the threshold, a last vowel fades for 40."""
KNEE, CEILING = 0.7, 0.98
"""Amplitudes: from the first on sound is bent rather than passed on, so that it never reaches more than the second."""
PAUSES = {",": 0.12, ";": 0.16, ":": 0.16, "—": 0.14, "–": 0.14, "…": 0.3, ".": 0.25, "!": 0.25, "?": 0.28}
"""Seconds of silence after a phrase that ends with this mark, at her usual pace: as long as a breath, and no longer."""
WINDOW, HOP = 960, 240
"""Samples, 40 and 10 ms: one look at the sound's spectrum, and the step to the next."""
BROAD = 11
"""Bins of 25 Hz over which harmonics are smoothed to the shape of the throat: a little more than a voice's pitch."""
OCTAVE = 1000.0
"""Hz from which a warmer sound falls off."""
SLOPE = 2.0
"""Decibels an octave at full warmth: audible, and every consonant still clear."""
THIN = 500.0
"""Hz below which a whisper has little: the throat is open, and its lowest resonance is lost."""
SOFTER = 8.0
"""Decibels, a whole whisper under the voice it takes the place of."""
CLOSING = " \"'”’)]"


def trimmed(sound: Sound) -> Sound:
    """Without the silence before and after, its ends eased over 5 ms."""
    steps = sound[: len(sound) // STEP * STEP].reshape(-1, STEP)
    if not len(steps):
        return sound[:0]
    loudness = np.sqrt(np.einsum("ij,ij->i", steps, steps) / STEP)
    loud = np.flatnonzero(loudness > max(float(loudness.max()) * QUIET, 1e-5))
    if not len(loud):
        return sound[:0]
    first, last = max(0, int(loud[0]) - LEAD), min(len(steps), int(loud[-1]) + 1 + TAIL)
    kept = sound[first * STEP : last * STEP].astype(np.float32, copy=True)
    ramp = np.linspace(0, 1, STEP, dtype=np.float32)
    kept[:STEP] *= ramp
    kept[-STEP:] *= ramp[::-1]
    return kept


def louder(sound: Sound, decibels: float) -> Sound:
    """So much louder, and never clipped: what comes near 1 is bent."""
    sound = sound * np.float32(10 ** (decibels / 20))
    over = np.abs(sound) - KNEE
    bent = KNEE + (CEILING - KNEE) * np.tanh(np.maximum(over, 0) / (CEILING - KNEE))
    return np.where(over > 0, np.sign(sound) * bent, sound).astype(np.float32)


def shaped(sound: Sound, whisper: float, warmth: float, chance: np.random.Generator) -> Sound:
    """The same sound, warmer or cooler, voiced or turned to breath. As it is, when neither is asked for."""
    if (not whisper and not warmth) or len(sound) < WINDOW:
        return sound
    window = np.hanning(WINDOW + 1)[:-1].astype(np.float32)
    padded = np.pad(sound, (WINDOW, WINDOW + HOP))
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP] * window
    spectrum = np.fft.rfft(frames, axis=1)
    pitches = np.fft.rfftfreq(WINDOW, 1 / SPOKEN_RATE)
    spectrum *= 10 ** (-SLOPE * warmth * np.log2(np.maximum(pitches, OCTAVE) / OCTAVE) / 20)
    if whisper:
        spectrum = (1 - whisper) * spectrum + whisper * _breath(spectrum, pitches, chance)
    back = np.fft.irfft(spectrum, WINDOW, axis=1) * window
    whole = np.zeros(len(padded) + WINDOW)
    for at, frame in enumerate(back):
        whole[at * HOP : at * HOP + WINDOW] += frame
    return (whole[WINDOW : WINDOW + len(sound)] / _OVERLAP).astype(np.float32)


_OVERLAP = float(np.sum(np.hanning(WINDOW + 1)[:-1] ** 2) / HOP)
"""What windowing twice and adding up makes of 1."""


def _breath(spectrum: Spectrum, pitches: Spectrum, chance: np.random.Generator) -> Spectrum:
    """Noise with the shape of the throat that the voice came through, as loud as the whole of a whisper is."""
    power = np.abs(spectrum) ** 2
    sums = np.cumsum(np.pad(power, ((0, 0), (BROAD // 2 + 1, BROAD // 2)), mode="edge"), axis=1)
    envelope = np.sqrt(np.maximum(sums[:, BROAD:] - sums[:, :-BROAD], 0) / BROAD)
    envelope *= np.minimum(pitches / THIN, 1)
    noise = chance.standard_normal(power.shape) + 1j * chance.standard_normal(power.shape)
    breath = envelope * noise
    loudness = float(np.sum(power)) / max(float(np.sum(np.abs(breath) ** 2)), 1e-9)
    return breath * np.sqrt(loudness) * 10 ** (-SOFTER / 20) * _INCOHERENT


_INCOHERENT = 2.0
"""Neighbouring looks at noise do not agree, and adding them up loses so much of it."""


def pause_after(text: str, pace: float) -> Sound:
    """The silence that belongs to the mark it ends with; none where a phrase was cut between words."""
    mark = text.rstrip(CLOSING)[-1:]
    return np.zeros(round(PAUSES.get(mark, 0) / pace * SPOKEN_RATE), np.float32)
