"""Reading ahead: what is understood so far is given to whoever answers, while the person still speaks.

Only the newest words are read: while some are being read, newer ones replace those that wait. It does not know what
reading them is good for.
"""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from os1.errors import OS1Error
from os1.voice.base import Responder

log = logging.getLogger(__name__)

MARKS = ".,?!"
"""What ears put after the newest word they heard, and take away again when the next one comes."""


class ReadingAhead:
    """Use: `run` as a task; `read` the words so far; `stop` when it is time to think."""

    def __init__(self, responder: Responder) -> None:
        self._responder = responder
        self._text = ""
        self._wanted = asyncio.Event()
        self._reading: asyncio.Task[None] | None = None

    def read(self, text: str) -> None:
        """All but the newest word, which is often only half of one yet, if there is any that is new."""
        steady = " ".join(text.split()[:-1]).rstrip(MARKS)
        if steady and steady != self._text:
            self._text = steady
            self._wanted.set()

    def stop(self) -> None:
        self._wanted.clear()
        self._text = ""
        if self._reading:
            self._reading.cancel()

    async def run(self) -> None:
        async with asyncio.TaskGroup() as reading:
            while True:
                await self._wanted.wait()
                self._wanted.clear()
                ahead = quietly(self._responder.anticipate(self._text))
                self._reading = reading.create_task(ahead, name="read ahead")
                await asyncio.wait([self._reading])

    async def expect(self, text: str) -> None:
        """Her answer is found, and being said: what comes after it can be read already."""
        await quietly(self._responder.expect(text))


async def quietly(reading: Coroutine[Any, Any, None]) -> None:
    """Reading ahead that fails has only cost time."""
    try:
        await reading
    except OS1Error as error:
        log.info("did not read ahead", extra={"code": error.code})
