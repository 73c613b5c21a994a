"""What the marks of the tagger come to: facts with their quotes, what ends or puts right what is known, what a question asks.

Code decides; the model only points at words. Of its marks nothing counts that it is not sure of, that belongs to nobody
known, or that a rule has read already. English; pure. It does not know how marks are found.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from os1.events import Dated, Learned, Settled, Span
from os1.memory.knowledge import Fact, Knowledge, plain
from os1.memory.records import Turn
from os1.memory.slots import slot_of
from os1.memory.understanding.dates import named
from os1.memory.understanding.lexicon import PETS, RELATIONS, each
from os1.memory.understanding.sentences import UNREAL, read
from os1.memory.understanding.subjects import is_name
from os1.memory.understanding.tagger import READ, Mark, Tagged, ends

SURE = 0.6
"""From which marks count as facts. Lower finds more and errs more: chosen on the phrasings the rules were written for."""
MOST = 12
"""Facts of one turn."""
HISTORY_FROM = 0.8
"""What was over before she ever heard of it is only told as history by somebody very plain."""

_FAMILIES = (
    frozenset({"likes", "hobby", "plays", "habit", "learns", "favourite", "owns", "eats"}),
    frozenset({"works_as", "works_at"}),
    frozenset({"studies", "studies_at", "learns"}),
    frozenset({"has_health", "allergic_to", "takes", "fears", "dislikes"}),
    frozenset({"plans", "wants"}),
)
"""Kinds between which people do not tell: what is ended as the one may be known as the other."""
_PRONOUNS = each("he she they him her them his hers their it")
ME_WORDS = each("i we me us my our myself")
_POINTS = each(
    """job it place there that this one work course degree home flat room house apartment lease company
    firm notice gig position role post contract career trade diet boss studies uni university"""
)
"""Words that stand for whatever was known: "handed in my notice"."""
_ARTICLE = re.compile(r"\b(?:an?|the|some|two|three) $", re.IGNORECASE)
_WITH_ARTICLE = frozenset({"works_as", "owns", "has_health", "wants", "learns"})
_BEGAN = re.compile(
    r"\b(?:since|began|begun|started|joined|moved|became|bought|got|adopted|met|took up|taken up|switched|as of|landed|found|"
    r"diagnosed|signed|got into|new|first)\b"
)


@dataclass(frozen=True, slots=True)
class _Text:
    turn: Turn
    low: str
    day: date
    marks: Sequence[Mark]
    cuts: Sequence[int]
    """Where its sentences begin, and the end."""

    def words(self, mark: Mark) -> str:
        return self.turn.text[mark.start : mark.end]

    def sentence(self, mark: Mark) -> tuple[int, int]:
        """Where the sentence begins and ends that a mark stands in."""
        start = self.cuts[bisect_right(self.cuts, mark.start) - 1]
        end = self.cuts[bisect_left(self.cuts, mark.end)]
        return start, start + len(self.low[start:end].rstrip())


def stated(
    turn: Turn, tagged: Tagged, zone: tzinfo, knowledge: Knowledge, found: Sequence[Learned] = ()
) -> list[Learned | Settled]:
    """Facts that a turn of the person's states beyond `found`, which the rules read. Nothing of a question."""
    if turn.speaker != "person" or tagged.mode != "none" or not tagged.marks:
        return []
    own = read(turn.text[:READ]).plain  # what is not their own word is blotted out
    trimmed = (_trimmed(turn.text, mark) for mark in tagged.marks)
    marks = [mark for mark in trimmed if mark and "\x01" not in own[mark.start : mark.end]]
    day = turn.at.astimezone(zone).date()
    text = _Text(turn, turn.text.lower(), day, marks, ends(turn.text))
    put_right = {one.what for one in found if one.mends}
    events: list[Learned | Settled] = []
    for mark in marks:
        if mark.slot in ("who", "kind", "value") or mark.sure < SURE or mark.slot in put_right:
            continue
        if not _plain(text, mark, found):
            continue
        if any(_read_already(text.words(mark), one) for one in found):
            continue
        if (about := _owner(text, mark)) is not None and (what := _what(text, mark)):
            events += _said(text, mark, about, what, knowledge)
    return [*_unique(events)][:MOST]


