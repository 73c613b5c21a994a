"""Which turns contain a word, and how much that says (BM25). Kept in memory, derived from the log.

It does not know what a word is (`words` does), when something was said, nor what it means.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

K1 = 0.9
"""How much a repeated word adds, as a BM25 saturation: people seldom repeat the word that matters."""

B = 0.4
"""How much a long turn is held against it, from 0 to 1: turns of talk are all short."""

BUDGET = 200_000
"""Postings read for one query, about 2 ms: rarest words first, so what is left out says least."""


class Postings:
    """Rows are numbered 0, 1, 2 as they are added; a row that was erased stays empty."""

    def __init__(self) -> None:
        self._rows: dict[str, array[int]] = {}
        self._lengths: array[int] = array("H")
        self._total = 0
        self._alive = 0

    def __len__(self) -> int:
        return len(self._lengths)

    def add(self, words: Sequence[str], also: Iterable[str] = ()) -> None:
        """The next row says these words; it is also found by others, which make it no longer."""
        row = len(self._lengths)
        for word in {*words, *also}:
            held = self._rows.get(word)
            if held is None:
                held = self._rows[word] = array("I")
            held.append(row)
        length = min(len(words), 0xFFFF)
        self._lengths.append(length)
        self._total += length
        self._alive += 1

    def erase(self, row: int) -> None:
        """Takes the row out of every word: some 10 ms in a long life, for something done a few times in it."""
        for word in [word for word, rows in self._rows.items() if self._drop(rows, row) and not rows]:
            del self._rows[word]
        self._total -= self._lengths[row]
        self._lengths[row] = 0
        self._alive -= 1

    @staticmethod
    def _drop(rows: "array[int]", row: int) -> bool:
        place = bisect_left(rows, row)
        if place == len(rows) or rows[place] != row:
            return False
        del rows[place]
        return True

    def rows(self, word: str) -> NDArray[np.int64]:
        """The rows with that word, oldest first."""
        return np.array(self._rows.get(word, ()), dtype=np.int64)

    def weight(self, word: str) -> float:
        """How much it says that a turn has this word: near 0 when most have it. 0 when none has."""
        held = len(self._rows.get(word, ()))
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
        return len(self._rows.get(of, ())) / max(len(self._rows.get(word, ())), 1)

    def lengths(self) -> NDArray[np.int64]:
        """Words in each row, stop words not counted."""
        return np.array(self._lengths, dtype=np.int64)

    def scores(self, words: Iterable[str]) -> NDArray[np.float32]:
        """The BM25 score of every row, with each word counted once."""
        scores = np.zeros(len(self), dtype=np.float32)
        left = BUDGET
        for held, word in sorted((len(self._rows[word]), word) for word in {*words} & self._rows.keys()):
            left -= held
            if left < 0:
                break
            scores[self.rows(word)] += self.weight(word) * (K1 + 1)
        if self._total:
            lengths = np.frombuffer(self._lengths, dtype=np.uint16) * np.float32(self._alive / self._total)
            scores /= 1 + K1 * (1 - B + B * lengths)
        return scores
