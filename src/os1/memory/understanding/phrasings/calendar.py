"""What is in the diary: "the eye test on 23 February", "they put me down for the workshop, Thursday".

A thing and its day, hardly a verb. What lies behind is no plan, and a birthday is none either. English; pure.
It does not know what is planned already.
"""

import re
from collections.abc import Iterator, Sequence

from os1.memory.understanding.cutting import Place
from os1.memory.understanding.dates import Named
from os1.memory.understanding.lexicon import PETS, RELATIONS, either
from os1.memory.understanding.phrasings.told import Said

_EVENT = (
    "dinner|lunch|breakfast|brunch|coffee|drinks|tea|tennis|badminton|football|squash|yoga|cinema|theatre|theater|pub|"
    "therapy|physio|choir|training|rehearsal|book club|date night|game night|movie night|seeing|meeting|visiting"
)
_THING = rf"(?:(?:the|my|our|a|an|another) (?!day\b|week\b|birthday|best\b|first\b|last\b|same\b)[\w'&-]+(?: [\w'&-]+){{0,5}}?|(?:{_EVENT})(?: [\w'&-]+){{0,5}}?)"
_BEFORE = re.compile(
    rf"(?:^|[,.:;!] +|\b(?:there'?s|there is|forget|remember|for|got|have|having|booked|scheduled|about|plan|it'?s|is|and|but|so|then|next up) +)(?P<v>{_THING})"
    r"(?: (?:is|are|will be|got|has been|is now)|'s|,|:| -| –)?(?: (?:set|booked|scheduled|planned|down|happening|coming up|due|moved|fixed))?(?: (?:on|for|at|to|this|next))?,? *$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?:,|:)? *(?:is|it'?s|i'?ve got|i have|there'?s|we have|we'?ve got|i'?m at|i'?m having)? *(?P<v>{_THING})(?= *(?:$|[.,!;]| (?:at|so|and|but|wish|which|with me)\b))",
    re.IGNORECASE,
)
_NO_PLAN = re.compile(
    rf"^(?:my|our) (?:{either(RELATIONS | PETS)})(?! \w+ing\b$| \w+'s?$)\b|"
    r"\b(?:loves?|likes?|hates?|wants?|comes?|coming|is|are|has|moved|got|started|said|was|were|had|did|i|we|you|he|she|they|it|birthday|born|said|not|since|until|every|anniversary|ago|end of|rest of|whole|week|month|year|morning|evening|night|weekend)\b",
    re.IGNORECASE,
)
_HABIT = re.compile(r"\b(?:every|each|always|usually|born|birthday|was|were|had|yesterday|last|ago)\b|days\b")


def planned(plain: str, start: int, end: int, days: Sequence[Named]) -> Iterator[tuple[Said, Named]]:
    """`days`: those that lie ahead, with their places in `plain`."""
    if _HABIT.search(plain[start:end].lower()):
        return
    for day in days:
        place = _thing(plain, start, end, day)
        if place and plain[slice(*place)].endswith("'s"):
            place = place[0], place[1] - 2
        if place and not _NO_PLAN.search(plain[slice(*place)]):
            yield Said("plans", place, False, 0.75, begins=False, ahead=True), day
            return


def _thing(plain: str, start: int, end: int, day: Named) -> Place | None:
    leads = plain[start : day.start]
    if found := _last(_BEFORE, leads):
        return start + found[0], start + found[1]
    if day.start == start and (match := _AFTER.match(plain, day.end, end)):
        return match.span("v")
    return None


def _last(pattern: re.Pattern[str], text: str) -> Place | None:
    """The nearest one before its end: the search is tried from each comma and lead, the last first."""
    starts = [match.start() for match in re.finditer(r"^|[,.:;!] +|\b[a-z]", text, re.IGNORECASE)]
    best: Place | None = None
    for at in starts:
        if match := pattern.match(text, at):
            best = match.span("v") if best is None or (match.start("v") > best[0] and not _inside(text, best, match.start("v"))) else best  # fmt: skip
    return best


def _inside(text: str, whole: Place, at: int) -> bool:
    """Still part of the thing found first: "the call with my sister" is one."""
    return at < whole[1]
