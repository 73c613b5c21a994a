"""Where someone lives, with whom, and where they come from. It does not know who. English; pure."""

import re
from collections.abc import Iterator

from os1.memory.understanding import lexicon as lex
from os1.memory.understanding.cutting import Place, cut
from os1.memory.understanding.lexicon import either
from os1.memory.understanding.phrasings.told import Rule, Said, Told, is_place, r

LIVE_VERB = r"(?:live|lives|lived|living|reside|resides|resided|residing)"
_LIVES = r(rf"{LIVE_VERB} (?:just |right )?(?:in|on the)(?= )|based in|settled in|living out in")
_MOVES = r(
    r"(?:moved?|relocated|emigrated) (?:back |out |over |up |down )?(?:from (?P<old>[\w' -]{2,30}?) )?to(?= )"
)
_LIVES_WITH = r(
    rf"{LIVE_VERB} (?P<v>alone|by myself|on my own|by (?:him|her)self|on (?:his|her) own)|{LIVE_VERB} (?:together )?with |moved? in with |moved in together with "
)
_COMPANY = r(
    rf"(?:my|his|her|our|two|three|four|the|an?) (?:[\w-]+ ){{0,2}}?(?:{either(lex.RELATIONS | lex.PETS)}|parents|family|folks|grandparents|kids|children|friends|siblings|brothers|sisters|roommates|flatmates|housemates|cats|dogs|in-laws|sons|daughters|people|girls|guys)\b"
)
_ONWARD = r(
    r"\b(?:then|for a (?:while|bit|year|few|couple)|for (?:some|several|years|months|the)|and back|back again|in my (?:head|mind)|and left|temporarily)\b"
)
_FROM = r(
    r"(?:originally )?from(?= )|(?:come|comes|came) (?:originally )?from(?= )|gr[eo]w(?:n)? up in(?= )|born (?:and raised )?in(?= (?!\d))|raised in(?= )"
)
_BORN = r(
    r"born (?:on|in|the) (?:the )?(?P<v>\d[^,.;!]{0,24}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[^,.;!]{0,24})"
)


def _lives(told: Told) -> Iterator[Said]:
    match = told.match(_LIVES)
    place = told.cut(match.end(), "place") if match else None
    if match and place and told.aux("", "be", "been", "have", "was") and is_place(told, place, house=True):
        yield Said("lives_in", place, told.past(match[0], "lived", "resided", "settled"), 0.9)


def _moved(told: Told) -> Iterator[Said]:
    match = told.match(_MOVES)
    if not match or not told.aux("", "have") or told.predicate.over or _stayed(told, match.end()):
        return
    place = told.cut(match.end(), "place")
    if place and is_place(told, place, house=told.word(place).startswith("the ")):
        if match["old"] and is_place(told, match.span("old")):
            yield Said("lives_in", match.span("old"), True, 0.75)
        yield Said("lives_in", place, False, 0.85)


def _stayed(told: Told, start: int) -> bool:
    """ "Moved to Rome for a year", "to Rome and then on": where they are now is not said."""
    lasts = any(day.kind in {"for", "until"} for day in told.days)
    return lasts or bool(_ONWARD.search(told.low, start, told.end))


def _lives_with(told: Told) -> Iterator[Said]:
    match = told.match(_LIVES_WITH)
    if not match or not told.aux("", "be", "been", "have", "was"):
        return
    past = told.past(match[0], "lived")
    if match["v"]:
        yield Said("lives_with", match.span("v"), past)
    elif company := _COMPANY.match(told.low, match.end(), told.end):
        yield Said("lives_with", company.span(), past)


def _from(told: Told) -> Iterator[Said]:
    match = told.match(_FROM)
    if not match or match[0].startswith("came") or not (place := told.cut(match.end(), "place")):
        return
    if match[0] in {"from", "originally from"}:
        fits = told.aux("be", "was") or match[0] != "from"
    elif match[0].startswith("born"):
        fits = told.aux("was")
    else:
        fits = told.aux("", "was", "have")
    if fits and is_place(told, place, house=True):
        yield Said("from", place, False, 0.85, begins=False)


def _born(told: Told) -> Iterator[Said]:
    if (match := told.match(_BORN)) and told.aux("was", ""):
        place: Place | None = cut(told.low, match.start("v"), told.end)
        if place and _A_DAY.search(told.word(place)):
            yield Said("born", place, False, 0.9, begins=False)


_A_DAY = re.compile(r"\d|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")

RULES: tuple[Rule, ...] = (_lives, _moved, _lives_with, _from, _born)
