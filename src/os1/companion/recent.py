"""What she has at hand: the last turns, and what the person said they would do. The same size after ten years.

A fold over the log. It does not know what a brain is shown of it, beyond the window's rule, nor who speaks next.
"""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo

from os1.companion.prompt import clipped, window
from os1.events import Event, Happened, Promised
from os1.memory.archive import turn_of
from os1.memory.records import Turn
from os1.memory.understanding.promises import promises
from os1.store.base import Log

WINDOW = 64
"""Turns kept at hand, more than the prompt's window ever shows (two blocks of 24)."""
SPOKEN = ("heard", "said")
PROMISES = 5
"""Promises told when someone comes back: more would be a list, and she is no calendar."""
PROMISE_LASTS = timedelta(days=14)
"""After this she does not bring up a promise by herself; it can still be recalled."""


class Recent:
    """Use: `await open()`, then `note` whatever happened."""

    def __init__(self, zone: tzinfo) -> None:
        self.turns: deque[Turn] = deque(maxlen=WINDOW)
        self.count = 0
        """Of all that was ever said."""
        self._zone = zone
        self._promises: deque[Happened] = deque(maxlen=PROMISES)

    async def open(self, store: Log, note: Callable[[Happened], None], kinds: tuple[str, ...]) -> None:
        """From the end of the log. `note`: whoever else wants to know of those events."""
        self.turns.clear()
        self._promises.clear()
        for happened in await store.before(limit=PROMISES, kinds=("promised",)):
            self._promises.append(happened)
        for happened in await store.before(limit=WINDOW, kinds=kinds):
            note(happened)
            self.note(happened)
        self.count = await store.count(SPOKEN)
        for first in await store.read(limit=1, kinds=("met",)):
            self.begin_after(first)

    def note(self, happened: Happened) -> None:
        self.count += happened.event.kind in SPOKEN
        if isinstance(happened.event, Promised):
            self._promises.append(happened)
        elif happened.event.kind != "brought" and (turn := turn_of(happened)):
            self.turns.append(turn)

    def begin_after(self, met: Happened) -> None:
        """The window begins with the words she gave her name in: what came before is in her portrait, and can be recalled."""
        self.turns = deque((turn for turn in self.turns if turn.seq >= met.seq - 1), WINDOW)

    def shown(self) -> list[Turn]:
        """What of it a brain is shown."""
        return window(list(self.turns), self.count)

    def last_words(self) -> list[Turn]:
        """What the person said since she last spoke, oldest first."""
        words: list[Turn] = []
        for turn in reversed(self.turns):
            if turn.speaker == "companion":
                break
            words.insert(0, turn)
        return words

    def before(self, seq: int) -> list[Turn]:
        """What was said before that, oldest first."""
        return [turn for turn in self.turns if turn.seq < seq]

    def asked(self) -> str:
        """Her own words before the person's last."""
        return next((turn.text for turn in reversed(self.turns) if turn.speaker == "companion"), "")

    def cue(self) -> str:
        """The person's last words, as memories are looked for with them."""
        return clipped("\n".join(turn.text for turn in self.last_words()))

    def open_promises(self, now: datetime) -> list[str]:
        recent = [one for one in self._promises if one.at > now - PROMISE_LASTS]
        return [
            f"{one.at.astimezone(self._zone):%-d %B}: “{one.event.text}”"
            for one in recent
            if isinstance(one.event, Promised)
        ]

    def promised(self) -> list[Event]:
        """What the person's last words promise."""
        return [
            Promised(text=promise.text, heard=turn.seq, due=promise.due)
            for turn in self.last_words()
            for promise in promises(turn.text, turn.at.astimezone(self._zone).date())
        ]
