"""Thinking ahead: what is being written is recalled and read before it is sent. Nothing of it is kept.

It does not know when she is busy; whoever holds the conversation says so.
"""

import asyncio
import logging
from collections.abc import Callable

from os1.companion.companion import Companion
from os1.companion.prompt import clipped
from os1.errors import OS1Error

log = logging.getLogger(__name__)

REST_EVERY = 60.0
"""Seconds between two savings of what the brain has read: some 20 MB each, too much for every turn."""


class Ahead:
    """Use: `run` as a task; `draft` what is being written; `again` when something else changed what comes next."""

    def __init__(self, companion: Companion, busy: Callable[[], bool]) -> None:
        self._companion = companion
        self._busy = busy
        self._draft = ""
        self._changed = asyncio.Event()
        self._rested = 0.0

    def draft(self, text: str) -> None:
        self._draft = clipped(text)
        self._changed.set()

    def sent(self) -> None:
        """The draft was sent: it is no draft any more."""
        self._draft = ""

    def again(self) -> None:
        self._changed.set()

    async def run(self) -> None:
        """The latest draft only; and once after each of her turns, so that the window is read before it is needed."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            if not self._busy() and self._companion.brain.state == "ready":
                try:
                    await self._companion.anticipate(self._draft)
                    await self._rest_now_and_then()
                except OS1Error as error:
                    log.info("did not think ahead", extra={"code": error.code})

    async def _rest_now_and_then(self) -> None:
        """In a quiet moment, what the brain has read goes to disk: after a crash she need not read it all again."""
        now = asyncio.get_running_loop().time()
        if not self._draft and now - self._rested > REST_EVERY:
            self._rested = now
            await self._companion.rest()
