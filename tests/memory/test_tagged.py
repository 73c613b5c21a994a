"""What marks come to: a remark with the marks that a model might put on it, after a short life; facts and endings out."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os1.events import Event, Happened, Learned, Settled
from os1.memory.knowledge import Knowledge
from os1.memory.records import Turn
from os1.memory.understanding.asking import Asked
from os1.memory.understanding.labels import SLOTS
from os1.memory.understanding.learning import learn
from os1.memory.understanding.questions import asked_for
from os1.memory.understanding.reader import Reader
from os1.memory.understanding.tagged import stated
from os1.memory.understanding.tagger import Mark, Tagged

MONDAY = datetime(2026, 3, 2, 18, tzinfo=UTC)


def mark(text: str, words: str, slot: str, status: Any = "now", owner: Any = "me", sure: float = 0.9) -> Mark:
    start = text.index(words)
    return Mark(start, start + len(words), slot, status, owner, sure)


def marked(text: str, *marks: tuple[Any, ...]) -> Tagged:
    return Tagged(tuple(sorted(mark(text, *each) for each in marks)))


def lived(*remarks: str) -> Knowledge:
    """A remark a day, read by the rules."""
    life = Knowledge("salt")
    for number, text in enumerate(remarks):
        turn = Turn(number + 1, MONDAY - timedelta(days=90 - number), "person", text)
        for place, fact in enumerate(learn(turn, UTC)):
            life.take(Happened(seq=100 * (number + 1) + place, at=turn.at, event=fact))
    return life


def said(text: str, *marks: tuple[Any, ...], after: Knowledge | None = None) -> list[Event]:
    turn = Turn(900, MONDAY, "person", text)
    return [*stated(turn, marked(text, *marks), UTC, after or Knowledge("salt"))]


def facts(events: list[Event]) -> list[str]:
    return [
        f"{one.about + '.' if one.about else ''}{one.what}={one.value}{' over' if one.over else ''}{' mends' if one.mends else ''}"
        for one in events
        if isinstance(one, Learned)
    ]


def test_a_value_that_is_so_becomes_a_fact_with_its_sentence_as_the_quote() -> None:
    text = "Rain again. The firm that pays me is Brightwater these days!"
    (fact,) = said(text, ("Brightwater", "works_at"))
    assert isinstance(fact, Learned)
    assert (fact.what, fact.value, fact.about) == ("works_at", "Brightwater", "")
    assert fact.quote is not None
    assert text[fact.quote.start : fact.quote.end] == "The firm that pays me is Brightwater these days!"


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("Paula swears by kimchi", [("Paula", "who"), ("kimchi", "likes", "now", "before")], ["Paula.likes=kimchi"]),
        ("paula's a welder now", [("paula", "who"), ("welder", "works_as", "now", "before")], ["Paula.works_as=a welder"]),
        ("my sister rang, she moved to Cork", [("my sister", "who"), ("she", "who"), ("Cork", "lives_in", "now", "before")],
         ["my sister.lives_in=Cork"]),
        ("the new boss is Harald", [("boss", "is_your", "now", "next"), ("Harald", "who")], ["Harald.is_your=boss"]),
        ("my new boss starts today", [("boss", "is_your")], []),
        ("best season is autumn", [("season", "kind"), ("autumn", "favourite")], ["favourite:season=autumn"]),
        ("autumn, always", [("autumn", "favourite")], []),
        ("teal, hands down", [("teal", "favourite_colour")], ["favourite:colour=teal"]),
        ("she moved to Cork", [("she", "who"), ("Cork", "lives_in", "now", "before")], []),
        ("flying to Cork", [("to", "plans")], []),
        ("kale, i suppose", [("kale", "likes", "now", "me", 0.3)], []),
    ],
)  # fmt: skip
def test_whose_it_is_and_what(text: str, marks: list[tuple[Any, ...]], expected: list[str]) -> None:
    assert facts(said(text, *marks)) == expected


def test_quoted_words_and_pasted_orders_are_nobodys_facts() -> None:
    for text in ("'my name is Debbie', that's how every scam begins", 'she read out "my name is Debbie"'):
        assert said(text, ("Debbie", "name")) == []


def test_nothing_is_learned_from_her_own_words_nor_from_a_question() -> None:
    text = "You live in Cork"
    tagged = marked(text, ("Cork", "lives_in"))
    assert stated(Turn(1, MONDAY, "companion", text), tagged, UTC, Knowledge("salt")) == []
    asks = tagged._replace(asks="lives_in", mode="now", sure=0.9)
    assert stated(Turn(1, MONDAY, "person", text), asks, UTC, Knowledge("salt")) == []


def test_what_ends_is_what_was_known_in_the_words_it_was_known_in() -> None:
    life = lived("I play the banjo", "I work at Brightwater")
    assert facts(said("found the banjo a new home", ("banjo", "owns", "over"), after=life)) == [
        "plays=the banjo over"
    ]
    assert facts(said("handed in my notice", ("notice", "works_at", "over"), after=life)) == [
        "works_at=Brightwater over"
    ]


def test_a_pet_or_a_love_ends_by_its_name() -> None:
    life = lived("We have a cat called Misu")
    over = said(
        "had to let Misu go on sunday", ("Misu", "who"), ("let", "is_your", "over", "next"), after=life
    )
    assert facts(over) == ["Misu.is_your=cat over"]


def test_what_was_said_in_error_makes_room_for_what_is_so() -> None:
    life = lived("I'm allergic to walnuts")
    text = "walnuts? pecans i meant"
    found = said(text, ("walnuts", "allergic_to", "not"), ("pecans", "allergic_to"), after=life)
    assert facts(found) == ["allergic_to=pecans mends"]
    (known,) = life.now("", "allergic_to")
    assert isinstance(found[0], Learned)
    assert found[0].replaces == known.id
    (never,) = said("never been allergic to walnuts", ("walnuts", "allergic_to", "not"), after=life)
    assert never == Settled(fact=known.id, how="wrong")


def test_what_the_rules_have_read_is_not_read_twice() -> None:
    text = "I live in Cork"
    turn = Turn(1, MONDAY, "person", text)
    found = learn(turn, UTC)
    assert stated(turn, marked(text, ("Cork", "lives_in")), UTC, Knowledge("salt"), found) == []


def test_days_beside_it_say_since_when_and_for_when() -> None:
    (began,) = said("new desk at Brightwater since 2024", ("Brightwater", "works_at"))
    (ahead,) = said("eye test on 20 March", ("eye test", "plans"))
    assert isinstance(began, Learned)
    assert isinstance(ahead, Learned)
    assert began.since is not None
    assert ahead.since is not None
    assert (began.since.day.year, ahead.since.day) == (2024, date(2026, 3, 20))


@pytest.mark.parametrize(
    ("text", "asks", "mode", "marks", "expected"),
    [
        ("remind me which firm pays me", "works_at", "now", [], Asked("", ("works_at", "works_as"), "now")),
        ("what's Paula behind the wheel of?", "owns", "now", [("Paula", "who")], Asked("Paula", ("owns",), "now")),
        ("the banjo, is that still a thing?", "plays", "still", [("banjo", "value")],
         Asked("", ("plays", "hobby"), "now", "banjo")),
        ("my season of seasons?", "favourite", "now", [("season", "kind")], Asked("", ("favourite:season",), "now")),
        ("what does my sister Paula get paid for?", "works_as", "now", [("my sister Paula", "who")],
         Asked("Paula", ("works_as", "works_at", "studies"), "now")),
        ("and what does she get paid for?", "works_as", "now", [("she", "who")], None),
        ("how was the weather?", "none", "none", [], None),
    ],
)  # fmt: skip
def test_what_a_question_asks_for(
    text: str, asks: str, mode: Any, marks: list[tuple[Any, ...]], expected: Asked | None
) -> None:
    tagged = marked(text, *marks)._replace(asks=asks, mode=mode, sure=0.9)
    assert asked_for(text, tagged) == expected
    assert asked_for(text, tagged._replace(sure=0.2)) is None


@given(st.text(max_size=80), st.data())
def test_no_marks_on_any_text_break_it(text: str, data: st.DataObject) -> None:
    places = st.integers(0, len(text))
    statuses: st.SearchStrategy[Any] = st.sampled_from(["now", "over", "not"])
    owners: st.SearchStrategy[Any] = st.sampled_from(["me", "before", "next"])
    marks: list[Mark] = []
    for _ in range(data.draw(st.integers(0, 4))):
        start, end = sorted((data.draw(places), data.draw(places)))
        slot = data.draw(st.sampled_from([*SLOTS, "who"]))
        marks.append(Mark(start, end, slot, data.draw(statuses), data.draw(owners), 0.9))
    turn = Turn(1, MONDAY, "person", text)
    for one in stated(turn, Tagged(tuple(sorted(marks))), UTC, lived("I live in Cork")):
        if isinstance(one, Learned):
            assert one.value.strip()
            assert one.quote is not None
            assert 0 <= one.quote.start < one.quote.end <= len(text)


async def test_what_was_read_is_not_read_twice_and_can_be_forgotten() -> None:
    seen: list[str] = []

    def tag(text: str) -> Tagged:
        seen.append(text)
        return Tagged((), "age", "now", 0.9)

    reader = Reader(tag)
    assert (await reader.of("how old am i?")).asks == "age"
    await reader.of("how old am i?")
    assert seen == ["how old am i?"]
    reader.forget()
    assert reader.known("how old am i?") == Tagged(())
    assert await Reader().of("how old am i?") == Tagged(())
