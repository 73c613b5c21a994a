"""When a remark that is remembered may stand for an answer, and when silence is honest."""

import pytest

from os1.memory.answering import holds
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
