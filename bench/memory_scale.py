"""Her memory of a long life: 100,000 and 1,000,000 turns in one file, from opening it to what comes to mind.

    python -m bench.memory_scale [--model MINILM.onnx] [--turns 100000 --turns 1000000]

A life is made up once and kept in the folder for temporary files. Its vectors are mixtures of a few hundred real ones, as
in `bench.recall`. Each life is then lived in a process of its own, so that its memory is that of her memory alone:

- start: from opening the store until all can be recalled, vectors included (the file has been read before);
- first start: the same without a kept index, every turn read from the log;
- read: `Archive.recall`, from the text to the words, embedding included, a thousand cues, one at a time;
- search: of that, what looks through all that was ever said: bits, the 400 nearest in bytes, postings;
- write: `append` to the log, and into the index, so that it can be recalled; without its embedding.

Beside the time by the clock stands that of the processor (`cpu`), which other work on the machine disturbs less.
"""

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import numpy as np

from bench.figures import resident_mb
from bench.recall import BEGAN, CUES, EMBEDDED, TALK, cues, made_up, mixtures, percentiles
from os1.events import Happened, Heard, Said
from os1.memory.archive import Archive, turn_of
from os1.memory.finding import words
from os1.memory.finding.recall import CANDIDATES, Cue, recall
from os1.memory.finding.snapshot import CONTENTS, read
from os1.memory.meaning import Meaning, MiniLM
from os1.memory.testing import SharedWords
from os1.store.sqlite import SQLiteStore

SIZES = (100_000, 1_000_000)
AT_ONCE = 10_000
"""Turns written in one go while a life is made up."""
WRITES = 1_000
NOW = BEGAN + timedelta(days=20_000)


def chunks(many: int) -> list[range]:
    return [range(start, min(start + AT_ONCE, many)) for start in range(0, many, AT_ONCE)]


async def make_up(life: Path, turns: int, meaning: Meaning) -> None:
    """A life of so many turns, without a kept index. Made aside, so that half a life is never taken for one."""
    chance = random.Random(8316)
    half = life.with_suffix(".half")
    half.unlink(missing_ok=True)
    store = await SQLiteStore.open(half)
    real = meaning.embed([made_up(chance) for _ in range(EMBEDDED)])
    vectors = mixtures(real, turns, np.random.default_rng(8316))
    for some in chunks(turns):
        await store.bring([turn(number, made_up(chance)) for number in some])
        kept = {number + 1: vector.tobytes() for number, vector in zip(some, vectors, strict=False)}
        await store.keep_vectors(meaning.model_id, kept)
    await store.close()
    half.rename(life)


