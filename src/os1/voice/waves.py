"""What is done to found sound whoever found it: its silence cut off, its loudness set, its ends made soft.

Pure. It does not know words, nor which mouth the sound came from.
"""

import numpy as np

from os1.voice.base import SPOKEN_RATE, Sound

STEP = SPOKEN_RATE // 200
"""Samples in 5 ms: sound is looked at, and eased in and out, in such steps."""
QUIET = 10 ** (-42 / 20)
"""Under the loudest 5 ms by so much it is silence: breath and the softest consonants lie within 36 dB."""
LEAD, TAIL = 4, 8
"""Steps kept before and after: an h or an f begins 20 ms under the threshold, a last vowel fades for 40."""
KNEE = 0.7
"""Amplitude from which sound is bent rather than passed on: it then never reaches 1."""
PAUSES = {",": 0.12, ";": 0.16, ":": 0.16, "—": 0.14, "–": 0.14, "…": 0.3, ".": 0.25, "!": 0.25, "?": 0.28}
"""Seconds of silence after a phrase that ends with this mark, at her usual pace: as long as a breath, and no longer."""
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
    bent = KNEE + (1 - KNEE) * np.tanh(np.maximum(over, 0) / (1 - KNEE))
    return np.where(over > 0, np.sign(sound) * bent, sound).astype(np.float32)


def pause_after(text: str, pace: float) -> Sound:
    """The silence that belongs to the mark it ends with; none where a phrase was cut between words."""
    mark = text.rstrip(CLOSING)[-1:]
    return np.zeros(round(PAUSES.get(mark, 0) / pace * SPOKEN_RATE), np.float32)
