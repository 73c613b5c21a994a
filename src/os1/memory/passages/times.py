"""Dates and times as people and programs write them, in seven languages. Text in, moments out.

A date that could be read two ways is read by the order that was asked for. It guesses no year and no zone.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, tzinfo
from typing import Literal, NamedTuple

Order = Literal["dmy", "mdy"]

NOON = time(12)
"""A day without an hour is kept as its noon: it stays that day in nearly every zone."""
EARLIEST, LATEST = 1900, 2199
"""Years in which someone may have said something."""
FURTHEST = 60
"""Characters within which a line that begins with a date has its first digit: "Dear diary, Wednesday the September" is 34."""
MILLISECONDS = 1e11
"""Numbers above are milliseconds since 1970, not seconds: the one would be the year 5138, the other 1973."""

_MONTHS = (
    "jan january januar jänner janvier enero janeiro gennaio januari",
    "feb february februar février fevrier febrero fevereiro febbraio februari",
    "mar march märz maerz mrz mars marzo março marco maart",
    "apr april avril abril aprile",
    "may mai mayo maio maggio mei",
    "jun june juni juin junio junho giugno",
    "jul july juli juillet julio julho luglio",
    "aug august août aout agosto augustus",
    "sep sept september septembre septiembre setiembre setembro settembre",
    "oct october oktober okt octobre octubre outubro ottobre",
    "nov november novembre noviembre novembro",
    "dec december dezember dez décembre decembre diciembre dezembro dicembre",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_WEEKDAYS = (
    "mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo "
    "segunda terça quarta quinta sexta segunda-feira terça-feira quarta-feira quinta-feira sexta-feira "
    "lunedì martedì mercoledì giovedì venerdì sabato domenica "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_MONTH = rf"(?P<month>{_any_of(list(MONTHS))})\b\.?"
_YEAR = r"(?P<y>(?:19|20|21)\d\d)(?!\d)"
_DAY = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th|er|º|°|\.)?"
_SHORT_YEAR = r"(?P<y>(?:19|20|21)\d\d|\d\d)(?!\d)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}\s?[-/.年]\s?(?P<m>\d\d?)\s?[-/.月]\s?(?P<d>\d\d?)(?!\d)日?",
        rf"(?P<a>\d\d?)(?P<sep>[-/.])\s?(?P<b>\d\d?)(?P=sep)\s?{_SHORT_YEAR}",
        rf"{_DAY}\s*(?:of\s+|de\s+)?{_MONTH},?(?:\s*(?:de\s+|del\s+)?{_YEAR})?",
        rf"{_MONTH}\s+{_DAY}(?![\d:])(?:,?\s+{_YEAR})?",
    )
)
_BEFORE = re.compile(
    r"[\s#>*_=~\-\[({]*(?:(?:date|datum|fecha|data)\s*:\s*)?(?:(?:dear diary|liebes tagebuch|cher journal),?\s+)?"
    rf"(?:(?:{_any_of(_WEEKDAYS.split())})\b\.?,?\s+(?:(?:the|den|le|el)\s+)?)?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[\s,|@]*(?:\bat\s+|\bum\s+|\bà\s+|T(?=\d))?[-–—(\[]?\s*(?:(?P<h>[0-2]?\d)[:.h](?P<min>[0-5]\d)(?::(?P<s>[0-5]\d)(?:\.\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?(?:\s*uhr\b)?|(?P<hour>1?\d)\s*(?P<part>[ap]\.?m\b\.?))(?![\d:])",
    re.IGNORECASE,
)
_AFTER = re.compile(r"[\s*_\])}=~#\-–—:.,;|]*")
_SEPARATOR = re.compile(r"[\s*_\])}]*(?:[:,;|–—]|\.\s|-\s|-$)\s*")
_DIGIT = re.compile(r"\d")
_TAVERN = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)\s*@\s*(\d\d?)h\s*(\d\d?)m\s*(?:(\d\d?)s)?\s*(?:(\d{1,3})ms)?", re.IGNORECASE
)
_IN_A_NAME = re.compile(r"(?<!\d)((?:19|20|21)\d\d)[-_. ]?([01]\d)[-_. ]?([0-3]\d)(?!\d)")


class Dateline(NamedTuple):
    """A line that begins with a date."""

    day: date
    at: time | None
    rest: str
    """What stands on the line after it."""
    clear: bool
    """Whether the date stands by itself, or apart from what follows by a mark."""


def dateline(line: str, order: Order = "dmy", year: int | None = None) -> Dateline | None:
    """The date a line begins with, if it does. `year`: for a date that has none; without it there is no such date."""
    if not _DIGIT.search(line, 0, FURTHEST):
        return None
    start = _BEFORE.match(line)
    begins = start.end() if start else 0
    for form in _FORMS:
        if (found := form.match(line, begins)) and (day := _day(found, order, year)):
            break
    else:
        return None
    at, ends = None, found.end()
    if clock := _TIME.match(line, ends):
        at = _time(clock)
        ends = clock.end() if at else ends
    if line[ends : ends + 1].isalnum():
        return None
    if not line[_end_of(_AFTER, line, ends) :]:
        return Dateline(day, at, "", clear=True)
    if apart := _SEPARATOR.match(line, ends):
        return Dateline(day, at, line[apart.end() :], clear=True)
    return Dateline(day, at, line[ends:].lstrip(" *_])}"), clear=at is not None)


def _end_of(pattern: re.Pattern[str], line: str, start: int) -> int:
    found = pattern.match(line, start)
    return found.end() if found else start


def order_in(line: str) -> Order | None:
    """Which way round this line's date must be, if it gives that away: "23/11/2026"."""
    found = _in_numbers(line)
    return _must(int(found["a"]), int(found["b"])) if found else None


