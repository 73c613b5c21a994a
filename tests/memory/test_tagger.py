"""The model that marks words, as it ships: what it must see in plain remarks, and that no text upsets it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from os1.memory.understanding.tagger import PIECE, pieces, tag

MARKED = [
    ("The firm that pays my wages is Brightwater these days.", {("Brightwater", "works_at", "now")}),
    ("we upped sticks, Cork is home now", {("Cork", "lives_in", "now")}),
    ("i've packed in the bouldering for good", {("bouldering", "hobby", "over")}),
    ("Turns out I'm allergic to cashews.", {("cashews", "allergic_to", "now")}),
    ("sold the cargo bike last week", {("cargo bike", "owns", "over")}),
    ("If I lived in Cork I would cycle everywhere.", set[tuple[str, str, str]]()),
    ("The weather in Cork is dreadful today.", set[tuple[str, str, str]]()),
]


@pytest.mark.parametrize(("text", "expected"), MARKED)
def test_it_marks_what_is_stated(text: str, expected: set[tuple[str, str, str]]) -> None:
    marks = {
        (text[one.start : one.end], one.slot, one.status) for one in tag(text).marks if one.slot != "who"
    }
    assert marks == expected


@pytest.mark.parametrize(
    ("text", "asks", "mode"),
    [
        ("which city am i living in these days?", "lives_in", "now"),
        ("am i still doing the pottery?", "hobby", "still"),
        ("what's Paula's job?", "works_as", "now"),
        ("what should i cook tonight?", "none", "none"),
        ("i had soup for lunch", "none", "none"),
    ],
)
def test_it_sees_what_a_question_asks_for(text: str, asks: str, mode: str) -> None:
    found = tag(text)
    assert (found.asks, found.mode) == (asks, mode)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_marked_within_its_bounds(text: str) -> None:
    last = 0
    for one in tag(text).marks:
        assert last <= one.start < one.end <= len(text)
        assert 0 <= one.sure <= 1
        last = one.end


@given(st.text(alphabet="ab .\n!", max_size=2_000))
def test_a_text_is_cut_into_pieces_that_leave_nothing_out(text: str) -> None:
    cut = [*pieces(text)]
    assert all(0 < end - start <= PIECE for start, end in cut)
    assert "".join(text[start:end] for start, end in cut).split() == text.split() or not text.strip()


def test_fifty_thousand_words_are_no_burden() -> None:
    found = tag("I live in Cork and it rains. " * 10_000)
    assert all(one.end <= 12_000 for one in found.marks)
    assert tag("🙂🙂🙂").marks == ()
    assert tag("").marks == ()
