"""The days a text names: the expression, and what it comes to on Wednesday, 25 November 2026."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os1.memory.understanding.dates import dates, named

WEDNESDAY = date(2026, 11, 25)

PAST: list[tuple[str, str, date, str]] = [
    ("I left yesterday", "yesterday", date(2026, 11, 24), "day"),
    ("the day before yesterday it snowed", "the day before yesterday", date(2026, 11, 23), "day"),
    ("we met last night", "last night", date(2026, 11, 24), "day"),
    ("today", "today", WEDNESDAY, "day"),
    ("since 2019", "since 2019", date(2019, 1, 1), "year"),
    ("back in 2004", "back in 2004", date(2004, 1, 1), "year"),
    ("last Tuesday", "last Tuesday", date(2026, 11, 24), "day"),
    ("on Friday", "on Friday", date(2026, 11, 20), "day"),
    ("on Wednesday", "on Wednesday", date(2026, 11, 18), "day"),
    ("in March", "in March", date(2026, 3, 1), "month"),
    ("in December", "in December", date(2025, 12, 1), "month"),
    ("last December", "last December", date(2025, 12, 1), "month"),
    ("in march 2020", "in march 2020", date(2020, 3, 1), "month"),
    ("on March 3rd", "on March 3rd", date(2026, 3, 3), "day"),
    ("on the 3rd of March 2019", "on the 3rd of March 2019", date(2019, 3, 3), "day"),
    ("on 2026-01-31", "on 2026-01-31", date(2026, 1, 31), "day"),
    ("on the 20th", "on the 20th", date(2026, 11, 20), "day"),
    ("on the 30th", "on the 30th", date(2026, 10, 30), "day"),
    ("three years ago", "three years ago", date(2023, 1, 1), "year"),
    ("2 months ago", "2 months ago", date(2026, 9, 1), "month"),
    ("a couple of weeks ago", "a couple of weeks ago", date(2026, 11, 9), "week"),
    ("five days ago", "five days ago", date(2026, 11, 20), "day"),
    ("half a year ago", "half a year ago", date(2026, 5, 1), "month"),
    ("last week", "last week", date(2026, 11, 16), "week"),
    ("last month", "last month", date(2026, 10, 1), "month"),
    ("last year", "last year", date(2025, 1, 1), "year"),
    ("last summer", "last summer", date(2026, 1, 1), "year"),
    ("the summer of 2011", "the summer of 2011", date(2011, 1, 1), "year"),
    ("last christmas", "last christmas", date(2025, 12, 25), "day"),
]

AHEAD: list[tuple[str, date, str]] = [
    ("tomorrow", date(2026, 11, 26), "day"),
    ("the day after tomorrow", date(2026, 11, 27), "day"),
    ("tomorrow afternoon", date(2026, 11, 26), "day"),
    ("on Friday", date(2026, 11, 27), "day"),
    ("next Friday", date(2026, 12, 4), "day"),
    ("in May", date(2027, 5, 1), "month"),
    ("in December", date(2026, 12, 1), "month"),
    ("next week", date(2026, 11, 30), "week"),
    ("next month", date(2026, 12, 1), "month"),
    ("next year", date(2027, 1, 1), "year"),
    ("next summer", date(2027, 1, 1), "year"),
    ("in two weeks", date(2026, 12, 7), "week"),
    ("in three days", date(2026, 11, 28), "day"),
    ("in 3 months", date(2027, 2, 1), "month"),
    ("a year from now", date(2027, 1, 1), "year"),
    ("on the 3rd", date(2026, 12, 3), "day"),
    ("March 3rd", date(2027, 3, 3), "day"),
    ("3 March 2030", date(2030, 3, 3), "day"),
]

NO_DAY = [
    "may I", "I may be late", "march on", "second of all", "a few years ago", "years ago", "the other day",
    "when I was 12", "in my twenties", "on Mondays", "the 5th floor", "the 20th century", "at 2019 Main Street",
    "february 30th", "on 2026-13-44", "2026-02-30", "in 99999 years", "room 2019", "sun and rain", "the sat nav",
    "in several days", "mon ami", "0000-00-00", "",
]  # fmt: skip


@pytest.mark.parametrize(("text", "where", "day", "precision"), PAST)
def test_what_was(text: str, where: str, day: date, precision: str) -> None:
    (((start, end), when),) = dates(text, WEDNESDAY)
    assert (text[start:end], when.day, when.precision) == (where, day, precision)


@pytest.mark.parametrize(("text", "day", "precision"), AHEAD)
def test_what_will_be(text: str, day: date, precision: str) -> None:
    (((start, end), when),) = dates(text, WEDNESDAY, ahead=True)
    assert (text[start:end], when.day, when.precision) == (text, day, precision)


@pytest.mark.parametrize("text", NO_DAY)
def test_what_is_no_day(text: str) -> None:
    assert dates(text, WEDNESDAY) == []


def test_a_length_of_time_is_no_day_but_has_a_beginning() -> None:
    text = "I've lived here for three years, and in Rome from 2010 until 2015"
    assert [(text[one.start : one.end], one.when.day.year, one.kind) for one in named(text, WEDNESDAY)] == [
        ("for three years", 2023, "for"),
        ("from 2010", 2010, "since"),
        ("until 2015", 2015, "until"),
    ]


@given(st.text(max_size=200), st.dates(), st.booleans())
def test_no_text_and_no_day_can_break_it(text: str, day: date, ahead: bool) -> None:
    found = named(text, day, ahead=ahead)
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@given(
    st.lists(
        st.sampled_from(
            [
                "in",
                "on",
                "last",
                "next",
                "5",
                "3rd",
                "may",
                "mon",
                "year",
                "days",
                "ago",
                "since",
                "until",
                "2019",
                "the",
                "of",
                "from",
                "now",
            ]
        )
    ),
    st.dates(),
)
def test_no_mixture_of_its_own_words_can_break_it(words: list[str], day: date) -> None:
    found = named(" ".join(words), day)
    assert all(before.end <= after.start for before, after in pairwise(found))
