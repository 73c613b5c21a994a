"""Which turns mean something alike: one bit a dimension to look everywhere, one byte to look closely.

Rows live in blocks that are never moved, so adding one never waits for a copy of the rest.
Everything is plain numpy without BLAS: one thread, so that the house stays responsive.
It does not know what a vector stands for, nor which model made it.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

BLOCK = 4096
"""Rows in a block: 1.8 MB, small enough to make in passing and for its bits to stay in a processor's cache."""

TOGETHER = 256
"""Rows whose bits are made at one go, in about 0.1 ms."""


def to_int8(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """Each vector in one byte a dimension. Its length is lost, its direction kept: cosines do not need the other."""
    largest = np.abs(vectors).max(axis=-1, keepdims=True)
    return np.rint(vectors * (127 / np.maximum(largest, 1e-9))).astype(np.int8)


class Vectors:
    """A row may get its vector late, lose it, or never have one."""

    def __init__(self, dimensions: int) -> None:
        if dimensions % 64:
            raise ValueError("bits are compared 64 at a time")
        self.dimensions = dimensions
        self._bits: list[NDArray[np.uint64]] = []
        self._bytes: list[NDArray[np.int8]] = []
        self._lengths: list[NDArray[np.float32]] = []
        """Of the rows as bytes; 0 where there is no vector."""
        self._fresh: list[int] = []

    def put(self, row: int, vector: NDArray[np.int8]) -> None:
        while row >= len(self._bytes) * BLOCK:
            self._bits.append(np.zeros((self.dimensions // 64, BLOCK), dtype=np.uint64))
            self._bytes.append(np.zeros((BLOCK, self.dimensions), dtype=np.int8))
            self._lengths.append(np.zeros(BLOCK, dtype=np.float32))
        self._bytes[row // BLOCK][row % BLOCK] = vector
        self._fresh.append(row)
        if len(self._fresh) >= TOGETHER:
            self._settle()

    def _settle(self) -> None:
        """Bits and lengths of the rows put lately: together, because numpy is slow at one and fast at many."""
        rows, self._fresh = np.array(self._fresh, dtype=np.int64), []
        for block, _, places in self._blocks(rows):
            vectors = self._bytes[block][places]
            exact = vectors.astype(np.float32)
            self._bits[block][:, places] = _bits(vectors).T
            self._lengths[block][places] = np.sqrt(np.einsum("ij,ij->i", exact, exact))

    def _blocks(self, rows: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.int64]]]:
        """For each block that has some of these rows: its number, which of them, and their places in it."""
        order = np.argsort(rows, kind="stable")
        edges = np.searchsorted(rows[order], BLOCK * np.arange(len(self._bytes) + 1)).tolist()
        for block, (begin, end) in enumerate(pairwise(edges)):
            if begin < end:
                which = order[begin:end]
                yield block, which, rows[which] - block * BLOCK

    def erase(self, row: int) -> None:
        if row < len(self._bytes) * BLOCK:
            self.put(row, np.zeros(self.dimensions, dtype=np.int8))

    def nearest(self, query: NDArray[np.float32], within: NDArray[np.bool_], many: int) -> NDArray[np.int64]:
        """The rows whose bits differ least from the query's, the newest of equals; look closely with `likeness`."""
        self._settle()
        if not self._bits:
            return np.empty(0, dtype=np.int64)
        asked = _bits(to_int8(query))[:, None]
        away = np.concatenate(
            [np.bitwise_count(block ^ asked).sum(axis=0, dtype=np.uint16) for block in self._bits]
        )
        usable = np.concatenate(self._lengths) > 0
        usable[len(within) :] = False
        usable[: len(within)] &= within[: len(usable)]
        rows, away = np.flatnonzero(usable), away[usable]
        furthest = int(np.searchsorted(np.cumsum(np.bincount(away)), many))
        closer, ties = rows[away < furthest], rows[away == furthest]
        return np.concatenate([closer, ties[max(len(closer) + len(ties) - many, 0) :]])

    def likeness(self, query: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The cosine of the query and each of these rows; 0 for a row without a vector."""
        vectors, lengths = self._gather(rows)
        length = np.sqrt(np.einsum("i,i->", query, query))
        return (np.einsum("ij,j->i", vectors, query) / np.maximum(lengths * length, 1e-9)).astype(np.float32)

    def unit(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """These rows as unit vectors."""
        vectors, lengths = self._gather(rows)
        return (vectors / np.maximum(lengths, 1)[:, None]).astype(np.float32)

    def _gather(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        self._settle()
        vectors = np.zeros((len(rows), self.dimensions), dtype=np.float32)
        lengths = np.zeros(len(rows), dtype=np.float32)
        for block, which, places in self._blocks(rows):
            vectors[which] = self._bytes[block][places]
            lengths[which] = self._lengths[block][places]
        return vectors, lengths


def _bits(vectors: NDArray[np.int8]) -> NDArray[np.uint64]:
    return np.packbits(vectors > 0, axis=-1).view(np.uint64)
