"""Work and learning: trades, employers, subjects, schools. It does not know whose. English; pure."""

from collections.abc import Iterator

from os1.memory.understanding import lexicon as lex
from os1.memory.understanding.cutting import Place, passing
from os1.memory.understanding.lexicon import either
from os1.memory.understanding.phrasings.told import AFTER, Rule, Said, Told, r, writes_small

_TRADE = rf"(?P<v>an? (?P<mods>(?:[\w'/-]+ ){{0,3}}?)(?P<head>{either(lex.TRADES)})){AFTER}"
_IS_TRADE = r(rf"(?:working as |employed as )?{_TRADE}")
_AS_TRADE = r(
    rf"(?:(?:work|works|worked|working|been working) as|became|become|trained as|got a job as|started (?:working )?as|promoted to) (?=\S)(?:{_TRADE}|(?P<x>an? ))"
)
_IN = r(r" (?:at|in) (?=\S)")
_AT = r(r" (?:at|for) (?=\S)")
_WORKS = r(
    r"(?P<verb>work|works|worked|working) (?:full[- ]time |part[- ]time |remotely |nights |mostly |now )?(?:at|for) (?=\S)"
)
_WORKS_IN = r(
    rf"(?P<verb>work|works|worked|working) (?:(?P<v>in (?:{either(lex.FIELDS)})){AFTER}|(?:in|at) (?P<w>(?:an?|the|my [\w']+) (?:[\w'-]+ ){{0,2}}?(?:{either(lex.WORKPLACES)})){AFTER})"
)
_HIRED = r(
    r"(?:(?:got|found|landed|took|accepted|have) (?:(?:an?|my|the) )?(?:(?:new|great|dream|first|part-time|permanent|full-time) )*(?:job|position|internship|gig|role) (?:at|with)|(?P<start>started) (?:(?:working|a new job|my new job|my job|a job|work|a new role) )?(?:at|for)|hired (?:by|at)|got hired (?:by|at)) (?=\S)"
)
_FIRED = r(
    r"(?:(?:quit|left|lost|resigned from) (?:my|his|her|the|their) (?:\w+ )?(?:job|position|role|gig) (?:at|with)|(?:got |been )?(?:laid off|fired|let go|sacked) (?:from|by|at)|(?:quit|stopped|finished) working (?:at|for)|resigned from) (?=\S)"
)
_NO_ORG = r(
    r"(?:home|it|night|nights|the moment|myself|himself|herself|a living|free|me|hours?|fun|money|this|that|peanuts|the weekend|weekends|work|least|all|once|first|last|you|us|them|him|her|noon|midnight|\d|one|two|six|seven|eight|nine|ten|school|years?|my (?:own|desk|best)|a (?:while|few|bit|better|job|week|month|long|slow)|an? (?:hour|idiot|asshole|lot)|the (?:same time|weekend|gym|time|kitchen table|beginning|end|bottom|library today|office today|other|next|last|future|idea|past)|about|over|almost|such|now|ages|some|our|your|their|so|whom|half|and|as)\b"
)
_STUDIES = r(
    r"(?P<verb>study|studies|studied|studying|majoring in|majored in|major in|doing (?:a|my|an) (?:phd|degree|master'?s|bachelor'?s|ba|ma|msc|bsc|doctorate|apprenticeship)(?: degree)? in|(?:got|have|did) (?:a|my) (?:phd|degree|master'?s|bachelor'?s|doctorate) in) (?=\S)"
)
_SUBJECT = r(
    rf"(?P<v>(?:[\w-]+ )?(?:{either(lex.SUBJECTS)})(?: and (?:{either(lex.SUBJECTS)}))?|[a-z]{{4,}}(?:ology|onomics|istics|istry|ography|onomy)){AFTER}"
)
_STUDIES_AT = r(
    r"(?P<verb>study|studies|studied|studying|enrolled|graduated|got (?:accepted|admitted)) (?:at|in|from|into|to) (?=\S)|in (?:my|his|her) (?:first|second|third|fourth|final|last|1st|2nd|3rd) year (?:at|of) (?=\S)"
)
_SCHOOL = r(
    r"\b(?:university|uni|college|school|institute|academy|polytechnic|conservatory|eth|mit|ucl|lse|harvard|oxford|cambridge|stanford|yale)\b"
)
_DROPPED = r(
    r"dropped out of (?P<v>med|medical|law|art|business|college|uni|university|nursing|grad|high)(?P<s> school)?\b"
)
_LEARNS = r(
    rf"(?:learning|been learning|teaching (?:my|him|her)self|taking|started learning|started taking)(?: how)? (?=\S)(?:(?P<v>(?:(?:some|the) )?(?:{either(lex.LANGUAGES | lex.INSTRUMENTS)}))(?P<l> (?:lessons|classes))?|(?P<w>to (?:code|drive|cook|swim|sew|knit|play|ski|surf|dance|paint|draw|program|sail|juggle|ride|crochet|fly|sing|skate|weld|bake|read music)\b)){AFTER}"
)


