"""She does not hear herself, and hears whoever speaks over her."""

from collections.abc import Callable

import numpy as np
import pytest

from os1.voice import echo
from os1.voice.base import HEARD_FRAME, HEARD_RATE, SPOKEN_FRAME, SPOKEN_RATE, Sound
from os1.voice.echo import EchoCanceller
from os1.voice.rates import Rates

WITHOUT = pytest.param(False, id="by silencing alone")
WITH = pytest.param(
    True, id="by WebRTC", marks=pytest.mark.skipif(not echo.apm, reason="livekit is not installed")
)


@pytest.fixture(params=[WITH, WITHOUT])
def canceller(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> EchoCanceller:
    if not request.param:
        monkeypatch.setattr(echo, "apm", None)
    return EchoCanceller()


def voice(seconds: float, rate: int, pitch: float, seed: int) -> Sound:
    """Syllables without words: harmonics of a wandering pitch, and breath, four times a second."""
    chance = np.random.default_rng(seed)
    count = round(seconds * rate)
    at = np.arange(count) / rate
    points = np.arange(0, seconds + 0.25, 0.25)
    wander = pitch * np.interp(at, points, chance.uniform(0.8, 1.3, len(points)))
    phase = 2 * np.pi * np.cumsum(wander) / rate
    sound = np.zeros(count)
    for harmonic in range(1, 20):
        sound += (
            np.interp(at, points, chance.uniform(0, 1, len(points))) * np.sin(harmonic * phase) / harmonic
        )
    sound += 0.1 * chance.standard_normal(count)
    sound *= np.interp(at, points, chance.uniform(0, 1, len(points)) ** 2)
    return (0.05 * sound / np.sqrt(np.mean(sound**2))).astype(np.float32)


def heard_in_the_room(hers: Sound, delay: float, decibels: float) -> Sound:
    """Her sound, 16 kHz, as it comes back: late, softer, with 150 ms of room in it."""
    chance = np.random.default_rng(9)
    tail = chance.standard_normal(2400) * np.exp(-np.arange(2400) / 350)
    tail *= 0.5 / np.sqrt(np.sum(tail**2))
    tail[0] = 1
    late = np.zeros(len(hers))
    first = round(delay * HEARD_RATE)
    late[first:] = np.convolve(hers, tail)[: len(hers) - first]
    return (10 ** (decibels / 20) * late + 0.0005 * chance.standard_normal(len(hers))).astype(np.float32)


def lowered(hers: Sound) -> Sound:
    lower = Rates(SPOKEN_RATE, HEARD_RATE)
    return np.concatenate([lower(hers[at : at + SPOKEN_FRAME]) for at in range(0, len(hers), SPOKEN_FRAME)])


def listen(
    canceller: EchoCanceller, hers: Sound, microphone: Sound, give: Callable[[int], int] = lambda frame: 1
) -> Sound:
    """What is left of the microphone. `give`: how many frames of hers are given before this one of the microphone."""
    left: list[Sound] = []
    given = 0
    for frame in range(len(microphone) // HEARD_FRAME):
        more = give(frame) * SPOKEN_FRAME
        if more:
            canceller.far(hers[given : given + more])
        given += more
        left.append(canceller.near(microphone[frame * HEARD_FRAME : (frame + 1) * HEARD_FRAME]))
    return np.concatenate(left)


def decibels(sound: Sound) -> float:
    return float(10 * np.log10(np.mean(np.square(sound)) + 1e-12))


def audible(sound: Sound) -> float:
    """Share of the frames that could be taken for speech."""
    frames = sound.reshape(-1, HEARD_FRAME)
    return sum(float(np.mean(np.square(frame))) > 10**-5.5 for frame in frames) / len(frames)


HERS = voice(8, SPOKEN_RATE, 200, seed=1)


@pytest.mark.parametrize("delay", [0.02, 0.12, 0.3, 0.5])
def test_her_own_voice_is_gone_wherever_it_was_delayed(canceller: EchoCanceller, delay: float) -> None:
    microphone = heard_in_the_room(lowered(HERS), delay, -20)
    left = listen(canceller, HERS, microphone)[2 * HEARD_RATE :]
    assert audible(microphone[2 * HEARD_RATE :]) > 0.5
    assert audible(left) < 0.15


def test_who_speaks_over_her_is_heard(canceller: EchoCanceller) -> None:
    microphone = heard_in_the_room(lowered(HERS), 0.12, -20)
    person = voice(3, HEARD_RATE, 120, seed=2)
    microphone[5 * HEARD_RATE :] += person
    left = listen(canceller, HERS, microphone)[5 * HEARD_RATE :]
    assert decibels(left) > decibels(person) - 2


def test_while_she_is_silent_the_person_is_as_they_were(canceller: EchoCanceller) -> None:
    person = voice(4, HEARD_RATE, 120, seed=3)
    left = listen(canceller, np.zeros(0, np.float32), person)
    lines, left_lines = (np.abs(np.fft.rfft(sound)[400:24_000]) for sound in (person, left))
    assert abs(decibels(left) - decibels(person)) < 0.5
    assert np.corrcoef(lines, left_lines)[0, 1] > 0.98


def test_her_voice_may_be_given_in_lumps(canceller: EchoCanceller) -> None:
    microphone = heard_in_the_room(lowered(HERS), 0.3, -20)
    left = listen(canceller, HERS, microphone, lambda frame: 0 if frame % 10 else 10)[2 * HEARD_RATE :]
    assert audible(left) < 0.15


def test_a_change_of_the_way_is_over_soon(canceller: EchoCanceller) -> None:
    """The player at the other end ran dry for a fifth of a second: from then on everything is later."""
    early, late = (heard_in_the_room(lowered(HERS), delay, -12) for delay in (0.1, 0.3))
    microphone = np.concatenate([early[: 4 * HEARD_RATE], late[4 * HEARD_RATE :]])
    left = listen(canceller, HERS, microphone)[round(4.3 * HEARD_RATE) :]
    assert audible(microphone[round(4.3 * HEARD_RATE) :]) > 0.8
    assert audible(left) < 0.3


def test_no_sound_stays_no_sound(canceller: EchoCanceller) -> None:
    """A dead microphone is still known by it."""
    assert not listen(canceller, HERS, np.zeros(HEARD_RATE, np.float32)).any()


def test_a_canceller_that_gives_up_does_not_end_the_call(
    monkeypatch: pytest.MonkeyPatch, canceller: EchoCanceller
) -> None:
    def broken(near: Sound, far: Sound) -> Sound:
        raise RuntimeError("stream parameters")

    monkeypatch.setattr(canceller, "_cancel", broken)
    microphone = heard_in_the_room(lowered(HERS), 0.12, -20)
    assert audible(listen(canceller, HERS, microphone)[2 * HEARD_RATE :]) < 0.15
