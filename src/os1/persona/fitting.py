"""Whether a reaction proposed by a small language model may be said: it must sound like her, and be true.

Strict on purpose: a hand-written reaction always stands ready, so a doubtful proposal costs nothing to refuse.
It does not know which model proposed it, nor what will be said instead.
"""

import re
from collections.abc import Callable

from os1.persona.manner import Answer, word_set, words
from os1.persona.reactions import case

MOST_WORDS = 25
"""Two spoken sentences; beyond that a reaction becomes a speech."""
MOST_SENTENCES = 2
MOST_ECHO = 0.5
"""Share of their words given back: more than half is a parrot."""

LEAST_WORDS = 4
"""Fewer are an exclamation, and a small brain's are hollow."""
TELLING = 4
"""Letters from which a word of theirs says what they talked about, rather than how."""

_OPEN = frozenset({"plain", "long", "warm", "someone", "funny"})
"""Kinds of answer that another's words may meet. The rest (grief, anger, a promise, a name, a few
unsure words) is met with words that were weighed, or that a brain would have too little to go on for."""

_MARKUP = re.compile(
    r"[*_#`<>\[\]{}|\\~^=]|https?:|\n|^\s*[-\d]+[.)]?\s|:$|[\u2600-\u27BF\U0001F000-\U0001FAFF]"
)
_HELP_DESK = re.compile(
    r"\b(?:great|good|glad|sorry|happy|nice|wonderful|lovely) to hear|\b(?:how (?:can|may) i|(?:can|may) i help|help you"
    r"|assist\w*|let me know|feel free|don'?t hesitate|here (?:for you|to (?:help|listen|support))|as an ai|language model"
    r"|if you (?:need|want|have|would like|ever)|any(?:thing| other) (?:else|questions)|happy to|i understand"
    r"|it'?s (?:important|okay|ok|normal|great|good|always|essential)|remember (?:that|to)|thank(?:s| you) for sharing|appreciate"
    r"|sounds like|that'?s (?:great|wonderful|fantastic|amazing|awesome|interesting|understandable)|important to|support|concern"
    r"|communicat\w+|valid|journey|based on|information|provide|user|certainly|absolutely|of course|sure)\b",
    re.IGNORECASE,
)
_HUMAN = re.compile(
    r"\bi(?:'m| am)(?: a| just a)? (?:real|human|person|man|woman|girl|tired|hungry|\d+)\b|\bi (?:ate|cook|cooked|eat|went|walk|walked"
    r"|slept|sleep|play|played|work|worked|watched|drank|grew|used to|remember|once|always|often|also|too|enjoy|prefer|personally"
    r"|had|was|were|do|did|feel the same)\b|\bi'?ve (?:been|had|always|never|also)\b|\bi (?:love|hate|like) (?!that\b|it\b|how\b|the way\b|you)"
    r"|\bme,? (?:too|neither)\b|\bsame here\b|\bso (?:do|am|did|have) i\b|\bwhen i was\b"
    r"|\bmy (?!guess|word|turn|favou?rite kind)\w+|\bmine\b|\b(?:we|our|us|we're|we've)\b",
    re.IGNORECASE,
)
_NUMBER_WORDS = word_set(
    """
    two three four five six seven eight nine ten dozen hundred thousand million
    """
)
_OPENERS = word_set(
    """
    a ah all alright an and anyone at but every everyone fair few for from funny good goodness ha here
    hm how i i'd i'll i'm if in it it'd it'll it's just keep laughing laughter let's like lucky many
    maybe most music my never nice no nobody not nothing of oh one only or people perhaps poor quiet
    right short silence simple so some someone something sometimes such sweet than thank thanks that
    that'd that'll that's the their then there there's these they they're this those three to two until
    well what when who with without wow yes yet you you'd you'll you're you've your
    """
)
_COMMON = word_set(
    """
    i i'm i'd i'll with that this they them then than have just really want when what from would could
    should never alway some thing like well about been were will your because mostly usual usually
    definite maybe guess know time
    """
)
"""Roots of words that say nothing of the matter."""
_ALWAYS_CAPITAL = word_set(
    """
    i i'm i'd i'll i've ai
    """
)


