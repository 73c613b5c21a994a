"""What of a brain's words she would say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os1.companion.tongue import COUNTER, SENTENCES, Tongue, plain


def spoken(*pieces: str, name: str = "Samantha") -> str:
    tongue = Tongue(name)
    said = ""
    for piece in pieces:
        said += tongue.take(piece)
        if tongue.done:
            break
    return said + tongue.rest()


@pytest.mark.parametrize(
    ("found", "says"),
    [
        ("Hello. How can I help you today?", "Hello."),
        ("Good night! Let me know if you need anything. Sleep well.", "Good night! Sleep well."),
        ("That was a long day. Is there anything else I can help you with?", "That was a long day."),
        ("Samantha: I kept a thought for you.", "I kept a thought for you."),
        ("**Samantha**: Hm.", "Hm."),
        ("assistant: Hm.", "Hm."),
        ("Samantha is a name I like.", "Samantha is a name I like."),
        ("One paragraph.\n\nAnd an essay.", "One paragraph."),
        ("How can a sea be that quiet?", "How can a sea be that quiet?"),
        ("How can I forget it?", "How can I forget it?"),
        ("I’m here to help. But mostly I'm curious.", "But mostly I'm curious."),
        ("  \n Well.", "Well."),
        ("One. Two. Three. Four. Five. Six. Seven.", "One. Two. Three. Four. Five."),
        ("It was 3.5 km, he said... and then", "It was 3.5 km, he said... and then"),
    ],
)
def test_what_she_says_of_it(found: str, says: str) -> None:
    assert spoken(found) == says
    assert spoken(*found) == says, "the same, letter by letter"


def test_a_sentence_from_behind_the_counter_is_better_than_silence() -> None:
    assert spoken("How can I help you?") == "How can I help you?"


def test_the_first_word_is_not_held_back() -> None:
    assert Tongue("Samantha").take("The") == "The"


def test_a_word_that_may_begin_such_a_sentence_is_held_until_it_cannot() -> None:
    tongue = Tongue("Samantha")
    assert [tongue.take(piece) for piece in ("How", " can", " we", " know")] == [
        "",
        "",
        "How can we",
        " know",
    ]


sentences = st.lists(
    st.sampled_from(
        [phrase.capitalize() + " with it." for phrase in COUNTER[:6]] + ["I see.", "Yes!", "And then?"]
    ),
    min_size=1,
    max_size=8,
)


@given(sentences, st.integers(1, 7))
def test_cut_anywhere_it_is_the_same_and_never_more_than_a_breath(found: list[str], size: int) -> None:
    text = " ".join(found)
    said = spoken(*[text[start : start + size] for start in range(0, len(text), size)])
    assert said == spoken(text)
    hers = [sentence for sentence in found if not plain(sentence).startswith(COUNTER)]
    if hers:
        assert said == " ".join(hers[:SENTENCES])
