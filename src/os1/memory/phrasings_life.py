"""How a life is told: habits and games, what is owned, what is wanted and planned, what happened, what to leave alone.

The second half of `phrasings`, by the same rules. It does not know who is meant. English; pure.
"""

import re
from collections.abc import Iterator

from os1.memory import lexicon as lex
from os1.memory.cutting import Place, cut, passing, trimmed
from os1.memory.lexicon import either
from os1.memory.phrasings import _AFTER, Rule, Said, Told, _is_place, _r

_PLAYS = _r(
    rf"(?P<verb>play|plays|playing|played) (?:a (?:little|bit of) |some |competitive |semi-professional )?(?:(?P<v>(?:(?:the|electric|acoustic|classical|jazz|lead) )*(?:{either(lex.INSTRUMENTS)}|{either(lex.GAMES)})(?: and (?:the )?(?:{either(lex.INSTRUMENTS)}|{either(lex.GAMES)}))?)(?! with (?:fire|words))|in (?P<w>an? (?:[\w'-]+ ){{0,2}}(?:band|orchestra|quartet|choir|league|team)))(?![\w-])"
)
_LONG = _r(
    r"\b(?:as a (?:kid|child|teen|teenager|boy|girl)|growing up|when i was|in (?:high )?school|in college|at school|for (?:\w+ )?(?:years|decades))\b"
)
_HABIT_VERB = (
    r"(?:go|goes|run|runs|walk|walks|swim|swims|wake|wakes|get up|gets up|meditate|meditates|read|reads|cook|cooks|drink|drinks|eat|eats|smoke|smokes|work out|works out|exercise|exercises|"
    r"train|trains|cycle|cycles|bike|bikes|practi[cs]es?|journal|journals|pray|prays|sleep|sleeps|bake|bakes|paint|paints|take|takes|have|has|do|does|commute|commutes|jog|jogs|nap|naps|visit|visits)"
)
_USUAL = _r(
    rf"(?:tend to |tends to )?{_HABIT_VERB}\b(?! (?:to (?!(?:bed|sleep|church|mass|the gym|yoga|therapy|the pool|work))|that|it\b|you|through|out of my))"
)
_OFTEN = re.compile(
    r"\b(?:every (?:single )?(?:morning|day|night|evening|week|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday|summer|winter|year|other day)|(?:once|twice|\w+ times) (?:a|per) (?:day|week|month|year)|"
    r"on (?:mon|tues|wednes|thurs|fri|satur|sun)days|on weekends|most (?:mornings|days|nights|evenings|weekends)|each (?:morning|day|night|evening|week)|daily|before work|after work|before bed)\b"
)
_ROUTINE = _r(
    r"(?:wake|wakes|get up|gets up|go to bed|goes to bed|sleep|sleeps|drink|drinks|eat|eats|have (?:breakfast|coffee|tea)|has (?:breakfast|coffee|tea)|walk|walks|run|runs|read|reads)\b"
)
_SMOKES = _r(rf"(?P<v>(?:smoke|smokes|vape|vapes)){_AFTER}(?! (?:with you|a lot of))")
_QUIT = _r(
    rf"(?:quit|quits|quitted|stopped|gave up|given up|given up on|stop|kicked) (?P<v>{either(lex.HABITS)}){_AFTER}"
)
_TOOK_UP = _r(
    rf"(?:started|took up|taken up|got into|gotten into|been|go|goes) (?P<v>{either(lex.HABITS - {'drinking', 'coffee', 'meat', 'alcohol', 'sugar', 'cigarettes', 'eating meat', 'caffeine'})}){_AFTER}"
)
_DOES_NOT = _r(
    rf"(?:eat|drink|smoke|drive|believe in|swim|watch|have) (?:(?:any|red|much) )?(?:meat|alcohol|coffee|pork|fish|dairy|gluten|sugar|beef|eggs|caffeine|god|ghosts|religion|horoscopes|astrology|an afterlife|tv|kids|children|siblings|a car){_AFTER}|(?:drink|smoke|drive|swim){_AFTER}(?! (?:with|to|like this|today))"
)
_OWNS = _r(
    rf"(?P<verb>have|has|got|had|bought|adopted|own|owns|drive|drives|rescued|getting|inherited|have got|ride|rides) (?P<v>(?:an?|two|three|four|five|six|\d) (?:[\w'-]+ ){{0,3}}?(?P<pet>{either(lex.PETS)})s?)(?! (?:person|allergy|fight|phase|in the fight))"
    rf"(?![\w-])|(?P<verb2>have|has|bought|own|owns|inherited|built) (?P<w>(?:an?|two|our|my) (?:[\w'-]+ ){{0,3}}?(?:house|flat|apartment|car|garden|boat|motorbike|motorcycle|bike|bicycle|cabin|piano|guitar|cottage|farm|van|caravan|camper|allotment|shop|restaurant|café|vineyard|sailboat|telescope|sewing machine)){_AFTER}"
    r"|(?:drive|drives) (?P<x>an? (?:\d{4} )?(?!lot|bit|long|hard|bus\b|taxi|truck|cab|few|little|lorry)[\w' -]{2,30})"
)
_SOLD = _r(
    r"(?:sold|gave away|got rid of|crashed|totalled) (?P<v>(?:my|our|his|her) (?:[\w'-]+ ){0,2}?(?:car|house|flat|apartment|boat|bike|motorbike|piano|guitar|van))\b"
)
_BELIEVES = _r(
    r"(?:(?:firmly|strongly|truly|do) )?believes? (?P<v>in (?!you\b|me\b|him\b|her\b|us\b|it\b|them\b|myself|that\b|this\b|yourself|doing|being|my|our|your)[\w' -]{3,40})"
)

