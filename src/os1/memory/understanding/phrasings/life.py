"""How a life is led: games and instruments, habits, possessions, beliefs, and what happened in it.

It does not know whose. English; pure.
"""

import re
from collections.abc import Iterator

from os1.memory.understanding import lexicon as lex
from os1.memory.understanding.cutting import cut, passing, trimmed
from os1.memory.understanding.lexicon import either
from os1.memory.understanding.phrasings.told import AFTER, Rule, Said, Told, r

_PLAYS = r(
    rf"(?P<verb>play|plays|playing|played) (?:a (?:little|bit of) |some |competitive |semi-professional )?(?:(?P<v>(?:(?:the|electric|acoustic|classical|jazz|lead) )*(?:{either(lex.INSTRUMENTS)}|{either(lex.GAMES)})(?: and (?:the )?(?:{either(lex.INSTRUMENTS)}|{either(lex.GAMES)}))?)(?! with (?:fire|words)| hero)|in (?P<w>an? (?:[\w'-]+ ){{0,2}}(?:band|orchestra|quartet|choir|league|team)))(?![\w-])"
)
_LONG = r(
    r"\b(?:as a (?:kid|child|teen|teenager|boy|girl)|growing up|when i was|in (?:high )?school|in college|at school|for (?:\w+ )?(?:years|decades))\b"
)
_HABIT_VERB = (
    r"(?:go|goes|run|runs|walk|walks|swim|swims|wake|wakes|get up|gets up|meditate|meditates|read|reads|cook|cooks|drink|drinks|eat|eats|smoke|smokes|work out|works out|exercise|exercises|"
    r"train|trains|cycle|cycles|bike|bikes|practi[cs]es?|journal|journals|pray|prays|sleep|sleeps|bake|bakes|paint|paints|take|takes|have|has|do|does|commute|commutes|jog|jogs|nap|naps|visit|visits)"
)
_USUAL = r(
    rf"(?:tend to |tends to )?{_HABIT_VERB}\b(?! (?:to (?!(?:bed|sleep|church|mass|the gym|yoga|therapy|the pool|work))|that|it\b|you|through|out of my))"
)
_OFTEN = re.compile(
    r"\b(?:every (?:single )?(?:morning|day|night|evening|week|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday|summer|winter|year|other day)|(?:once|twice|\w+ times) (?:a|per) (?:day|week|month|year)|"
    r"on (?:mon|tues|wednes|thurs|fri|satur|sun)days|on weekends|most (?:mornings|days|nights|evenings|weekends)|each (?:morning|day|night|evening|week)|daily|before work|after work|before bed)\b"
)
_ROUTINE = r(
    r"(?:wake|wakes|get up|gets up|go to bed|goes to bed|sleep|sleeps|drink|drinks|eat|eats|have (?:breakfast|coffee|tea)|has (?:breakfast|coffee|tea)|walk|walks|run|runs|read|reads)\b"
)
_VAGUE = re.compile(
    r"\b(?:what|whatever|something|it|things|stuff|go (?:a few|once|twice|every|\w+ times))\b"
)
_SMOKES = r(rf"(?P<v>(?:smoke|smokes|vape|vapes)){AFTER}(?! (?:with you|a lot of))")
_QUIT = r(
    rf"(?:quit|quits|quitted|stopped|gave up|given up|given up on|stop|kicked) (?P<v>{either(lex.HABITS)}){AFTER}(?! (?:in front|around|inside|in the|at the|with|to|on|when)\b)"
)
_TOOK_UP = r(
    rf"(?:started|took up|taken up|got into|gotten into|been|go|goes) (?P<v>{either(lex.HABITS - {'drinking', 'coffee', 'meat', 'alcohol', 'sugar', 'cigarettes', 'eating meat', 'caffeine'})}){AFTER}"
)
_DOES_NOT = r(
    rf"(?:eat|drink|smoke|drive|believe in|swim|watch|have) (?:(?:any|red|much) )?(?:meat|alcohol|coffee|pork|fish|dairy|gluten|sugar|beef|eggs|caffeine|god|ghosts|religion|horoscopes|astrology|an afterlife|tv|kids|children|siblings|a car){AFTER}|(?:drink|smoke|drive|swim){AFTER}(?! (?:with|to|like this|today))"
)
_OWNS = r(
    rf"(?P<verb>have|has|got|had|bought|adopted|own|owns|drive|drives|rescued|getting|inherited|have got|ride|rides) (?P<v>(?:an?|two|three|four|five|six|\d) (?:(?!for |of |with |like |from |about |and |love )[\w'-]+ ){{0,3}}?(?P<pet>{either(lex.PETS)})s?)(?! (?:person|allergy|fight|phase|in the fight))"
    rf"(?![\w-])|(?P<verb2>have|has|bought|own|owns|inherited|built) (?P<w>(?:an?|two|our|my) (?:[\w'-]+ ){{0,3}}?(?:house|flat|apartment|car|garden|boat|motorbike|motorcycle|bike|bicycle|cabin|piano|guitar|cottage|farm|van|caravan|camper|allotment|shop|restaurant|café|vineyard|sailboat|telescope|camera|banjo|ukulele|typewriter|record player|campervan|kayak|canoe|surfboard|kiln|loom|vespa|scooter|tandem|sewing machine)){AFTER}"
    r"|(?:drive|drives) (?P<x>an? (?:\d{4} )?(?!lot|bit|long|hard|bus\b|taxi|truck|cab|few|little|lorry)[\w' -]{2,30})"
)
_SOLD = r(
    r"(?:sold|gave away|got rid of|crashed|totalled) (?P<v>(?:my|our|his|her) (?:[\w'-]+ ){0,2}?(?:car|house|flat|apartment|boat|bike|motorbike|piano|guitar|van))\b"
)
_BELIEVES = r(
    r"(?:(?:firmly|strongly|truly|do) )?believes? (?P<v>in (?!you\b|me\b|him\b|her\b|us\b|it\b|them\b|myself|that\b|this\b|yourself|doing|being|my|our|your)[\w' -]{3,40})"
)
_LIMB = (
    "arm|leg|wrist|ankle|foot|toe|finger|nose|collarbone|rib|ribs|hip|elbow|shoulder|hand|jaw|knee|back|tooth"
)
_EVENTS = r(
    rf"(?P<v>(?:graduated(?! (?:from|at))|(?:ran|finished|completed) (?:my|a|the|his|her) (?:[\w'-]+ ){{0,3}}?(?:marathon|half-marathon|triathlon|thesis|phd|degree|dissertation|novel|book|masters|master's)|broke (?:my|his|her) (?:left |right )?(?:{_LIMB})|"
    rf"got (?:my|his|her) (?:driver'?s? licen[cs]e|driving licen[cs]e|licen[cs]e|degree|phd|diploma|green card|citizenship|visa)|got (?:promoted|a promotion|a raise|laid off|fired|evicted|robbed|mugged)|passed (?:my|his|her|the) (?:[\w'-]+ ){{0,3}}?(?:exam|exams|test|driving test|bar)|failed (?:my|the|his|her) (?:[\w'-]+ ){{0,2}}?(?:exam|test|driving test)|had (?:a (?:baby|miscarriage|stroke|heart attack|c-section|car accident|son|daughter|little (?:boy|girl))|twins|surgery|an (?:operation|abortion|accident)|our (?:first|second) (?:child|baby))|"
    r"lost (?:my|his|her) (?:job|home|house|licen[cs]e)|gave birth(?: to [\w' -]{2,30})?|(?:wrote|published|released) (?:a|my|his|her) (?:[\w'-]+ ){0,2}?(?:book|novel|album|poem collection)|won (?:a|the|an) (?:[\w'-]+ ){0,3}?(?:prize|award|competition|tournament|medal|scholarship|race|lottery)|quit (?:my|his|her) job|retired|climbed (?:mount |mt )?[a-z]{3,}|emigrated|"
    r"broke up|moved in together|opened (?:a|my|his|her) (?:own )?(?:[\w'-]+ ){0,2}?(?:shop|restaurant|studio|café|cafe|bakery|business|bar)|started (?:chemo|a (?:business|company|blog|band|podcast))))(?![\w-])"
)
_DIED = r(
    r"(?P<v>died|passed away|passed|was killed)(?![\w-])(?! (?:me|the|my|out|by|on|down|up|his|her|laughing|of laughter|inside|it))"
)
_HABIT_END = re.compile(r"[,.;:!?()…\x01\n]| (?:and|but|because|when|while|so|since|if|with you)\b")
_CALLED = re.compile(r",? (?:called|named|whose name|[A-Z])")
_DEAD = re.compile(r" *(?:$|[.,!]|last|in|on|this|when|two|three|a (?:year|week|month))")


