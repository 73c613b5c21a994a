"""The voices that recordings are made with: Kokoro's, none of them hers, without anything she does to her own voice.

It speaks in one thread, only when a recording is not in the cache yet. It does not know what is recorded, nor why.
"""

import asyncio
import json
import tarfile
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
from hibari.g2p import G2P  # pyright: ignore[reportMissingTypeStubs]

from os1.brain.catalogue import Catalogue
from os1.brain.models import RICH_MOUTH
from os1.errors import ModelMissing
from os1.voice.base import Sound
from os1.voice.onnx import Session

STYLE = 256
"""Numbers in one style of a voice; there is one for each length of a sentence."""


class Voices:
    """Made by `opened`."""

    def __init__(self, weights: Path, archive: Path) -> None:
        self._files = (weights, archive)
        self._session: Session | None = None
        self._alphabet: dict[str, int] = {}
        self._one_at_a_time = asyncio.Lock()

    async def say(self, voice: str, text: str) -> Sound:
        """24 kHz. `voice`: as Kokoro names it; one that begins with b speaks as the British do."""
        async with self._one_at_a_time:
            return await asyncio.to_thread(self._say, voice, text)

    # --- in a thread ---

    def _say(self, voice: str, text: str) -> Sound:
        if self._session is None:
            self._session = Session(self._files[0])
            vocabulary = resources.files("hibari").joinpath("assets/vocab.json")
            self._alphabet = json.loads(vocabulary.read_text(encoding="utf-8"))
        sounds = _spoken(voice.startswith("b"))(text)
        pieces = [self._alphabet[one] for one in sounds if one in self._alphabet]
        given = {
            "tokens": np.array([[0, *pieces, 0]], np.int64),
            "style": self._styles(voice)[len(pieces)],
            "speed": np.ones(1, np.float32),
        }
        return np.asarray(self._session.run(given)[0], np.float32).reshape(-1)

    def _styles(self, voice: str) -> Sound:
        with tarfile.open(self._files[1]) as archive:
            member = archive.extractfile(f"package/voices/{voice}.bin")
            if member is None:
                raise ModelMissing(f"There is no voice “{voice}” in {self._files[1].name}.")
            return np.frombuffer(member.read(), "<f4").reshape(-1, 1, STYLE)


@cache
def _spoken(british: bool) -> Callable[[str], str]:
    """From words to the signs for their sounds."""
    return G2P(british=british)


@asynccontextmanager
async def opened(models: Path) -> AsyncGenerator[Voices]:
    """For as long as the block; what it needs of memory is given back then. Raises ModelMissing."""
    catalogue = Catalogue(models, models)
    found = [await asyncio.to_thread(catalogue.installed, catalogue.find(name)) for name in RICH_MOUTH]
    weights, archive = found
    if weights is None or archive is None:
        raise ModelMissing("The richer voice is not here. Run `make bench-voice`, which fetches it.")
    yield Voices(weights, archive)
