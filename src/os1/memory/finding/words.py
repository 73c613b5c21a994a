"""What counts as a word, a name, a question: text as the index sees it. Pure, and English first.

Other alphabets are cut into words as well, but know neither stop words nor stems.
It does not know what is stored, nor which words are rare there.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from os1.memory.finding.wordlists import ASKED_FOR, IRREGULAR, NOT_NAMES, SMALL_TALK, STOP, TIMES
from os1.memory.records import Speaker

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
"""Letters and digits, with the apostrophes inside: "Ana's" is one word until its ending is taken off."""

_SAYING = (
    r"(?:say|said|tell|told|mention(?:ed)?|ask(?:ed)?|promised?|suggest(?:ed)?|recommend(?:ed)?|call(?:ed)?)"
)
_SAID_BY_PERSON = re.compile(rf"\b(?:did|have|had)? ?i (?:ever )?{_SAYING}\b", re.IGNORECASE)
_SAID_BY_HER = re.compile(rf"\b(?:did|have|had)? ?you (?:ever )?{_SAYING}\b", re.IGNORECASE)
_ASKING_WHEN = re.compile(r"\b(?:when|how long|what (?:date|year|month|day|time))\b", re.IGNORECASE)
LONG_ENOUGH = 20
"""Words, stop words aside, of a turn that surely says something: more of them prove no more."""

TELLS_MUCH, TELLS_OWN, TELLS_NAME, TELLS_NOTHING = 0.1, 0.05, 0.03, 0.1
"""What a turn is worth before anything is asked: for its length; for being about oneself, or us; for each name in it,
up to two; and what it loses for only asking. Answers are found in what was told, seldom in "That looks great!"."""

SAYS_WHEN = "@when"
"""The mark of a turn that says when something happens."""

_ASKING = re.compile(
    r"^(?:(?:and|but|so|hey|well|oh|ok|okay|please)[, ]+)*"
    r"(?:who|what|when|where|which|whose|whom|why|how|do|does|did|is|are|was|were|have|has|had|can|could|will|would|"
    r"remember|remind|tell me)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:how many|both|in (?:what|which) ways|kinds? of|types? of|all (?:the|my|your))\b"
    r"|^(?:and |so )?(?:what|where|who) (?:all|has|have)\b",
    re.IGNORECASE,
)
_WHICH = re.compile(r"^(?:and |so )?(?:what|which) ((?:\w+ ){0,3}\w+)", re.IGNORECASE)
_OWN = re.compile(r"\b(?:i|me|my|mine|we|us|our)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
_ENDINGS = re.compile(r"['’](?:s|ve|re|ll|d|m|t)?$")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_VOWEL = re.compile(r"[aeiouy]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, read once."""

    words: tuple[str, ...]
    """The words worth searching for, in order, without endings; stop words are left out."""
    names: frozenset[str]
    """Those of them written as a name: with a capital, and not because a sentence begins."""
    initials: frozenset[str]
    """Those that begin a sentence: a name may, and so may anything."""
    says_when: bool


class _Piece(NamedTuple):
    """What is between two spaces: mostly one word, with what is attached to it."""

    words: tuple[str, ...]
    capital: bool
    says_when: bool
    ends: bool
    """The next word begins a sentence, and its capital says nothing."""


def read(text: str) -> Reading:
    """One pass, some 10 µs for a turn: most pieces have been seen before, and are looked up whole."""
    found: list[str] = []
    names: list[str] = []
    initials: list[str] = []
    says_when, begins = False, True
    for raw in text.split():
        piece = _piece(raw)
        found += piece.words
        says_when = says_when or piece.says_when
        if piece.capital:
            (initials if begins else names).extend(piece.words)
        begins = piece.ends
    return Reading(tuple(found), frozenset(names), frozenset(initials), says_when)


def words(text: str) -> tuple[str, ...]:
    return read(text).words


def content(text: str) -> list[str]:
    """The words that are about something: what is left without greetings, moods, times and the nouns of asking."""
    return [word for word in words(text) if word not in _EMPTY_STEMS]