_WISH = r"(?:want|wants|wanna|would love|'d love|d love|love|hope|dream)"
_LIFE = rf"(?P<verb>{either(lex.LIFE_WISHES)}|have (?:kids|children|a (?:baby|family|child|garden|dog|cat))|get (?:married|a dog|a cat|a tattoo|my (?:licence|license|degree)|fit|a phd|sober|a puppy)|go (?:back to (?:school|university|college|uni)|vegan|freelance|to (?:[a-z]+))|lose weight|start (?:a|my own)|change (?:jobs|careers)|try (?:skydiving|surfing|pottery|climbing)|make (?:a film|music|a movie)|be a (?:[\w-]+ )?[\w]+)"
_WANTS = _r(
    rf"(?:(?:(?:would|'d|d) (?:really |so )?(?:love|like)|want|wants|wanted|hope|hopes|dreams?) (?P<v>to {_LIFE}\b)|wanna (?P<w>{_LIFE.replace('<verb>', '<verb2>')}\b))"
)
_DREAM_OF = _r(
    r"dreams? of (?P<v>(?:opening|becoming|living|moving|writing|owning|building|travelling|traveling|having|visiting|sailing|running|retiring)\b)"
)
_TRIVIAL = _r(
    r"(?:wanna |to )?(?:start (?:by|with|crying|over|dinner|cooking|now|again|from)|open (?:up|it|the|my|that|a window|this)|write (?:it|that|this|to|you|down|her|him|back)|move (?:on|it|this|my|the|a muscle|past|closer)|run (?:away|it|this|to|from|errands|out|home)|buy (?:it|this|that|milk|some|food|bread|groceries|you|her|him|new)|see (?!(?:the (?:northern|world|sea|pyramids|alps|aurora|ocean|cherry)|[a-z]+\b))|"
    r"see (?:you|it|him|her|them|how|what|if|that|this|my|a|your|some|the (?:doctor|film|movie|game|match|light|end|point|rest))|build (?:up|on|it|this)|learn (?:more|about|from|it|that|how you|what|why|who|everything|something|anything|this|a lot)|quit (?!my job|smoking|drinking)|work (?:on|it|this|out|today|late|hard|now|through|less|more|tonight|tomorrow|things)|live (?:my|a|with|it|like|life|up|in a world|without|again|through)|visit (?:you)|become (?:a better|better|friends|that|your)|"
    r"study (?:you|it|this|now|today|tonight|tomorrow|for)|go to (?:bed|sleep|the|a|my|work|school|town|hell|that|this|her|his|sleep|lunch|dinner|class|dinner|church)|be a (?:bit|better|good|burden|bother|part|fly|man|bad|pain|little|problem|mess|kid|child|friend|jerk|nuisance|downer)|make it|travel (?:today|tomorrow)|raise (?:a|the|my voice|it)|found (?:it|out)|record (?:it|this|you)|sail away|paint (?:my|the|it)|own (?:it|up|this|my)|teach (?:you|him|her|them|me)|marry (?:you)|save)\b"
)
_DREAM_IS = _r(
    r"(?:biggest |big |lifelong |greatest |life )?(?:dream|goal) (?:is|has always been|'s|was always) (?P<v>to [\w' -]{4,60})"
)

