"""What someone likes, and what not. It does not know who. English; pure.

Liking is said of everything all day: what is of this moment, of her, or of a person is left out.
"""

from collections.abc import Iterator

from os1.memory.understanding.cutting import Place, cut, passing, somebody
from os1.memory.understanding.phrasings.told import Rule, Said, Told, r

_LIKES = r(
    r"(?P<verb>love|loves|like|likes|enjoy|enjoys|adore|adores|loved|liked|enjoyed|into|really into|fond of|obsessed with|crazy about|keen on|passionate about|big on|hooked on|an? (?:(?:big|huge|massive|total|real|lifelong) )?fan of|an? (?:\w+ )?lover of) (?=\S)"
)
_DISLIKES = r(
    r"(?P<verb>hate|hates|dislike|dislikes|loathe|loathes|despise|despises|detest|detests|can'?t stand|cannot stand|can'?t bear|can'?t eat) (?=\S)"
)
_NO_TASTE = r(
    r"(?:to (?:say|think|be|see|hear|brag|admit|know|break|bother|interrupt|have|talk|complain|ask|disagree|disappoint|go|get|leave|believe|lose|do|tell|wait|feel|pretend|imagine)|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|having to|being (?:here|with|able|alone|late|sick|ill|wrong)|feeling|my (?:self|life|body|new|hair|brain)|someone|somebody|"
    r"saying|when|how|so|that|god|jesus|nobody|none|one of|doing (?:this|that|it)|it|waiting|knowing|anyone|seeing|having|hearing|getting|a good|the most)(?![a-z])"
)
_THIS_ONE = r(
    r"(?:the|this|that|your|these|those|each|its|their|his|her) (?!(?:sea|beach|beaches|mountains?|ocean|smell|sound|taste|rain|outdoors|snow|cold|heat|dark|summer|winter|autumn|beatles|theatre|opera|forest|woods|city|countryside|piano|cello|violin|guitar|rolling stones|cure|smiths|lakes?|desert|simpsons|office\b|gym)\b)|(?:two|three|some|both|all the|one)\b"
)
"""A thing of this moment: "the colour", "that film"; a few things are always there, like the sea."""
_RATHER = r(r"prefer(?:s)? (?=\S)")
_OVER_THAT = r(r"\s(?:to|over|than|rather)\s")
_HALF = r(
    r"\s+(?:as well as|like (?:this|that|these|those)|(?:my|your|it|him|her)self)\b|,(?! *(?:and (?:i|it|so|that|my|we|he|she|the|also|now|just|to)|but|so|i|i'm|it|it's|its|they|because|cause|which|that|especially|though|although|he|she|we|my|you|as|what|not|how|who|where|"
    r"when|or|too|even|just|all|lol|haha|really|always|yes|for|since|tbh|honestly|don't|can't|have|ever|they're|there's|there|this|particularly|like|mostly|mainly|btw|silly|weird|sorry)\b| *$)"
)
"""A list of which only the beginning is understood: nothing is taken of it."""


def _likes(told: Told) -> Iterator[Said]:
    match = told.match(_LIKES)
    if not match or match["verb"] in {"loved", "liked", "enjoyed"}:
        return
    needs_be = not match["verb"].startswith(("love", "like", "enjoy", "adore"))
    if told.aux("be", "been") if needs_be else told.aux("", "have"):
        denied = told.predicate.neg and not told.predicate.over
        yield from _each(told, match.end(), "dislikes" if denied else "likes")


def _dislikes(told: Told) -> Iterator[Said]:
    if (match := told.match(_DISLIKES)) and told.aux("") and (not told.predicate.neg or told.predicate.over):
        yield from _each(told, match.end(), "dislikes")


def _prefers(told: Told) -> Iterator[Said]:
    match = told.match(_RATHER)
    end = _OVER_THAT.search(told.low, match.end(), told.end) if match else None
    if not match or not end or not told.aux("") or told.predicate.neg:
        return
    if (place := cut(told.low, match.end(), end.start())) and _lasts(told, place):
        yield Said("likes", place, told.predicate.over, 0.7)


def _each(told: Told, start: int, slot: str) -> Iterator[Said]:
    places = told.listed(start)
    if places and _HALF.match(told.low, places[-1][1], told.end):
        return
    if all(_lasts(told, place) for place in places):
        for place in places:
            yield Said(slot, place, told.predicate.over, 0.75)


def _lasts(told: Told, place: Place) -> bool:
    moment = (
        _NO_TASTE.match(told.low, *place) or _THIS_ONE.match(told.low, *place) or passing(told.low, place)
    )
    return not moment and not somebody(told.low, place)


RULES: tuple[Rule, ...] = (_likes, _dislikes, _prefers)
"""These read a denial themselves: not to like is something too."""
