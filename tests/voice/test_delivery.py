"""How she sounds follows her own state and how the person speaks: some of the way, slowly, within bounds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from os1.voice.base import HEARD_RATE, Delivery, Sound
from os1.voice.delivery import (
    FASTER,
    LOUDEST,
    SLOWER,
    SOFTEST,
    Attuned,
    Manner,
    Measured,
    Mood,
    Usual,
    attuned,
    delivery,
    held_against,
    manner_of,
    measured,
    usual_after,
)  # fmt: skip
from tests.voice.recordings import ARE_YOU_THERE, MY_SISTER, recording

WHISPER, LOUD, USUALLY = Manner(loudness=-12, whisper=1), Manner(loudness=6, pace=1.4), Manner()


def after(*turns: Manner) -> Attuned:
    so_far = Attuned()
    for turn in turns:
        so_far = attuned(so_far, turn)
    return so_far


def hum(seconds: float, pitch: float = 200, amplitude: float = 0.1) -> Sound:
    """A voice without words: a pitch, its overtones, softer as they rise."""
    time = np.arange(round(seconds * HEARD_RATE)) / HEARD_RATE
    tones = np.array([np.sin(2 * np.pi * pitch * k * time) / k**1.5 for k in range(1, 12)])
    return (amplitude * tones.sum(axis=0)).astype(np.float32)


def breath(seconds: float, amplitude: float = 0.05) -> Sound:
    noise = np.random.default_rng(1).standard_normal(round(seconds * HEARD_RATE)).astype(np.float32)
    return np.convolve(noise, [1, -0.6], "same").astype(np.float32) * np.float32(amplitude)


# --- what she makes of it ---------------------------------------------------------------------------------


def test_without_a_reason_she_is_as_she_is() -> None:
    assert delivery(1.0, Mood(), Attuned()) == Delivery()


def test_her_pace_is_her_persona_s() -> None:
    assert delivery(0.85, Mood(), Attuned()).pace == pytest.approx(0.85)


def test_glad_is_warm_and_stirred_is_quick_and_loud() -> None:
    glad, stirred, low = (delivery(1.0, Mood(*mood), Attuned()) for mood in ((1, 0), (0, 1), (-1, -1)))
    assert glad.warmth > 0
    assert stirred.pace > 1
    assert stirred.loudness > 0
    assert low.pace < 1
    assert low.loudness < 0


def test_whispered_to_she_whispers_at_once() -> None:
    assert delivery(1.0, Mood(), after(WHISPER)).whisper == 1


def test_she_stops_whispering_after_two_turns_with_voice() -> None:
    assert after(WHISPER, USUALLY).whisper == 1
    assert after(WHISPER, USUALLY, USUALLY).whisper == 0
    assert after(WHISPER, USUALLY, WHISPER, USUALLY).whisper == 1


def test_half_a_whisper_neither_begins_one_nor_ends_one() -> None:
    half = Manner(whisper=0.5)
    assert after(half, half).whisper == 0
    assert after(WHISPER, half, half, half).whisper == 1


def test_she_comes_closer_turn_by_turn() -> None:
    loudnesses = [after(*[LOUD] * turns).loudness for turns in range(5)]
    paces = [after(*[LOUD] * turns).pace for turns in range(5)]
    assert loudnesses == sorted(set(loudnesses))
    assert paces == sorted(set(paces))
    assert loudnesses[1] < LOUD.loudness / 2


def test_she_comes_back_when_they_do() -> None:
    assert abs(after(*[LOUD] * 5, *[USUALLY] * 8).loudness) < 0.1


def test_after_a_whisper_she_is_not_left_quiet() -> None:
    assert after(*[WHISPER] * 5, USUALLY, USUALLY).loudness == 0


anything = st.floats(-1e6, 1e6)
manners = st.builds(Manner, loudness=anything, pace=anything, whisper=anything)


@given(st.lists(manners, max_size=12), anything, anything, st.floats(0.01, 100))
def test_no_bound_is_ever_left(turns: list[Manner], valence: float, arousal: float, pace: float) -> None:
    so_far = after(*turns)
    assert SOFTEST <= so_far.loudness <= LOUDEST
    assert SLOWER <= so_far.pace <= FASTER
    made = delivery(pace, Mood(valence, arousal), so_far)
    assert 0.6 <= made.pace <= 1.6
    assert -18 <= made.loudness <= 6
    assert 0 <= made.whisper <= 1
    assert -1 <= made.warmth <= 1


# --- what is measured -------------------------------------------------------------------------------------


@pytest.mark.parametrize("sentence", [ARE_YOU_THERE, MY_SISTER])
def test_a_voice_is_no_whisper(sentence: str) -> None:
    turn = measured(recording(sentence), len(sentence.split()))
    assert turn
    assert turn.whisper == 0


def test_breath_is_a_whisper_if_there_are_words_in_it() -> None:
    assert manner_of(breath(1.5), 5, Usual()).whisper == 1
    assert manner_of(breath(1.5), 0, Usual()).whisper == 0


def test_breath_as_loud_as_their_voice_is_a_noisy_room() -> None:
    level = measured(breath(1.5), 5)
    assert level
    assert manner_of(breath(1.5), 5, Usual(level=level.level)).whisper == 0
    assert manner_of(breath(1.5), 5, Usual(level=level.level + 10)).whisper == 1


def test_loudness_is_held_against_their_own() -> None:
    usual = usual_after(Usual(), measured(hum(1), 3))
    assert manner_of(hum(1), 3, usual).loudness == pytest.approx(0, abs=0.1)
    assert manner_of(hum(1, amplitude=0.05), 3, usual).loudness == pytest.approx(-6, abs=0.3)


def test_silence_around_the_words_changes_nothing() -> None:
    padded = np.concatenate([np.zeros(8000, np.float32), hum(2), np.zeros(16000, np.float32)])
    plain, longer = measured(hum(2), 6), measured(padded, 6)
    assert plain
    assert longer
    assert longer.pace == pytest.approx(plain.pace, rel=0.05) == pytest.approx(3, rel=0.05)
    assert longer.level == pytest.approx(plain.level, abs=0.5)


@pytest.mark.parametrize("seconds", [0, 0.01, 0.05, 0.1])
def test_too_little_sound_tells_nothing(seconds: float) -> None:
    assert manner_of(hum(seconds), 3, Usual()) == Manner()


def test_silence_tells_nothing() -> None:
    assert measured(np.zeros(HEARD_RATE, np.float32), 0) is None


def test_a_single_word_says_nothing_about_pace() -> None:
    assert manner_of(hum(0.5), 1, Usual()).pace == 1


def test_what_is_usual_is_learnt_slowly_and_not_from_whispers() -> None:
    known = Usual(level=-20, pace=3)
    louder = usual_after(known, Measured(level=-10, pace=4, whisper=0))
    assert louder.level == pytest.approx(-18)
    assert louder.pace == pytest.approx(3.2)
    assert usual_after(known, Measured(level=-40, pace=2, whisper=1)) == known
    assert usual_after(known, None) == known


def test_the_first_turn_is_no_louder_than_usual() -> None:
    assert held_against(Usual(), Measured(-50, 3, 0)).loudness == 0


@given(st.integers(0, 2**31), st.floats(0, 2), st.integers(0, 500))
def test_any_sound_can_be_measured(seed: int, amplitude: float, words: int) -> None:
    sound = np.random.default_rng(seed).uniform(-amplitude, amplitude, 4000).astype(np.float32)
    turn = manner_of(sound, words, Usual(level=-20))
    assert -24 <= turn.loudness <= 24
    assert 0 <= turn.whisper <= 1
    assert 0.4 <= turn.pace <= 2.5
