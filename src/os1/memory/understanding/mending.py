"""What a remark changes of what is already known: "wait no, peanuts, not walnuts", "the dentist is off", "sold the banjo".

The rules that read a remark by itself cannot know what "walnuts" was said of. Here each remark is held against what
holds now: which known thing does it name, and does it put it right, end it, or move its day. English; pure.
It does not know how facts are first learned (`learning` does), nor writes anything.
"""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, tzinfo
from typing import NamedTuple

from os1.events import Dated, Learned, Span
from os1.memory.knowledge import Fact, Knowledge, plain
from os1.memory.people import SELF, key_of, relation
from os1.memory.records import Turn
from os1.memory.understanding.dates import named
from os1.memory.understanding.lexicon import PETS
from os1.memory.understanding.sentences import read
from os1.memory.understanding.subjects import is_name

LONGEST = 400
"""Characters of a remark that is held against what is known: what changes a fact is said shortly."""

_PAIR = r"(?P<new>[^,.:;!?*\n]{2,60}?)"
_OLD = r"(?P<old>[^,.:;!?*\n]{2,40}?)"
_CLOSE = r"(?= *(?:$|[,.!;?\n]| (?:like|as) i (?:said|told|wrote)\b| (?:either|at all|my bad|sorry)\b))"
_CONTRASTS = tuple(
    re.compile(pattern.replace("<NEW>", _PAIR).replace("<OLD>", _OLD).replace("<END>", _CLOSE), re.IGNORECASE)
    for pattern in (
        r"<NEW>,? (?:and |and it's |it's )?not <OLD><END>",
        r"\bno[,.!] (?:it'?s |wait,? )?<NEW>[,.!] (?:never|not) <OLD><END>",
        r"\bit'?s <NEW>[,.] i never said <OLD><END>",
        r"\bi never said <OLD>[,.] (?:it'?s|it is|it was) <NEW><END>",
        r"\bi(?:'ve| have)? (?:said|told you|wrote|mentioned) <OLD>,?(?: but| and)? (?:it'?s|it is|i meant|meant) (?:actually |really )?<NEW><END>",
        r"<NEW> is right,? (?:and )?<OLD> (?:isn'?t|is not|is wrong|was wrong)",
        r"\b(?:you keep (?:writing|saying|calling \w+|spelling it)|(?:it'?s|it is|that'?s) not|it isn'?t|forget) <OLD>,.{0,40}?\bit'?s <NEW><END>",
        r"\b(?:i meant|make that|should be|read) <NEW>,? (?:instead of|rather than) <OLD><END>",
    )
)
"""Ways to say that one thing takes the place of another, which was never so."""
_LEAD = re.compile(r"^.*\b(?:is|are|was|it'?s|its|i meant|meant|no|actually|sorry|said|wrong)\b[ ,]*|^(?:wait|no|it'?s|i'?m|i am|s?he'?s|they'?re|oh|sorry|actually|and|but|a|an)\b[ ,]*", re.IGNORECASE)  # fmt: skip
_OF = re.compile(
    r"\b(?P<who>(?:my|our) [\w-]+(?: [\w-]+)?|[^\W\d_][\w-]*)'s (?P<topic>[a-z]+)\b", re.IGNORECASE
)
_TOPICS = {
    "city": "lives_in", "town": "lives_in", "home": "lives_in", "job": "works_as", "profession": "works_as",
    "employer": "works_at", "company": "works_at", "workplace": "works_at", "allergy": "allergic_to",
    "birthday": "born", "age": "age", "diet": "eats",
}  # fmt: skip
_ARTICLE = re.compile(r"\ban? $", re.IGNORECASE)
_BIRTHDAY = re.compile(r"\b(?:birthday|born|bday|b-day)\b")
_MOMENT = re.compile(r"\b(?:now|any ?more|these days|since|used to|yet|just|only|sure|really|so)\b")
"""A change or a mood and no mistake: "I study law now, not physics"."""

