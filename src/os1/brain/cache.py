"""What an engine has read already, and how much of that serves for what it is to read now. Pure.

It does not know what the numbers mean, nor how long reading takes.
"""

from collections.abc import Sequence
from typing import NamedTuple

LEAST = 8
"""Tokens in a row that are worth moving: fewer are as soon read anew, and mean less out of their place."""


class Move(NamedTuple):
    """Of what was read, positions `start` to `end` (not included) go `back` places towards the beginning."""

    start: int
    end: int
    back: int


class Reuse(NamedTuple):
    """What stays: the first `same`, then each of `moves`, in order; so the first `have` of what is wanted are there."""

    same: int
    moves: tuple[Move, ...]
    have: int


def reuse(read: Sequence[int], wanted: Sequence[int]) -> Reuse:
    """The common beginning, and then whatever follows in the same order with something left out between.

    That is how a conversation's window moves: its oldest turns go, all others stay as they are.
    """
    same = _run(read, wanted, 0, 0)
    at, have, moves = same, same, list[Move]()
    while at < len(read) and have < len(wanted):
        length = _run(read, wanted, at, have)
        if length >= LEAST:
            moves.append(Move(at, at + length, at - have))
            at, have = at + length, have + length
        else:
            at += 1
    return Reuse(same, tuple(moves), have)


def _run(read: Sequence[int], wanted: Sequence[int], at: int, have: int) -> int:
    """How many are the same in a row, from `at` in the one and `have` in the other."""
    length, most = 0, min(len(read) - at, len(wanted) - have)
    while length < most and read[at + length] == wanted[have + length]:
        length += 1
    return length
