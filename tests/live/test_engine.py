"""The engine on this machine, with the smallest model: killed, given damaged files, and outlived by no one."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager, closing
from pathlib import Path

import numpy as np
import pytest

from os1.brain.catalogue import Catalogue
from os1.brain.llama import Llama
from os1.brain.local import LocalBrain
from os1.config import read as settings_of
from os1.errors import BrainUnavailable, ModelRefused
from tests.brain.thoughts import HELLO, rest_of, thought

LOOK = 0.05
"""Seconds between looks at the processes of this machine."""


@pytest.fixture
async def smol(tmp_path: Path) -> Path:

    def installed() -> Path | None:
        settings = settings_of({})
        catalogue = Catalogue(settings.home, settings.models)
        return catalogue.installed(catalogue.find("smollm2-135m"))

    path = await asyncio.to_thread(installed)
    if path is None:
        pytest.skip("the smallest model is not here: os1 models get smollm2-135m")
    link = tmp_path / "smol.gguf"  # so that this test's engine can be told by its command line
    await asyncio.to_thread(link.symlink_to, path)
    return link


@asynccontextmanager
async def embedded(model: Path, home: Path) -> AsyncGenerator[LocalBrain]:
    brain = LocalBrain("embedded · smallest", model, home / "engine")
    async with asyncio.timeout(60), asyncio.TaskGroup() as life:
        living = life.create_task(brain.run(), name="brain")
        try:
            yield brain
        finally:
            living.cancel()


def engines(home: Path) -> list[int]:
    """The engine processes of this home, by their command lines."""
    found: list[int] = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                command = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
                alive = (process / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
            except OSError:
                continue
            if alive and "os1.brain.engine" in command and any(str(home) in part for part in command):
                found.append(int(process.name))
    return found


async def gone(home: Path) -> None:
    async with asyncio.timeout(20):
        while await asyncio.to_thread(engines, home):  # noqa: ASYNC110  a process is not ours to wait for
            await asyncio.sleep(LOOK)


@pytest.mark.live
async def test_the_engine_thinks_is_killed_and_thinks_again(smol: Path, tmp_path: Path) -> None:
    async with embedded(smol, tmp_path) as brain:
        assert brain.state == "waking"
        with pytest.raises(BrainUnavailable, match="waking"):
            await thought(brain)
        await brain.ready()
        await brain.prepare(HELLO)
        assert await thought(brain, most=8)
        async with aclosing(brain.think(HELLO, most=500)) as thinking:
            await anext(thinking)
            (first,) = await asyncio.to_thread(engines, tmp_path)
            os.kill(first, signal.SIGKILL)
            with pytest.raises(BrainUnavailable):
                await rest_of(thinking)
        assert brain.state == "lost"
        await brain.lost()
        await until_another(brain, tmp_path, first)
        assert await thought(brain, most=8)
        await brain.rest()
    await gone(tmp_path)


async def until_another(brain: LocalBrain, home: Path, first: int) -> None:
    while await asyncio.to_thread(engines, home) in ([], [first]):  # noqa: ASYNC110
        await asyncio.sleep(LOOK)
    await brain.lost()
    await brain.ready()


@pytest.mark.live
@pytest.mark.parametrize(
    "content", [b"", b"not what the engine kept", b"ggsq\x02\x00\x00\x00\xff\xff\xff\x7f"]
)
async def test_what_the_engine_kept_may_be_damaged_and_she_wakes_all_the_same(
    smol: Path, tmp_path: Path, content: bytes
) -> None:
    kept = tmp_path / "engine" / f"{smol.stem}-{smol.stat().st_size}.read"
    kept.parent.mkdir()
    kept.write_bytes(content)
    async with embedded(smol, tmp_path) as brain:
        await brain.ready()
        assert await thought(brain, most=4)
        assert not kept.exists(), "what cannot be read is not tried again"
    await gone(tmp_path)


@pytest.mark.live
async def test_where_nothing_can_be_kept_she_thinks_all_the_same(smol: Path, tmp_path: Path) -> None:
    (tmp_path / "engine").write_text("in the way")
    async with embedded(smol, tmp_path) as brain:
        await brain.ready()
        await brain.rest()
        assert await thought(brain, most=4)
        assert brain.state == "ready"
    await gone(tmp_path)


HOUSE = """
import asyncio, sys
from pathlib import Path
from os1.brain.local import LocalBrain

async def live():
    brain = LocalBrain("embedded", Path(sys.argv[1]), Path(sys.argv[2]))
    async with asyncio.TaskGroup() as life:
        life.create_task(brain.run(), name="brain")
        print("begun", flush=True)
        await brain.ready()
        print("ready", flush=True)
        brain.hold(True)
        print("held", flush=True)

