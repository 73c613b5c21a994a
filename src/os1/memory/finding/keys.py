"""Other ways to what was said: a sentence that was learnt from a turn, and leads back to it.

"Ana lives in Porto" is found by its own words and meaning, and the turn it was learnt from gets what it scored: the
words of the person stay the memory. It does not know who learnt the sentence, nor whether it still holds.
"""

from array import array

import numpy as np
from numpy.typing import NDArray

from os1.memory.finding import words
from os1.memory.finding.postings import Postings, Scored
from os1.memory.finding.vectors import Vectors


class Keys:
    """Keys are numbered 0, 1, 2 as they are added. Several may lead to one row."""

    def __init__(self, dimensions: int) -> None:
        self._postings = Postings()
        self._vectors = Vectors(dimensions)
        self._leads: array[int] = array("Q")
        self._of: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._of.values()))

    def add(self, row: int, text: str, vector: NDArray[np.int8] | None = None) -> int:
        """One more way to that row; its number."""
        key = len(self._leads)
        self._postings.add(words.words(text))
        self._leads.append(row)
        self._of.setdefault(row, []).append(key)
        if vector is not None:
            self._vectors.put(key, vector)
        return key

    def erase(self, key: int) -> None:
        """Takes one key out for good."""
        of = self._of.get(self._leads[key], []) if 0 <= key < len(self._leads) else []
        if key in of:
            of.remove(key)
            self._postings.erase(key)
            self._vectors.erase(key)

    def erase_row(self, row: int) -> None:
        """What was said there is forgotten, and with it all that was learnt from it."""
        for key in tuple(self._of.get(row, ())):
            self.erase(key)
        self._of.pop(row, None)

    def rows(self, word: str) -> NDArray[np.int64]:
        """The rows with a key that has this word; a row may come twice."""
        return self._led(self._postings.rows(word))

    def by_words(self, asked: tuple[str, ...], until: int) -> Scored:
        """For each row before `until`, the BM25 score of its best key."""
        if not len(self):
            return Scored.of_dense(np.empty(0, dtype=np.float32))
        keys, scores = self._postings.scores(asked)
        rows, place = np.unique(self._led(keys), return_inverse=True)
        best = np.zeros(len(rows), dtype=np.float32)
        np.maximum.at(best, place, scores)
        return Scored(rows[rows < until], best[rows < until])

    def nearest(
        self, query: NDArray[np.float32], until: int, many: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Rows before `until` whose keys mean something like it, and the cosine of each one's best key, in parallel."""
        if not len(self):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        keys = self._vectors.nearest(query, len(self._leads), many)
        keys = keys[self._led(keys) < until]
        rows, place = np.unique(self._led(keys), return_inverse=True)
        best = np.full(len(rows), -1, dtype=np.float32)
        np.maximum.at(best, place, self._vectors.likeness(query, keys))
        return rows, best

    def _led(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        return np.array([self._leads[key] for key in keys.tolist()], dtype=np.int64)
