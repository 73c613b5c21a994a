"""A voice for tests: sound that carries its own words, and ears, a mouth, activity and a turn model that go by it.

They ship with OS1. They do not touch a network, a disk or a clock.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence

import numpy as np

from os1.errors import EarsUnavailable, MouthUnavailable
from os1.voice.base import HEARD_RATE, SPOKEN_RATE, Delivery, Sound, Transcript

WORD = int(0.3 * HEARD_RATE)
"""Samples a word takes."""
BEGIN, END, HUM = 0.9, 0.8, 0.4
"""Amplitudes: before and after the letters of a word, and for the rest of it."""
LETTERS = 0.5
"""A letter's amplitude, plus its number in steps that survive 16 bit."""
STEP = 1024
NOISE = 0.2
"""Amplitude of what is loud and no word."""
AUDIBLE = 0.01


def speech(text: str) -> Sound:
    """These words, 0.3 s each, one right after the other."""
    return np.concatenate([_word(word) for word in text.split()] or [silence(0)])


def silence(seconds: float) -> Sound:
    return np.zeros(round(seconds * HEARD_RATE), dtype=np.float32)


def noise(seconds: float) -> Sound:
    """A cough, a door, music: activity without words."""
    return np.full(round(seconds * HEARD_RATE), NOISE, dtype=np.float32)


def words_in(sound: Sound) -> list[str]:
    """The words that are whole in this sound."""
    words: list[str] = []
    for start in np.flatnonzero(np.abs(sound - BEGIN) < 0.5 / STEP):
        word = sound[start : start + WORD]
        ends = np.flatnonzero(np.abs(word - END) < 0.5 / STEP)
        if len(word) == WORD and len(ends):
            letters = np.rint((word[1 : ends[0]] - LETTERS) * STEP).astype(np.uint8)
            words.append(letters.tobytes().decode())
    return words


def _word(word: str) -> Sound:
    letters = LETTERS + np.frombuffer(word.encode(), dtype=np.uint8) / STEP
    sound = np.full(WORD, HUM, dtype=np.float32)
    sound[: len(letters) + 2] = [BEGIN, *letters, END]
    return sound


class LiteralEars:
    """Hears exactly what `speech` put into the sound; a word that is cut short is not heard."""

    def __init__(self, name: str = "literal") -> None:
        self.name = name
        self.takes_noise_for = ""
        """What it makes of sound without words, and is not sure of."""
        self.lost = False
        """Set by a test, every call fails."""
        self.asked: list[tuple[Sound, str]] = []
        """Every sound, with what its beginning was taken for."""
        self.pause = asyncio.Event()
        """Cleared by a test, it holds every answer back."""
        self.pause.set()
        self.closed = False

    async def transcribe(self, sound: Sound, earlier: str = "") -> Transcript:
        self.asked.append((sound, earlier))
        await asyncio.sleep(0)  # let the others have a turn, as real ears do
        await self.pause.wait()
        if self.lost or self.closed:
            raise EarsUnavailable("the ears are lost")
        if words := words_in(sound):
            return Transcript(" ".join(words))
        if self.takes_noise_for and np.any(np.abs(sound) > AUDIBLE):
            return Transcript(self.takes_noise_for, 0.2)
        return Transcript("", 0.0)

    async def close(self) -> None:
        self.closed = True


class ScriptedActivity:
    """1 where there is sound, 0 where there is none."""

    CHUNK = 512

    def __init__(self) -> None:
        self.resets = 0

    def probability(self, chunk: Sound) -> float:
        assert len(chunk) == self.CHUNK, "it wants its chunks whole"
        return float(np.mean(np.abs(chunk) > AUDIBLE) > 0.5)

    def reset(self) -> None:
        self.resets += 1


class ScriptedTurnModel:
    """Gives the verdicts it was given, one after the other, then always the same one."""

    def __init__(self, *verdicts: float, otherwise: float = 0.9) -> None:
        self.verdicts: Sequence[float] = verdicts
        self.otherwise = otherwise
        self.asked: list[Sound] = []
        self.closed = False

    async def over(self, sound: Sound) -> float:
        self.asked.append(sound)
        await asyncio.sleep(0)
        at = len(self.asked) - 1
        return self.verdicts[at] if at < len(self.verdicts) else self.otherwise

    async def close(self) -> None:
        self.closed = True


SPOKEN_WORD = int(0.1 * SPOKEN_RATE)
"""Samples a word takes in the literal mouth."""
MURMUR = 0.05
"""Amplitude of its sound: above what counts as silence, below what counts as loud."""


SPOKEN_STEP = 4096
"""A letter's number in steps that survive 16 bit, and stay quiet."""


def spoken(phrase: str) -> Sound:
    """What the literal mouth makes of it: for each word 0.1 s of quiet sound, at the start of which its letters lie."""
    words = [word.encode()[: SPOKEN_WORD - 2] for word in phrase.split()]
    sound = np.full(len(words) * SPOKEN_WORD, MURMUR, dtype=np.float32)
    for at, word in enumerate(words):
        marked = np.frombuffer(bytes([len(word) % 256]) + word, dtype=np.uint8)
        sound[at * SPOKEN_WORD :][: len(marked)] = MURMUR + marked.astype(np.float32) / SPOKEN_STEP
    return sound


def said_in(sound: Sound) -> list[str]:
    """The words that are whole in sound that `spoken` made, however it was cut into frames."""
    words: list[str] = []
    for at in range(0, len(sound) - SPOKEN_WORD + 1, SPOKEN_WORD):
        letters = np.rint((sound[at : at + SPOKEN_WORD] - MURMUR) * SPOKEN_STEP).clip(0, 255).astype(np.uint8)
        if letters[0]:
            words.append(letters[1 : 1 + int(letters[0])].tobytes().decode(errors="replace"))
    return words


class LiteralMouth:
    """Says every word in 0.1 s, as sound that `said_in` reads. Pace and loudness are noted, and change nothing."""

    heavy, here = False, False

    def __init__(self, name: str = "literal") -> None:
        self.name = name
        self.lost = False
        """Set by a test, every phrase fails."""
        self.asked: list[tuple[str, Delivery]] = []
        """Every phrase it was given, and how to say it."""
        self.finished: list[str] = []
        """Those it was let finish."""
        self.pause = asyncio.Event()
        """Cleared by a test, it holds the next piece back."""
        self.pause.set()
        self.closed = False

    async def say(self, phrase: str, delivery: Delivery) -> AsyncGenerator[Sound]:
        self.asked.append((phrase, delivery))
        await asyncio.sleep(0)  # let the others have a turn, as a real mouth does
        for word in phrase.split():
            await self.pause.wait()
            if self.lost or self.closed:
                raise MouthUnavailable("the mouth is lost")
            if any(letter.isalnum() for letter in word):
                yield spoken(word)
        self.finished.append(phrase)

    async def close(self) -> None:
        self.closed = True
