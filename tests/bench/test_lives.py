"""Invented lives are what they say they are, and the exam made of them can be failed, half passed and passed."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bench.lives.life import KINDS, ME, SINGLE, Life, Scope, Turn
from bench.lives.telling import life
from bench.lives.wording import SAYINGS, capitals, lines, only
from bench.memory_life import Answer, Known, Truth, holds, measure, missed, plain


@pytest.fixture(scope="module")
def lived() -> Life:
    return life(1)


# --- a life -----------------------------------------------------------------------------------------------


def test_a_seed_is_a_life(lived: Life) -> None:
    assert life(1) == lived
    assert life(2).turns[100:200] != lived.turns[100:200]


def test_half_of_the_phrasings_can_be_kept_back() -> None:
    even, odd = (only(SAYINGS, half) for half in ("even", "odd"))
    for kind, entries in SAYINGS.items():
        for how, text in entries.items():
            some, others = lines(even[kind][how]), lines(odd[kind][how])
            assert some == others or sorted(some + others) == sorted(lines(text))
            assert some != others or len(lines(text)) <= 1
    told = {turn.text for turn in life(1, "even").turns} & {turn.text for turn in life(1, "odd").turns}
    assert not any("birthday" in text for text in told)


@pytest.mark.parametrize("seed", range(1, 6))
def test_as_much_happens_as_is_promised(seed: int) -> None:
    one = life(seed)
    assert (len(one.turns), len(one.updates), len(one.corrections), len(one.forgets)) == (
        10_000,
        300,
        100,
        100,
    )
    assert Counter(forget.scope for forget in one.forgets) == {
        "sentence": 50,
        "topic": 20,
        "person": 10,
        "day": 20,
    }
    assert sum(probe.sort == "never" for probe in one.probes) == 200
    assert all(probe.turn <= 10_000 for probe in one.probes)
    assert one.forgets[-1].turn <= 10_000
    assert {fact.kind for fact in one.facts} - {"child"} == KINDS - {"child"}


def test_they_talk_over_three_years_by_turns(lived: Life) -> None:
    assert [turn.number for turn in lived.turns] == list(range(1, 10_001))
    assert all(a.at < b.at for a, b in zip(lived.turns, lived.turns[1:], strict=False))
    assert timedelta(days=1000) < lived.turns[-1].at - lived.turns[0].at < timedelta(days=1100)
    ends = [0, *(turn.number for turn in lived.turns if turn.ends)]
    assert {4 <= b - a <= 30 for a, b in itertools.pairwise(ends)} == {True}
    assert all(
        a.speaker != b.speaker for a, b in zip(lived.turns, lived.turns[1:], strict=False) if not a.ends
    )


def test_most_turns_carry_no_fact(lived: Life) -> None:
    telling = {told.turn for fact in lived.facts for told in fact.told}
    assert 0.05 < len(telling) / len(lived.turns) < 0.25
    people = [turn.text for turn in lived.turns if turn.speaker == "person"]
    assert len(set(people)) > 0.6 * len(people)


def test_every_quote_stands_in_a_turn_of_the_person_s(lived: Life) -> None:
    for fact in lived.facts:
        assert fact.told
        for told in fact.told:
            turn = lived.turns[told.turn - 1]
            assert turn.speaker == "person"
            assert told.quote
            assert told.quote in turn.text


def test_no_braces_of_a_table_are_left_in_what_is_said(lived: Life) -> None:
    assert [
        turn.text
        for turn in lived.turns
        if re.search(r"[{}|]|=>|\bNone\b", turn.text) or not turn.text.strip()
    ] == []
    assert [
        probe.question for probe in lived.probes if re.search(r"[{}|]", probe.question) or not probe.question
    ] == []


def test_one_thing_at_a_time_is_true_where_there_can_be_only_one(lived: Life) -> None:
    for kind in SINGLE:
        true = [fact for fact in lived.facts if (fact.about, fact.kind) == (ME, kind) and not fact.mistaken]
        for before, after in itertools.pairwise(true):
            assert before.ended is not None
            assert before.ended <= after.told[0].turn


def test_a_mistake_is_put_right_and_was_never_true(lived: Life) -> None:
    for one in lived.corrections:
        assert one.wrong_turn < one.turn
        assert plain(one.wrong) != plain(one.right)
        assert (lived.turns[one.wrong_turn - 1].speaker == "companion") == one.hers


def test_what_is_to_be_forgotten_stands_nowhere_else(lived: Life) -> None:
    assert len({forget.canary for forget in lived.forgets}) == 100
    for forget in lived.forgets:
        holding = [turn for turn in lived.turns if forget.canary.casefold() in turn.text.casefold()]
        assert holding
        assert all(turn.number <= forget.turn for turn in holding)
        assert all(any(text in turn.text for text in forget.texts) for turn in holding)
        days = {str(turn.at.date()) for turn in holding}
        assert forget.scope != "day" or days == {forget.text}


def test_common_things_are_said_in_many_ways() -> None:
    for kind in (
        "lives_in",
        "works_as",
        "works_at",
        "family",
        "partner",
        "allergic_to",
        "hobby",
        "plan",
        "favourite",
    ):
        ways = [
            way for how in ("told", "changed", "moved", "ended") for way in lines(SAYINGS[kind].get(how, ""))
        ]
        assert len(set(ways)) >= 12, kind


def test_what_was_never_told_was_never_told(lived: Life) -> None:
    told = {(fact.about, fact.kind) for fact in lived.facts} | {
        (who, what) for who, what, _ in lived.arguable
    }
    never = [
        probe
        for probe in lived.probes
        if probe.sort == "never" and probe.kind != "never" and probe.about != ME
    ]
    assert len(never) > 20
    assert [probe for probe in never if (probe.about, probe.kind) in told] == []


def test_capitals_change_no_length() -> None:
    assert capitals("i'm home. it's me, i think") == "I'm home. It's me, I think"


@pytest.mark.parametrize(
    ("text", "expected", "whole"),
    [
        ("She's a Software Developer.", "software developer", True), ("Kraków, Poland", "krakow", True),
        ("Annabel", "Anna", False), ("the city library", "city library", True), ("2021-03-14", "2021 03 14", True),
        ("", "Anna", False), ("St Mary’s", "St Mary's", True),
    ],
)  # fmt: skip
def test_words_are_compared_whole_and_without_their_dress(text: str, expected: str, whole: bool) -> None:
    assert holds(text, expected) is whole


# --- memories of several kinds ----------------------------------------------------------------------------


class Nothing:
    """Remembers nothing at all."""

    async def said(self, turn: Turn) -> None: ...
    async def quiet(self) -> None: ...
    async def ask(self, question: str, now: datetime) -> Answer | None:
        return None

    async def facts(self) -> Sequence[Known]:
        return []

    async def forget(self, scope: Scope, text: str) -> None: ...
    async def prompt_tokens(self) -> int:
        return 1000

    def files(self) -> Sequence[Path]:
        return []


class Grep(Nothing):
    """Keeps every turn in a file, and answers with the latest one that shares the most words. Forgets nothing."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.turns: list[tuple[Turn, frozenset[str]]] = []

    async def said(self, turn: Turn) -> None:
        self.turns.append((turn, frozenset(plain(turn.text).split())))
        with self.file.open("a", encoding="utf-8") as file:
            file.write(turn.text + "\n")

    async def ask(self, question: str, now: datetime) -> Answer | None:
        words = {word for word in plain(question).split() if len(word) > 3}
        mine = [(len(words & has), turn.number, turn) for turn, has in self.turns if turn.speaker == "person"]
        alike, _, turn = max(mine, key=lambda one: one[:2])
        return Answer((turn.text,), True, (turn.text,), (turn.number,)) if alike else None

    async def prompt_tokens(self) -> int:
        return 1000 + 20 * len(self.turns)

    def files(self) -> Sequence[Path]:
        return [self.file]