_GOING = _r(
    r"(?:(?:going|planning|about) (?P<v>to (?!bed|sleep|the|my|a|be (?!a (?:dad|mum|mom|father|mother|parent|grand))|work\b|cry|die|kill|lose|miss|say|tell|ask|need|have to|try|pretend|assume|go\b|happen|regret|admit|love|hate|explode|scream|scold|stop|hell|rain|faint|puke)[\w' -]{3,60})|gonna (?P<w>(?!be |cry|die|kill|lose|miss|say|tell|ask|need|have to|try|go |regret|love|hate|explode|scream|happen)[\w' -]{3,60})|planning (?:on )?(?P<x>(?!on)(?:\w+ing|a|our|my) [\w' -]{2,60}))"
)
_GERUND = _r(
    r"(?P<v>(?!going|being|feeling|thinking|hoping|dying|looking|missing|dreading|trying|wondering|having (?:a (?:bad|good|great|hard|rough)|trouble|fun|doubts)|getting (?:tired|old|better|worse|used|there|sick|ready|nervous|cold|late|back|a (?:bit|little|head))|hearing|seeing if|talking|saying|telling|counting|waiting|worrying|working (?:on|late)|doing (?:well|fine|ok)|nothing|something|anything|king|sitting|planning|expecting (?:you|it|that|to)|freaking|panicking|stressing|relying|guessing|coming (?:down|back to you))[a-z]{2,}ing(?: (?:up|out|back|off|over|away))?(?: [\w'&-]+){0,10})"
)
_SURE_GERUND = _r(
    rf"(?P<v>moving (?:back )?to (?=\S)|getting (?:married|divorced)\b|having (?:a baby|twins|surgery|another baby|an operation)\b|expecting (?:a (?:baby|boy|girl|child)|twins|our (?:first|second))\b|starting (?:at|a new job|my new job|chemo|therapy|university|college|school|a (?:course|degree|phd|business))\b)"
)
_COMES = _r(
    r"(?P<v>(?:fly|flies|leave|leaves|start|starts|travel|travels|graduate|graduates|move|moves|retire|retires|go|goes) (?!with|from|by|of)(?:[\w'-]+ ){0,5}?[\w'-]+)(?= *$| (?:on|in|at|next|tomorrow|this))"
)
_HAS = _r(
    r"(?:have|has|'ve got|got|have got) (?P<v>(?:an?|my|his|her|another|the|our) (?:[\w'-]+ ){0,3}?(?:exam|exams|interview|appointment|surgery|operation|test|presentation|deadline|wedding|concert|recital|audition|viva|defence|defense|flight|marathon|scan|check-up|checkup|court date|driving test|job interview|gig|race|date|finals|competition|tournament))\b"
)

_LIMB = (
    "arm|leg|wrist|ankle|foot|toe|finger|nose|collarbone|rib|ribs|hip|elbow|shoulder|hand|jaw|knee|back|tooth"
)
_EVENTS = _r(
    rf"(?P<v>(?:(?:graduated|graduated from [\w' -]{{2,40}})|(?:ran|finished|completed) (?:my|a|the|his|her) (?:[\w'-]+ ){{0,3}}?(?:marathon|half-marathon|triathlon|thesis|phd|degree|dissertation|novel|book|masters|master's)|broke (?:my|his|her) (?:left |right )?(?:{_LIMB})|"
    rf"got (?:my|his|her) (?:driver'?s? licen[cs]e|driving licen[cs]e|licen[cs]e|degree|phd|diploma|green card|citizenship|visa)|got (?:promoted|a promotion|a raise|laid off|fired|evicted|robbed|mugged)|passed (?:my|his|her|the) (?:[\w'-]+ ){{0,3}}?(?:exam|exams|test|driving test|bar)|failed (?:my|the|his|her) (?:[\w'-]+ ){{0,2}}?(?:exam|test|driving test)|had (?:a (?:baby|miscarriage|stroke|heart attack|c-section|car accident|son|daughter|little (?:boy|girl))|twins|surgery|an (?:operation|abortion|accident)|our (?:first|second) (?:child|baby))|"
    r"lost (?:my|his|her) (?:job|home|house|licen[cs]e)|gave birth(?: to [\w' -]{2,30})?|(?:wrote|published|released) (?:a|my|his|her) (?:[\w'-]+ ){0,2}?(?:book|novel|album|poem collection)|won (?:a|the|an) (?:[\w'-]+ ){0,3}?(?:prize|award|competition|tournament|medal|scholarship|race|lottery)|quit (?:my|his|her) job|retired|climbed (?:mount |mt )?[a-z]{3,}|emigrated|"
    r"broke up|moved in together|opened (?:a|my|his|her) (?:own )?(?:[\w'-]+ ){0,2}?(?:shop|restaurant|studio|café|cafe|bakery|business|bar)|started (?:therapy|chemo|a (?:business|company|blog|band|podcast))))(?![\w-])"
)
_DIED = _r(
    r"(?P<v>died|passed away|passed|was killed)(?![\w-])(?! (?:me|the|my|out|by|on|down|up|his|her|laughing|of laughter|inside|it))"
)