def _plays(told: Told) -> Iterator[Said]:
    match = told.match(_PLAYS)
    if not match or not told.aux("", "be", "been", "have", "was"):
        return
    long_ago = bool(_LONG.search(told.low, match.end(), told.end))
    lasting = {
        "playing": told.aux("been") or bool(match["w"]) or (told.aux("was") and long_ago),
        "played": told.aux("have") or long_ago,
    }
    if lasting.get(match["verb"], told.aux("") or told.predicate.over):
        yield Said("plays", match.span("v" if match["v"] else "w"), told.past(match["verb"], "played"), 0.85)


def _smokes(told: Told) -> Iterator[Said]:
    if (match := told.match(_SMOKES)) and (told.aux("") or told.predicate.over):
        yield Said("habit", match.span("v"), told.predicate.over, 0.8)


def _usual(told: Told) -> Iterator[Said]:
    match = told.match(_USUAL)
    if (
        not match
        or not told.aux("")
        or told.predicate.over
        or _SMOKES.match(told.low, match.start(), told.end)
    ):
        return
    often = _OFTEN.search(told.low, match.start(), told.end)
    tends = match[0].startswith("tend")
    if not (tends or often or told.predicate.adverbs & {"usually", "normally", "generally"} or _always(told)):
        return
    start = match.start() + (match[0].index("to ") + 3 if tends else 0)
    stop = _HABIT_END.search(told.low, match.end(), told.end)
    end = trimmed(told.low, start, stop.start() if stop else told.end)
    if often:
        end = often.end() if often.start() <= end else start
    if (
        3 < end - start <= 60
        and not passing(told.low, (start, end))
        and not _VAGUE.search(told.low, start, end)
    ):
        yield Said("habit", (start, end), False, 0.75, begins=False)


