"""What she says while a slow brain is still looking for words: a sound of thinking, never an answer. Pure.

It does not know what was meant; whether it was a question can be heard.
"""

ASKED = (
    "Hmm, let me think.",
    "Let me think for a moment.",
    "Hm. One moment.",
    "Hm, let me see.",
)
TOLD = ("Mm.", "Mm-hm.", "Hmm.", "I see.")


def opener(heard: str, turn: int) -> str:
    """Not the same one twice in a row: `turn` grows."""
    lines = ASKED if heard.rstrip().endswith("?") else TOLD
    return lines[turn % len(lines)]
