"""What lies behind the answer she gives, and what stays in mind while words are added. Pure.

Reading a new memory costs a small brain a second, so few come and go.

It does not know how memories are found.
"""

from typing import NamedTuple

from os1.companion.meeting import Spoken
from os1.companion.requests import Act
from os1.events import Happened
from os1.memory.records import Remembered

SHARED_WORD = 0.1
"""What a word in common is worth beside the cosine of two meanings, 0 to 1: five make up for a half."""
CLEARLY = 0.15
"""How much stronger a memory must be to take the place of one that a brain has read already."""


class Thought(NamedTuple):
    """What lay behind the answer she is giving: kept with it, so that "why did you say that?" can be answered."""

    reply: int | str = 0
    """The log number it answers; or the words, while they are not kept yet."""
    brain: str | None = None
    recalled: tuple[int, ...] = ()
    spoken: Spoken | None = None
    act: Act | None = None
    """What is done once these words are kept: they asked for it."""
    kept: tuple[Happened, ...] = ()
    """The words, once they are kept, while the act is not done: a full disk makes her try again."""

    def settled(self, words: str, seq: int) -> "Thought":
        """These words were kept under that number: if it answers them, it answers that."""
        return self._replace(reply=seq) if self.reply == words else self


def settled(in_mind: tuple[Remembered, ...], fresh: tuple[Remembered, ...]) -> tuple[Remembered, ...]:
    """What stays in mind when a few more words were written: the same memories, unless a clearly stronger one came up.

    The brain has read those already, and each change costs it a second of reading.
    """
    if not fresh or not in_mind:
        return fresh or in_mind
    known = fresh[0].hit.seq in {memory.hit.seq for memory in in_mind}
    return in_mind if known or strength(fresh[0]) < strength(in_mind[0]) + CLEARLY else fresh


def strength(memory: Remembered) -> float:
    """How much a memory has to do with the words that brought it, comparable between cues: meaning, and shared words."""
    return memory.hit.likeness + SHARED_WORD * len(memory.hit.shared)
