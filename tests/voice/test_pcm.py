"""Sound as 16 bits, and back."""

import io
import wave

import numpy as np
import pytest

from os1.voice.pcm import from_pcm, to_pcm, wav


def test_sound_survives_16_bits():
    sound = np.linspace(-1, 1, 999, dtype=np.float32)
    assert from_pcm(to_pcm(sound)) == pytest.approx(sound, abs=1e-4)


def test_what_is_too_loud_is_cut_off_and_does_not_turn_over():
    assert from_pcm(to_pcm(np.array([2.0, -2.0], np.float32))) == pytest.approx([1, -1], abs=1e-4)


def test_what_comes_before_the_sound_is_left_out():
    assert len(from_pcm(b"head" + to_pcm(np.zeros(3, np.float32)), 4)) == 3


def test_a_file_says_its_rate():
    with wave.open(io.BytesIO(wav(np.zeros(240, np.float32), 24_000))) as file:
        assert (file.getframerate(), file.getnframes(), file.getnchannels()) == (24_000, 240, 1)