asyncio.run(live())
"""


@pytest.mark.live
@pytest.mark.parametrize("moment", ["begun", "ready", "held"])
async def test_a_killed_house_leaves_no_engine_running(smol: Path, tmp_path: Path, moment: str) -> None:
    house = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOUSE, str(smol), str(tmp_path / "engine"), stdout=asyncio.subprocess.PIPE
    )
    assert house.stdout is not None
    async with asyncio.timeout(60):
        while (await house.stdout.readline()).decode().strip() != moment:
            pass
        while not await asyncio.to_thread(engines, tmp_path):  # noqa: ASYNC110
            await asyncio.sleep(LOOK)
    house.kill()
    await house.wait()
    await gone(tmp_path)


@pytest.mark.live
async def test_a_file_that_is_no_model_is_told_and_tried_ever_more_seldom(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os1.brain.local.AGAIN_AFTER", (0.01, 60.0))
    caplog.set_level(logging.WARNING, logger="os1")
    (tmp_path / "bad.gguf").write_bytes(b"GGUF and then nothing")
    async with embedded(tmp_path / "bad.gguf", tmp_path) as brain:
        await brain.lost()
        while caplog.text.count("engine") < 2:  # noqa: ASYNC110
            await asyncio.sleep(LOOK)
        with pytest.raises(BrainUnavailable):
            await thought(brain)
    assert "could not load" in str([vars(record) for record in caplog.records])


@pytest.fixture
def read(smol: Path) -> "Counting":
    return Counting(smol, 1024, 2)


def long_talk(model: Llama, *turns: str) -> list[int]:
    return model.tokens("Once there was a house by the sea. " + "".join(f"{turn} " * 12 for turn in turns))


def never() -> bool:
    return False


@pytest.mark.live
def test_what_was_read_is_not_read_again(read: "Counting") -> None:
    words = long_talk(read, "The wind came up.")
    assert read.read(words, never, to_answer=False)
    assert read.read([*words, *read.tokens("And then")], never, to_answer=True)
    assert read.counts == [len(words), 2]
    assert len(read.logits()) == read.logits().size > 10_000


@pytest.mark.live
def test_a_window_that_moves_is_not_read_anew_and_she_would_go_on_as_before(read: "Counting") -> None:
    moved = long_talk(read, "A boat lay there.", "The gulls were loud.")
    assert read.read(moved, never, to_answer=True)
    afresh = read.logits().copy()
    assert read.read(
        long_talk(read, "The wind came up.", "A boat lay there.", "The gulls were loud."),
        never,
        to_answer=False,
    )
    read.counts.clear()
    assert read.read(moved, never, to_answer=True)
    assert sum(read.counts) < 10
    assert np.corrcoef(read.logits(), afresh)[0, 1] > 0.95, (
        "read with the older words in view: like, not equal"
    )


@pytest.mark.live
def test_reading_that_is_stopped_in_the_middle_leaves_what_was_read_in_order(read: "Counting") -> None:
    words = long_talk(read, "The wind came up.", "A boat lay there.", "The gulls were loud.")
    looks = iter([False, False] + [True] * 10_000)
    assert not read.read(words, lambda: next(looks), to_answer=True)
    assert read.read_so_far == words[: len(read.read_so_far)] != words
    assert read.read(words, never, to_answer=True)
    stopped = read.logits().copy()
    assert read.read(words[:1], never, to_answer=False)
    assert read.read(words, never, to_answer=True)
    assert np.corrcoef(read.logits(), stopped)[0, 1] > 0.999


@pytest.mark.live
def test_what_it_has_read_outlives_it(read: "Counting", smol: Path, tmp_path: Path) -> None:
    words = long_talk(read, "The wind came up.")
    assert read.read(words, never, to_answer=False)
    read.keep(tmp_path / "kept")
    another = Counting(smol, 1024, 2)
    assert another.take_up(tmp_path / "kept")
    assert another.read([*words, *read.tokens("And")], never, to_answer=True)
    assert another.counts == [1]


@pytest.mark.live
def test_what_is_read_beside_it_costs_no_reading_again(read: "Counting") -> None:
    words = long_talk(read, "The wind came up.")
    assert read.read(words, never, to_answer=True)
    before, read.counts = read.logits().copy(), []
    aside = read.beside(512, 32)
    assert aside.read(read.tokens("Something else altogether, and at length. " * 8), never, to_answer=True)
    with closing(aside.grammar('root ::= "yes" | "no"')) as grammar:
        token = grammar.choose(aside.logits())
        assert token is not None
        assert read.piece(token).startswith((b"y", b"n"))
    read.counts.clear()
    assert read.read([*words, *read.tokens("And")], never, to_answer=True)
    assert read.counts == [1]
    assert read.read(words, never, to_answer=True)
    assert np.corrcoef(read.logits(), before)[0, 1] > 0.999


@pytest.mark.live
def test_more_than_it_can_ever_read_is_refused_in_words(read: "Counting") -> None:
    with pytest.raises(ModelRefused, match="too long"):
        read.tokens("and on and on " * 1000)


class Counting(Llama):
    """A model that counts the tokens it really reads."""

    def __init__(self, model: Path, context: int, threads: int) -> None:
        super().__init__(model, context, threads)
        self.counts: list[int] = []

    def _read_on(self, tokens: Sequence[int], stopped: Callable[[], bool]) -> bool:
        self.counts.append(len(tokens))
        return super()._read_on(tokens, stopped)
