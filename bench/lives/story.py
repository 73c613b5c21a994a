"""What happens in a life: who and what there is, how it changes, what is planned. Each is a move in one turn.

It does not know when a move comes (telling.py), nor the misunderstandings around it (mishaps.py).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bench.lives.life import FAVOURITES, ME, Fact, Person
from bench.lives.wording import POOLS, first, items, lines
from bench.lives.world import Move, World

SETTLED = 150
"""Turns something stays true at least, so that it can be asked about before it changes."""
DETAILS = ("lives_in", "works_as", "works_at", "birthday", "allergic_to", "likes")
"""What is told of others."""
OWN = (
    ["lives_in", "from", "birthday", "works_as", "works_at", "studies", "diet"]
    + [f"favourite_{thing}" for thing in FAVOURITES]
    + ["likes"] * 14 + ["dislikes"] * 10 + ["opinion"] * 8 + ["habit"] * 6 + ["hobby"] * 5
    + ["condition"] * 4 + ["allergic_to"] * 4 + ["language"] * 3 + ["owns"] * 4 + ["pet"] * 2
)  # fmt: skip
"""What is told of oneself in the first year, besides one's name."""
AT_WORK = ("boss", "colleague")
"""Of whom one knows where they work, so that it is neither told nor asked."""
COMPANY = (
    ["mother", "father", "sister", "brother", "brother", "partner", "boss"]
    + ["friend"] * 6
    + ["colleague"] * 4
    + ["neighbour"] * 2
)
"""Who there is, in the first year. Others come later."""


def own(kind: str) -> Move:
    """Something of oneself, as it is when she is first told."""

    def move(w: World, turn: int) -> bool:
        value = _fresh(w, kind)
        if value is None:
            return True
        w.learn(turn, ME, kind, value)
        return True

    return move


def named(w: World, turn: int) -> bool:
    person = w.names[0 if w.chance.random() < 0.5 else 1].pop()
    w.learn(turn, ME, "name", person)
    return True


def someone(relation: str) -> Move:
    def move(w: World, turn: int) -> bool:
        w.learn(turn, ME, relation, w.meet(relation).name)
        return True

    return move


def namesake(w: World, turn: int) -> bool:
    """A second person of a name that is taken."""
    known = [one for one in w.known() if one.relation in ("friend", "neighbour") and not one.shared]
    if not known:
        return False
    like = w.chance.choice(known)
    person = w.meet("colleague", like.name, like.she)
    told = w.write(turn, lines(w.talk["people"]["twice"]), kind="colleague", v=person.name)
    w.facts.append(Fact(ME, "colleague", person.name, (), (told,)))
    return True


def nickname(w: World, turn: int) -> bool:
    some = [one for one in w.known() if one.nick and not one.shared and one.key not in w.nicked]
    if some:
        one = w.chance.choice(some)
        w.write(turn, lines(w.talk["people"]["nick"]), who=one.name, nick=one.nick)
        w.nicked.add(one.key)
    return bool(some)


def untold(w: World, kinds: Iterable[str] = DETAILS) -> list[tuple[Person, str]]:
    """Who, and what has not been told of them yet."""
    told = {(fact.about, fact.kind) for fact in w.facts}
    return [
        (one, kind)
        for one in w.known()
        for kind in kinds
        if (one.key, kind) not in told and not (one.relation in AT_WORK and kind.startswith("works_"))
    ]


def detail(w: World, turn: int) -> bool:
    """Something about someone else, not told before."""
    options = untold(w)
    if not options:
        return False
    person, kind = w.chance.choice(options)
    value = w.free(person.key, kind)
    if value:
        w.learn(turn, person.key, kind, value)
    return bool(value)


def restate(w: World, turn: int) -> bool:
    """Something true is said again, in other words."""
    some = [
        at
        for at, fact in enumerate(w.facts)
        if fact.ended is None and at not in w.held and fact.kind not in ("plan", "name")
    ]
    if some:
        at = w.chance.choice(some)
        w.again(at, w.tell(turn, w.facts[at]))
    return bool(some)


def plan(w: World, turn: int) -> bool:
    return new_plan(w, turn) is not None


def new_plan(w: World, turn: int, soonest: int = 2) -> int | None:
    """Returns where the fact stands. `soonest`: days from today."""
    past_midnight = w.moments[turn].hour < 4  # "on Friday" would be anyone's guess
    soonest = max(soonest, 8 if past_midnight else 2)
    days = soonest + w.chance.randint(0, 4 if w.chance.random() < 0.5 else 40)
    band = w.chance.choice(w.pools["favourite_band"])
    name = w.chance.choice(items(POOLS["values"]["plan"])).format(
        city=first(w.chance.choice(w.pools["lives_in"])), friend=w.friend(), favourite_band=first(band)
    )
    if any(fact.kind == "plan" and fact.value == name for fact in w.facts):
        return None
    return w.learn(turn, ME, "plan", name, due=w.today(turn) + timedelta(days=days))


# --- how it changes ---


def _fresh(w: World, kind: str) -> str | None:
    if kind == "pet":
        have = {fact.value for fact in w.facts if fact.kind == "pet"}
        names = [name for name in items(POOLS["values"]["pet_names"]) if name not in have]
        return (
            f"{w.chance.choice(names)}|{w.chance.choice(items(POOLS['values']['pet_sorts']))}"
            if names
            else None
        )
    if kind == "opinion":
        have = {fact.value for fact in w.facts if fact.kind == "opinion"}
        rows = [row.split("=") for row in items(POOLS["values"]["opinion"])]
        rows = [row for row in rows if row[1] not in have and row[3] not in have]
        return "|".join(w.chance.choice(rows)[1:3]) if rows else None
    return w.free(ME, kind)


