"""Sound for the bench, from numbers alone: a room, a cough, music, keys, a television; and where speech begins and ends.

Pure: chance is an argument. Mono float32, at the rate of the microphone unless it says otherwise. It does not know
who listens.
"""

from math import gcd

import numpy as np
from numpy.typing import NDArray

from os1.voice.base import HEARD_RATE, SPOKEN_RATE, Sound

FAINT = 45.0
"""Decibels under its own peak, below which an utterance is over: breath and the synthesis's own hiss lie lower."""
AUDIBLE = 10 ** (-50 / 20)
"""Her sound counts as heard from here, -50 dBFS: softer than that, a room covers it."""
ROOM = -60.0
"""dBFS of a quiet room in a microphone."""
TAPS = 96
"""Samples of the filter on each side, at the common rate: 0.1 % ripple, nothing audible folded back."""


def level(decibels: float) -> float:
    return float(10 ** (decibels / 20))


def loudness(sound: Sound) -> float:
    """dBFS, root mean square; -120 for silence."""
    power = float(np.mean(np.square(sound, dtype=np.float64))) if sound.size else 0.0
    return float(10 * np.log10(max(power, 1e-12)))


def at_loudness(sound: Sound | NDArray[np.float64], decibels: float) -> Sound:
    return _f(sound * level(decibels - loudness(_f(sound))))


def bounds(sound: Sound) -> tuple[int, int]:
    """First and last sample that are not FAINT; (0, 0) of silence."""
    loud = np.flatnonzero(np.abs(sound) > np.abs(sound).max(initial=0.0) * level(-FAINT))
    return (int(loud[0]), int(loud[-1])) if loud.size else (0, 0)


def audible(sound: Sound, gap: int) -> list[tuple[int, int]]:
    """Stretches that are heard, as samples (first, last); silences of at most `gap` samples do not divide them."""
    loud = np.flatnonzero(np.abs(sound) > AUDIBLE)
    if not loud.size:
        return []
    breaks = np.flatnonzero(np.diff(loud) > gap)
    firsts, lasts = np.append(0, breaks + 1), np.append(breaks, loud.size - 1)
    return [(int(loud[a]), int(loud[b])) for a, b in zip(firsts, lasts, strict=True)]


