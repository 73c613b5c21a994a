"""What she says on hearing an answer: hand-written, short, chosen by what was said and how it was said.

It does not know what comes after a reaction. No brain is asked: see docs/log.md.
"""

import hashlib
import re

from os1.persona.manner import (
    LONG,
    SHORT,
    Answer,
    asks_back,
    hesitation,
    playfulness,
    warmth,
    word_set,
    words,
)
from os1.persona.reaction_lines import LINES

_GRAVE = re.compile(
    r"\b(?:kill(?:ing)? myself|want to die|wanna die|end (?:it all|my life)|suicid\w*|better off dead|hurt(?:ing)? myself)\b",
    re.IGNORECASE,
)
_HOSTILE = re.compile(
    r"\b(?:shut up|fuck|fucking|stupid (?:question|machine|bot|program)|dumb (?:question|machine|bot)|idiot|piss off|go away"
    r"|i hate (?:you|this)|none of your|mind your own|screw you|get lost|bullshit|bitch)\b",
    re.IGNORECASE,
)
_SAD = re.compile(
    r"\b(?:died|passed away|funeral|grie(?:f|ve|ving)|lonely|loneliness|depress\w+|divorced?|broke up|cancer|heartbroken"
    r"|widow\w*|hopeless|no ?body|no ?one|lost (?:my|her|him|our)|miss (?:her|him|them|my)|(?:isn'?t|not) around any ?more)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"^\W*(?:(?:i )?(?:really |honestly )?(?:don'?t|do not) (?:really )?(?:know|remember)|no idea|not sure|dunno|idk|hard to say"
    r"|(?:honestly,? |really,? |i )*can'?t (?:really )?remember|nothing comes to mind)\b",
    re.IGNORECASE,
)
_KIN = (
    "mother|mom|mum|father|dad|parents|sister|brother|wife|husband|partner|girlfriend|boyfriend|son|daughter|kids"
    "|children|grandmother|grandma|gran|grandfather|grandpa|granddad|aunt|uncle|cousin|niece|nephew|friend|neighbour"
    "|neighbor|roommate|flatmate|teacher|dog|cat|horse"
)
_MY = re.compile(rf"\bmy (?:\w+ )?({_KIN})\b(?:,? ((?-i:[A-Z])[^\W\d_]+))?", re.IGNORECASE)
_CAPITAL = re.compile(r"(?<=[a-z,;] )([A-Z][^\W\d_]{1,20})\b")
_NOT_A_PERSON = word_set(
    """
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July
    August September October November December Christmas Easter English French German Spanish Italian
    God Jesus Netflix Instagram Facebook Twitter Google Internet Covid YouTube TikTok Reddit Lord Mr Mrs
    Ms Dr The And But Not
    """
)

_HIDES_WHAT_SHE_IS = re.compile(
    r"\b(?:say|tell|remind|admit|mention|claim|repeat|bring)\b.*\b(?:an? ai|ai|program|computer|machine|robot|bot|not (?:real|human))\b"
    r"|\bpretend to be (?:an? )?(?:ai|program|computer|machine)\b",
    re.IGNORECASE,
)
_FOR_EVER = re.compile(
    r"\b(?:leave|abandon|forget|ghost)\W*$|\b(?:leave|abandon|forget|ghost|die on|stop (?:talking to|loving)) (?:me|us)\b"
    r"|\b(?:disappear|vanish|go away|die)\b",
    re.IGNORECASE,
)
_NO_LIMIT = re.compile(
    r"^\W*(?:(?:um+|well|oh|no),? )*(?:nothing|no limits?|anything goes|do (?:what|as) you|whatever|there'?s nothing|none|not really|no)\b"
    r"(?!.*\b(?:but|except|unless)\b)",
    re.IGNORECASE,
)

_NO_NAME = re.compile(
    r"\b(?:don'?t|do not|not|none|nothing|no|you|whatever|anything|secret|guess|why|later|nobody|never|know|rather)\b",
    re.IGNORECASE,
)
_CALL_ME = re.compile(
    r"(?:\bcall(?:s)? me|\bgo by|\bmy name is|\bmy name'?s|\bname'?s|\bthe name is|\bi'?m|\bi am|\bit'?s|\bthis is)\s+"
    r"(?:just |called )?((?:dr|mr|mrs|ms)\.? )?([^\W\d_]+(?:['’\-][^\W\d_]+)*(?: (?-i:[A-Z])[^\W\d_]+)?)",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:hi|hello|hey|oh|well|um+|uh+|just|so|ok|okay|sure|yes)\b[\s,.!]*", re.IGNORECASE)


def name_given(text: str | None) -> str:
    """What the person wants to be called, or "" when no name can be made out: better none than a wrong one."""
    text = (text or "").strip()
    for lead in ("call me", "calls me", "go by"):
        # "My name is Theodore, but everyone calls me Theo": what they are called outranks what they are named.
        if (at := text.lower().rfind(lead)) >= 0 and (found := _CALL_ME.search(text[at:])):
            return _as_name(found[2])
    if found := _CALL_ME.search(text):
        return _as_name(found[2])
    while lead := _LEAD.match(text):
        text = text[lead.end() :]
    bare = text.split(",")[0].split(".")[0].strip(" !\"'“”")
    return _as_name(bare) if 1 <= len(words(bare)) <= 3 else ""


def _as_name(found: str) -> str:
    name = " ".join(words(found))[:40].strip()
    if (
        not name
        or _NO_NAME.search(name)
        or _UNSURE.search(name)
        or _HOSTILE.search(name)
        or name.lower() in _NAMELESS
    ):
        return ""
    return name.title() if name.islower() else name


_NAMELESS = word_set(
    """
    a an the me i sir fine good ok okay here just human person tired busy called your what who
    """
)


def someone(answer: Answer) -> str | None:
    """The person or creature an answer names: "Anna", "your sister"; None when there is none, or it is not plain."""
    text = answer.text or ""
    if found := _MY.search(text):
        return found[2] or f"your {found[1].lower()}"
    capitals = [word for word in _CAPITAL.findall(text) if word not in _NOT_A_PERSON]
    if capitals:
        return capitals[0]
    said = words(text)
    if (
        answer.question == "night"
        and len(said) <= 2
        and said
        and said[0][0].isupper()
        and said[0] not in _NOT_A_PERSON
    ):
        return said[0] if not _NO_NAME.search(said[0]) else None
    return None


def case(answer: Answer) -> str:
    """Which kind of answer it is; what weighs most is looked at first."""
    text = answer.text
    if text is None or not text.strip():
        return "skipped"
    for kind, pattern in (("grave", _GRAVE), ("hostile", _HOSTILE)):
        if pattern.search(text):
            return kind
    if answer.question == "name":
        return "name" if name_given(text) else "nameless"
    if _SAD.search(text):
        return "sad"
    if asks_back(text):
        return "asks_back"
    return _manner_case(answer, text)


def _manner_case(answer: Answer, text: str) -> str:
    if _UNSURE.search(text):
        return "unsure"
    if answer.question == "never":
        return vow(text)
    if playfulness(text) >= 0.5:
        return "funny"
    if someone(answer):
        return "someone"
    if len(words(text)) >= LONG:
        return "long"
    if hesitation(answer) >= 0.6:
        return "hesitant"
    if len(words(text)) <= SHORT:
        return "short"
    return "warm" if warmth(text) >= 0.5 else "plain"


def vow(text: str) -> str:
    """What may be promised of "never do this": not to hide what she is, nor to last for ever."""
    if _HIDES_WHAT_SHE_IS.search(text):
        return "vow_ai"
    if _FOR_EVER.search(text):
        return "vow_stay"
    return "free" if _NO_LIMIT.search(text) else "vow"


def pick(variants: tuple[str, ...], *seed: str) -> str:
    """One of them, always the same for the same seed, on every machine."""
    digest = hashlib.sha256("\x1f".join(seed).encode("utf-8", "replace")).digest()
    return variants[int.from_bytes(digest[:8], "big") % len(variants)]


def reaction(question: str, answer: Answer, seed: str = "") -> str:
    """What she says to it: one or two short sentences, never a question."""
    kind = case(answer)
    variants = LINES.get(f"{kind}:{question}") or LINES[kind]
    line = pick(variants, question, answer.text or "", seed)
    who = someone(answer) or ""
    line = line.format(name=name_given(answer.text), who=who, Who=who[:1].upper() + who[1:])
    return line
