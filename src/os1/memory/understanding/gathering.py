"""Questions that one memory does not answer: "how often did I go climbing in May?", "who came to the barbecue?".

What they look for, and what is gathered from all the turns that may tell of it. A day that was told twice counts once; what
was only planned, missed or wished for does not count. English; pure. It does not know how turns are found.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Literal, NamedTuple

from os1.memory.finding import when
from os1.memory.finding.wordlists import COUNTED, MONTHS, STOP, WEEKDAYS
from os1.memory.finding.words import content, is_question
from os1.memory.records import Turn
from os1.memory.slots import listed
from os1.memory.understanding.dates import named
from os1.memory.understanding.lexicon import FIRST_NAMES
from os1.memory.understanding.subjects import is_name

LATER = timedelta(days=7)
"""How long after a day people still tell of it."""


class Sought(NamedTuple):
    what: Literal["count", "who"]
    words: tuple[str, ...]
    """Stems that a turn must have."""
    stretch: when.Stretch | None
    """When it was; None: whenever."""


class Gathered(NamedTuple):
    text: str
    """The answer; empty where nothing tells of it."""
    seqs: tuple[int, ...] = ()
    """The turns it rests on."""


_COUNT = re.compile(
    r"(?:how (?:often|many times|frequently)) (?:did|have|do|had|was|were|am|are) (?:i|we)\b(?P<v>[^?!.]{2,80})",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"who(?: all| else)? (?:came|come|was|were|went|showed up|turned up|joined(?: us| me)?|made it|attended|was there)\b(?: there| along| over| with (?:me|us))?"
    r" (?:to|at|for|on|in) (?P<v>[^?!.]{2,80})",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"\b(?:{'|'.join([*MONTHS, *WEEKDAYS])}|(?:19|20)\d\d|last|this|past|week|month|year|yesterday|today|far|ever|been|went|gone|go|going|do|done|doing|"
    r"altogether|total|already)\b",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\b(?:didn'?t|haven'?t|couldn'?t|can'?t|won'?t|never|not|no|missed|skipped|cancell?ed|want(?:ed)? to|would|should|might|maybe|if|tomorrow|"
    r"next|will|going to|gonna|plan(?:s|ning)?|hope|hopefully|wish|thinking of|miss|instead of)\b|'ll\b"
)
_ABSENT = re.compile(
    r"\b(?:couldn'?t|can'?t|didn'?t|wasn'?t|weren'?t|won'?t|missed|missing|sick|without|too bad|shame|not there|sorry|cancell?ed|wish)\b"
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]*")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def sought(question: str, now: datetime) -> Sought | None:
    """What it looks for; None for any other question."""
    for what, pattern in (("count", _COUNT), ("who", _WHO)):
        if found := pattern.search(question):
            stems = tuple(dict.fromkeys(content(_TIMES.sub(" ", found["v"]))))
            return Sought(what, stems, when.asked(question, now)) if stems else None  # pyright: ignore[reportArgumentType]
    return None


def gathered(
    looked_for: Sought, turns: Iterable[Turn], zone: tzinfo, known: Callable[[str], bool]
) -> Gathered:
    """The answer that these turns of the person's give. `known`: whether a word in small letters is someone's name."""
    told = [turn for turn in turns if turn.speaker == "person" and not is_question(turn.text)]
    if looked_for.what == "count":
        return _counted(looked_for, told, zone)
    return _came(looked_for, told, known)


def _counted(looked_for: Sought, turns: Sequence[Turn], zone: tzinfo) -> Gathered:
    days: dict[date, int] = {}
    for turn in turns:
        for text in _telling(turn.text, looked_for.words):
            if (
                not _NOT_DONE.search(text.lower())
                and (day := _day(text, turn, zone))
                and _within(day, looked_for, zone)
            ):
                days.setdefault(day, turn.seq)
    if not days:
        return Gathered("")
    many = len(days)
    often = {1: "Once", 2: "Twice"}.get(many) or f"{_number(many).capitalize()} times"
    on = sorted(days)
    shown = (
        f": on {listed(f'{day:%-d %B}' for day in on)}"
        if many <= SHOWN
        else f", first on {on[0]:%-d %B %Y}, last on {on[-1]:%-d %B %Y}"
    )
    return Gathered(f"{often}, as far as you told me{shown}.", tuple(days[day] for day in on))


SHOWN = 6
"""Days that are named one by one."""


def _number(many: int) -> str:
    return COUNTED[many - 1] if many <= len(COUNTED) else f"{many}"


def _telling(text: str, stems: Sequence[str]) -> Iterator[str]:
    """The sentences of it that have all these words; the whole where they stand in several."""
    sentences = [found[0] for found in _SENTENCE.finditer(text)]
    having = [one for one in sentences if set(stems) <= set(content(one))]
    yield from having or [text]


def _day(text: str, turn: Turn, zone: tzinfo) -> date | None:
    """The day it was: the one that is named, else that on which it was told; None if it lies ahead."""
    said = turn.at.astimezone(zone).date()
    days = [day for day in named(text.lower(), said) if day.kind == "at" and day.when.precision == "day"]
    if not days:
        return said
    return days[0].when.day if days[0].when.day <= said else None


def _within(day: date, looked_for: Sought, zone: tzinfo) -> bool:
    if looked_for.stretch is None:
        return True
    first, last = (moment.astimezone(zone).date() for moment in looked_for.stretch)
    return first <= day < last or first == day


def _came(looked_for: Sought, turns: Sequence[Turn], known: Callable[[str], bool]) -> Gathered:
    """Names in what tells of it; of those who are said to have stayed away, none."""
    came: dict[str, int] = {}
    absent: set[str] = set()
    for turn in turns:
        before = ""
        for sentence in (found[0] for found in _SENTENCE.finditer(turn.text)):
            about = set(looked_for.words) <= set(content(before + sentence))
            names = [*_names(sentence, known)] if about else []
            if _ABSENT.search(sentence.lower()):
                absent |= {name.lower() for name in names}
            else:
                came |= {name: turn.seq for name in names if name not in came}
            before = sentence
    there = {
        name: seq
        for name, seq in came.items()
        if name.lower() not in absent and name.lower() not in looked_for.words
    }
    if not there:
        return Gathered("")
    return Gathered(f"{listed(there)}, as you told it.", tuple(dict.fromkeys(there.values())))


def _names(text: str, known: Callable[[str], bool]) -> Iterator[str]:
    begins = True
    for found in _WORD.finditer(text):
        word = re.sub(r"['’]s?$", "", found[0])
        low = word.lower()
        written = word[0].isupper() and not begins and is_name(word) and low not in STOP
        if low in FIRST_NAMES or known(low) or written:
            yield word if word[0].isupper() else word.title()
        begins = False
