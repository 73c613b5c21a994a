"""What the turn model sees of a sound, and what it makes of it."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import numpy as np
import pytest

from os1.errors import EarsUnavailable, ModelMissing
from os1.voice.base import HEARD_RATE, Sound
from os1.voice.smart_turn import LENGTH, SmartTurn, features
from tests.voice.recordings import MODELS, MY_SISTER, recording


def tone(hertz: float, seconds: float) -> Sound:
    time = np.arange(int(seconds * HEARD_RATE)) / HEARD_RATE
    return np.sin(2 * np.pi * hertz * time).astype(np.float32)


@pytest.mark.parametrize("seconds", [0, 0.01, 1, 7.99, 8, 20])
def test_the_picture_has_one_size_whatever_the_sound(seconds: float):
    seen = features(tone(300, seconds))
    assert seen.shape == (80, 800)
    assert seen.dtype == np.float32
    assert np.isfinite(seen).all()


def test_the_last_eight_seconds_count():
    assert np.array_equal(features(np.concatenate([tone(500, 5), tone(300, 8)])), features(tone(300, 8)))


@pytest.mark.parametrize(("hertz", "row"), [(200, 5), (1000, 26), (4000, 60)])
def test_a_tone_lies_where_it_belongs_at_the_end_of_the_picture(hertz: float, row: int):
    """On Slaney's scale 80 pitches reach to 45.2 mels: 0.558 apart; 200 Hz is 3 mels, 4000 Hz some 35."""
    seen = features(tone(hertz, 2))
    assert abs(int(seen[:, -100:-10].mean(axis=1).argmax()) - row) <= 2
    assert seen[:, :590].max() < seen[:, 610:].max()


def test_loudness_does_not_matter():
    sound = recording(MY_SISTER)
    assert features(sound * 0.2) == pytest.approx(features(sound), abs=0.05)


def test_skipping_the_silence_before_changes_nothing():
    """Silence that is given and silence that is left out are the same to it."""
    sound = recording(MY_SISTER)
    given = np.concatenate([np.zeros(LENGTH - len(sound), dtype=np.float32), sound])
    assert features(given) == pytest.approx(features(sound), abs=1e-4)


@pytest.fixture
async def turns() -> AsyncGenerator[SmartTurn]:
    model = await asyncio.to_thread(SmartTurn, MODELS / "smart-turn-v3.2-cpu.onnx")
    yield model
    await model.close()


@pytest.mark.live
async def test_a_whole_sentence_is_over_sooner_than_its_beginnings(turns: SmartTurn):
    sound, after = recording(MY_SISTER), np.zeros(HEARD_RATE // 5, dtype=np.float32)
    whole = await turns.over(np.concatenate([sound, after]))
    begun = [await turns.over(sound[: int(len(sound) * part)]) for part in (0.4, 0.5, 0.6, 0.7, 0.8)]
    assert whole > 0.5
    assert np.mean(begun) < whole - 0.2, "one of them may look like an end: it is a weak judge"


@pytest.mark.live
async def test_it_can_be_given_up_and_asked_again(turns: SmartTurn):
    asking = asyncio.create_task(turns.over(recording(MY_SISTER)), name="turn")
    await asyncio.sleep(0)
    asking.cancel()
    await asyncio.wait([asking])
    assert 0 <= await turns.over(np.zeros(0, dtype=np.float32)) <= 1


@pytest.mark.live
async def test_once_put_away_it_says_so(turns: SmartTurn):
    await turns.close()
    with pytest.raises(EarsUnavailable):
        await turns.over(recording(MY_SISTER))


def test_without_its_file_it_says_so(tmp_path: Path):
    with pytest.raises(ModelMissing):
        SmartTurn(tmp_path / "nothing.onnx")
