"""Where a value ends: "Porto" in "Porto now, with my sister". The words are taken as they stand, never changed.

It works on small letters and returns places, so that what is cut can be quoted. English; pure.
"""

import re

from os1.memory.understanding.lexicon import FIRST_NAMES, RELATIONS

Place = tuple[int, int]

_FILLERS = (
    "now|these days|nowadays|at the moment|at the mo|atm|rn|right now|currently|lately|recently|again|already|too|as well|anymore|any more|tho|though|lol|lmao|"
    "haha+|hehe|xd|tbh|imo|btw|fyi|actually|obviously|honestly|you know|i think|i guess|please|thanks|thx|sadly|luckily|unfortunately|finally|"
    "by the way|to be honest|to be fair|ever since|of course|yay|ugh|omg|still|also|however|anyways?|so far|for now|at last|after all|yet|today|at all|ngl|"
    "so much|a lot|very much|the most|most of all|more than anything|like crazy|to bits|instead|originally|soon|someday|some day|one day|eventually|in the end|"
    "in general|full[- ]time|part[- ]time|for a living|for work|by then|back then|at the time|no longer|for the first time|together|either|like"
)
_STOP = re.compile(
    r"(?<! st)(?<! mt)(?<! ft)(?<! dr)\.|[,;:!?()\[\]{}\"…\x01\n+<>=*~|/\\]|\s[-–—]+\s|[\U0001F000-\U0001FAFF☀-➿❤️]|\s'|"
    r"\s(?:but|because|bc|cuz|coz|'?cause|since|when|whenever|while|where|which|who|whose|although|so|if|then|until|till|unless|except|just like|"
    r"after|before|thanks to|due to|as i|as we|as a (?:kid|child|teenager|result)|and (?:i|we|my|he|she|they|it|that|so|then|the|also|now|am|is|have|has|just|"
    r"still|lives?|works?|love|got|was|a half|been|really|recently|since)|i|we|for (?:a|an|the|about|over|almost|nearly|\d+|one|two|three|four|five|six|seven|eight|"
    r"nine|ten|many|years|months|ages|work|good|now|some|like|most|ever|my|his|her|love|more)|not|every|once|twice|"
    rf"{_FILLERS})(?=[\s.,;:!?)(\x01'…]|$)"
)
_PLACE_STOP = re.compile(
    r"\s(?:and|with|for|on|as|from|at|by myself|alone|or|doing|working|studying)(?=\s|$)"
)
_ORG_STOP = re.compile(r"\s(?:and|as|with|in|on|near|doing|or|from|full|part|right|here|there|by)(?=\s|$)")
_AND = re.compile(
    r"\s*(?:,|\band\b|&|,\s*and\b)\s+(?:(?:also|to|a (?:little )?bit of|some|a little|bits? of|fluent|a bit|in|of)\s+)*"
)
_TRAIL = re.compile(
    rf"(?:[\s'\-,]|\s(?:{_FILLERS}|and|or|the|with|of|in|at|on|to|for|a|an|is|was|about|around|from|my|your|their|our)(?=\s|$))+$"
)
_ONE_THING = re.compile(r"\b(?:fish and chips|mac and cheese|rock and roll|rock & roll|r&b|r & b|salt and vinegar|peanut butter and|drum and bass|dungeons and|"
                        r"gin and tonic|bread and butter|trinidad and|bosnia and|cats and dogs|rise and|arts and|law and order|stand-up|black and white|track and)\b")  # fmt: skip
_EMPTY = re.compile(
    r"(?:it|its|it's|that|that's|this|you|your|yours|u|ur|there|here|him|her|them|me|us|nothing|everything|anything|something|someone|anyone|everyone|everybody|what|"
    r"whatever|how|when|why|where|who|which|if|whether|these|those|one|ones|being|myself|yourself|itself|everywhere|thing|things|stuff|to|so|as|too|and|or|but|by|"
    r"all|both|such|more|most|not|no|than|i|we|he|she|they|seeing you|hearing|talking|lol|the way|the idea|the fact|some|a lot|lots|much|many|"
    r"life|people|same)(?:[\s']|$)"
)
_TODAY = re.compile(
    r"\b(?:here|there|you|your|this|that|it|today|tonight|right now|yesterday|last night|tomorrow|myself|these|those|so much that|when|him|them|samantha)\b"
)


