"""The 32,768 pieces that Moonshine writes with: from numbers to text, and back.

It knows neither the sound nor the model.
"""

import re
from collections.abc import Collection
from pathlib import Path

from os1.errors import ModelMissing, ModelRefused

SPACE = "▁".encode()
"""How the pieces spell a space."""
LONGER = 128
"""A length from here on takes two bytes."""
BYTES = range(3, 259)
"""The pieces that are single bytes, for what has no piece of its own."""
SIGN = re.compile(rb"<[^>]*>{1,2}")
"""Pieces that are signs for the model, such as <s> and <<ST_7>>."""


class Pieces:
    def __init__(self, spelled: list[bytes]) -> None:
        self._spelled = spelled
        self._numbers = {piece: number for number, piece in enumerate(spelled) if not SIGN.fullmatch(piece)}
        self._numbers |= {spelled[number]: number for number in BYTES if spelled[number] not in self._numbers}
        self._longest = max(map(len, self._numbers))

    @classmethod
    def read(cls, file: Path) -> "Pieces":
        """Raises ModelMissing or ModelRefused."""
        try:
            return cls(_unpack(file.read_bytes()))
        except OSError as error:
            raise ModelMissing(f"{file} cannot be read: {error.strerror}.") from error
        except (IndexError, ValueError) as error:
            raise ModelRefused(f"{file} holds no pieces of words.") from error

    def text(self, numbers: list[int]) -> str:
        spelled = b"".join(
            self._spelled[number] for number in numbers if not SIGN.fullmatch(self._spelled[number])
        )
        return spelled.replace(SPACE, b" ").decode(errors="ignore").strip()

    def that_spell(self, texts: Collection[str]) -> list[int]:
        """All numbers that alone spell one of these; a word that begins anew has a space before it."""
        wanted = {text.encode().replace(b" ", SPACE) for text in texts}
        return [number for number, piece in enumerate(self._spelled) if piece in wanted]

    def of(self, text: str) -> list[int]:
        """Numbers that spell this text, the longest pieces first: nearly always those that the model would choose."""
        left = (" " + text).encode().replace(b" ", SPACE) if text else b""
        numbers: list[int] = []
        while left:
            size = next(
                size for size in range(min(self._longest, len(left)), 0, -1) if left[:size] in self._numbers
            )
            numbers.append(self._numbers[left[:size]])
            left = left[size:]
        return numbers


def _unpack(packed: bytes) -> list[bytes]:
    """Each piece with its length before it."""
    pieces: list[bytes] = []
    at = 0
    while at < len(packed):
        length, at = packed[at], at + 1
        if length >= LONGER:
            length, at = length - LONGER + LONGER * packed[at], at + 1
        pieces.append(packed[at : at + length])
        at += length
    return pieces
