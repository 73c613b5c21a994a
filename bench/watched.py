"""A house with a clock at its engine's door: `python -m bench.watched FILE run --no-browser`, for the bench alone.

It is `os1` itself; around each thought it notes when the prompt left, when the first words came, and what the engine
says that it took for that very prompt (`timings`, in the last line of its answer). One JSON object a thought, in FILE,
prompt included: only ever for a made-up life.
"""

import json
import sys
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import httpx

from os1 import cli
from os1.brain.base import Message
from os1.brain.remote import RemoteBrain


@dataclass
class Note:
    """Of one thought. Moments are seconds of the machine's own clock, the same in every process."""

    asked: float
    most: int
    """Tokens it might take; 0: it only read ahead."""
    prompt: list[list[str]]
    first: float = 0.0
    blank: int = 0
    """Pieces of nothing but space that came before the first words."""
    timings: dict[str, Any] = field(default_factory=dict[str, Any])


present: ContextVar[Note] = ContextVar("present")


def watch(file: Path) -> None:
    """From here on, every thought in this process is noted."""
    think, lines = RemoteBrain.think, httpx.Response.aiter_lines

    async def listening(self: httpx.Response) -> AsyncGenerator[str, None]:
        async for line in lines(self):
            if '"timings"' in line and (note := present.get(None)):
                note.timings = json.loads(line.removeprefix("data:")).get("timings") or {}
            yield line

    async def timed(
        self: RemoteBrain, messages: Sequence[Message], most: int = 200
    ) -> AsyncGenerator[str, None]:
        note = Note(time.perf_counter(), most, [list(message) for message in messages])
        present.set(note)
        try:
            async with aclosing(think(self, messages, most)) as thought:
                async for words in thought:
                    if not note.first and words.strip():
                        note.first = time.perf_counter()
                    note.blank += not note.first
                    yield words
        finally:
            with file.open("a", encoding="utf-8") as notes:
                notes.write(json.dumps(asdict(note)) + "\n")

    setattr(httpx.Response, "aiter_lines", listening)  # noqa: B010 - on purpose, and here alone
    setattr(RemoteBrain, "think", timed)  # noqa: B010


def notes(file: Path) -> list[Note]:
    return [Note(**json.loads(line)) for line in file.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    watch(Path(sys.argv[1]))
    sys.exit(cli.main(sys.argv[2:]))
