"""One person's memories over a real log: interrupted, and asked again."""

import asyncio
import threading
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from os1.memory.testing import SharedWords
from tests.scenes import at_a_window, awake


class SlowMeaning(SharedWords):
    """Takes its time over the cue it is told to, until it is let go."""

    def __init__(self) -> None:
        self.slow_on = ""
        self.begun, self.go = threading.Event(), threading.Event()

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        if self.slow_on in texts:
            self.begun.set()
            self.go.wait(10)
        return super().embed(texts)


async def test_interrupted_while_she_recalls_she_can_recall_with_the_same_words(tmp_path: Path) -> None:
    meaning = SlowMeaning()
    async with awake(tmp_path / "companion.db") as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        await theo.says("My sister Ana got a puppy")
        archive, now = her.companion.archive, her.companion._clock.now()  # pyright: ignore[reportPrivateUsage]
        archive._meaning = meaning  # pyright: ignore[reportPrivateUsage]
        meaning.slow_on = "What did Ana get?"
        first = asyncio.ensure_future(archive.recall(meaning.slow_on, now))
        await asyncio.to_thread(meaning.begun.wait, 10)
        first.cancel()
        await asyncio.wait([first])
        meaning.go.set()
        (memory,) = await archive.recall(meaning.slow_on, now)
        assert "My sister Ana got a puppy" in [turn.text for turn in memory.turns]
