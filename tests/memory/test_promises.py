"""What counts as a promise, and by when: a table of what people say, and of what only sounds like it."""

from datetime import date

import pytest

from os1.memory.understanding.due import due
from os1.memory.understanding.promises import LONGEST, promises

WEDNESDAY = date(2026, 11, 25)


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


PROMISES: list[tuple[str, date | None]] = [
    ("I'll call my mother tomorrow.", day(11, 26)),
    ("I’ll call my mother tomorrow", day(11, 26)),
    ("I will send the form today.", day(11, 25)),
    ("I'm going to write to Anna tonight.", day(11, 25)),
    ("I'm gonna clean the kitchen this weekend", day(11, 29)),
    ("I promise to water the plants.", None),
    ("I promise I'll stop by on Friday.", day(11, 27)),
    ("I promise you I'll finish the letter by Monday", day(11, 30)),
    ("I swear I'll quit smoking on the 1st.", day(12, 1)),
    ("Remind me to buy milk tomorrow.", day(11, 26)),
    ("Please remind me to call the dentist next week", day(12, 6)),
    ("can you remind me to pay the rent on the 5th?", day(12, 5)),
    ("Could you remind me on Sunday to call Dad?", day(11, 29)),
    ("remind me tomorrow to take the pills", day(11, 26)),
    ("Don't let me forget to return the book on Thursday.", day(11, 26)),
    ("I need to remember to cancel the gym in three days.", day(11, 28)),
    ("Tomorrow I'll go running.", day(11, 26)),
    ("Tomorrow, I will finally call the bank.", day(11, 26)),
    ("Okay, I'll talk to her next Friday.", day(12, 4)),
    ("Yes, I'll bring the cake on December 3rd.", day(12, 3)),
    ("I'll visit grandma on 2 January.", day(1, 2, 2027)),
    ("I'll hand in the thesis in two weeks.", day(12, 9)),
    ("I'll be calling the landlord on Monday.", day(11, 30)),
    ("I will definitely finish chapter two in a week.", day(12, 2)),
    ("I'll book the flight the day after tomorrow", day(11, 27)),
    ("It was a long day. I'll write to Theo tomorrow. Goodnight!", day(11, 26)),
    ("I hate phones, but I'll call him on Saturday.", day(11, 28)),
    ("I'm tired so I'll do the dishes tomorrow", day(11, 26)),
    ("On Sunday I'll bake bread", day(11, 29)),
    ("I'll read the manuscript this evening.", day(11, 25)),
    ("I'll make sure to back up the photos next month.", day(12, 31)),
    ("I'll take him to the vet on Wednesday.", day(12, 2)),
    ("I shall return the ladder.", None),
    ("I'll be at the station at noon on Friday.", day(11, 27)),
    ("I'll tell her what you said tomorrow.", day(11, 26)),
    ("I'll meet Sarah at the station at nine tomorrow", day(11, 26)),
]

