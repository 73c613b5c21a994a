"""What every brain promises, whichever it is."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass

import pytest

from os1.brain.base import Brain
from os1.brain.remote import RemoteBrain
from os1.brain.switch import Switch
from os1.brain.testing import ScriptedBrain
from os1.errors import BrainUnavailable
from tests.brain.endpoint import an_endpoint
from tests.brain.thoughts import HELLO, PATIENCE, thought


@dataclass
class Kind:
    """A brain, and how to tell it what to say, and to fail at the next thought."""

    brain: Brain
    say: Callable[[str], None]
    fail: Callable[[], None]


@asynccontextmanager
async def scripted() -> AsyncGenerator[Kind]:
    brain = ScriptedBrain()
    yield Kind(brain, brain.script.append, lambda: brain.script.append(BrainUnavailable("gone")))


@asynccontextmanager
async def remote() -> AsyncGenerator[Kind]:
    async with an_endpoint() as endpoint:
        brain = RemoteBrain("remote · a model", endpoint.url, "a-model")
        yield Kind(brain, endpoint.script.append, lambda: setattr(endpoint, "status", 500))
        await brain.close()


@asynccontextmanager
async def switched() -> AsyncGenerator[Kind]:
    async with remote() as inner:
        yield Kind(Switch({"one": lambda: inner.brain}, "one"), inner.say, inner.fail)


@pytest.fixture(params=[scripted, remote, switched], ids=lambda make: make.__name__)
async def kind(request: pytest.FixtureRequest) -> AsyncGenerator[Kind]:
    async with request.param() as kind:
        living = asyncio.create_task(kind.brain.run(), name="brain")
        async with asyncio.timeout(PATIENCE):
            await kind.brain.ready()
            yield kind
        living.cancel()
        await asyncio.wait([living])
        assert living.cancelled(), "it lives until it is cancelled, and then ends"


async def test_it_has_a_name_for_people(kind: Kind) -> None:
    assert kind.brain.name.strip()


async def test_its_words_come_in_pieces_and_make_a_whole(kind: Kind) -> None:
    kind.say("I am| here, ça va 日本| 👩‍👩‍👧")
    pieces = [words async for words in kind.brain.think(HELLO)]
    assert "".join(pieces) == "I am here, ça va 日本 👩‍👩‍👧"
    assert len(pieces) == 3
    assert all(pieces), "no piece is empty"


async def test_it_thinks_again_and_again(kind: Kind) -> None:
    for line in ("One.", "Two.", "Three."):
        kind.say(line)
        assert await thought(kind.brain) == line


async def test_a_thought_that_is_let_go_of_ends_at_once_and_the_next_one_works(kind: Kind) -> None:
    kind.say("a very| long| thought| that| no| one| hears")
    async with aclosing(kind.brain.think(HELLO)) as thinking:
        assert await anext(thinking) == "a very"
    kind.say("Next.")
    assert await thought(kind.brain) == "Next."


async def test_a_thought_that_is_cancelled_ends_and_the_next_one_works(kind: Kind) -> None:
    kind.say("never| heard")
    thinking = asyncio.create_task(thought(kind.brain), name="think")
    await asyncio.sleep(0)
    thinking.cancel()
    await asyncio.wait([thinking])
    assert thinking.cancelled()
    kind.say("Next.")
    assert await thought(kind.brain) in ("Next.", "never heard"), "the script may not have been touched"


async def test_reading_ahead_and_resting_change_nothing(kind: Kind) -> None:
    await kind.brain.prepare(HELLO)
    await kind.brain.rest()
    kind.say("Still here.")
    assert await thought(kind.brain) == "Still here."


ONE_WORD = 'root ::= "yes" | "no"'


async def test_a_note_comes_as_a_whole_and_changes_nothing_for_the_next_thought(kind: Kind) -> None:
    kind.say("y|es")
    assert await kind.brain.note(HELLO, ONE_WORD, 8) == "yes"
    kind.say("Still here.")
    assert await thought(kind.brain) == "Still here."


async def test_a_note_that_is_cancelled_ends_and_the_next_thought_works(kind: Kind) -> None:
    kind.say("never| heard")
    noting = asyncio.create_task(kind.brain.note(HELLO, ONE_WORD, 8), name="note")
    await asyncio.sleep(0)
    noting.cancel()
    await asyncio.wait([noting])
    assert noting.cancelled()
    kind.say("Next.")
    assert await thought(kind.brain) in ("Next.", "never heard"), "the script may not have been touched"


async def test_a_note_that_fails_says_so_by_the_one_error(kind: Kind) -> None:
    kind.fail()
    with pytest.raises(BrainUnavailable):
        await kind.brain.note(HELLO, ONE_WORD, 8)


async def test_when_it_fails_it_says_so_by_the_one_error_and_is_lost(kind: Kind) -> None:
    kind.fail()
    with pytest.raises(BrainUnavailable):
        await thought(kind.brain)
    assert kind.brain.state == "lost", "at once: who asks next must not think it well"
    await kind.brain.lost()
