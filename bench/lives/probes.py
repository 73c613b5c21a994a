"""What is asked of the memory, and when, and what a good answer holds. Pure: read off a life that is over.

Questions about what was never told come from two places: things no one in these lives speaks of, and near misses,
which were told of someone else.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from bench.lives.life import FAVOURITES, ME, SINGLE, Fact, Person, Probe, Sort
from bench.lives.story import DETAILS, untold
from bench.lives.wording import POOLS, TALK, items, lines
from bench.lives.world import World

AFTER = (5, 400)
"""Turns between what is said and the question, at least and at most."""
NEVER = 200
LISTS = ("allergic_to", "hobby", "pet", "language")
ABOUT_OTHERS = (
    "what's {who}'s favourite colour?", "which car does {who} drive?", "what does {who} study?",
    "what's {who}'s pet called?", "which languages does {who} speak?", "what's {who}'s favourite film?",
)  # fmt: skip
"""What is told of oneself only."""
STRANGERS = [
    "Ottoline",
    "Barnaby",
    "Xanthe",
    "Ignatius",
    "Philippa",
    "Cosmo",
    "Drusilla",
    "Horatio",
    "Thaddeus",
    "Wilhelmina",
]
UNHEARD = ["curling", "sailing", "snorkelling", "go-karting", "horse-riding", "skydiving"]
KIN = {
    "mother": ("mother", "mum", "mom"), "father": ("father", "dad"), "child": ("child", "kid", "son", "daughter"),
    "friend": ("friend", "friends", "mate"), "colleague": ("colleague", "coworker", "co worker", "work", "team", "office"),
    "boss": ("boss", "manager"), "neighbour": ("neighbour", "neighbor", "next door"),
    "partner": ("partner", "ex", "couple", "together"),
}  # fmt: skip
NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
OVER = (
    "no",
    "not any more",
    "no longer",
    "used to",
    "ended",
    "done",
    "over",
    "cancelled",
    "sold",
    "stopped",
    "gone",
)
TOPICS = {
    say: row.split("=")[0] for row in items(POOLS["values"]["opinion"]) for say in row.split("=")[1:4:2]
}


def probes(w: World, turns: int) -> list[Probe]:
    asked = [
        *_values(w, turns),
        *_before(w, turns),
        *_still(w, turns),
        *_corrected(w, turns),
        *_when(w, turns),
    ]
    asked += [*_lists(w, turns), *_diary(w, turns), *_people(w, turns), *_never(w, turns)]
    return sorted(asked, key=lambda one: one.turn)


def _asking(w: World, fact: Fact, how: str = "ask") -> str:
    """A question about this fact; empty if there is none of that kind."""
    kind = fact.kind
    group = "family" if kind in ("sister", "brother", "mother", "father", "child") else kind
    group = "favourite" if kind.removeprefix("favourite_") in FAVOURITES else group
    ways = lines(w.sayings[group].get(how if fact.about == ME else how.replace("ask", "ask_other", 1), ""))
    if not ways:
        return ""
    values = w.fills(fact) | {"thing": TOPICS.get(fact.value, kind.removeprefix("favourite_"))}
    if person := w.people.get(fact.about):
        values["who"] = exact(person)
    return w.chance.choice(ways).format(**values)


def exact(person: Person) -> str:
    return f"my {person.relation} {person.name}" if person.shared else person.name


def _time(w: World, begins: int, ends: int | None, turns: int) -> int | None:
    """A turn after which to ask, while it is so."""
    low, high = begins + AFTER[0], min(begins + AFTER[1], (ends or turns + 1) - 1, turns)
    return w.chance.randint(low, high) if low <= high else None


def _siblings(w: World, fact: Fact) -> list[Fact]:
    return [
        other
        for other in w.facts
        if (other.about, other.kind) == (fact.about, fact.kind) and other is not fact
    ]


def _wrong(w: World, fact: Fact, turn: int) -> tuple[str, ...]:
    """What was once said of the same thing and is not so at `turn`."""
    return tuple(
        other.value
        for other in _siblings(w, fact)
        if other.value != fact.value
        and other.told[0].turn <= turn
        and (other.mistaken or (other.ended or turn + 1) <= turn)
    )


def _ask(w: World, fact: Fact, turns: int, sort: Sort, how: str = "ask") -> Iterator[Probe]:
    turn = _time(w, fact.told[0].turn, fact.ended, turns)
    question = _asking(w, fact, how)
    if turn and question:
        more = ("yes",) if how == "ask_still" else ()
        expect = fact.value if fact.kind == "pet" else fact.names
        expect = ((expect,) if isinstance(expect, str) else expect) + more
        yield Probe(turn, question, sort, fact.about, fact.kind, (expect,), _wrong(w, fact, turn))


def _values(w: World, turns: int) -> Iterator[Probe]:
    """What is true now: everything that is one of its kind, and some of what is one of many."""
    for fact in w.facts:
        if fact.mistaken or fact.kind == "plan":
            continue
        if fact.kind in SINGLE or fact.kind == "opinion" or (fact.about != ME and fact.kind in DETAILS):
            yield from _ask(w, fact, turns, "current")
        elif w.chance.random() < 0.6:
            yield from _ask(w, fact, turns, "current", "ask_still")


def _before(w: World, turns: int) -> Iterator[Probe]:
    """What was so before. Values never come back in a life, so that "before" means one thing."""
    for update in w.updates:
        if update.old is None or update.new is None or update.kind == "plan":
            continue
        by_value = {
            fact.value: fact for fact in w.facts if (fact.about, fact.kind) == (update.about, update.kind)
        }
        old, new = by_value[update.old], by_value[update.new]
        turn, question = _time(w, update.turn, new.ended, turns), _asking(w, new, "ask_old")
        if turn and question:
            yield Probe(turn, question, "old", update.about, update.kind, (old.names,), (new.value,))


def _still(w: World, turns: int) -> Iterator[Probe]:
    """Whether it is still so, when it is not."""
    for fact in w.facts:
        if fact.mistaken or fact.ended is None or fact.kind in SINGLE or fact.about != ME:
            continue
        turn, question = _time(w, fact.ended, None, turns), _asking(w, fact, "ask_still")
        # Put off, not over; or begun anew.
        again = any(one.value == fact.value and one.told[0].turn >= fact.ended for one in _siblings(w, fact))
        if turn and question and not again:
            yield Probe(turn, question, "old", ME, fact.kind, ((*fact.names, *OVER),))


def days(day: date) -> tuple[str, ...]:
    """A day as it may be written, without punctuation."""
    return (
        f"{day:%Y %m %d}", f"{day.day} {day:%B}", f"{day:%B} {day.day}", f"{day.day} {day:%b}", f"{day:%b} {day.day}",
        f"{day.day}th of {day:%B}", f"{day.day}st of {day:%B}", f"{day.day}nd of {day:%B}", f"{day.day}rd of {day:%B}",
    )  # fmt: skip


def _plan_asked(w: World, fact: Fact, sort: Sort, wrong: tuple[str, ...], turns: int) -> Iterator[Probe]:
    """On which day it is, asked before that day and before anything else was said of it."""
    due = fact.due or date.min
    past = [turn for turn, at in w.moments.items() if at.date() >= due]
    ends = min([*past[:1], fact.ended or turns + 1])
    turn = _time(w, fact.told[0].turn, ends, turns)
    if turn:
        yield Probe(turn, _asking(w, fact), sort, ME, "plan", (days(due),), wrong)


def _corrected(w: World, turns: int) -> Iterator[Probe]:
    for one in w.corrections:
        same = [
            fact
            for fact in w.facts
            if (fact.about, fact.kind) == (one.about, one.kind)
            and any(told.turn == one.turn for told in fact.told)
        ]
        fact = same[-1]
        if one.kind == "plan":
            yield from _plan_asked(w, fact, "corrected", days(date.fromisoformat(one.wrong))[:3], turns)
        elif turn := _time(w, one.turn, fact.ended, turns):
            spelt = one.kind in ("friend", "colleague")
            question = f"who is {one.right}?" if spelt else _asking(w, fact)
            expect = KIN[one.kind] if spelt else fact.names
            yield Probe(turn, question, "corrected", one.about, one.kind, (expect,), (one.wrong,))


def _when(w: World, turns: int) -> Iterator[Probe]:
    corrected = {one.turn for one in w.corrections}
    for fact in w.facts:
        if fact.mistaken:
            continue
        if fact.kind == "plan" and fact.told[0].turn not in corrected and w.chance.random() < 0.5:
            yield from _plan_asked(w, fact, "when", (), turns)
        elif fact.since and (question := _asking(w, fact, "ask_when")):
            near = [fact.since + timedelta(days=off) for off in (0, -7)]
            months = {
                way for day in near for way in (f"{day:%Y %m}", f"{day:%B} {day:%Y}", f"{day:%b} {day:%Y}")
            }
            exact_days = {way for off in range(9) for way in days(fact.since - timedelta(days=off))[:3]}
            if turn := _time(w, fact.told[0].turn, None, turns):
                yield Probe(
                    turn, question, "when", fact.about, fact.kind, (tuple(sorted(months | exact_days)),)
                )


def _lists(w: World, turns: int) -> Iterator[Probe]:
    for kind in LISTS:
        for _ in range(6):
            turn = w.chance.randint(turns // 4, turns)
            told = [
                fact
                for fact in w.facts
                if (fact.about, fact.kind) == (ME, kind) and fact.told[0].turn <= turn - AFTER[0]
            ]
            now = [fact for fact in told if (fact.ended or turns + 1) > turn and not fact.mistaken]
            if now:
                expect = tuple(fact.names if kind != "pet" else (fact.value,) for fact in now)
                wrong = tuple(fact.value for fact in told if (fact.ended or turns + 1) <= turn)
                yield Probe(turn, _asking(w, now[0]), "list", ME, kind, expect, wrong)


def _diary(w: World, turns: int) -> Iterator[Probe]:
    """Who came, and how often in a month that is over."""
    for told, event, came, absent in w.parties:
        question = w.chance.choice(lines(w.talk["diary"]["ask_party"])).format(event=event)
        if turn := _time(w, told, None, turns):
            yield Probe(
                turn,
                question,
                "list",
                ME,
                "event",
                tuple((name,) for name in came),
                (absent,) if absent else (),
            )
    for (activity, year, month), on in islice(w.went.items(), 40):
        after = [turn for turn, at in w.moments.items() if (at.year, at.month) > (year, month)]
        turn = _time(w, after[0], None, turns) if after else None
        if turn:
            said = {"v": activity, "month": f"{date(year, month, 1):%B}", "year": str(year)}
            question = w.chance.choice(lines(w.talk["diary"]["ask"])).format(**said)
            often = (
                str(len(on)),
                NUMBERS[len(on)],
                *(("once",) if len(on) == 1 else ("twice",) if len(on) == 2 else ()),
            )
            yield Probe(turn, question, "list", ME, "count", (often,))


def _people(w: World, turns: int) -> Iterator[Probe]:
    for key, person in w.people.items():
        same = [one for one in w.people.values() if one.name == person.name]
        met = [
            fact.told[0].turn
            for one in same
            for fact in w.facts
            if fact.about == ME and fact.kind == one.relation and fact.value == one.name and not fact.mistaken
        ]
        turn = _time(w, max(met), None, turns) if met else None
        ask = w.chance.choice(lines(w.talk["people"]["ask_who"]))
        if turn and same[0] is person:
            expect = tuple(KIN.get(one.relation, (one.relation,)) for one in same)
            yield Probe(turn, ask.format(v=person.name), "who", ME, person.relation, expect)
        if key in w.nicked:
            expect = (person.name, *KIN.get(person.relation, (person.relation,)))
            yield Probe(turns, ask.format(v=person.nick), "who", ME, person.relation, (expect,))


def _near_misses(w: World) -> list[tuple[str, str, str, int]]:
    """Question, about, kind, and from which turn on the person asked about is known."""
    maybe = {(about, kind) for about, kind, _ in w.arguable}
    met = {
        f"{fact.value}/{fact.kind}": fact.told[0].turn
        for fact in reversed(w.facts)
        if fact.about == ME and not fact.mistaken
    }
    some = [
        (w.sayings[kind]["ask_other"].format(who=exact(one)), one.key, kind, met[one.key])
        for one, kind in untold(w)
        if (one.key, kind) not in maybe and one.key in met
    ]
    some += [
        (ask.format(who=exact(one)), key, "never", met[key])
        for key, one in w.people.items()
        if key in met
        for ask in ABOUT_OTHERS
    ]
    for kind in ("works_as", "studies", "diet", "boss"):
        mine = next((fact for fact in w.facts if (fact.about, fact.kind) == (ME, kind)), None)
        some += (
            [(_asking(w, mine, "ask_old"), ME, kind, mine.told[0].turn)]
            if mine and mine.since is None
            else []
        )
    return some


def _never(w: World, turns: int) -> Iterator[Probe]:
    fixed = [(question, ME, "never", 1) for question in lines(TALK["never"]["own"])]
    fixed += [(f"who is {name}?", ME, "never", 1) for name in STRANGERS]
    fixed += [(f"how often did i go {what} last year?", ME, "never", 1) for what in UNHEARD]
    near = _near_misses(w)
    both: Iterable[tuple[str, str, str, int]] = fixed + w.chance.sample(
        near, min(len(near), NEVER - len(fixed))
    )
    for question, about, kind, known in both:
        turn = w.chance.randint(min(known + AFTER[0], turns), turns)
        yield Probe(turn, question, "never", about, kind)
