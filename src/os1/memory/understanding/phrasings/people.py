"""Who is who, and what is "mine": "my sister is called Ana", "our cat Miso", "Ana's birthday is", "my favourite film".

It reads clauses whose subject is a possession or a person. English; pure.
"""

import re
from collections.abc import Iterator

from os1.memory.understanding import lexicon as lex
from os1.memory.understanding.cutting import cut, listed
from os1.memory.understanding.lexicon import either
from os1.memory.understanding.phrasings.ahead import DREAM_IS
from os1.memory.understanding.phrasings.told import Said, r
from os1.memory.understanding.subjects import KIN, NAME, bare_name, is_name

_IS = r"(?: is|'s|s(?= )| was| are)"
_CALLED = rf"(?P<name>{NAME}|{either(lex.FIRST_NAMES)})(?![\w-])"

_CLOSE = either(
    frozenset(
        lex.SHE
        | lex.HE
        | {
            "twin",
            "partner",
            "kid",
            "child",
            "baby",
            "half brother",
            "half sister",
            "twin sister",
            "twin brother",
        }
    )
    - {"girl", "sis", "bro", "gf", "bf"}
)
_MY_NAME = re.compile(
    r"(?:(?:my|the) )?(?:first |full |real )?name(?:'?s| is) (?P<name>[^\W\d_][\w'-]*(?: (?-i:[A-Z][\w'-]+)){0,2})(?= *(?:$|[.,!;)(…\x01]|and\b|but\b|btw|lol|by the way|not\b))",
    re.IGNORECASE,
)
_CALL_ME = re.compile(
    rf"(?:(?:everyone|everybody|people|friends|my friends|most people|they|folks|my family|you can|just|please|pls|i)\s)*(?:calls? me|go by) {_CALLED}(?= *(?:$|[.,!;)(…\x01]|please|pls|btw|lol|and\b|though|instead|by the way))",
    re.IGNORECASE,
)
_I_AM = re.compile(
    rf"(?:i'?m|i am|this is) {_CALLED}(?= *(?:$|[.,!;)…\x01]|by the way|btw|and i\b))", re.IGNORECASE
)
_GREETS = re.compile(
    r"\s*(?:hi|hello|hey|good (?:morning|evening|afternoon)|nice to meet you)\b", re.IGNORECASE
)
THEIR_NAME = re.compile(
    rf"(?:(?:my|our) {KIN}(?:'s|s'|s)? (?:name(?:'s| is)|(?:is|'s) (?:called|named))|(?P<pro>her|his|their|its) name(?:'?s| is)|(?P<it>she|he|it)(?:'?s| is) (?:called|named)) {_CALLED}",
    re.IGNORECASE,
)
_HAVE_CALLED = re.compile(
    rf"(?:\b(?:an?|my|our|the|two|three|new|other) |, )(?P<kind>(?:[\w-]+ ){{0,2}}?)(?P<kin>{either(lex.RELATIONS | lex.PETS)})s?,? (?:(?:called|named|whose name is) )(?P<name>{NAME}|{either(lex.FIRST_NAMES)})(?![\w-])(?: and (?P<other>{NAME})(?! is| has|'s| lives| works))?",
    re.IGNORECASE,
)
_IS_MY = re.compile(
    rf"(?P<name>{NAME}|{either(lex.FIRST_NAMES)})(?:'s| is| was) my (?P<kin>(?:(?:{either(lex.MODIFIERS)}|ex-?) ?)*(?:{either(lex.RELATIONS | lex.PETS)}))(?= *(?:$|[.,!;)…\x01]|and\b|but\b|from\b|since\b|now\b|btw|by the way|at work|at\b|in\b|who\b|lol|too\b|so\b))",
    re.IGNORECASE,
)
_MY_IS = re.compile(rf"(?:my|our) {KIN} (?:is|'s) (?P<name>{NAME})(?= *(?:$|[.!;…]))", re.IGNORECASE)
_HAVE_KIN = re.compile(
    rf"(?:(?:i|we)(?:'ve| have)?(?: got| have| also have| only have| just have)?|i've got) (?P<v>an? (?P<kin>(?:(?:{either(lex.MODIFIERS)}) )*(?:{_CLOSE})))(?= *(?:$|[.,!;)…\x01]|and\b|but\b|who\b|in\b|too\b|now\b|called|named|at\b|living|btw|lol))(?P<n>,? (?P<name>{NAME}))?",
    re.IGNORECASE,
)
_KIDS = re.compile(
    rf"\b(?:have|'ve got|got|has) (?:two|three|four|2|3|4) (?:[\w-]+ )?(?P<kin>kid|sister|brother|son|daughter|cat|dog|child|rabbit|cousin)(?:s|ren)?(?:,|:| -| called| named) (?P<list>{NAME}(?:(?:, (?:and )?| and | & ){NAME}){{1,3}})",
    re.IGNORECASE,
)
_ONE_NAME = re.compile(NAME)

