"""Our story as JSON: facts, people, chapters, quotes, and what a forgetting would take. Values in, plain values out.

It does not know who asks, nor where anything is kept.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo

from os1.events import Chaptered, Erased, Happened, Met, Span
from os1.memory.forgetting import Plan
from os1.memory.knowledge import Fact, Knowledge
from os1.memory.quotes import Quote
from os1.memory.slots import SLOTS, THEMES, dated, sentence, slot_of

Told = dict[str, object]

MOST_SENTENCES = 2_000
"""Of what will go, so many are shown word for word: more is not read by anyone, and a browser slows down. All are counted."""
ORDER = {name: place for place, name in enumerate(SLOTS)}


def quote_told(quote: Quote) -> Told:
    return {
        "seq": quote.seq,
        "start": quote.start,
        "end": quote.end,
        "at": _moment(quote.at),
        "who": quote.who,
        "name": quote.name,
        "text": quote.text,
        "source": quote.source,
        "talk": quote.talk,
    }


def themes_told() -> list[Told]:
    return [{"id": theme, "title": title} for theme, title in THEMES.items()]


def in_order(facts: Iterable[Fact]) -> list[Fact]:
    """In the order of the slots, the person first, and within that in the order in which things were first said."""
    return sorted(
        facts, key=lambda fact: (ORDER[slot_of(fact.what).name], fact.about != "", fact.first, fact.id)
    )


def fact_told(fact: Fact, quotes: Mapping[Span, Quote]) -> Told:
    return {
        "id": fact.id,
        "theme": fact.theme,
        "about": fact.about,
        "name": fact.name,
        "what": fact.what,
        "one": slot_of(fact.what).one,
        "value": fact.value,
        "told": fact.told(),
        "state": fact.state,
        "since": dated(fact.since),
        "until": dated(fact.until),
        "first": _moment(fact.first),
        "said": _moment(fact.said),
        "sure": round(fact.sure, 2),
        "by": fact.by,
        "confirmed": fact.confirmed,
        "resting": fact.resting,
        "quotes": [quote_told(quotes[span]) for span in fact.quotes if span in quotes],
    }


def people_told(knowledge: Knowledge) -> list[Told]:
    """Everyone something is known of, whoever was heard of last first."""
    facts: dict[str, list[Fact]] = {}
    for fact in knowledge.facts():
        if fact.about:
            facts.setdefault(fact.about, []).append(fact)
    keys = sorted(facts, key=lambda key: max(fact.said for fact in facts[key]), reverse=True)
    return [_person(knowledge, key, facts[key]) for key in keys]


def _person(knowledge: Knowledge, key: str, facts: list[Fact]) -> Told:
    return {
        "key": key,
        "name": knowledge.spelled(key),
        "relations": [fact.value for fact in knowledge.now(key, "is_your")],
        "were": [fact.value for fact in knowledge.before(key, "is_your")],
        "aliases": [
            {"key": alias, "name": knowledge.spelled(alias)} for alias in knowledge.people.aliases(key)
        ],
        "facts": sum(fact.state != "wrong" for fact in facts),
        "first": _moment(min(fact.first for fact in facts)),
        "last": _moment(max(fact.said for fact in facts)),
    }


def chapters_told(chapters: Iterable[Happened]) -> list[Told]:
    """Newest first."""
    events = [(one.at, one.event) for one in chapters if isinstance(one.event, Chaptered)]
    return [
        {
            "level": chapter.level,
            "first": chapter.first.isoformat(),
            "last": chapter.last.isoformat(),
            "title": chapter.title,
            "text": chapter.text,
            "by": chapter.by,
            "cites": len(chapter.cites),
            "at": _moment(at),
        }
        for at, chapter in sorted(events, key=lambda one: one[1].first, reverse=True)
    ]


def plan_told(planned: Plan) -> Told:
    """What will go, shown before anything does."""
    said = sorted(planned.said, key=lambda going: (going.at, going.seq))
    facts = going_facts(planned)
    return {
        "scope": planned.wish.scope,
        "said": [
            {"seq": one.seq, "at": _moment(one.at), "who": one.who, "text": one.text}
            for one in said[:MOST_SENTENCES]
        ],
        "facts": facts,
        "chapters": list(dict.fromkeys(planned.chapters)),
        "also": going_also(planned),
        "sentences": len(said),
    }


def going_facts(planned: Plan) -> list[str]:
    """Each once, however often it was said."""
    told = (sentence(one.what, one.value, one.about) for one in planned.never)
    return list(dict.fromkeys(told))


def going_also(planned: Plan) -> Told:
    """What else holds words of it."""
    gone = Counter(event.was for event in planned.changes.values() if isinstance(event, Erased))
    return {
        "promises": gone["promised"],
        "names": gone["merged"] + gone["parted"],
        "persona": any(isinstance(event, Met) for event in planned.changes.values()),
    }


def day_of(moment: datetime, zone: tzinfo) -> str:
    return moment.astimezone(zone).date().isoformat()


def _moment(at: datetime) -> str:
    return at.isoformat()
