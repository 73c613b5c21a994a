"""What a turn costs after ten thousand of them, against one after a hundred.

    python -m bench.turns [--turns 300] [--long 10000]

Two companions in one process, the same code, the real model of meaning, a scripted brain: one has 100 turns
behind her, things said by either, the other 10,000. Each exchange is timed from the person's words arriving to her last word kept and told, first
one, then the other, so that whatever else the machine does falls on both. Every twenty turns both begin again with
fresh copies of their files, so that the hundred stay about a hundred. What the brain itself takes is left out; what it
is given to read is counted in bytes.
"""

import argparse
import asyncio
import random
import shutil
import tempfile
import time
from collections.abc import AsyncGenerator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import median, models
from bench.life import ASKED, SAID_BY_HER, SAID_BY_PERSON, SMALL_TALK, log, made_up, noon
from os1.brain.catalogue import Catalogue
from os1.brain.models import DEFAULT_MEANING
from os1.brain.testing import ScriptedBrain
from os1.clock import RealClock
from os1.companion.companion import Companion
from os1.companion.conversation import Conversation
from os1.companion.prompt import BLOCK
from os1.companion.window import Window
from os1.errors import ModelMissing
from os1.events import Said
from os1.frames import CaughtUp, Ended, Frame, Open, Say, Shown, Words
from os1.memory.archive import Archive, turn_of
from os1.memory.finding.vectors import to_int8
from os1.memory.meaning import Meaning, MiniLM
from os1.memory.records import Turn
from os1.memory.understanding.reader import Reader
from os1.memory.understanding.tagger import tag
from os1.persona.persona import samantha
from os1.server.serve import calm_collector
from os1.store.sqlite import SQLiteStore

TURNS = 300
SHORT, LONG = 100, 10_000
"""Turns behind her: things said, hers and the person's."""
AGAIN = 20
"""Turns before both begin again with fresh files."""
WARM = 3
"""Turns at each beginning that are not counted: caches fill, code is read."""
AT_ONCE = 1000
"""Events written in one transaction."""


class Seat:
    """A person at a window of hers, who reads every word at once, and counts the seconds."""

    def __init__(self, conversation: Conversation, brain: ScriptedBrain) -> None:
        self.conversation = conversation
        self.brain = brain
        self.window = Window()
        self._frames = aiter(self.window)
        self._n = 0

    async def opens(self) -> None:
        await self.conversation.obey(self.window, Open(client="bench-turns"))
        while not isinstance(await self._next(), CaughtUp):
            pass

    async def says(self, text: str, answer: str) -> tuple[float, float]:
        """One turn, from these words arriving to hers being kept and told. Returns its seconds, by the wall's clock
        and by the processor's, which does not see what else the machine does."""
        self._n += 1
        self.brain.script[:] = [answer]
        self.brain.asked.clear()
        self.brain.prepared.clear()
        begin, worked = time.perf_counter(), time.process_time()
        await self.conversation.obey(self.window, Say(n=self._n, text=text, seconds=4.0))
        shown = 0
        while not isinstance(frame := await self._next(), Ended):
            if isinstance(frame, Words):
                shown = frame.start + len(frame.text)
                await self.conversation.obey(self.window, Shown(reply=frame.reply, chars=shown))
        took = time.perf_counter() - begin, time.process_time() - worked
        await self._quiet()
        return took

    async def recalls(self, text: str) -> float:
        """Seconds of that turn's recall alone, embedding included, once more."""
        companion = self.conversation.companion
        begin = time.perf_counter()
        await companion.archive.recall(text, datetime.now(UTC), before=companion.last_seq - BLOCK)
        return time.perf_counter() - begin

    async def recalled(self) -> bool:
        """Whether the last turn brought anything to mind."""
        (said,) = await self.conversation.companion.store.before(limit=1, kinds=("said",))
        return isinstance(said.event, Said) and bool(said.event.recalled)

    def read(self) -> int:
        """Bytes of the prompt that the brain was given for the last turn."""
        return sum(len(message.text.encode()) for message in self.brain.asked[-1])

    async def _next(self) -> Frame:
        return await anext(self._frames)

    async def _quiet(self) -> None:
        """Until what was said has been embedded: the other one's turn must not pay for it."""
        await self.conversation.companion.archive.catch_up()


@dataclass
class Seconds:
    """Of one companion."""

    turns: list[float] = field(default_factory=list[float])
    work: list[float] = field(default_factory=list[float])
    """Of the processor, on all its cores."""
    recalls: list[float] = field(default_factory=list[float])
    read: list[int] = field(default_factory=list[int])
    recalled: int = 0


