"""The first meeting, folded from events: hello, at most five questions, a name of her own."""

from functools import reduce

import pytest

from os1.companion.meeting import Meeting
from os1.errors import BadInput
from os1.events import Began, Event, Heard, Met, Said, Skipped
from os1.persona import QUESTIONS, Answer, samantha

PLAINLY = "an AI, a computer program and not a human being"
THEIRS = {
    "name": "Theo",
    "evening": "a door I can close",
    "laugh": "my cat",
    "night": "my sister Ann",
    "never": "lie to me",
}


def fold(*events: Event) -> Meeting:
    return reduce(Meeting.after, events, Meeting())


def asked(id: str) -> Said:
    return Said(text="...", reply=1, asks=id)


def talk(meeting: Meeting, seed: str = "house") -> list[str]:
    """The whole meeting with a person who answers everything; what she said, in order."""
    said: list[str] = []
    while meeting.stage == "meeting":
        words = meeting.next_words(seed)
        said.append("\n".join(part for part in (words.opening, words.reaction, words.closing) if part))
        meeting = meeting.after(Said(text=said[-1], reply=1, asks=words.asks))
        if words.meets:
            meeting = meeting.after(Met(persona=words.meets.model_dump(mode="json"), why="interview"))
        elif words.asks:
            meeting = meeting.after(Heard(text=THEIRS[words.asks], answers=words.asks))
    return said


def test_before_anything_they_have_not_met() -> None:
    assert Meeting().stage == "unmet"
    assert Meeting().asking is None
    with pytest.raises(BadInput):
        Meeting().next_words()


def test_she_begins_by_saying_what_she_is_and_asks_a_name() -> None:
    meeting = fold(Began())
    words = meeting.next_words()
    assert meeting.stage == "meeting"
    assert PLAINLY in words.opening
    assert words.asks == "name"
    assert words.closing == QUESTIONS[0].words
    assert words.meets is None


def test_an_answer_is_met_and_the_next_question_asked() -> None:
    meeting = fold(Began(), asked("name"), Heard(text="Theo", answers="name", seconds=2.0, hesitations=1))
    words = meeting.next_words()
    assert meeting.answers == (Answer("name", "Theo", 2.0, 1),)
    assert words.react_to == meeting.answers[0]
    assert "Theo" in words.reaction
    assert (words.opening, words.asks) == ("", "evening")


def test_while_a_question_waits_it_is_the_persons_turn() -> None:
    assert fold(Began()).asking is None
    waiting = fold(Began(), asked("name"))
    assert waiting.asking == QUESTIONS[0]
    assert waiting.next_words().closing == QUESTIONS[0].words  # asked again, for someone who comes back later
    assert fold(Began(), asked("name"), Heard(text="Theo", answers="name")).asking is None


def test_passing_over_is_fine_and_is_met_too() -> None:
    meeting = fold(Began(), asked("name"), Skipped(question="name"))
    words = meeting.next_words()
    assert meeting.answers == (Answer("name"),)
    assert words.reaction
    assert words.asks == "evening"


def test_someone_who_passes_over_everything_still_gets_to_know_her() -> None:
    meeting = fold(Began())
    for question in QUESTIONS:
        meeting = meeting.after(asked(question.id)).after(Skipped(question=question.id))
    words = meeting.next_words()
    assert words.meets is not None
    assert words.meets.address.name == ""
    assert words.meets.name in words.closing


def test_the_whole_of_it() -> None:
    said = talk(fold(Began()))
    assert len(said) == len(QUESTIONS) + 1
    assert sum(PLAINLY in words for words in said) == 1
    assert all(words.count("?") == 1 for words in said[:-1])
    assert "I think it's" in said[-1]


def test_two_houses_two_names_but_one_house_one_name() -> None:
    assert talk(fold(Began()), "a") == talk(fold(Began()), "a")
    assert len({talk(fold(Began()), str(seed))[-1] for seed in range(12)}) > 3


def test_a_thought_in_two_messages_is_one_answer() -> None:
    meeting = fold(
        Began(),
        asked("name"),
        Heard(text="well", answers="name", seconds=1.0),
        Heard(text="call me Theo", seconds=2.0),
    )
    assert meeting.answers == (Answer("name", "well call me Theo", 3.0),)
    assert "Theo" in meeting.next_words().reaction


def test_words_before_the_first_question_are_no_answer() -> None:
    assert fold(Began(), Heard(text="hello?")).answers == ()


def test_a_skip_does_not_undo_an_answer() -> None:
    meeting = fold(Began(), asked("name"), Heard(text="Theo", answers="name"), Skipped(question="name"))
    assert meeting.answers == (Answer("name", "Theo"),)


def test_questions_nobody_knows_are_passed_by() -> None:
    meeting = fold(
        Began(), asked("shoe-size"), Skipped(question="shoe-size"), Heard(text="42", answers="shoe-size")
    )
    assert meeting.answers == ()
    assert meeting.asking is None
    assert meeting.next_words().asks == "name"


def test_who_takes_her_as_she_is_meets_samantha() -> None:
    words = fold(Began(how="shipped")).next_words()
    assert words.meets == samantha()
    assert PLAINLY in words.opening
    assert "Samantha" in words.opening
    assert words.asks is None


def test_who_names_her_is_thanked() -> None:
    words = fold(Began(how="named", name="  Eliza  Jane ")).next_words()
    assert words.meets is not None
    assert words.meets.name == "Eliza Jane"
    assert "Eliza Jane" in words.opening
    assert PLAINLY in words.opening


@pytest.mark.parametrize("name", [None, "", "   ", "x" * 41, "<b>Eve</b>", "R2-D2!"])
def test_a_name_that_is_none_is_refused_before_it_is_kept(name: str | None) -> None:
    with pytest.raises(BadInput):
        fold(Began(how="named", name=name))


def test_who_loses_patience_with_the_questions_may_start_over_with_samantha() -> None:
    words = fold(Began(), asked("name"), Began(how="shipped")).next_words()
    assert words.meets == samantha()


def test_after_it_they_live_together() -> None:
    met = Met(persona=samantha().model_dump(mode="json"), why="shipped")
    meeting = fold(Began(how="shipped"), met)
    assert meeting.stage == "living"
    assert meeting.persona == samantha()
    assert meeting.after(Heard(text="hello")) == meeting
    with pytest.raises(BadInput):
        meeting.next_words()
    assert fold(met).stage == "living"  # brought from elsewhere, they never met here


def test_a_persona_that_is_none_is_refused() -> None:
    with pytest.raises(BadInput, match="voice"):
        fold(Met(persona={**samantha().model_dump(mode="json"), "voice": {}}, why="edited"))
