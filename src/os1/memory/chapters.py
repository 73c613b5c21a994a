"""Chapters of a life: days, weeks, arcs of a month to a season, the life. Which are due, what goes into each, and a
version by rules alone. Pure: turns, facts and chapters in, chapters out; the day is passed in.

A chapter quotes: what it says stands in words it cites, so that it can be checked and taken back with them. How a
brain may tell it more smoothly is in `retelling`. It does not know how chapters are kept or shown.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import log
from typing import Literal, NamedTuple

from os1.events import Chaptered, Happened, Learned
from os1.memory.finding.words import WORD, content, is_question, stem_of
from os1.memory.records import Turn
from os1.memory.slots import listed, sentence

Level = Literal["day", "week", "arc", "life"]

LEAST_TURNS = 6
"""Turns of the person that make a day worth a chapter: fewer are a greeting and a question."""
TELLING = 3
"""Words about something that make a turn a telling one."""
LEAST_TOLD = 3
"""Telling turns without which a day, nothing having been learned, gets no chapter."""
QUOTES = 3
"""Quotes in a day's chapter, and days in a week's: what a person reads at a glance."""
LONGEST_QUOTE = 160
"""Characters of a quote: two spoken sentences."""
LEAST_DAYS = 2
"""Days that make a week's chapter: one alone would only be said twice."""
ARC = (4, 13)
"""Weeks of an arc: a month at least; it goes on as long as its theme does, and for a season at most."""
TITLE = 3
"""Words of a title."""


class Source(NamedTuple):
    """One thing a chapter is made of: words of a day, or a chapter below."""

    first: date
    last: date
    title: str
    """Empty for a quote."""
    text: str
    """A quote, word for word, or a chapter's text."""
    cites: tuple[int, ...]


class Due(NamedTuple):
    """A chapter that should be written, and everything that goes into it, oldest first."""

    level: Level
    first: date
    last: date
    sources: tuple[Source, ...]
    learned: tuple[Learned, ...] = ()
    """What was learned from the words of a day."""
    words: tuple[str, ...] = ()
    """The most telling words of it, as they were written."""
    rests: tuple[int, ...] = ()
    """Log numbers of what its title and what it learned come from, beside its sources: with them it goes, too."""


def due(
    turns: Sequence[Turn], learned: Iterable[Learned], chapters: Sequence[Happened], today: date
) -> list[Due]:
    """What is to be written, the lowest level first: what stands higher is made of it, so ask again after writing.

    `turns`: those of the days that may have no chapter yet, in the person's own time zone. A chapter that is there is
    not due, whoever wrote it; the life is, as soon as an arc is newer than it.
    """
    latest = _latest(chapters)
    found = _days(turns, [*learned], latest, today)
    return found or _weeks(latest, today) or _arcs(latest, today) or _life(latest)


def plain(due: Due) -> Chaptered:
    """The chapter by rules alone: a title of its most telling words, and sentences that quote."""
    text = _day(due) if due.level == "day" else _higher(due)
    cites = tuple(sorted({*due.rests, *(seq for source in due.sources for seq in source.cites)}))
    return Chaptered(
        level=due.level, first=due.first, last=due.last, title=_title(due), text=text, cites=cites, by="rules"
    )


# --- which are due ----------------------------------------------------------------------------------------------------

Latest = Mapping[tuple[Level, date], Chaptered]


def _latest(chapters: Sequence[Happened]) -> Latest:
    """The latest of each level and first day, oldest first."""
    found: dict[tuple[Level, date], Chaptered] = {}
    for one in chapters:
        if isinstance(one.event, Chaptered):
            found[one.event.level, one.event.first] = one.event
    return dict(sorted(found.items(), key=lambda pair: pair[0][1]))


def _days(turns: Sequence[Turn], learned: Sequence[Learned], latest: Latest, today: date) -> list[Due]:
    by_day: dict[date, list[Turn]] = {}
    for turn in turns:
        if turn.speaker == "person":
            by_day.setdefault(turn.at.date(), []).append(turn)
    common = Counter(
        stem for said in by_day.values() for stem in {s for turn in said for s in content(turn.text)}
    )
    found: list[Due] = []
    for day, said in sorted(by_day.items()):
        known = tuple(
            fact for fact in learned if fact.quote and fact.quote.seq in {turn.seq for turn in said}
        )
        telling = [turn for turn in said if not is_question(turn.text) and len(content(turn.text)) >= TELLING]
        if (
            day < today
            and ("day", day) not in latest
            and len(said) >= LEAST_TURNS
            and (known or len(telling) >= LEAST_TOLD)
        ):
            weights = _weights(
                [turn.text for turn in said], [fact.value for fact in known], common, len(by_day)
            )
            few = _best(telling, weights) or [
                turn for turn in said if any(f.quote and f.quote.seq == turn.seq for f in known)
            ]
            sources = tuple(Source(day, day, "", _quote(turn.text), (turn.seq,)) for turn in few[:QUOTES])
            words = _spelt(weights, [turn.text for turn in said])
            found.append(Due("day", day, day, sources, known, words, _rests(said, known, words)))
    return found


def _rests(said: Sequence[Turn], known: Sequence[Learned], words: Sequence[str]) -> tuple[int, ...]:
    stems = {stem for word in words for stem in content(word)}
    titled = {turn.seq for turn in said if stems & set(content(turn.text))}
    return tuple(sorted({*titled, *(fact.quote.seq for fact in known[:QUOTES] if fact.quote)}))