async def stored(file: Path, many: int, meaning: Meaning) -> None:
    """A companion with so many turns behind her, each with its vector, in this file."""
    store = await SQLiteStore.open(file)
    events = log(many // 2, samantha(), noon(datetime.now(UTC)))
    turns = [turn for one in events if (turn := turn_of(one))]
    for start in range(0, len(events), AT_ONCE):
        await store.bring(events[start : start + AT_ONCE])
    vectors = await asyncio.to_thread(embedded, turns, meaning)
    await store.keep_vectors(meaning.model_id, vectors)
    await store.close()


def embedded(turns: Sequence[Turn], meaning: Meaning) -> dict[int, bytes]:
    """On every core: it takes a minute or two."""

    def one(turn: Turn) -> bytes:
        return to_int8(meaning.embed([turn.text]))[0].tobytes()

    with ThreadPoolExecutor() as pool:
        return dict(zip((turn.seq for turn in turns), pool.map(one, turns), strict=True))


@asynccontextmanager
async def awake(file: Path, meaning: Meaning) -> AsyncGenerator[Seat]:
    """She, and someone at her window, for as long as the block."""
    store = await SQLiteStore.open(file)
    try:
        brain = ScriptedBrain()
        companion = Companion(store, Archive(store, meaning), brain, RealClock(), UTC, Reader(tag))
        await companion.open()
        conversation = Conversation(companion)
        async with asyncio.TaskGroup() as life:
            living = life.create_task(conversation.run(), name="conversation")
            await companion.archive.awake()
            seat = Seat(conversation, brain)
            await seat.opens()
            yield seat
            living.cancel()
    finally:
        await store.close()


async def side_by_side(files: Sequence[Path], turns: int, meaning: Meaning) -> list[Seconds]:
    """So many turns with each, taking turns, on fresh copies every so often."""
    chance = random.Random(8316)
    seconds = [Seconds() for _ in files]
    while len(seconds[0].turns) < turns:
        with tempfile.TemporaryDirectory(prefix="os1-turns-") as folder:
            copies = [
                Path(shutil.copy(file, Path(folder, f"{place}.db"))) for place, file in enumerate(files)
            ]
            async with awake(copies[0], meaning) as one, awake(copies[1], meaning) as other:
                calm_collector()
                await _round((one, other), seconds, min(AGAIN, turns - len(seconds[0].turns)), chance)
    return seconds


async def _round(
    seats: Sequence[Seat], seconds: Sequence[Seconds], turns: int, chance: random.Random
) -> None:
    for number in range(turns + WARM):
        text = (chance.choice(ASKED), chance.choice(SMALL_TALK), made_up(SAID_BY_PERSON, chance))[number % 3]
        answer = made_up(SAID_BY_HER, chance)
        pairs = list(zip(seats, seconds, strict=True))
        for seat, of in pairs if number % 2 else reversed(pairs):
            took, work = await seat.says(text, answer)
            recalling = await seat.recalls(text)
            if number >= WARM:
                of.turns.append(took)
                of.work.append(work)
                of.recalls.append(recalling)
                of.read.append(seat.read())
                of.recalled += await seat.recalled()


async def _measure(turns: int, long: int, meaning: Meaning) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="os1-turns-") as folder:
        files = [Path(folder, "short.db"), Path(folder, "long.db")]
        for file, many in zip(files, (SHORT, long), strict=True):
            await stored(file, many, meaning)
        short, after_long = await side_by_side(files, turns, meaning)
    return {"turn_cost_ratio_10k_100": median(after_long.turns) / median(short.turns)} | {
        f"turn_{name}_{which}": value
        for which, of in (("100", short), ("10k", after_long))
        for name, value in (
            ("ms", median(of.turns) * 1e3),
            ("cpu_ms", median(of.work) * 1e3),
            ("recall_ms", median(of.recalls) * 1e3),
            ("prompt_bytes", median(of.read)),
            ("recalled_share", of.recalled / len(of.turns)),
        )
    }


def measure(turns: int = TURNS, long: int = LONG) -> dict[str, float]:
    """All figures, flat. Raises ModelMissing when the model of meaning is not on this machine."""
    folder = models()
    catalogue = Catalogue(folder, folder)
    file = catalogue.installed(catalogue.find(DEFAULT_MEANING))
    if file is None:
        raise ModelMissing("The model of meaning is not here. Run `make models`.")
    return asyncio.run(_measure(turns, long, MiniLM(file)))


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--turns", type=int, default=TURNS)
    options.add_argument("--long", type=int, default=LONG)
    asked = options.parse_args()
    for name, value in measure(asked.turns, asked.long).items():
        print(f"{name:28} {value:.3f}")


if __name__ == "__main__":
    main()
