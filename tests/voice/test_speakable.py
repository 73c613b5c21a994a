"""What is said aloud of what she writes."""

import pytest

from os1.voice.speakable import speakable


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Hello there.", "Hello there."),
        (" that's hard.", "that's hard."),
        ("I missed you 😊❤️.", "I missed you."),
        ("👩‍👩‍👧", ""),
        ("*smiles*", ""),
        ("*smiles softly* Hello.", "Hello."),
        ("Hello. *leans back a little* I was waiting.", "Hello. I was waiting."),
        ("*a warm light in the window* Come in.", "Come in."),
        ("I *do* mean it.", "I do mean it."),
        ("That is **really** good.", "That is really good."),
        ("I __really__ do.", "I really do."),
        ("(laughs) Oh no.", "Oh no."),
        ("(softly) Good night.", "Good night."),
        ("He came (well, almost) on time.", "He came, well, almost, on time."),
        ("[sighs] All right.", "All right."),
        ("See https://example.com/a?b=c.", "See a link."),
        ("Look at [this page](https://example.com).", "Look at this page."),
        ("Use `print` here.", "Use print here."),
        ("Use `x = f(y)` here.", "Use here."),
        ("```python\nprint(1)\n```\nThere.", "There."),
        ("# A title\n- one\n- two", "A title one two"),
        ("Assistant: Hello.", "Hello."),
        ("<b>Hi</b> there.", "Hi there."),
        ("That's funny :) and sad :-(", "That's funny and sad"),
        ("I <3 it", "I it"),
        ("It is 20 °C, 3.5 km and $4.", "It is 20 °C, 3.5 km and $4."),
        ("Ratio 3:2 at 10:30.", "Ratio 3:2 at 10:30."),
        ("Look: it snows.", "Look: it snows."),
        ("...", ""),
        ("— and so on", "and so on"),
        ("", ""),
        ("don’t “stop”", "don’t “stop”"),
        ("snake_case stays", "snake_case stays"),
    ],
)
def test_only_speech_is_said(written: str, said: str) -> None:
    assert speakable(written) == said


def test_her_own_name_before_her_words_is_not_said() -> None:
    assert speakable("Samantha: Hello.", name="Samantha") == "Hello."
    assert speakable("Samantha is my name.", name="Samantha") == "Samantha is my name."