def turn(number: int, text: str) -> Happened:
    at = BEGAN + timedelta(days=number // TALK * 0.25, minutes=number % TALK)
    return Happened(seq=number + 1, at=at, event=Said(text=text, reply=1) if number % 2 else Heard(text=text))


async def woken(life: Path, meaning: Meaning | None) -> tuple[SQLiteStore, Archive, "asyncio.Task[None]"]:
    store = await SQLiteStore.open(life)
    archive = Archive(store, meaning)
    living = asyncio.ensure_future(archive.run())
    await archive.awake()
    return store, archive, living


async def asleep(store: SQLiteStore, living: "asyncio.Task[None]") -> None:
    living.cancel()
    with suppress(asyncio.CancelledError):
        await living
    await store.close()


async def lived(life: Path, meaning: Meaning) -> dict[str, float]:
    """All figures of one life, without its size in their names."""
    figures = await begun(life, meaning) if not await has_index(life) else {}
    before = resident_mb(os.getpid())
    begin, worked = time.perf_counter(), time.process_time()
    store, archive, living = await woken(life, meaning)
    figures |= {"start_s": time.perf_counter() - begin, "start_cpu_s": time.process_time() - worked}
    figures["index_mb"] = (resident_mb(os.getpid()) - before) * 1.048576
    figures["index_counted_mb"] = archive._index.nbytes / 1e6  # pyright: ignore[reportPrivateUsage]
    figures |= await reading(archive, meaning)
    figures |= searching(archive, meaning)
    await asleep(store, living)
    return figures | await writing(life)


async def has_index(life: Path) -> bool:
    store = await SQLiteStore.open(life)
    contents = read(await store.derived(CONTENTS), store.companion)
    await store.close()
    return contents is not None


async def begun(life: Path, meaning: Meaning) -> dict[str, float]:
    """The first start, and the keeping of the index."""
    begin = time.perf_counter()
    store, archive, living = await woken(life, meaning)
    awake = time.perf_counter()
    await archive.settle()
    kept = time.perf_counter()
    await asleep(store, living)
    return {"first_start_s": awake - begin, "keep_index_s": kept - awake}


async def reading(archive: Archive, meaning: Meaning) -> dict[str, float]:
    asked = cues(random.Random(8317))
    found, times, worked, picked = 0, list[float](), list[float](), list[float]()
    for text in asked[-20:]:
        await archive.recall(f"{text} now", NOW)
    for text in asked:
        begin, work = time.perf_counter(), time.process_time()
        found += bool(await archive.recall(text, NOW))
        times.append(time.perf_counter() - begin)
        worked.append(time.process_time() - work)
    for seq in random.Random(1).choices(range(1, archive._index.last), k=CUES):  # pyright: ignore[reportPrivateUsage]
        begin = time.perf_counter()
        await archive._store.pick(range(seq, seq + 8))  # pyright: ignore[reportPrivateUsage]
        picked.append(time.perf_counter() - begin)
    embedding = [seconds(lambda text=text: meaning.embed([text])) for text in asked]
    return (
        named("read", times)
        | named("read_cpu", worked)
        | {"read_found": found / CUES}
        | named("stage_embedding", embedding)
        | named("stage_words", picked)
    )


def searching(archive: Archive, meaning: Meaning) -> dict[str, float]:
    """Without the embedding and the words: parts and whole of what the index does."""
    index = archive._index  # pyright: ignore[reportPrivateUsage]
    parts: dict[str, list[float]] = {name: [] for name in ("bits", "bytes", "postings", "search", "recall")}
    works: dict[str, list[float]] = {name: [] for name in parts}
    for text in cues(random.Random(8317)):
        vector, asked = meaning.embed([text])[0], words.words(text)
        marks = [moment()]
        near = index.vectors.nearest(vector, index.rows, CANDIDATES)
        marks.append(moment())
        index.vectors.likeness(vector, near)
        marks.append(moment())
        index.postings.scores(asked, index.rows)
        marks.append(moment())
        recall(index, Cue(text, vector, NOW))
        marks.append(moment())
        for name, begin, end in zip(parts, (0, 1, 2, 0, 3), (1, 2, 3, 3, 4), strict=True):
            parts[name].append(marks[end][0] - marks[begin][0])
            works[name].append(marks[end][1] - marks[begin][1])
    figures: dict[str, float] = {}
    for name, times in parts.items():
        what = name if name == "search" else f"stage_{name}"
        figures |= named(what, times) | named(f"{what}_cpu", works[name])
    return figures


def moment() -> tuple[float, float]:
    """By the clock, and by what this thread has worked."""
    return time.perf_counter(), time.thread_time()


async def writing(life: Path) -> dict[str, float]:
    """On a copy, so that the life stays as long as it is."""
    copy = life.with_suffix(".copy")
    shutil.copy(life, copy)
    store, archive, living = await woken(copy, None)
    chance, times, worked = random.Random(8318), list[float](), list[float]()
    for number in range(WRITES):
        event, begin, work = Heard(text=made_up(chance)), time.perf_counter(), time.process_time()
        (happened,) = await store.append([event], NOW + timedelta(minutes=number))
        archive.keep([said] if (said := turn_of(happened)) else [])
        await archive.take_in()
        times.append(time.perf_counter() - begin)
        worked.append(time.process_time() - work)
    await asleep(store, living)
    copy.unlink()
    return named("write", times) | named("write_cpu", worked)


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def named(name: str, times: Sequence[float]) -> dict[str, float]:
    return dict(zip((f"{name}_p50_ms", f"{name}_p99_ms"), percentiles(times), strict=True))


def measure(model: Path | None = None, sizes: Sequence[int] = SIZES) -> dict[str, float]:
    """All figures, flat: `read_1m_p99_ms`, `start_100k_s`. `write_p99_ms` is that of the longest life."""
    figures: dict[str, float] = {}
    for turns in sizes:
        short = f"{turns // 1_000_000}m" if turns >= 1_000_000 else f"{turns // 1000}k"
        told = subprocess.run(
            [
                sys.executable,
                "-m",
                "bench.memory_scale",
                "--live",
                str(turns),
                *(["--model", str(model)] if model else []),
            ],
            stdout=subprocess.PIPE,
            check=True,
        )
        figures |= {_of(short, name): value for name, value in json.loads(told.stdout).items()}
        figures["write_p99_ms"] = figures[f"write_{short}_p99_ms"]
    return figures


def _of(life: str, name: str) -> str:
    """ "read_p99_ms" as "read_1m_p99_ms"."""
    what, *rest = re.split(r"_(?=(?:cpu_)?(?:p\d+_ms|s|mb)$)", name)
    return "_".join((what, life, *rest))


def of_one_life(turns: int, meaning: Meaning) -> dict[str, float]:
    life = Path(tempfile.gettempdir(), f"os1-bench-{meaning.model_id}-{turns}.db")
    if not life.exists():
        asyncio.run(make_up(life, turns, meaning))
    return asyncio.run(lived(life, meaning))


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--model", type=Path, help="all-MiniLM-L6-v2, int8 ONNX")
    options.add_argument(
        "--turns", type=int, action="append", help="how long a life; may be given several times"
    )
    options.add_argument("--live", type=int, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.live:
        meaning = MiniLM(chosen.model) if chosen.model else SharedWords()
        print(json.dumps(of_one_life(chosen.live, meaning)))
        return
    for name, value in measure(chosen.model, chosen.turns or SIZES).items():
        print(f"{name:32} {value:10.2f}")


if __name__ == "__main__":
    main()
