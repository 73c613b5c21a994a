"""The words of the bench, from utterances.toml, and how many of them were understood. Pure but for reading that file."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

FILE = Path(__file__).with_name("utterances.toml")
BREAK = " | "
Which = Literal["test", "dev"]

SHORT = {
    "i'm": "i am", "it's": "it is", "that's": "that is", "don't": "do not", "didn't": "did not", "can't": "can not",
    "cannot": "can not", "i'd": "i would", "i've": "i have", "i'll": "i will", "won't": "will not",
    "she's": "she is", "he's": "he is", "what's": "what is", "isn't": "is not", "doesn't": "does not",
    "let's": "let us", "you're": "you are", "we're": "we are", "there's": "there is", "mum": "mom",
    "ok": "okay", "yep": "yes", "alright": "all right",
    "neighbours": "neighbors", "colour": "color", "favourite": "favorite", "to-morrow": "tomorrow",
}  # fmt: skip
"""Ways of writing the same sounds."""
NO_WORDS = frozenset(["um", "uh", "uhm", "er", "erm", "hm", "hmm", "mm", "mhm", "mmhm", "uhhuh", "ah", "oh"])
"""Hesitations: nobody minds whether they are written down."""
ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@cache
def _file() -> dict[str, dict[str, list[str]]]:
    told: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return told


def words_for(which: Which | Literal["asking"], kind: str) -> list[str]:
    return list(_file()[which][kind])


def whole(text: str) -> str:
    """A sentence with its pause, as it is spoken in one go."""
    return text.replace(BREAK, " ")


def break_at(text: str) -> float:
    """How far into the sentence its pause lies: a share of its letters, which come at an even pace."""
    before, _, after = text.partition(BREAK)
    return len(before) / (len(before) + len(after))


def plain(text: str) -> list[str]:
    """The words, however they were written: no case, no punctuation, numbers in words, contractions in full."""
    words = re.findall(r"[a-z0-9'-]+", text.lower().replace("’", "'"))
    written = [part for word in words for part in (_known(word) or word.split("-"))]
    spelt = [part for word in written for part in _spelt(word.strip("'")).split()]
    return [word for word in spelt if word not in NO_WORDS]


def _known(word: str) -> list[str]:
    """A word with a hyphen that is one word all the same."""
    together = word.replace("-", "")
    if together in NO_WORDS:
        return [together]
    return [SHORT[word]] if "-" in word and word in SHORT else []


def _spelt(word: str) -> str:
    if word.isdigit() and int(word) < 100:
        tens, ones = divmod(int(word), 10)
        return ONES[int(word)] if int(word) < 20 else " ".join([TENS[tens], *([ONES[ones]] if ones else [])])
    return SHORT.get(word, word)


def misheard(said: Sequence[str], heard: Sequence[str]) -> int:
    """Words to put in, take out or change to get from the one to the other: as few as will do."""
    row = list(range(len(heard) + 1))
    for number, word in enumerate(said, 1):
        before, row[0] = row[0], number
        for place, other in enumerate(heard, 1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (word != other))
    return row[-1]


def error_rate(pairs: Sequence[tuple[str, str]]) -> float:
    """Of (said, heard), over all words: what is usually called the word error rate."""
    each = [(plain(said), plain(heard)) for said, heard in pairs]
    words = sum(len(said) for said, _ in each)
    return sum(misheard(said, heard) for said, heard in each) / words if words else 0.0
