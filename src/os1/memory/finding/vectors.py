"""Which turns mean something alike: one bit a dimension to look everywhere, one byte to look closely.

Rows live in blocks that are never moved, so adding one never waits for a copy of the rest.
Everything is plain numpy without BLAS: one thread, so that the house stays responsive. A second one gains nothing here:
the work comes in pieces of 0.1 ms, between which both would wait for Python.
It does not know what a vector stands for, nor which model made it.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

BLOCK = 32_768
"""Rows in a block: 14 MB. Its bits, 1.6 MB, are compared in five steps of numpy; in smaller blocks Python's part shows."""

Places = NDArray[np.int64] | slice

ABSENT = 0xFFFF
"""The distance of a row without a vector: further than any."""

SAMPLED = 64
"""Of so many rows one is looked at, to guess how far the nearest few hundred reach: counting all takes 1 ms a million."""


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
        self._there: list[NDArray[np.bool_]] = []
        self._many: list[int] = []
        """Of each block, how many rows have a vector."""

    def put(self, row: int, vector: NDArray[np.int8]) -> None:
        self.put_all(np.array([row]), vector[None])

    def put_all(self, rows: NDArray[np.int64], vectors: NDArray[np.int8]) -> None:
        """A row and a vector each; no row twice. 0.2 µs each for thousands, 20 µs for one. All zeros is no vector."""
        if len(rows):
            self._grow(int(rows.max()) // BLOCK + 1)
        there = np.any(np.ascontiguousarray(vectors).view(np.uint64), axis=1, keepdims=True)[:, 0]
        for block, which, places in self._blocks(rows):
            self._bytes[block][places] = vectors[which]
            self._bits[block][:, places] = _bits(vectors[which]).T
            self._there[block][places] = there[which]
            self._many[block] = int(self._there[block].sum())

    def _grow(self, blocks: int) -> None:
        while len(self._many) < blocks:
            self._bits.append(np.zeros((self.dimensions // 64, BLOCK), dtype=np.uint64))
            self._bytes.append(np.zeros((BLOCK, self.dimensions), dtype=np.int8))
            self._there.append(np.zeros(BLOCK, dtype=np.bool_))
            self._many.append(0)

    def erase(self, row: int) -> None:
        if row < len(self._many) * BLOCK:
            self.put(row, np.zeros(self.dimensions, dtype=np.int8))

    def missing(self, rows: int) -> NDArray[np.int64]:
        """Which of the first so many rows have no vector."""
        there = np.zeros(rows, dtype=np.bool_)
        for block, held in enumerate(self._there):
            part = there[block * BLOCK : (block + 1) * BLOCK]
            part[:] = held[: len(part)]
        return np.flatnonzero(~there)

    def nearest(self, query: NDArray[np.float32], until: int, many: int) -> NDArray[np.int64]:
        """Of the rows before `until`, those whose bits differ least from the query's, the newest of equals.

        7 ms for a million; look closely with `likeness`.
        """
        away = self._away(query, until)
        near = np.flatnonzero(away <= _about(away, many))
        distances = away[near]
        furthest = int(np.searchsorted(np.cumsum(np.bincount(distances)), many))
        near, distances = near[distances <= furthest], distances[distances <= furthest]
        ties = np.flatnonzero(distances == furthest)
        return np.delete(near, ties[: max(len(near) - many, 0)])

    def _away(self, query: NDArray[np.float32], until: int) -> NDArray[np.uint16]:
        """In how many bits each row differs."""
        asked = _bits(to_int8(query))[:, None]
        away = np.full(min(until, len(self._many) * BLOCK), ABSENT, dtype=np.uint16)
        differing = np.empty((self.dimensions // 64, BLOCK), dtype=np.uint64)
        for block, begin in enumerate(range(0, len(away), BLOCK)):
            end = min(begin + BLOCK, len(away))
            rows = slice(0, end - begin)
            some = np.bitwise_xor(self._bits[block][:, rows], asked, out=differing[:, rows])
            if self._many[block]:
                away[begin:end] = _summed(np.bitwise_count(some))
            if self._many[block] < BLOCK:
                away[begin:end][~self._there[block][rows]] = ABSENT
        return away

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
        """Rows as numbers, and their lengths."""
        vectors = np.zeros((len(rows), self.dimensions), dtype=np.float32)
        for block, which, places in self._blocks(rows):
            vectors[which] = self._bytes[block][places]
        return vectors, np.sqrt(np.einsum("ij,ij->i", vectors, vectors))

    def _blocks(self, rows: NDArray[np.int64]) -> Iterator[tuple[int, Places, Places]]:
        """For each block that has some of these rows: its number, which of them, and their places in it."""
        order = np.argsort(rows, kind="stable")
        edges = np.searchsorted(rows[order], BLOCK * np.arange(len(self._many) + 1)).tolist()
        for block, (begin, end) in enumerate(pairwise(edges)):
            if begin < end:
                which = order[begin:end]
                yield block, _stretch(which), _stretch(rows[which] - block * BLOCK)

    @property
    def nbytes(self) -> int:
        """Bytes held; a block that is not full yet counts whole, though only what is used of it is in memory."""
        return sum(block.nbytes for part in (self._bits, self._bytes, self._there) for block in part)


def _about(away: NDArray[np.uint16], many: int) -> int:
    """A distance within which there are at least so many rows, if there are: a little too far, told by a few of them."""
    some = away[::SAMPLED]
    place = 2 * many // SAMPLED + 8
    guess = int(np.partition(some, place)[place]) if place < len(some) else ABSENT
    enough = guess < ABSENT and np.count_nonzero(away <= guess) >= many
    return guess if enough else ABSENT - 1


def _stretch(places: NDArray[np.int64]) -> Places:
    """As a slice, if they follow one another: numpy copies that several times as fast."""
    first, many = int(places[0]), len(places)
    whole = many > 1 and bool((np.diff(places) == 1).all())
    return slice(first, first + many) if whole else places


def _bits(vectors: NDArray[np.int8]) -> NDArray[np.uint64]:
    return np.packbits(vectors > 0, axis=-1).view(np.uint64)


def _summed(counts: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """Over the first axis, three rows at a time: three words differ in 192 bits at most, which a byte holds."""
    threes = [
        np.add.reduce(counts[start : start + 3], axis=0, dtype=np.uint8) for start in range(0, len(counts), 3)
    ]
    return np.add.reduce(threes, axis=0, dtype=np.uint16)
