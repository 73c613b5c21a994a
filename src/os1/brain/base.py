"""Messages in, words out. A brain has no memory of its own and does not know whose words it finds."""

from collections.abc import AsyncIterator, Sequence
from typing import Literal, NamedTuple, Protocol


class Message(NamedTuple):
    role: Literal["system", "user", "assistant"]
    text: str


State = Literal["waking", "ready", "lost"]


class Brain(Protocol):
    """Every method raises BrainUnavailable, and nothing else."""

    name: str
    """For people: "embedded · Qwen2.5 Coder 1.5B"."""

    @property
    def state(self) -> State: ...

    def think(self, messages: Sequence[Message], most: int = 200) -> AsyncIterator[str]:
        """Words as they are found, at most `most` tokens. Closing the iterator stops the thinking at once."""
        ...

    async def prepare(self, messages: Sequence[Message]) -> None:
        """Read these ahead of time, so that `think` on the same beginning starts sooner. May do nothing."""
        ...

    async def ready(self) -> None:
        """Returns as soon as she can think; at once if she can."""
        ...

    async def run(self) -> None:
        """Keeps the brain alive until cancelled: whoever opens the house runs this in its task group."""
        ...

    async def rest(self) -> None:
        """A quiet moment: keep on disk what makes the next start quick. May do nothing."""
        ...
