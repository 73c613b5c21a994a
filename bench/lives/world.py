"""A life while it goes on: who is in it, what is true by now, and what has been said of it, and how.

It puts statements into turns and keeps the books. It does not decide what happens: that is story.py.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from random import Random

from bench.lives.life import FAMILY, FAVOURITES, ME, Correction, Fact, Forget, Guess, Person, Told, Update
from bench.lives.wording import (
    HALVED,
    POOLS,
    SAYINGS,
    TALK,
    Sayings,
    Typing,
    birthday,
    first,
    items,
    lines,
    only,
    spoken_day,
    with_article,
)

Move = Callable[["World", int], bool]
"""Something that may happen in a turn. False: not now, nothing was written."""

AROUND = 0.35
"""How likely something stands before a statement, and something after it."""
NEVER_TRUE = 0.25
"""Share of each list of values that no one in this life ever has: for guesses, jokes and what is not so."""


@dataclass
class World:
    chance: Random
    typing: Typing
    phrasings: Sayings = "all"
    people: dict[str, Person] = field(default_factory=dict[str, Person])
    facts: list[Fact] = field(default_factory=list[Fact])
    texts: dict[int, str] = field(default_factory=dict[int, str])
    moments: dict[int, datetime] = field(default_factory=dict[int, datetime])
    next_turn: dict[int, int] = field(default_factory=dict[int, int])
    """The person's next turn in the same conversation."""
    forced: dict[int, Move] = field(default_factory=dict[int, Move])
    later: list[tuple[int, Move]] = field(default_factory=list[tuple[int, Move]])
    """From which turn on, and what: waits for a turn in which nothing else is said."""
    held: set[int] = field(default_factory=set[int])
    """Facts said wrongly that will be put right: nothing else may happen to them until then."""
    recent: list[str] = field(default_factory=list[str])
    wrong: int = 0
    """Mistakes begun; each is put right later."""
    opening: set[int] = field(default_factory=set[int])
    """The person's first turns of conversations."""
    nicked: set[str] = field(default_factory=set[str])
    """Whose nickname has been told."""
    updates: list[Update] = field(default_factory=list[Update])
    corrections: list[Correction] = field(default_factory=list[Correction])
    guesses: list[Guess] = field(default_factory=list[Guess])
    forgets: list[Forget] = field(default_factory=list[Forget])
    arguable: set[tuple[str, str, str]] = field(default_factory=set[tuple[str, str, str]])
    went: dict[tuple[str, int, int], set[date]] = field(default_factory=dict[tuple[str, int, int], set[date]])
    """Activity, year, month: on which days."""
    parties: list[tuple[int, str, tuple[str, ...], str]] = field(
        default_factory=list[tuple[int, str, tuple[str, ...], str]]
    )
    """Last turn that tells of it, which, who came, who did not."""
    pools: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    unreal: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    def __post_init__(self) -> None:
        self.sayings = only(SAYINGS, self.phrasings)
        self.talk = TALK | only({kind: TALK[kind] for kind in HALVED}, self.phrasings)
        cities = [city for some in POOLS["zones"].values() for city in items(some)]
        pools = {kind: items(values) for kind, values in POOLS["values"].items()} | {"lives_in": cities}
        for kind, values in sorted(pools.items()):
            some = self.chance.sample(values, len(values))
            real = len(some) - max(2, round(NEVER_TRUE * len(some)))
            self.pools[kind], self.unreal[kind] = some[:real], some[real:]
        self.pools["from"] = self.pools["lives_in"]
        names = items(POOLS["female"]), items(POOLS["male"])
        self.names = [self.chance.sample(some, len(some)) for some in names]

    # --- what is true ---

    def zone(self) -> str:
        """Where the person lives, or will have lived all along."""
        at = self.now(ME, "lives_in")
        home = self.facts[at[0]].value if at else first(self.pools["lives_in"][0])
        return next(zone for zone, some in POOLS["zones"].items() if home in map(first, items(some)))

    def today(self, turn: int) -> date:
        return self.moments[turn].date()

    def now(self, about: str, kind: str) -> list[int]:
        """Where the facts stand that are true, as far as was said."""
        return [
            at
            for at, fact in enumerate(self.facts)
            if (fact.about, fact.kind) == (about, kind) and fact.ended is None and at not in self.held
        ]

    def free(self, about: str, kind: str) -> str | None:
        """A value that was never said of them, with its other names."""
        if kind == "birthday":
            return birthday(self.chance)
        taken = {fact.value for fact in self.facts if fact.about == about and fact.kind == kind}
        if kind in ("likes", "dislikes"):
            taken |= {fact.value for fact in self.facts if fact.kind in ("likes", "dislikes")}
        if kind == "from":
            taken |= {fact.value for fact in self.facts if fact.kind == "lives_in" and fact.about == about}
        left = [value for value in self.pools[kind] if first(value) not in taken]
        return self.chance.choice(left) if left else None

    def meet(self, relation: str, name: str = "", she: bool | None = None) -> Person:
        gender = self.chance.random() < 0.5 if she is None else she
        gender = {"sister": True, "mother": True, "brother": False, "father": False}.get(relation, gender)
        name = name or self.names[0 if gender else 1].pop()
        nicks = dict(pair.split("=") for pair in items(POOLS["nicknames"]))
        shared = [key for key, other in self.people.items() if other.name == name]
        for key in shared:
            self.people[key] = replace(self.people[key], shared=True)
        person = Person(f"{name}/{relation}", name, nicks.get(name, ""), relation, gender, bool(shared))
        self.people[person.key] = person
        return person

    def known(self) -> list[Person]:
        return list(self.people.values())

    def friend(self) -> str:
        some = [one for one in self.known() if not one.shared]
        return self.chance.choice(some).name if some else "my gran"

    def unsaid(self, some: list[str], last: int = 30) -> str:
        """One of these that was not among the last things taken from such lists."""
        fresh = [text for text in some if text not in self.recent[-last:]] or some
        self.recent.append(self.chance.choice(fresh))
        return self.recent[-1]

    # --- how it is said ---

    def who(self, person: Person) -> str:
        if person.shared:
            return f"my {person.relation} {person.name}"
        same = sum(other.relation == person.relation for other in self.known())
        ways = [person.name] * 3
        ways += [f"my {person.relation}"] if same == 1 and person.relation in FAMILY else []
        ways += [person.nick] if person.key in self.nicked else []
        return self.chance.choice(ways)

    def fills(self, fact: Fact, old: str = "") -> dict[str, str]:
        person = self.people.get(fact.about)
        sort = fact.also[0] if fact.kind == "pet" else ""
        named = self.people.get(f"{fact.value}/{fact.kind}", person)
        she = named.she if named else True
        return {
            "v": fact.value, "a": with_article(fact.value), "old": old, "old_a": with_article(old) if old else "",
            "kind": fact.kind, "sort": sort, "thing": fact.kind.removeprefix("favourite_"),
            "who": self.who(person) if person else "", "they": "she" if she else "he",
            "their": "her" if she else "his", "them": "her" if she else "him",
        }  # fmt: skip

    def ways(self, about: str, kind: str, how: str) -> list[str]:
        """The phrases for it. `how`: told, changed, ended, ..."""
        if about != ME:
            return lines(self.sayings[kind]["other" if how == "told" else f"other_{how}"])
        if kind in FAMILY:
            return lines(self.sayings["family"][how])
        if kind.removeprefix("favourite_") in FAVOURITES:
            own = lines(self.sayings[kind].get(how, "")) * 2
            return own + lines(self.sayings["favourite"][how])
        return lines(self.sayings[kind].get(how) or self.sayings[kind]["told"])

    def write(self, turn: int, ways: list[str], around: float = AROUND, **values: str) -> Told:
        """One statement into the turn, in one of these ways."""
        statement = self.typing.fill(self.chance.choice(ways), **values)
        self.texts[turn], quote = self.typing.dress(statement, around)
        return Told(turn, quote)

    def tell(self, turn: int, fact: Fact, how: str = "told", old: str = "") -> Told:
        values = self.fills(fact, old)
        if fact.due:
            values["when"] = spoken_day(fact.due, self.today(turn))
        around = 0.0 if how == "ended" else AROUND  # nobody says "lol" when the dog has died
        return self.write(turn, self.ways(fact.about, fact.kind, how), around, **values)

    # --- what becomes of it ---

    def learn(  # noqa: PLR0913
        self,
        turn: int,
        about: str,
        kind: str,
        value: str,
        how: str = "told",
        old: str = "",
        due: date | None = None,
    ) -> int:
        """It is said for the first time. `value` with its other names. Returns where the fact stands."""
        name, *also = value.split("|")
        since = None if how == "told" else self.today(turn)
        fact = Fact(about, kind, name, tuple(also), (), since=since, due=due)
        self.facts.append(replace(fact, told=(self.tell(turn, fact, how, old),)))
        return len(self.facts) - 1

    def again(self, at: int, told: Told) -> None:
        self.facts[at] = replace(self.facts[at], told=(*self.facts[at].told, told))

    def end(self, at: int, turn: int, mistaken: bool = False) -> None:
        until = None if mistaken else self.today(turn)
        self.facts[at] = replace(self.facts[at], ended=turn, until=until, mistaken=mistaken)

    def updated(self, turn: int, about: str, kind: str, old: str | None, new: str | None) -> bool:
        self.updates.append(Update(turn, about, kind, old, new))
        return True

    def soon(self, turn: int, move: Move) -> None:
        """In the person's next turn of this conversation, or later if there is none."""
        after = self.next_turn.get(turn)
        if after is None or after in self.forced:
            self.later.append((turn + 1, move))
        else:
            self.forced[after] = move
