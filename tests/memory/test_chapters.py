"""Chapters: which are due, what they say, and what a brain may make of them."""

from datetime import date, datetime, timedelta

import pytest

from os1.events import Chaptered, Happened, Learned, Span
from os1.memory.chapters import due, plain
from os1.memory.records import Turn
from os1.memory.retelling import question, told
from tests.memory.talk import NOON, talk

DAY = NOON.date()
LONG_DAY = talk(
    "> morning! the choir sang the requiem at last",
    "> my hands were shaking during the second movement",
    "< How was it?",
    "> the conductor cried and the whole church clapped",
    "> i sing in a choir, you know",
    "> afterwards we ate soup with everyone",
    "> should i go again next week?",
    "> anyway, goodnight",
)
SINGS = Learned(what="habit", value="sing in a choir", quote=Span(seq=5, start=2, end=17), by="brain")


def kept(*chapters: Chaptered) -> list[Happened]:
    return [Happened(seq=seq, at=NOON, event=one) for seq, one in enumerate(chapters, start=100)]


def test_a_day_is_due_when_it_is_over_and_not_before() -> None:
    assert due(LONG_DAY, [SINGS], [], DAY) == []
    (one,) = due(LONG_DAY, [SINGS], [], DAY + timedelta(days=1))
    assert (one.level, one.first, one.last) == ("day", DAY, DAY)
    assert due(LONG_DAY, [SINGS], kept(plain(one)), DAY + timedelta(days=1)) == [], "and only once"


def test_a_day_of_few_words_or_of_nothing_told_gets_none() -> None:
    tomorrow = DAY + timedelta(days=1)
    assert due(talk("> hi", "> the choir sang the requiem at last, what a day"), [], [], tomorrow) == []
    assert due(talk(*["> ok"] * 12), [], [], tomorrow) == []


def test_a_day_by_rules_quotes_and_cites() -> None:
    (one,) = due(LONG_DAY, [SINGS], [], DAY + timedelta(days=1))
    chapter = plain(one)
    assert chapter.by == "rules"
    quoted = {turn.seq for turn in LONG_DAY if turn.speaker == "person" and turn.text in chapter.text}
    assert quoted <= set(chapter.cites)
    assert chapter.text.startswith("You said “")
    assert "I learned that you tend to sing in a choir" in chapter.text
    assert "choir" in chapter.title.lower()
    assert "should i go" not in chapter.text


def test_what_a_day_taught_and_is_named_after_is_cited_though_it_is_not_quoted() -> None:
    (one,) = due(LONG_DAY, [SINGS], [], DAY + timedelta(days=1))
    chapter = plain(one)
    assert SINGS.quote is not None
    assert SINGS.quote.seq in chapter.cites, "forgetting that sentence must take the chapter along"
    for word in one.words:
        named_in = {
            turn.seq for turn in LONG_DAY if turn.speaker == "person" and word.lower() in turn.text.lower()
        }
        assert named_in <= set(chapter.cites)


def days(of: date, titles: list[str]) -> list[Chaptered]:
    return [
        Chaptered(
            level="day",
            first=of + timedelta(days=n),
            last=of + timedelta(days=n),
            title=title,
            text=f"You said “{title} all day”.",
            cites=(n + 1,),
        )
        for n, title in enumerate(titles)
    ]


def test_days_make_a_week_weeks_an_arc_and_arcs_the_life() -> None:
    chapters = [
        chapter
        for week in range(5)
        for chapter in days(DAY + timedelta(weeks=week), ["Choir and soup", "Choir"])
    ]
    chapters += days(DAY + timedelta(weeks=5), ["Moving boxes", "Boxes"])
    today, levels = DAY + timedelta(weeks=6), list[str]()
    while found := due([], [], kept(*chapters), today):
        levels.append(found[0].level)
        chapters.append(plain(found[0]))
    assert levels == ["week"] * 6 + ["arc", "life"]
    arc, life = chapters[-2:]
    assert (arc.first, arc.last) == (DAY, DAY + timedelta(days=34)), "until the theme changed"
    assert "choir" in arc.title.lower()
    assert life.first == arc.first
    assert set(life.cites) == {1, 2}


def test_a_week_of_one_day_is_that_day_and_a_week_that_goes_on_waits() -> None:
    assert due([], [], kept(*days(DAY, ["Choir"])), DAY + timedelta(weeks=2)) == []
    assert due([], [], kept(*days(DAY, ["Choir", "Soup"])), DAY + timedelta(days=6)) == []


@pytest.mark.parametrize(
    ("answer", "whose"),
    [
        ("Title: The choir sang\nThe choir sang the requiem. Your hands were shaking.", "brain"),
        ("Title: The choir sang\nThe choir sang in Vienna. Your hands were shaking.", "rules"),
        ("Title: The choir sang\nThe choir sang 3 times. Your hands were shaking.", "rules"),
        ("Title: The choir sang\nYou felt proud because grandmother finally forgave everything. You smiled happily.", "rules"),
        ("Title: The choir sang\nYour hands were shaking.", "rules"),
        ("Title: The choir sang\nI sang the requiem. My hands were shaking.", "rules"),
        ("", "rules"),
    ],
)  # fmt: skip
def test_a_brain_may_only_say_what_was_said(answer: str, whose: str) -> None:
    (one,) = due(LONG_DAY, [SINGS], [], DAY + timedelta(days=1))
    messages, grammar = question(one)
    assert "requiem" in messages[-1].text
    assert "root" in grammar
    assert told(answer, one, plain(one)).by == whose


def test_a_day_is_that_of_the_turns_own_time_zone() -> None:
    turns = [
        Turn(t.seq, datetime(2026, 3, 2, 23, t.seq, tzinfo=NOON.tzinfo), t.speaker, t.text) for t in LONG_DAY
    ]
    (one,) = due(turns, [], [], date(2026, 3, 4))
    assert one.first == date(2026, 3, 2)
