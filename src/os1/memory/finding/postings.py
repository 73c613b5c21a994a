"""Which turns contain a word, and how much that says (BM25). Derived from the log.

What was said long ago lies packed, what was said lately in a dictionary, until it is packed too. It does not know what a
word is (`words` does), when something was said, nor what it means.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from os1.memory.finding.columns import Column
from os1.memory.finding.packed import NOTHING, Packed

K1 = 0.9
"""How much a repeated word adds, as a BM25 saturation: people seldom repeat the word that matters."""

B = 0.4
"""How much a long turn is held against it, from 0 to 1: turns of talk are all short."""

BUDGET = 200_000
"""Postings read for one query, about 2 ms: rarest words first, so what is left out says least."""

LONGEST = 0xFFFF
"""Words of a turn that are counted."""


class Scored(NamedTuple):
    """The rows that have a score above 0, rising, and the scores. All other rows have 0."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float32]

    @classmethod
    def of_dense(cls, dense: NDArray[np.float32]) -> "Scored":
        rows = np.flatnonzero(dense > 0)
        return cls(rows, dense.take(rows))

    def at(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The scores of these rows."""
        if not len(self.rows):
            return np.zeros(len(rows), dtype=np.float32)
        places = np.minimum(np.searchsorted(self.rows, rows), len(self.rows) - 1)
        return np.where(self.rows[places] == rows, self.scores[places], np.float32(0))

    def and_better(self, other: "Scored") -> "Scored":
        """For each row its score, and as much again as the higher of the two."""
        if not len(other.rows):
            return Scored(self.rows, self.scores * 2)
        rows = np.union1d(self.rows, other.rows)
        own = self.at(rows)
        return Scored(rows, own + np.maximum(own, other.at(rows)))

    def strongest(self, many: int) -> "Scored":
        """The rows with the highest scores, of equals the newest; rising again."""
        if len(self.rows) <= many:
            return self
        # Values are partitioned four times as fast as their places.
        least = np.partition(self.scores, len(self.scores) - many)[len(self.scores) - many]
        chosen = np.flatnonzero(self.scores >= least)
        ties = np.flatnonzero(self.scores[chosen] == least)
        chosen = np.delete(chosen, ties[: len(chosen) - many])
        return Scored(self.rows[chosen], self.scores[chosen])


class Postings:
    """Rows are numbered 0, 1, 2 as they are added; a row that was erased stays empty."""

    def __init__(self, packed: Packed = NOTHING, lengths: bytes = b"", alive: int = 0) -> None:
        """As they were packed once: all rows so far, of which so many are not erased."""
        self._packed = packed
        self._late: dict[str, array[int]] = {}
        self.late = 0
        """Rows that are not packed yet."""
        self._lengths = Column(np.uint16, lengths)
        self._total = int(self.lengths().sum())
        self._alive = alive

    def __len__(self) -> int:
        return len(self._lengths)

    @property
    def alive(self) -> int:
        """Rows that are not erased."""
        return self._alive

    def add(self, words: Sequence[str], also: Iterable[str] = ()) -> None:
        """The next row says these words; it is also found by others, which make it no longer."""
        row = len(self._lengths)
        for word in {*words, *also}:
            held = self._late.get(word)
            if held is None:
                held = self._late[word] = array("I")
            held.append(row)
        length = min(len(words), LONGEST)
        self._lengths.append(length)
        self._total += length
        self._alive += 1
        self.late += 1

    def erase(self, row: int) -> None:
        """Takes the row out of every word, once: some 30 ms in a long life, for something done a few times in it."""
        for word in [word for word, rows in self._late.items() if self._drop(rows, row) and not rows]:
            del self._late[word]
        self._packed = self._packed.without(row)
        self._total -= int(self.lengths()[row])
        self.lengths()[row] = 0
        self._alive -= 1

    @staticmethod
    def _drop(rows: "array[int]", row: int) -> bool:
        place = bisect_left(rows, row)
        if place == len(rows) or rows[place] != row:
            return False
        del rows[place]
        return True

    def put_back(self, row: int, words: Sequence[str], also: Iterable[str] = ()) -> None:
        """A row that was erased says these words from now on."""
        self._packed = self.pack().with_row(row, {*words, *also})
        self.lengths()[row] = min(len(words), LONGEST)
        self._total += int(self.lengths()[row])
        self._alive += 1

    def pack(self) -> Packed:
        """What was said lately is put with the rest: 0.2 s for a million turns. Returns all of it."""
        self._packed, self._late, self.late = self._packed.with_(self._late), {}, 0
        return self._packed

    def rows(self, word: str) -> NDArray[np.int64]:
        """The rows with that word, oldest first."""
        return np.concatenate([part.astype(np.int64) for part in self._parts(word)])

    def has(self, word: str, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of these rows have the word. Rows may be asked for that there are not, such as -1."""
        found = np.zeros(len(rows), dtype=np.bool_)
        asked = np.where(rows < 0, 0xFFFFFFFF, rows).astype(np.uint32)
        for part in self._parts(word):
            if len(part):
                found |= part[np.minimum(np.searchsorted(part, asked), len(part) - 1)] == asked
        return found

    def _parts(self, word: str) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        return self._packed.of(word), np.array(self._late.get(word, ()), dtype=np.uint32)

    def _held(self, word: str) -> int:
        return self._packed.held(word) + len(self._late.get(word, ()))

    def weight(self, word: str) -> float:
        """How much it says that a turn has this word: near 0 when most have it. 0 when none has."""
        held = self._held(word)
        return log(1 + (self._alive - held + 0.5) / (held + 0.5)) if held else 0.0

    @property
    def rarest(self) -> float:
        """The weight of a word that a single turn has."""
        return log(1 + (self._alive - 0.5) / 1.5) if self._alive else 0.0

    def rarity(self, word: str) -> float:
        """0 for a word that most turns have or none has, 1 for one that a single turn has."""
        return min(self.weight(word) / max(self.rarest, 1e-9), 1.0)

    def share(self, of: str, word: str) -> float:
        """How large a part of the turns with that word also carry the other, which none carries without it."""
        return self._held(of) / max(self._held(word), 1)

    def lengths(self) -> NDArray[np.uint16]:
        """Words in each row, stop words not counted."""
        return self._lengths.all

    def scores(self, words: Iterable[str], until: int | None = None) -> Scored:
        """The BM25 scores of the rows before `until`, with each word counted once."""
        many = len(self) if until is None else until
        dense, left = np.zeros(many, dtype=np.float32), BUDGET
        for held, word in sorted((held, word) for word in {*words} if (held := self._held(word))):
            left -= held
            if left < 0:
                break
            for part in self._parts(word):
                rows = part[: np.searchsorted(part, np.uint32(many))].astype(np.intp)
                dense[rows] = dense.take(rows) + np.float32(self.weight(word) * (K1 + 1))
        rows, scores = Scored.of_dense(dense)
        mean = np.float32(max(self._total, 1) / max(self._alive, 1))
        lengths = self.lengths()[rows] / mean
        return Scored(rows, (scores / (1 + K1 * (1 - B + B * lengths))).astype(np.float32))

    @property
    def nbytes(self) -> int:
        """Bytes held, those of what was said lately about right."""
        late = sum(len(word) + 200 + 4 * len(rows) for word, rows in self._late.items())
        return self._packed.nbytes + self._lengths.nbytes + late
