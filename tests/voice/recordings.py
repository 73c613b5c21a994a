"""Two recorded sentences, spoken by a synthetic voice (hibari, Apache License 2.0), and the models that hear them."""

import wave
from pathlib import Path

from os1.voice.base import HEARD_RATE, Sound
from os1.voice.pcm import from_pcm

HERE = Path(__file__).parent
MODELS = Path.home() / ".cache" / "os1" / "models"

ARE_YOU_THERE = "Are you there?"
MY_SISTER = "My sister is getting married in June."
FILES = {ARE_YOU_THERE: "are_you_there.wav", MY_SISTER: "my_sister.wav"}


def recording(sentence: str) -> Sound:
    with wave.open(str(HERE / FILES[sentence])) as file:
        assert file.getframerate() == HEARD_RATE
        return from_pcm(file.readframes(file.getnframes()))


def plain(text: str) -> list[str]:
    """Its words, without what a person does not hear."""
    return "".join(letter for letter in text.lower() if letter.isalnum() or letter == " ").split()
