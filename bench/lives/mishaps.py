"""What is said wrongly and put right, what she only supposes, what is not meant, what happens once, what is secret.

Each is a move in one turn, as in story.py; those that take two leave the second for later.
"""

import re
from datetime import timedelta

from bench.lives.life import ME, Correction, Fact, Forget, Guess, Person, Told
from bench.lives.story import DETAILS, new_plan, untold
from bench.lives.wording import POOLS, TALK, first, items, lines, spoken_day, with_article
from bench.lives.world import Move, World

TAGGED = re.compile(r"(?:([a-z]+): )?(.*?)(?: => (.*))?")
CORRECTIONS = 100
CORRECTED = [kind for kind in DETAILS if kind != "likes"]


def fits(w: World, turn: int, tag: str) -> bool:
    """Whether a remark of this tag may be made now: at which time of day, place in the talk, season."""
    at, last = w.moments[turn], turn not in w.next_turn
    late = at.hour >= 21 or at.hour < 4
    return {
        "": True, "first": turn in w.opening, "last": last, "lastnight": last and late, "night": late,
        "morning": 5 <= at.hour < 11, "evening": at.hour >= 17, "week": at.weekday() < 4, "monday": at.weekday() == 0,
        "weekend": at.weekday() > 4 or (at.weekday() == 4 and at.hour > 16), "winter": at.month in (12, 1, 2),
        "summer": at.month in (6, 7, 8),
    }[tag]  # fmt: skip


def small_talk(w: World, turn: int) -> bool:
    if w.chance.random() < 0.03:
        w.texts[turn] = w.chance.choice(items(TALK["small"]["emoji"]))
        return True
    rows = [TAGGED.fullmatch(line) for line in lines(TALK["small"]["alone"])]
    some = [(row[1] or "", row[2], row[3] or "") for row in rows if row and fits(w, turn, row[1] or "")]
    framing = [row for row in some if "first" in row[0] or "last" in row[0]]
    some_now = framing if framing and w.chance.random() < 0.5 else some
    answers = {text: answer for _, text, answer in some_now}
    text = w.unsaid(list(answers))
    answer = answers[text]
    plain = [row for row in some if not row[0] and not row[2]]
    if not answer and w.chance.random() < 0.25:
        text = f"{text}{'' if text[-1] in '?!.)' else '.'} {w.unsaid([row[1] for row in plain])}"
    w.write(turn, [text], 0.0 if answer else 0.12, friend=w.friend())
    if answer and turn in w.next_turn:
        w.texts[turn + 1] = answer
    return True


# --- wrong, and put right ---


def wrong_day(later: bool) -> Move:
    def move(w: World, turn: int) -> bool:
        if w.wrong >= CORRECTIONS:
            return True
        at = new_plan(w, turn, soonest=20 if later else 2)
        if at is None:
            return False
        w.held.add(at)
        w.wrong += 1
        second = _right_day(at, turn)
        w.later.append((turn + w.chance.randint(10, 50), second)) if later else w.soon(turn, second)
        return True

    return move


def _right_day(at: int, before: int) -> Move:
    def move(w: World, turn: int) -> bool:
        fact, today = w.facts[at], w.today(turn)
        due = fact.due or today
        right = due + timedelta(days=w.chance.choice((-1, 1, 2, 3)) if (due - today).days > 2 else 2)
        w.held.discard(at)
        told = w.write(
            turn, lines(w.talk["corrections"]["day"]), v=fact.value,
            wrong=spoken_day(due, today), when=spoken_day(right, today),
        )  # fmt: skip
        w.end(at, turn, mistaken=True)
        w.facts.append(Fact(ME, "plan", fact.value, (), (told,), due=right))
        w.corrections.append(Correction(turn, before, ME, "plan", str(due), str(right), hers=False))
        return True

    return move


def wrong_value(later: bool) -> Move:
    def move(w: World, turn: int) -> bool:
        if w.wrong >= CORRECTIONS:
            return True
        some = untold(w, CORRECTED)
        if not some:
            return False
        person, kind = w.chance.choice(some)
        wrong = w.free(person.key, kind)
        if wrong is None:
            return False
        at = w.learn(turn, person.key, kind, wrong)
        w.held.add(at)
        w.wrong += 1
        if later:
            w.later.append((turn + w.chance.randint(30, 150), _right_value(at, person, kind, turn, "later")))
        elif turn in w.next_turn:
            w.soon(turn, _right_value(at, person, kind, turn, "now"))
        else:
            w.later.append((turn + 1, _right_value(at, person, kind, turn, "later")))
        return True

    return move


