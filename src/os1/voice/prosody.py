"""How the end of someone's words sounded: where the pitch went, how it faded, how long the last sound was held.

Pure: sound in, a handful of figures out, in about 2 ms however long the turn is, for only its last seconds are looked
at. Pitch is found by autocorrelation, which takes a creaking voice for unvoiced and a noisy room for a hoarse one. It
does not know what was said, and makes no guess at a mood.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from os1.voice.base import HEARD_RATE, Sound

LOOK_BACK = 2.5
"""Seconds that are looked at: enough to know a speaker's usual pitch, little enough to be quick."""
STEP = 80
"""Samples at 8 kHz between two looks: 10 ms."""
WINDOW = 320
"""Samples at 8 kHz of one look: 40 ms, two periods of the deepest voice."""
SPECTRUM = 512
"""Points of the transform: room for a window and the longest lag."""
LOWEST, HIGHEST = 60.0, 420.0
"""Hertz: the voices of grown people."""
VOICED = 0.45
"""Of perfect repetition: below it a sound counts as unvoiced. Breathy voices with 20 dB of noise reach about 0.5."""
CLEAR = 0.75
"""Of perfect repetition: looks that show for certain how high this voice is."""
QUIET = 30.0
"""Decibels under the loudest: what lies lower is silence or the room."""
LOOKS = 100
"""Looks a second."""
SHORTEST = 8
"""Looks: less than 80 ms of voice is a click or a breath."""
SYLLABLE, CLOSE, FADING = 28, 16, 4
"""Looks before the end: where the last syllable begins, where its end begins, and what is too faint to measure."""
ENOUGH = 1.2
"""Seconds of speech beyond which its length says nothing more."""


class Prosody(NamedTuple):
    height: float
    """Semitones of the last syllable over the speaker's middle here: those who are done come down."""
    dimming: float
    """Decibels of the last syllable over the usual."""
    clear: float
    """0 to 1, how purely the last 0.16 s rings: a voice that is done creaks, and breathes out."""
    held: float
    """Seconds since it was last about as loud as usual: last syllables are drawn out, and die away."""
    seconds: float
    """Of speech, up to 1.2: what is shorter is seldom all, what is longer may be anything."""


def prosody(sound: Sound) -> Prosody | None:
    """Of a turn so far at 16 kHz, with the silence after it. None: too little voice to say anything."""
    frames = _frames(sound[-int(LOOK_BACK * HEARD_RATE) :])
    if len(frames) < SHORTEST:
        return None
    loud = 10 * np.log10(np.einsum("ij,ij->i", frames, frames) / WINDOW + 1e-10)
    top = float(np.percentile(loud, 95))
    speech = np.flatnonzero(loud > max(top - QUIET, float(loud.min()) + 6.0))  # 6 dB: twice the room's noise
    if len(speech) < SHORTEST:
        return None
    last = int(speech[-1]) + 1
    pitch, clear = _pitch(frames[:last])
    pitch[loud[:last] < top - QUIET] = np.nan
    if np.count_nonzero(~np.isnan(pitch)) < SHORTEST:
        return None
    middle = float(np.nanmedian(pitch))
    final = pitch[max(0, last - SYLLABLE) : last - FADING]
    known = final[~np.isnan(final)]
    usual = float(np.median(loud[speech]))
    return Prosody(
        height=float(np.median(known)) - middle if len(known) >= 3 else 0.0,
        dimming=float(loud[max(0, last - CLOSE - FADING) : last - FADING].mean()) - usual,
        clear=float(clear[-CLOSE:].mean()),
        held=(last - int(np.flatnonzero(loud[:last] > usual - 3.0)[-1])) / LOOKS,  # 3 dB: half the power
        seconds=min(len(speech) / LOOKS, ENOUGH),
    )


def _frames(sound: Sound) -> NDArray[np.float32]:
    """Looks of 40 ms, every 10 ms, at half the rate: pitch lies far below 4 kHz."""
    half = (sound[: len(sound) // 2 * 2].reshape(-1, 2)).mean(axis=1, dtype=np.float32)
    if len(half) < WINDOW:
        return np.empty((0, WINDOW), np.float32)
    return np.lib.stride_tricks.sliding_window_view(half, WINDOW)[::STEP]


def _pitch(frames: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    """Semitones over 55 Hz for each look, nan where there is none; and how purely it rings, 0 to 1."""
    rate = HEARD_RATE // 2
    spectrum = np.fft.rfft(frames * _HANNING, SPECTRUM, axis=1)
    likeness = np.fft.irfft(spectrum.real**2 + spectrum.imag**2, axis=1)[:, : int(rate / LOWEST)]
    # The window makes far likeness look less than it is: divided by the window's own.
    likeness = likeness / (likeness[:, :1] + 1e-9) / _OWN[: likeness.shape[1]]
    nearest = int(rate / HIGHEST)
    lags = likeness[:, nearest:]
    best = np.clip(lags.max(axis=1), 0, 1)
    if (best > CLEAR).any():
        # One voice stays within two octaves: what lies elsewhere is half or twice the pitch, found by mistake.
        usual = float(np.median(_first_hill(lags[best > CLEAR]) + nearest))
        low, high = int(usual * 0.55) - nearest, int(usual * 2.0) - nearest
        lags[:, : max(0, low)] = 0
        lags[:, max(1, high) :] = 0
    lag = _first_hill(lags) + nearest
    found = 12 * np.log2(rate / lag / 55.0)
    found[lags.max(axis=1) < VOICED] = np.nan
    return found, best


def _first_hill(lags: NDArray[np.float32]) -> NDArray[np.intp]:
    """The top of the first hill that is nearly as high as the highest: the highest alone is often an octave down."""
    start = np.argmax(lags > 0.88 * lags.max(axis=1)[:, None], axis=1)
    reach = 8  # samples: a hill is narrower than a millisecond
    rows = np.arange(len(lags))
    window = np.minimum(start[:, None] + np.arange(reach), lags.shape[1] - 1)
    return window[rows, np.argmax(lags[rows[:, None], window], axis=1)]


_HANNING = np.hanning(WINDOW).astype(np.float32)
_SELF = np.fft.irfft(np.abs(np.fft.rfft(_HANNING, SPECTRUM)) ** 2)
_OWN = np.maximum(_SELF / _SELF[0], 0.05)[:WINDOW]
