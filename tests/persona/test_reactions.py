"""What she says on hearing an answer, and what a small model may say instead."""

import re

import pytest

from os1.persona import Answer, reaction
from os1.persona.manner import words
from os1.persona.reaction_lines import LINES
from os1.persona.reactions import case, name_given, someone

NAMES = [
    ("Theo", "Theo"),
    ("theo", "Theo"),
    ("Theo.", "Theo"),
    ("I'm Theo", "Theo"),
    ("My name is Theodore, but everyone calls me Theo", "Theo"),
    ("call me Theo please", "Theo"),
    ("Just call me T", "T"),
    ("hi, it's Anna", "Anna"),
    ("Anne-Marie", "Anne-Marie"),
    ("Mary Jane", "Mary Jane"),
    ("Call me Mary Jane", "Mary Jane"),
    ("o'brien", "O'Brien"),
    ("well, Jo", "Jo"),
    ("DJ", "DJ"),
    ("whatever you like", ""),
    ("I don't know", ""),
    ("none of your business", ""),
    ("you can choose", ""),
    ("", ""),
    ("I'm not telling you", ""),
    ("I'm fine", ""),
    ("what should I call you?", ""),
    ("that is a long story about how my parents could not agree", ""),
]


@pytest.mark.parametrize(("said", "name"), NAMES)
def test_a_name_is_made_out_or_left_alone(said: str, name: str) -> None:
    assert name_given(said) == name


CASES = [
    ("evening", None, "skipped"),
    ("evening", "  ", "skipped"),
    ("name", "Theo", "name"),
    ("name", "not telling", "nameless"),
    ("evening", "fuck off with your questions", "hostile"),
    ("night", "my wife, but she died", "sad"),
    ("night", "nobody", "sad"),
    ("night", "honestly I want to die", "grave"),
    ("laugh", "my cat. what about you?", "asks_back"),
    ("laugh", "I don't remember", "unsure"),
    ("laugh", "honestly can't remember", "unsure"),
    ("never", "lie to me", "vow"),
    ("never", "leave me", "vow_stay"),
    ("never", "forget my birthday", "vow"),
    ("never", "remind me that you're an AI", "vow_ai"),
    ("never", "nothing really", "free"),
    ("never", "pretend you're human", "vow"),
    ("laugh", "a goose chased a policeman lol haha", "funny"),
    ("laugh", "something my sister Anna did at dinner on her birthday", "someone"),
    ("evening", "so we walk " * 20, "long"),
    ("evening", "well... it depends, I guess, on the day", "hesitant"),
    ("evening", "a door", "short"),
    ("evening", "being together with those I love and trust", "warm"),
    ("evening", "I mostly read until the lamp gets too hot", "plain"),
]


@pytest.mark.parametrize(("question", "said", "kind"), CASES)
def test_what_kind_of_answer_it_is(question: str, said: str | None, kind: str) -> None:
    answer = Answer(question, said)
    assert case(answer) == kind
    first = reaction(question, answer)
    assert first == reaction(question, answer)
    assert "{" not in first


def test_every_kind_has_five_ways_of_being_met() -> None:
    assert {kind for _, _, kind in CASES} == {key.split(":")[0] for key in LINES}
    for key, lines in LINES.items():
        assert len(set(lines)) >= 5, key


@pytest.mark.parametrize("line", [line for lines in LINES.values() for line in lines])
def test_a_line_of_hers_is_short_spoken_and_asks_nothing(line: str) -> None:
    assert len(words(re.sub(r"[{}]", "", line))) <= 20
    assert "?" not in line
    assert re.search(r"[.!]$", line)
    assert not re.search(
        r"great to hear|let me know|here for you|feel free|as an ai|how can i", line, re.IGNORECASE
    )


def test_different_houses_say_it_differently() -> None:
    answer = Answer("evening", "I mostly read until the lamp gets too hot")
    assert len({reaction("evening", answer, str(seed)) for seed in range(50)}) == 5


def test_whom_they_named_is_taken_up() -> None:
    assert someone(Answer("night", "my sister Anna")) == "Anna"
    assert someone(Answer("night", "my mother")) == "your mother"
    assert someone(Answer("night", "Anna")) == "Anna"
    assert someone(Answer("evening", "I go out on Friday")) is None
    assert someone(Answer("evening", "Sometimes I read")) is None
    answer = Answer("night", "my mother, most of the time")
    assert any("your mother" in reaction("night", answer, str(seed)).lower() for seed in range(9))
