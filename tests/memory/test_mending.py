"""What a remark changes of what is known: each said after a short life, values in and values out."""

from datetime import UTC, date, datetime, timedelta

import pytest

from os1.events import Happened
from os1.memory.knowledge import Knowledge
from os1.memory.records import Turn
from os1.memory.understanding.tagger import NOTHING
from os1.memory.understanding.understood import understood

MONDAY = datetime(2026, 3, 2, 18, tzinfo=UTC)


def lived(*remarks: str) -> Knowledge:
    """A remark a day."""
    life = Knowledge("salt")
    for number, text in enumerate(remarks):
        turn = Turn(number + 1, MONDAY + timedelta(days=number), "person", text)
        for fact in understood(turn, NOTHING, UTC, life):
            life.take(Happened(seq=100 + life_size(life), at=turn.at, event=fact))
    return life


def life_size(life: Knowledge) -> int:
    return sum(1 + len(life.learned_as(fact.id)) for fact in life.facts())


def held(life: Knowledge, state: str = "now") -> set[str]:
    return {
        f"{fact.name + '.' if fact.name else ''}{fact.what}={fact.value}"
        for fact in life.facts()
        if fact.state == state
    }


@pytest.mark.parametrize(
    ("remarks", "now", "gone"),
    [
        (["Paula is allergic to cashews", "sorry no, pecans, not cashews"], "Paula.allergic_to=pecans", "wrong"),
        (["I work at Brightwater", "i said Brightwater but it's Brightwell"], "works_at=Brightwell", "wrong"),
        (["My friend Carla is here", "it's Karla, not Carla"], "Karla.is_your=friend", "wrong"),
        (["My hobby is fencing", "I gave up fencing, no time"], "", "past"),
        (["My boss is called Edith", "My new manager is Harald"], "Harald.is_your=new manager", "past"),
        (["I love opera", "I used to love opera, now I can't stand it"], "dislikes=opera", "past"),
    ],
)  # fmt: skip
def test_what_was_known_makes_room(remarks: list[str], now: str, gone: str) -> None:
    life = lived(*remarks)
    assert now in held(life) or not now
    assert len(held(life, gone)) == 1


def test_a_plan_is_put_off_and_called_off() -> None:
    life = lived("the vaccination is on 20 March", "the vaccination got moved to 27 March")
    (plan,) = life.now("", "plans")
    assert plan.since is not None
    assert (plan.value, plan.since.day) == ("the vaccination", date(2026, 3, 27))
    life = lived("the vaccination is on 20 March", "the vaccination is off, they called")
    assert held(life, "past") == {"plans=the vaccination"}


@pytest.mark.parametrize(
    "remark",
    [
        "should i sell the cello?",
        "I might sell the cello",
        "if i sold the cello i'd cry",
        "The cello is not gone",
    ],
)
def test_what_is_only_thought_of_ends_nothing(remark: str) -> None:
    assert held(lived("My hobby is the cello", remark)) == {"hobby=the cello"}


def test_names_in_small_letters_are_known_once_they_were_told() -> None:
    life = lived("my flatmate is called Gunvor", "gunvor is allergic to cashews")
    assert "Gunvor.allergic_to=cashews" in held(life)
