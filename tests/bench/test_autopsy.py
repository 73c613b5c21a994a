"""What an autopsy finds: gaps, doubles, words that are gone. On logs made by hand, where it is known."""

import random

import pytest

from bench.kill9 import CLIENT, Person, disorder, missing
from os1.events import Event, Heard, Said
from os1.frames import Kept, Say


def heard(n: int, text: str = "Hello.") -> Heard:
    return Heard(text=text, client=CLIENT, n=n)


def person(*kept: tuple[int, int, str]) -> Person:
    """Someone whose messages (n, log number, words) were acknowledged."""
    them = Person(random.Random(1))
    for n, seq, text in kept:
        them.waiting[n] = Say(n=n, text=text)
        them.hears(Kept(n=n, seq=seq))
    return them


WHOLE: dict[int, Event] = {1: heard(1), 2: Said(text="Yes?", reply=1), 3: heard(2, "The boat came back.")}


def test_a_whole_log_has_no_fault() -> None:
    assert disorder([1, 2, 3], WHOLE) == []
    assert missing(person((1, 1, "Hello."), (2, 3, "The boat came back.")), WHOLE) == 0


@pytest.mark.parametrize(
    "kept",
    [(2, 3, "The boat came back!"), (3, 4, "Hello."), (2, 1, "The boat came back.")],
    ids=["other words", "not there", "elsewhere"],
)
def test_an_acknowledged_message_must_be_there_word_for_word(kept: tuple[int, int, str]) -> None:
    assert missing(person(kept), WHOLE) == 1


def test_what_a_window_was_told_of_must_be_there() -> None:
    them = person()
    them.told = {2: Said(text="Yes? Go on.", reply=1)}
    assert missing(them, WHOLE) == 1


@pytest.mark.parametrize(
    ("log", "fault"),
    [
        ({1: heard(1), 3: heard(2)}, "gap"),
        ({1: heard(1), 2: heard(1)}, "once each"),
        ({1: heard(2), 2: heard(1)}, "once each"),
        ({1: heard(1), 2: Said(text="Yes?", reply=1), 3: Said(text="Yes?", reply=1)}, "twice"),
        ({1: heard(1), 2: Said(text="Yes?", reply=2)}, "what was not said"),
    ],
)
def test_a_log_that_is_not_in_order_is_told_apart(log: dict[int, Event], fault: str) -> None:
    (found,) = disorder(sorted(log), log)
    assert fault in found
