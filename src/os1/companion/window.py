"""A window on a companion: a page, a terminal, a test. Frames wait here for whoever shows them.

It knows what its person has been sent, and nothing of sockets.
"""

import asyncio
from collections.abc import AsyncIterator

from os1.frames import Frame

FRAMES_WAITING = 2_000
"""A window that lets more than this wait has stopped reading; it is closed, and catches up when it opens again."""


class Window:
    """Use: the conversation tells it frames; whoever shows them iterates over it."""

    def __init__(self) -> None:
        self.client = ""
        """The name it gave itself when it opened."""
        self._waiting: asyncio.Queue[Frame | None] = asyncio.Queue()
        self._open = True

    def tell(self, frame: Frame) -> None:
        if not self._open:
            return
        if self._waiting.qsize() >= FRAMES_WAITING:
            self.close()
        else:
            self._waiting.put_nowait(frame)

    def close(self) -> None:
        """Ends the iteration once everything told before has been taken."""
        if self._open:
            self._open = False
            self._waiting.put_nowait(None)

    async def __aiter__(self) -> AsyncIterator[Frame]:
        while (frame := await self._waiting.get()) is not None:
            yield frame


class Windows:
    """All that she is open in."""

    def __init__(self) -> None:
        self._open: list[Window] = []

    def __len__(self) -> int:
        return len(self._open)

    def add(self, window: Window) -> None:
        if window not in self._open:
            self._open.append(window)

    def remove(self, window: Window) -> None:
        window.close()
        if window in self._open:
            self._open.remove(window)

    def tell(self, frame: Frame) -> None:
        for window in self._open:
            window.tell(frame)
