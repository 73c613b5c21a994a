"""Whether somebody is speaking, by Silero: 0.1 ms for every 32 ms of sound.

The model carries a memory from chunk to chunk, and what is no speech dulls it: after music or a long hum it takes
the speech that follows for more of the same. So now and then, when surely nobody speaks, a fresh memory is begun
beside the old one, and takes over once it has heard enough: a fresh one alone would take the next chord for a voice.
It does not know when a turn begins or ends.
"""

from pathlib import Path

import numpy as np

from os1.voice.base import HEARD_RATE, Sound
from os1.voice.onnx import Array, Session

CHUNK = 512
"""Samples the model wants at a time, 32 ms."""
CONTEXT = 64
"""Samples before each chunk that it wants to see again, 4 ms."""
QUIET = 0.1
"""Below this there is surely no speech: the soft start of a word comes out higher."""
CLEAR = 6
"""Quiet chunks in a row, some 0.2 s, before a fresh memory is begun: a gap inside a word is shorter."""
DULL = 64
"""Chunks, some 2 s, after which a memory is old."""
WARM = 32
"""Chunks, some 1 s, that a fresh memory hears before it is believed."""


class Silero:
    """The model, read once. Every call gets a listener of its own."""

    def __init__(self, model: Path) -> None:
        """Reads the file: call it in a thread. Raises ModelMissing or ModelRefused."""
        self._session = Session(model)

    def listen(self) -> "SileroActivity":
        return SileroActivity(self._session)


class SileroActivity:
    """One call's voice activity."""

    CHUNK = CHUNK

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rate = np.array(HEARD_RATE, dtype=np.int64)
        self.reset()

    def reset(self) -> None:
        self._memory = fresh()
        self._next: Array | None = None
        self._context = np.zeros(CONTEXT, dtype=np.float32)
        self._age = 0
        self._quiet = 0

    def probability(self, chunk: Sound) -> float:
        seen = np.concatenate([self._context, chunk])[np.newaxis]
        self._context = chunk[-CONTEXT:].copy()
        probability, self._memory = self._hear(seen, self._memory)
        if self._next is not None:
            _, self._next = self._hear(seen, self._next)
        self._renew(probability)
        return probability

    def _hear(self, seen: Array, memory: Array) -> tuple[float, Array]:
        found, memory = self._session.run({"input": seen, "state": memory, "sr": self._rate})
        return float(found[0, 0]), memory

    def _renew(self, probability: float) -> None:
        self._age += 1
        self._quiet = self._quiet + 1 if probability < QUIET else 0
        if self._next is None:
            if self._age >= DULL and self._quiet >= CLEAR:
                self._next, self._age = fresh(), 0
        elif self._age >= WARM:
            self._memory, self._next = self._next, None


def fresh() -> Array:
    return np.zeros((2, 1, 128), dtype=np.float32)
