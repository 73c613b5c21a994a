"""A model of meaning without a model, for tests of whatever needs one: shipped, so that others can use it too.

Sentences are alike as far as they share words. It does not know that a dog is an animal.
"""

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from os1.memory.finding.index import DIMENSIONS
from os1.memory.finding.words import words


class SharedWords:
    """Each word points in a direction of its own; a text points where its words do. The same on every machine."""

    model_id = "shared-words"
    dimensions = DIMENSIONS

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        return (
            np.stack([self._embed(text) for text in texts])
            if texts
            else np.empty((0, DIMENSIONS), np.float32)
        )

    def _embed(self, text: str) -> NDArray[np.float32]:
        total = np.sum([_direction(word) for word in words(text) or [text]], axis=0, dtype=np.float32)
        return total / np.sqrt(np.einsum("i,i->", total, total))


def _direction(word: str) -> NDArray[np.float32]:
    seed = int.from_bytes(blake2b(word.encode(), digest_size=8).digest())
    return np.random.default_rng(seed).standard_normal(DIMENSIONS).astype(np.float32)
