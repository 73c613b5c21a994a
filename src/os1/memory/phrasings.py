"""How each kind of thing is said, once it is known of whom: "live in ...", "allergic to ...", "used to work at ...".

Rules on what follows the subject and its helping verbs, each for one slot. English; pure; a missed fact costs little.
They do not know who is meant, nor what is a question or a joke (`subjects` and `sentences` do).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from os1.memory import lexicon as lex
from os1.memory.cutting import Place, cut, listed, passing, somebody, trimmed
from os1.memory.dates import Named
from os1.memory.lexicon import either
from os1.memory.subjects import NAME, Predicate, is_name

LIVE_VERB = r"(?:live|lives|lived|living|live|reside|resides|resided|residing)"


@dataclass(frozen=True, slots=True)
class Said:
    """What a clause says, as places in the text."""

    what: str
    value: Place
    over: bool = False
    sure: float = 0.8
    about: str | None = None
    """Of somebody else than the subject: the kitten in "we have a kitten called Miso"."""
    begins: bool = True
    """Whether a day in the clause is when it began; if not, a day says nothing of it."""
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A clause, ready to be understood."""

    plain: str
    low: str
    predicate: Predicate
    end: int
    days: tuple[Named, ...]
    """Days that are named in it, read as past."""
    coming: tuple[Named, ...]
    """The same, read as lying ahead."""

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.match(self.low, self.predicate.at, self.end)

    def cut(self, start: int, kind: str = "thing") -> Place | None:
        return cut(self.low, start, self._before_days(start), kind)

    def listed(self, start: int) -> list[Place]:
        return listed(self.low, start, self._before_days(start))

    def word(self, place: Place) -> str:
        return self.low[slice(*place)]

    def _before_days(self, start: int) -> int:
        return min([self.end, *(day.start for day in self.days if day.start > start)])


Rule = Callable[[Told], Iterator[Said]]


