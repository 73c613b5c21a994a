"""What the person finds when they look for something that was said. Pure: an index and a cue in, log numbers out.

Wider than what comes to her mind: a person who searches wants all that has the words, and what means nearly the same.
It does not know how turns are kept or shown.
"""

from collections.abc import Sequence

import numpy as np

from os1.memory.finding import when, words
from os1.memory.finding.index import Index
from os1.memory.finding.recall import Cue, rank

NEAR = 0.45
"""Likeness from which a turn that shares no word is shown too: a little above what an echo needs in a short life, because
nobody is helped by a list in which every other line is a guess."""


def found(index: Index, cue: Cue, many: int) -> list[int]:
    """Log numbers, best first: what has any of the words, means nearly the same, or was said at the time that is named."""
    thought = rank(index, cue, index.rows_before(None))
    having = [index.postings.rows(word) for word in words.words(cue.text)]
    fits = np.isin(thought.rows, np.concatenate(having)) if having else np.zeros(len(thought.rows), np.bool_)
    fits |= thought.likeness >= NEAR
    if stretch := when.asked(cue.text, cue.now):
        times = index.times()[thought.rows]
        fits |= (times >= stretch[0].timestamp()) & (times < stretch[1].timestamp())
    return [index.seq(int(row)) for row in thought.where(fits).rows[:many]]


def having(index: Index, stems: Sequence[str], stretch: when.Stretch | None, many: int) -> list[int]:
    """Log numbers of the newest turns that have all of these words, oldest first; of a stretch of time, where one is named."""
    rows = index.within(*stretch) if stretch else None
    for stem in stems:
        held = index.postings.rows(stem)
        rows = held if rows is None else np.intersect1d(rows, held)
    if rows is None:
        return []
    return [index.seq(int(row)) for row in rows[index.alive(rows)][-many:]]
