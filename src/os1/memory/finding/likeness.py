"""How like a cue is to what was said, beyond one cosine: with what was said around it, and against what is usual.

Pure: an index and a vector in, numbers out. It does not know what a likeness is worth: `recall` weighs it.
"""

import numpy as np
from numpy.typing import NDArray

from os1.memory.finding.index import Index

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]

BEFORE_IT, AFTER_IT = 0.4, 0.2
"""How much of the meaning of a turn is that of its neighbours: what it answered, and what was said to it."""

TALK_BY = 3
"""Turns by whose likeness a conversation is judged: its best ones, for most of any talk is about something else."""

ORDINARY, PASSING, TYPICAL = 0.6, 0.4, 0.26
"""How much less a turn comes to mind for being like many others, and a remark brings to mind for it: so much of how far
its usual likeness is above the typical one. A friend thinks of what was singular, not of one more lunch."""

USUAL, SAMPLE = 10, 256
"""Usual likeness is the mean of the ten greatest to 256 turns from all over the life."""


def in_talk(index: Index, query: NDArray[np.float32], rows: Rows, until: int) -> Scores:
    """The cosine of the query and each row with its neighbours mixed in: "Three years." alone says little."""
    if not len(rows):
        return np.empty(0, dtype=np.float32)
    sessions = index.sessions()
    beside = [np.clip(rows + away, 0, until - 1) for away in (-1, 1)]
    every = np.unique(np.concatenate([rows, *beside]))
    unit = index.vectors.unit(every)
    mixed = unit[np.searchsorted(every, rows)]
    for near, share in zip(beside, (BEFORE_IT, AFTER_IT), strict=True):
        same = (near != rows) & (sessions[near] == sessions[rows])
        mixed += (np.float32(share) * same)[:, None] * unit[np.searchsorted(every, near)]
    lengths = np.sqrt(np.einsum("ij,ij->i", mixed, mixed))
    length = np.sqrt(np.einsum("i,i->", query, query))
    return (np.einsum("ij,j->i", mixed, query) / np.maximum(lengths * length, 1e-9)).astype(np.float32)


def talks_alike(likeness: Scores, sessions: NDArray[np.int64]) -> Scores:
    """How well the conversation of each row fits by its best turns, from 0 for the worst to 1 for the best."""
    if not len(likeness):
        return likeness
    order = np.lexsort((-likeness, sessions))
    fresh = np.diff(sessions[order], prepend=-1) != 0
    talk, begins = np.cumsum(fresh) - 1, np.flatnonzero(fresh)
    best = np.arange(len(order)) - begins[talk] < TALK_BY
    fits = np.bincount(talk, weights=np.where(best, likeness[order], 0)) / TALK_BY
    fits -= fits.min()
    scores = np.empty(len(order), dtype=np.float32)
    scores[order] = (fits / max(float(fits.max()), 1e-9))[talk]
    return scores


def ordinary(index: Index, query: NDArray[np.float32], rows: Rows) -> Scores:
    """How ordinary the query and each row are in this life: what to take off their likeness. Some 4 ms for 64 rows."""
    sample = np.unique(np.linspace(0, len(index.sessions()) - 1, SAMPLE).astype(np.int64))
    others = index.vectors.unit(sample)
    alike = np.einsum("ij,kj->ik", index.vectors.unit(rows), others)
    alike[rows[:, None] == sample] = 0
    length = np.sqrt(np.einsum("i,i->", query, query))
    asked = np.einsum("ij,j->i", others, query)[None] / max(float(length), 1e-9)
    less = ORDINARY * (_usual(alike) - TYPICAL) + PASSING * (_usual(asked) - TYPICAL)
    return less.astype(np.float32)


def _usual(alike: NDArray[np.float32]) -> Scores:
    many = min(USUAL, alike.shape[1])
    return np.partition(alike, -many, axis=1)[:, -many:].mean(axis=1)
