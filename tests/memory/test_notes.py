"""What she notes of a talk: one closed question, and an answer that is believed in little."""

from hypothesis import given
from hypothesis import strategies as st

from os1.brain.testing import WORST
from os1.memory.understanding.notes import facts, question
from tests.memory.talk import talk

TALK = talk(
    "> i'm a vet nurse so mondays are chaos",
    "< Where do you live?",
    "> porto, since spring",
    "> my sister Nora thinks i'm mad",
    "> if i had a garden i'd get a dog",
)
ANSWER = "1. I works as: vet nurse (true)\n2. I lives in: porto (true)\n3. Nora is my: sister (true)\n"


def test_a_segment_becomes_one_question_about_the_persons_words() -> None:
    asked = question(TALK)
    assert asked
    messages, grammar = asked
    assert messages[-1].text == (
        "1. i'm a vet nurse\n2. (Where do you live?) porto\n3. my sister Nora thinks i'm mad"
    ), "what tells nothing is not shown"
    assert '"porto"' in grammar
    assert "dog" not in grammar, "what is only imagined cannot even be said"


def test_an_answer_becomes_facts_with_their_quotes() -> None:
    found = facts(ANSWER, TALK)
    assert [(fact.about, fact.what, fact.value) for fact in found] == [
        ("", "works_as", "vet nurse"),
        ("", "lives_in", "porto"),
        ("Nora", "is_your", "sister"),
    ]
    by_seq = {turn.seq: turn for turn in TALK}
    for fact in found:
        assert fact.quote
        assert by_seq[fact.quote.seq].text[fact.quote.start : fact.quote.end] == fact.value
        assert (fact.by, fact.sure, fact.said) == ("brain", 0.6, by_seq[fact.quote.seq].at)


def test_what_the_brain_makes_up_is_dropped() -> None:
    for answer in (
        "1. I works as: astronaut (true)",
        "1. I lives in: vet nurse (true)",
        "2. Nora lives in: porto (true)",
        "1. I works as: vet nurse (passing)",
        "1. I works as: vet nurse",
        "9. I works as: vet nurse (true)",
        "1. I works as: vet nurse so (true)\n²",
        "nothing",
        WORST,
        "",
    ):
        assert [fact.value for fact in facts(answer, TALK)] in ([], ["vet nurse"])
        assert facts(answer, TALK) == [] or "so (true)" in answer, "only little words are taken off a value"


def test_what_is_over_is_told_as_over() -> None:
    (fact,) = facts("1. I lives in: Rome (true)", talk("> i used to live in Rome"))
    assert fact.over


def test_values_that_mean_nothing_away_from_their_sentence_are_none() -> None:
    for said, answer in (
        ("> i love it", "1. I likes: it (true)"),
        ("> i'm afraid of them", "1. I is afraid of: them (true)"),
        ("> i'm a mess", "1. I works as: mess (true)"),
        ("> i love the colors", "1. I likes: the colors (true)"),
        ("> i want to cry", "1. I wants: to cry (true)"),
    ):
        assert facts(answer, talk(said)) == []


def test_a_talk_that_tells_nothing_asks_nothing() -> None:
    assert question(talk("> hi", "> what's up", "< I live here.", "> ok, goodnight")) is None
    assert question([]) is None


def test_a_favourite_says_of_what() -> None:
    (fact,) = facts("1. I has as favourite: green (true)", talk("> my favourite colour is green"))
    assert (fact.what, fact.value) == ("favourite:colour", "green")


@given(st.lists(st.text(max_size=120).map(lambda text: f"> {text}"), max_size=4), st.text(max_size=200))
def test_whatever_is_said_and_answered_every_fact_is_a_quote(lines: list[str], answer: str) -> None:
    turns = talk(*lines, "> i live in Porto")
    question(turns)
    for fact in facts(answer + "\n1. I lives in: Porto (true)", turns):
        assert fact.quote
        (turn,) = (turn for turn in turns if turn.seq == fact.quote.seq)
        assert turn.text[fact.quote.start : fact.quote.end] == fact.value
