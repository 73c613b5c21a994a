"""Notes with the real model: a segment yields checked facts, and a thought never waits for a note."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest

from os1.brain.base import Brain, Message
from os1.brain.catalogue import Catalogue
from os1.brain.local import LocalBrain
from os1.config import read as settings_of
from os1.errors import BrainUnavailable
from os1.memory.understanding.notes import ANSWER, facts, question
from tests.brain.thoughts import HELLO, thought
from tests.memory.talk import talk

TALK = talk(
    "> hey, long day. i'm a vet nurse so mondays are always chaos",
    "> if i had a garden i'd get a dog tomorrow",
    "> my sister Nora called, she lives in Leeds",
    "< And you, where do you live?",
    "> porto, since spring",
    "> i love swimming and i'm allergic to walnuts",
    "> what a day",
)


@pytest.fixture
async def model() -> Path:
    def installed() -> Path | None:
        settings = settings_of({})
        catalogue = Catalogue(settings.home, settings.models)
        return catalogue.installed(catalogue.find(settings.model))

    path = await asyncio.to_thread(installed)
    if path is None:
        pytest.skip("her model is not here: make run fetches it")
    return path


@asynccontextmanager
async def embedded(model: Path, home: Path) -> AsyncGenerator[LocalBrain]:
    brain = LocalBrain("embedded", model, home / "engine")
    async with asyncio.timeout(110), asyncio.TaskGroup() as life:
        living = life.create_task(brain.run(), name="brain")
        try:
            await brain.ready()
            yield brain
        finally:
            living.cancel()


async def first_word(brain: Brain) -> float:
    """Seconds until it comes."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with aclosing(brain.think(HELLO, most=4)) as found:
        await anext(found)
    return loop.time() - began


@pytest.mark.live
async def test_a_segment_becomes_facts_with_quotes(model: Path, tmp_path: Path) -> None:
    asked = question(TALK)
    assert asked
    async with embedded(model, tmp_path) as brain:
        found = facts(await brain.note(*asked, ANSWER), TALK)
    known = {(fact.about, fact.what, fact.value) for fact in found}
    assert {("", "works_as", "vet nurse"), ("Nora", "is_your", "sister"), ("", "lives_in", "porto")} <= known
    assert not any("dog" in fact.value for fact in found)


@pytest.mark.live
async def test_a_thought_interrupts_a_note_which_is_written_all_the_same(model: Path, tmp_path: Path) -> None:
    long = [Message("user", "Count, please. " * 60)]
    lines = " ".join(["line"] * 6)
    grammar = f'root ::= {lines}\nline ::= "one two three four five six seven eight nine ten\\n"'
    async with embedded(model, tmp_path) as brain:
        await thought(brain, most=4)
        alone = min([await first_word(brain) for _ in range(3)])
        async with asyncio.TaskGroup() as group:
            noting = group.create_task(brain.note(long, grammar, 200), name="note")
            waits: list[float] = []
            for _ in range(3):
                await asyncio.sleep(0.7)
                waits.append(await first_word(brain))
            assert not noting.done(), "it was being read or written all the while"
            assert min(waits) < alone + max(1.0, 4 * alone), (
                f"{waits} for {alone}: a second, or a busy machine's"
            )
        assert noting.result().count("ten\n") == 6, "whole, though it was begun four times"
        assert brain.state == "ready"


@pytest.mark.live
async def test_a_note_that_cannot_be_says_so_and_she_is_as_well_as_before(
    model: Path, tmp_path: Path
) -> None:
    async with embedded(model, tmp_path) as brain:
        with pytest.raises(BrainUnavailable, match="grammar"):
            await brain.note(HELLO, "root ::= (", 8)
        with pytest.raises(BrainUnavailable, match="too long"):
            await brain.note([Message("user", "and on " * 2000)], 'root ::= "yes"', 8)
        assert brain.state == "ready"
        assert await brain.note(HELLO, 'root ::= "yes"', 8) == "yes"
        assert await thought(brain, most=4)
