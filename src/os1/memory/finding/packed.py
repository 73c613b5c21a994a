"""Words and the rows they are in, packed: five flat arrays, whatever the number of words. Never changed, only replaced.

A dictionary of a million turns' words takes 150 MB and a second to build; this takes 50 MB, is kept on disk as it is,
and finds a word in 6 µs by halving. It does not know what a word is, nor what its rows say.
"""

from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

NO_ROWS: NDArray[np.uint32] = np.empty(0, dtype=np.uint32)


@dataclass(frozen=True)
class Packed:
    """Word number i is `letters[edges[i]:edges[i + 1]]` in UTF-8, in order; its rows are `rows[starts[i]:starts[i + 1]]`."""

    rows: NDArray[np.uint32]
    starts: NDArray[np.uint32]
    letters: NDArray[np.uint8]
    edges: NDArray[np.uint32]

    @classmethod
    def of_bytes(cls, arrays: Mapping[str, bytes]) -> "Packed":
        """What `to_bytes` gave. Raises KeyError, ValueError for what cannot be that."""
        rows, starts, edges = (np.frombuffer(arrays[name], np.uint32) for name in ("rows", "starts", "edges"))
        letters = np.frombuffer(arrays["letters"], np.uint8)
        if len(starts) != len(edges) or starts[-1:] != [len(rows)] or edges[-1:] != [len(letters)]:
            raise ValueError("words and rows that do not belong together")
        return cls(rows, starts, letters, edges)

    def to_bytes(self) -> dict[str, bytes]:
        return {name: getattr(self, name).tobytes() for name in ("rows", "starts", "letters", "edges")}

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def nbytes(self) -> int:
        return self.rows.nbytes + self.starts.nbytes + self.letters.nbytes + self.edges.nbytes

    def of(self, word: str) -> NDArray[np.uint32]:
        """The rows with that word, rising."""
        number, here = self._find(word.encode())
        return self.rows[self.starts[number] : self.starts[number + 1]] if here else NO_ROWS

    def held(self, word: str) -> int:
        return len(self.of(word))

    def with_(self, more: Mapping[str, Sequence[int]]) -> "Packed":
        """These as well. Their rows are above all that are here: each is put behind those of its word."""
        words = sorted((word.encode(), rows) for word, rows in more.items())
        if not words:
            return self
        places = [self._find(word) for word, _ in words]
        number = np.array([place for place, _ in places], dtype=np.int64)
        known = np.array([here for _, here in places], dtype=np.bool_)
        many = np.array([len(rows) for _, rows in words], dtype=np.int64)
        added = np.concatenate([np.array(rows, dtype=np.uint32) for _, rows in words])
        behind = self.starts[number + known].astype(np.int64)
        held = np.diff(self.starts).astype(np.int64)
        held[number[known]] += many[known]
        fresh = [word for (word, _), here in zip(words, known.tolist(), strict=True) if not here]
        lengths = np.array([len(word) for word in fresh], dtype=np.int64)
        where = number[~known]
        return Packed(
            rows=np.insert(self.rows, np.repeat(behind, many), added),
            starts=_behind(np.insert(held, where, many[~known])),
            letters=np.insert(
                self.letters,
                np.repeat(self.edges[where].astype(np.int64), lengths),
                np.frombuffer(b"".join(fresh), dtype=np.uint8),
            ),
            edges=_behind(np.insert(np.diff(self.edges).astype(np.int64), where, lengths)),
        )

    def with_row(self, row: int, words: Collection[str]) -> "Packed":
        """That row in these words, among those that are there."""
        more = self.with_({word: [row] for word in words})
        for word in words:
            more.of(word).sort()
        return more

    def without(self, row: int) -> "Packed":
        """That row taken out of every word, and the words out that only it had."""
        places = np.flatnonzero(self.rows == row)
        if not len(places):
            return self
        words = np.searchsorted(self.starts, places, side="right") - 1
        held = np.diff(self.starts).astype(np.int64)
        held[words] -= 1
        kept, lengths = held > 0, np.diff(self.edges).astype(np.int64)
        return Packed(
            rows=np.delete(self.rows, places),
            starts=_behind(held[kept]),
            letters=self.letters[np.repeat(kept, lengths)],
            edges=_behind(lengths[kept]),
        )

    def _find(self, word: bytes) -> tuple[int, bool]:
        """Where the word is, or would have to be."""
        number = bisect_left(range(len(self)), word, key=self._word)
        return number, number < len(self) and self._word(number) == word

    def _word(self, number: int) -> bytes:
        return self._letters[self._edges[number] : self._edges[number + 1]].tobytes()

    @cached_property
    def _letters(self) -> memoryview:
        """As memory: one number or a few letters are taken from it ten times as fast as from numpy."""
        return self.letters.data

    @cached_property
    def _edges(self) -> memoryview:
        return self.edges.data


def _behind(lengths: NDArray[np.int64]) -> NDArray[np.uint32]:
    return np.concatenate([[0], np.cumsum(lengths)]).astype(np.uint32)


NOTHING = Packed(NO_ROWS, np.zeros(1, dtype=np.uint32), NO_ROWS.view(np.uint8), np.zeros(1, dtype=np.uint32))
