"""Sound from one rate to another."""

import numpy as np
import pytest

from os1.voice.base import Sound
from os1.voice.rates import Rates

RATES = [
    (24_000, 16_000),
    (48_000, 16_000),
    (44_100, 16_000),
    (24_000, 48_000),
    (24_000, 44_100),
    (16_000, 16_000),
]


def tone(hertz: float, rate: int) -> Sound:
    return np.sin(2 * np.pi * hertz / rate * np.arange(rate)).astype(np.float32)


def power(sound: Sound) -> float:
    return float(np.mean(np.square(sound)))


@pytest.mark.parametrize(("given", "wanted"), RATES)
def test_a_second_stays_a_second_and_a_tone_the_same_tone(given: int, wanted: int) -> None:
    sound = Rates(given, wanted)(tone(1000, given))
    assert abs(len(sound) - wanted) <= 1
    assert abs(int(np.argmax(np.abs(np.fft.rfft(sound)))) - 1000) <= 1
    assert abs(power(sound) - 0.5) < 0.01


@pytest.mark.parametrize(("given", "wanted"), RATES)
def test_pieces_leave_no_seam(given: int, wanted: int) -> None:
    sound, pieces = tone(700, given), Rates(given, wanted)
    parts = [pieces(piece) for piece in np.split(sound, [1, 7, 400, 1800, 1801, 9000])]
    np.testing.assert_allclose(np.concatenate(parts), Rates(given, wanted)(sound), atol=1e-6)


@pytest.mark.parametrize("given", [24_000, 44_100, 48_000])
def test_what_the_new_rate_cannot_hold_is_left_out(given: int) -> None:
    assert power(Rates(given, 16_000)(tone(10_000, given))[200:]) < 1e-4
