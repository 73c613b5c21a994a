"""The next token: likely ones, in their proportion, and not the same one for ever."""

import numpy as np
import pytest

from os1.brain.sampling import MOST, choose


def chosen(logits: list[float], before: list[int], times: int = 200) -> set[int]:
    dice = np.random.default_rng(7)
    given = np.array(logits, np.float32)
    found = {choose(given, before, dice) for _ in range(times)}
    assert given.tolist() == pytest.approx(logits), "the model's own table is left as it was"
    return found


def test_what_is_certain_is_said() -> None:
    assert chosen([0.0, 20.0, 0.0], []) == {1}


def test_of_two_that_are_as_likely_both_are_said_now_and_then() -> None:
    assert chosen([5.0, 5.0, -20.0], []) == {0, 1}


def test_what_is_unlikely_is_never_said() -> None:
    assert chosen([5.0, 4.9, 1.0, 0.9], []) == {0, 1}


def test_what_was_just_said_gives_way_to_what_is_nearly_as_likely() -> None:
    assert chosen([5.0, 4.9], before=[0] * 3, times=1) == {1} or 1 in chosen([5.0, 4.9], before=[0] * 3)
    assert chosen([-5.0, -5.3, -30.0], before=[0]) >= {1}


def test_what_was_said_long_ago_counts_no_more() -> None:
    long_ago = [0] + [2] * 64
    assert chosen([9.0, 3.0, -20.0], before=long_ago) == {0}


def test_a_large_vocabulary_is_no_different_from_its_likeliest_few() -> None:
    logits = [float(-token) for token in range(10 * MOST)]
    assert chosen(logits, []) <= set(range(MOST))
    assert 0 in chosen(logits, [])
