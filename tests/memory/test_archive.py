"""One person's memories over a real log: interrupted, woken again, with another model, after a crash, and forgotten."""

import asyncio
import threading
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from os1.events import Brought, Heard, Said
from os1.memory import archive as module
from os1.memory.archive import Archive, turn_of
from os1.memory.finding.snapshot import CONTENTS
from os1.memory.meaning import Meaning
from os1.memory.testing import SharedWords
from os1.store.sqlite import SQLiteStore
from tests.memory.life import NOW, life
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


def read_again(archive: Archive) -> int:
    """Turns that were read from the log because the kept index did not have them."""
    return archive._index.rows_after(archive._kept_to)  # pyright: ignore[reportPrivateUsage]


class Another(SharedWords):
    """Another model: it embeds one text at a time, and tells in which order."""

    model_id = "another"

    def __init__(self) -> None:
        self.read: list[str] = []

    def embed(self, texts: list[str]) -> NDArray[np.float32]:
        self.read += texts
        return -super().embed(texts)


@asynccontextmanager
async def remembering(file: Path, meaning: Meaning | None) -> AsyncGenerator[tuple[Archive, SQLiteStore]]:
    """Awake, until the end; what has no meaning yet is being given one meanwhile."""
    store = await SQLiteStore.open(file)
    archive = Archive(store, meaning)
    async with asyncio.TaskGroup() as group:
        living = group.create_task(archive.run(), name="memory")
        await archive.awake()
        yield archive, store
        living.cancel()
    await store.close()


async def meant(archive: Archive) -> None:
    """Returns once every turn has a vector, on disk too."""
    while archive._index.unmeant():  # noqa: ASYNC110 # pyright: ignore[reportPrivateUsage] - it has no bell to ring
        await asyncio.sleep(0)
    async with archive._deriving:  # pyright: ignore[reportPrivateUsage]
        pass


