"""What is planned and what is wished for. A plan is never a fact of now: "I'm moving to Rome" is not "I live in Rome".

It does not know whose, nor when "in May" is. English; pure.
"""

import re
from collections.abc import Iterator

from os1.memory.understanding import lexicon as lex
from os1.memory.understanding.cutting import Place, trimmed
from os1.memory.understanding.lexicon import either
from os1.memory.understanding.phrasings.told import Rule, Said, Told, is_place, r

_WISH = r"(?:want|wants|wanna|would love|'d love|d love|love|hope|dream)"
_LIFE = rf"(?P<verb>{either(lex.LIFE_WISHES)}|have (?:kids|children|a (?:baby|family|child|garden|dog|cat))|get (?:married|a dog|a cat|a tattoo|my (?:licence|license|degree)|fit|a phd|sober|a puppy)|go (?:back to (?:school|university|college|uni)|vegan|freelance|to (?:[a-z]+))|lose weight|start (?:a|my own)|change (?:jobs|careers)|try (?:skydiving|surfing|pottery|climbing)|make (?:a film|music|a movie)|be a (?:[\w-]+ )?[\w]+|live (?:in|by|abroad|on a|near)|see (?:the (?:northern|world|pyramids|alps|aurora|cherry)|(?!the\b|my\b|you|it\b|him|her\b|them|how|what|a\b|some|more|another|that|this|if)[a-z]{{4,}})|work (?:as|in|at|for)|raise (?:goats|chickens|kids|children|a family))"
_WANTS = r(
    rf"(?:(?:(?:would|'d|d) (?:really |so )?(?:love|like)|want|wants|wanted|hope|hopes|dreams?) (?P<v>to {_LIFE}\b)|wanna (?P<w>{_LIFE.replace('<verb>', '<verb2>')}\b))"
)
_DREAM_OF = r(
    r"dreams? of (?P<v>(?:opening|becoming|living|moving|writing|owning|building|travelling|traveling|having|visiting|sailing|running|retiring)\b)"
)
_TRIVIAL = r(
    r"(?:wanna |to )?(?:start (?:by|with|crying|over|dinner|cooking|now|again|from)|open (?:up|it|the|my|that|a window|this)|write (?:it|that|this|to|you|down|her|him|back)|move (?:on|it|this|my|the|a muscle|past|closer)|run (?:away|it|this|to|from|errands|out|home)|buy (?:it|this|that|milk|some|food|bread|groceries|you|her|him|new)|see (?!(?:the (?:northern|world|sea|pyramids|alps|aurora|ocean|cherry)|[a-z]+\b))|"
    r"see (?:you|it|him|her|them|how|what|if|that|this|my|a|your|some|the (?:doctor|film|movie|game|match|light|end|point|rest))|build (?:up|on|it|this)|learn (?:more|about|from|it|that|how you|what|why|who|everything|something|anything|this|a lot)|quit (?!my job|smoking|drinking)|work (?:on|in the future|it|this|out|today|late|hard|now|through|less|more|tonight|tomorrow|things)|live (?:my|a|with|it|like|life|up|in a world|without|again|through)|visit (?:you)|become (?:a better|better|friends|that|your)|"
    r"study (?:you|it|this|now|today|tonight|tomorrow|for)|go to (?:bed|sleep|the|a|my|work|school|town|hell|that|this|her|his|sleep|lunch|dinner|class|dinner|church)|be a (?:bit|better|good|burden|bother|part|fly|man|bad|pain|little|problem|mess|kid|child|friend|jerk|nuisance|downer)|make it|travel (?:today|tomorrow)|raise (?:a|the|my voice|it)|found (?:it|out)|record (?:it|this|you)|sail away|paint (?:my|the|it)|own (?:it|up|this|my)|teach (?:you|him|her|them|me)|marry (?:you)|save)\b"
)
_GOING = r(
    r"(?:(?:going|planning|about) (?P<v>to (?!bed|sleep|the|my|a|be (?!a (?:dad|mum|mom|father|mother|parent|grand))|work\b|cry|die|kill|lose|miss|say|tell|ask|need|have to|try|pretend|assume|go\b|happen|regret|admit|love|hate|explode|scream|scold|stop|hell|rain|faint|puke)[\w' -]{3,60})|gonna (?P<w>(?!be |cry|die|kill|lose|miss|say|tell|ask|need|have to|try|go |regret|love|hate|explode|scream|happen)[\w' -]{3,60})|planning (?:on )?(?P<x>(?!on)(?:\w+ing|an?|our|my) (?=[^,.]*\b(?:wedding|trip|party|holiday|vacation|honeymoon|funeral|move|visit|tour)\b)[\w' -]{2,60}))"
)
_GERUND = r(
    r"(?P<v>(?!going (?:out|home|crazy|mad|on|back|through)|going to (?:bed|sleep|work|lunch|dinner)|being|feeling|thinking|hoping|dying|looking|missing|dreading|trying|wondering|having (?:a (?:bad|good|great|hard|rough)|trouble|fun|doubts)|getting (?:tired|old|better|worse|used|there|sick|ready|nervous|cold|late|back|a (?:bit|little|head))|hearing|seeing if|talking|saying|telling|counting|waiting|worrying|working (?:on|late)|doing (?:well|fine|ok)|nothing|something|anything|king|sitting|planning|expecting (?:you|it|that|to)|freaking|panicking|stressing|relying|guessing|coming (?:down|back to you))[a-z]{2,}ing(?: (?:up|out|back|off|over|away))?(?: [\w'&-]+){0,10})"
)
_SURE_GERUND = r(
    r"(?P<v>moving (?:back )?to (?=\S)|getting (?:married|divorced)\b|having (?:a baby|twins|surgery|another baby|an operation)\b|expecting (?:a (?:baby|boy|girl|child)|twins|our (?:first|second))\b|starting (?:at|a new job|my new job|chemo|therapy|university|college|school|a (?:course|degree|phd|business))\b)"
)
_COMES = r(
    r"(?P<v>(?:fly|flies|leave|leaves|start|starts|travel|travels|graduate|graduates|move|moves|retire|retires|go|goes) (?!with|from|by|of)(?:[\w'-]+ ){0,5}?[\w'-]+)(?= *$| (?:on|in|at|next|tomorrow|this))"
)
_HAS = r(
    r"(?:have|has|'ve got|got|have got) (?P<v>(?:an?|my|his|her|another|the|our) (?:[\w'-]+ ){0,3}?(?:exam|exams|interview|appointment|surgery|operation|test|presentation|deadline|wedding|concert|recital|audition|viva|defence|defense|flight|marathon|scan|check-up|checkup|court date|driving test|job interview|gig|race|date|finals|competition|tournament))\b"
)
_TO_PLACE = re.compile(r"going to (?:the )?[A-Z]")
_OF_TODAY = re.compile(
    r"\b(?:today|tonight|this (?:morning|afternoon|evening)|right away|before|yesterday|last|ago)\b"
)
_BIG = r(
    r"to (?:move|marry|propose|retire|emigrate|study|become|start (?:a|my|therapy|chemo)|be a (?:dad|mum|mom|father|mother|parent|grand\w+)|quit my job|have a baby)\b"
)
_POINTS = re.compile(r"\b(?:it|this|that|these|those|you|your|them|there|another|one|myself)\b")
_END = re.compile(
    r"[,.;:!?()…\x01\n]|\s[-–—]|[\U0001F300-\U0001FAFF❤☺]| (?:and|but|because|so|since|which|that|if|when|with you|cause|cuz|as|i|we)\b"
)
_WOULD_LOVE = re.compile(rf"(?:really |so )?(?:love|like) (?P<v>to {_LIFE}\b)")
_AGAIN_AND_AGAIN = re.compile(r"\b(?:every|always|usually|on \w+days)\b")
_OF_NOW = re.compile(
    r"\b(?:you|your|yours|it|this|that|today|tonight|now|tomorrow|here|more|another|him|them)\b"
)
DREAM_IS = r(
    r"(?:biggest |big |lifelong |greatest |life )?(?:dream|goal) (?:is|has always been|'s|was always) (?P<v>to [\w' -]{4,60})"
)
""" "My dream is to ...", read from behind "my"."""