def _plain(text: _Text, mark: Mark, found: Sequence[Learned]) -> bool:
    """Whether its sentence says such a thing plainly, and of whom."""
    start, end = text.sentence(mark)
    words = text.low[start:end]
    if UNREAL.search(words) or (mark.slot in ("habit", "hobby") and _AHEAD.search(words)):
        return False
    if mark.slot == "born":
        return bool(re.search(r"\d", text.words(mark))) and not any(one.what == "plans" for one in found)
    if mark.owner != "me":
        return True
    own = _FIRST_PERSON.search(words)
    anything = _IT_IS.match(words) and mark.slot.startswith("favourite")  # "it's beige"
    return bool(own) or not (anything or _THIRD_PERSON.search(words))


_IT_IS = re.compile(r"(?:it|that)(?:['’]?s| is) [\w ]+\W*$")
_AHEAD = re.compile(r"\b(?:gonna|going to|about to|i'?ll|will|tonight|later)\b")
_FIRST_PERSON = re.compile(r"\b(?:i|i'm|i’m|im|my|me|we|our)\b(?! (?:said|meant|wrote|told|never said))")
_THIRD_PERSON = re.compile(r"\b(?:he|she|his|her|him|they|their)\b")


def _trimmed(text: str, mark: Mark) -> Mark | None:
    """A value without what only leads to it; nothing where only that is marked. People stay as they are."""
    if mark.slot == "who":
        return mark
    words = [*re.finditer(r"\w[^\s,;:!?\"“”()]*", text[mark.start : mark.end])]
    while words and words[-1][0].lower() in _LEADS:
        words.pop()
    while words and words[0][0].lower() in _LEADS:
        words.pop(0)
    if not words or words[-1].end() - words[0].start() < SHORTEST:
        return None
    end = words[-1].start() + len(re.sub(r"['’]s$", "", words[-1][0]))
    return mark._replace(start=mark.start + words[0].start(), end=mark.start + end)


SHORTEST = 2
"""Characters of a value."""
_LEADS = each("a an the of to with in at on for from and or as is was my our s")


def _unique(events: Iterable[Learned | Settled]) -> Iterable[Learned | Settled]:
    return {repr(one): one for one in events}.values()


def _read_already(value: str, one: Learned) -> bool:
    return alike(value, one.value) or (one.what == "is_your" and alike(value, one.about))


def alike(one: str, other: str) -> bool:
    """The words of the one are among those of the other."""
    some, others = (set(plain(text).split()) - _LIGHT for text in (one, other))
    return bool(some and others) and (some <= others or others <= some)


_LIGHT = each("a an the my our some of in at to for with on")


# --- whom and what ------------------------------------------------------------------------------------------


def _owner(text: _Text, mark: Mark) -> str | None:
    """Whom it is about, as they are called; empty for the person; None for nobody who is known."""
    if mark.owner == "me":
        return ""
    people = [one for one in text.marks if one.slot == "who" and one.sure >= SURE_WHO]
    before = [one for one in people if one.end <= mark.start]
    after = [one for one in people if one.start >= mark.end]
    near = before[-1:] if mark.owner == "before" else after[:1]
    if not near:
        named_ = _NAMED_NEXT.match(text.turn.text, mark.end) if mark.owner == "next" else None
        return called(named_["name"]) if named_ and is_name(named_["name"]) else None
    return called(text.words(near[0]), [text.words(one) for one in before[:-1]])


_NAMED_NEXT = re.compile(r",? (?:called |named )?(?P<name>[A-Z][\w'-]+)")
SURE_WHO = 0.5
"""From which a person counts who is named, and what is said not to be so."""


