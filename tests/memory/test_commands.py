"""What is asked of her memory, and what only sounds like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from os1.memory.understanding.commands import command

WISHES: list[tuple[str, str, str, str]] = [
    # to forget
    ("forget what I said about my brother", "forget", "topic", "my brother"),
    ("Please forget what I told you about the divorce.", "forget", "topic", "the divorce"),
    ("can you forget everything I said about work?", "forget", "topic", "work"),
    ("forget the thing about my knee", "forget", "topic", "my knee"),
    ("delete the story about the lake please", "forget", "topic", "the lake"),
    ("please forget that", "forget", "that", ""),
    ("Forget that.", "forget", "that", ""),
    ("forget what I just said", "forget", "that", ""),
    ("forget I said that", "forget", "that", ""),
    ("delete that", "forget", "that", ""),
    ("delete my last message", "forget", "that", ""),
    ("forget everything about Tom", "forget", "person", "Tom"),
    ("Forget everything you know about my ex", "forget", "person", "my ex"),
    ("erase all you know about Marta Lind.", "forget", "person", "Marta Lind"),
    ("delete what I told you yesterday", "forget", "day", "yesterday"),
    ("forget everything we talked about today", "forget", "day", "today"),
    ("forget what I said on Tuesday", "forget", "day", "Tuesday"),
    ("forget that I was ever married", "forget", "sentence", "I was ever married"),
    ("please forget that my sister is ill", "forget", "sentence", "my sister is ill"),
    ("Forget everything.", "forget", "all", ""),
    ("delete everything you know about me", "forget", "all", ""),
    ("wipe your memory", "forget", "all", ""),
    # to let it rest, and to wake it
    ("let's not talk about my father", "rest", "topic", "my father"),
    ("lets not talk about that", "rest", "that", ""),
    ("can we please not talk about work?", "rest", "topic", "work"),
    ("don't bring up Julia again", "rest", "topic", "Julia"),
    ("Please don't mention the accident anymore.", "rest", "topic", "the accident"),
    ("stop asking about my weight", "rest", "topic", "my weight"),
    ("I don't want to talk about the funeral", "rest", "topic", "the funeral"),
    ("I'd rather not talk about my mother right now", "rest", "topic", "my mother"),
    ("never bring my ex up again", "rest", "topic", "my ex"),
    ("you can talk about my father again", "wake", "topic", "my father"),
    # to be put right
    ("that's wrong", "wrong", "", ""),
    ("No, that's not true.", "wrong", "", ""),
    ("that is not what I said", "wrong", "", ""),
    ("you got that wrong", "wrong", "", ""),
    ("you misunderstood me", "wrong", "", ""),
    # to keep nothing
    ("off the record", "private_on", "", ""),
    ("This is off the record.", "private_on", "", ""),
    ("don't keep this", "private_on", "", ""),
    ("don't remember any of this", "private_on", "", ""),
    ("private mode on", "private_on", "", ""),
    ("you can remember again", "private_off", "", ""),
    ("ok, back on the record", "private_off", "", ""),
    ("private mode off", "private_off", "", ""),
    # to say why, and what she knows
    ("why did you say that?", "why", "", ""),
    ("Why did you bring that up?", "why", "", ""),
    ("how do you know that?", "why", "", ""),
    ("what did you learn today?", "learned", "", ""),
    ("what have you learned about me today", "learned", "", ""),
    ("what do you know about me?", "known", "person", ""),
    ("What do you know about Ana?", "known", "person", "Ana"),
    ("tell me everything you know about my sister", "known", "person", "my sister"),
    ("what do you remember about my dad", "known", "person", "my dad"),
]

NONE = [
    "forget it",
    "Forget it.",
    "oh forget about it",
    "don't forget to call her",
    "Don't forget that I love you",
    "never forget this",
    "I'll never forget",
    "I'll never forget what you said about my brother",
    "I forget his name",
    "I forgot",
    "I forgot what I said about my brother",
    "I always forget everything",
    "forget about him",
    "forget him",
    "forget to breathe and you die",
    "did you forget what I told you yesterday?",
    "do you ever forget?",
    "have you forgotten everything about Tom?",
    "why do you never talk about yourself?",
    "let's talk about my father",
    "let's not go there today, let's eat",
    "let's not",
    "don't worry",
    "don't talk",
    "don't mention it",
    "I don't want to talk",
    "that's right",
    "that's not fair",
    "that's wrong on so many levels",
    "is that wrong?",
    "what's wrong?",
    "there is no record of it",
    "I bought a record",
    "keep this in mind",
    "don't keep me waiting",
    "do you remember me?",
    "what do you know about love?",
    "what do you know about quantum physics?",
    "what do you know?",
    "what did you say?",
    "why?",
    "what did I learn today?",
    "I learned a lot today",
    "delete the app",
    "I deleted everything I had about him on my phone",
    "remove your shoes",
    "My boss told me to forget everything about Tom",
    "",
    "   ",
    "😂",
    "?",
]


@pytest.mark.parametrize(("text", "wish", "scope", "subject"), WISHES)
def test_a_wish_is_understood(text: str, wish: str, scope: str, subject: str) -> None:
    found = command(text)
    assert found is not None
    assert (found.wish, found.scope, found.subject) == (wish, scope, subject)
    assert text[found.start : found.end] == subject


@pytest.mark.parametrize("text", NONE)
def test_what_only_sounds_like_a_wish_is_none(text: str) -> None:
    assert command(text) is None


def test_a_wish_may_come_after_other_words() -> None:
    found = command("That was too much. Please forget what I said about my brother.")
    assert found is not None
    assert (found.wish, found.subject) == ("forget", "my brother")


@given(st.text(max_size=300))
def test_no_text_can_break_it(text: str) -> None:
    command(text)
