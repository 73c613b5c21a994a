"""The quiet work: what she does while nobody speaks, a step at a time, and drops as soon as somebody does.

Facts and chapters are drawn from what was said only when it has been still for a while. It does not know what the
work is, nor who stirs.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from os1.errors import OS1Error

log = logging.getLogger(__name__)

STILL = 30.0
"""Seconds of silence before she begins: a person who thinks before they answer is not away."""
BETWEEN = 2.0
"""Seconds of rest between two steps: the machine is the person's, and there is no hurry."""
AGAIN = 600.0
"""Seconds until she looks again when there was nothing to do, or it could not be done."""


class Quiet:
    """Use: `run` as a task; `stir` whenever something happens that she should attend to."""

    def __init__(
        self, work: Callable[[], Awaitable[bool]], busy: Callable[[], bool], still: float = STILL
    ) -> None:
        """`work` does one step, and says whether there was anything to do."""
        self._work = work
        self._busy = busy
        self._still = still
        self._stirred = asyncio.Event()
        self.working = asyncio.Lock()
        """Held during a step: who stirs and then takes it knows that none is going on, nor begins."""

    def stir(self) -> None:
        self._stirred.set()

    async def run(self) -> None:
        """Until cancelled."""
        pause = self._still
        while True:
            if await self._stirred_within(pause) or self._busy():
                pause = self._still
                continue
            async with self.working:
                pause = BETWEEN if await self._step() else AGAIN

    async def _step(self) -> bool:
        """One step, dropped at once when somebody stirs. What cannot be done now is tried again later."""
        step = asyncio.ensure_future(self._work())
        stirred = asyncio.ensure_future(self._stirred.wait())
        try:
            await asyncio.wait([step, stirred], return_when=asyncio.FIRST_COMPLETED)
            return step.done() and step.result()
        except OS1Error as error:
            log.info("quiet work left for later", extra={"code": error.code})
            return False
        finally:
            for task in (step, stirred):
                task.cancel()
                with suppress(asyncio.CancelledError, OS1Error):
                    await task

    async def _stirred_within(self, seconds: float) -> bool:
        """Whether somebody stirred meanwhile; each stirring begins the wait anew."""
        try:
            async with asyncio.timeout(seconds):
                await self._stirred.wait()
        except TimeoutError:
            return False
        self._stirred.clear()
        return True