def marks(reading: Reading) -> list[str]:
    """What else a turn can be found by. No sentence contains them by chance."""
    names = [name_mark(word) for word in reading.names] + [initial_mark(word) for word in reading.initials]
    return names + [SAYS_WHEN] * reading.says_when


def name_mark(word: str) -> str:
    return f"^{word}"


def initial_mark(word: str) -> str:
    return f"^^{word}"


def telling(text: str, reading: Reading) -> float:
    """How much a turn tells of someone's life, about -0.1 to 0.2, whatever is asked."""
    sentences = _SENTENCE.findall(text) or [text]
    asks = sum(sentence.rstrip().endswith("?") for sentence in sentences) / len(sentences)
    much = TELLS_MUCH * min(len(reading.words) / LONG_ENOUGH, 1)
    own = TELLS_OWN * bool(_OWN.search(text))
    return much + own + TELLS_NAME * min(len(reading.names), 2) - TELLS_NOTHING * asks


def speaker_asked(text: str) -> Speaker | None:
    """Whose words a question is about: "what did I tell you" asks for the person's, "what did you say" for hers."""
    if _SAID_BY_PERSON.search(text):
        return "person"
    return "companion" if _SAID_BY_HER.search(text) else None


def asks_when(text: str) -> bool:
    return bool(_ASKING_WHEN.search(text))


def asks_list(text: str) -> bool:
    """Whether the answer is several things, likely said on several days: "what books", "how many", "both"."""
    text = text.strip()
    if _SEVERAL.search(text):
        return True
    named = _WHICH.match(text)
    return bool(named) and any(_is_plural(word) for word in named[1].lower().split())


def _is_plural(word: str) -> bool:
    return word not in STOP and _singular(word) != word


def mark(name: str) -> str:
    return f"^{name}"


def is_question(text: str) -> bool:
    """Asked, with or without its question mark: people leave it out when they type."""
    text = text.strip()
    return text.endswith("?") or bool(_ASKING.match(text))


@lru_cache(maxsize=16_384)
def _piece(raw: str) -> _Piece:
    spelled = WORD.findall(raw)
    lower = [word.lower() for word in spelled]
    return _Piece(
        words=tuple(stem for word in lower if (stem := stem_of(word))),
        capital=bool(spelled) and spelled[0][0].isupper() and _bare(lower[0]) not in NOT_NAMES | SMALL_TALK,
        says_when=any(word in TIMES or _YEAR.fullmatch(word) for word in lower),
        ends=raw.rstrip("\"”’')")[-1:] in {".", "!", "?", "…", ":"},
    )


def _bare(word: str) -> str:
    """Without what is behind an apostrophe, and without those inside: "o'neill's" is "oneill"."""
    return _ENDINGS.sub("", word).replace("'", "").replace("’", "")


def stem_of(word: str) -> str:
    """A lower-case word without possessive, plural and tense; empty for a stop word."""
    word = _bare(word)
    if word in STOP or (len(word) == 1 and not word.isdigit()):
        return ""
    return _without_tense(IRREGULAR.get(word) or _singular(word))


def _singular(word: str) -> str:
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


def _without_tense(word: str) -> str:
    for ending in ("ing", "ed"):
        root = word.removesuffix(ending)
        if root != word and len(root) >= 3 and _VOWEL.search(root):
            word = root[:-1] if root[-1] == root[-2] and root[-1] not in "lsz" else root
            break
    return word.removesuffix("e") if len(word) > 3 else word


_EMPTY_STEMS = frozenset(stem_of(word) for word in SMALL_TALK | ASKED_FOR | TIMES)


_ASKS_MEMORY = re.compile(
    r"\b(?:remember|remind me|did i|have i|i told you|told you|tell you|last (?:time|week|month|year)"
    r"|what (?:was|were|did)|who (?:was|were|did)|when (?:was|did)|where (?:was|did)|which .{1,30} was)\b",
    re.IGNORECASE,
)


def asks_memory(text: str) -> bool:
    """Whether someone is asking for what was said before. English; half a sentence is enough."""
    return bool(_ASKS_MEMORY.search(text))
