"""How an end sounded, on voices made of a few sines: a pitch, its overtones, a loudness."""

import numpy as np
import pytest

from os1.voice.base import HEARD_RATE, Sound
from os1.voice.prosody import Prosody, prosody


def voice(pitches: list[float], seconds: float, fade: float = 0.03, noise: float = 0.0) -> Sound:
    """A voice that moves through these pitches (hertz), fades, and is followed by 0.1 s of silence."""
    samples = int(seconds * HEARD_RATE)
    pitch = np.interp(np.linspace(0, 1, samples), np.linspace(0, 1, len(pitches)), pitches)
    phase = 2 * np.pi * np.cumsum(pitch) / HEARD_RATE
    overtones = np.arange(1, 9)[:, np.newaxis]
    sound = (np.sin(phase * overtones) / overtones).sum(axis=0) * 0.1
    fading = int(fade * HEARD_RATE)
    sound[-fading:] *= np.linspace(1, 0, fading)
    whole = np.concatenate([sound, np.zeros(HEARD_RATE // 10)])
    return (whole + np.random.default_rng(1).standard_normal(len(whole)) * noise).astype(np.float32)


def of(sound: Sound) -> Prosody:
    found = prosody(sound)
    assert found is not None
    return found


@pytest.mark.parametrize("usual", [95.0, 140.0, 210.0, 260.0])
def test_a_fall_and_a_rise_are_told_apart_in_any_voice(usual: float) -> None:
    fall = of(voice([usual, usual, usual, usual * 0.7], 1.6))
    rise = of(voice([usual, usual, usual, usual * 1.4], 1.6))
    assert fall.height < -2 < 2 < rise.height
    assert abs(of(voice([usual, usual], 1.6)).height) < 0.7


def test_a_room_does_not_change_where_the_voice_went() -> None:
    quiet, noisy = voice([180, 180, 180, 120], 1.6), voice([180, 180, 180, 120], 1.6, noise=0.008)
    assert abs(of(noisy).height - of(quiet).height) < 1.0


def test_a_last_sound_that_dies_away_is_held_longer_and_dimmer() -> None:
    slow, abrupt = of(voice([160, 150], 1.4, fade=0.4)), of(voice([160, 150], 1.4, fade=0.02))
    assert slow.held > abrupt.held + 0.1
    assert slow.dimming < abrupt.dimming - 3


def test_breath_rings_less_than_a_voice() -> None:
    hum = voice([150, 150], 1.2)
    breath = hum.copy()
    start = int(1.0 * HEARD_RATE)
    breath[start : start + 3_200] = np.random.default_rng(2).standard_normal(3_200) * 0.05
    assert of(breath).clear < of(hum).clear - 0.1


def test_the_length_counts_only_while_it_is_short() -> None:
    assert abs(of(voice([150, 150], 0.5)).seconds - 0.5) < 0.08
    assert of(voice([150, 150], 1.5)).seconds == of(voice([150, 150], 6.0)).seconds == 1.2


@pytest.mark.parametrize("samples", [0, 1, 79, 400, 1_600, 16_000])
def test_silence_has_no_melody(samples: int) -> None:
    assert prosody(np.zeros(samples, np.float32)) is None


def test_noise_alone_has_none_that_matters() -> None:
    hiss = (np.random.default_rng(3).standard_normal(32_000) * 0.01).astype(np.float32)
    found = prosody(hiss)
    assert found is None or all(np.isfinite(found))


def test_a_clipped_voice_is_still_measured() -> None:
    loud = np.clip(voice([150, 150, 110], 1.5) * 20, -1, 1).astype(np.float32)
    assert all(np.isfinite(of(loud)))
