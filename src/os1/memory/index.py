"""All that was said, laid out for finding: words, meaning, who and when, in rows of the same number.

Derived from the log and held in memory; lost and rebuilt with the process. One thread at a time.
It does not know the texts (only their words), nor which rows are worth remembering: `recall` decides that.
"""

from array import array
from bisect import bisect_left
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from os1.memory import words
from os1.memory.postings import Postings
from os1.memory.records import Speaker
from os1.memory.vectors import Vectors

PAUSE = timedelta(minutes=30)
"""After such a silence a new conversation begins: what was said before it is no context for what comes."""

DIMENSIONS = 384
"""Of the small model of meaning."""

SPEAKERS: tuple[Speaker, Speaker] = ("person", "companion")


class Index:
    """Turns are added in the order of their numbers, which for words brought from elsewhere is not that of their times. Adding one takes some 20 µs, whatever is there already."""

    def __init__(self, dimensions: int = DIMENSIONS) -> None:
        self.postings = Postings()
        self.vectors = Vectors(dimensions)
        self._seqs: array[int] = array("Q")
        self._at: array[float] = array("d")
        self._speakers: array[int] = array("b")
        self._sessions: array[int] = array("I")
        self._erased: set[int] = set()
        self._brought: list[slice] = []
        """Rows from a life before OS1, as stretches."""

    def __len__(self) -> int:
        return len(self._seqs) - len(self._erased)

    def __contains__(self, seq: int) -> bool:
        return self._row(seq) is not None

    def add(
        self, seq: int, at: datetime, speaker: Speaker, text: str, vector: NDArray[np.int8] | None = None
    ) -> None:
        """The next turn. Its vector may come later, by `place`."""
        if self._seqs and seq <= self._seqs[-1]:
            raise ValueError(f"turn {seq} comes after turn {self._seqs[-1]}")
        row, time = len(self._seqs), at.timestamp()
        fresh = row == 0 or abs(time - self._at[-1]) > PAUSE.total_seconds()
        session = (self._sessions[-1] if row else 0) + fresh
        reading = words.read(text)
        self.postings.add(reading.words, also=words.marks(reading))
        self._seqs.append(seq)
        self._at.append(time)
        self._speakers.append(SPEAKERS.index(speaker))
        self._sessions.append(session)
        if vector is not None:
            self.vectors.put(row, vector)

    def mark_brought(self) -> None:
        """The row added last is from a life before OS1: it is never in mind anyway, however late it was brought."""
        row = len(self._seqs) - 1
        if self._brought and self._brought[-1].stop == row:
            self._brought[-1] = slice(self._brought[-1].start, row + 1)
        else:
            self._brought.append(slice(row, row + 1))

    def place(self, seq: int, vector: NDArray[np.int8]) -> None:
        """The vector of a turn that is here already. One that was erased meanwhile stays erased."""
        row = self._row(seq)
        if row is not None:
            self.vectors.put(row, vector)

    def erase(self, seq: int) -> None:
        """Takes a turn out for good: its words, its vector, its place among its neighbours."""
        row = self._row(seq)
        if row is None:
            return
        self.postings.erase(row)
        self.vectors.erase(row)
        self._erased.add(row)

    def rows_before(self, seq: int | None) -> NDArray[np.bool_]:
        """Which rows may come to mind: not erased, and before that number or from a life before OS1."""
        allowed = np.ones(len(self._seqs), dtype=np.bool_)
        if seq is not None:
            allowed[bisect_left(self._seqs, seq) :] = False
            for stretch in self._brought:
                allowed[stretch] = True
        allowed[list(self._erased)] = False
        return allowed

    def seq(self, row: int) -> int:
        return self._seqs[row]

    def times(self) -> NDArray[np.float64]:
        """When each row was said, in seconds since 1970."""
        return np.array(self._at, dtype=np.float64)

    def said_by(self, speaker: Speaker) -> NDArray[np.bool_]:
        return np.array(self._speakers, dtype=np.int8) == SPEAKERS.index(speaker)

    def sessions(self) -> NDArray[np.int64]:
        """The conversation each row belongs to, counted from 1."""
        return np.array(self._sessions, dtype=np.int64)

    def around(self, row: int, behind: int, ahead: int, allowed: NDArray[np.bool_]) -> list[int]:
        """The row and its neighbours in the same conversation, oldest first."""
        near = range(max(row - behind, 0), min(row + ahead + 1, len(self._seqs)))
        return [other for other in near if allowed[other] and self._sessions[other] == self._sessions[row]]

    def _row(self, seq: int) -> int | None:
        row = bisect_left(self._seqs, seq)
        here = row < len(self._seqs) and self._seqs[row] == seq and row not in self._erased
        return row if here else None