def fits(reaction: str, answer: Answer) -> bool:
    """One or two short, true, spoken sentences about this answer, that add something of their own."""
    said = answer.text or ""
    return is_open(answer) and not any(fault(reaction.strip(), said) for fault in _FAULTS)


def is_open(answer: Answer) -> bool:
    """Whether a brain need be asked for a reaction at all."""
    return case(answer) in _OPEN


def _wrong_size(reaction: str, said: str) -> bool:
    count = len(words(reaction))
    sentences = len(re.findall(r"[.!…]+(?=\s|$)", reaction))
    return (
        not LEAST_WORDS <= count <= MOST_WORDS
        or not 1 <= sentences <= MOST_SENTENCES
        or reaction[-1] not in ".!…"
    )


def _asks(reaction: str, said: str) -> bool:
    return "?" in reaction


def _marked_up(reaction: str, said: str) -> bool:
    return bool(_MARKUP.search(reaction)) or any(mark in reaction for mark in '"“”')


def _help_desk(reaction: str, said: str) -> bool:
    return bool(_HELP_DESK.search(_plain(reaction)))


def _claims_a_human_life(reaction: str, said: str) -> bool:
    return bool(_HUMAN.search(_plain(reaction)))


def _invents_numbers(reaction: str, said: str) -> bool:
    known = set(re.findall(r"\d+", said)) | set(words(said.lower()))
    found = set(re.findall(r"\d+", reaction)) | (set(words(reaction.lower())) & _NUMBER_WORDS)
    return not found <= known


def _invents_names(reaction: str, said: str) -> bool:
    """A capital must be a sentence's usual beginning, or a word of theirs."""
    known = {_stem(word) for word in words(said)}
    for sentence in re.split(r"(?<=[.!…])\s+", _plain(reaction)):
        first, *rest = words(sentence) or [""]
        capitals = [word for word in rest if word[0].isupper() and word.lower() not in _ALWAYS_CAPITAL]
        if first and first.lower() not in _OPENERS:
            capitals.append(first)
        if any(_stem(word) not in known for word in capitals):
            return True
    return False


def _about_nothing(reaction: str, said: str) -> bool:
    """It takes up no word of theirs, so it could have been said to anyone."""
    theirs = {
        _root(word) for word in words(_plain(said)) if len(word) >= TELLING or word[0].isupper()
    } - _COMMON
    return not theirs & {_root(word) for word in words(_plain(reaction))}


def _echoes(reaction: str, said: str) -> bool:
    """More than half of their words come back, or nothing but their words, or their "I" in her mouth."""
    theirs, hers = [w.lower() for w in words(_plain(said))], [w.lower() for w in words(_plain(reaction))]
    if len(set(hers) - set(theirs)) < 2:
        return True
    if len(theirs) >= 4 and len(set(theirs) & set(hers)) > MOST_ECHO * len(set(theirs)):
        return True
    firsts = {
        tuple(theirs[at : at + 3]) for at, word in enumerate(theirs) if word in ("i", "my", "i'm", "we")
    }
    return any(
        len(run) == 3 and run in firsts for run in (tuple(hers[at : at + 3]) for at in range(len(hers)))
    )


def _plain(text: str) -> str:
    return text.replace("’", "'")


def _root(word: str) -> str:
    """Cats and cat, burned and burning, near enough."""
    return re.sub(r"(?:'s|s|ed|ing|ly)$", "", word.casefold())[:7]


def _stem(word: str) -> str:
    return word.casefold().removesuffix("'s")


_FAULTS: tuple[Callable[[str, str], bool], ...] = (
    lambda reaction, said: not reaction,
    _wrong_size,
    _asks,
    _marked_up,
    _help_desk,
    _claims_a_human_life,
    _invents_numbers,
    _invents_names,
    _about_nothing,
    _echoes,
)