def cut(low: str, start: int, end: int, kind: str = "thing") -> Place | None:
    """Up to the first word that begins something else; None when nothing is left, or it only points: "it", "this"."""
    lead = _LEADING.match(low, start, end)
    start = lead.end() if lead else start
    stops = [found.start() for pattern in _STOPS[kind] if (found := pattern.search(low, start, end))]
    last = trimmed(low, start, min([end, *stops]))
    if (
        last <= start
        or last - start > 60
        or _EMPTY.match(low, start, last)
        or _OPEN_END.search(low, start, min([end, *stops]))
    ):
        return None
    return start, last


_LEADING = re.compile(r"[\s'\"]*(?:(?:also|just|all|really|especially|mostly|mainly|like|literally)\s+)*")
_OPEN_END = re.compile(
    r"\b(?:what|how|who|where|which|like|than|whatever)\s*$|\blike (?:this|that|these|those)\b"
)
"""What stands there is only half of it: "sharing what" (I know)."""

_STOPS = {"thing": (_STOP,), "place": (_STOP, _PLACE_STOP), "org": (_STOP, _ORG_STOP)}


def trimmed(low: str, start: int, end: int) -> int:
    """Without the words at its end that say nothing: "now", "lol", a lonely "and"."""
    found = _TRAIL.search(low, start, end)
    while found and found.start() < end:
        end = found.start()
        found = _TRAIL.search(low, start, end)
    return end


def listed(low: str, start: int, end: int) -> list[Place]:
    """Several things in one breath: "cats and pollen" are two, but "fantasy and sci-fi films" may share their noun and
    stay one. Past a comma only if an "and" follows."""
    stop = _STOP_BUT_COMMA.search(low, start, end)
    whole = (start, trimmed(low, start, stop.start() if stop else end))
    if "," in low[slice(*whole)] and not re.search(r"\band\b|&", low[slice(*whole)]):
        whole = (start, low.index(",", start))
    parts: list[Place] = []
    at = whole[0]
    for match in [*_AND.finditer(low, *whole), None]:
        last = match.start() if match else whole[1]
        if one := cut(low, at, last):
            parts.append(one)
        at = match.end() if match else last
    separate = all(
        len(low[slice(*one)].split()) == 1
        or (_OWN_NOUN.match(low, *one) and len(low[slice(*one)].split()) <= 3)
        for one in parts
    )
    if len(parts) > 1 and not _ONE_THING.search(low, *whole) and separate:
        return parts if len(parts) <= 6 else []
    comma = low.find(",", *whole)
    one = cut(low, whole[0], whole[1] if comma < 0 or len(parts) == 1 else comma)
    return [] if one is None or (comma >= 0 and len(parts) > 1) else [one]


_OWN_NOUN = re.compile(
    r"(?:the|my|a|an|old|tree|cow's|soy|red|green|black|white|dust|bee|wasp|cat|dog|horse|board|video|card)\b"
)
"""An item of two words that stands alone in a list: "eggs, tree nuts and bee stings"."""


_STOP_BUT_COMMA = re.compile(_STOP.pattern.replace("[,;", "[;", 1))


def passing(low: str, place: Place) -> bool:
    """It is of this very moment, or of her: "this", "your voice", "it here"."""
    return bool(_TODAY.search(low, *place))


def somebody(low: str, place: Place) -> bool:
    """It is a person: "I love Anna" says something else than "I love tea"."""
    words = low[slice(*place)].split()
    return (words[0] in FIRST_NAMES and len(words) == 1) or (
        words[0] in {"my", "our"} and words[-1] in RELATIONS
    )
