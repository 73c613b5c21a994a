"""A house with a clock at its engine's door: `python -m bench.watched FILE run --no-browser`, for the bench alone.

It is `os1` itself; around each thought it notes when the prompt left, when the first words came, and what the engine
says that it took for that very prompt (`took`, in the last line of its answer). One JSON object a thought, in FILE.
"""

import json
import sys
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from os1 import cli
from os1.brain.base import Message
from os1.brain.local import LocalBrain
from os1.brain.spawn import Engine


@dataclass
class Note:
    """Of one thought. Moments are seconds of the machine's own clock, the same in every process."""

    asked: float
    first: float = 0.0
    """Words, not only space."""
    took: float = 0.0
    """Seconds of it that the engine counts for itself."""


def watch(file: Path) -> None:
    """From here on, every thought in this process is noted."""
    think, heard, took = LocalBrain.think, Engine._heard, [0.0]  # pyright: ignore[reportPrivateUsage]

    def listening(self: Engine, answer: dict[str, Any]) -> None:
        took[0] = answer.get("took") or took[0]  # one thought at a time, and it ends with this
        heard(self, answer)

    async def timed(
        self: LocalBrain, messages: Sequence[Message], most: int = 200
    ) -> AsyncGenerator[str, None]:
        note = Note(time.perf_counter())
        try:
            async with aclosing(think(self, messages, most)) as thought:
                async for words in thought:
                    if not note.first and words.strip():
                        note.first = time.perf_counter()
                    yield words
            note.took = took[0]
        finally:
            with file.open("a", encoding="utf-8") as notes:
                notes.write(json.dumps(asdict(note)) + "\n")

    setattr(Engine, "_heard", listening)  # noqa: B010 - on purpose, and here alone
    setattr(LocalBrain, "think", timed)  # noqa: B010


def notes(file: Path) -> list[Note]:
    return [Note(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    watch(Path(sys.argv[1]))
    sys.exit(cli.main(sys.argv[2:]))
