"""The days a text names, resolved from the day it was said: "last Tuesday", "in March", "since 2019", "in two weeks".

One finder for all that reads dates: what was, what will be, by when. English, and no guessing: a day that does not
exist, "a few years ago" and "when I was 12" are no date. It does not know what happened then.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from os1.events import Dated
from os1.memory.finding.wordlists import COUNTED, MONTHS, WEEKDAYS

Precision = Literal["day", "week", "month", "year"]


class Named(NamedTuple):
    """A day, or a stretch of days, where a text names it."""

    start: int
    end: int
    """Characters, with the "in" or "since" that belong to it."""
    when: Dated
    last: date
    """The last day that is meant by it: something due "next week" is late after that."""
    kind: Literal["at", "since", "until", "for"]
    """for: a length of time that lasts until now, "for three years": `when` is its beginning."""


class _Days(NamedTuple):
    first: date
    last: date
    precision: Precision


COUNTS = {word: number for number, word in enumerate(COUNTED, 1)} | {
    "a": 1, "an": 1, "a couple of": 2, "a couple": 2, "couple of": 2, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_COUNT = "|".join(sorted((word.replace(" ", r"\ ") for word in COUNTS), key=len, reverse=True))
_MONTH = "|".join(
    f"{name}|{name[:3]}|sept" if name == "september" else f"{name}|{name[:3]}" for name in MONTHS
)
_DAY = "|".join([*WEEKDAYS, "mon", "tues?", "weds?", "thurs?", "fri"])
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_SEASON = "|".join(_SEASONS)
_TH = r"(?:st|nd|rd|th)"

_DATE = re.compile(
    rf"""\b(?:
      (?P<lead>since|until|till|by|before|within|in|on|at|from|during|back\ in|around|as\ of|starting)\ (?:early\ |late\ |about\ |around\ |mid[- ])?(?=\S)
    )?(?:
      (?P<near>(?:the\ )?day\ after\ tomorrow|(?:the\ )?day\ before\ yesterday|(?:tomorrow|tmrw|tmr|yesterday)(?:\ (?:morning|afternoon|evening|night))?
        |last\ night|today|tonight|this\ (?:evening|afternoon|morning|noon)|right\ away|before\ (?:bed|midnight)|later\ today)
    | (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
    | (?P<half>half\ a\ year\ ago)
    | (?P<ago>(?P<ago_n>\d{{1,3}}|{_COUNT})\ (?P<ago_unit>day|week|month|year|yr)s?\ (?:ago|back)(?!\w))
    | (?P<hence>(?P<hence_n>\d{{1,3}}|{_COUNT})\ (?P<hence_unit>day|week|month|year)s?'?(?:\ time|\ from\ (?:now|today))?)
    | (?P<which>last|past|this|next|this\ coming|the\ coming|coming)\ (?P<what>week(?:end)?|month|year|christmas|(?:{_DAY})|(?:{_MONTH})|(?:{_SEASON}))
    | (?P<weekday>{_DAY})
    | (?:the\ )?(?P<d1>\d{{1,2}}){_TH}?(?:\ of)?\ (?P<m1>{_MONTH})(?!\w)(?:,?\ (?P<y1>(?:19|20)\d\d))?
    | (?P<m2>{_MONTH})\.?\ (?:the\ )?(?P<d2>\d{{1,2}}){_TH}?(?![\d:]|\.\d|\ ?[ap]m\b)(?:,?\ (?P<y2>(?:19|20)\d\d))?
    | (?P<m3>{_MONTH})(?:\ of)?,?\ (?P<y3>(?:19|20)\d\d)
    | (?:the\ )?(?P<season>{_SEASON})(?:\ of)?\ (?P<y4>(?:19|20)\d\d)
    | (?P<m4>{_MONTH})
    | the\ (?P<d3>\d{{1,2}}){_TH}(?!\ of|\ (?:\w+\ )?(?:floor|time|century|grade|year))
    | (?P<y5>(?:19|20)\d\d)
    )(?!\w|'\w)""",
    re.IGNORECASE | re.VERBOSE,
)
"""Everything that can name a day. What is found needs a second look: a bare "may" is a month only after "in"."""
_FOR = re.compile(
    rf"\b(?:for|(?:in|over) the (?:last|past)) (?:about |over |almost |nearly |like |the (?:last|past) )?"
    rf"(?P<n>\d{{1,2}}|{_COUNT}) (?P<unit>day|week|month|year|yr)s?(?: now)?(?!\w| ago| back)",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"\d|day|night|morrow|tm|week|month|year|this |yr|mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep"
    r"|oct|nov|dec|spring|summer|autumn|fall|winter|christmas|right away|before ",
    re.IGNORECASE,
)
"""No date is without one of these: most texts are done after this look."""


def named(text: str, said_on: date, *, ahead: bool = False) -> list[Named]:
    """What it names, in order, without overlaps. `ahead`: a bare "in March" or "on Friday" is the next one, not the
    last. Days outside the calendar (year 1 to 9999) are none."""
    if not _HINT.search(text):
        return []
    text = text.replace("’", "'")
    found = [_length(match, said_on) for match in _FOR.finditer(text)]
    taken = [(one.start, one.end) for one in found if one]
    for match in _DATE.finditer(text):
        if not any(match.start() < end and start < match.end() for start, end in taken):
            found.append(_resolved(match, said_on, ahead))
    return sorted(one for one in found if one)


def dates(text: str, said_on: date, *, ahead: bool = False) -> list[tuple[tuple[int, int], Dated]]:
    """The days themselves and where they stand; lengths of time ("for three years") are left out."""
    return [
        ((one.start, one.end), one.when) for one in named(text, said_on, ahead=ahead) if one.kind != "for"
    ]


def _resolved(match: re.Match[str], said_on: date, ahead: bool) -> Named | None:
    try:
        days = next(
            (rule(match, said_on, ahead) for group, rule in _RULES.items() if match[group] is not None), None
        )
    except (ValueError, OverflowError):  # the 30th of February, the year 0
        return None
    if days is None:
        return None
    lead = (match["lead"] or "").lower()
    kind = "since" if lead in {"since", "as of", "from", "starting"} else "at"
    if lead in {"until", "till"}:
        kind = "until"
    return Named(match.start(), match.end(), _dated(days), days.last, kind)


def _dated(days: _Days) -> Dated:
    return Dated(day=days.first, precision=days.precision)


def _length(match: re.Match[str], said_on: date) -> Named | None:
    try:
        days = _back(_number(match["n"]), match["unit"].lower(), said_on)
    except (ValueError, OverflowError):
        return None
    return Named(match.start(), match.end(), _dated(days), days.last, "for")


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else COUNTS[word.lower()]


def _lead(match: re.Match[str]) -> str:
    return (match["lead"] or "").lower()


def _one(day: date) -> _Days:
    return _Days(day, day, "day")


def week_of(day: date) -> _Days:
    first = day - timedelta(days=day.weekday())
    return _Days(first, first + timedelta(days=6), "week")


def month_of(day: date) -> _Days:
    return _Days(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]), "month")