NOT_PROMISES = [
    # questions
    "Will I call my mother tomorrow?",
    "Should I call her tomorrow?",
    "I'll call her tomorrow?",
    "Do you think I'll make it?",
    # conditions and wishes
    "If it rains, I'll stay home.",
    "I'll call her if she apologises.",
    "I would call her tomorrow.",
    "Maybe I'll call her tomorrow.",
    "I'll probably go on Friday.",
    "I might call my mother.",
    "I'll call her someday.",
    "I think I'll go to bed early.",
    "I guess I'll write to him tomorrow.",
    "I wish I could promise that.",
    "Hopefully I'll see her on Monday.",
    "I'll go unless it snows.",
    # denials
    "I won't call him.",
    "I'll never call him again.",
    "I will not go there tomorrow.",
    "I'm not going to call her.",
    "I can't promise to come.",
    "I promised nothing.",
    "I didn't promise to call.",
    # others
    "She'll call me tomorrow.",
    "She said I'll be fine tomorrow.",
    "He promised to call me on Friday.",
    "My boss says I'll get the raise next week.",
    'My mother always says "I\'ll call you tomorrow".',
    '"I\'ll call you tomorrow", he told me, and then nothing.',
    "I'll call you tomorrow, he said, and then nothing.",
    "I'll write on Monday, I told her.",
    "They are going to paint the house on Monday.",
    "You promised to remind me.",
    "Anna thinks I'll marry him next month.",
    # past
    "I called my mother yesterday.",
    "I was going to call her today.",
    "I promised her a call, back then.",
    "I said I'd write tomorrow.",
    "I used to promise to call every Sunday.",
    # no deed to be held to
    "I'll be fine tomorrow.",
    "I'll be honest, it hurt.",
    "I'm going to be forty on Monday.",
    "I'll miss her.",
    "I'm going to cry.",
    "I'm going to lose my job next week.",
    "I'll kill him tomorrow.",
    "I'll have a coffee, thanks.",
    "I'll say this: the soup was good.",
    "I'll think about it.",
    "I'll see what she says tomorrow.",
    "I'm going to be late tonight.",
    "I'm going to die if this goes on.",
    "I'll do it.",
    "I'm afraid I'll fail on Monday.",
    "I'm going mad.",
    # no promise at all
    "",
    "   \n ",
    "Tomorrow is Thursday.",
    "The ill-fated ship sank on Friday.",
    "Call my mother tomorrow!",
    "Remind me of something nice.",
    "Ill call",
    "I'll " + "really " * 60 + "write tomorrow",
]


@pytest.mark.parametrize(("text", "by"), PROMISES)
def test_a_promise_is_heard_with_its_day(text: str, by: date | None) -> None:
    (promise,) = promises(text, WEDNESDAY)
    assert promise.due == by
    assert promise.text.rstrip(".!") in text


@pytest.mark.parametrize("text", NOT_PROMISES)
def test_what_only_sounds_like_one_is_none(text: str) -> None:
    assert promises(text, WEDNESDAY) == []


def test_two_promises_in_one_breath_are_two() -> None:
    found = promises("I'll call Anna tomorrow. And I'm going to fix the bike on Saturday.", WEDNESDAY)
    assert [promise.due for promise in found] == [day(11, 26), day(11, 28)]
    assert found[0].text == "I'll call Anna tomorrow."


def test_the_words_are_kept_as_they_were_said() -> None:
    (promise,) = promises("Long day... I'll call MY mother, really, tomorrow!", WEDNESDAY)
    assert promise.text == "I'll call MY mother, really, tomorrow!"
    assert len(promise.text) <= LONGEST


DAYS: list[tuple[str, date, date | None]] = [
    ("on Wednesday", WEDNESDAY, day(12, 2)),
    ("next Monday", day(11, 29), day(11, 30)),
    ("next Monday", day(11, 30), day(12, 7)),
    ("this weekend", day(11, 28), day(11, 29)),
    ("on the 31st", day(11, 25), day(12, 31)),
    ("on the 31st", day(2, 1), day(3, 31)),
    ("on the 25th", WEDNESDAY, WEDNESDAY),
    ("by the 24th", WEDNESDAY, day(12, 24)),
    ("February 30th", WEDNESDAY, None),
    ("on February 29", day(3, 1, 2027), day(2, 29, 2028)),
    ("in a month", day(1, 31), day(2, 28)),
    ("in 10 days", day(12, 25), day(1, 4, 2027)),
    ("in a couple of days", WEDNESDAY, day(11, 27)),
    ("in several days", WEDNESDAY, None),
    ("3 May", WEDNESDAY, day(5, 3, 2027)),
    ("May 3rd", day(5, 3), day(5, 3)),
    ("on 2026-12-24", WEDNESDAY, day(12, 24)),
    ("on 2026-13-44", WEDNESDAY, None),
    ("on Sundays", WEDNESDAY, None),
    ("today or tomorrow", WEDNESDAY, None),
    ("some time", WEDNESDAY, None),
    ("next month", day(12, 31), day(1, 31, 2027)),
    ("on the 99th", WEDNESDAY, None),
]


@pytest.mark.parametrize(("text", "said_on", "by"), DAYS)
def test_a_day_is_resolved_from_the_day_it_was_said(text: str, said_on: date, by: date | None) -> None:
    assert due(text, said_on) == by
