"""How often, and who was there: all that was told of it, counted by the day it was."""

from datetime import UTC, datetime, timedelta

import pytest

from os1.memory.records import Turn
from os1.memory.understanding.gathering import gathered, sought

NOW = datetime(2026, 6, 20, 18, tzinfo=UTC)


def told(*some: tuple[str, str]) -> list[Turn]:
    """Days of May, and what was said on them."""
    return [
        Turn(number, datetime(2026, 5, 1, 20, tzinfo=UTC) + timedelta(days=int(day) - 1), "person", text)
        for number, (day, text) in enumerate(some, 1)
    ]


def answer(question: str, *some: tuple[str, str]) -> str:
    looked_for = sought(question, NOW)
    assert looked_for is not None
    return gathered(looked_for, told(*some), UTC, lambda word: word in {"misu"}).text


def test_each_day_counts_once_whenever_it_is_told() -> None:
    assert (
        answer(
            "How often did I go climbing in May?",
            ("3", "Went climbing today, my arms!"),
            ("4", "Climbing yesterday was great."),
            ("9", "just home from climbing"),
            ("12", "I wanted to go climbing but it rained"),
            ("13", "Did you know climbing is older than cricket?"),
            ("14", "going climbing tomorrow"),
            ("21", "no climbing this week"),
        )
        == "Twice, as far as you told me: on 3 May and 9 May."
    )


def test_what_was_never_told_is_counted_as_nothing() -> None:
    assert answer("how many times have I been bowling this year?") == ""


def test_who_came_are_those_who_were_not_missed() -> None:
    assert (
        answer(
            "Who came to the barbecue?",
            ("2", "The barbecue was lovely. Paula and Tom were there, and Ingrid brought a cake."),
            ("3", "Sad that Viktor couldn't make it to the barbecue."),
            ("4", "misu slept through the barbecue"),
        )
        == "Paula, Tom, Ingrid and Misu, as you told it."
    )


@pytest.mark.parametrize(
    "question", ["Where do I live?", "how often should I water a fern?", "who came up with this?"]
)
def test_other_questions_are_not_for_it(question: str) -> None:
    assert sought(question, NOW) is None