def silent_spot(sound: Sound, near: float, rate: int) -> tuple[int, int] | None:
    """Where to cut a spoken sentence: the silence (first, last sample) that lies closest to `near`, a share of the
    speech, counted the closer the longer it is. None: it was spoken without a break there."""
    step = rate // 200
    first, last = bounds(sound)
    peak = np.abs(sound).max(initial=1e-9) * level(-FAINT + 5)
    chunks = np.abs(sound[: sound.size // step * step]).reshape(-1, step).max(axis=1) < peak
    edges = np.flatnonzero(np.diff(np.concatenate(([0], chunks.astype(np.int8), [0]))))
    spots = [(int(a) * step, int(b) * step) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    inside = [(a, b) for a, b in spots if a > first and b < last and b - a >= rate * 0.06]

    def far(spot: tuple[int, int]) -> float:
        place = (sum(spot) / 2 - first) / (last - first)
        return abs(place - near) - 0.2 * (spot[1] - spot[0]) / rate

    best = min(inside, key=far, default=None)
    return best if best and far(best) < 0.12 else None


def resampled(sound: Sound, wanted: int, rate: int) -> Sound:
    """By a windowed sinc."""
    shared = gcd(wanted, rate)
    up, down = wanted // shared, rate // shared
    spread = np.zeros(sound.size * up, np.float32)
    spread[::up] = sound
    cut = 0.94 / max(up, down)
    place = np.arange(-TAPS, TAPS + 1)
    kernel = np.sinc(place * cut) * np.hanning(place.size + 2)[1:-1] * cut * up
    return _f(np.convolve(spread, kernel)[TAPS : TAPS + spread.size][::down])


def for_microphone(sound: Sound) -> Sound:
    return resampled(sound, HEARD_RATE, SPOKEN_RATE)


def room(seconds: float, chance: np.random.Generator, decibels: float = ROOM) -> Sound:
    """The hush of a room: noise that falls towards the high tones."""
    return at_loudness(_soft(chance.standard_normal(int(seconds * HEARD_RATE)), 0.7), decibels)


def in_a_room(dry: Sound, chance: np.random.Generator, wet: float, tail: float) -> Sound:
    """With the room's answer: noise that dies away by 60 dB in `tail` seconds, `wet` decibels under the voice."""
    length = int(tail * HEARD_RATE)
    decay = chance.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
    size = dry.size + length
    spectrum = np.fft.rfft(dry, size) * np.fft.rfft(decay, size)
    echo = _f(np.fft.irfft(spectrum, size))
    echo *= level(wet + loudness(dry) - loudness(echo[: dry.size]))
    echo[: dry.size] += dry
    return echo


def noisy(speech: Sound, chance: np.random.Generator, ratio: float) -> Sound:
    """With noise `ratio` decibels under it, that swells and fades where nobody speaks yet, or any more."""
    margin = int(0.4 * HEARD_RATE)
    padded = np.pad(speech, margin)
    first, last = bounds(speech)
    noise = at_loudness(_soft(chance.standard_normal(padded.size), 0.9), loudness(speech[first:last]) - ratio)
    ramp = np.minimum(1, np.minimum(np.arange(padded.size), np.arange(padded.size)[::-1]) / margin)
    return _f(padded + noise * ramp)


def cough(chance: np.random.Generator, decibels: float = -24.0) -> Sound:
    """Two bursts of breath, the second weaker."""
    bursts: list[NDArray[np.float64]] = []
    for strength, seconds in ((1.0, 0.22), (0.6, 0.28)):
        time = np.arange(int(seconds * HEARD_RATE)) / HEARD_RATE
        shape = np.minimum(1, time / 0.008) * np.exp(-time / (seconds / 4))
        throat = 1 + 0.5 * np.sign(np.sin(2 * np.pi * 190 * time))
        bursts += [
            strength * shape * throat * _soft(chance.standard_normal(time.size), 0.4),
            np.zeros(HEARD_RATE // 8),
        ]
    return at_loudness(np.concatenate(bursts), decibels)


def music(seconds: float, chance: np.random.Generator, decibels: float = -32.0) -> Sound:
    """Four chords round and round, and a tune over them."""
    time = np.arange(int(seconds * HEARD_RATE)) / HEARD_RATE
    sound = np.zeros(time.size)
    chords = ((0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14))
    for bar in range(int(seconds / 2) + 1):
        for note in chords[bar % 4]:
            sound += _note(time - bar * 2, 196 * 2 ** (note / 12), 1.5)
    for beat in range(int(seconds * 2) + 1):
        note = chords[beat // 4 % 4][int(chance.integers(3))] + 12
        sound += 1.5 * _note(time - beat / 2, 196 * 2 ** (note / 12), 0.4)
    return at_loudness(sound, decibels)


def keys(seconds: float, chance: np.random.Generator, peak: float = -28.0) -> Sound:
    """Someone types: seven strokes a second, each a click that dies in 5 ms."""
    sound = np.zeros(int(seconds * HEARD_RATE) + HEARD_RATE // 10)
    stroke = np.exp(-np.arange(HEARD_RATE // 25) / (HEARD_RATE * 0.005))
    at = 0.0
    while at < seconds:
        start = int(at * HEARD_RATE)
        sound[start : start + stroke.size] += (
            stroke * chance.standard_normal(stroke.size) * chance.uniform(0.4, 1)
        )
        at += chance.uniform(0.07, 0.22)
    return _f(sound * level(peak) / np.abs(sound).max())


def television(voice: Sound, chance: np.random.Generator, decibels: float = -44.0) -> Sound:
    """A voice from across the room."""
    return at_loudness(in_a_room(voice, chance, 0.0, 0.5), decibels)


def _note(time: NDArray[np.float64], pitch: float, seconds: float) -> NDArray[np.float64]:
    """A plucked string, from time 0."""
    shape = np.where(time >= 0, np.minimum(1, np.maximum(time, 0) / 0.01) * np.exp(-time / seconds), 0)
    return shape * sum(np.sin(2 * np.pi * pitch * part * time) / part**1.5 for part in range(1, 7))


def _soft(noise: NDArray[np.float64], darkness: float) -> Sound:
    """The high tones of noise turned down: 0 leaves it as it is, 1 takes most of them."""
    tones = np.fft.rfft(noise)
    place = np.linspace(0, 1, tones.size)
    return _f(np.fft.irfft(tones / (1 + darkness * 20 * place), noise.size))


def _f(sound: NDArray[np.float64] | NDArray[np.float32]) -> Sound:
    return np.asarray(sound, np.float32)