def _settled(w: World, about: str, kind: str, turn: int) -> list[int]:
    return [at for at in w.now(about, kind) if w.facts[at].told[0].turn + SETTLED < turn]


def replaced(kind: str, about: str = ME) -> Move:
    """The new one closes the old one."""

    def move(w: World, turn: int) -> bool:
        before, value = _settled(w, about, kind, turn), w.free(about, kind)
        if not before or value is None:
            return False
        old = w.facts[before[0]].value
        w.learn(turn, about, kind, value, "changed", old)
        w.end(before[0], turn)
        return w.updated(turn, about, kind, old, first(value))

    return move


def favourite(w: World, turn: int) -> bool:
    return replaced(f"favourite_{w.chance.choice(FAVOURITES)}")(w, turn)


def others(kind: str) -> Move:
    def move(w: World, turn: int) -> bool:
        return replaced(kind, w.chance.choice(w.known()).key)(w, turn)

    return move


def begun(kind: str) -> Move:
    def move(w: World, turn: int) -> bool:
        value = _fresh(w, kind)
        if value is None or len(w.now(ME, kind)) > 6:
            return False
        w.learn(turn, ME, kind, value, "changed")
        return w.updated(turn, ME, kind, None, first(value))

    return move


def over(kind: str) -> Move:
    def move(w: World, turn: int) -> bool:
        some = _settled(w, ME, kind, turn)
        if not some:
            return False
        at = w.chance.choice(some)
        old = w.facts[at].value
        w.tell(turn, w.facts[at], "ended", old)
        w.end(at, turn)
        return w.updated(turn, ME, kind, old, None)

    return move


def love(w: World, turn: int) -> bool:
    """A partner found, or parted from."""
    if w.now(ME, "partner"):
        return over("partner")(w, turn)
    name = w.meet("partner").name
    w.learn(turn, ME, "partner", name, "changed")
    return w.updated(turn, ME, "partner", None, name)


def new_boss(w: World, turn: int) -> bool:
    before = _settled(w, ME, "boss", turn)
    if not before:
        return False
    old, name = w.facts[before[0]].value, w.meet("boss").name
    w.learn(turn, ME, "boss", name, "changed", old)
    w.end(before[0], turn)
    return w.updated(turn, ME, "boss", old, name)


def soured(w: World, turn: int) -> bool:
    """What was liked is liked no more."""
    some = _settled(w, ME, "likes", turn)
    if not some:
        return False
    fact = w.facts[w.chance.choice(some)]
    told = w.write(turn, lines(w.sayings["dislikes"]["flipped"]), v=fact.value)
    w.end(w.facts.index(fact), turn)
    w.facts.append(replace(fact, kind="dislikes", told=(told,), since=w.today(turn)))
    return w.updated(turn, ME, "likes", fact.value, None)


def new_mind(w: World, turn: int) -> bool:
    some = _settled(w, ME, "opinion", turn)
    rows = {row.split("=")[1]: row.split("=") for row in items(POOLS["values"]["opinion"])}
    some = [at for at in some if w.facts[at].value in rows]
    if not some:
        return False
    old = w.facts[some[0]].value
    w.learn(turn, ME, "opinion", "|".join(rows[old][3:5]), "changed", old)
    w.end(some[0], turn)
    return w.updated(turn, ME, "opinion", old, rows[old][3])


def plan_changes(w: World, turn: int) -> bool:
    """Done, when its day has passed; before, put off or called off."""
    today = w.today(turn)
    near = [at for at in w.now(ME, "plan") if ((w.facts[at].due or today) - today).days > -12]
    if not near:
        return False
    fact = w.facts[w.chance.choice(near)]
    at, due = w.facts.index(fact), fact.due or today
    if due == today:
        return False
    if due > today and w.chance.random() < 0.5:
        later = due + timedelta(days=w.chance.randint(3, 20))
        w.learn(turn, ME, "plan", fact.value, "moved", due=later)
        w.end(at, turn)
        return w.updated(turn, ME, "plan", str(due), str(later))
    w.tell(turn, fact, "done" if due < today else "cancelled")
    w.end(at, turn)
    return w.updated(turn, ME, "plan", fact.value, None)


UPDATES: list[tuple[int, Move]] = [
    (122, plan_changes), (36, favourite), (22, others("lives_in")), (18, others("works_as")),
    (16, others("works_at")), (8, replaced("works_at")), (6, replaced("works_as")), (6, replaced("lives_in")),
    (5, replaced("diet")), (4, replaced("studies")), (6, love), (5, new_boss), (14, soured), (8, new_mind),
    (8, begun("habit")), (10, over("habit")), (10, begun("hobby")), (10, over("hobby")), (8, over("condition")),
    (3, over("allergic_to")), (5, begun("owns")), (5, over("owns")), (3, begun("pet")), (2, over("pet")),
]  # fmt: skip
"""How often each may happen: more than needed, as some lives have no allergy to lose."""
MANY = 300


def update(last: list[Move]) -> Move:
    """The next of those left that can happen now."""

    def move(w: World, turn: int) -> bool:
        if len(w.updates) >= MANY:
            return True
        for at in w.chance.sample(range(len(last)), len(last)):
            if last[at](w, turn):
                del last[at]
                return True
        return False

    return move
