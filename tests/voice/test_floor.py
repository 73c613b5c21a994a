"""Who wants the floor: what was understood, how surely, and what she was saying."""

import pytest

from os1.voice.floor import Verdict, verdict

HERS = "I was thinking about the sea today, how it never looks the same twice."


@pytest.mark.parametrize(
    ("text", "sure", "expected"),
    [
        ("", 0.0, "nothing"),
        ("Wait, stop.", 0.8, "words"),
        ("No.", 0.8, "words"),
        ("you", 0.2, "nothing"),
        ("Mm-hmm.", 0.7, "nod"),
        ("Yeah, yeah.", 0.8, "nod"),
        ("I see.", 0.8, "nod"),
        ("That's right.", 0.8, "nod"),
        ("Yeah, but what about Friday?", 0.8, "words"),
        ("how it never looks the same", 0.8, "echo"),
        ("thinking about the see today", 0.7, "echo"),
        ("What about the sea?", 0.8, "words"),
        ("Hold on a second", 0.7, "words"),
    ],
)
def test_verdict(text: str, sure: float, expected: Verdict):
    assert verdict(text, sure, HERS) == expected
