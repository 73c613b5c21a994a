"""Whom a clause is about, and how it is put: "my sister Ana used to", "I'm not", "she's".

It reads the beginning of a clause up to where its verb says something. English; pure. Small letters are a name only
when they are a known first name. It does not know what the verb means (`phrasings` does).
"""

import re
from collections.abc import Container
from typing import Literal, NamedTuple

from os1.memory.finding.wordlists import NOT_NAMES
from os1.memory.understanding.lexicon import (
    ADVERBS,
    FIRST_NAMES,
    HE,
    MODIFIERS,
    NOBODY,
    PETS,
    RELATIONS,
    SHE,
    either,
)

Aux = Literal["", "be", "was", "been", "have", "had", "did", "will", "would"]


class Somebody(NamedTuple):
    """Someone in their life, as they were spoken of."""

    about: str
    """"" the person, a name, or "my sister"."""
    gender: str = ""
    """he, she, they (several), or not known."""
    kin: tuple[str, str] | None = None
    """The name and the word of relation, when both were said: it is known who Ana is."""
    kin_at: tuple[int, int] = (0, 0)
    """Where the word of relation stands."""


class Predicate(NamedTuple):
    """What is said of somebody, as far as its helping words go."""

    who: Somebody
    aux: Aux
    neg: bool
    over: bool
    """used to, no longer, not any more."""
    adverbs: frozenset[str]
    neg_at: int
    """Where the denial begins: "don't eat meat" is quoted with it."""
    at: int
    """Where the rest begins."""
    bare: bool = False
    """Nobody is named: "moved to Porto"."""


ME = Somebody("")
WORD = r"[^\W\d_][\w'-]*"
NAME = r"(?-i:(?:[A-Z][\w-]*(?:'[A-Z][\w-]*)?)(?: [A-Z][\w-]+(?:'(?!s\b)[\w-]+)?)?)"
_LOW_NAME = rf"(?:{either(FIRST_NAMES)})"
KIN = rf"(?P<kin>(?:(?:{either(MODIFIERS)})[ -])*(?:{either(RELATIONS | PETS)}))"