_FAVOURITE = re.compile(
    r"(?:all[- ]time )?(?:fav|fave|favou?rite) (?P<kind>(?!thing to\b|part\b|person\b|human\b|one\b|thing|things|is\b|are\b)[\w-]{3,}(?: (?!is\b|are\b|was\b)[\w-]+)?)(?: of all time| ever| right now)?(?P<is> is| are|'s| has always been| was| used to be) (?=\S)",
    re.IGNORECASE,
)
_BIRTHDAY = re.compile(
    r"(?:birthday|bday|b-day|birth date|date of birth)(?: is|'s|s(?= ))? (?:on )?(?:the )?(?P<v>(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:the )?\d{1,2}(?:st|nd|rd|th)?)(?:,? (?:19|20)\d\d)?)",
    re.IGNORECASE,
)
_TONGUE = re.compile(
    rf"(?:native language|mother tongue|first language|native tongue)(?: is|'s) (?P<v>{either(lex.LANGUAGES)})(?![\w-])",
    re.IGNORECASE,
)
_HOBBY = re.compile(
    r"(?:main |favou?rite |biggest |new )?(?:hobby|hobbies|pastime)(?: is| are|'s| include| includes) (?=\S)",
    re.IGNORECASE,
)
_NOT_NAMED = re.compile(
    r"(?:mud|not|a|the|on|in|hard|too|spelled|written|pronounced|everywhere|never|so|unusual|weird|common|rare|difficult|long|short|still|now|no|also|really|just|irrelevant|secret)\b",
    re.IGNORECASE,
)


def names(plain: str, low: str, start: int, end: int) -> Iterator[Said]:
    """Who someone is: their names, and what they are to the person."""
    if (match := _MY_NAME.match(plain, start, end)) and not _NOT_NAMED.match(match["name"]):
        yield Said("name", match.span("name"), False, 0.9, about="")
    if (match := _CALL_ME.match(plain, start, end)) and is_name(match["name"]):
        yield Said("nickname", match.span("name"), False, 0.85, about="")
    if match := _I_AM.match(plain, start, end):
        greeted = (
            _GREETS.match(plain[max(0, start - 24) : start].lstrip()) is not None
            and plain[match.start("name")].isupper()
        )
        name = match["name"].lower().split(" ")[0]
        if (
            is_name(match["name"])
            and ((greeted and not name.endswith(("ish", "ese", "ian", "ean"))) or name in lex.FIRST_NAMES)
            and name not in _NO_FIRST
        ):
            yield Said("name", match.span("name"), False, 0.8, about="")
    if (match := THEIR_NAME.match(plain, start, end)) and is_name(match["name"]) and match["kin"]:
        yield Said("is_your", match.span("kin"), False, 0.9, about=bare_name(match["name"]))
    if (match := _IS_MY.match(plain, start, end)) and is_name(match["name"]):
        yield Said("is_your", match.span("kin"), " was my" in match[0], 0.9, about=bare_name(match["name"]))
    if (match := _MY_IS.match(plain, start, end)) and is_name(match["name"]):
        yield Said("is_your", match.span("kin"), False, 0.7, about=bare_name(match["name"]))
    if (match := _FROM.search(plain, start, end)) and is_name(match["name"]):
        kin_ = "neighbour" if match["where"] in ("next door", "upstairs", "downstairs") else "colleague"
        yield Said("is_your", match.span("where"), False, 0.75, about=bare_name(match["name"]), reads=kin_)