def called(words: str, earlier: Sequence[str] = ()) -> str | None:
    """Whom these words mean: empty for the person, a name, or "my sister". `earlier`: those named before, of whom "she" is
    the last; None where there is none."""
    low = words.lower().strip()
    if low in ME_WORDS:
        return ""
    if low in _PRONOUNS:
        named_ = [one for one in earlier if one.lower() not in _PRONOUNS | ME_WORDS]
        return called(named_[-1]) if named_ else None
    bare = re.sub(r"['’]s?$", "", " ".join(words.split()))
    first, *rest = bare.split(" ")
    if first.lower() not in ("my", "our"):
        return bare if bare[:1].isupper() else bare.title()
    last = rest[-1] if rest else ""
    if len(rest) > 1 and last.lower() not in RELATIONS | PETS:
        return last if last[:1].isupper() else last.title()
    return f"my {' '.join(rest).lower()}" if rest else None


def _what(text: _Text, mark: Mark) -> str:
    if mark.slot == "favourite":
        start, end = text.sentence(mark)
        kinds = [
            text.words(one).lower() for one in text.marks if one.slot == "kind" and start <= one.start < end
        ]
        return f"favourite:{kinds[0].split()[-1]}" if kinds else ""
    return mark.slot.replace("favourite_", "favourite:")


# --- what is said of it -------------------------------------------------------------------------------------


def _said(
    text: _Text, mark: Mark, about: str, what: str, knowledge: Knowledge
) -> Iterator[Learned | Settled]:
    match mark.status:
        case "now":
            yield from _holds(text, mark, about, what, knowledge)
        case "over":
            yield from _ended(text, mark, about, what, knowledge)
        case "not":
            instead = any(one.slot == mark.slot and one.status == "now" for one in text.marks)
            for fact in [] if instead else _known(about, what, _value(text, mark, what), knowledge):
                yield Settled(fact=fact.id, how="wrong")


def _holds(text: _Text, mark: Mark, about: str, what: str, knowledge: Knowledge) -> Iterator[Learned]:
    value = _value(text, mark, what)
    if (what == "is_your" and not _named(about)) or len(value.split()) < WORDS.get(what, 1):
        return
    if mistaken := _mistaken(text, mark):
        yield from _instead(text, mark, mistaken, about, what, value, knowledge)
        return
    kind, value = _as_known(about, what, value, knowledge)
    yield _learned(text, mark, about, kind, value)
    for fact in knowledge.now(about, _OPPOSITE.get(what, "")):
        if alike(fact.value, value):
            yield _learned(text, mark, fact.name, fact.what, fact.value, over=True)


def _ended(text: _Text, mark: Mark, about: str, what: str, knowledge: Knowledge) -> Iterator[Learned]:
    value = _value(text, mark, what)
    ended = _meant(about, what, value, knowledge)
    for fact in ended:
        yield _learned(text, mark, fact.name, fact.what, fact.value, over=True)
    history = mark.sure >= HISTORY_FROM and what not in ("plans", "is_your") and not _points(value)
    if not ended and history:
        yield _learned(text, mark, about, what, value, over=True)


def _as_known(about: str, what: str, value: str, knowledge: Knowledge) -> tuple[str, str]:
    """Said again in other words it is still the same thing: a pastime that is liked, a plan that is put off."""
    if what not in _AGAIN:
        return what, value
    again = [fact for fact in _known(about, what, value, knowledge) if fact.what in _AGAIN]
    return (again[0].what, again[0].value) if again else (what, value)


_AGAIN = frozenset({"likes", "hobby", "plays", "habit", "learns", "plans"})
_OPPOSITE = {"likes": "dislikes", "dislikes": "likes"}
WORDS = {"believes": 3, "habit": 2}
"""How many words it takes to say such a thing."""


def _named(about: str) -> bool:
    return bool(about) and not about.startswith("my ")


def _value(text: _Text, mark: Mark, what: str) -> str:
    article = _ARTICLE.search(text.turn.text[: mark.start]) if what in _WITH_ARTICLE else None
    return text.turn.text[article.start() if article else mark.start : mark.end].strip(" .,;:!?\"'“”")


def _points(value: str) -> bool:
    """Whether it names nothing, and stands for what is known."""
    return not set(plain(value).split()) - _LIGHT - _POINTS


