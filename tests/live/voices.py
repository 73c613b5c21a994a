"""People's voices and a listener's ears, for calls in a real browser: speech made and changed, and what is made of hers.

The voices are recordings of the repository, or the richer mouth speaking as someone else than she does. It does not
know a page nor a house.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from os1.brain.catalogue import Catalogue
from os1.brain.models import EARS, RICH_MOUTH
from os1.server.prepare import VOICE
from os1.voice.base import HEARD_RATE, SPOKEN_RATE, Delivery, Sound
from os1.voice.ears import Moonshine
from os1.voice.kokoro import Kokoro
from os1.voice.voices import chosen
from tests.voice.recordings import plain

CAPTURED = 48_000
"""Samples a second that Chromium's imitation of a microphone takes."""
ROOM = 1e-3
"""Amplitude, -60 dB, of a quiet room: Chromium takes another 18 dB out of it, and what gives nothing is a broken microphone."""
JUMP, TORN = 0.1, 7.0
"""From one sample to the next, of full scale, and times what is usual within 2.5 ms of it: the sharpest s of her mouths
has 5.4, a single lost sample 9."""
NEAR = SPOKEN_RATE // 400
"""Samples in those 2.5 ms."""
HOLE, EDGE = SPOKEN_RATE // 200, 0.05
"""Samples of nothing, 5 ms, that make a hole; and the amplitude at its edge that is heard as a click."""
AUDIBLE = 10 ** (-50 / 20)
"""Amplitude under which nobody hears anything."""


def voice_files(tmp_path: Path, models: Path) -> dict[str, Path]:
    """The files of a call that are on this machine, by id."""
    catalogue = Catalogue(tmp_path, models)
    found = {name: catalogue.installed(catalogue.find(name)) for name in VOICE}
    return {name: path for name, path in found.items() if path}


async def spoken_by(files: dict[str, Path], voice: str, *sentences: str) -> list[Sound]:
    """Each sentence at 24 kHz, by one of the richer voices."""
    model, voices = (files[name] for name in RICH_MOUTH)
    mouth = Kokoro(model, voices, chosen(voice))
    try:
        return [
            np.concatenate([sound async for sound in mouth.say(one, Delivery(pace=0.95))])
            for one in sentences
        ]
    finally:
        await mouth.close()


def at_rate(sound: Sound, rate: int, wanted: int) -> Sound:
    """By its spectrum: exact for the whole ratios that are met here."""
    length = round(len(sound) * wanted / rate)
    spectrum = np.fft.rfft(sound)
    kept = np.zeros(length // 2 + 1, dtype=spectrum.dtype)
    both = min(len(kept), len(spectrum))
    kept[:both] = spectrum[:both]
    return (np.fft.irfft(kept, length) * (length / len(sound))).astype(np.float32)


def in_a_room(sound: Sound, rate: int, before: float, after: float) -> Sound:
    """With seconds of a quiet room around it."""
    padded = np.pad(sound, (round(before * rate), round(after * rate)))
    return (padded + np.random.default_rng(3).normal(0, ROOM, len(padded))).astype(np.float32)


@dataclass(frozen=True)
class Looks:
    """What a wave shows of how it sounds."""

    seconds: float
    level: float
    """Decibels under full scale, of what is audible of it."""
    peak: float
    clicks: int
    """Places where the wave is torn, or breaks off."""


def looks(sound: Sound) -> Looks:
    loud = sound[np.abs(sound) > AUDIBLE]
    power = float(np.mean(np.square(loud))) if len(loud) else 1e-12
    return Looks(
        round(len(sound) / SPOKEN_RATE, 2),
        round(10 * float(np.log10(power)), 1),
        round(float(np.abs(sound).max(initial=0)), 3),
        torn(sound) + broken_off(sound),
    )


def torn(sound: Sound) -> int:
    steps = np.abs(np.diff(sound))
    found = 0
    for at in np.flatnonzero(steps > JUMP):
        sides = steps[max(0, at - NEAR) : max(0, at - 1)], steps[at + 2 : at + NEAR]
        usual = max(float(np.sqrt(np.mean(np.square(side)))) if len(side) else 0.0 for side in sides)
        found += bool(steps[at] > TORN * (usual + 1e-3))
    return found


def broken_off(sound: Sound) -> int:
    """Holes with a hard edge."""
    loud = np.flatnonzero(np.abs(sound) > 1e-5)
    at = np.flatnonzero(np.diff(loud) > HOLE)
    edges = np.concatenate([sound[loud[at]], sound[loud[at + 1]]]) if len(loud) else loud
    return int(np.sum(np.abs(edges) > EDGE))


async def understood(files: dict[str, Path], sound: Sound) -> str:
    """The words in sound of 24 kHz, as her own ears would have them."""
    ears = Moonshine(*(files[name] for name in EARS))
    try:
        return (await ears.transcribe(at_rate(sound, SPOKEN_RATE, HEARD_RATE))).text
    finally:
        await ears.close()


def word_errors(said: str, heard: str) -> float:
    """Of the words said, how many are wrong, missing or too many."""
    wanted, found = plain(said), plain(heard)
    costs = list(range(len(found) + 1))
    for at, word in enumerate(wanted, 1):
        diagonal, costs[0] = costs[0], at
        for column, other in enumerate(found, 1):
            best = min(costs[column] + 1, costs[column - 1] + 1, diagonal + (word != other))
            diagonal, costs[column] = costs[column], best
    return costs[-1] / max(1, len(wanted))
