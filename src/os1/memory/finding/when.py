"""The stretch of time that a question is about: "yesterday", "last week", "two months ago". Pure.

It does not know what was said then. Days and weeks are those of the time zone of `now`.
"""

import re
from datetime import datetime, timedelta

from os1.memory.finding.wordlists import COUNTED, MONTHS, WEEKDAYS

NUMBERS = {"a couple of": 2, "a": 1, "an": 1} | {word: n for n, word in enumerate(COUNTED[:12], start=1)}
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}

_AGO = re.compile(rf"\b(\d{{1,3}}|{'|'.join(NUMBERS)}) ({'|'.join(DAYS)})s? ago\b")
_LAST = re.compile(rf"\b(last|this|past) (week|month|year|night|{'|'.join(WEEKDAYS)})\b")
_ON = re.compile(rf"\bon ({'|'.join(WEEKDAYS)})\b")

_IN_MONTH = re.compile(rf"\b(?:in|of|during|since|last|this|early|late|\d) ({'|'.join(MONTHS)})\b")
_IN_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

Stretch = tuple[datetime, datetime]


def asked(text: str, now: datetime) -> Stretch | None:
    """From when to when, if the text says so."""
    text = text.lower()
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if "yesterday" in text or "last night" in text:
        return today - timedelta(days=1), today + timedelta(hours=4 if "night" in text else 0)
    if re.search(r"\b(?:today|this morning)\b", text):
        return today, now
    if ago := _AGO.search(text):
        return _ago(int(NUMBERS.get(ago[1]) or ago[1]), ago[2], today)
    if last := _LAST.search(text):
        return _named(last[1], last[2], today, now)
    if on := _ON.search(text):
        return _weekday(on[1], today)
    return _of_calendar(text, today)


def _of_calendar(text: str, today: datetime) -> Stretch | None:
    """A month, a year, or a month of a year. Without its year, a month is the last one that has begun."""
    month, year = _IN_MONTH.search(text), _IN_YEAR.search(text)
    if month:
        number = MONTHS.index(month[1]) + 1
        of = int(year[0]) if year else today.year - (number > today.month)
        first = today.replace(year=of, month=number, day=1)
        return first, (first + timedelta(days=31)).replace(day=1)
    if year:
        first = today.replace(year=int(year[0]), month=1, day=1)
        return first, first.replace(year=first.year + 1)
    return None


def _ago(many: int, unit: str, today: datetime) -> Stretch:
    """About then: people round, and the more the longer ago it is."""
    days = many * DAYS[unit]
    slack = timedelta(days=DAYS[unit] // 2)
    start = today - timedelta(days=days)
    return start - slack, start + timedelta(days=1) + slack


def _named(which: str, unit: str, today: datetime, now: datetime) -> Stretch:
    if unit in WEEKDAYS:
        return _weekday(unit, today)
    if unit == "week":
        first = today - timedelta(days=today.weekday())
        return (first, now) if which == "this" else (first - timedelta(days=7), first)
    if unit == "month":
        first = today.replace(day=1)
        return (first, now) if which == "this" else ((first - timedelta(days=1)).replace(day=1), first)
    first = today.replace(month=1, day=1)
    return (first, now) if which == "this" else (first.replace(year=first.year - 1), first)


def _weekday(name: str, today: datetime) -> Stretch:
    """The last one that is over: on a Monday, "on Monday" is a week ago."""
    back = (today.weekday() - WEEKDAYS.index(name)) % 7 or 7
    start = today - timedelta(days=back)
    return start, start + timedelta(days=1)