def _known(about: str, what: str, value: str, knowledge: Knowledge) -> list[Fact]:
    """What holds of them with such a value: in this slot, else in one people hardly tell from it."""
    own = knowledge.now(about, what)
    if same := [fact for fact in own if alike(fact.value, value)]:
        return same
    family = next((some for some in _FAMILIES if what in some), frozenset[str]())
    near = [one for one in knowledge.whats(about) if one.partition(":")[0] in family and one != what]
    return [fact for one in near for fact in knowledge.now(about, one) if alike(fact.value, value)]


def _meant(about: str, what: str, value: str, knowledge: Knowledge) -> list[Fact]:
    """What ends with these words."""
    if what == "is_your":
        return [
            fact
            for fact in knowledge.now(about, "is_your")
            if _named(about) and fact.about == knowledge.people.who(about)
        ]
    if known := _known(about, what, value, knowledge):
        return known
    if not about and (
        named_ := [fact for fact in knowledge.now(knowledge.people.who(value), "is_your") if value]
    ):
        return named_  # "no more Misu": a pet or a love by name
    return knowledge.now(about, what) if slot_of(what).one and _points(value) else []


def _mistaken(text: _Text, mark: Mark) -> Mark | None:
    """The mark of "not so" of the same kind that stands beside it."""
    beside = [
        one for one in text.marks if one.status == "not" and one.slot == mark.slot and one.sure >= SURE_WHO
    ]
    return beside[0] if beside else None


def _instead(  # noqa: PLR0913
    text: _Text, mark: Mark, mistaken: Mark, about: str, what: str, value: str, knowledge: Knowledge
) -> Iterator[Learned]:
    """What takes the place of what was said in error. Of whom that was tells whose it is; a name put right is theirs."""
    wrong = text.words(mistaken)
    if what == "name" and not about:
        for fact in knowledge.timeline(knowledge.people.who(wrong), "is_your"):
            yield _learned(text, mark, value, "is_your", fact.value, mends=True, replaces=fact.id)
        if not any(alike(fact.value, wrong) for fact in knowledge.now("", "name")):
            return
    known = _known(about, what, wrong, knowledge)
    if not known and not about:
        known = [fact for key in knowledge.known_people() for fact in _known(key, what, wrong, knowledge)]
    if known:
        yield _learned(text, mark, known[-1].name, what, value, mends=True, replaces=known[-1].id)
    elif about or _FIRST_PERSON.search(text.low, *text.sentence(mark)):
        yield _learned(text, mark, about, what, value, mends=True)


def _learned(  # noqa: PLR0913
    text: _Text,
    mark: Mark,
    about: str,
    what: str,
    value: str,
    *,
    over: bool = False,
    mends: bool = False,
    replaces: int | None = None,
) -> Learned:
    start, end = text.sentence(mark)
    since, until = _times(text, start, end, what, over=over)
    return Learned(
        about=about,
        what=what,
        value=value,
        quote=Span(seq=text.turn.seq, start=start, end=end),
        said=text.turn.at,
        since=since,
        until=until,
        over=over,
        mends=mends and not over,
        replaces=replaces,
        sure=round(0.5 + 0.35 * mark.sure, 2),
    )


def _times(text: _Text, start: int, end: int, what: str, *, over: bool) -> tuple[Dated | None, Dated | None]:
    """From when, and until when, as far as one day is named beside it."""
    words = text.low[start:end]
    days = [*named(words, text.day, ahead=what == "plans")]
    if what == "plans":
        coming = [day.when for day in days if day.kind in ("at", "since") and day.last >= text.day]
        return (coming[-1] if coming and not over else None), None
    gone = [day for day in days if day.when.day <= text.day and day.kind != "until"]
    if len(gone) != 1 or what in ("born", "age", "name"):
        return None, None
    day = gone[0]
    if over:
        return None, day.when if day.kind == "at" else None
    return (day.when if day.kind in ("since", "for") or _BEGAN.search(words) else None), None