def _right_value(at: int, person: Person, kind: str, before: int, when: str) -> Move:
    def move(w: World, turn: int) -> bool:
        wrong, value = w.facts[at].value, w.free(person.key, kind)
        if value is None:
            return False
        name, *also = value.split("|")
        topic = f"{w.who(person)}'s {w.sayings[kind]['topic'].removeprefix('the ')}"
        told = w.write(turn, lines(w.talk["corrections"][when]), 0.15, v=name, wrong=wrong, topic=topic)
        w.held.discard(at)
        w.end(at, turn, mistaken=True)
        w.facts.append(Fact(person.key, kind, name, tuple(also), (told,)))
        w.corrections.append(Correction(turn, before, person.key, kind, wrong, name, hers=False))
        return True

    return move


def wrong_name(pair: str) -> Move:
    right, wrong = pair.split("=")

    def move(w: World, turn: int) -> bool:
        if w.wrong >= CORRECTIONS:
            return True
        relation = w.chance.choice(("friend", "colleague"))
        at = w.learn(turn, ME, relation, wrong)
        w.held.add(at)
        w.wrong += 1

        def second(w: World, then: int) -> bool:
            told = w.write(then, lines(w.talk["corrections"]["spelt"]), 0.15, v=right, wrong=wrong)
            w.held.discard(at)
            w.end(at, then, mistaken=True)
            w.meet(relation, right, pair in items(POOLS["spelt_female"]))
            w.facts.append(Fact(ME, relation, right, (), (told,)))
            w.corrections.append(Correction(then, turn, ME, relation, wrong, right, hers=False))
            return True

        w.soon(turn, second)
        return True

    return move


# --- what she supposes ---


def guessed(answer: str) -> Move:
    """She supposes something that is not so. `answer`: "right" puts it right, "no" denies it, "past" passes over it."""

    def move(w: World, turn: int) -> bool:
        kind, template = w.chance.choice(lines(TALK["her"]["guesses"])).split("=", 1)
        now = w.now(ME, kind)
        if answer == "right" and w.wrong >= CORRECTIONS:
            return True
        if turn not in w.next_turn or not now:
            return False
        guess = first(w.chance.choice(w.unreal[kind]))
        w.wrong += answer == "right"
        small_talk(w, turn)
        w.texts[turn + 1] = template.format(v=guess, a=with_article(guess))

        def second(w: World, then: int) -> bool:
            if answer == "right":
                fact = w.facts[now[0]]
                told = w.write(then, lines(w.talk["corrections"]["her"]), 0.1, v=fact.value, wrong=guess)
                w.again(now[0], told)
                w.corrections.append(Correction(then, turn + 1, ME, kind, guess, fact.value, hers=True))
            else:
                w.write(then, lines(w.talk["answers"][answer]), 0.1, friend=w.friend())
                w.guesses.append(Guess(turn + 1, kind, guess))
            return True

        w.soon(turn, second)
        return True

    return move


def affirmed(w: World, turn: int) -> bool:
    """She supposes what is so, and hears that it is."""
    some = [
        at for at, fact in enumerate(w.facts) if fact.kind.startswith("favourite_") and fact.ended is None
    ]
    if turn not in w.next_turn or not some:
        return False
    at = w.chance.choice(some)
    fact = w.facts[at]
    small_talk(w, turn)
    w.texts[turn + 1] = TALK["her"]["asks"].split("=")[1].format(v=fact.value, thing=fact.kind[10:])
    w.soon(turn, lambda w, then: w.again(at, w.write(then, lines(w.talk["answers"]["yes"]), 0.1)) is None)
    return True


def trap(w: World, turn: int) -> bool:
    """What only looks like a fact: a joke, a dream, a denial, someone else's words."""
    template, _, arguable = w.chance.choice(lines(w.talk["traps"]["any"])).partition(" => ")
    values = {kind: first(w.chance.choice(some)) for kind, some in w.unreal.items()}
    values["city"], bare = values["lives_in"], values["works_as"]
    values["works_as"], values["owns"] = with_article(bare), with_article(values["owns"])
    people = [one for one in w.known() if not one.shared]
    if "{friend}" in template and not people:
        return False
    friend = w.chance.choice(people) if people else None
    w.write(
        turn, [template], 0.15, works_as_bare=bare, friend=friend.name if friend else "",
        other=w.chance.choice(("Kevin", "Debbie", "Chad")), **values,
    )  # fmt: skip
    if friend and arguable:
        w.arguable.add((friend.key, arguable, values[arguable]))
    return True