_FROM = re.compile(
    rf"(?<![\w'-])(?P<name>{NAME}|{either(lex.FIRST_NAMES)}) from (?P<where>work|the office|my team|next door|upstairs|downstairs)(?![\w-])"
)
""" "Lena from work brought cake"."""


_NO_FIRST = frozenset(
    {"bear", "rex", "bella", "coco", "jo", "max", "bo", "biscuit", "milo", "lola", "miso", "luna"}
)


def kin(plain: str, low: str, start: int, end: int) -> Iterator[Said]:
    """Who someone is, told on the way: "we got a kitten called Miso"."""
    found = False
    for match in _HAVE_CALLED.finditer(plain, start, end):
        words = match["kind"].lower().split()
        begins = (
            match.start("kin") - len(match["kind"])
            if words and all(word in lex.MODIFIERS for word in words)
            else match.start("kin")
        )
        for group in ("name", "other"):
            if match[group] and is_name(match[group]):
                found = True
                yield Said("is_your", (begins, match.end("kin")), False, 0.85, about=bare_name(match[group]))
    if match := _KIDS.search(plain, start, end):
        for one in _ONE_NAME.finditer(match["list"]):
            if is_name(one[0]):
                found = True
                yield Said("is_your", match.span("kin"), False, 0.85, about=bare_name(one[0]))
    if (
        not found
        and (match := _HAVE_KIN.match(plain, start, end))
        and low[match.start() : match.end()].split()[-1] != "no"
    ) and _HAVING.search(low, match.start(), match.start("kin")):
        name = match["name"] if match["name"] and is_name(match["name"]) else None
        about = bare_name(name) if name else f"my {match['kin'].lower()}"
        yield Said("is_your", match.span("kin"), False, 0.85, about=about)


_HAVING = re.compile(r"\b(?:have|got)\b")


def possessed(plain: str, low: str, at: int, end: int) -> Iterator[Said]:
    """What is said of something of theirs, read from behind "my" or "Ana's": a birthday, a favourite film."""
    if match := _FAVOURITE.match(plain, at, end):
        yield from _favourite(plain, low, match, end)
    elif match := _BIRTHDAY.match(plain, at, end):
        yield Said("born", match.span("v"), False, 0.85, begins=False)
    elif match := _TONGUE.match(plain, at, end):
        yield Said("speaks", match.span("v"), False, 0.85, begins=False)
    elif match := _HOBBY.match(plain, at, end):
        for place in listed(low, match.end(), end):
            yield Said("hobby", place, False, 0.85, begins=False)
    elif (match := DREAM_IS.match(low, at, end)) and (place := cut(low, match.start("v") + 3, end)):
        yield Said("wants", (match.start("v"), place[1]), False, 0.8, begins=False)


def _favourite(plain: str, low: str, match: re.Match[str], end: int) -> Iterator[Said]:
    place = cut(low, match.end(), end)
    if not place:
        return
    first = low[slice(*place)].split()[0]
    title = first == "the" and plain[place[0] + 4 : place[0] + 5].isupper()
    if title or first not in _NO_FAVOURITE:
        past = match["is"].strip() in {"was", "used to be"}
        yield Said(f"favourite:{match['kind'].lower()}", place, past, 0.85, begins=False)


_NO_FAVOURITE = lex.each("when to being how definitely probably always still actually the my your that a an")

MY = r(r"(?:my|our) ")
