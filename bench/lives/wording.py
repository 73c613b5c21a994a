"""The tables of phrases and values, and how a person types: small letters, slips of the finger, something around it.

Pure but for the tables, which are read once. It does not know what is true.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Literal

HERE = Path(__file__).parent


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


SAYINGS: dict[str, dict[str, str]] = _table("sayings")
TALK: dict[str, dict[str, str]] = _table("talk")
POOLS: dict[str, Any] = _table("pools")

Sayings = Literal["all", "even", "odd"]
"""Which phrasings a life is told in: every one, or every other line of each table. What a listener was taught on one half
can so be examined on the other, which nobody who taught it has looked at."""
HALVED = ("answers", "corrections", "traps", "diary", "people")
"""The tables of `TALK` that tell or ask; the rest is small talk, hers, or secret."""


def only(table: dict[str, dict[str, str]], sayings: Sayings) -> dict[str, dict[str, str]]:
    """Every other line of each entry of several lines."""
    if sayings == "all":
        return table
    first_line = 0 if sayings == "even" else 1
    return {
        kind: {how: _halved(text, first_line) for how, text in entries.items()}
        for kind, entries in table.items()
    }


def _halved(text: str, first_line: int) -> str:
    some = lines(text)
    return "\n".join(some[first_line::2]) if len(some) > 1 else text


LONG_WORD = 5
"""Letters a word has at least before a finger slips in it: in shorter ones a slip makes another word."""


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def items(text: str) -> list[str]:
    return [item for line in lines(text) for item in line.split(";")]


def first(value: str) -> str:
    return value.split("|")[0]


def with_article(value: str) -> str:
    if value.startswith(("a ", "an ", "the ", "my ")):
        return value
    return f"{'an' if value[0].lower() in 'aeio' else 'a'} {value}"


def spoken_day(day: date, said: date) -> str:
    """As one says it on the day `said`: a weekday within the week, a date beyond."""
    return f"{day:%A}" if 0 < (day - said).days < 7 else f"{day.day} {day:%B}"


def birthday(chance: Random) -> str:
    """A day of the year, with the other ways to write it."""
    day = date(2021, 1, 1) + timedelta(days=chance.randrange(365))
    th = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day not in (11, 12, 13) else 0, "th")
    return (
        f"{day.day} {day:%B}|{day:%B} {day.day}|{day.day}{th} of {day:%B}|{day:%B} {day.day}{th}|{day:%m-%d}"
    )


@dataclass
class Typing:
    """How one person types."""

    chance: Random
    small: float
    """Share of turns without a capital letter."""
    slips: float
    """Share of statements with a slip of the finger."""

    def fill(self, template: str, **values: str) -> str:
        return (self._slip(template) if self.chance.random() < self.slips else template).format(**values)

    def dress(self, statement: str, around: float) -> tuple[str, str]:
        """The whole turn, and the statement as it stands in it. Both changes keep the length."""
        before = after = ""
        if self.chance.random() < around:
            before = self.chance.choice(items(TALK["small"]["typed"]))
        if self.chance.random() < around:
            end = "" if statement[-1] in "!?.)" else "."
            after = f"{end} {self.chance.choice(lines(TALK['small']['after']))}"
        whole = f"{before}{statement}{after}"
        whole = whole.lower() if self.chance.random() < self.small else capitals(whole)
        if self.chance.random() < 0.05:
            whole += " " + self.chance.choice(items(TALK["small"]["emoji"]))
        return whole, whole[len(before) : len(before) + len(statement)]

    def _slip(self, template: str) -> str:
        words = [
            found
            for found in re.finditer(r"(?<![{'\w])[a-z]+(?![}'\w])", template)
            if found.end() - found.start() >= LONG_WORD
        ]
        if not words:
            return template
        word = self.chance.choice(words)
        at = self.chance.randrange(word.start() + 1, word.end() - 2)
        how = self.chance.choice(("swap", "drop", "twice"))
        middle = {
            "swap": template[at + 1] + template[at],
            "drop": template[at + 1],
            "twice": template[at] * 2 + template[at + 1],
        }
        return template[:at] + middle[how] + template[at + 2 :]


def capitals(text: str) -> str:
    """As a phone would put them."""
    text = re.sub(r"\bi\b(?!-)", "I", text)
    return re.sub(r"(^|[.!?] +)(['\"]?)([a-z])", lambda at: at[1] + at[2] + at[3].upper(), text)


def canaries(chance: Random, many: int) -> list[str]:
    """Words that no one has ever said, each unlike all others and inside no other word."""
    starts, middles, ends = (
        ["Bv", "Dr", "Gl", "Kv", "Pr", "Sk", "Tr", "Vl", "Zw"],
        ["abrix", "elquo", "izzam", "oplun", "uthav", "yrgol"],
        ["ek", "ond", "urf", "ith", "asp", "om"],
    )
    made = [a + b + c for a in starts for b in middles for c in ends]
    return chance.sample(made, many)