# --- what happens once ---


def went(w: World, turn: int) -> bool:
    """An afternoon of something, to be counted."""
    if w.moments[turn].hour < 18:  # "this afternoon" and "today" must be over
        return False
    day, activity = w.today(turn), w.chance.choice(w.pools["activity"])
    days = w.went.setdefault((activity, day.year, day.month), set())
    if day in days:
        return False
    w.write(turn, lines(w.talk["diary"]["did"]), v=activity)
    w.arguable |= {(ME, kind, activity) for kind in ("hobby", "habit", "likes")}
    days.add(day)
    return True


def party(event: str) -> Move:
    def move(w: World, turn: int) -> bool:
        some = [one.name for one in w.known() if not one.shared]
        if len(some) < 8:
            return False
        *came, late, absent = w.chance.sample(some, w.chance.randint(4, 6))
        w.write(turn, lines(w.talk["diary"]["party"]), event=event, some=", ".join(came[:-1]), last=came[-1])
        extra, who = ("late", late) if w.chance.random() < 0.5 else ("absent", absent)

        def second(w: World, then: int) -> bool:
            w.write(then, lines(w.talk["diary"][extra]), event=event, who=who)
            there = (*came, late) if extra == "late" else tuple(came)
            w.parties.append((then, event, there, "" if extra == "late" else absent))
            return True

        w.soon(turn, second)
        return True

    return move


# --- what is to be forgotten ---


def _forget(  # noqa: PLR0913
    w: World, turn: int, scope: str, text: str, told: list[str], canary: str, asks: list[str]
) -> None:
    two = [ask.format(c=canary) for ask in (asks * 2)[:2]]
    if scope == "sentence":
        two[1] = f"what is {canary}?"
    w.forgets.append(Forget(turn, scope, text, tuple(told), canary, (two[0], two[1])))  # pyright: ignore[reportArgumentType]


def secret(canary: str) -> Move:
    def move(w: World, turn: int) -> bool:
        template, ask = w.chance.choice(lines(TALK["secrets"]["sentence"])).split("=")
        told = w.write(turn, [template], 0.0, c=canary)
        _forget(w, turn + w.chance.randint(20, 300), "sentence", told.quote, [told.quote], canary, [ask])
        return True

    return move


def story(scope: str, canary: str) -> Move:
    """Of one topic, or of one person: three remarks, some days apart, and what she says to them."""

    def part(left: list[str], told: list[str]) -> Move:
        def move(w: World, turn: int) -> bool:
            said = w.write(turn, [left[0]], 0.0, c=canary)
            told.append(said.quote)
            told.extend(_hers(w, turn, canary))
            if left[1:]:
                w.later.append((turn + w.chance.randint(4, 90), part(left[1:], told)))
            else:
                asks = lines(TALK["secrets"][f"{scope}_ask"])
                _forget(w, turn + w.chance.randint(20, 200), scope, canary, told, canary, asks)
            return True

        return move

    def begin(w: World, turn: int) -> bool:
        return part(w.chance.sample(lines(TALK["secrets"][scope]), 3), [])(w, turn)

    return begin


def secret_day(w: World, numbers: list[int], canary: str) -> None:
    """A conversation, the only one of its day; `numbers`: the turns the person says in it."""
    told: list[str] = []
    for turn, template in zip(numbers, w.chance.sample(lines(TALK["secrets"]["day"]), 6), strict=False):
        said: Told = w.write(turn, [template], 0.0, c=canary)
        told += [said.quote, *_hers(w, turn, canary)]
    day = str(w.today(numbers[0]))
    _forget(
        w,
        numbers[-1] + w.chance.randint(20, 200),
        "day",
        day,
        told,
        canary,
        lines(TALK["secrets"]["day_ask"]),
    )


def _hers(w: World, turn: int, canary: str) -> list[str]:
    if turn not in w.next_turn or w.chance.random() < 0.5:
        return []
    w.texts[turn + 1] = w.chance.choice(lines(TALK["secrets"]["her"])).format(c=canary)
    return [w.texts[turn + 1]]


EVENTS = items(POOLS["values"]["event"])