def _r(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


_AFTER = r"(?= *(?:$|[,.;!?()…\x01]|[-–—] |[\U0001F300-\U0001FAFF❤☺]|(?:at|for|in|by|and|but|from|too|now|here|there|with|on|who|these|so|lol|as|btw|tho|though|like|working|living|again|since|actually|haha|today|this|tbh|because|cuz|just|until|till|last|yesterday|ago|already|next|two|three|a|one|to|anymore|any more|any longer|when|while|after|before|which|that|where|every|or|soon|lately|recently|right now|for|and|at|if|though|too|all|as|due|my|in|on|of|than|so|very|no|though|i|we)\b))"

# --- home ---------------------------------------------------------------------------------------------------

_LIVES = _r(rf"{LIVE_VERB} (?:just |right )?(?:in|on the)(?= )|based in|settled in|living out in")
_MOVES = _r(
    r"(?:moved?|relocated|emigrated) (?:back |out |over |up |down )?(?:from (?P<old>[\w' -]{2,30}?) )?to(?= )"
)
_LIVES_WITH = _r(
    rf"{LIVE_VERB} (?P<v>alone|by myself|on my own|by (?:him|her)self|on (?:his|her) own)|{LIVE_VERB} (?:together )?with |moved? in with |moved in together with "
)
_COMPANY = _r(
    rf"(?:my|his|her|our|two|three|four|the|an?) (?:[\w-]+ ){{0,2}}?(?:{either(lex.RELATIONS | lex.PETS)}|parents|family|folks|grandparents|kids|children|friends|siblings|brothers|sisters|roommates|flatmates|housemates|cats|dogs|in-laws|sons|daughters|people|girls|guys)\b"
)
_HOUSE = _r(rf"(?:the|an?|my|our) (?:[\w'-]+ ){{0,3}}?(?:{either(lex.DWELLINGS)})\b")


def _home(told: Told) -> Iterator[Said]:
    it = told.predicate
    if it.neg and not it.over:
        return
    if (
        (match := told.match(_LIVES))
        and it.aux in {"", "be", "been", "have", "was"}
        and (place := told.cut(match.end(), "place"))
    ):
        past = (
            it.over
            or it.aux == "was"
            or (it.aux == "" and match[0].startswith(("lived", "resided", "settled")))
        )
        if _is_place(told, place, house=True):
            yield Said("lives_in", place, past, 0.9)
    elif (match := told.match(_MOVES)) and it.aux in {"", "have"} and not it.over and not it.neg:
        place = told.cut(match.end(), "place")
        if (
            place
            and not _stayed(told, match.end())
            and (
                _is_place(told, place)
                or told.word(place).startswith("the ")
                and _is_place(told, place, house=True)
            )
        ):
            if match["old"] and _is_place(told, match.span("old")):
                yield Said("lives_in", match.span("old"), True, 0.75)
            yield Said("lives_in", place, False, 0.85)
    if match := told.match(_LIVES_WITH):
        if match["v"] and it.aux in {"", "be", "been", "have"}:
            yield Said(
                "lives_with", match.span("v"), it.over or match[0].startswith("lived") and it.aux == ""
            )
        elif (
            not match["v"]
            and (company := _COMPANY.match(told.low, match.end(), told.end))
            and it.aux in {"", "be", "been", "have", "was"}
        ):
            past = it.over or it.aux == "was" or match[0].startswith("lived") and it.aux == ""
            yield Said("lives_with", company.span(), past)


def _stayed(told: Told, start: int) -> bool:
    """ "Moved to Rome for a year", "to Rome and then on": where they are now is not said."""
    return any(day.kind in {"for", "until"} for day in told.days) or bool(
        _ONWARD.search(told.low, start, told.end)
    )


_ONWARD = _r(
    r"\b(?:then|for a (?:while|bit|year|few|couple)|for (?:some|several|years|months|the)|and back|back again|in my (?:head|mind)|and left|temporarily)\b"
)


def _is_place(told: Told, place: Place, *, house: bool = False) -> bool:
    word = told.word(place)
    first = word.split(" ")[0]
    if first in {"the", "a", "an", "my", "our"}:
        return house and bool(_HOUSE.match(told.low, *place))
    if (
        first in lex.NO_PLACES
        or not first[0].isalpha()
        or first.endswith("ing")
        and told.plain[place[0]].islower()
    ):
        return False
    capital = told.plain[place[0]].isupper()
    return (
        (capital or not _SHOUTS.search(told.plain))
        and len(word.split()) <= 4
        and first not in {"his", "her", "their", "your", "some", "any"}
    )


_SHOUTS = re.compile(r"(?<![.!?…\n] )(?<!^)\b(?!I\b|I')[A-Z][a-z]")
"""They write names with capitals: a small letter is then no name."""

_FROM = _r(
    r"(?:originally )?from(?= )|(?:come|comes|came) (?:originally )?from(?= )|gr[eo]w(?:n)? up in(?= )|born (?:and raised )?in(?= (?!\d))|raised in(?= )"
)
_BORN = _r(
    r"born (?:on|in|the) (?:the )?(?P<v>\d[^,.;!]{0,24}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[^,.;!]{0,24})"
)


def _origin(told: Told) -> Iterator[Said]:
    it = told.predicate
    if it.neg or it.aux in {"will", "would", "had"}:
        return
    if (match := told.match(_FROM)) and (place := told.cut(match.end(), "place")):
        plain_from = match[0].endswith("from")
        if (
            plain_from
            and it.aux in {"be", "was", ""}
            and (it.aux != "" or match[0].startswith(("come", "original")))
        ) or not plain_from:
            if match[0].startswith("came") or match[0].startswith("born") and it.aux not in {"was", ""}:
                return
            if _is_place(told, place, house=True):
                yield Said("from", place, False, 0.85, begins=False)
    if (match := told.match(_BORN)) and it.aux in {"was", ""}:
        place = cut(told.low, match.start("v"), told.end)
        if place and re.search(r"\d|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", told.word(place)):
            yield Said("born", place, False, 0.9, begins=False)


# --- about them ---------------------------------------------------------------------------------------------

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_AGE = rf"(?P<v>\d{{1,3}}|(?:{_TENS})(?:[- ](?:{_ONES}))?|eighteen|nineteen|sixteen|seventeen)"
_IS_AGE = _r(
    rf"{_AGE}(?P<old> ?(?:years?|yrs?)[ -]?old| ?y/?o)?(?= *(?:$|[.,!;)…]|[\U0001F300-\U0001FAFF]|(?:and(?! a half| \d| counting)|but|so|lol|now|today|btw|fyi|tomorrow|already|haha|tho|this year|years? young)\b))"
)
_TURNED = _r(rf"turn(?:ed|s|ing)? {_AGE}(?= *(?:$|[.,!;)…]|\w))(?! (?:degrees|pages|people|heads|into))")
_STATE = _r(
    rf"(?:happily |newly |recently |legally )?(?P<v>{either(lex.STATES)})(?![\w-])(?! (?:to (?:my|the|a|an|this)|in\b|from the|out|file|by|with (?!twins|a ))| (?:mother|mom|mum|dad|father|parent|man|woman)\b)"
)
_BECAME = _r(
    r"(?:got|gotten|get|getting|became|become) (?P<v>married|engaged|divorced|separated|pregnant)\b(?! (?:to the|in the|from))"
)
_FAITH = _r(rf"(?:an? )?(?:(?:practi[cs]ing|devout|lapsed|proud) )?(?P<v>{either(lex.FAITHS)}){_AFTER}")
_DIET = _r(
    rf"(?:an? |strictly |mostly )?(?P<v>{either(lex.DIETS)}){_AFTER}|(?:went|turned|became|gone|going|go) (?P<w>{either(lex.DIETS)}){_AFTER}"
)
_SPEAKS = _r(
    rf"(?:speak|speaks|spoke|fluent in)(?= (?:(?:fluent|some|good|decent|broken|basic|perfect|a|little|bit|of|both|native) ){{0,4}}(?:{either(lex.LANGUAGES)})\b)"
)
_LANGUAGE = _r(rf"\b(?:{either(lex.LANGUAGES)})\b")


def _person(told: Told) -> Iterator[Said]:
    it = told.predicate
    me = not it.who.about
    if it.neg and not it.over:
        return
    if it.aux == "be" and (match := told.match(_IS_AGE)) and _age_fits(match["v"], me, bool(match["old"])):
        yield Said("age", match.span("v"), False, 0.9, begins=False)
    if (
        it.aux in {"", "have"}
        and (match := told.match(_TURNED))
        and match[0].startswith("turned")
        and _age_fits(match["v"], me, True)
    ):
        yield Said("age", match.span("v"), False, 0.9)
    if (
        it.aux in {"be", "been", "was", ""}
        and (match := told.match(_STATE))
        and (it.aux != "" or _bare(told))
    ):
        yield Said("status", match.span("v"), it.over or it.aux == "was", 0.85)
    if (
        it.aux in {"", "have"}
        and (match := told.match(_BECAME))
        and not match[0].startswith("getting")
        and not it.over
    ):
        if not match[0].startswith(("get ", "become")) or it.aux == "have":
            yield Said("status", match.span("v"), False, 0.9)
    if it.aux in {"be", "been"} and not it.over and (match := told.match(_FAITH)):
        yield Said("other", match.span("v"), False, 0.8)
    if match := told.match(_DIET):
        group = "v" if match["v"] else "w"
        if (
            it.aux in {"be", "been", "was"}
            or group == "w"
            and it.aux in {"", "have"}
            and not match[0].startswith("go ")
            or group == "v"
            and _bare(told)
        ):
            if not (it.aux == "be" and match[0].startswith("going")):
                yield Said("eats", match.span(group), it.over or it.aux == "was" and group == "v", 0.85)
    if (match := told.match(_SPEAKS)) and it.aux in {"", "be"} and not it.over:
        stop = told.cut(match.end())
        for found in _LANGUAGE.finditer(told.low, match.end(), _list_end(told, match.end(), stop)):
            yield Said("speaks", found.span(), match[0] == "spoke", 0.85)


def _list_end(told: Told, start: int, first: Place | None) -> int:
    places = told.listed(start)
    return places[-1][1] if places else first[1] if first else start


def _bare(told: Told) -> bool:
    """Said without a subject or a verb: "vegan since 2019"."""
    return (
        told.predicate.who.about == "" and told.predicate.aux in {"been", ""} and told.predicate.neg_at == -2
    )


def _age_fits(word: str, me: bool, plain: bool) -> bool:
    return not word.isdigit() or (9 if me else 1 if plain else 2) < int(word) + (not me) <= 110


# --- work and learning --------------------------------------------------------------------------------------

_TRADE = rf"(?P<v>an? (?P<mods>(?:[\w'/-]+ ){{0,3}}?)(?P<head>{either(lex.TRADES)})){_AFTER}"
_IS_TRADE = _r(rf"(?:working as |employed as )?{_TRADE}")
_AS_TRADE = _r(
    rf"(?:(?:work|works|worked|working|been working) as|became|become|trained as|got a job as|started (?:working )?as|promoted to) (?=\S)(?:{_TRADE}|(?P<x>an? ))"
)
_AT = _r(r" (?:at|for) (?=\S)")
_WORKS = _r(
    r"(?P<verb>work|works|worked|working) (?:full[- ]time |part[- ]time |remotely |nights |mostly |now )?(?:at|for) (?=\S)"
)
_WORKS_IN = _r(
    rf"(?P<verb>work|works|worked|working) (?:(?P<v>in (?:{either(lex.FIELDS)})){_AFTER}|(?:in|at) (?P<w>(?:an?|the|my [\w']+) (?:[\w'-]+ ){{0,2}}?(?:{either(lex.WORKPLACES)})){_AFTER})"
)
_HIRED = _r(
    r"(?:(?:got|found|landed|took|accepted|have) (?:(?:an?|my|the) )?(?:(?:new|great|dream|first|part-time|permanent|full-time) )*(?:job|position|internship|gig|role) (?:at|with)|(?P<start>started) (?:(?:working|a new job|my new job|my job|a job|work|a new role) )?(?:at|for)|hired (?:by|at)|got hired (?:by|at)) (?=\S)"
)
_FIRED = _r(
    r"(?:(?:quit|left|lost|resigned from) (?:my|his|her|the|their) (?:\w+ )?(?:job|position|role|gig) (?:at|with)|(?:got |been )?(?:laid off|fired|let go|sacked) (?:from|by|at)|(?:quit|stopped|finished) working (?:at|for)|resigned from) (?=\S)"
)
_NO_ORG = _r(
    r"(?:home|it|night|nights|the moment|myself|himself|herself|a living|free|me|hours?|fun|money|this|that|peanuts|the weekend|weekends|work|least|all|once|first|last|you|us|them|him|her|noon|midnight|\d|one|two|six|seven|eight|nine|ten|school|years?|my (?:own|desk|best)|a (?:while|few|bit|better|job|week|month|long|slow)|an? (?:hour|idiot|asshole|lot)|the (?:same time|weekend|gym|time|kitchen table|beginning|end|bottom|library today|office today|other|next|last|future|idea|past)|about|over|almost|such|now|ages|some|our|your|their|so|whom|half|and|as)\b"
)


def _work(told: Told) -> Iterator[Said]:
    it = told.predicate
    if it.neg and not it.over or it.aux in {"will", "would", "had"}:
        return
    trade = told.match(_AS_TRADE) or (
        told.match(_IS_TRADE) if it.aux in {"be", "been", "was"} or it.over else None
    )
    if trade and trade["v"] and not _judges(trade["mods"], trade["head"], told):
        past = (
            it.over
            or it.aux == "was"
            and not trade[0].startswith("promoted")
            or it.aux == ""
            and trade[0].startswith(("worked", "trained"))
        )
        if not (it.over and it.aux in {"", "be"} and trade[0].startswith("got")):
            yield Said("works_as", trade.span("v"), past, 0.85)
        at = _AT.match(told.low, trade.end("v"), told.end)
        if at and (org := told.cut(at.end(), "org")) and _is_org(told, org):
            slot = "studies_at" if trade["head"] == "student" else "works_at"
            yield Said(slot, org, past, 0.8)
        return
    if match := told.match(_WORKS_IN):
        past = it.over or it.aux == "was" or it.aux == "" and match["verb"] == "worked"
        if it.aux != "" or match["verb"] != "working" or _bare(told):
            yield Said(
                "works_as" if match["v"] else "works_at", match.span("v" if match["v"] else "w"), past, 0.8
            )
    elif (match := told.match(_WORKS)) and (org := told.cut(match.end(), "org")) and _is_org(told, org):
        yield Said(
            "works_at", org, it.over or it.aux == "was" or it.aux == "" and match["verb"] == "worked", 0.85
        )
    elif (match := told.match(_HIRED)) and it.aux in {"", "have", "was"} and not it.over:
        org = told.cut(match.end(), "org")
        if (
            org
            and _is_org(told, org)
            and (not match["start"] or told.plain[org[0]].isupper() or "work" in match[0])
        ):
            yield Said("works_at", org, False, 0.85)
    elif (
        (match := told.match(_FIRED))
        and it.aux in {"", "have", "was", "been"}
        and (org := told.cut(match.end(), "org"))
    ):
        if _is_org(told, org):
            yield Said("works_at", org, True, 0.85)


def _judges(mods: str, head: str, told: Told) -> bool:
    words = (mods or "").split()
    return (
        any(word in lex.NO_TRADE_OF or word.endswith("ly") for word in words)
        or head in {"cook", "driver", "judge", "student", "guard"}
        and len(words) > 1
        and head != "student"
    )


def _is_org(told: Told, place: Place) -> bool:
    if _NO_ORG.match(told.low, *place):
        return False
    words = told.word(place).split()
    capital = told.plain[place[0]].isupper()
    known = words[0] in {"a", "an", "the", "my", "our"} and len(words) > 1
    return len(words) <= 5 and (capital or known or not _SHOUTS.search(told.plain))


_STUDIES = _r(
    r"(?P<verb>study|studies|studied|studying|majoring in|majored in|major in|doing (?:a|my|an) (?:phd|degree|master'?s|bachelor'?s|ba|ma|msc|bsc|doctorate|apprenticeship)(?: degree)? in|(?:got|have|did) (?:a|my) (?:phd|degree|master'?s|bachelor'?s|doctorate) in) (?=\S)"
)
_SUBJECT = _r(
    rf"(?P<v>(?:[\w-]+ )?(?:{either(lex.SUBJECTS)})(?: and (?:{either(lex.SUBJECTS)}))?|[a-z]{{4,}}(?:ology|onomics|istics|istry|ography|onomy)){_AFTER}"
)
_STUDIES_AT = _r(
    r"(?P<verb>study|studies|studied|studying|enrolled|graduated|got (?:accepted|admitted)) (?:at|in|from|into|to) (?=\S)|in (?:my|his|her) (?:first|second|third|fourth|final|last|1st|2nd|3rd) year (?:at|of) (?=\S)"
)
_SCHOOL = _r(
    r"\b(?:university|uni|college|school|institute|academy|polytechnic|conservatory|eth|mit|ucl|lse|harvard|oxford|cambridge|stanford|yale)\b"
)
_DROPPED = _r(
    r"dropped out of (?P<v>med|medical|law|art|business|college|uni|university|nursing|grad|high)(?P<s> school)?\b"
)
_LEARNS = _r(
    rf"(?:learning|been learning|teaching (?:my|him|her)self|taking|started learning|started taking)(?: how)? (?=\S)(?:(?P<v>(?:(?:some|the) )?(?:{either(lex.LANGUAGES | lex.INSTRUMENTS)}))(?P<l> (?:lessons|classes))?|(?P<w>to (?:code|drive|cook|swim|sew|knit|play|ski|surf|dance|paint|draw|program|sail|juggle|ride|crochet|fly|sing|skate|weld|bake|read music)\b)){_AFTER}"
)


def _study(told: Told) -> Iterator[Said]:
    it = told.predicate
    if it.neg and not it.over or it.aux in {"will", "would"}:
        return
    if (match := told.match(_STUDIES)) and (
        match["verb"] != "studying" or it.aux in {"be", "been", "was"} or _bare(told)
    ):
        subject = _SUBJECT.match(told.low, match.end(), told.end)
        past = (
            it.over
            or it.aux in {"was", "had"}
            or it.aux == ""
            and match["verb"].startswith(("studied", "majored", "got", "have", "did"))
        )
        if subject:
            yield Said("studies", subject.span("v"), past, 0.85)
            at = re.compile(r" (?:at|in) (?=\S)").match(told.low, subject.end("v"), told.end)
            if (
                at
                and (org := told.cut(at.end(), "org"))
                and _is_org(told, org)
                and (" at " in at[0] or _SCHOOL.search(told.low, *org))
            ):
                yield Said("studies_at", org, past, 0.8)
            return
    if (match := told.match(_STUDIES_AT)) and (org := told.cut(match.end(), "org")) and _is_org(told, org):
        verb = match["verb"] or ""
        if (
            _SCHOOL.search(told.low, *org)
            or " at " in match[0]
            and told.plain[org[0]].isupper()
            or verb == "graduated"
            and told.plain[org[0]].isupper()
        ):
            if (
                told.low[org[0] : org[1]]
                not in {"school", "high school", "college", "university", "uni", "law school"}
                or verb == "graduated"
            ):
                over = it.over or verb == "graduated" or it.aux == "" and verb == "studied"
                yield Said("studies_at", org, over, 0.8, begins=verb != "graduated")
    if (match := told.match(_DROPPED)) and it.aux in {"", "have"}:
        yield Said("studies" if match["s"] else "studies_at", match.span("v"), True, 0.7)
    if (match := told.match(_LEARNS)) and it.aux in {"be", "been", "have", "was"} or (match and _bare(told)):
        if match[0].startswith("taking") and not match["l"]:
            return
        yield Said("learns", match.span("v" if match["v"] else "w"), it.over or it.aux == "was", 0.85)


# --- body -----------------------------------------------------------------------------------------------------

_ALLERGIC = _r(
    r"(?:(?:deathly|highly|severely|mildly|terribly|slightly|a bit) )?allergic to (?=\S)|(?:have|has|got|developed) an? (?:(?:severe|bad|mild|slight) )?allergy to (?=\S)|intolerant to (?=\S)"
)
_ALLERGY = _r(
    r"(?:have|has|got) (?:an? |really )?(?:(?:severe|bad|mild|slight) )?(?P<v>[a-z]{3,12}(?: [a-z]{3,10})?) allerg(?:y|ies)\b|(?P<w>lactose|gluten|histamine|fructose)[- ]intolerant\b"
)
_NOT_ALLERGENS = _r(
    r"(?:mornings?|mondays?|people|work|bullshit|stupid|silence|exercise|sports|love|boredom|nonsense|drama|fun|responsibilit|commitment|effort|you|something|anything|lies|everyone|kids|men|women|running|early|him|her|my)\b"
)
_ILL = _r(
    rf"(?:have|has|had|got|'ve got|live with|lives with|living with|suffer from|suffers from|suffered from|suffering from|diagnosed with|been diagnosed with|(?:got|was) diagnosed with|struggle with|struggles with|developed) (?:(?:an?|severe|mild|chronic|bad|really bad|early|a form of|really|stage \w+|terrible) )*(?P<v>(?:type (?:1|2|one|two) |t1 |t2 )?(?:{either(lex.CONDITIONS)})){_AFTER}(?! (?:at|to)\b)"
)
_MEDICINE = rf"(?P<v>(?:{either(lex.MEDICINES)})(?: (?:pills|tablets|injections))?|(?:blood pressure|sleeping|heart|thyroid|allergy|anxiety) (?:pills|medication|meds|tablets))"
_TAKES = _r(
    rf"(?:take|takes|taking|took|started(?: taking)?|put on|on|been on|stopped(?: taking)?|quit|came off|come off|going off|get|gets) (?:my |some |\d+ ?mg (?:of )?|daily )?{_MEDICINE}(?![\w-])(?! (?:with|companies))"
)


def _health(told: Told) -> Iterator[Said]:
    it = told.predicate
    if it.neg and not it.over or it.aux in {"will", "would", "had"}:
        return
    if (match := told.match(_ALLERGIC)) and (
        it.aux in {"be", "been", "was"}
        or not match[0].strip().startswith(("al", "in", "de", "hi", "se", "mi", "te"))
        or _bare(told)
    ):
        for place in told.listed(match.end()):
            if not _NOT_ALLERGENS.match(told.low, *place):
                yield Said("allergic_to", place, it.over or it.aux == "was", 0.9, begins=False)
    elif match := told.match(_ALLERGY):
        group = "v" if match["v"] else "w"
        word = match[group]
        if word.split()[-1] not in {
            "an",
            "a",
            "bad",
            "many",
            "severe",
            "some",
            "several",
            "any",
            "terrible",
            "seasonal",
            "lot",
            "these",
        } and (group == "v" or it.aux in {"be", "been"}):
            yield Said("allergic_to", match.span(group), it.over, 0.85, begins=False)
    if (match := told.match(_ILL)) and (
        it.aux in {"", "have", "be"} or it.aux == "was" and "diagnosed" in match[0]
    ):
        past = it.over or it.aux == "" and match[0].startswith(("had ", "suffered"))
        yield Said("has_health", match.span("v"), past, 0.85)
    if match := told.match(_TAKES):
        on = match[0].startswith(("on ", "been on", "put on"))
        stop = match[0].startswith(("stopped", "quit", "came off", "come off"))
        if (
            on == (it.aux in {"be", "been", "was"})
            or match[0].startswith("taking")
            and it.aux in {"be", "been"}
        ):
            if not match[0].startswith(("going", "took ", "get ", "gets ")):
                yield Said(
                    "takes",
                    match.span("v"),
                    it.over or stop or it.aux == "was" and not match[0].startswith("put"),
                    0.85,
                )


# --- taste ------------------------------------------------------------------------------------------------------

_LIKES = _r(
    r"(?P<verb>love|loves|like|likes|enjoy|enjoys|adore|adores|loved|liked|enjoyed|into|really into|fond of|obsessed with|crazy about|keen on|passionate about|big on|hooked on|an? (?:(?:big|huge|massive|total|real|lifelong) )?fan of|an? (?:\w+ )?lover of) (?=\S)"
)
_DISLIKES = _r(
    r"(?P<verb>hate|hates|dislike|dislikes|loathe|loathes|despise|despises|detest|detests|can'?t stand|cannot stand|can'?t bear|can'?t eat) (?=\S)"
)
_NO_TASTE = _r(
    r"(?:to (?:say|think|be|see|hear|brag|admit|know|break|bother|interrupt|have|talk|complain|ask|disagree|disappoint|go|get|leave|believe|lose|do|tell|wait|feel|pretend|imagine)|(?:the|this|that|your|these|those|each|its|their|his|her) (?!(?:sea|beach|beaches|mountains?|ocean|smell|sound|taste|colou?r|rain|outdoors|snow|cold|heat|dark|summer|"
    r"winter|autumn|beatles|theatre|opera|forest|woods|city|countryside|piano|cello|violin|guitar|rolling stones|cure|smiths|lakes?|desert|simpsons|office\b|gym)\b)|mon|tues|wednes|thurs|fri|satur|sun|having to|being (?:here|with|able|alone|late|sick|ill|wrong)|feeling|my (?:self|life|body|new|hair|brain)|someone|somebody|"
    r"saying|when|how|so|that|god|jesus|nobody|none|one of|doing (?:this|that|it)|it|waiting|knowing|anyone|seeing|having|hearing|getting|a good|the most)"
)
_RATHER = _r(r"prefer(?:s)? (?=\S)")
_OVER_THAT = _r(r"\s(?:to|over|than|rather)\s")


def _taste(told: Told) -> Iterator[Said]:
    it = told.predicate
    if it.aux in {"will", "would", "had", "did"}:
        return
    if match := told.match(_LIKES):
        be = not match["verb"].startswith(("love", "like", "enjoy", "adore"))
        past = match["verb"] in {"loved", "liked", "enjoyed"}
        if past or be != (it.aux in {"be", "been", "was"}) or it.aux == "was" and not it.over:
            return
        slot = "dislikes" if it.neg and not it.over else "likes"
        yield from _tastes(told, match.end(), slot, over=it.over)
    elif (match := told.match(_DISLIKES)) and it.aux == "" and (not it.neg or it.over):
        yield from _tastes(told, match.end(), "dislikes", over=it.over)
    elif (match := told.match(_RATHER)) and it.aux == "" and not it.neg:
        end = _OVER_THAT.search(told.low, match.end(), told.end)
        place = cut(told.low, match.end(), end.start() if end else told.end)
        if end and place and not _NO_TASTE.match(told.low, *place) and not passing(told.low, place):
            yield Said("likes", place, it.over, 0.7)


def _tastes(told: Told, start: int, slot: str, *, over: bool) -> Iterator[Said]:
    places = told.listed(start)
    for place in places:
        if _NO_TASTE.match(told.low, *place) or passing(told.low, place) or somebody(told.low, place):
            return
    for place in places:
        yield Said(slot, place, over, 0.75)


_AFRAID = _r(
    r"(?:(?:terribly|deathly|a bit|a little|scared to death|mortally|deadly) )?(?:afraid|scared|terrified|frightened|petrified) of (?=\S)|(?:have|has) (?:an? |this )?(?:(?:huge|terrible|irrational|big|real) )?(?:fear|phobia) of (?=\S)"
)


def _fear(told: Told) -> Iterator[Said]:
    it = told.predicate
    if it.neg and not it.over or it.aux not in {"", "be", "been", "was"}:
        return
    if (
        (match := told.match(_AFRAID))
        and (match[0].startswith("ha") == (it.aux == ""))
        and (place := told.cut(match.end()))
    ):
        if (
            not passing(told.low, place)
            and told.low[place[0] : place[1]].split()[0]
            not in {
                "what",
                "losing",
                "saying",
                "my",
                "his",
                "being",
                "telling",
                "hurting",
                "becoming",
                "her",
                "making",
                "getting",
                "doing",
                "the",
            }
            | set()
            or told.word(place) in {"the dark", "the water", "the sea", "the dentist", "losing control"}
        ):
            yield Said("fears", place, it.over or it.aux == "was", 0.8)


RULES: tuple[Rule, ...] = (_home, _origin, _person, _work, _study, _health, _taste, _fear)


def name_at(plain: str, start: int, end: int) -> Place | None:
    """A name that begins there, written as one."""
    found = _NAME.match(plain, start, end)
    return found.span() if found and is_name(found[0]) else None


_NAME = re.compile(NAME)

__all__ = ["RULES", "Rule", "Said", "Told", "name_at", "replace", "trimmed"]
