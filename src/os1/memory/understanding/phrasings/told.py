"""What a clause says and how a rule reads it: the words every phrasing is written in.

It does not know any phrasing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from os1.memory.understanding import lexicon as lex
from os1.memory.understanding.cutting import Place, cut, listed
from os1.memory.understanding.dates import Named
from os1.memory.understanding.lexicon import either
from os1.memory.understanding.subjects import Aux, Predicate


@dataclass(frozen=True, slots=True)
class Said:
    """What a clause says, as places in the text."""

    what: str
    value: Place
    over: bool = False
    sure: float = 0.8
    about: str | None = None
    """Of somebody else than the subject: the kitten in "we have a kitten called Miso"."""
    begins: bool = True
    """Whether a day in the clause is when it began; if not, a day says nothing of it."""
    ahead: bool = False
    reads: str = ""
    """What it comes to, where the words only imply it: Lena "from work" is a colleague."""


@dataclass(frozen=True, slots=True)
class Told:
    """A clause, ready to be understood."""

    plain: str
    low: str
    predicate: Predicate
    end: int
    days: tuple[Named, ...]
    """Days that are named in it, read as past."""
    coming: tuple[Named, ...]
    """The same, read as lying ahead."""

    @property
    def holds(self) -> bool:
        """It is said as a fact, of now or of the past: not denied, not of the future, no "would"."""
        it = self.predicate
        return (not it.neg or it.over) and it.aux not in {"will", "would", "had", "did"}

    @property
    def bare(self) -> bool:
        """Said without a subject: "vegan since 2019"."""
        return self.predicate.bare and self.predicate.aux in {"been", ""}

    def aux(self, *which: Aux) -> bool:
        return self.predicate.aux in which

    def past(self, verb: str = "", *pasts: str) -> bool:
        """It is over: "used to", "was", or a past tense without a "have"."""
        it = self.predicate
        return it.over or it.aux == "was" or (it.aux == "" and bool(pasts) and verb.startswith(pasts))

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        return pattern.match(self.low, self.predicate.at, self.end)

    def cut(self, start: int, kind: str = "thing") -> Place | None:
        return cut(self.low, start, self._before_days(start), kind)

    def listed(self, start: int) -> list[Place]:
        return listed(self.low, start, self._before_days(start))

    def word(self, place: Place) -> str:
        return self.low[slice(*place)]

    def capital(self, place: Place) -> bool:
        return self.plain[place[0]].isupper()

    def _before_days(self, start: int) -> int:
        return min([self.end, *(day.start for day in self.days if day.start > start)])


Rule = Callable[[Told], Iterator[Said]]


def r(pattern: str) -> re.Pattern[str]:
    """Of small letters, as the clauses are read."""
    return re.compile(pattern)


AFTER = r"(?= *(?:$|[,.;!?()…\x01]|[-–—] |[\U0001F300-\U0001FAFF❤☺]|(?:at|for|in|by|and|but|from|too|now|here|there|with|on|who|these|so|lol|as|btw|tho|though|like|working|living|again|since|actually|haha|today|this|tbh|because|cuz|just|until|till|last|yesterday|ago|already|next|two|three|a|one|to|anymore|any more|any longer|when|while|after|before|which|that|where|every|or|soon|lately|recently|right now|for|and|at|if|though|too|all|as|due|my|in|on|of|than|so|very|no|though|i|we)\b))"
"""What may follow a noun that says all: the end, or a word that begins something else ("a nurse shark" is no nurse)."""
_HOUSE = r(rf"(?:the|an?|my|our) (?:[\w'-]+ ){{0,3}}?(?:{either(lex.DWELLINGS)})\b")
_SHOUTS = re.compile(r"(?<![.!?…\n] )(?<!^)\b(?!I\b|I')[A-Z][a-z]")
"""They write names with capitals: a small letter is then no name."""


def writes_small(told: Told) -> bool:
    """Whether a name may be in small letters, as they type."""
    return not _SHOUTS.search(told.plain)


_LETTERS = re.compile(r"[A-Z]{2,3}$")
_LANDS = frozenset({"la", "ny", "nyc", "dc", "uk", "us", "usa", "uae", "sf", "nz", "eu"})
"""Two or three capitals are more often a department than a country."""


def is_place(told: Told, place: Place, *, house: bool = False) -> bool:
    """`house`: whether "a small flat" will do."""
    words = told.word(place).split(" ")
    if words[0] in {"the", "a", "an", "my", "our"}:
        return house and bool(_HOUSE.match(told.low, *place))
    if words[0] in lex.NO_PLACES or not words[0][0].isalpha() or len(words) > 4:
        return False
    if told.capital(place):
        return words[0] in _LANDS or not _LETTERS.match(told.plain, *place)
    return not words[0].endswith("ing") and writes_small(told)
