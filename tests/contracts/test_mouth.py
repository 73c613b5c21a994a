"""What all mouths promise, whichever they are."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from os1.errors import MouthUnavailable
from os1.voice.base import SPOKEN_RATE, Delivery, Mouth, Sound
from os1.voice.kokoro import Kokoro
from os1.voice.mouth import Hibari
from os1.voice.remote_mouth import RemoteMouth, Wanted
from os1.voice.testing import LiteralMouth
from os1.voice.voices import chosen
from tests.voice.reciter import a_reciter
from tests.voice.recordings import MODELS

PATIENCE = 60.0
"""Seconds in which even a very busy machine has said a sentence."""
SENTENCE = "My sister is getting married in June."


@dataclass
class Kind:
    """A mouth, and how to make it fail."""

    mouth: Mouth
    fail: Callable[[], None] | None = None


@asynccontextmanager
async def literal() -> AsyncGenerator[Kind]:
    mouth = LiteralMouth()
    yield Kind(mouth, lambda: setattr(mouth, "lost", True))


@asynccontextmanager
async def remote() -> AsyncGenerator[Kind]:
    async with a_reciter() as endpoint:
        mouth = RemoteMouth("a mouth elsewhere", endpoint.url, Wanted("a-model", "a-voice"))
        yield Kind(mouth, lambda: setattr(endpoint, "status", 500))
        await mouth.close()


@asynccontextmanager
async def hibari() -> AsyncGenerator[Kind]:
    mouth = Hibari()
    yield Kind(mouth)
    await mouth.close()


@asynccontextmanager
async def kokoro() -> AsyncGenerator[Kind]:
    mouth = Kokoro(MODELS / "kokoro-82m-int8.onnx", MODELS / "kokoro-js-1.2.1.tgz", chosen("kokoro:af_heart"))
    yield Kind(mouth)
    await mouth.close()


@asynccontextmanager
async def not_there() -> AsyncGenerator[Kind]:
    mouth = Kokoro(Path("nowhere.onnx"), Path("nowhere.tgz"), chosen("kokoro:af_heart"))
    yield Kind(mouth, lambda: None)
    await mouth.close()


LIVE = pytest.param(kokoro, marks=pytest.mark.live)


@pytest.fixture(params=[literal, remote, hibari, LIVE], ids=lambda make: make.__name__)
async def kind(request: pytest.FixtureRequest) -> AsyncGenerator[Kind]:
    async with request.param() as kind, asyncio.timeout(PATIENCE):
        yield kind


@pytest.fixture(params=[literal, remote, not_there], ids=lambda make: make.__name__)
async def failing(request: pytest.FixtureRequest) -> AsyncGenerator[Mouth]:
    async with request.param() as kind, asyncio.timeout(PATIENCE):
        kind.fail()
        yield kind.mouth


async def said(mouth: Mouth, phrase: str, delivery: Delivery | None = None) -> Sound:
    pieces = [sound async for sound in mouth.say(phrase, delivery or Delivery())]
    return np.concatenate([np.zeros(0, np.float32), *pieces])


async def test_it_has_a_name_for_people(kind: Kind) -> None:
    assert kind.mouth.name.strip()


async def test_a_phrase_becomes_sound(kind: Kind) -> None:
    sound = await said(kind.mouth, SENTENCE)
    assert sound.dtype == np.float32
    assert sound.ndim == 1
    assert 0.5 < len(sound) / SPOKEN_RATE < 6
    assert 0.02 < float(np.abs(sound).max()) <= 1


async def test_every_piece_is_something(kind: Kind) -> None:
    pieces = [sound async for sound in kind.mouth.say("First. And then, second.", Delivery())]
    assert pieces
    assert all(len(piece) for piece in pieces)


async def test_it_begins_without_silence(kind: Kind) -> None:
    sound = await said(kind.mouth, "Are you there?")
    loud = np.flatnonzero(np.abs(sound) > np.abs(sound).max() / 100)
    assert loud[0] < 0.08 * SPOKEN_RATE


async def test_more_words_take_longer(kind: Kind) -> None:
    assert len(await said(kind.mouth, SENTENCE)) > len(await said(kind.mouth, "My sister."))


@pytest.mark.parametrize("phrase", ["", " \n", "...", "—", "😊"])
async def test_what_has_no_words_has_no_sound(kind: Kind, phrase: str) -> None:
    assert len(await said(kind.mouth, phrase)) == 0


@pytest.mark.parametrize(
    "phrase", ["İstanbul, 日本, Привет.", "Hm", "3.5 km at 10:30, Dr. Smith!", "a" * 60, "na " * 50]
)
async def test_it_copes_with_any_words(kind: Kind, phrase: str) -> None:
    await said(kind.mouth, phrase)


@pytest.mark.parametrize(
    "delivery",
    [Delivery(pace=0.6, loudness=-18, whisper=1, warmth=-1), Delivery(pace=1.6, loudness=6, whisper=0.5, warmth=1)],
    ids=["least", "most"],
)  # fmt: skip
async def test_however_it_is_said_it_is_never_clipped(kind: Kind, delivery: Delivery) -> None:
    sound = await said(kind.mouth, SENTENCE, delivery)
    assert len(sound)
    assert np.isfinite(sound).all()
    assert float(np.abs(sound).max()) < 1


async def test_a_phrase_that_is_let_go_of_ends_and_the_next_one_works(kind: Kind) -> None:
    async with aclosing(kind.mouth.say("One. Two. Three. Four.", Delivery())) as saying:
        await anext(saying)
    assert len(await said(kind.mouth, SENTENCE))


async def test_a_phrase_that_is_cancelled_ends_and_the_next_one_works(kind: Kind) -> None:
    saying = asyncio.create_task(said(kind.mouth, SENTENCE), name="say")
    await asyncio.sleep(0)
    saying.cancel()
    await asyncio.wait([saying])
    assert len(await said(kind.mouth, SENTENCE))


async def test_two_phrases_at_once_are_both_said(kind: Kind) -> None:
    both = await asyncio.gather(said(kind.mouth, SENTENCE), said(kind.mouth, SENTENCE))
    assert all(len(sound) for sound in both)


async def test_put_away_it_says_so_by_the_one_error(kind: Kind) -> None:
    await kind.mouth.close()
    with pytest.raises(MouthUnavailable):
        await said(kind.mouth, SENTENCE)


async def test_when_it_fails_it_says_so_by_the_one_error(failing: Mouth) -> None:
    with pytest.raises(MouthUnavailable):
        await said(failing, SENTENCE)
