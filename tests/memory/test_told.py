"""What someone tells plainly, and what only sounds like it."""

import pytest

from os1.memory.understanding.told import about, agrees, clauses
from tests.memory.talk import talk


def told(*lines: str) -> list[tuple[str, str]]:
    """Whom and what the last turn could be about."""
    turns = talk(*lines)
    found = [clause for clause in clauses(turns) if clause.turn is turns[-1]]
    return [
        (who, slot)
        for clause in found
        for slot in clause.slots
        for who in about(clause, turns)
        if agrees(clause, slot, who)
    ]


@pytest.mark.parametrize(
    ("said", "slot"),
    [
        ("i live in Porto", "lives_in"),
        ("I'm a vet nurse so mondays are always chaos", "works_as"),
        ("ok. i'm 58 years old and still catching colds", "age"),
        ("i'm allergic to walnuts", "allergic_to"),
        ("don't ever ask me about my ex again please", "boundary"),
        ("i've been vegetarian for ten years", "eats"),
        ("my favourite colour is green", "favourite"),
        ("I love climbing", "likes"),
    ],
)
def test_what_is_told_plainly_is_found(said: str, slot: str) -> None:
    assert ("", slot) in told(f"> {said}")


@pytest.mark.parametrize(
    "said",
    [
        "if i lived in Porto i'd be happy",
        "i would live in Porto",
        "i wish i lived in Porto",
        "do i live in Porto",
        "i live in Porto? no",
        "i don't live in Porto",
        "Tom said he lives in Porto",
        'he wrote "i live in Porto" on the wall',
        "imagine: i live in Porto",
        "i live in Porto jk",
        "in another life i live in Porto",
        "you live in Porto",
        "in the song i live in Porto",
        "sounds like a plan",
        "we're like a family",
        "i'll share my love and family",
        "my accent is a soup",
        "",
        "…",
    ],
)
def test_what_only_sounds_like_it_is_not(said: str) -> None:
    assert told(f"> {said}") == []


def test_a_joke_taken_back_in_the_next_breath_was_none() -> None:
    turns = talk("> i live in Porto", "> jk")
    assert clauses(turns) == []


def test_a_word_answers_her_question_and_a_sentence_of_hers_tells_nothing() -> None:
    assert told("< Where do you live?", "> porto, sadly") == [("", "lives_in")]
    assert told("< Where do you live?", "> no idea what you mean") == []
    assert clauses(talk("< I live in your machine.", "> ok")) == []


def test_she_is_whoever_was_named_last_and_nobody_when_that_is_open() -> None:
    assert told("> my sister Nora called", "> she lives in Leeds") == [("Nora", "lives_in")]
    assert told("> my brother and my sister called", "> she lives in Leeds") == [("my sister", "lives_in")]
    assert told("> Ana and Eva called", "> she lives in Leeds") == []
    assert told("> she lives in Leeds") == []
    assert told("> his sister is nice, she lives in Leeds") == []
    assert told("> i saw Leeds, she lives in Porto") == [("Leeds", "lives_in")], "a name is a name"


def test_a_capital_that_only_begins_a_sentence_is_no_name() -> None:
    assert told("> Yesterday was fine. Guitar lives in the corner.") == []
    assert told("> yesterday was fine. Leo lives in Porto") == [("Leo", "lives_in")]
