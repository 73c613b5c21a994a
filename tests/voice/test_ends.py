"""When she may speak: what was said, how it sounded, and how long she then waits."""

import pytest

from os1.voice.base import Marks
from os1.voice.ends import LIKELY, OPEN, SURE, UNSURE, Evidence, over, patience
from os1.voice.prosody import Prosody

FALLING = Prosody(height=-8.0, dimming=-7.0, clear=0.5, held=0.25, seconds=1.2)
"""Down to the ground, drawn out, and breathed away."""
HANGING = Prosody(height=-0.5, dimming=-1.0, clear=0.95, held=0.03, seconds=0.9)
"""Up in the air, loud, and cut short."""


def wait(text: str, prosody: Prosody | None = None, model: float | None = None, asked: bool = False) -> float:
    return patience(Evidence(text, model, prosody, asked))


@pytest.mark.parametrize(
    "text",
    [
        "What are you doing right now?",
        "Do you ever get lonely?",
        "Hey, are you up?",
        "You remember my brother, don't you?",
        "I had a really long day at work.",
        "I told him that I couldn't come.",
        "She is the one I was talking about.",
        "Well, you know, it is what it is.",
        "So, uh, I decided to quit.",
        "Tell me something I don't know.",
        "I bought apples, bread, and some cheese.",
        "If it's nice tomorrow, we could go to the beach.",
    ],
)
def test_what_is_whole_and_sounds_it_is_answered_at_once(text: str) -> None:
    assert wait(text, FALLING, 0.95) == SURE


@pytest.mark.parametrize(
    "text", ["Yes.", "No, not at all.", "My sister.", "In the garden.", "Twenty seven.", "Blue."]
)
def test_a_short_answer_to_her_question_is_whole(text: str) -> None:
    assert wait(text, FALLING._replace(seconds=0.5), 0.95, asked=True) == SURE


@pytest.mark.parametrize(
    "text",
    [
        "I was thinking about.",
        "I was going to ask him but.",
        "I want to tell her that.",
        "I put the letter in the.",
        "My boss told me to.",
        "The thing is.",
        "And um.",
        "It was, uh.",
        "He is such a.",
        "I don't really know if.",
        "Do you know what?",
        "How do you feel about?",
        "It's one of those.",
        "When I think about it.",
    ],
)
def test_what_cannot_be_the_end_is_waited_for_whatever_ears_and_model_say(text: str) -> None:
    assert wait(text, HANGING, 0.95) >= UNSURE


@pytest.mark.parametrize(
    "text", ["So.", "Well, um.", "You know.", "Okay, so.", "I mean.", "Last night.", "On Monday."]
)
def test_who_has_only_begun_is_let_begin(text: str) -> None:
    assert wait(text, HANGING, 0.9) >= UNSURE


def test_the_same_words_end_or_go_on_by_how_they_sound() -> None:
    text = "My sister is getting married."
    assert wait(text, FALLING, 0.95) == SURE
    assert wait(text, HANGING, 0.5) >= UNSURE


def test_a_list_is_waited_for_until_its_last_item() -> None:
    assert wait("I need to buy eggs, milk.", HANGING, 0.7) >= UNSURE
    assert wait("I need to buy eggs, milk, and some flour.", FALLING, 0.9) == SURE


def test_dots_make_her_patient() -> None:
    said = Evidence("I don't know, it's just...", 0.5, None, False)
    assert over(said) < over(said._replace(text="I don't know, it's just fine."))
    assert patience(said) >= UNSURE


def test_why_at_the_end_of_a_statement_can_be_all_there_is() -> None:
    assert over(Evidence("I don't know why.", 0.9, FALLING, False)) > over(
        Evidence("Do you know why.", 0.9, FALLING, False)
    )


def test_a_verb_that_stands_for_her_question_is_an_answer() -> None:
    assert wait("Yes, I do.", FALLING._replace(seconds=0.7), 0.95, asked=True) == SURE
    assert wait("I think he does.", HANGING, 0.5) >= LIKELY


def test_a_question_is_whole_though_its_voice_rises() -> None:
    assert wait("Is it going to be cold this weekend?", HANGING, 0.9) == SURE


def test_every_witness_counts_and_each_may_be_missing() -> None:
    said = Evidence("I called my landlord.", None, None, False)
    assert over(said._replace(turn_model=0.02)) < over(said) < over(said._replace(turn_model=0.98))
    assert over(said._replace(prosody=HANGING)) < over(said._replace(prosody=FALLING))


def test_ears_that_would_rather_write_a_comma_make_her_wait() -> None:
    said = Evidence("I watched the sunset.", 0.9, None, False)
    stop, comma = (said._replace(marks=marks) for marks in (Marks(0.9, 0.005, 0.001), Marks(0.2, 0.4, 0.002)))
    assert over(comma) < over(said) < over(stop)


def test_after_a_comma_that_ears_are_sure_of_nothing_makes_her_quick() -> None:
    said = Evidence("Where did you put the keys", 0.95, FALLING, False, Marks(0.45, 0.54, 0.0))
    assert patience(said) >= UNSURE


def test_ears_that_expect_the_sentence_to_be_carried_on_make_her_wait() -> None:
    said = Evidence("I saw a documentary.", 0.9, None, False, Marks(0.6, 0.03, 0.0003))
    assert over(said._replace(marks=Marks(0.6, 0.03, 0.02))) < over(said)


def test_when_nothing_was_understood_she_waits() -> None:
    assert wait("") == wait("...") == OPEN


def test_she_never_waits_longer_than_two_seconds_or_answers_within_a_word() -> None:
    for text in (
        "",
        "um",
        "Yes.",
        "I",
        "because because because",
        "\N{HORIZONTAL ELLIPSIS}",
        "ünïcödé",
        "a" * 10_000,
    ):
        for model in (None, 0.0, 0.5, 1.0):
            assert SURE <= wait(text, None, model) <= OPEN <= 2.2