def _life(told: Told) -> Iterator[Said]:
    it = told.predicate
    if it.aux in {"will", "would", "had", "did"} or it.neg and not it.over:
        return
    if (
        (match := told.match(_PLAYS))
        and (it.aux in {"", "be", "been", "have", "was"})
        and (match["verb"] != "playing" or it.aux in {"been", "was"} or match["w"])
    ):
        past = it.over or match["verb"] == "played" and it.aux == "" or it.aux == "was"
        if match["verb"] != "played" or it.aux == "have" or _LONG.search(told.low, match.end(), told.end):
            yield Said("plays", match.span("v" if match["v"] else "w"), past, 0.85)
    if match := told.match(_SMOKES):
        if it.aux == "" or it.over:
            yield Said("habit", match.span("v"), it.over, 0.8)
    elif (match := told.match(_USUAL)) and it.aux == "" and not it.over:
        yield from _usual(told, match)
    if (match := told.match(_QUIT)) and it.aux in {"", "have"} and not it.over:
        if not match[0].startswith("stop "):
            yield Said("habit", match.span("v"), True, 0.85)
    elif (
        (match := told.match(_TOOK_UP))
        and it.aux in {"", "have"}
        and not it.over
        and match[0].split()[0] not in {"been", "go", "goes"}
    ):
        yield Said("habit", match.span("v"), False, 0.75)
    if (
        (match := told.match(_BELIEVES))
        and it.aux == ""
        and (place := cut(told.low, match.start("v") + 3, match.end("v")))
    ):
        yield Said("believes", (match.start("v"), place[1]), it.over, 0.75)


def _usual(told: Told, match: re.Match[str]) -> Iterator[Said]:
    often = _OFTEN.search(told.low, match.start(), told.end)
    told_so = (
        told.predicate.adverbs & {"usually", "normally", "generally"} or match[0].startswith("tend") or often
    )
    if not told_so and not ("always" in told.predicate.adverbs and _ROUTINE.match(told.low, match.start())):
        return
    start = match.start() + (len("tend to ") if match[0].startswith("tend to") else 0)
    stop = re.compile(r"[,.;:!?()…\x01\n]| (?:and|but|because|when|while|so|since|if|with you)\b").search(
        told.low, match.end(), told.end
    )
    end = trimmed(told.low, start, stop.start() if stop else told.end)
    if often and often.start() < end < often.end():
        end = often.end()
    if 3 < end - start <= 60 and not passing(told.low, (start, end)):
        yield Said("habit", (start, end), False, 0.75, begins=False)


def _denied(told: Told) -> Iterator[Said]:
    """What someone is by not doing it: a teetotaller, an unbeliever."""
    it = told.predicate
    if not it.neg or it.over or it.aux != "" or it.neg_at < 0 or "just" in it.adverbs:
        return
    if (match := told.match(_DOES_NOT)) and not passing(told.low, match.span()):
        yield Said("other", (it.neg_at, match.end()), False, 0.75, begins=False)


def _things(told: Told) -> Iterator[Said]:
    it = told.predicate
    if it.neg and not it.over or it.aux not in {"", "have"}:
        return
    if (match := told.match(_OWNS)) and not re.compile(r",? (?:called|named|whose name|[A-Z])").match(
        told.plain, match.end(), told.end
    ):
        if match["x"]:
            place = cut(told.low, match.start("x"), match.end("x"), "org")
            if place and any(told.plain[at].isupper() for at in range(*place)):
                yield Said("owns", place, it.over, 0.75)
            return
        verb = match["verb"] or match["verb2"]
        if verb in {"getting", "drive", "drives", "ride", "rides"}:
            return
        yield Said("owns", match.span("v" if match["v"] else "w"), it.over or verb == "had", 0.8)
    if (match := told.match(_SOLD)) and not it.over:
        yield Said("owns", match.span("v"), True, 0.8)


