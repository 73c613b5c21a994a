"""A question for any brain, and ways to take its answer."""

from collections.abc import AsyncGenerator

from os1.brain.base import Brain, Message

HELLO = [Message("system", "You are brief."), Message("user", "Hello?")]
PATIENCE = 10.0
"""Seconds until a test says that something does not come."""


async def thought(brain: Brain, most: int = 200) -> str:
    """The whole of it."""
    return "".join([words async for words in brain.think(HELLO, most)])


async def gather_words(brain: Brain, words: list[str]) -> None:
    """As far as it goes."""
    async for piece in brain.think(HELLO):
        words.append(piece)


async def rest_of(thinking: AsyncGenerator[str]) -> None:
    async for _ in thinking:
        pass
