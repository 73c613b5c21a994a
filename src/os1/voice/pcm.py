"""Sound as signed 16 bit samples, little-endian, as it goes over wires and into files. It does not know which."""

import io
import wave

import numpy as np

from os1.voice.base import Sound

FULL_SCALE = 32_767


def to_pcm(sound: Sound) -> bytes:
    """What is too loud is cut off."""
    return (np.clip(sound, -1, 1) * FULL_SCALE).astype("<i2").tobytes()


def from_pcm(data: bytes | memoryview, offset: int = 0) -> Sound:
    """`offset`: bytes that come before the sound."""
    return np.frombuffer(data, "<i2", offset=offset).astype(np.float32) / np.float32(FULL_SCALE + 1)


def wav(sound: Sound, rate: int) -> bytes:
    """A whole file, mono."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(to_pcm(sound))
    return file.getvalue()