_OPEN = re.compile(
    r"\b(?:if|will|'ll|going to|gonna|want(?:s|ed)? to|might|may|maybe|should|could|would|wish|thinking of|hope|hopefully|"
    r"almost|nearly|about to|until|unless|before|wonder|dream\w*|imagine)\b|\?"
)
_DENIED = re.compile(r"\b(?:not|never|isn'?t|didn'?t|hasn'?t|haven'?t|won'?t|wasn'?t)\b")
_ENDS: tuple[tuple[frozenset[str], re.Pattern[str]], ...] = tuple(
    (frozenset(whats.split()), re.compile(rf"\b(?:{words})\b"))
    for whats, words in (
        ("plans", "cancell?ed|called off|is off|are off|over|done|(?:just |home |got |am |i'?m )back from|survived|fell through|went (?:ok|okay|fine|well|great|badly|better)|behind me|finished|not happening|scrapped|bailed on|skipped|made it through|(?:not|n'?t) going to happen"),
        ("has_health allergic_to", "gone|any ?more|any longer|no longer|cured|healed|cleared up|grew out of|grown out of|over|got rid of|disappeared|outgr(?:ew|own)"),
        ("likes favourite", "gone off|went off|used to|no longer|any ?more|tired of|over|can'?t stand|can'?t see"),
        ("dislikes fears", "used to|no longer|any ?more|came round to|grown to (?:like|love)"),
        ("hobby plays learns habit likes takes", "gave up|given up|done with|quit|stopped|no longer|any ?more|dropped|packed in|used to|that'?s over"),
        ("owns", "sold|any ?more|gave away|given away|got rid of|stolen|no longer|donated|scrapped"),
        ("speaks", "forgotten|any ?more|no longer"),
    )
)  # fmt: skip
"""What ends each kind of thing, said in the same sentence as the thing."""
_HATES = re.compile(r"\b(?:can'?t stand|hate|despise|loathe|can'?t bear|gone off|went off|makes? me sick)\b")
_PET_ENDS = re.compile(
    r"\b(?:died|passed away|is gone|put (?:him|her|it) down|put to sleep|rehomed|is dead|crossed the)\b"
)
_LOVE_ENDS = re.compile(r"\b(?:broke up|broken up|split up|left me|moved out|not together|no longer together|dumped|divorced?|are done|is over|my ex|ended (?:it|things)|separated)\b")  # fmt: skip
_LOVES = frozenset({"partner", "husband", "wife", "girlfriend", "boyfriend", "fiance", "fiancee"})
_ONE_AT_A_TIME = ("boss",)
"""Relations of which a new one ends the old."""
_NEW_MIND = re.compile(r"\b(?:chang(?:ed|ing) my mind|change of heart|(?:was|been) wrong|used to (?:think|say|believe)|came round|come round|not so sure any ?more|after all|these days|no longer|any ?more|now i)\b")  # fmt: skip


class _Remark(NamedTuple):
    turn: Turn
    low: str
    day: date


def mended(turn: Turn, zone: tzinfo, knowledge: Knowledge, found: Sequence[Learned]) -> list[Learned]:
    """`found`, what the remark says by itself, with what it changes of what is known. Some 0.2 ms for 500 facts."""
    if turn.speaker != "person" or not turn.text.strip() or len(turn.text) > LONGEST:
        return [*found]
    text = read(turn.text)
    remark = _Remark(turn, text.low, turn.at.astimezone(zone).date())
    now = [fact for fact in knowledge.facts() if fact.state == "now"]
    put_right = [*_put_right(remark, knowledge, now)]
    if put_right:
        values = {plain(one.value) for one in put_right}
        return [*(one for one in found if plain(one.value) not in values and not one.mends), *put_right]
    ended = [*_ended(remark, now)]
    moved = [*_moved(remark, now)] if not ended else []
    over = {(one.what, plain(one.value)) for one in [*ended, *moved]}
    kept = [one for one in found if (one.what, plain(one.value)) not in over or one.over]
    if moved:
        kept = [one for one in kept if one.what != "plans"]
    return [*_unique([*kept, *ended, *moved])]


