"""Speech is noticed at once, nothing else is, and an hour of music does not make it deaf."""

import asyncio
from pathlib import Path

import numpy as np
import pytest

from os1.errors import ModelMissing, ModelRefused
from os1.voice.base import HEARD_RATE, Sound
from os1.voice.silero import CHUNK, Silero, SileroActivity
from tests.voice.recordings import MODELS, MY_SISTER, recording

SPEECH = 0.5


@pytest.fixture
async def silero() -> Silero:
    return await asyncio.to_thread(Silero, MODELS / "silero-vad.onnx")


def listened(activity: SileroActivity, sound: Sound) -> list[float]:
    return [activity.probability(sound[at : at + CHUNK]) for at in range(0, len(sound) - CHUNK + 1, CHUNK)]


def quiet(seconds: float) -> Sound:
    return np.zeros(int(seconds * HEARD_RATE), dtype=np.float32)


def chords(seconds: float) -> Sound:
    """A simple tune of chords, two a second."""
    time = np.arange(int(seconds * HEARD_RATE)) / HEARD_RATE
    tones = sum(np.sin(2 * np.pi * hertz * time) for hertz in (220, 277, 330, 440))
    return (0.08 * tones * np.exp(-2 * (2 * time % 1))).astype(np.float32)


@pytest.mark.live
async def test_speech_is_noticed_within_a_tenth_of_a_second_and_silence_is_none(silero: Silero):
    heard = listened(silero.listen(), np.concatenate([quiet(0.512), recording(MY_SISTER), quiet(0.5)]))
    first = next(n for n, probability in enumerate(heard) if probability > SPEECH)
    assert 16 <= first <= 20
    assert max(heard[:16]) < 0.1
    assert max(heard[-6:]) < 0.1


@pytest.mark.live
async def test_music_is_no_speech_and_speech_after_it_still_is(silero: Silero):
    activity = silero.listen()
    assert max(listened(activity, chords(30))) < SPEECH
    sentence = np.concatenate([quiet(0.512), recording(MY_SISTER)])
    after_music = sum(probability > SPEECH for probability in listened(activity, sentence))
    afresh = sum(probability > SPEECH for probability in listened(silero.listen(), sentence))
    assert after_music >= afresh - 3


@pytest.mark.live
async def test_two_calls_do_not_hear_each_other(silero: Silero):
    alone = listened(silero.listen(), recording(MY_SISTER))
    one, other = silero.listen(), silero.listen()
    beside: list[float] = []
    for at in range(0, len(recording(MY_SISTER)) - CHUNK + 1, CHUNK):
        other.probability(np.full(CHUNK, 0.3, dtype=np.float32))
        beside.append(one.probability(recording(MY_SISTER)[at : at + CHUNK]))
    assert beside == alone


@pytest.mark.live
async def test_after_a_reset_it_hears_as_on_the_first_day(silero: Silero):
    activity = silero.listen()
    first = listened(activity, recording(MY_SISTER))
    activity.reset()
    assert listened(activity, recording(MY_SISTER)) == first


@pytest.mark.live
async def test_the_buffer_it_was_given_may_be_used_again(silero: Silero):
    sound, buffer = recording(MY_SISTER), np.zeros(CHUNK, dtype=np.float32)
    activity, heard = silero.listen(), list[float]()
    for at in range(0, len(sound) - CHUNK + 1, CHUNK):
        buffer[:] = sound[at : at + CHUNK]
        heard.append(activity.probability(buffer))
    assert heard == listened(silero.listen(), sound)


def test_without_its_file_it_says_so(tmp_path: Path):
    with pytest.raises(ModelMissing):
        Silero(tmp_path / "nothing.onnx")
    (tmp_path / "odd.onnx").write_bytes(b"this is no model")
    with pytest.raises(ModelRefused):
        Silero(tmp_path / "odd.onnx")
