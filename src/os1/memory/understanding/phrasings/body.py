"""Allergies, illnesses, medicines, fears: what a body and its mind live with. It does not know whose. English; pure."""

from collections.abc import Iterator

from os1.memory.understanding import lexicon as lex
from os1.memory.understanding.cutting import passing
from os1.memory.understanding.lexicon import either
from os1.memory.understanding.phrasings.told import AFTER, Rule, Said, Told, r

_ALLERGIC = r(
    r"(?:(?:deathly|highly|severely|mildly|terribly|slightly|a bit) )?allergic to (?=\S)|(?:have|has|got|developed) an? (?:(?:severe|bad|mild|slight) )?allergy to (?=\S)|intolerant to (?=\S)"
)
_ALLERGY = r(
    r"(?:have|has|got) (?:an? |really )?(?:(?:severe|bad|mild|slight) )?(?P<v>[a-z]{3,12}(?: [a-z]{3,10})?) allerg(?:y|ies)\b|(?P<w>lactose|gluten|histamine|fructose)[- ]intolerant\b"
)
_NOT_ALLERGENS = r(
    r"(?:mornings?|mondays?|people|work|bullshit|stupid|silence|exercise|sports|love|boredom|nonsense|drama|fun|responsibilit|commitment|effort|you|something|anything|lies|everyone|kids|men|women|running|early|him|her|my)\b"
)
_ILL = r(
    rf"(?:have|has|had|got|'ve got|live with|lives with|living with|suffer from|suffers from|suffered from|suffering from|diagnosed with|been diagnosed with|(?:got|was) diagnosed with|struggle with|struggles with|developed) (?:(?:an?|severe|mild|chronic|bad|really bad|early|a form of|really|stage \w+|terrible) )*(?P<v>(?:type (?:1|2|one|two) |t1 |t2 )?(?:{either(lex.CONDITIONS)})){AFTER}(?! (?:at|to)\b)"
)
_MEDICINE = rf"(?P<v>(?:{either(lex.MEDICINES)})(?: (?:pills|tablets|injections))?|(?:blood pressure|sleeping|heart|thyroid|allergy|anxiety) (?:pills|medication|meds|tablets))"
_TAKES = r(
    rf"(?:take|takes|taking|took|started(?: taking)?|put on|on|been on|stopped(?: taking)?|quit|came off|come off|going off|get|gets) (?:my |some |\d+ ?mg (?:of )?|daily )?{_MEDICINE}(?![\w-])(?! (?:with|companies))"
)
_AFRAID = r(
    r"(?:(?:terribly|deathly|a bit|a little|scared to death|mortally|deadly) )?(?:afraid|scared|terrified|frightened|petrified) of (?=\S)|(?:have|has) (?:an? |this )?(?:(?:huge|terrible|irrational|big|real) )?(?:fear|phobia) of (?=\S)"
)

_NO_ALLERGEN = lex.each("an a bad many severe some several any terrible seasonal lot these of my")
_NO_FEAR = lex.each("what losing saying my his being telling hurting becoming her making getting doing the")
"""Of another moment or another person: "I'm afraid of losing him" is no phobia."""
_FEARS_ALL_THE_SAME = frozenset(
    {"the dark", "the water", "the sea", "the ocean", "the dentist", "losing control"}
)


def _allergic(told: Told) -> Iterator[Said]:
    match = told.match(_ALLERGIC)
    if not match or not (
        told.aux("be", "been", "was") or match[0].startswith(("ha", "got", "developed")) or told.bare
    ):
        return
    for place in told.listed(match.end()):
        if not _NOT_ALLERGENS.match(told.low, *place):
            yield Said("allergic_to", place, told.past(), 0.9, begins=False)


def _allergy(told: Told) -> Iterator[Said]:
    match = told.match(_ALLERGY)
    if match and match["v"] and match["v"].split()[-1] not in _NO_ALLERGEN:
        yield Said("allergic_to", match.span("v"), told.predicate.over, 0.85, begins=False)
    elif match and match["w"] and told.aux("be", "been"):
        yield Said("allergic_to", match.span("w"), told.predicate.over, 0.85, begins=False)


def _ill(told: Told) -> Iterator[Said]:
    match = told.match(_ILL)
    if match and (told.aux("", "have", "be") or "diagnosed" in match[0]):
        past = told.predicate.over or (told.aux("") and match[0].startswith(("had ", "suffered")))
        yield Said("has_health", match.span("v"), past, 0.85)


def _takes(told: Told) -> Iterator[Said]:
    match = told.match(_TAKES)
    if not match or match[0].startswith(("going", "took ", "get ", "gets ")):
        return
    on = match[0].startswith(("on ", "been on", "put on", "taking"))
    if on == told.aux("be", "been", "was"):
        stopped = match[0].startswith(("stopped", "quit", "came off", "come off"))
        past = told.past() and not match[0].startswith("put")
        yield Said("takes", match.span("v"), stopped or past, 0.85)


def _fears(told: Told) -> Iterator[Said]:
    match = told.match(_AFRAID)
    if not match or match[0].startswith("ha") != told.aux("") or not (place := told.cut(match.end())):
        return
    word = told.word(place)
    if word in _FEARS_ALL_THE_SAME or (word.split()[0] not in _NO_FEAR and not passing(told.low, place)):
        yield Said("fears", place, told.past(), 0.8)


RULES: tuple[Rule, ...] = (_allergic, _allergy, _ill, _takes, _fears)
