"""By when: "tomorrow", "on Friday", "in three days", "on the 5th", "March 3rd", as a date.

Small rules, no guessing: two dates that differ, or a day that does not exist, are no date at all.
It does not know what is due. The day it was said is passed in.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = tuple(name.lower() for name in calendar.month_name)[1:]
_COUNT = {
    name: number
    for number, name in enumerate(
        [
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
        ],
        1,
    )
} | {"a": 1, "an": 1, "a couple of": 2}

_MONTH = "|".join(f"{name}|{name[:3]}" for name in _MONTHS).replace("may|may", "may")
_NEAR = re.compile(
    r"\b(?:(?P<after>the )?day after tomorrow|(?P<tomorrow>tomorrow|tmrw|tmr)|(?P<today>today|tonight|this (?:evening|afternoon|morning|noon)"
    r"|right away|before (?:bed|midnight)|later today))\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    rf"\b(?P<which>next |this |on |by |until |before |(?:on )?this coming )?(?P<day>{'|'.join(_DAYS)})(?P<many>s)?\b(?! ago)",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"\b(?:in|within) (?P<count>\d{1,3}|a couple of|[a-z]+) (?P<unit>day|week|month)s?(?:'? time)?\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\b(?:(?P<next>next) (?P<unit>week|month)|this (?P<weekend>weekend))\b", re.IGNORECASE)
_THE = re.compile(r"\b(?:on|by|before|until) the (?P<day>\d{1,2})(?:st|nd|rd|th)\b(?! of)", re.IGNORECASE)
_MONTH_DAY = re.compile(
    rf"\b(?:(?P<month>{_MONTH})\.? (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"|(?:the )?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month2>{_MONTH}))\b(?!:|\.\d)",
    re.IGNORECASE,
)
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")

SATURDAY = 5


def due(text: str, said_on: date) -> date | None:
    """The one day it names, resolved from the day it was said; None when it names none, or several."""
    days = {day for rule in _RULES for day in rule(text, said_on)}
    return days.pop() if len(days) == 1 else None


def _near(text: str, said_on: date) -> Iterator[date]:
    for found in _NEAR.finditer(text):
        ahead = 0 if found["today"] else 1 if found["tomorrow"] else 2
        yield said_on + timedelta(days=ahead)


def _weekday(text: str, said_on: date) -> Iterator[date]:
    """The next such day after today. "Next Friday" is the one in the week that begins on the coming Monday."""
    for found in _WEEKDAY.finditer(text):
        if found["many"]:  # "on Sundays" is a habit, not a date
            continue
        day = _DAYS.index(found["day"].lower())
        ahead = (day - said_on.weekday() - 1) % 7 + 1
        if (found["which"] or "").lower().startswith("next"):
            ahead = 7 - said_on.weekday() + day
        yield said_on + timedelta(days=ahead)


def _span(text: str, said_on: date) -> Iterator[date]:
    for found in _SPAN.finditer(text):
        word = found["count"].lower()
        count = int(word) if word.isdigit() else _COUNT.get(word)
        if count is None:
            continue
        if found["unit"].lower() == "month":
            yield _months_on(said_on, count)
        else:
            yield said_on + timedelta(days=count * (7 if found["unit"].lower() == "week" else 1))


def _next(text: str, said_on: date) -> Iterator[date]:
    """Next week and next month end on their last day: that is when such a promise is late. A weekend ends on Sunday."""
    for found in _NEXT.finditer(text):
        unit = (found["unit"] or "").lower()
        if unit == "month":
            first = _months_on(said_on.replace(day=1), 1)
            yield first.replace(day=calendar.monthrange(first.year, first.month)[1])
        else:
            yield said_on + timedelta(days=6 - said_on.weekday() + (7 if unit == "week" else 0))


def _the(text: str, said_on: date) -> Iterator[date]:
    """The next such day of a month; the 31st waits for a month that has one."""
    for found in _THE.finditer(text):
        day = int(found["day"])
        for ahead in range(3):  # no two months in a row lack a 31st, so three are always enough
            month = _months_on(said_on.replace(day=1), ahead)
            if (
                1 <= day <= calendar.monthrange(month.year, month.month)[1]
                and month.replace(day=day) >= said_on
            ):
                yield month.replace(day=day)
                break


def _month_day(text: str, said_on: date) -> Iterator[date]:
    for found in _MONTH_DAY.finditer(text):
        name, day = found["month"] or found["month2"], int(found["day"] or found["day2"])
        month = next(number for number, full in enumerate(_MONTHS, 1) if full.startswith(name.lower()[:3]))
        for year in (said_on.year, said_on.year + 1):
            exists = 1 <= day <= calendar.monthrange(year, month)[1]
            if exists and (found_day := date(year, month, day)) >= said_on:
                yield found_day
                break


def _iso(text: str, said_on: date) -> Iterator[date]:
    for year, month, day in _ISO.findall(text):
        if (
            int(year) >= 1
            and 1 <= int(month) <= 12
            and 1 <= int(day) <= calendar.monthrange(int(year), int(month))[1]
        ):
            yield date(int(year), int(month), int(day))


def _months_on(day: date, months: int) -> date:
    """The same day so many months later, or that month's last."""
    at = day.month - 1 + months
    year, month = day.year + at // 12, at % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


_RULES: tuple[Callable[[str, date], Iterator[date]], ...] = (
    _near,
    _weekday,
    _span,
    _next,
    _the,
    _month_day,
    _iso,
)
