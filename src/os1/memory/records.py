"""What a memory is: something that was said, and what it brought along when it came to mind.

It does not know how turns are kept, nor how they are found.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Speaker = Literal["person", "companion"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that was said, word for word."""

    seq: int
    """Its number in the log."""
    at: datetime
    speaker: Speaker
    text: str
    talk: str = ""
    """The conversation it was brought with from elsewhere."""
    name: str = ""
    """Who said it, if it was neither of the two: "ChatGPT", in a life before OS1."""
    brought: bool = False
    """From such a life: its number says when it was brought, not when it was said."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """A fact as a way to the turn it was learned from."""

    id: int
    """Its own log number."""
    seq: int
    """That of the turn."""
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A turn that comes to mind, with what was said around it: still numbers, no text."""

    seq: int
    turns: tuple[int, ...]
    """Log numbers of the hit and its neighbours, oldest first."""
    score: float
    """How strongly, among the hits of the same question. Not comparable between questions."""
    likeness: float
    """Cosine of its meaning and the cue's, -1 to 1; 0 when one of them has no vector."""
    shared: tuple[str, ...]
    """Words of the cue that it contains, without their endings."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A hit with its words, ready to be shown to a brain or to the person."""

    turns: tuple[Turn, ...]
    hit: Hit
