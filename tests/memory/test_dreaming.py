"""The quiet work: segment by segment, chapter by chapter, each in one append."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from os1.brain.testing import ScriptedBrain
from os1.errors import BrainUnavailable
from os1.events import Event, Happened, Heard, Learned, Said, Span
from os1.memory.dreaming import Dreaming
from os1.store.sqlite import SQLiteStore

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=2)
TALK: list[Event] = [
    Heard(text="i'm a vet nurse"),
    Said(text="Where do you live?", reply=1),
    Heard(text="porto"),
]
ANSWER = "1. I works as: vet nurse (true)\n2. I lives in: porto (true)\n"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncGenerator[SQLiteStore]:
    store = await SQLiteStore.open(tmp_path / "her.db")
    yield store
    await store.close()


async def kinds(store: SQLiteStore) -> list[str]:
    return [one.event.kind for one in await store.read()]


async def test_a_talk_that_is_over_becomes_facts_once(store: SQLiteStore) -> None:
    await store.append(TALK, NOON)
    brain, told = ScriptedBrain(ANSWER), list[Happened]()
    dreaming = Dreaming(store, brain, told.extend)
    assert await dreaming.segment(NOON) is None, "it may go on"
    assert await dreaming.quiet(LATER) == 2
    assert await kinds(store) == ["heard", "said", "heard", "learned", "learned", "dreamt"]
    assert [one.event.kind for one in told] == ["learned", "learned", "dreamt"], "in one append"
    assert await dreaming.quiet(LATER) == 0
    assert len(brain.noted) == 1


async def test_eight_turns_are_a_segment_and_her_question_before_them_belongs_to_it(
    store: SQLiteStore,
) -> None:
    await store.append(
        [*[Heard(text="hm")] * 8, Said(text="Where do you live?", reply=8), Heard(text="porto")], NOON
    )
    brain = ScriptedBrain("1. I lives in: porto (true)")
    dreaming = Dreaming(store, brain, lambda _: None)
    assert await dreaming.segment(NOON) == 0, "whole: it need not wait"
    assert brain.noted == [], "and nothing was asked, for nothing was told"
    assert await dreaming.segment(LATER) == 1


async def test_what_the_rules_learned_from_the_same_words_is_not_learned_twice(store: SQLiteStore) -> None:
    rules = Learned(what="works_as", value="vet nurse", quote=Span(seq=1, start=6, end=15))
    await store.append([*TALK, rules], NOON)
    assert await Dreaming(store, ScriptedBrain(ANSWER), lambda _: None).quiet(LATER) == 1


async def test_the_same_said_again_is_another_quote_and_what_may_not_be_learned_is_not(
    store: SQLiteStore,
) -> None:
    await store.append(TALK, NOON)
    assert await Dreaming(store, ScriptedBrain(ANSWER), lambda _: None).quiet(LATER) == 2
    await store.append([Heard(text="i'm a vet nurse"), Heard(text="i live in Rome")], LATER)
    brain = ScriptedBrain("1. I works as: vet nurse (true)\n2. I lives in: Rome (true)")
    dreaming = Dreaming(store, brain, lambda _: None, may=lambda fact: fact.value != "Rome")
    assert await dreaming.quiet(LATER + timedelta(hours=1)) == 1


async def test_a_dream_that_is_cancelled_leaves_the_log_as_it_was(store: SQLiteStore) -> None:
    await store.append(TALK, NOON)
    brain = ScriptedBrain(ANSWER, ANSWER)
    brain.pause.clear()
    dreaming = Dreaming(store, brain, lambda _: None)
    night = asyncio.create_task(dreaming.quiet(LATER), name="night")
    async with asyncio.timeout(5):
        while not brain.noted:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    night.cancel()
    await asyncio.wait([night])
    assert await kinds(store) == ["heard", "said", "heard"]
    brain.pause.set()
    assert await dreaming.quiet(LATER) == 2


DAY: list[Event] = [
    Heard(text=text)
    for text in (
        "the choir sang the requiem at last",
        "my hands were shaking during the second movement",
        "the conductor cried and the whole church clapped",
        "afterwards we ate soup with everyone from the village",
        "good food",
        "goodnight",
    )
]


async def test_without_a_brain_chapters_are_written_by_rules(store: SQLiteStore) -> None:
    await store.append(DAY, NOON)
    brain = ScriptedBrain()
    brain.turn("lost")
    dreaming = Dreaming(store, brain, lambda _: None)
    assert await dreaming.quiet(NOON + timedelta(days=1)) == 0
    assert await kinds(store) == ["heard"] * 6 + ["chaptered", "dreamt"]
    assert await dreaming.quiet(NOON + timedelta(days=1)) == 0
    assert brain.noted == []
    assert len(await store.read()) == 8, "nothing twice"


async def test_a_brain_that_fails_costs_no_chapter(store: SQLiteStore) -> None:
    await store.append(DAY, NOON)
    dreaming = Dreaming(store, ScriptedBrain(BrainUnavailable("gone")), lambda _: None)
    assert await dreaming.quiet(NOON + timedelta(days=1)) == 0
    assert (await kinds(store)).count("chaptered") == 1


async def test_a_day_ends_at_the_persons_midnight(store: SQLiteStore) -> None:
    await store.append(DAY, NOON)
    brain = ScriptedBrain()
    brain.turn("lost")
    await Dreaming(store, brain, lambda _: None).quiet(NOON + timedelta(hours=10))
    assert "chaptered" not in await kinds(store)
