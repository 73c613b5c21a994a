"""Whose turn it is: seconds and speech in, signals out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os1.voice.turns import Signal, Turns

CHUNK = 0.032
BEGAN, DIPPED, RESUMED, ENDED = Signal.BEGAN, Signal.DIPPED, Signal.RESUMED, Signal.ENDED


def hear(turns: Turns, *heard: tuple[float, float]) -> list[Signal]:
    """Feeds (seconds, speech) in chunks, and returns what came of it."""
    signals = [turns.hear(CHUNK, speech) for seconds, speech in heard for _ in range(round(seconds / CHUNK))]
    return [signal for signal in signals if signal]


def patient(seconds: float) -> Turns:
    turns = Turns()
    hear(turns, (0.5, 0.9), (CHUNK, 0.1))
    turns.patience = seconds
    return turns


def test_a_sentence_begins_dips_and_ends():
    turns = Turns()
    assert hear(turns, (0.5, 0.0), (1.0, 0.9), (CHUNK, 0.1)) == [BEGAN, DIPPED]
    turns.patience = 0.3
    assert hear(turns, (0.2, 0.0)) == []
    assert hear(turns, (0.2, 0.0)) == [ENDED]
    assert turns.seconds == pytest.approx(1.0 + CHUNK + 0.4, abs=2 * CHUNK)


def test_a_click_is_no_speech_and_two_clicks_are_not_either():
    assert hear(Turns(), (CHUNK, 0.9), (0.5, 0.0), (CHUNK, 0.9), (0.5, 0.0)) == []


def test_a_soft_onset_with_a_gap_in_it_is_speech():
    assert hear(Turns(), (CHUNK, 0.9), (CHUNK, 0.2), (CHUNK, 0.9)) == [BEGAN]


def test_who_goes_on_after_a_pause_has_one_turn():
    turns = patient(1.0)
    assert hear(turns, (0.8, 0.0), (0.5, 0.9), (CHUNK, 0.0)) == [RESUMED, DIPPED]
    assert turns.pauses == 1
    assert turns.patience == 1.0 or turns.patience == float("inf")


def test_patience_is_asked_anew_after_every_pause():
    turns = patient(0.3)
    hear(turns, (0.1, 0.0), (0.3, 0.9), (CHUNK, 0.0))
    assert hear(turns, (5.0, 0.0)) == [], "nobody has said yet how long to wait this time"


def test_patience_set_late_ends_the_turn_at_once_and_once():
    turns = Turns()
    hear(turns, (0.5, 0.9), (0.8, 0.0))
    turns.patience = 0.5
    assert turns.settle() is ENDED
    assert turns.settle() is None
    assert hear(turns, (1.0, 0.0)) == []


def test_what_is_rather_no_speech_is_a_dip_and_whoever_goes_on_resumes():
    assert hear(Turns(), (0.5, 0.9), (0.2, 0.6), (0.2, 0.4), (0.2, 0.9)) == [BEGAN, DIPPED, RESUMED]


def test_closed_it_begins_anew():
    turns = patient(0.3)
    turns.close()
    assert (turns.open, turns.voiced, turns.pauses) == (False, 0.0, 0)
    assert hear(turns, (0.2, 0.9)) == [BEGAN]


@given(st.lists(st.tuples(st.floats(0.0, 2.0), st.floats(0.0, 1.0)), max_size=30), st.floats(0.1, 2.0))
def test_signals_come_in_an_order_that_makes_sense(heard: list[tuple[float, float]], patience: float):
    turns, last = Turns(), None
    may_follow = {
        None: {BEGAN},
        BEGAN: {DIPPED},
        DIPPED: {RESUMED, ENDED},
        RESUMED: {DIPPED},
        ENDED: {RESUMED},
    }
    for seconds, speech in heard:
        for signal in hear(turns, (seconds, speech)):
            assert signal in may_follow[last]
            last = signal
        if last is DIPPED:
            turns.patience = patience
