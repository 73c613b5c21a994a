"""A whole life from one seed: what happens is laid into the turns of three years, and small talk into the rest.

Pure: the same seed gives the same life, to the letter.
"""

import heapq
from itertools import count, pairwise
from random import Random
from zoneinfo import ZoneInfo

from bench.lives import mishaps, story
from bench.lives.days import Talk, talks
from bench.lives.life import Life, Turn
from bench.lives.probes import probes
from bench.lives.wording import POOLS, TALK, Sayings, Typing, canaries, first, items, lines, with_article
from bench.lives.world import Move, World

TURNS = 10_000
FORGOTTEN = {"sentence": 50, "topic": 20, "person": 10, "day": 20}
"""What is asked to be forgotten: a hundred times in all."""
Due = tuple[float, Move]
"""From which share of the life on, and what."""


def _beginning(chance: Random) -> list[Due]:
    """Who and what there is. The name comes at once, the rest in the first year."""
    company = [story.someone(relation) for relation in story.COMPANY]
    company += [story.someone("child")] * (chance.random() < 0.4)
    told = [(chance.uniform(0.002, 0.2), move) for move in company]
    told += [(chance.uniform(0.002, 0.25), story.own(kind)) for kind in story.OWN]
    told += [(chance.uniform(0.03, 0.5), story.detail) for _ in range(75)]
    return [(0.0, story.named), *told]


def _happenings(chance: Random) -> list[Due]:
    changes = [move for many, move in story.UPDATES for _ in range(many)]
    spread: list[tuple[int, float, float, Move]] = [
        (len(changes), 0.12, 0.97, story.update(changes)),
        (190, 0.02, 0.97, story.plan), (250, 0.03, 0.99, story.restate), (2, 0.3, 0.6, story.namesake),
        (6, 0.25, 0.6, story.nickname), (320, 0.01, 0.99, mishaps.trap), (30, 0.1, 0.98, mishaps.affirmed),
        (70, 0.1, 0.98, mishaps.guessed("no")), (60, 0.1, 0.98, mishaps.guessed("past")),
        (15, 0.1, 0.95, mishaps.guessed("right")), (200, 0.02, 0.98, mishaps.went),
        (20, 0.05, 0.92, mishaps.wrong_value(later=False)), (15, 0.05, 0.9, mishaps.wrong_value(later=True)),
        (25, 0.05, 0.95, mishaps.wrong_day(later=False)), (30, 0.05, 0.92, mishaps.wrong_day(later=True)),
    ]  # fmt: skip
    due = [(chance.uniform(low, high), move) for many, low, high, move in spread for _ in range(many)]
    due += [(chance.uniform(0.05, 0.9), mishaps.party(event)) for event in mishaps.EVENTS]
    pairs = chance.sample(items(POOLS["spelt_female"] + ";" + POOLS["spelt_male"]), 12)
    return due + [(chance.uniform(0.05, 0.95), mishaps.wrong_name(pair)) for pair in pairs]


def _secrets(chance: Random, words: list[str]) -> list[Due]:
    """One move for each word, but for the days."""
    moves = [mishaps.secret(words.pop()) for _ in range(FORGOTTEN["sentence"])]
    moves += [
        mishaps.story(scope, words.pop()) for scope in ("topic", "person") for _ in range(FORGOTTEN[scope])
    ]
    return [(chance.uniform(0.03, 0.88), move) for move in moves]


def _alone(conversations: list[Talk]) -> list[Talk]:
    """Those that are the only one of their day, and end on it, and are long enough for a few remarks."""
    days = [day for talk in conversations for day in {talk.times[0].date(), talk.times[-1].date()}]
    return [
        talk
        for talk in conversations
        if 8 <= len(talk.times) <= 16 and talk.times[0].hour > 4 and days.count(talk.times[0].date()) == 1
    ]


def _fill_hers(w: World, talk: Talk) -> None:
    told = {told.turn for fact in w.facts[-60:] for told in fact.told}
    for number in filter(talk.is_hers, talk.numbers):
        if number in w.texts:
            continue
        if number == talk.first:
            w.texts[number] = w.chance.choice(lines(TALK["her"]["begins"]))
        elif w.chance.random() < 0.04:
            values = {kind: first(w.chance.choice(some)) for kind, some in w.unreal.items()}
            values |= {kind: with_article(values[kind]) for kind in ("works_as", "owns")}
            said = w.chance.choice(lines(TALK["her"]["suggests"]))
            w.texts[number] = said.format(friend=w.friend(), city=values["lives_in"], **values)
        else:
            kind = "told" if number - 1 in told else "asked" if "?" in w.texts[number - 1] else "plain"
            kind = kind if w.chance.random() < 0.6 else "plain"
            w.texts[number] = w.unsaid(lines(TALK["her"][kind]), 12)


def life(seed: int, sayings: Sayings = "all") -> Life:
    chance = Random(seed)
    w = World(chance, Typing(chance, chance.uniform(0.3, 0.8), chance.uniform(0.05, 0.15)), sayings)
    conversations = talks(chance, TURNS)
    words = canaries(chance, sum(FORGOTTEN.values()))
    due = _beginning(chance) + _happenings(chance) + _secrets(chance, words)
    early = [talk for talk in _alone(conversations) if TURNS * 0.03 < talk.first < TURNS * 0.93]
    secret = {talk.first: words.pop() for talk in chance.sample(early, FORGOTTEN["day"])}
    order = count()
    waiting = [(share * TURNS, next(order), move) for share, move in due]
    heapq.heapify(waiting)
    said: list[Turn] = []
    for talk in conversations:
        zone = ZoneInfo(w.zone())
        mine = [number for number in talk.numbers if not talk.is_hers(number)]
        w.moments.update(zip(talk.numbers, talk.times, strict=True))
        w.next_turn.update(pairwise(mine))
        w.opening.add(mine[0])
        if talk.first in secret:
            mishaps.secret_day(w, mine, secret[talk.first])
        for turn in mine:
            if turn not in w.texts:
                _speak(w, turn, waiting, order, talk.first in secret)
        _fill_hers(w, talk)
        said += [
            Turn(
                number, w.moments[number].replace(tzinfo=zone), "companion" if talk.is_hers(number) else "person",
                w.texts[number], number == talk.numbers[-1],
            )
            for number in talk.numbers
        ]  # fmt: skip
    return Life(
        seed, w.people, tuple(said), tuple(w.facts), frozenset(w.arguable), tuple(w.updates), tuple(w.corrections),
        tuple(w.guesses), tuple(sorted(w.forgets, key=lambda one: one.turn)), tuple(probes(w, TURNS)),
    )  # fmt: skip


def _speak(
    w: World, turn: int, waiting: list[tuple[float, int, Move]], order: "count[int]", only_talk: bool
) -> None:
    """What the person says in this turn: what must follow, what is due, or nothing in particular."""
    if turn in w.forced:
        done = w.forced.pop(turn)(w, turn)
    elif only_talk or not waiting or waiting[0][0] > turn:
        done = False
    else:
        _, _, move = heapq.heappop(waiting)
        done = move(w, turn)
        if not done:
            heapq.heappush(waiting, (turn + w.chance.randint(9, 150), next(order), move))
    if turn not in w.texts:
        mishaps.small_talk(w, turn)
    for then, move in w.later:
        heapq.heappush(waiting, (then, next(order), move))
    w.later.clear()
