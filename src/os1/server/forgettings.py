"""Forgettings that were shown and wait for a yes, each for ten minutes. What goes is exactly what was shown.

So the plan is made a second time before it is done: if something came to it meanwhile, that is shown first.
It does not know how it is asked for, nor what is forgotten.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from os1.companion.companion import Companion
from os1.errors import BadInput
from os1.memory.forgetting import Plan, Wish
from os1.memory.story import Receipt

LASTS = 600.0
"""Seconds in which a yes still means what was shown."""
MOST = 8
"""Plans kept at a time: one window shows one, and each may hold a whole life."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan as it was shown, under an id that nobody can guess."""

    id: str
    plan: Plan
    at: float


class Grown(BadInput):
    """More belongs to it than was shown: look again."""

    def __init__(self, shown: Shown) -> None:
        super().__init__("Something came to it while you looked. Look once more at what will go.")
        self.shown = shown


class Forgettings:
    """One house's."""

    def __init__(self, companion: Companion, now: Callable[[], float] = time.monotonic) -> None:
        self._companion = companion
        self._now = now
        self._shown: dict[str, Shown] = {}
        self._one_at_a_time = asyncio.Lock()

    async def show(self, wish: Wish) -> Shown:
        """What would go. Touches nothing. Raises StoreError."""
        return self._keep(await self._companion.story.plan(wish))

    def find(self, id_: str) -> Shown:
        """Raises BadInput for one that was never shown, is done, or too long ago."""
        self._tidy()
        if id_ not in self._shown:
            raise BadInput("That was looked at too long ago. Look once more at what will go.")
        return self._shown[id_]

    async def do(self, id_: str) -> tuple[Plan, Receipt]:
        """It goes, for good. Raises BadInput, Grown, StoreError."""
        async with self._one_at_a_time:
            shown = self.find(id_)
            fresh = await self._companion.story.plan(shown.plan.wish)
            if _seen(fresh) != _seen(shown.plan):
                del self._shown[id_]
                raise Grown(self._keep(fresh))
            self._shown.clear()  # what else was shown may be gone now
            return fresh, await self._companion.forget(fresh)

    def _keep(self, plan: Plan) -> Shown:
        self._tidy()
        while len(self._shown) >= MOST:
            del self._shown[next(iter(self._shown))]
        shown = Shown(uuid4().hex, plan, self._now())
        self._shown[shown.id] = shown
        return shown

    def _tidy(self) -> None:
        now = self._now()
        self._shown = {id_: one for id_, one in self._shown.items() if now - one.at < LASTS}


def _seen(plan: Plan) -> object:
    """What of it the person was shown."""
    return plan.said, plan.facts, plan.chapters
