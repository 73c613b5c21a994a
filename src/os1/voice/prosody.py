"""How the end of someone's words sounded: where the pitch went, how it faded, how long the last sound was held.

Pure: sound in, a handful of figures out, in under 2 ms however long the turn is, for only its last seconds are looked
at. Pitch is found by autocorrelation, which takes a creaking voice for unvoiced and a noisy room for a hoarse one. It
does not know what was said, and makes no guess at a mood.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from os1.voice.base import HEARD_RATE, Sound

LOOK_BACK = 3.0
"""Seconds that are looked at: enough to know a speaker's usual pitch, little enough to be quick."""
STEP = 80
"""Samples at 8 kHz between two looks: 10 ms."""
WINDOW = 320
"""Samples at 8 kHz of one look: 40 ms, two periods of the deepest voice."""
LOWEST, HIGHEST = 60.0, 420.0
"""Hertz: the voices of grown people."""
VOICED = 0.45
"""Of perfect repetition: below it a sound counts as unvoiced. Breathy voices with 20 dB of noise reach about 0.5."""
QUIET = 30.0
"""Decibels under the loudest: what lies lower is silence or the room."""
TAIL = 0.3
"""Seconds at the end whose pitch and loudness are held against the rest."""


class Prosody(NamedTuple):
    movement: float
    """Semitones from the beginning of the last voiced 0.3 s to their end: a rise asks or goes on, a fall ends."""
    height: float
    """Semitones of the very end over the speaker's median here."""
    ground: float
    """Semitones of the very end over the speaker's lowest here: those who are done come down to it."""
    dimming: float
    """Decibels of the last 0.3 s over the usual."""
    fade: float
    """Seconds the last sound took to go from 6 to 20 dB under the usual."""
    held: float
    """Seconds of the last stretch of voice."""
    voiced: float
    """Share of the last 0.3 s that is voiced."""
    seconds: float
    """Of speech, among those that were looked at."""


def prosody(sound: Sound) -> Prosody | None:
    """Of a turn so far at 16 kHz, with the silence after it. None: too little voice to say anything."""
    frames = _frames(sound[-int(LOOK_BACK * HEARD_RATE) :])
    if len(frames) < 10:
        return None
    loud = 10 * np.log10(np.mean(frames**2, axis=1) + 1e-10)
    top = float(np.percentile(loud, 95))
    room = float(loud.min())
    speech = np.flatnonzero(loud > max(top - QUIET, room + 6.0))
    if len(speech) < 10:
        return None
    last = int(speech[-1]) + 1
    pitch = _pitch(frames[:last])
    pitch[loud[:last] < top - QUIET] = np.nan
    sounding = np.flatnonzero(~np.isnan(pitch))
    if len(sounding) < 8:
        return None
    return _figures(pitch, sounding, loud[:last], speech)


def _figures(
    pitch: NDArray[np.float64],
    sounding: NDArray[np.intp],
    loud: NDArray[np.float64],
    speech: NDArray[np.intp],
) -> Prosody:
    last = len(pitch)
    tail = int(TAIL * 100)
    near = sounding[sounding >= sounding[-1] - tail]
    end = float(np.median(pitch[near[-4:]]))
    start = float(np.median(pitch[near[:4]]))
    usual = float(np.median(loud[speech]))
    faded = np.flatnonzero(loud > usual - 6.0)
    gaps = np.flatnonzero(np.diff(sounding) > 3)
    return Prosody(
        movement=end - start,
        height=end - float(np.median(pitch[sounding])),
        ground=end - float(np.percentile(pitch[sounding], 10)),
        dimming=float(np.mean(loud[-tail:])) - usual,
        fade=(_last(loud > usual - 20.0) - int(faded[-1])) / 100,
        held=(int(sounding[-1]) - int(sounding[gaps[-1] + 1] if len(gaps) else sounding[0])) / 100,
        voiced=float(np.sum(sounding >= last - tail)) / tail,
        seconds=len(speech) / 100,
    )


def _last(mask: NDArray[np.bool_]) -> int:
    found = np.flatnonzero(mask)
    return int(found[-1]) if len(found) else 0


def _frames(sound: Sound) -> NDArray[np.float32]:
    """Looks of 40 ms, every 10 ms, at half the rate: pitch lies far below 4 kHz."""
    half = (sound[: len(sound) // 2 * 2].reshape(-1, 2)).mean(axis=1, dtype=np.float32)
    if len(half) < WINDOW:
        return np.empty((0, WINDOW), np.float32)
    return np.lib.stride_tricks.sliding_window_view(half, WINDOW)[::STEP]


def _pitch(frames: NDArray[np.float32]) -> NDArray[np.float64]:
    """Semitones over 55 Hz for each look; nan where there is none."""
    rate = HEARD_RATE // 2
    spectrum = np.fft.rfft(frames * _HANNING, 2 * WINDOW, axis=1)
    likeness = np.fft.irfft(np.abs(spectrum) ** 2, axis=1)[:, : int(rate / LOWEST)]
    # The window makes far likeness look less than it is: divided by the window's own.
    likeness = likeness / (likeness[:, :1] + 1e-9) / _OWN[: likeness.shape[1]]
    nearest = int(rate / HIGHEST)
    lags = likeness[:, nearest:]
    best = lags.max(axis=1)
    # The first lag that is nearly as good as the best: otherwise every second voice is found an octave low.
    lag = np.argmax(lags > 0.88 * best[:, None], axis=1)
    lag = _top_of_hill(lags, lag) + nearest
    found = 12 * np.log2(rate / lag / 55.0)
    found[best < VOICED] = np.nan
    return found


def _top_of_hill(lags: NDArray[np.float32], start: NDArray[np.intp]) -> NDArray[np.intp]:
    reach = 8  # samples: a hill is narrower than a millisecond
    rows = np.arange(len(lags))[:, None]
    window = np.minimum(start[:, None] + np.arange(reach), lags.shape[1] - 1)
    return window[np.arange(len(lags)), np.argmax(lags[rows, window], axis=1)]


_HANNING = np.hanning(WINDOW).astype(np.float32)
_SELF = np.fft.irfft(np.abs(np.fft.rfft(_HANNING, 2 * WINDOW)) ** 2)
_OWN = np.maximum(_SELF / _SELF[0], 0.05)[:WINDOW]
