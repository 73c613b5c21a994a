"""When the person makes a sound while she speaks: whether they want the floor. Pure.

A cough, a "mm-hm", a word of hers that comes back through the microphone are no reason to stop; a word of theirs is.
It does not know how the words were heard, and decides nothing about what they mean.
"""

import re
from typing import Literal

Verdict = Literal["nothing", "nod", "echo", "words"]


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SURE = 0.45
"""Below this, what the ears made of a sound is more likely noise than words. Speech is near 0.8, hiss near 0.3."""
NODS = word_set(
    """
    mm mmm mhm hm hmm huh uh um ah oh wow yeah yes yep yup ya right okay ok sure true really exactly
    absolutely definitely cool nice great lovely totally indeed haha ha aha aw
    """
)
"""Words that say "go on" while someone else speaks."""
NOD_PHRASES = (
    "i see",
    "of course",
    "got it",
    "i know",
    "no way",
    "go on",
    "that s right",
    "uh huh",
    "mm hm",
    "mm hmm",
)
LONGEST_NOD = 3
"""Words: "yeah, yeah, right" still nods."""
WORD = re.compile(r"[a-z0-9]+")
ECHO_WORDS = 0.8
"""Share of the words that are hers, in her order, for them to be an echo: ears mishear one in five of an echo, and a
person who takes up her words adds one of their own."""
ASKS = word_set("stop wait no hey listen sorry but hold please enough what who why")
"""Words that ask for the floor on their own, also when she has just said them."""


def verdict(text: str, sure: float, hers: str) -> Verdict:
    """`text` was understood, this surely, while she was saying `hers` (the last seconds of it)."""
    words = WORD.findall(text.lower())
    if not words or sure < SURE:
        return "nothing"
    if is_echo(words, WORD.findall(hers.lower())):
        return "echo"
    return "nod" if is_nod(words) else "words"


def is_nod(words: list[str]) -> bool:
    if len(words) > LONGEST_NOD:
        return False
    return " ".join(words) in NOD_PHRASES or all(word in NODS for word in words)


def is_echo(words: list[str], hers: list[str]) -> bool:
    """Whether these words are hers, in her order."""
    if len(words) == 1:
        return words[0] in hers and words[0] not in ASKS
    found, at = 0, 0
    for word in words:
        if word in hers[at:]:
            at = hers.index(word, at) + 1
            found += 1
    return found >= ECHO_WORDS * len(words)