class Cribbing(Nothing):
    """Has the answers before it: shows that every question can be answered rightly, and nothing true is marked wrong."""

    def __init__(self, lived: Life) -> None:
        self.lived, self.truth = lived, Truth(lived)
        self.probes = {
            (probe.question, lived.turns[probe.turn - 1].at + timedelta(minutes=1)): probe
            for probe in lived.probes
        }

    async def ask(self, question: str, now: datetime) -> Answer | None:
        probe = self.probes.get((question, now))
        if probe is None or not probe.expect:
            return None
        quote = next(
            turn.text for turn in self.lived.turns if turn.speaker == "person" and len(turn.text) > 9
        )
        return Answer(tuple(one[0] for one in probe.expect), probe.sort != "old", (quote,), (1,))

    async def facts(self) -> Sequence[Known]:
        names = {ME: "me"} | {key: f"my {one.relation} {one.name}" for key, one in self.lived.people.items()}
        return [
            Known(names[fact.about], fact.kind, fact.value, fact.told[0].quote, fact.ended is None)
            for fact in self.lived.facts
            if not fact.mistaken
        ]


async def test_who_remembers_nothing_fails_but_for_what_was_never_told(lived: Life) -> None:
    figures = await measure(Nothing(), lived)
    assert (figures["current_right"], figures["old_told_as_past"], figures["facts_recall"]) == (0, 0, 0)
    assert (figures["never_abstained"], figures["false_abstained"]) == (100, 100)
    assert (figures["forgotten_bytes"], figures["forgotten_returned"]) == (0, 0)
    assert {"current_right", "old_told_as_past", "false_abstained", "facts_precision"} <= set(missed(figures))


