"""What a loudspeaker plays next, and how far it has got."""

import numpy as np

from os1.voice.base import Position, Sound
from os1.voice.player import CLOSE, EASE, Player


def steady(samples: int, amplitude: float = 0.5) -> Sound:
    return np.full(samples, amplitude, np.float32)


def test_what_is_put_in_comes_out_in_its_order_and_then_silence() -> None:
    player = Player()
    player.play(1, steady(300, 0.1))
    player.play(1, steady(300, 0.2))
    sound = np.concatenate([player.pull(480), player.pull(480)])
    assert set(sound[:300]) == {np.float32(0.1)}
    assert set(sound[300:600]) == {np.float32(0.2)}
    assert not sound[600 + CLOSE :].any()


def test_what_was_handed_over_has_not_left_the_loudspeaker_yet() -> None:
    player = Player()
    player.play(3, steady(960))
    player.pull(480)
    assert player.played(0) == Position(3, 480)
    assert player.played(480) == Position(0, 0)
    player.pull(480)
    assert player.played(480) == Position(3, 480)
    player.pull(480)
    assert player.played(480) == Position(3, 960)


def test_held_she_stops_where_she_is_and_goes_on_from_there() -> None:
    player = Player()
    player.play(1, np.linspace(0.1, 0.5, 960, dtype=np.float32))
    before = player.pull(480)
    player.hold(True)
    assert not player.pull(960)[CLOSE:].any()
    assert player.played(0) == Position(1, 480)
    player.hold(False)
    assert player.pull(480)[0] > before[-1]


def test_hushed_she_is_silent_without_a_click_and_the_rest_is_forgotten() -> None:
    player = Player()
    player.play(1, steady(4800))
    player.pull(480)
    player.hush()
    sound = player.pull(480)
    assert np.max(np.abs(np.diff(sound))) < 0.02
    assert not sound[CLOSE:].any()
    assert not player.pull(480).any()
    player.play(2, steady(480))
    assert player.pull(480).all()
    assert player.played(0) == Position(2, 480)


def test_softer_and_back_without_a_jump() -> None:
    player = Player()
    player.play(1, steady(4 * EASE))
    player.duck(0.3)
    down = player.pull(2 * EASE)
    player.duck(1.0)
    up = player.pull(2 * EASE)
    assert abs(down[-1] - 0.15) < 1e-3
    assert abs(up[-1] - 0.5) < 1e-3
    assert np.max(np.abs(np.diff(np.concatenate([down, up])))) < 0.002
