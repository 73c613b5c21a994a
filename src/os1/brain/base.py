"""Messages in, words out. A brain has no memory of its own and does not know whose words it finds."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Literal, NamedTuple, Protocol


class Message(NamedTuple):
    role: Literal["system", "user", "assistant"]
    text: str


State = Literal["waking", "ready", "lost"]


class Health:
    """Whether she can think, and a way to wait for either. What every adapter keeps."""

    def __init__(self, state: State) -> None:
        self.state: State = state
        self._ready, self._lost = asyncio.Event(), asyncio.Event()
        self.turn(state)

    def turn(self, state: State) -> None:
        self.state = state
        now, past = (self._ready, self._lost) if state == "ready" else (self._lost, self._ready)
        now.set()
        past.clear()

    async def ready(self) -> None:
        await self._ready.wait()

    async def lost(self) -> None:
        await self._lost.wait()


class Brain(Protocol):
    """Every method raises BrainUnavailable, and nothing else."""

    @property
    def name(self) -> str:
        """For people: "embedded · Qwen2.5 1.5B"."""
        ...

    @property
    def state(self) -> State: ...

    def think(self, messages: Sequence[Message], most: int = 200) -> AsyncGenerator[str]:
        """Words as they are found, at most `most` tokens. Closing the iterator stops the thinking at once."""
        ...

    async def note(self, messages: Sequence[Message], grammar: str, most: int) -> str:
        """The likeliest answer, as a whole, in words that `grammar` allows (GBNF), at most `most` tokens. Quiet work: it
        gives way to thinking and reading. A brain that knows no grammars says what it likes: check the answer."""
        ...

    async def prepare(self, messages: Sequence[Message]) -> None:
        """Read these ahead of time, so that `think` on the same beginning starts sooner. May do nothing."""
        ...

    async def ready(self) -> None:
        """Returns as soon as she can think; at once if she can."""
        ...

    async def lost(self) -> None:
        """Returns as soon as she cannot; at once if she cannot."""
        ...

    async def run(self) -> None:
        """Keeps the brain alive until cancelled: whoever opens the house runs this in its task group."""
        ...

    def hold(self, holding: bool) -> None:
        """Think no further, or go on: the machine is needed for something else, for less than a second. May do nothing."""
        ...

    async def rest(self) -> None:
        """A quiet moment: keep on disk what makes the next start quick. May do nothing."""
        ...

    async def forget(self) -> None:
        """What was read is read no more, in memory and on disk. Does nothing where nothing is kept."""
        ...
