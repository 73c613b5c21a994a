"""The richer mouth: Kokoro, 82 million parameters, on this machine. English, women and men, and blends of them.

A voice is a table of style vectors, one for each length of a phrase; vectors add up, and that is all a blend is. A
whisper leans on a voice that was recorded hushed and gives way to breath; warmth leans on a warm one. It takes half a
second before the first sound, mostly whatever the length: phrases of a single word gain nothing.
"""

import tarfile
from collections.abc import AsyncGenerator
from copy import copy
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from os1.errors import ModelMissing, ModelRefused
from os1.voice.base import Delivery, Sound
from os1.voice.onnx import Session
from os1.voice.phonemes import Phonemes, american, british
from os1.voice.thread import Thread
from os1.voice.voices import USUAL_LEVEL, Chosen
from os1.voice.waves import louder, pause_after, shaped, trimmed

THREADS = 2
"""552 ms for three words with one, 429 with two, on two cores at rest."""
WIDTH = 256
"""Numbers in a style vector."""
HUSHED, HUSH = "af_nicole", 0.4
"""The voice a whisper leans on, and by how much: more of it drags."""
WARM, WARMING = {"a": "af_heart", "b": "bf_emma"}, 0.2
"""The voice warmth leans on, by accent, and by how much: she must stay herself."""
WARM_MAN = "bm_george"

Style = NDArray[np.float32]
"""Shape (lengths, 256)."""


class _Model(NamedTuple):
    reader: Phonemes
    session: Session
    styles: dict[str, Style]


class _Weights:
    """The model's file, read once for all its voices."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._session: Session | None = None

    def session(self) -> Session:
        self._session = self._session or Session(self._file, THREADS)
        return self._session


class Kokoro:
    """`voices` is the archive in which the style tables lie. Loads itself when it first speaks, 1.5 s."""

    heavy, here = True, True

    def __init__(self, model: Path, voices: Path, voice: Chosen, name: str = "kokoro") -> None:
        self.name = name
        self._weights = _Weights(model)
        self._archive = voices
        self._voice = voice
        self._thread = Thread(name)
        self._model: _Model | None = None
        self._chance = np.random.default_rng(7)

    def with_voice(self, voice: Chosen) -> "Kokoro":
        """Another voice of the same model, on the same thread; it is put away with this one."""
        other = copy(self)
        other._voice, other._model = voice, None
        return other

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

    def _loaded(self) -> _Model:
        if not self._model:
            reader = british() if self._voice.voice.british else american()
            wanted = {name for name, _ in self._voice.parts} | {HUSHED, self._warm}
            self._model = _Model(reader, self._weights.session(), styles(self._archive, wanted))
        return self._model

    @property
    def _warm(self) -> str:
        voice = self._voice.voice
        return WARM_MAN if voice.pronoun == "he" else WARM["b" if voice.british else "a"]

    def _parts(self, phrase: str) -> list[str]:
        return self._loaded().reader.of(phrase)

    def _speak(self, sounds: str, delivery: Delivery) -> Sound:
        model = self._loaded()
        tokens = model.reader.numbers(sounds)
        if len(tokens) < 3:
            return np.zeros(0, np.float32)
        mix = leaning(self._voice.parts, self._warm, delivery)
        style = sum(share * _row(model.styles[name], len(tokens) - 2) for name, share in mix)
        (found,) = model.session.run(
            {
                "tokens": np.array([tokens], np.int64),
                "style": np.asarray(style, np.float32)[np.newaxis],
                "speed": np.array([delivery.pace], np.float32),
            }
        )
        sound = trimmed(np.asarray(found, np.float32).reshape(-1))
        sound = shaped(sound, delivery.whisper, delivery.warmth, self._chance)
        return louder(sound, USUAL_LEVEL - self._voice.voice.level + delivery.loudness)


def leaning(
    parts: tuple[tuple[str, float], ...], warm: str, delivery: Delivery
) -> tuple[tuple[str, float], ...]:
    """The blend for one phrase: her own voice, with a little of others as she speaks."""
    hush, warmth = HUSH * delivery.whisper, WARMING * max(0.0, delivery.warmth)
    own = (1 - hush) * (1 - warmth)
    return (
        *((name, share * own) for name, share in parts),
        (warm, (1 - hush) * warmth),
        (HUSHED, hush),
    )


def _row(style: Style, sounds: int) -> Style:
    return style[min(sounds, len(style) - 1)]


def styles(archive: Path, wanted: set[str]) -> dict[str, Style]:
    """Only these, of all that lie in the archive. Raises ModelMissing or ModelRefused."""
    places = {f"package/voices/{name}.bin": name for name in wanted}
    found: dict[str, Style] = {}
    try:
        with tarfile.open(archive) as members:
            for member in members:
                file = members.extractfile(member) if member.name in places else None
                if file:
                    found[places[member.name]] = np.frombuffer(file.read(), "<f4").reshape(-1, WIDTH)
                if len(found) == len(places):
                    break
    except FileNotFoundError as error:
        raise ModelMissing(f"There are no voices at {archive}.") from error
    except (tarfile.TarError, OSError, EOFError, ValueError) as error:
        raise ModelRefused(f"{archive} cannot be read as an archive of voices.") from error
    if missing := wanted - found.keys():
        raise ModelRefused(f"{archive} has no voice {', '.join(sorted(missing))}.")
    return found
