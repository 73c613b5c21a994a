"""When a remark that is remembered may stand for an answer, and when silence is honest."""

from datetime import UTC, datetime

import pytest

from os1.events import Happened, Learned
from os1.memory.answering import holds, told_together
from os1.memory.knowledge import Knowledge
from os1.memory.understanding.asking import understand


@pytest.mark.parametrize(
    ("question", "text", "answers"),
    [
        ("where does Paula live?", "Paula moved to Ghent in May", True),
        ("where does Paula live?", "Paula laughed a lot", False),
        ("where does Paula live?", "Kim lives in Ghent", False),
        ("what is Paula allergic to?", "Paula gets hives from cashews", True),
        ("am I allergic to cashews?", "there were cashews on the cake and I'm allergic", True),
        ("am I allergic to cashews?", "there was a wasp and I'm allergic", False),
        ("what's my plumber's name?", "the boiler is broken", False),
        ("which car does Paula drive?", "Paula came by", False),
    ],
)
def test_whom_and_what_it_is_about_must_be_in_it(question: str, text: str, answers: bool) -> None:
    assert holds(question, understand(question), text) == answers


def test_many_things_of_one_kind_are_told_in_one_breath() -> None:
    life = Knowledge("salt")
    for number, (about, what, value) in enumerate(
        [("", "plays", "chess"), ("", "plays", "the banjo"), ("", "hobby", "fencing"), ("Misu", "is_your", "cat"), ("Olli", "is_your", "cat")], 1
    ):  # fmt: skip
        said = datetime(2026, 3, number, tzinfo=UTC)
        life.take(
            Happened(seq=number, at=said, event=Learned(about=about, what=what, value=value, said=said))
        )
    facts = [fact for who in ("", "misu", "olli") for what in life.whats(who) for fact in life.now(who, what)]
    assert told_together(facts) == [
        "they spend time on fencing",
        "they play chess and the banjo",
        "Misu and Olli are each their cat",
    ]