def _always(told: Told) -> bool:
    """ "I always wake up at five" is a habit, "I always forget names" a sigh."""
    return "always" in told.predicate.adverbs and told.match(_ROUTINE) is not None


def _turns(told: Told) -> Iterator[Said]:
    """A habit given up, or taken up."""
    if not told.aux("", "have") or told.predicate.over:
        return
    if match := told.match(_QUIT):
        if not match[0].startswith("stop "):
            yield Said("habit", match.span("v"), True, 0.85)
    elif (match := told.match(_TOOK_UP)) and match[0].split()[0] not in {"been", "go", "goes"}:
        yield Said("habit", match.span("v"), False, 0.75)


def _believes(told: Told) -> Iterator[Said]:
    match = told.match(_BELIEVES) if told.aux("") else None
    if match and (place := cut(told.low, match.start("v") + 3, match.end("v"))):
        yield Said("believes", (match.start("v"), place[1]), told.predicate.over, 0.75)


def _denied(told: Told) -> Iterator[Said]:
    """What someone is by not doing it: a teetotaller, an unbeliever."""
    it = told.predicate
    denies = it.neg and not it.over and told.aux("") and it.neg_at >= 0 and "just" not in it.adverbs
    if denies and (match := told.match(_DOES_NOT)) and not passing(told.low, match.span()):
        yield Said("other", (it.neg_at, match.end()), False, 0.75, begins=False)


def _owns(told: Told) -> Iterator[Said]:
    match = told.match(_OWNS)
    if not match or not told.aux("", "have") or _CALLED.match(told.plain, match.end(), told.end):
        return
    if match["x"]:
        place = cut(told.low, match.start("x"), match.end("x"), "org")
        if place and any(told.plain[at].isupper() for at in range(*place)):
            yield Said("owns", place, told.predicate.over, 0.75)
        return
    verb = match["verb"] or match["verb2"]
    if verb not in {"getting", "drive", "drives", "ride", "rides"}:
        yield Said("owns", match.span("v" if match["v"] else "w"), told.predicate.over or verb == "had", 0.8)


def _sold(told: Told) -> Iterator[Said]:
    if (match := told.match(_SOLD)) and told.aux("", "have") and not told.predicate.over:
        yield Said("owns", match.span("v"), True, 0.8)


def _happened(told: Told) -> Iterator[Said]:
    if told.predicate.over or not told.aux("", "have"):
        return
    if match := told.match(_EVENTS):
        start = match.start("v")
        days = [day.start for day in told.days if day.start > start]
        yield Said("did", (start, trimmed(told.low, start, min([match.end("v"), *days]))), False, 0.8)
    elif told.predicate.who.about and (match := told.match(_DIED)):
        died = match["v"] != "passed" or _DEAD.match(told.low, match.end(), told.end)
        yield from [Said("did", match.span("v"), False, 0.85)] if died else []


RULES: tuple[Rule, ...] = (_plays, _smokes, _usual, _turns, _believes, _owns, _sold, _happened)
DENIALS: tuple[Rule, ...] = (_denied,)