def year_of(year: int) -> _Days:
    return _Days(date(year, 1, 1), date(year, 12, 31), "year")


def months_on(day: date, months: int) -> date:
    """The same day so many months later (or, below 0, earlier), or that month's last."""
    at = day.month - 1 + months
    year, month = day.year + at // 12, at % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


# --- one rule for each way of naming ------------------------------------------------------------------------


def _near(match: re.Match[str], said_on: date, ahead: bool) -> _Days:
    near = match["near"].lower()
    days = 0
    if "tomorrow" in near or near.startswith("tm"):
        days = 2 if "after" in near and "afternoon" not in near else 1
    elif "yesterday" in near or near == "last night":
        days = -2 if "before" in near else -1
    return _one(said_on + timedelta(days=days))


def _iso(match: re.Match[str], said_on: date, ahead: bool) -> _Days:
    return _one(date.fromisoformat(match["iso"]))


def _back(many: int, unit: str, said_on: date) -> _Days:
    """So long ago, as exactly as it was said."""
    if unit == "day":
        return _one(said_on - timedelta(days=many))
    if unit == "week":
        return week_of(said_on - timedelta(weeks=many))
    if unit == "month":
        return month_of(months_on(said_on, -many))
    return year_of(said_on.year - many)


def _ago(match: re.Match[str], said_on: date, ahead: bool) -> _Days:
    return _back(_number(match["ago_n"]), match["ago_unit"].lower(), said_on)


def _half(match: re.Match[str], said_on: date, ahead: bool) -> _Days:
    return month_of(months_on(said_on, -6))


def _hence(match: re.Match[str], said_on: date, ahead: bool) -> _Days | None:
    """ "In two weeks" is due on that very day, and known to the week."""
    whole = match["hence"].lower()
    if _lead(match) not in {"in", "within"} and not whole.endswith(("from now", "from today")):
        return None
    many, unit = _number(match["hence_n"]), match["hence_unit"].lower()
    if unit == "day":
        return _one(said_on + timedelta(days=many))
    if unit == "week":
        day = said_on + timedelta(weeks=many)
        return _Days(week_of(day).first, day, "week")
    day = months_on(said_on, many * (12 if unit == "year" else 1))
    return (
        _Days(month_of(day).first, day, "month")
        if unit == "month"
        else _Days(date(day.year, 1, 1), day, "year")
    )


