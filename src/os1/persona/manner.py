"""An answer, and how it was given: length, warmth, hesitation, playfulness, guardedness, directness.

Pure counting of words and pauses; it reads manner, never a diagnosis. It does not know the questions,
nor what she makes of the answers (that is `interview`).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WARM = word_set(
    """
    love loved loving loves dear sweet kind kindly kindness warm gentle hug hugs hugged together family
    friend friends grateful thank thanks glad happy lovely beautiful care caring cared home trust laugh
    laughed laughing smile smiled smiling best cosy cozy tender proud joy miss missed heart safe
    """
)
_FILLER = re.compile(
    r"\b(?:um+|uh+|er+m?|hm+|well|i guess|i suppose|i mean|sort of|kind of|kinda|maybe|perhaps|probably|not sure"
    r"|you know)\b|\.\.\.|…",
    re.IGNORECASE,
)
_PLAY = re.compile(
    r"\b(?:(?:ha|he){2,}h?|lol|lmao|rofl|kidding|joking|jk|silly|ridiculous|hilarious|funny|prank)\b|[;:]-?[)Dp]"
    r"|[\U0001F600-\U0001F606\U0001F609\U0001F61B-\U0001F61D\U0001F923]",
    re.IGNORECASE,
)
_GUARD = re.compile(
    r"\b(?:none of your|rather not|private|personal question|not (?:going to|gonna) (?:say|tell)|no comment|why do you"
    r"|mind your own|don'?t want to (?:say|tell|talk)|pass|skip)\b",
    re.IGNORECASE,
)
_DIRECT = re.compile(
    r"^(?:never|always|yes|no|don'?t|do|just|i (?:want|need|hate|love|am|do|don'?t))\b", re.IGNORECASE
)
_ASKS = re.compile(
    r"\b(?:(?:what|how) about you|and you|(?:do|are|would|can|could|have|did|will) you|what'?s yours?"
    r"|why do you|who are you)\b[^.!]*\?|\band you\s*[?.!]*$|\bhow about you\b|\bwhat about you\b",
    re.IGNORECASE,
)

SHORT = 4
"""Words: up to here an answer was kept short; beyond it, something was told."""
LONG = 40
"""Words: about fifteen seconds of speech, more than anyone says who wants to be done."""
SLOW = 12.0
"""Seconds before an answer of a few words that show thinking rather than typing."""


class Answer(NamedTuple):
    """What the person said to one of her questions; `text` is None when they would rather not."""

    question: str
    """The question's id."""
    text: str | None = None
    seconds: float | None = None
    """From first key to sending; None when it was not measured."""
    hesitations: int | None = None
    """Stops of over two seconds, and words taken back."""


class Manner(BaseModel):
    """How something was said, each from 0 (not at all) to 1 (very), except the counts."""

    model_config = ConfigDict(frozen=True)

    answered: int = 0
    skipped: int = 0
    words: float = 0
    """Words in an answer, on average over those given."""
    warmth: float = 0
    hesitation: float = 0
    playfulness: float = 0
    guardedness: float = 0
    directness: float = 0
    asks_back: int = 0


def words(text: str) -> list[str]:
    return WORD.findall(text)


def warmth(text: str) -> float:
    """Warm words: one among a few is a sign, two are plain; in a long answer it takes one in every eight."""
    said = words(text.lower())
    return min(1.0, 4 * sum(word in _WARM for word in said) / max(8, len(said)))


def hesitation(answer: Answer) -> float:
    """Fillers, dots and stops. Three of them in one answer is as hesitant as it gets."""
    signs = len(_FILLER.findall(answer.text or "")) + (answer.hesitations or 0)
    slow = answer.seconds is not None and answer.seconds > SLOW and len(words(answer.text or "")) <= SHORT
    return min(1.0, (signs + slow) / 3)


def playfulness(text: str) -> float:
    """Laughter in writing and winks; a second one leaves no doubt, an exclamation mark is only half a sign."""
    return min(1.0, (2 * len(_PLAY.findall(text)) + min(1, text.count("!"))) / 4)


def guardedness(answer: Answer) -> float:
    """Passing over a question says most; saying why not, nearly as much; a word or two, a little."""
    if answer.text is None:
        return 1.0
    if _GUARD.search(answer.text):
        return 0.9
    return 0.3 if len(words(answer.text)) <= 2 and answer.question != "name" else 0.0


def directness(answer: Answer) -> float:
    """Straight out, without padding."""
    if answer.text is None:
        return 0.0
    straight = 1.0 if _DIRECT.match(answer.text.strip()) else 0.6
    return max(0.0, straight - hesitation(answer))


def asks_back(text: str) -> bool:
    """She was asked something herself."""
    return bool(_ASKS.search(text))


def manner(answers: Sequence[Answer]) -> Manner:
    """How all of it was said, on average. What to be called is left out of the length: a name is short for everyone."""
    given = [answer for answer in answers if answer.text]
    told = [answer for answer in given if answer.question != "name"]
    if not answers:
        return Manner()
    return Manner(
        answered=len(given),
        skipped=len(answers) - len(given),
        words=_mean([len(words(answer.text or "")) for answer in told]),
        warmth=_mean([warmth(answer.text or "") for answer in told]),
        hesitation=_mean([hesitation(answer) for answer in given]),
        playfulness=_mean([playfulness(answer.text or "") for answer in told]),
        guardedness=_mean([guardedness(answer) for answer in answers]),
        directness=_mean([directness(answer) for answer in told]),
        asks_back=sum(asks_back(answer.text or "") for answer in given),
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