@pytest.fixture
async def file(tmp_path: Path) -> Path:
    """The small life in a log, and nothing derived from it."""
    file = tmp_path / "companion.db"
    store = await SQLiteStore.open(file)
    for turn in life():
        event = Heard(text=turn.text) if turn.speaker == "person" else Said(text=turn.text, reply=1)
        await store.append([event], turn.at)
    await store.close()
    return file


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even so small a life is worth keeping its index."""
    monkeypatch.setattr(module, "TAIL", 1)


async def brought_to_mind(archive: Archive, text: str) -> list[str]:
    return [turn.text for one in await archive.recall(text, NOW) for turn in one.turns]


BOAT = "Do you remember what my grandfather's boat was called?"


async def test_woken_from_what_was_kept_she_reads_only_what_was_said_since(file: Path) -> None:
    async with remembering(file, SharedWords()) as (archive, store):
        assert read_again(archive) == 40
        await meant(archive)
        before = await brought_to_mind(archive, BOAT)
        await archive.settle()
        (happened,) = await store.append([Heard(text="The cat is called Nero")], NOW)
        archive.keep([turn for turn in [turn_of(happened)] if turn])
    async with remembering(file, SharedWords()) as (archive, store):
        assert read_again(archive) == 1
        assert "A little blue sailing boat called Perdita. He taught me knots on it." in before
        assert await brought_to_mind(archive, BOAT) == before
        assert await brought_to_mind(archive, "What is the cat called?") == ["The cat is called Nero"]


@pytest.mark.parametrize("harm", ["damaged", "half", "foreign"])
async def test_what_was_kept_badly_is_thrown_away_and_nothing_is_lost(file: Path, harm: str) -> None:
    async with remembering(file, SharedWords()) as (archive, store):
        await meant(archive)
        await archive.settle()
        before = await brought_to_mind(archive, BOAT)
        for name in await store.derived_names():
            if harm == "damaged" and name != CONTENTS:
                await store.keep_derived(name, b"not what it was")
            if harm == "foreign":
                await store.keep_derived(name, b"\x00" * 200)
        if harm == "half":
            await store.drop_derived_but({CONTENTS})
    async with remembering(file, SharedWords()) as (archive, store):
        assert read_again(archive) == 40
        assert await brought_to_mind(archive, BOAT) == before
        await archive.settle()
    async with remembering(file, SharedWords()) as (archive, _):
        assert read_again(archive) == 0


async def test_what_was_just_said_comes_to_mind_while_its_meaning_is_still_being_found(file: Path) -> None:
    meaning = SlowMeaning()
    async with remembering(file, meaning) as (archive, store):
        await meant(archive)
        meaning.slow_on = "The cat is called Nero"
        (happened,) = await store.append([Heard(text=meaning.slow_on)], NOW)
        archive.keep([turn for turn in [turn_of(happened)] if turn])
        assert await brought_to_mind(archive, "What is the cat called?") == ["The cat is called Nero"]
        meaning.go.set()


async def test_with_another_model_all_is_found_by_words_until_it_is_read_again_newest_first(
    file: Path,
) -> None:
    async with remembering(file, SharedWords()) as (archive, store):
        await meant(archive)
        assert len(await store.vectors("shared-words", range(99))) == 40
    another = Another()
    async with remembering(file, another) as (archive, store):
        assert "A little blue sailing boat called Perdita. He taught me knots on it." in (
            await brought_to_mind(archive, BOAT)
        )
        await meant(archive)
        newest_first = [turn.text for turn in reversed(life())]
        read = [text for text in another.read if text != BOAT]
        assert {*read[:8]} == {*newest_first[:8]}
        assert len(read) == 40
        assert len(await store.vectors("shared-words", range(99))) == 40, (
            "side by side, until all is read again"
        )
        await archive.settle()
        assert await store.vectors("shared-words", range(99)) == {}
        assert len(await store.vectors("another", range(99))) == 40


async def test_what_is_forgotten_is_found_no_more_and_leaves_no_byte_behind(file: Path) -> None:
    forgotten = [turn.seq for turn in life() if "Perdita" in turn.text]
    async with remembering(file, SharedWords()) as (archive, store):
        await meant(archive)
        await archive.settle()
        assert await store.residue(["perdita"]) > 0, "as a word of the kept index"
        await store.rewrite({seq: Said(text="", reply=1) for seq in forgotten}, [], NOW)
        await archive.settle()
        await archive.forget(forgotten)
        assert not [text for text in await brought_to_mind(archive, BOAT) if "Perdita" in text]
        assert await store.vectors("shared-words", forgotten) == {}
        assert await store.derived_names(), "kept anew, without it"
        assert await store.residue(["perdita", "Perdita"]) == 0
    async with remembering(file, SharedWords()) as (archive, store):
        assert read_again(archive) == 0
        assert not [text for text in await brought_to_mind(archive, BOAT) if "Perdita" in text]


async def test_forgotten_while_its_meaning_is_being_found_it_stays_forgotten(file: Path) -> None:
    meaning = SlowMeaning()
    async with remembering(file, meaning) as (archive, store):
        await meant(archive)
        meaning.slow_on = "Nobody must know about Nero"
        (happened,) = await store.append([Heard(text=meaning.slow_on)], NOW)
        archive.keep([turn for turn in [turn_of(happened)] if turn])
        await asyncio.to_thread(meaning.begun.wait, 10)
        await archive.forget([happened.seq])
        meaning.go.set()
        await archive.settle()
    store = await SQLiteStore.open(file)
    assert await store.vectors(meaning.model_id, [happened.seq]) == {}
    await store.close()


async def test_a_life_from_elsewhere_is_remembered_with_the_time_it_had(file: Path) -> None:
    then = NOW - timedelta(days=3000)
    async with remembering(file, SharedWords()) as (archive, store):
        some = [
            Brought(key=f"diary:{n}", speaker="person", text=text, source="diary", talk=talk)
            for n, (text, talk) in enumerate(
                [("We buried Nero, our old cat.", "1"), ("The roof leaks.", "2")]
            )
        ]
        happened = await store.append(some, [then, then + timedelta(minutes=1)])
        archive.keep([turn for one in happened if (turn := turn_of(one))])
        (memory,) = await archive.recall("What happened to Nero the cat?", NOW)
        assert [(turn.text, turn.at) for turn in memory.turns] == [("We buried Nero, our old cat.", then)]


async def test_of_a_turn_that_was_shortened_what_is_left_is_found_in_its_old_place(file: Path) -> None:
    (whole,) = [turn for turn in life() if "Biscuit, he's three" in turn.text]
    left = replace(whole, text="His name is Biscuit.")
    async with remembering(file, SharedWords()) as (archive, store):
        await meant(archive)
        await store.rewrite({whole.seq: Heard(text=left.text)}, [], NOW)
        await archive.forget([whole.seq], [left])
        await meant(archive)
        await archive.settle()
        before = await brought_to_mind(archive, "Who is Biscuit the dog, what is his name?")
        assert left.text in before
        assert not [text for text in before if "umbrellas" in text]
    async with remembering(file, SharedWords()) as (archive, store):
        assert read_again(archive) == 0
        assert await brought_to_mind(archive, "Who is Biscuit the dog, what is his name?") == before
        assert await store.residue(["umbrella"]) == 0