def _which(match: re.Match[str], said_on: date, ahead: bool) -> _Days | None:
    """ "Last", "this", "next" and what follows."""
    word = match["which"].lower()
    step = -1 if word in {"last", "past"} else 1 if word == "next" else 0
    what = match["what"].lower()
    if what == "week":
        return week_of(said_on + timedelta(weeks=1 if "coming" in word else step))
    if what == "weekend":
        saturday = week_of(said_on + timedelta(weeks=step)).first + timedelta(days=5)
        return _Days(saturday, saturday + timedelta(days=1), "day")
    if what == "month":
        return month_of(months_on(said_on.replace(day=1), step))
    if what == "year":
        return year_of(said_on.year + step)
    if what == "christmas":
        return _one(_of_year(said_on, 12, 25, ahead=step >= 0))
    if what in _SEASONS:
        return _season(what, said_on, step)
    if (month := _month(what)) and what not in {"mon"}:
        return _month_near(said_on, month, ahead=step > 0 or (step == 0 and ahead))
    return _weekday_near(said_on, what, word, ahead or step == 0)


def _season(season: str, said_on: date, step: int) -> _Days:
    """To the year: which month it was, nobody said."""
    begins = _SEASONS[season]
    if step < 0:
        return year_of(said_on.year - (said_on.month < begins + 3))
    return year_of(said_on.year + (step > 0 and said_on.month >= begins))


def _weekday(match: re.Match[str], said_on: date, ahead: bool) -> _Days | None:
    word = match["weekday"].lower()
    if word in {"mon", "fri", "wed"} and not match["lead"]:
        return None
    return _weekday_near(said_on, word, "", ahead)


def _weekday_near(said_on: date, name: str, which: str, ahead: bool) -> _Days:
    """The next such day after today, or the last before it. "Next Friday" is the one in the week that begins on the
    coming Monday."""
    day = next(number for number, full in enumerate(WEEKDAYS) if full.startswith(name[:3]))
    if which == "next":
        return _one(said_on + timedelta(days=7 - said_on.weekday() + day))
    if ahead and which not in {"last", "past"}:
        return _one(said_on + timedelta(days=(day - said_on.weekday() - 1) % 7 + 1))
    return _one(said_on - timedelta(days=(said_on.weekday() - day - 1) % 7 + 1))


def _day_month(match: re.Match[str], said_on: date, ahead: bool) -> _Days | None:
    day, name, year = match["d1"], match["m1"], match["y1"]
    if day is None:
        day, name, year = match["d2"], match["m2"], match["y2"]
    month = _month(name)
    if year:
        return _one(date(int(year), month, int(day)))
    return _one(_of_year(said_on, month, int(day), ahead=ahead))


def _of_year(said_on: date, month: int, day: int, *, ahead: bool) -> date:
    """That day of this year, or of the nearest on that side that has it."""
    for step in range(2):
        year = said_on.year + (step if ahead else -step)
        if not 1 <= day <= calendar.monthrange(year, month)[1]:
            continue
        found = date(year, month, day)
        if (found >= said_on) if ahead else (found <= said_on):
            return found
    raise ValueError("no such day")


def _month(name: str) -> int:
    """Its number, 1 to 12; 0 when it is none."""
    return next((number for number, full in enumerate(MONTHS, 1) if full.startswith(name.lower()[:3])), 0)


def _month_year(match: re.Match[str], said_on: date, ahead: bool) -> _Days:
    return month_of(date(int(match["y3"]), _month(match["m3"]), 1))


def _month_alone(match: re.Match[str], said_on: date, ahead: bool) -> _Days | None:
    if not match["lead"] or _lead(match) in {"on", "at", "before"}:
        return None
    return _month_near(said_on, _month(match["m4"]), ahead=ahead)


def _month_near(said_on: date, month: int, *, ahead: bool) -> _Days:
    past = month > said_on.month
    year = said_on.year + (month < said_on.month) if ahead else said_on.year - past
    return month_of(date(year, month, 1))


def _season_year(match: re.Match[str], said_on: date, ahead: bool) -> _Days:
    return year_of(int(match["y4"]))


def _the(match: re.Match[str], said_on: date, ahead: bool) -> _Days | None:
    """The next or last such day of a month; the 31st waits for a month that has one."""
    if _lead(match) not in {"on", "by", "before", "until", "since", "from"}:
        return None
    day = int(match["d3"])
    for step in range(3):  # no two months in a row lack a 31st, so three are always enough
        month = months_on(said_on.replace(day=1), step if ahead else -step)
        if 1 <= day <= calendar.monthrange(month.year, month.month)[1]:
            found = month.replace(day=day)
            if (found >= said_on) if ahead else (found <= said_on):
                return _one(found)
    return None


def _year(match: re.Match[str], said_on: date, ahead: bool) -> _Days | None:
    return year_of(int(match["y5"])) if match["lead"] and _lead(match) not in {"on", "at"} else None


_RULES: dict[str, Callable[[re.Match[str], date, bool], _Days | None]] = {
    "near": _near,
    "iso": _iso,
    "half": _half,
    "ago": _ago,
    "hence": _hence,
    "which": _which,
    "weekday": _weekday,
    "m1": _day_month,
    "m2": _day_month,
    "m3": _month_year,
    "season": _season_year,
    "m4": _month_alone,
    "d3": _the,
    "y5": _year,
}
"""By the part of the pattern that matched."""
