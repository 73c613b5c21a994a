"""The tagger at hand: it reads on a thread, so that nobody waits for it, and what it read last is not read twice.

It does not know what is made of the marks.
"""

import asyncio
from collections import OrderedDict

from os1.memory.understanding.tagger import NOTHING, Tag, Tagged

AT_HAND = 16
"""Texts whose marks are kept: a question is looked at by three before it is answered."""


class Reader:
    """Use: `await of(text)`, then `known(text)` as often as needed. Without a tagger nothing is ever marked."""

    def __init__(self, tag: Tag | None = None) -> None:
        self._tag = tag
        self._read: OrderedDict[str, asyncio.Future[Tagged]] = OrderedDict()

    async def of(self, text: str) -> Tagged:
        """Shielded: whoever asks may be interrupted, and another waits for the same."""
        if self._tag is None or not text.strip():
            return NOTHING
        if text not in self._read:
            self._read[text] = asyncio.get_running_loop().run_in_executor(None, self._tag, text)
            while len(self._read) > AT_HAND:
                self._read.popitem(last=False)
        return await asyncio.shield(self._read[text])

    def known(self, text: str) -> Tagged:
        """What was read of it; nothing if it was not read lately."""
        read = self._read.get(text)
        return read.result() if read and read.done() else NOTHING

    def forget(self) -> None:
        self._read.clear()
