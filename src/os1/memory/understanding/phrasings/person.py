"""Age, status, faith, diet, languages: what someone is. It does not know who. English; pure."""

from collections.abc import Iterator

from os1.memory.understanding import lexicon as lex
from os1.memory.understanding.lexicon import either
from os1.memory.understanding.phrasings.told import AFTER, Rule, Said, Told, r

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_AGE = rf"(?P<v>\d{{1,3}}|(?:{_TENS})(?:[- ](?:{_ONES}))?|eighteen|nineteen|sixteen|seventeen)"
_IS_AGE = r(
    rf"{_AGE}(?P<old> ?(?:years?|yrs?)[ -]?old| ?y/?o)?(?= *(?:$|[.,!;)…]|[\U0001F300-\U0001FAFF]|(?:and(?! a half| \d| counting)|but|so|lol|now|today|btw|fyi|tomorrow|already|haha|tho|this year|years? young)\b))"
)
_TURNED = r(rf"turn(?:ed|s|ing)? {_AGE}(?= *(?:$|[.,!;)…]|\w))(?! (?:degrees|pages|people|heads|into))")
_STATE = r(
    rf"(?:happily |newly |recently |legally )?(?P<v>{either(lex.STATES)})(?![\w-])(?! (?:to (?:my|the|a|an|this)|in\b|from the|out|file|by|with (?!twins|a ))| (?:mother|mom|mum|dad|father|parent|man|woman)\b)"
)
_BECAME = r(
    r"(?:got|gotten|get|getting|became|become) (?P<v>married|engaged|divorced|separated|pregnant)\b(?! (?:to the|in the|from))"
)
_FAITH = r(
    rf"(?:an? )?(?:(?:practi[cs]ing|devout|lapsed|proud) )?(?P<v>{either(lex.FAITHS)}){AFTER}(?! (?:in|on|to|of|without|for|at|as|by|when)\b)"
)
_DIET = r(
    rf"(?:an? |strictly |mostly )?(?P<v>{either(lex.DIETS)}){AFTER}|(?:went|turned|became|gone|going|go) (?P<w>{either(lex.DIETS)}){AFTER}"
)
_SPEAKS = r(
    rf"(?:speak|speaks|spoke|fluent in)(?= (?:(?:fluent|some|good|decent|broken|basic|perfect|a|little|bit|of|both|native) ){{0,4}}(?:{either(lex.LANGUAGES)})\b)"
)
_LANGUAGE = r(rf"\b(?:{either(lex.LANGUAGES)})\b")


def _age(told: Told) -> Iterator[Said]:
    me = not told.predicate.who.about
    if (
        told.aux("be")
        and (match := told.match(_IS_AGE))
        and _fits(match["v"], 10 if me else 1 if match["old"] else 2)
    ):
        yield Said("age", match.span("v"), False, 0.9, begins=False)
    elif told.aux("", "have") and (match := told.match(_TURNED)) and match[0].startswith("turned"):
        yield from [Said("age", match.span("v"), False, 0.9)] if _fits(match["v"], 10 if me else 1) else []


def _fits(word: str, least: int) -> bool:
    """Nobody of nine types to her, and a bare "she's 1" is more often a place in a race."""
    return not word.isdigit() or least <= int(word) <= 110


def _status(told: Told) -> Iterator[Said]:
    if (match := told.match(_STATE)) and (told.aux("be", "been", "was") or told.bare):
        yield Said("status", match.span("v"), told.past(), 0.85)
    elif (match := told.match(_BECAME)) and told.aux("", "have") and not told.predicate.over:
        done = match[0].startswith(("got", "became")) or (told.aux("have") and match[0].startswith("become"))
        if done:
            yield Said("status", match.span("v"), False, 0.9)


def _faith(told: Told) -> Iterator[Said]:
    if told.aux("be", "been") and not told.predicate.over and (match := told.match(_FAITH)):
        yield Said("other", match.span("v"), False, 0.8)


def _diet(told: Told) -> Iterator[Said]:
    match = told.match(_DIET)
    if not match:
        return
    if match["v"] and (told.aux("be", "been", "was") or told.bare):
        yield Said("eats", match.span("v"), told.past(), 0.85)
    elif match["w"] and told.aux("", "have") and not match[0].startswith(("go ", "going")):
        yield Said("eats", match.span("w"), told.predicate.over, 0.85)


def _speaks(told: Told) -> Iterator[Said]:
    if (match := told.match(_SPEAKS)) and told.aux("", "be") and not told.predicate.over:
        first, places = told.cut(match.end()), told.listed(match.end())
        end = max([match.end(), *(place[1] for place in [*places, *([first] if first else [])])])
        for found in _LANGUAGE.finditer(told.low, match.end(), end):
            yield Said("speaks", found.span(), match[0] == "spoke", 0.85)


RULES: tuple[Rule, ...] = (_age, _status, _faith, _diet, _speaks)