def _trade(told: Told) -> Iterator[Said]:
    is_one = told.aux("be", "been", "was") or told.predicate.over
    match = told.match(_AS_TRADE) or (told.match(_IS_TRADE) if is_one else None)
    if not match or not match["v"] or _judges(match["mods"], match["head"]):
        return
    if told.low.startswith((" at heart", " by training"), match.end("v")):
        return
    past = told.past(match[0], "worked", "trained") and not match[0].startswith("promoted")
    yield Said("works_as", match.span("v"), past, 0.85)
    at = _AT.match(told.low, match.end("v"), told.end)
    if at and (org := told.cut(at.end(), "org")) and _is_org(told, org):
        yield Said("studies_at" if match["head"] == "student" else "works_at", org, past, 0.8)


def _judges(mods: str, head: str) -> bool:
    """It says how well, not what: "I'm a terrible cook"."""
    words = (mods or "").split()
    if any(word in lex.NO_TRADE_OF or word.endswith("ly") for word in words):
        return True
    return head in {"cook", "driver", "judge"} and len(words) > 1


def _works(told: Told) -> Iterator[Said]:
    if match := told.match(_WORKS_IN):
        if passing(told.low, (match.end(), told.end)):
            return
        if not told.aux("") or match["verb"] != "working" or told.bare:
            group = "v" if match["v"] else "w"
            yield Said(
                "works_as" if match["v"] else "works_at",
                match.span(group),
                told.past(match["verb"], "worked"),
                0.8,
            )
    elif (
        (match := told.match(_WORKS))
        and not passing(told.low, (match.end(), told.end))
        and (org := told.cut(match.end(), "org"))
        and _is_org(told, org)
    ):
        yield Said("works_at", org, told.past(match["verb"], "worked"), 0.85)


def _hired(told: Told) -> Iterator[Said]:
    match = told.match(_HIRED)
    if not match or not told.aux("", "have", "was") or told.predicate.over:
        return
    org = told.cut(match.end(), "org")
    if org and _is_org(told, org) and (not match["start"] or told.capital(org) or "work" in match[0]):
        yield Said("studies_at" if _SCHOOL.search(told.low, *org) else "works_at", org, False, 0.85)


def _fired(told: Told) -> Iterator[Said]:
    match = told.match(_FIRED)
    if (
        match
        and told.aux("", "have", "was", "been")
        and (org := told.cut(match.end(), "org"))
        and _is_org(told, org)
    ):
        yield Said("works_at", org, True, 0.85)


def not_employer(words: str) -> bool:
    """Where one works, and for whom one does not: "at night", "for free"."""
    return bool(_NO_ORG.match(words))


def _is_org(told: Told, place: Place) -> bool:
    if _NO_ORG.match(told.low, *place):
        return False
    words = told.word(place).split()
    if told.capital(place):
        return len(words) <= 5
    if words[0] in {"the", "my", "our"}:
        named = told.plain[place[0] + len(words[0]) + 1].isupper()
        return named or " ".join(words[1:]) in lex.WORKPLACES or words[-1] in lex.WORKPLACES
    return len(words) <= 5 and ((words[0] in {"a", "an"} and len(words) > 1) or writes_small(told))


def _studies(told: Told) -> Iterator[Said]:
    match = told.match(_STUDIES)
    if not match or (match["verb"] == "studying" and told.aux("", "have") and not told.bare):
        return
    if not (subject := _SUBJECT.match(told.low, match.end(), told.end)):
        return
    past = told.past(match["verb"], "studied", "majored", "got", "have", "did")
    yield Said("studies", subject.span("v"), past, 0.85)
    at = _IN.match(told.low, subject.end("v"), told.end)
    org = told.cut(at.end(), "org") if at else None
    if at and org and _is_org(told, org) and (" at " in at[0] or _SCHOOL.search(told.low, *org)):
        yield Said("studies_at", org, past, 0.8)


def _studies_at(told: Told) -> Iterator[Said]:
    match = told.match(_STUDIES_AT)
    org = told.cut(match.end(), "org") if match else None
    if not match or not org or not _is_org(told, org) or told.word(org) in _ANY_SCHOOL:
        return
    graduated = match["verb"] == "graduated"
    if _SCHOOL.search(told.low, *org) or (told.capital(org) and (graduated or " at " in match[0])):
        yield Said(
            "studies_at",
            org,
            graduated or told.past(match["verb"] or "", "studied"),
            0.8,
            begins=not graduated,
        )


_ANY_SCHOOL = frozenset({"school", "high school", "college", "university", "uni", "law school", "med school"})


def _dropped(told: Told) -> Iterator[Said]:
    if (match := told.match(_DROPPED)) and told.aux("", "have"):
        yield Said("studies" if match["s"] else "studies_at", match.span("v"), True, 0.7)


def _learns(told: Told) -> Iterator[Said]:
    match = told.match(_LEARNS)
    if (
        match
        and (told.aux("be", "been", "have", "was") or told.bare)
        and (match["l"] or not match[0].startswith("taking"))
    ):
        yield Said("learns", match.span("v" if match["v"] else "w"), told.past(), 0.85)


RULES: tuple[Rule, ...] = (_trade, _works, _hired, _fired, _studies, _studies_at, _dropped, _learns)
