"""Her answer on its way, how long it may wait to be seen, who may speak it aloud, and whoever counts. Values; the conversation decides.

It does not know whose answer it is, nor who sees it.
"""

import asyncio
from typing import NamedTuple, Protocol

from os1.frames import Calling, Words

SHOW_PATIENCE = 10.0
"""Seconds an open window may take to say that the last words were shown; a background tab may be held back for some."""
RETURN_PATIENCE = 120.0
"""Seconds a half-shown answer waits for a lost window to come back, as after a tunnel or a closed lid."""


class Stream:
    """Her answer on its way: what she has found, and how much of it someone has seen."""

    def __init__(self, reply: int) -> None:
        self.reply = reply
        self.text = ""
        self.shown = 0
        self.whole = False
        """Whether the thought came to its end."""
        self.lost = False
        """Whether the brain lost it on the way."""
        self.settled = False
        self.moved = asyncio.Event()

    def after(self, have: int) -> Words | None:
        """What a window that has so many characters of it is missing."""
        missing = self.text[have:]
        return Words(reply=self.reply, start=have, text=missing) if missing else None

    def show(self, chars: int) -> None:
        """A window has shown this much. It cannot have shown what was not yet found."""
        self.shown = max(self.shown, min(chars, len(self.text)))
        self.moved.set()


class Floor(Protocol):
    """Whoever speaks for her in a call. While one has the floor, she does not answer in writing."""

    def calling(self) -> Calling: ...

    def called(self) -> None:
        """There may be something to answer."""
        ...

    def hush(self) -> None:
        """The person wants silence."""
        ...


class Meter(Protocol):
    """Whoever counts. Told numbers, never words."""

    def first_word(self, seconds: float) -> None: ...
    def turn(self, cut_off: bool) -> None: ...
    def windows(self, many: int) -> None: ...


class Unmetered:
    """Nobody counts."""

    def first_word(self, seconds: float) -> None: ...
    def turn(self, cut_off: bool) -> None: ...
    def windows(self, many: int) -> None: ...


class Patience(NamedTuple):
    """How long she waits for a window: one that is open to show her words, a lost one to come back."""

    show: float = SHOW_PATIENCE
    come_back: float = RETURN_PATIENCE
