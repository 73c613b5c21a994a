"""How she sounds in one call: her own pace and mood, coming towards how the person speaks, turn by turn.

Nothing of it is kept: the next call begins anew. It does not know what was said, only how many words it had.
"""

import asyncio
from collections.abc import Callable

from os1.voice.base import Delivery, Sound
from os1.voice.delivery import Attuned, Mood, Usual, attuned, delivery, held_against, measured, usual_after


class Attuning:
    """`pace`: her persona's, in times the voice's own; asked anew each turn, for it may be changed in a call."""

    def __init__(self, pace: Callable[[], float], mood: Callable[[], Mood] = Mood) -> None:
        self._pace = pace
        self._mood = mood
        self._usual = Usual()
        self._attuned = Attuned()

    def now(self) -> Delivery:
        return delivery(self._pace(), self._mood(), self._attuned)

    async def after(self, sound: Sound, text: str) -> Delivery:
        """They spoke like this: how she speaks next."""
        turn = await asyncio.to_thread(measured, sound, len(text.split()))
        if turn:
            self._attuned = attuned(self._attuned, held_against(self._usual, turn))
            self._usual = usual_after(self._usual, turn)
        return self.now()
