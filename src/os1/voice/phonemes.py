"""From words to the sounds of English, in the alphabet that both of her own mouths read: hibari's own reader.

It reads numbers, money, times and abbreviations, and guesses at words it has never seen. It does not know who speaks.
The package is an extra; without it, or for text it stumbles over, it says so by the one error of a mouth.
"""

# hibari comes without types: what leaves this module is typed by hand.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from os1.errors import MouthUnavailable

try:
    import hibari
    from hibari.g2p import G2P as Reader
except ImportError:  # the extra is not installed: her mouths are then not here, and the house says so
    hibari = None
    Reader = None

MOST = 400
"""Sounds said in one go: what the model was trained on, 25 s."""
UNSEEN = "flimbered"
"""A word in no lexicon: reading it once loads the model that guesses, before anybody waits for it."""
STUMBLES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What the reader raises at letters of other alphabets, a dotted capital I for one: then they are left out."""
SEPARATORS = ";:,.!?—… "


class Phonemes:
    """The reader of one accent. Blocking: loading takes 0.4 s, a sentence 1 to 3 ms. One thread at a time."""

    def __init__(self, *, british: bool = False) -> None:
        if hibari is None or Reader is None:
            raise MouthUnavailable(
                "The package hibari-tts is not installed; it comes with the extra `voice`."
            )
        self._read: Any = Reader(british=british)
        self._split: Any = hibari.Hibari.split_sentences
        self._numbers: dict[str, int] = json.loads((assets() / "vocab.json").read_text("utf-8"))
        self._read(f"Hello {UNSEEN}.")

    def of(self, text: str) -> list[str]:
        """The sounds of each sentence; nothing for text that has none. Raises MouthUnavailable."""
        try:
            sentences = self._sentences(text)
        except STUMBLES:
            plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
            try:
                sentences = self._sentences(plain)
            except STUMBLES as error:
                raise MouthUnavailable(f"These words cannot be read: {type(error).__name__}.") from error
        return [part for sentence in sentences for part in _parts(sentence) if _sounds(part)]

    def _sentences(self, text: str) -> list[str]:
        return [str(self._read(sentence)) for sentence in self._split(text)]

    def numbers(self, sounds: str) -> list[int]:
        """As the models read them: one for each sound, between two zeros."""
        return [0, *(self._numbers[sound] for sound in sounds if sound in self._numbers), 0]


def assets() -> Path:
    """Where the package keeps its models."""
    if hibari is None:
        raise MouthUnavailable("The package hibari-tts is not installed; it comes with the extra `voice`.")
    return Path(str(hibari.__file__)).parent / "assets"


@cache
def american() -> Phonemes:
    return Phonemes()


@cache
def british() -> Phonemes:
    return Phonemes(british=True)


def _parts(sounds: str) -> list[str]:
    """Pieces the models can say in one go, cut at a mark if there is one."""
    parts: list[str] = []
    while len(sounds) > MOST:
        cut = next((at for mark in SEPARATORS if (at := sounds.rfind(mark, 1, MOST)) > 0), MOST - 1) + 1
        parts.append(sounds[:cut])
        sounds = sounds[cut:]
    return [*parts, sounds]


def _sounds(part: str) -> bool:
    """Marks alone would be half a second of breath."""
    return any(sound.isalpha() for sound in part)
