"""Her words, cut where a mouth can begin: what comes out is what came in, and the first of it soon."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os1.voice.phrases import LONGEST, Phrases
from os1.voice.speakable import speakable


def tokens(text: str) -> list[str]:
    """Pieces as a small brain finds them: words with the space before them, marks by themselves."""
    return re.findall(r"\s?\w+|\s*[^\w\s]+|\s", text)


def cut(text: str, *, alone: bool = True) -> list[str]:
    phrases = Phrases(alone=alone)
    found = [phrase for piece in tokens(text) for phrase in phrases.take(piece)]
    return found + phrases.rest()


def first(text: str, *, alone: bool = True) -> str:
    return cut(text, alone=alone)[0]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("Oh, that's hard. I'm so sorry.", ["Oh,", " that's hard.", " I'm so sorry."]),
        ("Mm. I know.", ["Mm.", " I know."]),
        ("That's hard. Do you want to talk, or shall we sit a while?",
         ["That's hard.", " Do you want to talk,", " or shall we sit a while?"]),
        ("You could try making a list and then we look at it.",
         ["You could try making a list", " and then we look at it."]),
        ("Hello there! No. I do. Honestly, it was fine.",
         ["Hello there!", " No. I do.", " Honestly, it was fine."]),
        ("I missed you — a lot.", ["I missed you —", " a lot."]),
        ("Well... maybe.", ["Well...", " maybe."]),
    ],
)  # fmt: skip
def test_a_few_answers(text: str, phrases: list[str]) -> None:
    assert cut(text) == phrases


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("It costs 3.5 dollars today, I think.", "3.5"),
        ("There are 1,000 of them, or so.", "1,000"),
        ("Come at 10:30 tonight, please.", "10:30"),
        ("I called Dr. Smith about it, yes.", "Dr. Smith"),
        ("It was J. K. Rowling, I think.", "J. K. Rowling"),
        ("Bring fruit, e.g. apples, please do.", "e.g. apples"),
        ("Look here at https://example.com/a,b.c?d=e, will you.", "https://example.com/a,b.c?d=e"),
        ("Write to me@example.com, will you?", "me@example.com"),
        ("So he said ... and then he left.", "..."),
        ("I do (well, if you ask me) like it, yes.", "(well, if you ask me)"),
        ("*smiles, and waits. Nods.* Hello there.", "*smiles, and waits. Nods.*"),
    ],
)
def test_some_things_stay_whole(text: str, held: str) -> None:
    assert any(held in phrase for phrase in cut(text))


def test_the_first_phrase_is_given_with_its_last_token() -> None:
    phrases = Phrases()
    assert [phrases.take(piece) for piece in ("That", "'s", " hard", ".")] == [[], [], [], ["That's hard."]]


def test_a_number_waits_for_what_may_belong_to_it() -> None:
    phrases = Phrases()
    assert [phrases.take(piece) for piece in ("It", " is", " 3", ".", "5", " now", ",")] == [
        *[[]] * 6,
        ["It is 3.5 now,"],
    ]


def test_later_phrases_wait_to_see_that_the_sentence_is_over() -> None:
    phrases = Phrases()
    phrases.take("Hello there.")
    assert phrases.take(" I saw you there.") == []
    assert phrases.take(" ") == [" I saw you there."]


def test_a_slow_mouth_does_not_begin_on_a_single_word() -> None:
    assert first("Oh, that's hard. Yes.", alone=False) == "Oh, that's hard."


@pytest.mark.parametrize("text", ["Samantha, it is late.", "Perhaps, but not today.", "Ted. It's me."])
def test_a_single_word_begins_only_if_it_stands_well_alone(text: str) -> None:
    assert len(first(text).split()) > 1


def test_what_is_not_said_does_not_count_as_words() -> None:
    assert first("*smiles softly* 😊, *waits*. I am here. Yes.") == "*smiles softly* 😊, *waits*. I am here."


def test_no_breath_after_a_word_that_leans_on_the_next() -> None:
    leaning = {"the", "a", "to", "of", "in", "my", "and", "is", "very"}
    text = "I was thinking about the way you laughed when the rain came in through the roof of that old car"
    for phrase in cut(text)[:-1]:
        assert phrase.split()[-1] not in leaning


def test_text_without_any_end_is_still_said() -> None:
    assert all(len(phrase) <= LONGEST for phrase in cut("na" * 2000))
    assert len(first("word " * 500)) < 100


def test_a_book_in_one_piece_is_cut_as_well() -> None:
    book = "x@" * 50_000
    phrases = Phrases()
    assert "".join(phrases.take(book) + phrases.rest()) == book


WORDS = st.sampled_from(
    ["Oh", "I", "think", "the", "3", ".", ",", "...", "…", " ", " ", "\n", "*", "**", "(", ")", "[", "]", "`", "```",
     "https://a.b/c", "Dr", "and", "é", "😊", "—", "-", "!", "?", '"', "’", "smiles", "@", ":", "www.", "1"]
)  # fmt: skip


@given(st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=60))
def test_nothing_is_lost_or_added(pieces: list[str]) -> None:
    phrases = Phrases()
    found = [phrase for piece in pieces for phrase in phrases.take(piece)]
    found += phrases.rest()
    assert "".join(found) == "".join(pieces)
    assert all(found)


@given(st.lists(WORDS, max_size=60))
def test_what_is_left_after_the_end_is_nothing(pieces: list[str]) -> None:
    phrases = Phrases()
    for piece in pieces:
        phrases.take(piece)
    phrases.rest()
    assert phrases.rest() == []


@given(st.text(max_size=300))
def test_anything_can_be_made_speakable(text: str) -> None:
    aloud = speakable(text)
    assert aloud == "" or any(letter.isalnum() for letter in aloud)
    assert not set(aloud) & set("*`{}<>[]")