def _unique(some: Iterable[Learned]) -> list[Learned]:
    return [*{(key_of(one.about), one.what, plain(one.value), one.over): one for one in some}.values()]


# --- put right ----------------------------------------------------------------------------------------------


def _put_right(remark: _Remark, knowledge: Knowledge, now: Sequence[Fact]) -> Iterator[Learned]:
    text = remark.turn.text.replace("’", "'")
    if "?" in text.split(",")[0] and "remember" not in remark.low:
        return
    if not _BIRTHDAY.search(remark.low):  # a day that was wrong is the day of something planned
        now = [fact for fact in now if fact.what != "born"]
    for pattern in _CONTRASTS:
        for match in pattern.finditer(text):
            of = _OF.search(text[: match.end()])
            about = knowledge.people.who(of["who"]) if of and of["topic"].lower() in _TOPICS else None
            topic = _TOPICS[of["topic"].lower()] if of and about is not None else ""
            start, end = _bare(text, *match.span("new"))
            old = match["old"].strip()
            if end - start < 2 or plain(old) == plain(text[start:end]):
                continue
            fact = _meant(old, now, about, topic)
            if fact is None and topic and of:
                yield _learned(remark, of["who"], topic, text[start:end], mends=True)
                return
            if fact and not _MOMENT.search(match[0].lower()):
                article = (
                    _ARTICLE.search(text[:start]) if _ARTICLE.match(f"{fact.value.split()[0]} ") else None
                )
                yield _instead(remark, fact, old, text[article.start() if article else start : end])
                return


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Past "wait no, it's"; a date and a name stay whole."""
    start += len(text[start:end]) - len(text[start:end].lstrip())
    while lead := _LEAD.match(text[start:end]):
        if lead.end() == 0 or lead.end() >= end - start:
            break
        start += lead.end()
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip(" *'\"")), start + len(piece.rstrip(" '\""))


def _meant(old: str, now: Sequence[Fact], about: str | None, topic: str) -> Fact | None:
    """The fact whose value was said in error, the last said if there are several; or who was called so."""
    wanted = plain(old)
    some = [
        fact
        for fact in now
        if (
            plain(fact.value) == wanted
            or (fact.what == "is_your" and key_of(fact.name) == key_of(old))
            or (fact.what == "works_as" and plain(fact.value).endswith(f" {wanted}"))
        )
        and (not about or fact.about == about)
        and (not topic or fact.what == topic)
        and fact.what != "plans"
    ]
    return max(some, key=lambda fact: fact.said, default=None)


def _instead(remark: _Remark, fact: Fact, old: str, new: str) -> Learned:
    if fact.what == "is_your" and key_of(fact.name) == key_of(old) and is_name(new):
        return _learned(remark, new, "is_your", fact.value, mends=True, replaces=fact.id)
    return _learned(remark, fact.name, fact.what, new, mends=True, replaces=fact.id)


# --- ended and moved ----------------------------------------------------------------------------------------


def _ended(remark: _Remark, now: Sequence[Fact]) -> Iterator[Learned]:
    for start, end in _sentences(remark.low):
        words = remark.low[start:end]
        if _OPEN.search(words):
            continue
        held = f" {plain(words)} "
        for fact in now:
            if _ends(fact, words, held):
                yield _learned(remark, fact.name, fact.what, fact.value, over=True)
                if fact.what == "likes" and _HATES.search(words):
                    yield _learned(remark, fact.name, "dislikes", fact.value)


def _ends(fact: Fact, words: str, held: str) -> bool:
    if fact.what == "is_your":
        if f" {key_of(fact.name)} " not in held:
            return False
        kin = relation(fact.value)
        ends = _PET_ENDS if kin in PETS else _LOVE_ENDS if kin in _LOVES else None
        return bool(ends and ends.search(words))
    if fact.about != SELF or f" {plain(fact.value)} " not in held:
        return False
    for whats, pattern in _ENDS:
        if fact.what in whats and (found := pattern.search(words)):
            denies = (
                found[0] in ("any more", "anymore", "any longer") or "n't" in found[0] or "not" in found[0]
            )
            return denies or not _DENIED.search(words) or "any more" in words or "anymore" in words
    return False


def _sentences(low: str) -> list[tuple[int, int]]:
    """Where each of its sentences begins and ends."""
    cuts = [0, *(match.end() for match in re.finditer(r"[.!?…\n]+\s+", low)), len(low)]
    return [(start, end) for start, end in itertools.pairwise(cuts) if end > start]


def _moved(remark: _Remark, now: Sequence[Fact]) -> Iterator[Learned]:
    """A plan that is known gets another day."""
    held = f" {plain(remark.low)} "
    plans = [fact for fact in now if fact.what == "plans" and f" {plain(fact.value)} " in held]
    if not plans or "?" in remark.low:
        return
    fact = max(plans, key=lambda fact: (len(fact.value), fact.said))
    when = _day(remark)
    if when and when != fact.since:
        yield _learned(remark, fact.name, "plans", fact.value, since=when)


def _day(remark: _Remark) -> Dated | None:
    """The day that is meant: not the one that is denied, nor the one said before."""
    days = [
        day
        for day in named(remark.low, remark.day, ahead=True)
        if day.kind in ("at", "until") and day.when.precision == "day" and day.last >= remark.day
    ]
    kept = [day for day in days if not _NOT_THEN.search(remark.low[: day.start])]
    return kept[-1].when if kept else None


_NOT_THEN = re.compile(r"\b(?:not|instead of|rather than)(?: on)? *$")


# --- what follows -------------------------------------------------------------------------------------------


def followed(turn: Turn, knowledge: Knowledge, found: Sequence[Learned]) -> list[Learned]:
    """What ends because of what is new in `found`: a new boss ends the old one, a new mind the old opinion."""
    remark = _Remark(turn, turn.text.lower(), turn.at.date())
    new = [one for one in found if not one.over and one.what in ("is_your", "believes")]
    return [*_unique(ended for one in new for ended in _gone_with(remark, one, knowledge))]


def _gone_with(remark: _Remark, new: Learned, knowledge: Knowledge) -> Iterator[Learned]:
    if new.what == "believes" and _NEW_MIND.search(remark.low):
        for fact in knowledge.now(SELF, "believes"):
            if not new.about and _same_topic(fact.value, new.value):
                yield _learned(remark, "", "believes", fact.value, over=True)
    if new.what != "is_your" or (group := _group(new.value)) is None:
        return
    for key in knowledge.known_people():
        for fact in knowledge.now(key, "is_your"):
            other = knowledge.people.who(fact.name) != knowledge.people.who(new.about)
            if other and _group(fact.value) == group and not fact.name.startswith("my "):
                yield _learned(remark, fact.name, "is_your", fact.value, over=True)


def _group(kin: str) -> str | None:
    """What one has one of at a time: a boss, and a love."""
    plain_kin = relation(kin)
    return "love" if plain_kin in _LOVES else plain_kin if plain_kin in _ONE_AT_A_TIME else None


def _same_topic(one: str, other: str) -> bool:
    """They share a word of some weight."""
    some, others = (
        {word.rstrip("s") for word in plain(text).split() if len(word) > 3 and word not in _LIGHT}
        for text in (one, other)
    )
    return one != other and bool(some & others)


_LIGHT = frozenset(
    {"should", "there", "something", "people", "that", "than", "more", "with", "from", "best", "thing"}
)


def _learned(  # noqa: PLR0913
    remark: _Remark,
    about: str,
    what: str,
    value: str,
    *,
    over: bool = False,
    mends: bool = False,
    replaces: int | None = None,
    since: Dated | None = None,
) -> Learned:
    turn = remark.turn
    stretch = turn.text.rstrip()
    return Learned(
        about=about,
        what=what,
        value=value.strip(),
        quote=Span(seq=turn.seq, start=0, end=len(stretch)),
        said=turn.at,
        since=since,
        over=over,
        mends=mends,
        replaces=replaces,
        sure=0.8,
    )
