"""What is loud enough to be the person."""

import numpy as np
import pytest

from os1.voice.nearness import NOTHING, Nearness, cut_off, level

CHUNK = 0.032
SPEECH, ROOM = 0.9, 0.05


def hearing(nearness: Nearness, loud: float, speech: float, seconds: float) -> Nearness:
    for _ in range(round(seconds / CHUNK)):
        nearness = nearness.after(loud, speech, CHUNK)
    return nearness


def acquainted(usual: float = -25.0, room: float = -60.0) -> Nearness:
    """After one turn of somebody this loud, and the second of silence behind it."""
    return hearing(hearing(Nearness(), usual, SPEECH, 3).confirmed(), room, ROOM, 1)


@pytest.mark.parametrize(
    ("sound", "decibels"),
    [
        (np.ones(512, np.float32), 0.0),
        (np.full(512, 0.1, np.float32), -20.0),
        (np.zeros(512, np.float32), NOTHING),
        (np.zeros(0, np.float32), NOTHING),
    ],
)
def test_how_loud_a_sound_is(sound: np.ndarray, decibels: float) -> None:
    assert round(level(sound), 3) == decibels


@pytest.mark.parametrize(("loud", "near"), [(-30, True), (-44, True), (-46, False), (-70, False)])
def test_before_anyone_is_known_a_plain_threshold_holds(loud: float, near: bool) -> None:
    assert Nearness().near(loud) is near


@pytest.mark.parametrize(
    ("loud", "near"), [(-20, True), (-25, True), (-38, True), (-41, False), (-44, False)]
)
def test_a_television_well_under_the_person_is_not_near(loud: float, near: bool) -> None:
    assert acquainted(-25).near(loud) is near


def test_a_soft_speaker_is_near_though_softer_than_the_plain_threshold() -> None:
    assert acquainted(-38, room=-75).near(-50)


def test_sound_alone_makes_nobody_the_person() -> None:
    television = hearing(Nearness(), -20, SPEECH, 60)
    assert television.usual is None
    assert television.forgotten().confirmed().usual is None
    assert television.near(-44)


def test_soft_sounds_inside_a_word_stay_near_and_a_far_voice_afterwards_is_not() -> None:
    said = acquainted(-25).after(-25, SPEECH, CHUNK)
    assert hearing(said, -48, SPEECH, 0.2).near(-48)
    assert not hearing(said, -48, SPEECH, 0.6).near(-48)


def test_a_far_voice_does_not_keep_itself_near() -> None:
    assert not hearing(acquainted(-25), -42, SPEECH, 20).near(-42)


def test_their_usual_voice_is_followed_slowly() -> None:
    softer = hearing(acquainted(-25), -35, SPEECH, 4).confirmed()
    assert softer.usual is not None
    assert round(softer.usual) == -27


def test_who_was_long_unheard_may_whisper() -> None:
    known = acquainted(-25)
    assert not known.near(-44)
    waiting = hearing(known, -60, ROOM, 45)
    assert waiting.near(-44)
    assert not waiting.near(-46)


def test_a_noisy_room_raises_the_threshold_but_never_over_a_loud_voice() -> None:
    fan = hearing(Nearness(), -44, ROOM, 40)
    assert not fan.near(-41)
    assert fan.near(-36)
    music = hearing(Nearness(), -20, ROOM, 60)
    assert music.near(-34)
    assert hearing(acquainted(-25), -22, ROOM, 60).near(-30)


def test_a_bus_that_passes_is_not_the_room_and_silence_is_noticed_at_once() -> None:
    assert hearing(Nearness(), -40, ROOM, 1).floor < -55
    assert hearing(hearing(Nearness(), -40, ROOM, 60), -70, ROOM, 2).floor < -68


def test_a_dead_microphone() -> None:
    assert not hearing(Nearness(), NOTHING, 0, 2.9).dead
    assert hearing(Nearness(), NOTHING, 0, 3.1).dead
    assert not hearing(Nearness(), -80, ROOM, 10).dead


def test_a_microphone_that_cuts_silence_to_nothing_is_not_dead_for_a_minute() -> None:
    listening = hearing(hearing(Nearness(), -30, SPEECH, 1), NOTHING, 0, 30)
    assert not listening.dead
    gone = hearing(listening, NOTHING, 0, 31)
    assert gone.dead
    assert not gone.after(-70, ROOM, CHUNK).dead


def test_an_overdriven_microphone() -> None:
    crackling = np.clip(3 * np.sin(np.arange(512) / 7), -1, 1).astype(np.float32)
    share = cut_off(crackling)
    assert share > 0.5
    assert cut_off(crackling * 0.5) == 0
    nearness = Nearness()
    assert not nearness.after(-3, SPEECH, CHUNK, 0.3).overdriven
    for _ in range(30):
        nearness = nearness.after(-3, SPEECH, CHUNK, share)
    assert nearness.overdriven
    for _ in range(400):
        nearness = nearness.after(-20, SPEECH, CHUNK, 0.0)
    assert not nearness.overdriven
