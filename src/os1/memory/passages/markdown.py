"""Markdown notes: a section is what stands under a heading; its day is in the heading, above it, or in the file's name.

It does not know where the files lie, nor who keeps them: that is told to it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from os1.memory.passages.base import Item, Place, brought, key_of, passages
from os1.memory.passages.times import dateline, day_in_name, noon, time_of_day
from os1.memory.passages.writing import Entry, decoded
from os1.memory.records import Speaker

HEADING = re.compile(r"(#{1,6})\s+(.*)")
FENCE = re.compile(r"\s*(```|~~~)")
DATE_IN_FRONT = re.compile(r"(?:date|created)\s*:\s*(.+)", re.IGNORECASE)
OF_AN_AGENT = frozenset({"memory.md", "soul.md", "identity.md", "user.md", "heartbeat.md"})
"""Files by which a folder is known as the notes of a program that kept them about the person, not by them."""
INSTRUCTIONS = frozenset(
    {"agents.md", "claude.md", "tools.md", "skill.md", "bootstrap.md", "readme.md", "license.md"}
)
"""Files that tell a program what to do, or what a folder is: no memories."""


def notes(lines: Iterable[bytes], name: str, speaker: Speaker, place: Place) -> Iterator[Item]:
    """The sections of one file, in order. `speaker`: companion for what a program noted."""
    sections = _Sections(name, speaker, place)
    fenced = in_front = False
    for number, line in enumerate(decoded(lines)):
        if in_front or (number == 0 and line.rstrip() == "---"):
            in_front = number == 0 or line.rstrip() != "---"
            sections.read_front(line)
            continue
        if FENCE.match(line):
            fenced = not fenced
        heading = None if fenced else HEADING.match(line)
        if heading:
            yield from sections.end()
            sections.begin(len(heading[1]), heading[2])
        if sections.add(line):
            yield from sections.end()
    yield from sections.end()


class _Sections:
    """The section being read, and the days of the headings above it."""

    def __init__(self, name: str, speaker: Speaker, place: Place) -> None:
        self._name, self._place = name, place
        self._speaker: Speaker = speaker
        self._entry = Entry()
        self._number = 0
        self._days: dict[int, date] = {}
        if day := day_in_name(name):
            self._days[0] = day
        self._at: time | None = None

    def read_front(self, line: str) -> None:
        """A file may say its date in front, between two rules."""
        if (said := DATE_IN_FRONT.match(line)) and (found := dateline(said[1].strip(" \"'\n"))):
            self._days.setdefault(0, found.day)

    def begin(self, level: int, title: str) -> None:
        self._days = {above: day for above, day in self._days.items() if above < level}
        found = dateline(title, year=self._day.year if self._day else None)
        if found:
            self._days[level] = found.day
        self._at = found.at if found else time_of_day(title)

    @property
    def _day(self) -> date | None:
        return self._days[max(self._days)] if self._days else None

    def add(self, line: str) -> bool:
        return self._entry.add(line)

    def end(self) -> Iterator[Item]:
        text = self._entry.take()
        if not text or HEADING.fullmatch(text):  # a heading with nothing under it says nothing
            return
        self._number += 1
        who = "" if self._speaker == "person" else f"The notes in {self._name}"
        event = brought("markdown", key_of(self._name, self._day, text), self._speaker, text)
        yield from passages(event.model_copy(update={"name": who, "talk": self._name}), self._when())

    def _when(self) -> datetime:
        return noon(self._day, self._place.zone, self._at) if self._day else self._place.now
