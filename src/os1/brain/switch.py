"""Several brains to choose from, one in use; changed while she is awake. The one in use is the only one that runs.

It does not know what the choices cost or where they are; whoever builds the house names them.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing

from os1.brain.base import Brain, Health, Message
from os1.errors import BadInput, BrainUnavailable


class Switch(Health):
    """`choices`: by id, how to make each. `in_use` is made at once."""

    def __init__(self, choices: Mapping[str, Callable[[], Brain]], in_use: str) -> None:
        super().__init__("waking")
        self.choices = choices
        self.in_use: str = in_use
        self._brain: Brain = choices[in_use]()
        self._changed = asyncio.Event()

    @property
    def name(self) -> str:
        return self._brain.name

    def choose(self, wanted: str) -> None:
        """From the next thought on. Raises BadInput for a brain that is not among the choices, SetupError for one that cannot be."""
        if wanted not in self.choices:
            raise BadInput(f"There is no brain called {wanted}. There are: {', '.join(self.choices)}.")
        if wanted != self.in_use:
            self.in_use, self._brain = wanted, self.choices[wanted]()
            self.turn("waking")
            self._changed.set()

    async def think(self, messages: Sequence[Message], most: int = 200) -> AsyncGenerator[str]:
        brain = self._brain
        try:
            async with aclosing(brain.think(messages, most)) as found:
                async for words in found:
                    yield words
        except BrainUnavailable:
            if brain is self._brain:
                self.turn(
                    brain.state
                )  # now, and not a moment later: who asks next must not think she is well
            raise

    async def note(self, messages: Sequence[Message], grammar: str, most: int) -> str:
        return await self._brain.note(messages, grammar, most)

    async def prepare(self, messages: Sequence[Message]) -> None:
        await self._brain.prepare(messages)

    def hold(self, holding: bool) -> None:
        self._brain.hold(holding)

    async def rest(self) -> None:
        await self._brain.rest()

    async def forget(self) -> None:
        await self._brain.forget()

    async def run(self) -> None:
        while True:
            self._changed.clear()
            async with asyncio.TaskGroup() as group:
                tasks = [
                    group.create_task(self._brain.run(), name=f"brain {self.in_use}"),
                    group.create_task(self._mirror(self._brain), name="brain's health"),
                ]
                await self._changed.wait()
                for task in tasks:
                    task.cancel()

    async def _mirror(self, brain: Brain) -> None:
        while True:
            await brain.ready()
            self.turn("ready")
            await brain.lost()
            self.turn(brain.state)
