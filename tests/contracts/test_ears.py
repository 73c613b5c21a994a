"""What all ears promise, whichever they are."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import numpy as np
import pytest

from os1.errors import EarsUnavailable
from os1.voice.base import HEARD_RATE, Ears, Sound
from os1.voice.ears import Moonshine
from os1.voice.remote_ears import RemoteEars
from os1.voice.testing import LiteralEars, silence, speech
from tests.voice.recordings import ARE_YOU_THERE, MODELS, MY_SISTER, plain, recording
from tests.voice.transcriber import a_transcriber

PATIENCE = 30.0
"""Seconds in which even a very busy machine has heard a sentence."""


@dataclass
class Kind:
    """Ears, how a sentence sounds to them, and how to make them fail."""

    ears: Ears
    spoken: Callable[[str], Sound]
    fail: Callable[[], None] | None = None


@asynccontextmanager
async def literal() -> AsyncGenerator[Kind]:
    ears = LiteralEars()
    yield Kind(ears, speech, lambda: setattr(ears, "lost", True))


@asynccontextmanager
async def remote() -> AsyncGenerator[Kind]:
    async with a_transcriber() as endpoint:
        ears = RemoteEars("remote ears", endpoint.url, "a-model")
        yield Kind(ears, speech, lambda: setattr(endpoint, "status", 500))
        await ears.close()


@asynccontextmanager
async def moonshine() -> AsyncGenerator[Kind]:
    files = [MODELS / f"moonshine-tiny-en-{part}" for part in ("encoder.ort", "decoder.ort", "tokenizer.bin")]
    ears = Moonshine(*files)
    yield Kind(ears, recording)
    await ears.close()


LIVE = pytest.param(moonshine, marks=pytest.mark.live)


@pytest.fixture(params=[literal, remote, LIVE], ids=lambda make: make.__name__)
async def kind(request: pytest.FixtureRequest) -> AsyncGenerator[Kind]:
    async with request.param() as kind, asyncio.timeout(PATIENCE):
        yield kind


async def test_they_have_a_name_for_people(kind: Kind) -> None:
    assert kind.ears.name.strip()


async def test_they_hear_a_sentence_and_are_sure_of_it(kind: Kind) -> None:
    for sentence in (ARE_YOU_THERE, MY_SISTER):
        heard = await kind.ears.transcribe(kind.spoken(sentence))
        assert plain(heard.text) == plain(sentence)
        assert heard.text == heard.text.strip()
        assert 0.5 < heard.sure <= 1


@pytest.mark.parametrize("seconds", [0, 0.03, 1, 31])
async def test_silence_has_no_words(kind: Kind, seconds: float) -> None:
    assert (await kind.ears.transcribe(silence(seconds))).text == ""


async def test_a_word_that_has_only_begun_is_no_reason_to_fail(kind: Kind) -> None:
    whole = kind.spoken(MY_SISTER)
    for part in (0.05, 0.3, 0.7):
        heard = await kind.ears.transcribe(whole[: int(len(whole) * part)])
        assert len(plain(heard.text)) <= len(plain(MY_SISTER))


@pytest.mark.parametrize(
    "earlier", ["My sister is getting", MY_SISTER, "Mice it stir his", "日本 \x00 <s> ▁▁", "x" * 3000]
)
async def test_what_it_was_taken_for_before_helps_and_never_misleads(kind: Kind, earlier: str) -> None:
    heard = await kind.ears.transcribe(kind.spoken(MY_SISTER), earlier)
    assert plain(heard.text) == plain(MY_SISTER)


async def test_two_who_ask_at_once_get_their_own_words(kind: Kind) -> None:
    sentences = [MY_SISTER, ARE_YOU_THERE]
    heard = await asyncio.gather(*(kind.ears.transcribe(kind.spoken(one)) for one in sentences))
    assert [plain(one.text) for one in heard] == [plain(one) for one in sentences]


@pytest.mark.parametrize("turns", [1, 2, 50])
async def test_listening_that_is_given_up_leaves_nothing_behind(kind: Kind, turns: int) -> None:
    listening = asyncio.create_task(kind.ears.transcribe(kind.spoken(MY_SISTER)), name="listen")
    for _ in range(turns):
        await asyncio.sleep(0)
    listening.cancel()
    await asyncio.wait([listening])
    heard = await kind.ears.transcribe(kind.spoken(ARE_YOU_THERE))
    assert plain(heard.text) == plain(ARE_YOU_THERE)


async def test_the_sound_is_not_changed(kind: Kind) -> None:
    sound = kind.spoken(MY_SISTER)
    before = sound.copy()
    await kind.ears.transcribe(sound)
    assert np.array_equal(sound, before)


async def test_more_than_half_a_minute_is_heard_all_the_same(kind: Kind) -> None:
    pieces = [kind.spoken(MY_SISTER), silence(12), kind.spoken(ARE_YOU_THERE), silence(19)]
    heard = await kind.ears.transcribe(np.concatenate(pieces)[: 33 * HEARD_RATE])
    assert "sister" in plain(heard.text)
    assert "there" in plain(heard.text)


async def test_when_they_fail_they_say_so_by_the_one_error(kind: Kind) -> None:
    if kind.fail is None:
        pytest.skip("nothing of theirs can fail on demand")
    kind.fail()
    with pytest.raises(EarsUnavailable):
        await kind.ears.transcribe(kind.spoken(ARE_YOU_THERE))


async def test_once_put_away_they_hear_no_more(kind: Kind) -> None:
    await kind.ears.close()
    await kind.ears.close()
    with pytest.raises(EarsUnavailable):
        await kind.ears.transcribe(kind.spoken(ARE_YOU_THERE))


async def test_whoever_still_waits_when_they_are_put_away_gets_an_answer_or_the_error(kind: Kind) -> None:
    waiting = [
        asyncio.create_task(kind.ears.transcribe(kind.spoken(MY_SISTER)), name="listen") for _ in range(3)
    ]
    await asyncio.sleep(0)
    await kind.ears.close()
    await asyncio.wait(waiting)
    for one in waiting:
        assert not one.cancelled()
        trouble = one.exception()
        assert isinstance(trouble, EarsUnavailable) or plain(one.result().text) == plain(MY_SISTER)
