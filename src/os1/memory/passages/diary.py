"""A diary as plain text: a date at the beginning of a line begins an entry, however it is spelled.

All of it is the person's own words. It does not know where the file lies.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from os1.memory.passages.base import Item, Left, Place, brought, key_of, passages
from os1.memory.passages.times import Order, dateline, day_in_name, is_ambiguous, noon, order_in, time_of_day
from os1.memory.passages.writing import Entry, decoded

AMERICA = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Phoenix",
    "America/Detroit", "America/Anchorage", "America/Boise", "Pacific/Honolulu", "America/Indiana/Indianapolis",
)  # fmt: skip
"""Zones of people who write the month first."""


def order_of(lines: Iterable[bytes], place: Place) -> tuple[Order, bool]:
    """Which way round the dates of a diary are, and whether that had to be guessed: one that can be only one way decides."""
    guess: Order = "mdy" if str(place.zone) in AMERICA else "dmy"
    doubtful = False
    for line in decoded(lines):
        if known := order_in(line):
            return known, False
        doubtful = doubtful or is_ambiguous(line)
    return guess, doubtful


def diary(
    lines: Iterable[bytes], name: str, place: Place, order: tuple[Order, bool] = ("dmy", False)
) -> Iterator[Item]:
    """The entries, oldest line first. What stands before the first date has the file's."""
    if order[1]:
        how = "the day" if order[0] == "dmy" else "the month"
        yield Left("file", f"In {name}, dates like 03/04/2021 were read with {how} first.", 0)
    pages = _Pages(name, place)
    after_gap = True
    for line in decoded(lines):
        begun = dateline(line, order[0], pages.year)
        if begun and (begun.clear or after_gap):
            yield from pages.turn()
            pages.begin(begun.day, begun.at)
            line = begun.rest
        elif pages.empty and pages.day and (clock := time_of_day(line)) and line.strip() == _clock(line):
            pages.begin(pages.day, clock)
            line = ""
        after_gap = not line.strip() if not begun else False
        if pages.add(line):
            yield from pages.turn()
    yield from pages.turn()


def _clock(line: str) -> str:
    """The line, if there is nothing on it but a time."""
    text = line.strip()
    return text if len(text) <= 8 else ""


class _Pages:
    """The entry being read, and where in time it is."""

    def __init__(self, name: str, place: Place) -> None:
        self._name, self._place = name, place
        self._entry = Entry()
        self._number = 0
        self.day: date | None = day_in_name(name)
        self._at: time | None = None
        self._dated = self.day is not None
        self.empty = True

    @property
    def year(self) -> int | None:
        """For a date that is written without one: that of the entry before it."""
        return self.day.year if self.day else None

    def begin(self, day: date, at: time | None) -> None:
        if self.day != day:
            self._number = 0
        self.day, self._at, self._dated, self.empty = day, at, True, True

    def add(self, line: str) -> bool:
        self.empty = self.empty and not line.strip()
        return self._entry.add(line)

    def turn(self) -> Iterator[Item]:
        text = self._entry.take()
        if not text:
            return
        self._number += 1
        # Known by its day and words, not by its file: a diary that was copied or goes on brings each entry once.
        key = key_of(self.day, self._at, self._number, text) if self._dated else key_of(self._number, text)
        event = brought("diary", key, "person", text).model_copy(update={"talk": self._name})
        yield from passages(event, self._when())

    def _when(self) -> datetime:
        return noon(self.day, self._place.zone, self._at) if self.day else self._place.now
