"""Her own mouth: hibari, on this machine. American English, a woman's voice, quick.

The model finds a spectrum in parts (what the voice does, what noise does, the pitch), and the sound is put together
here: so a whisper is breath where there was voice, and warmth is a softer slope and a slightly lower pitch. It does
not know why she whispers.
"""

# hibari comes without types: what leaves this module is typed by hand.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

from collections.abc import AsyncGenerator
from typing import NamedTuple

import numpy as np

from os1.voice.base import Delivery, Sound
from os1.voice.onnx import Array, Session
from os1.voice.phonemes import Phonemes, american, assets
from os1.voice.thread import Thread
from os1.voice.waves import louder, pause_after, trimmed

try:
    from hibari import dsp
except ImportError:  # `assets` says so when somebody wants to speak
    dsp = None

USUAL = 4.0
"""Decibels added: the model speaks at -27 dB, and -23 is where speech is usually kept."""
OCTAVE = 1000.0
"""Hz from which a warmer voice falls off, and below which nothing changes."""
SLOPE = 2.0
"""Decibels an octave at full warmth: audible, and every consonant still clear."""
LOWER = 0.04
"""Of the pitch, at full warmth: less than a semitone."""
BREATH = -15.0
"""Decibels, breath against the voice whose place it takes: measured so that a whole whisper is about 10 dB softer."""
QUIETER_REST = 4.0
"""Decibels, what is neither voice nor noise, in a whisper: some voice is left in it."""
THIN = 500.0
"""Hz below which a whisper has little: the throat is open, and its lowest resonance is lost."""
VOICED = 40.0
"""Hz: the model says less where there is no voice."""
SMOOTH = 9
"""Bins of 20 Hz over which the voice's harmonics are smoothed to their envelope: about one harmonic to the next."""
DECIBEL = float(np.log(10) / 20)
FREQUENCIES = np.arange(601, dtype=np.float32) * 20
"""Hz of each bin."""


class Spectrum(NamedTuple):
    """What the model finds, each (601, frames) in natural logarithms or radians; pitch is (frames,) in Hz."""

    voice: Array
    phase: Array
    noise: Array
    rest: Array
    rest_phase: Array
    pitch: Array


class Hibari:
    """Loads itself when it first speaks, 0.7 s. One thread of its own."""

    heavy, here = False, True

    def __init__(self, name: str = "hibari") -> None:
        self.name = name
        self._thread = Thread(name)
        self._model: tuple[Phonemes, Session] | None = None
        self._chance = np.random.default_rng(
            7
        )  # noise is noise; the same one makes a voice that can be tested

    async def say(self, phrase: str, delivery: Delivery) -> AsyncGenerator[Sound]:
        for part in await self._thread.do(self._parts, phrase):
            sound = await self._thread.do(self._speak, part, delivery)
            if len(sound):
                yield sound
                if len(pause := pause_after(part, delivery.pace)):
                    yield pause

    async def close(self) -> None:
        self._thread.close()

    # --- in the thread ------------------------------------------------------------------------------------

    def _loaded(self) -> tuple[Phonemes, Session]:
        self._model = self._model or (american(), Session(assets() / "hibari.onnx"))
        return self._model

    def _parts(self, phrase: str) -> list[str]:
        return self._loaded()[0].of(phrase)

    def _speak(self, sounds: str, delivery: Delivery) -> Sound:
        reader, session = self._loaded()
        assert dsp, "what is loaded is installed"
        ids = np.array([reader.numbers(sounds)], np.int64)
        if ids.size < 3:
            return np.zeros(0, np.float32)
        found = session.run({"ids": ids, "speed": np.array([delivery.pace], np.float32)})
        spectrum = delivered(Spectrum(*(part[0] for part in found)), delivery)
        sound = np.asarray(dsp.synth(*spectrum, self._chance), np.float32)
        return louder(trimmed(sound), USUAL + delivery.loudness)


def delivered(found: Spectrum, delivery: Delivery) -> Spectrum:
    """The same words, warmer or cooler, voiced or in a whisper."""
    slope = np.log2(np.maximum(FREQUENCIES, OCTAVE) / OCTAVE) * -SLOPE * DECIBEL * delivery.warmth
    slope = slope.astype(np.float32)[:, np.newaxis]
    warm = found._replace(
        voice=found.voice + slope,
        noise=found.noise + slope,
        rest=found.rest + slope,
        pitch=found.pitch * np.float32(1 - LOWER * delivery.warmth),
    )
    return _whispered(warm, delivery.whisper) if delivery.whisper > 0 else warm


def _whispered(found: Spectrum, whisper: float) -> Spectrum:
    """Breath takes the voice's place, shaped by the same throat; consonants stay as they are."""
    spread = np.ones(SMOOTH, np.float32) / SMOOTH
    padded = np.pad(found.voice, ((SMOOTH // 2, SMOOTH // 2), (0, 0)), mode="edge")
    envelope = sum(padded[at : at + len(found.voice)] * spread[at] for at in range(SMOOTH))
    thin = np.log(np.maximum(FREQUENCIES, 20) / THIN).clip(max=0)[:, np.newaxis]
    voiced = np.convolve(found.pitch > VOICED, np.ones(3) / 3, "same")[np.newaxis]
    breath = envelope + thin + BREATH * DECIBEL + np.log(whisper * voiced + 1e-6)
    return found._replace(
        voice=found.voice + np.float32(np.log(max(1 - whisper, 1e-6))),
        noise=np.logaddexp(found.noise, breath).astype(np.float32),
        rest=found.rest - np.float32(QUIETER_REST * DECIBEL * whisper),
    )