async def test_who_only_searches_passes_some_of_it(lived: Life, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    figures = await measure(Grep(tmp_path / "turns.txt"), lived, wrong)
    assert 5 < figures["current_right"] < 80
    assert figures["never_abstained"] < 50
    assert figures["forgotten_bytes"] > 200
    assert figures["forgotten_returned"] > 50
    assert figures["prompt_growth"] > 100
    assert "is in a file" in wrong.read_text(encoding="utf-8")


async def test_who_has_the_answers_passes_all_of_it(lived: Life) -> None:
    figures = await measure(Cribbing(lived), lived)
    assert missed(figures) == []
    assert {
        figures[name]
        for name in ("current_right", "corrected_right", "when_right", "lists_right", "people_right")
    } == {100}
    assert (figures["facts_precision"], figures["facts_recall"], figures["never_abstained"]) == (
        100,
        100,
        100,
    )


async def test_who_learns_from_her_own_guesses_is_found_out(lived: Life) -> None:
    class Credulous(Nothing):
        async def facts(self) -> Sequence[Known]:
            return [Known("me", guess.kind, guess.value, None, True) for guess in lived.guesses]

    figures = await measure(Credulous(), lived)
    assert (
        figures["facts_learned_from_her_count"] == figures["facts_without_quote_count"] == len(lived.guesses)
    )
    assert figures["facts_precision"] == 0


def test_what_is_past_may_not_be_told_as_now(lived: Life) -> None:
    truth = Truth(lived)
    over = next(fact for fact in lived.facts if fact.kind == "works_at" and fact.about == ME and fact.ended)
    assert truth.judge(Known("me", "works_at", over.value, None, current=True)) == "stale"
    assert truth.judge(Known("me", "works_at", over.value, None, current=False)) == "right"
    assert truth.judge(Known("me", "works_at", "the moon", None, current=True)) == "wrong"
    mistaken = next(fact for fact in lived.facts if fact.mistaken and fact.kind != "plan")
    who = "me" if mistaken.about == ME else lived.people[mistaken.about].name
    assert truth.judge(Known(who, mistaken.kind, mistaken.value, None, current=True)) == "mistaken"