_OPENERS = re.compile(
    r"(?:(?:well|so|yeah|yes|yep|yup|no|nope|nah|oh|ah|hey|hi|hello|and|but|also|btw|by the way|actually|honestly|tbh|to be honest|fyi|anyway|ok|okay|right|"
    r"now|then|lol|haha|omg|wow|guess what|turns out|it turns out|turned out|i told you(?: that)?|i already told you(?: that)?|(?:as |like )?i said|you know|"
    r"you see|the thing is|fun fact|as a (?:kid|child|teenager)|news|big news|good news|bad news|update|these days|nowadays|currently|at the moment|recently|finally|unfortunately|sadly|"
    r"luckily|just so you know|for the record|because|since|please remember(?: that)?|please note(?: that)?|remember that|remember|wait|correction|sorry|oops|confession|plus|ps|first of all|basically|look|"
    r"in fact|the truth is|truth is|to tell you the truth|to tell the truth|big change|it'?s official|i'?m happy to say(?: that)?|did i mention|i swear|"
    r"good morning|morning|good evening|well anyway|long story short|yay|nice|great|hmm+|um+|uh+|ugh|aw+|yea|yess+|ha|woah|whoa|cool|sweet|thanks?|thank you|absolutely|definitely|exactly|totally|agreed|true|hah|gosh|hun|samantha|as you know|note|edit|cause|'cause|cuz|bc|coz"
    r")(?:\s*[,.:!;–—-]+\s*|\s+)(?=\S))+",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?:i|we|me and [\w ]{2,20} )(?=['\s])|im(?=\s)|ive(?=\s)|were(?= (?:moving|getting|expecting|having))",
    re.IGNORECASE,
)
_KIN = re.compile(
    rf"(?:my|our) {KIN}(?![\w-])(?P<s>'s|s'(?= )|s(?= (?:name|birthday|favou?rite|fav)\b))?", re.IGNORECASE
)
_KIN_NAME = re.compile(
    rf",? (?:(?:called|named) )?(?P<name>{NAME}|{_LOW_NAME})(?![\w-])(?P<comma>,)?", re.IGNORECASE
)
_IN_A_LIST = re.compile(r",? (?:and|&|or) ")
"""In "my girlfriend, Toby and I" they are three."""
_NAMED = re.compile(rf"(?P<name>{NAME})(?![\w-])", re.IGNORECASE)
_WORD = re.compile(r"(?P<name>[^\W\d_][\w-]+)")
_LOW_NAMED = re.compile(rf"(?P<name>{_LOW_NAME})(?![\w-])", re.IGNORECASE)
_NAME_KIN = re.compile(rf", (?:who is |who's )?my {KIN},?(?= |')", re.IGNORECASE)
_PRONOUN = re.compile(r"(?P<who>he|she|they|hes|shes)(?=['\s])", re.IGNORECASE)
_TOKEN = re.compile(r"'?[^\s',]+(?:'[a-z]+)?")

_DONT = frozenset({"don't", "dont", "doesn't", "doesnt"})
_ISNT = frozenset({"isn't", "isnt", "aren't", "arent", "ain't", "aint"})
_GONE = re.compile(r"\b(?:any ?more|any longer|no longer)\b")
_PARTICIPLE = re.compile(
    r"\w+ed|been|moved|got|gotten|had|begun|started|become|taken|quit|left|bought|gone|grown|known|found|lost|won|met|broken|given|stopped|not|never|always|just|recently|finally|already|only|also"
)
_NO_SUBJECT = re.compile(
    r"(?:just |finally |recently |officially |now |still |been )*(?:moved (?:back )?(?:to|from|in with)|started (?:working |a new job )?(?:at|as)|quit|stopped smoking|turned \d+|"
    r"turning \d+|got (?:married|engaged|divorced|a (?:new )?(?:job|dog|cat|kitten|puppy)|my|laid|fired|promoted)|learning|working (?:at|as|for)|living (?:in|with)|live in|"
    r"live with|work (?:at|as|for)|studying|allergic to|vegan|vegetarian|adopted|bought a|graduated|broke my|gave up|grew up|diagnosed|married|divorced)\b"
)
"""What can be said of oneself without "I": "moved to Porto last week"."""


def after_openers(plain: str, start: int, end: int) -> int:
    """Past "well, actually" to where the clause says something."""
    opened = _OPENERS.match(plain, start, end)
    return opened.end() if opened else start


def subject(
    plain: str, start: int, end: int, last: Somebody | None, known: Container[str] = ()
) -> tuple[Somebody, int, bool] | None:
    """Who, where the name of them ends, and whether it is "'s" that follows it and may be theirs ("Ana's birthday").

    `last`: whom the words just before were about; "she" is nobody without them.
    """
    if first := _FIRST.match(plain, start, end):
        begins = first.end() - (
            2
            if plain[first.end() - 2 : first.end()].lower() == "ve"
            else 1
            if first[0].lower() == "im"
            else 0
        )
        return ME, start + 2 if first[0].lower().startswith("were") else begins, False
    if kin := _KIN.match(plain, start, end):
        return _of_kin(plain, kin, end)
    if pronoun := _PRONOUN.match(plain, start, end):
        word = pronoun["who"].lower()
        gender = word[:-1] if word in {"hes", "shes"} else word
        if last is None or not last.about or last.gender not in {gender, ""} or gender == "they":
            return None
        return Somebody(last.about, gender), start + len(gender), False
    return _by_name(plain, start, end, known)


def _of_kin(plain: str, kin: re.Match[str], end: int) -> tuple[Somebody, int, bool]:
    word = kin["kin"]
    gender = gender_of(word)
    named = None if kin["s"] else _KIN_NAME.match(plain, kin.end(), end)
    if (
        named
        and is_name(named["name"])
        and not (named[0].startswith(",") and _IN_A_LIST.match(plain, named.end("name")))
    ):
        who = Somebody(bare_name(named["name"]), gender, (bare_name(named["name"]), word), kin.span("kin"))
        return who, named.end(), plain[named.end() : named.end() + 2] == "'s"
    return (
        Somebody(f"my {word.lower()}", gender, None, kin.span("kin")),
        kin.start("s") if kin["s"] else kin.end(),
        bool(kin["s"]),
    )


def _by_name(plain: str, start: int, end: int, known: Container[str]) -> tuple[Somebody, int, bool] | None:
    named = _NAMED.match(plain, start, end) or _LOW_NAMED.match(plain, start, end)
    if not named and (word := _WORD.match(plain, start, end)) and word["name"].lower() in known:
        named = word
    if not named or not is_name(named["name"]):
        return None
    name = bare_name(named["name"])
    if kin := _NAME_KIN.match(plain, named.end(), end):
        return Somebody(name, gender_of(kin["kin"]), (name, kin["kin"]), kin.span("kin")), kin.end(), False
    return Somebody(name), named.end(), plain[named.end() : named.end() + 2] == "'s"


def gender_of(word: str) -> str:
    word = word.lower().rpartition(" ")[2]
    return "she" if word in SHE else "he" if word in HE else ""


def is_name(word: str) -> bool:
    """Whether it can be someone's name, as it is spelled here."""
    words = word.lower().split()
    return (
        bool(words)
        and not any(
            part.removesuffix("'s") in NOBODY or part.removesuffix("'s") in NOT_NAMES for part in words
        )
        and len(word) > 1
    )


def bare_name(word: str) -> str:
    return word.removesuffix("'s")


_PLURAL_VERB = re.compile(
    r"(?:live|work|like|love|enjoy|hate|speak|play|study|have|want|prefer|believe|take|eat|drink|smoke|adore|dislike|suffer|own|drive|reside|come|go|run|do|"
    r"leave|start|fly|tend|practise|practice|need|make|help|remind)\b"
)


def agrees(who: Somebody, said_of: "Predicate", low: str) -> bool:
    """One other person "likes", not "like": what stands before "like" is then no person, but "moments"."""
    plain_verb = said_of.aux == "" and not said_of.over and not said_of.neg
    return not who.about or not plain_verb or not _PLURAL_VERB.match(low, said_of.at)


def predicate(low: str, place: tuple[int, int], who: Somebody) -> Predicate:
    """Its helping words, read from `place`."""
    at, end = place
    aux: Aux = ""
    neg, over, neg_at = False, bool(_GONE.search(low, at, end)), -1
    adverbs: set[str] = set()
    while token := _next(low, at, end):
        word, begins, ends = token
        negates = (
            word in _DONT
            or word in _ISNT
            or word
            in {
                "not",
                "never",
                "didn't",
                "didnt",
                "wasn't",
                "wasnt",
                "weren't",
                "haven't",
                "havent",
                "hasn't",
            }
        )
        if word == "no" and low.startswith("no longer", begins):
            neg, ends, neg_at = True, begins + len("no longer"), begins
        elif negates:
            neg, neg_at = True, neg_at if neg else begins
            aux = (
                "be"
                if word in _ISNT
                else "was"
                if word.startswith(("wasn", "weren"))
                else "did"
                if word.startswith("didn")
                else aux
            )
            aux = "have" if word.startswith("ha") else aux
        elif word in ADVERBS:
            adverbs.add(word)
        elif word == "used" and low.startswith("used to ", begins):
            over, ends, aux = True, begins + len("used to"), "" if aux == "be" else aux
        elif word == "do" and low.startswith("do not", begins):
            neg, neg_at, ends = True, begins, begins + len("do not")
        elif not (step := _helping(word, low[ends:end].lstrip(), aux)):
            break
        else:
            aux = step[0]
        at = ends
    while at < end and low[at] in " ,":
        at += 1
    return Predicate(who, aux, neg, over, frozenset(adverbs), neg_at, at)


def _next(low: str, at: int, end: int) -> tuple[str, int, int] | None:
    while at < end and low[at] == " ":
        at += 1
    token = _TOKEN.match(low, at, end)
    return (token[0], token.start(), token.end()) if token else None


def _helping(word: str, rest: str, aux: Aux) -> tuple[Aux] | None:
    """The helping verb after this word, if it is one. A bare "have" may be all there is to say: "I have a dog"."""
    if word in {"'m", "m", "am", "is", "are", "'re", "re", "'s", "s"} and aux == "":
        if word in {"'s", "s"} and re.match(r"(?:been|got|moved|started|turned|lived|worked|become)\b", rest):
            return ("have",)
        return ("be",)
    if word == "be" and aux in {"", "will"}:
        return ("be",) if aux == "" else None
    if word in {"was", "were"} and aux == "":
        return ("was",)
    if word == "been":
        return ("been",) if aux in {"", "have"} else None
    if (
        word in {"have", "has", "'ve", "ve"}
        and aux == ""
        and _PARTICIPLE.match(rest.split(" ")[0] if rest else "")
    ):
        return ("have",)
    if word == "had" and aux == "" and re.match(r"(?:been|\w+ed|just|already|never)\b", rest):
        return ("had",)
    if word in {"will", "'ll", "ll", "shall"}:
        return ("will",)
    if word in {"would", "'d", "could", "should", "might", "may", "can", "must"} and aux == "":
        return ("would",)
    return None


def elliptic(low: str, start: int, end: int) -> bool:
    """Whether it is said of oneself without saying "I"."""
    return bool(_NO_SUBJECT.match(low, start, end))
