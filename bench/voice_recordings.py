"""What is said in the bench, as sound: made once by voices that are not hers, kept, and the same every time.

The dry voice is kept in the cache; room, loudness, noise and pauses are put on from a seed. It does not know how the
voices are made, nor when anything is played.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from bench.voice_sound import (
    at_loudness,
    bounds,
    for_microphone,
    in_a_room,
    level,
    loudness,
    noisy,
    silent_spot,
)
from bench.voice_words import BREAK, break_at, whole
from os1.errors import BadInput
from os1.voice.base import HEARD_RATE, SPOKEN_RATE, Sound

Speaker = Callable[[str, str], Awaitable[Sound]]
"""(voice, text) to sound, at 24 kHz."""

CACHE = Path("~/.cache/os1/bench-voice")
MADE = "1"
"""Raised when the same words and voice would sound different."""
VOICES = ("am_michael", "af_bella", "bm_lewis", "bf_emma", "am_fenrir", "af_nova")
USUAL = -26.0
"""dBFS of someone who speaks to a microphone before them."""
SPREAD = 6.0
"""Decibels that one person speaks louder or softer than another."""
SHORTEST, LONGEST = 0.5, 1.2
"""Seconds of a thinking pause."""
MARGIN = int(0.1 * HEARD_RATE)
"""Samples left before and after the speech: quieter than FAINT, yet not cut off."""
NOISY, RATIO = 4, 25.0
"""Every so many utterances one with noise, so many decibels under the voice ..."""
FAR, WET, TAIL = 3, -14.0, 0.3
"""... and one with the room's answer: so many decibels under the voice, dying away in so many seconds."""


@dataclass(frozen=True)
class Recording:
    """Sound for the microphone, and what is known of it. Times are seconds from its first sample."""

    text: str
    sound: Sound
    begins: float
    """The first sound of speech ..."""
    ends: float
    """... and its last, before the room's answer."""
    pauses: tuple[tuple[float, float], ...] = ()


class Studio:
    """Makes recordings. `folder`: where dry voices are kept."""

    def __init__(self, speaker: Speaker, folder: Path, seed: int) -> None:
        self._speaker = speaker
        self._folder = folder
        self._seed = seed

    async def all_of(self, texts: Sequence[str]) -> list[Recording]:
        return [await self.one(text, place) for place, text in enumerate(texts)]

    async def one(self, text: str, place: int) -> Recording:
        """As the person says it. `place`: which of several it is, so that voices and rooms vary."""
        chance = np.random.default_rng([self._seed, crc32(text.encode()), place])
        dry = for_microphone(await self.dry(VOICES[place % len(VOICES)], whole(text)))
        return dressed(text, dry, place, chance)

    async def dry(self, voice: str, text: str) -> Sound:
        """At 24 kHz, from the cache if it was ever made."""
        name = hashlib.sha256("\n".join((MADE, voice, text)).encode()).hexdigest()[:24]
        file = self._folder / f"{name}.npy"
        if await asyncio.to_thread(file.exists):
            return await asyncio.to_thread(np.load, file)
        sound = np.asarray(await self._speaker(voice, text), np.float32)
        await asyncio.to_thread(_keep, file, sound)
        return sound


def dressed(text: str, dry: Sound, place: int, chance: np.random.Generator) -> Recording:
    """A dry voice (16 kHz), with its pause, its loudness, its room and its noise."""
    first, last = bounds(dry)
    voice = dry[max(first - MARGIN, 0) : last + MARGIN]
    pauses: tuple[tuple[float, float], ...] = ()
    if BREAK in text:
        voice, pause = paused(text, voice, chance.uniform(SHORTEST, LONGEST))
        pauses = (pause,)
    voice = at_loudness(voice, USUAL + chance.uniform(-SPREAD, SPREAD) / 2)
    voice = voice / max(1.0, float(np.abs(voice).max(initial=0)) / 0.95)
    first, last = bounds(voice)
    shift = 0
    if place % FAR == 1:
        voice = in_a_room(voice, chance, WET, TAIL)
    if place % NOISY == 2:
        before = voice.size
        voice = noisy(voice, chance, RATIO)
        shift = (voice.size - before) // 2
    moved = tuple(((a + shift) / HEARD_RATE, (b + shift) / HEARD_RATE) for a, b in pauses)
    return Recording(whole(text), voice, (first + shift) / HEARD_RATE, (last + shift) / HEARD_RATE, moved)


def paused(text: str, voice: Sound, seconds: float) -> tuple[Sound, tuple[float, float]]:
    """With a silence of so many seconds where the text has its mark. The pause is given in samples."""
    spot = silent_spot(voice, break_at(text), HEARD_RATE)
    if spot is None:
        raise BadInput(f"“{text}” was spoken without a break where the mark is. Put a comma or a dash there.")
    begins, ends = spot
    more = max(int(seconds * HEARD_RATE) - (ends - begins), 0)
    middle = (begins + ends) // 2
    sound = np.concatenate((voice[:middle], np.zeros(more, np.float32), voice[middle:]))
    return sound, (float(begins), float(ends + more))


def plainly(text: str, sound: Sound, decibels: float | None = None) -> Recording:
    """A sound that is no utterance: a cough, music, a word of agreement. As loud as it is, unless told otherwise."""
    loud = sound if decibels is None else np.asarray(sound * level(decibels - loudness(sound)), np.float32)
    first, last = bounds(loud)
    return Recording(text, loud, first / HEARD_RATE, last / HEARD_RATE)


def _keep(file: Path, sound: Sound) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_suffix(".part.npy")
    np.save(half, sound)
    half.replace(file)


def seconds(sound: Sound) -> float:
    """Of a dry voice."""
    return sound.size / SPOKEN_RATE
