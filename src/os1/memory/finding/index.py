"""All that was said, laid out for finding: words, meaning, who and when, in rows of the same number.

Derived from the log and held in memory; `snapshot` keeps it between two starts. One thread at a time.
It does not know the texts (only their words), nor which rows are worth remembering: `recall` decides that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from os1.memory.finding import words
from os1.memory.finding.columns import Column
from os1.memory.finding.keys import Keys
from os1.memory.finding.packed import Packed
from os1.memory.finding.postings import Postings
from os1.memory.finding.vectors import Vectors
from os1.memory.records import Speaker

PAUSE = timedelta(minutes=30)
"""After such a silence a new conversation begins: what was said before it is no context for what comes."""

DIMENSIONS = 384
"""Of the small model of meaning."""

SPEAKERS: tuple[Speaker, Speaker] = ("person", "companion")
BROUGHT = 2
"""Added to the speaker of a row that is from a life before OS1."""
NOBODY = -1
"""The speaker of an erased row."""
NEVER = -(2**31)
"""The minute of an erased row."""


@dataclass(slots=True)
class Line:
    """Where the last turn left off, which decides whether the next begins a new conversation."""

    time: float = 0.0
    """Seconds since 1970."""
    talk: str = ""


class Index:
    """Turns are added in the order of the log. Adding one takes some 20 µs, whatever is there already."""

    def __init__(self, dimensions: int = DIMENSIONS) -> None:
        self.postings = Postings()
        self.vectors = Vectors(dimensions)
        self.keys = Keys(dimensions)
        """Other ways to the rows: what was learnt from them. They are not among the arrays: who learnt them tells again."""
        self.line = Line()
        self._seqs = Column(np.uint32)
        self._minutes = Column(np.int32)
        """Since 1970: no question is asked about less, and for a million turns a byte more is a megabyte."""
        self._speakers = Column(np.int8)
        self._sessions = Column(np.uint32)
        self._telling = Column(np.float16)

    @classmethod
    def of(cls, arrays: Mapping[str, bytes], alive: int, line: Line, dimensions: int = DIMENSIONS) -> "Index":
        """As it was when `arrays` gave these, without its vectors. Raises KeyError, ValueError for what cannot be one."""
        index = cls(dimensions)
        index._seqs = Column(np.uint32, arrays["seqs"])
        index._minutes = Column(np.int32, arrays["minutes"])
        index._speakers = Column(np.int8, arrays["speakers"])
        index._sessions = Column(np.uint32, arrays["sessions"])
        index._telling = Column(np.float16, arrays["telling"])
        index.postings = Postings(Packed.of_bytes(arrays), arrays["lengths"], alive)
        index.line = line
        if {len(column) for column in index._columns().values()} != {len(index.postings)}:
            raise ValueError("columns of different lengths")
        return index

    def arrays(self) -> dict[str, bytes]:
        """All but the vectors, as bytes: 0.3 s for a million turns."""
        held = {name: column.all.tobytes() for name, column in self._columns().items()}
        return held | self.postings.pack().to_bytes() | {"lengths": self.postings.lengths().tobytes()}

    def __len__(self) -> int:
        return self.postings.alive

    def __contains__(self, seq: int) -> bool:
        return self._row(seq) is not None

    @property
    def rows(self) -> int:
        """How many there are, those that were erased included."""
        return len(self._seqs)

    @property
    def last(self) -> int:
        """The newest log number that is here; 0 when there is none."""
        return self.seq(self.rows - 1) if self.rows else 0

    def add(  # noqa: PLR0913 - a turn is that much
        self,
        seq: int,
        at: datetime,
        speaker: Speaker,
        text: str,
        vector: NDArray[np.int8] | None = None,
        talk: str = "",
        brought: bool = False,
    ) -> None:
        """The next turn of the log. Its vector may come later, by `place`.

        A conversation begins after a pause, before a leap back in time (`at` may be of any age, where a life was brought
        from elsewhere), and where `talk`, its name, changes.
        """
        if seq <= self.last:
            raise ValueError(f"turn {seq} comes after turn {self.last}")
        row, time = self.rows, at.timestamp()
        apart = abs(time - self.line.time) > PAUSE.total_seconds()
        fresh = row == 0 or apart or talk != self.line.talk
        self.line = Line(time, talk)
        reading = words.read(text)
        self.postings.add(reading.words, also=words.marks(reading))
        self._sessions.append((int(self.sessions()[-1]) if row else 0) + fresh)
        self._seqs.append(seq)
        self._minutes.append(int(time // 60))
        self._speakers.append(SPEAKERS.index(speaker) + BROUGHT * brought)
        self._telling.append(words.telling(text, reading))
        if vector is not None:
            self.vectors.put(row, vector)

    def add_key(self, seq: int, text: str, vector: NDArray[np.int8] | None = None) -> int | None:
        """Another way to a turn: what was learnt from it. Its number, for `keys.erase`; None if the turn is not here."""
        row = self._row(seq)
        return None if row is None else self.keys.add(row, text, vector)

    def place(self, seq: int, vector: NDArray[np.int8]) -> None:
        """The vector of a turn that is here already. One that was erased meanwhile stays erased."""
        row = self._row(seq)
        if row is not None:
            self.vectors.put(row, vector)

    def place_all(self, seqs: NDArray[np.int64], vectors: NDArray[np.int8]) -> None:
        """The same for thousands at once, with log numbers that rise."""
        if self.rows:
            rows = np.minimum(np.searchsorted(self.seqs(), seqs.astype(np.uint32)), self.rows - 1)
            here = (self.seqs()[rows] == seqs) & self.alive(rows)
            every = bool(here.all())
            self.vectors.put_all(rows if every else rows[here], vectors if every else vectors[here])

    def erase(self, seq: int) -> None:
        """Takes a turn out for good: its words, its vector, what was learnt from it, its time, its place among its neighbours."""
        row = self._row(seq)
        if row is None:
            return
        self.postings.erase(row)
        self.vectors.erase(row)
        self.keys.erase_row(row)
        self._telling.all[row] = 0
        self._speakers.all[row] = NOBODY
        if row == self.rows - 1:
            self.line.talk = ""
        self._minutes.all[row] = NEVER

    def put_back(self, seq: int, at: datetime, speaker: Speaker, text: str, *, brought: bool = False) -> None:
        """What is left of a turn that was erased, in its old place. Its vector may come later."""
        row = int(np.searchsorted(self.seqs(), min(seq, 2**32 - 1)))
        if row < self.rows and self.seq(row) == seq and self._row(seq) is None:
            reading = words.read(text)
            self.postings.put_back(row, reading.words, also=words.marks(reading))
            self._speakers.all[row] = SPEAKERS.index(speaker) + BROUGHT * brought
            self._minutes.all[row] = int(at.timestamp() // 60)
            self._telling.all[row] = words.telling(text, reading)

    def rows_before(self, seq: int | None) -> int:
        """How many rows were said before that number: rows 0 up to it may come to mind, but for those erased."""
        return self.rows if seq is None else int(np.searchsorted(self.seqs(), min(seq, 2**32 - 1)))

    def rows_after(self, seq: int) -> int:
        """How many rows were said after that number."""
        return self.rows - self.rows_before(seq + 1)

    def brought(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of these rows are from a life before OS1: never in mind anyway, however late they were brought."""
        return self._speakers.all[rows] >= BROUGHT

    def alive(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of these rows were not erased."""
        return self._speakers.all[rows] != NOBODY

    def unmeant(self) -> list[int]:
        """Log numbers of the turns that have no vector, oldest first."""
        rows = self.vectors.missing(self.rows)
        return self.seqs()[rows[self.alive(rows)]].tolist()

    def seq(self, row: int) -> int:
        return int(self._seqs.all[row])

    def seqs(self) -> NDArray[np.uint32]:
        return self._seqs.all

    def times(self, rows: NDArray[np.int64] | None = None) -> NDArray[np.float64]:
        """When each of these rows was said (of all, if none are named), in seconds since 1970, to the minute."""
        minutes = self._minutes.all if rows is None else self._minutes.all[rows]
        return minutes.astype(np.float64) * 60

    def within(self, begin: datetime, end: datetime) -> NDArray[np.int64]:
        """The rows said from then until before then, to the minute, in the order of the log."""
        minutes = self._minutes.all
        first, after = (-int(-moment.timestamp() // 60) for moment in (begin, end))
        return np.flatnonzero((minutes >= first) & (minutes < after))

    def said_by(self, speaker: Speaker) -> NDArray[np.bool_]:
        return (self._speakers.all >= 0) & (self._speakers.all % BROUGHT == SPEAKERS.index(speaker))

    def sessions(self) -> NDArray[np.uint32]:
        """The conversation each row belongs to, counted from 1."""
        return self._sessions.all

    def telling(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """How much each of these rows tells of a life, as `words.telling` sees it."""
        return self._telling.all[rows].astype(np.float32)

    def around(self, row: int, behind: int, ahead: int, until: int) -> list[int]:
        """The row and its neighbours in the same conversation, oldest first, of the rows before `until`."""
        sessions = self.sessions()
        near = np.arange(max(row - behind, 0), min(row + ahead + 1, until))
        return near[(sessions[near] == sessions[row]) & self.alive(near)].tolist()

    def _row(self, seq: int) -> int | None:
        row = int(np.searchsorted(self.seqs(), min(seq, 2**32 - 1)))
        here = row < self.rows and self.seq(row) == seq and self._speakers.all[row] != NOBODY
        return row if here else None

    @property
    def nbytes(self) -> int:
        """Bytes held."""
        columns = sum(column.nbytes for column in self._columns().values())
        return self.postings.nbytes + self.vectors.nbytes + columns

    def _columns(
        self,
    ) -> "dict[str, Column[np.uint32] | Column[np.int32] | Column[np.int8] | Column[np.float16]]":
        return {
            "seqs": self._seqs,
            "minutes": self._minutes,
            "speakers": self._speakers,
            "sessions": self._sessions,
            "telling": self._telling,
        }
