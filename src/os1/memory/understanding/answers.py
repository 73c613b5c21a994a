"""An answer that is no sentence: "Lisbon." after "Where do you live?".

Only the plain cases, each a question of hers and the form its answer must have. English; pure.
It does not know what the rest of the talk was about.
"""

import re
from typing import NamedTuple

from os1.memory.understanding import lexicon as lex
from os1.memory.understanding.cutting import cut
from os1.memory.understanding.lexicon import either
from os1.memory.understanding.subjects import KIN, NAME, is_name

LONGEST = 60
"""Characters of an answer that is only that."""

_NO_ANSWER = re.compile(
    r"(?:yes|no|yeah|nope|yep|idk|i|dunno|maybe|why|what|who|where|how|guess|secret|not|none|nobody|nowhere|nothing|somewhere|later|ask|sorry|hm+|um+|uh+|lol|haha|"
    r"same|good|fine|depends|everything|anything|both|it depends|that|this|he|she|we|they|you|none of|never|always|ok|okay|sure|thanks|well|nah|and|but|if|could|"
    r"would|should|the same|here|there|many|too|far|home|a lot|let|don'?t|can'?t|won'?t|please|skip|pass|next|stop|weird|funny|nice|hello|hi|hey|mars|hogwarts|narnia|"
    r"the moon|hell|your)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:(?:in|it'?s|its|her name is|his name is|her name'?s|his name'?s|he'?s called|she'?s called|at|as|near|from|on|currently|just|oh|my name is|she'?s|he'?s|"
    r"called|i'm|im|well|um+|it is|that'?s|probably) ?,? ?)+(?=\S)",
    re.IGNORECASE,
)


class _Form(NamedTuple):
    asks: re.Pattern[str]
    what: str
    fits: re.Pattern[str]


_PLACE = re.compile(r"(?P<v>[^\W\d_][\w' -]{1,40}?)(?:, [^\W\d_][\w' -]{1,30})?[ .!]*$")
_OF_NAME = re.compile(rf"(?P<v>{NAME}|{either(lex.FIRST_NAMES)})[ .!]*$", re.IGNORECASE)
_YEARS = re.compile(r"(?P<v>\d{1,3})(?: years old| years| yo)?[ .!]*$")
_DATE = re.compile(
    r"(?:the )?(?P<v>(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? [a-z]{3,9}|[a-z]{3,9} (?:the )?\d{1,2}(?:st|nd|rd|th)?)(?:,? \d{4})?)[ .!]*$",
    re.IGNORECASE,
)
_TRADE = re.compile(
    rf"(?:i'?m )?(?P<v>(?:an? )?(?:[\w-]+ ){{0,2}}?(?:{either(lex.TRADES)}))[ .!]*$", re.IGNORECASE
)
_THING = re.compile(r"(?P<v>[^\W_][\w'& -]{1,40}?)[ .!]*$")
_SUBJECT = re.compile(rf"(?P<v>{either(lex.SUBJECTS)})[ .!]*$", re.IGNORECASE)

_WHO = rf"(?P<who>you|(?:your {KIN})|{NAME})"
_FORMS = (
    _Form(re.compile(rf"where (?:do|does|are|is) {_WHO} (?:live|living|based)\b", re.IGNORECASE), "lives_in", _PLACE),
    _Form(re.compile(rf"where (?:are|is) {_WHO} (?:originally )?from\b|where did {_WHO.replace('who', 'who2').replace('kin', 'kin2')} grow up\b", re.IGNORECASE), "from", _PLACE),
    _Form(re.compile(rf"where (?:do|does) {_WHO} work\b|who (?:do|does) (?:you|she|he) work for\b", re.IGNORECASE), "works_at", _PLACE),
    _Form(re.compile(rf"what (?:do|does) {_WHO} do (?:for (?:a living|work))\b|what(?:'s| is) your (?:job|profession|occupation)\b|what do you do\?", re.IGNORECASE), "works_as", _TRADE),
    _Form(re.compile(r"what(?:'s| is) (?:your (?:first )?name)\b|what(?:'s| is) your name\b|what should i call you\b", re.IGNORECASE), "name", _OF_NAME),
    _Form(re.compile(rf"how old (?:are|is) {_WHO}(?=\W|$)", re.IGNORECASE), "age", _YEARS),
    _Form(re.compile(r"(?:what (?:are|do) you (?:studying|study))\b", re.IGNORECASE), "studies", _SUBJECT),
    _Form(re.compile(r"when(?:'s| is) your birthday\b", re.IGNORECASE), "born", _DATE),
    _Form(re.compile(rf"what(?:'s| is| are) (?:your {KIN}'?s? name\b|the name of your {KIN.replace('kin', 'kin3')}|(?:your {KIN.replace('kin', 'kin4')}) called)", re.IGNORECASE), "is_your", _OF_NAME),
    _Form(re.compile(r"what(?:'s| is) your (?:favou?rite) (?P<kind>\w+)", re.IGNORECASE), "favourite", _THING),
)  # fmt: skip
_LAST_QUESTION = re.compile(r"[^.!?\n]{1,200}\?[^\w?]*$")


def answered(text: str, asked: str) -> list[tuple[str, str, tuple[int, int]]]:
    """About whom, which slot, and where its value stands; nothing if it is no plain answer to her last question."""
    question = _LAST_QUESTION.search(asked.replace("’", "'")[-400:])
    if not question or len(text) > LONGEST or "?" in text or "\n" in text.strip():
        return []
    plain = text.replace("’", "'")
    start = len(plain) - len(plain.lstrip())
    if lead := _LEAD.match(plain, start):
        start = lead.end()
    if _NO_ANSWER.match(plain, start):
        return []
    for form in _FORMS:
        if asks := form.asks.search(question[0].strip()):
            return _fitted(form, asks, plain, start)
    return []


def _fitted(
    form: _Form, asks: re.Match[str], plain: str, start: int
) -> list[tuple[str, str, tuple[int, int]]]:
    fits = form.fits.match(plain, start)
    if not fits:
        return []
    groups = asks.groupdict()
    who = next((groups[key] for key in ("who", "who2") if groups.get(key)), "you")
    about = "" if who == "you" else f"my{who[4:]}" if who.lower().startswith("your") else who
    low = plain.lower()
    place = fits.span("v")
    if form.what == "is_your":
        # The relation itself stands in her question, not in their words: what they say is the name.
        kin = next((groups[key] for key in ("kin", "kin3", "kin4") if groups.get(key)), "")
        return [(f"my {kin.lower()}", "name", place)] if is_name(fits["v"]) else []
    if form.what in {"lives_in", "from", "works_at"}:
        cutted = cut(low, *place, "place")
        if (
            not cutted
            or low[slice(*cutted)].split()[0] in lex.NO_PLACES
            or len(low[slice(*cutted)].split()) > 4
        ):
            return []
        return [(about, form.what, cutted)]
    if form.what == "name" and not is_name(fits["v"]):
        return []
    what = f"favourite:{groups['kind'].lower()}" if form.what == "favourite" else form.what
    return [(about, what, place)]