def _weeks(latest: Latest, today: date) -> list[Due]:
    days = [chapter for (level, _), chapter in latest.items() if level == "day"]
    by_week: dict[date, list[Chaptered]] = {}
    for chapter in days:
        by_week.setdefault(chapter.first - timedelta(days=chapter.first.weekday()), []).append(chapter)
    return [
        _of("week", monday, monday + timedelta(days=6), some)
        for monday, some in by_week.items()
        if len(some) >= LEAST_DAYS and monday + timedelta(days=7) <= today and ("week", monday) not in latest
    ]


def _arcs(latest: Latest, today: date) -> list[Due]:
    """The next arc: the weeks after the last one, until their theme changes or a season is over."""
    since = max((chapter.last for (level, _), chapter in latest.items() if level == "arc"), default=date.min)
    weeks = [chapter for (level, _), chapter in latest.items() if level == "week" and chapter.first > since]
    least, most = ARC
    run: list[Chaptered] = []
    for week in weeks:
        long = bool(run) and (week.last - run[0].first).days >= 7 * most
        if long or (_spans(run, least) and not _theme(run) & set(content(week.title))):
            return [_of("arc", run[0].first, run[-1].last, run)]
        run.append(week)
    over = bool(run) and (today - run[0].first).days > 7 * most
    return [_of("arc", run[0].first, run[-1].last, run)] if over and len(run) > 1 else []


def _life(latest: Latest) -> list[Due]:
    arcs = [chapter for (level, _), chapter in latest.items() if level == "arc"]
    told = max((chapter.last for (level, _), chapter in latest.items() if level == "life"), default=date.min)
    if not arcs or arcs[-1].last <= told:
        return []
    return [_of("life", arcs[0].first, arcs[-1].last, arcs)]


def _spans(run: Sequence[Chaptered], weeks: int) -> bool:
    return bool(run) and (run[-1].last - run[0].first).days + 1 >= 7 * weeks


def _theme(run: Sequence[Chaptered]) -> set[str]:
    return {word for week in run for word in content(week.title)}


def _of(level: Level, first: date, last: date, below: Sequence[Chaptered]) -> Due:
    sources = tuple(Source(one.first, one.last, one.title, one.text, one.cites) for one in below)
    titles = [one.title for one in below]
    weights = _weights(titles, [], Counter(), 1)
    return Due(level, first, last, sources, (), _spelt(weights, titles))


# --- what is telling --------------------------------------------------------------------------------------------------


def _weights(
    texts: Sequence[str], values: Sequence[str], common: Mapping[str, int], days: int
) -> dict[str, float]:
    """How telling each stem is: said often here, seldom on other days (tf-idf), and more if something was learned by it."""
    counts = Counter(stem for text in texts for stem in content(text))
    known = {stem for value in values for stem in content(value)}
    return {
        stem: (1 + log(count))
        * (1 + log((1 + days) / (1 + common.get(stem, 0))))
        * (2 if stem in known else 1)
        for stem, count in counts.items()
    }


def _best(turns: Sequence[Turn], weights: Mapping[str, float]) -> list[Turn]:
    """The most telling ones, in the order they were said."""
    worth = {
        turn.seq: sum(sorted((weights.get(s, 0) for s in {*content(turn.text)}), reverse=True)[:TELLING])
        for turn in turns
    }
    best = sorted(turns, key=lambda turn: (-worth[turn.seq], turn.seq))[:QUOTES]
    return sorted(best, key=lambda turn: turn.seq)


def _spelt(weights: Mapping[str, float], texts: Sequence[str]) -> tuple[str, ...]:
    """The heaviest stems as they were first written; names keep their capital."""
    spelt: dict[str, str] = {}
    for text in texts:
        for word in WORD.findall(text):
            stem = stem_of(word.lower())
            if stem in weights:
                spelt.setdefault(stem, word)
    heaviest = sorted(spelt, key=lambda stem: -weights[stem])
    return tuple(spelt[stem] for stem in heaviest[:TITLE])


def _quote(text: str) -> str:
    """As it was said; a long one as far as a sentence or a word goes."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_QUOTE:
        return text
    short = text[:LONGEST_QUOTE]
    end = max(short.rfind(mark) for mark in ".!?")
    return short[: end + 1] if end > LONGEST_QUOTE // 3 else short[: short.rfind(" ")] + " …"


# --- in words ---------------------------------------------------------------------------------------------------------


def _title(due: Due) -> str:
    title = listed(due.words) or f"{due.first.day} {due.first:%B}"
    return title[0].upper() + title[1:]


def _day(due: Due) -> str:
    said = [f"“{source.text.rstrip('.')}”" for source in due.sources]
    told = f"You said {said[0]}." if said else ""
    then = f"Then {listed(said[1:])}." if len(said) > 1 else ""
    new = [sentence(fact.what, fact.value, fact.about, past=fact.over) for fact in due.learned][:QUOTES]
    return " ".join(part for part in (told, then, f"I learned that {listed(new)}." if new else "") if part)


def _higher(due: Due) -> str:
    """What stands out below it: of a week its days, of an arc its weeks, of a life its arcs."""
    lines = [f"{_when(due.level, source)}: {source.title}." for source in due.sources]
    fullest = max(due.sources, key=lambda source: (len(source.cites), source.first))
    first = fullest.text.partition("” ")[0]
    quote = (
        f" {first}” That was {_when(due.level, fullest).lower() if due.level == 'life' else _when(due.level, fullest)}."
        if "“" in first and first != fullest.text
        else ""
    )
    return " ".join(lines) + quote


def _when(level: Level, source: Source) -> str:
    first, last = source.first, source.last
    match level:
        case "week" | "day":
            return f"{first:%A}, {first.day} {first:%B}"
        case "arc":
            return f"The week of {first.day} {first:%B}"
        case "life":
            return (
                f"{first:%B %Y} to {last:%B %Y}"
                if (first.year, first.month) != (last.year, last.month)
                else f"{first:%B %Y}"
            )