def _ahead(told: Told) -> Iterator[Said]:
    """What is planned: always with what was said of when, and never a fact of now."""
    it = told.predicate
    if it.neg or it.over or it.aux not in {"", "be"}:
        return
    day = any(
        day.last
        for day in told.coming
        if day.kind == "at" and not _OF_TODAY.search(told.low, day.start, day.end)
    )
    if it.aux == "be":
        match = told.match(_GOING)
        if match and (
            day
            or match["v"]
            and match[0].startswith("planning")
            or match["x"]
            and " trip" not in match[0]
            or _BIG.match(told.low, match.start("v"), told.end)
        ):
            yield from _plan(told, match, "v" if match["v"] else "w" if match["w"] else "x")
        elif match := told.match(_SURE_GERUND):
            yield from _plan(told, match, "v", open_end=True)
        elif day and (match := told.match(_GERUND)):
            yield from _plan(told, match, "v")
    elif (
        day
        and (match := told.match(_COMES) or told.match(_HAS))
        and not re.search(r"\b(?:every|always|usually|on \w+days)\b", told.low[it.at : told.end])
    ):
        yield from _plan(told, match, "v")


_OF_TODAY = re.compile(
    r"\b(?:today|tonight|this (?:morning|afternoon|evening)|right away|before|yesterday|last|ago)\b"
)
_BIG = _r(
    r"to (?:move|marry|propose|retire|emigrate|study|become|start (?:a|my|therapy|chemo)|be a (?:dad|mum|mom|father|mother|parent|grand\w+)|quit my job|have a baby)\b"
)


def _plan(told: Told, match: re.Match[str], group: str, *, open_end: bool = False) -> Iterator[Said]:
    start = match.start(group)
    end = min([told.end, *(day.start for day in told.coming if day.start > start)])
    whole = (
        _plain_end(told, start, end)
        if open_end or match.end(group) > end
        else _plain_end(told, start, min(end, match.end(group)))
    )
    if whole and not (told.word(whole).startswith("moving") and not _moving_somewhere(told, whole)):
        yield Said("plans", whole, False, 0.75, begins=False, ahead=True)


def _plain_end(told: Told, start: int, end: int) -> Place | None:
    stop = re.compile(
        r"[,.;:!?()…\x01\n]|\s[-–—]|[\U0001F300-\U0001FAFF❤☺]| (?:and|but|because|so|since|which|that|if|when|with you|cause|cuz|as|i|we)\b"
    ).search(told.low, start, end)
    last = trimmed(told.low, start, stop.start() if stop else end)
    return (start, last) if 3 < last - start <= 60 else None


def _moving_somewhere(told: Told, whole: Place) -> bool:
    to = told.low.find(" to ", *whole)
    return to < 0 or _is_place(told, (to + 4, whole[1]), house=True)


def _wishes(told: Told) -> Iterator[Said]:
    it = told.predicate
    if it.neg or it.aux not in {"", "would"}:
        return
    at = it.at
    if it.aux == "would":  # "I'd love to": the verb of wishing is after it
        match = re.compile(rf"(?:really |so )?(?:love|like) (?P<v>to {_LIFE}\b)").match(
            told.low, at, told.end
        )
        group = "v"
    else:
        match = told.match(_WANTS)
        group = "v" if match and match["v"] else "w"
    if (
        match
        and not _TRIVIAL.match(told.low, match.start(group), told.end)
        and not match[0].startswith("wanted")
    ):
        whole = _plain_end(told, match.start(group), told.end)
        if whole and not re.search(
            r"\b(?:you|your|it|this|that|today|tonight|now|tomorrow|here)\b", told.word(whole)
        ):
            yield Said("wants", whole, it.over, 0.7, begins=False)
    elif (
        it.aux == ""
        and (match := told.match(_DREAM_OF))
        and (whole := _plain_end(told, match.start("v"), told.end))
    ):
        yield Said("wants", whole, it.over, 0.7, begins=False)


def _happened(told: Told) -> Iterator[Said]:
    it = told.predicate
    if it.neg or it.over or it.aux not in {"", "have"}:
        return
    if match := told.match(_EVENTS):
        if not match["v"].startswith("graduated from") or cut(told.low, match.start("v"), match.end("v")):
            end = trimmed(
                told.low,
                match.start("v"),
                min([match.end("v"), *(day.start for day in told.days if day.start > match.start("v"))]),
            )
            yield Said("did", (match.start("v"), end), False, 0.8)
    elif it.who.about and (match := told.match(_DIED)):
        if match["v"] != "passed" or re.compile(
            r" *(?:$|[.,!]|last|in|on|this|when|two|three|a (?:year|week|month))"
        ).match(told.low, match.end(), told.end):
            yield Said("did", match.span("v"), False, 0.85)


LIFE_RULES: tuple[Rule, ...] = (_life, _denied, _things, _ahead, _wishes, _happened)
PAST_SOFT: frozenset[str] = frozenset({"wants"})
"""What may be said with a "would"."""
DREAM_IS = _DREAM_IS