def is_ambiguous(line: str) -> bool:
    """Whether it begins with a date in numbers whose order is not known from itself: "03/04/2021"."""
    found = _in_numbers(line)
    return found is not None and found["sep"] != "." and order_in(line) is None and found["a"] != found["b"]


def _in_numbers(line: str) -> re.Match[str] | None:
    if not _DIGIT.search(line, 0, FURTHEST):
        return None
    start = _BEFORE.match(line)
    return _FORMS[1].match(line, start.end() if start else 0)


def time_of_day(line: str) -> time | None:
    """The hour a line begins with: "14:30", "9.15 pm"."""
    start = _BEFORE.match(line)
    found = _TIME.match(line, start.end() if start else 0)
    return _time(found) if found else None


def day_in_name(name: str) -> date | None:
    """The date in a file's name: "2026-11-23.md", "diary_20261123.txt"."""
    for found in _IN_A_NAME.finditer(name):
        if day := _date(*(int(part) for part in found.groups())):
            return day
    return None


def moment(written: object, zone: tzinfo) -> datetime | None:
    """When: seconds or milliseconds since 1970, ISO, or as SillyTavern writes it. None for what is no time."""
    if isinstance(written, bool):
        return None
    if isinstance(written, int | float):
        return _since_1970(written)
    if not isinstance(written, str) or len(written) > 60:
        return None
    text = written.strip()
    if text.replace(".", "", 1).isdecimal() and len(text) > 8:
        return _since_1970(float(text))
    if tavern := _TAVERN.match(text):
        year, month, day, hour, minute, second, milli = (int(part or 0) for part in tavern.groups())
        return _at((year, month, day, hour, minute, second, milli * 1000), zone)
    try:
        return _sane(_with_zone(datetime.fromisoformat(text), zone))
    except (ValueError, OverflowError):
        pass
    line = dateline(text)
    return noon(line.day, zone, line.at) if line and not line.rest else None


def noon(day: date, zone: tzinfo, at: time | None = None) -> datetime:
    """That day there, at that time, or at noon."""
    return datetime.combine(day, at or NOON, zone).astimezone(UTC)


def _since_1970(seconds: float) -> datetime | None:
    try:
        return _sane(datetime.fromtimestamp(seconds / 1000 if abs(seconds) > MILLISECONDS else seconds, UTC))
    except (ValueError, OverflowError, OSError):
        return None


def _at(parts: tuple[int, ...], zone: tzinfo) -> datetime | None:
    try:
        year, month, day, hour, minute, second, micro = parts
        return _sane(datetime(year, month, day, hour, minute, second, micro, zone).astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def _with_zone(at: datetime, zone: tzinfo) -> datetime:
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _sane(at: datetime) -> datetime | None:
    """0 is what a program writes that does not know: nobody spoke with one in 1970."""
    return at if EARLIEST <= at.year <= LATEST and at.timestamp() != 0 else None


def _day(found: re.Match[str], order: Order, year: int | None) -> date | None:
    named = {name: part for name, part in found.groupdict().items() if part}
    if written := named.get("y"):
        year = int(written)
        if len(written) == 2:
            year += 1900 if year >= 70 else 2000
    if year is None:
        return None
    if "a" in named:
        first, second = int(named["a"]), int(named["b"])
        usual: Order = "dmy" if named["sep"] == "." else order
        month_first = (_must(first, second) or usual) == "mdy"
        return _date(year, first, second) if month_first else _date(year, second, first)
    month = MONTHS[named["month"].lower()] if "month" in named else int(named["m"])
    return _date(year, month, int(named["d"]))


def _must(first: int, second: int) -> Order | None:
    if first > 12 >= second:
        return "dmy"
    return "mdy" if second > 12 >= first else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None


def _time(found: re.Match[str]) -> time | None:
    hour, minute = int(found["h"] or found["hour"]), int(found["min"] or 0)
    if half := (found["half"] or found["part"] or "").lower():
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * half.startswith("p")
    return time(hour, minute, int(found["s"] or 0)) if hour < 24 else None