def _plans(told: Told) -> Iterator[Said]:
    it = told.predicate
    if it.neg or it.over or it.aux not in {"", "be"}:
        return
    often = _AGAIN_AND_AGAIN.search(told.low, it.at, told.end)
    dated = not often and any(
        day.kind == "at" and not _OF_TODAY.search(told.low, day.start, day.end) for day in told.coming
    )
    if it.aux == "be":
        yield from _being(told, dated=dated)
    elif dated and (match := told.match(_COMES) or told.match(_HAS)):
        yield from _plan(told, match.span("v"))


def _being(told: Told, *, dated: bool) -> Iterator[Said]:
    """ "I'm going to", "I'm starting": without a day only what nobody says lightly."""
    going = None if _TO_PLACE.match(told.plain, told.predicate.at, told.end) else told.match(_GOING)
    if going and (
        dated or going["x"] or going[0].startswith("planning") or _BIG.match(told.low, *going.span("v"))
    ):
        group = "v" if going["v"] else "w" if going["w"] else "x"
        yield from _plan(told, going.span(group))
    elif match := told.match(_SURE_GERUND):
        yield from _plan(told, (match.start("v"), told.end))
    elif dated and (match := told.match(_GERUND)):
        yield from _plan(told, match.span("v"))


def _plan(told: Told, place: Place) -> Iterator[Said]:
    """Without its day, which is kept as a day."""
    start, end = place
    whole = _up_to(
        told, start, min([told.end, end, *(day.start for day in told.coming if day.start > start)])
    )
    if whole and not _POINTS.search(told.word(whole)) and _somewhere(told, whole):
        yield Said("plans", whole, False, 0.75, begins=False, ahead=True)


def _up_to(told: Told, start: int, end: int) -> Place | None:
    stop = _END.search(told.low, start, end)
    last = trimmed(told.low, start, stop.start() if stop else end)
    return (start, last) if 3 < last - start <= 60 else None


def _somewhere(told: Told, whole: Place) -> bool:
    """ "Moving to Rome", but not "moving to the next slide"."""
    to = told.low.find(" to ", *whole)
    return (
        not told.word(whole).startswith("moving") or to < 0 or is_place(told, (to + 4, whole[1]), house=True)
    )


def _wants(told: Told) -> Iterator[Said]:
    if told.predicate.neg or not told.aux("", "would"):
        return
    match = told.match(_WOULD_LOVE if told.aux("would") else _WANTS)
    if match and not match[0].startswith("wanted"):
        start = match.start("v") if match["v"] else match.start("w")
        if not _TRIVIAL.match(told.low, start, told.end):
            yield from _wish(told, start)
    elif told.aux("") and (match := told.match(_DREAM_OF)):
        yield from _wish(told, match.start("v"))


def _wish(told: Told, start: int) -> Iterator[Said]:
    whole = _up_to(told, start, told.end)
    if whole and not _OF_NOW.search(told.word(whole)) and not told.low.startswith(" like that", whole[1]):
        yield Said("wants", whole, told.predicate.over, 0.7, begins=False)


PLANS: tuple[Rule, ...] = (_plans,)
WISHES: tuple[Rule, ...] = (_wants,)
