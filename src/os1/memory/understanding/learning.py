"""What a person's remark states, by rules alone: "my sister Ana lives in Porto" is two facts, each with its quote.

A wrong fact is far worse than a missed one: nothing is taken from questions, wishes, jokes, hearsay and pasted texts,
nor from anything that no rule is sure of. English first: other languages state nothing here.
It does not know what was known before, nor whether a fact is new. No clock: days are resolved from the turn's own.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from datetime import date, tzinfo

from os1.events import Dated, Learned, Span
from os1.memory.records import Turn
from os1.memory.understanding.answers import answered
from os1.memory.understanding.commands import let_rest
from os1.memory.understanding.dates import Named, named
from os1.memory.understanding.lexicon import FIRST_NAMES, PETS, RELATIONS
from os1.memory.understanding.phrasings import (
    DENIALS,
    PLANS,
    STATEMENTS,
    WISHES,
    Said,
    Told,
    calendar,
    people,
)
from os1.memory.understanding.sentences import SOFT, Clause, Read, Sentence, read
from os1.memory.understanding.subjects import (
    ME,
    Predicate,
    Somebody,
    after_openers,
    agrees,
    elliptic,
    gender_of,
    is_name,
    predicate,
    subject,
)

READ = 12_000
"""Characters of one turn that are read, half as much again as the longest message: what is longer was not typed to
her, and the time this takes stays bounded."""
MOST = 24
"""Facts of one turn: nobody tells more of themself at once, and a text that seems to is no remark."""

_MENDS = re.compile(
    r"(?:(?:wait,? )?(?:no|nope|nah)(?:,|\.| wait,?| -)? (?=(?:i|i'm|im|it'?s|my|his|her|she|he|our|we|the name|that's)\b)|correction\b|(?:actually|sorry|oops|wait)?,? ?(?:i meant|i misspoke|i mistyped|"
    r"that was wrong|that'?s wrong|wrong)\b|(?:sorry|oops|whoops),? (?:i said|it'?s|its|my|typo|i'm|im)\b|i said .{1,30} but\b|actually,? (?:it'?s|its|my name)\b)"
)
_CONTRAST = re.compile(r",? (?:and )?not (?:in |at |a |an |the |from )?[\w' -]{1,30}?(?= *(?:$|[.!,)…]))")
_CHANGED = re.compile(
    r"\b(?:now|anymore|any more|moved|moving|started|just|got|new|these days|no longer|used to|since|not (?:yet|really|sure|that|so|only|even|very|"
    r"bad|long|far|great|much|just|my|too|because|for|to|with|me|today|many))\b"
)
_NOT_BUT = re.compile(
    r"(?:(?:no|nope|sorry|oops|actually|wait|correction|and|but),? )*(?:it'?s|its|that'?s|(?:her|his|the) name(?:'s| is)) (?P<new>[A-Z][\w-]+),? not (?P<old>[A-Z][\w-]+)\W*$",
    re.IGNORECASE,
)
_BEGAN = re.compile(
    r"\b(?:moved|relocated|emigrated|started|got|gotten|became|become|turned|joined|bought|adopted|went|landed|found|took|hired|diagnosed|married|"
    r"accepted|enrolled|rescued|inherited|broke|settled|promoted)\b"
)
_ENDED = re.compile(
    r"\b(?:quit|stopped|left|gave up|given up|sold|laid|fired|let go|sacked|came off|dropped|broke up|moved from|resigned|lost|no longer|anymore|gave away|"
    r"got rid|went off|from)\b"
)
_BLOTTED = re.compile(r"\s*\x01")
_WORDS = re.compile(r"[^\W\d_]+")
_PASTIME = re.compile(r"in (?:my|his|her) (?:free|spare) time,? ", re.IGNORECASE)


def learn(turn: Turn, zone: tzinfo, asked: str = "", known: Container[str] = ()) -> list[Learned]:
    """The facts that a turn of the person's states, in order; none for hers. `asked`: her words just before, in case
    theirs are only an answer: "Lisbon." `known`: names of those in their life, in small letters. Never raises; some 0.1 ms for a remark."""
    if turn.speaker != "person" or not turn.text:
        return []
    said_on = turn.at.astimezone(zone).date()
    reader = _Reader(turn, read(turn.text[:READ]), said_on, known)
    found = reader.facts()
    if not found and asked:
        found = [_answer(turn, fact) for fact in answered(turn.text[:READ], asked)]
    return [one for one in found if not only_a_home(one, found)][:MOST]


def only_a_home(fact: Learned, found: Sequence[Learned]) -> bool:
    """ "He has a new flat, in Cork" is where he lives, told once."""
    return (
        fact.what == "owns"
        and bool(_DWELLING.search(fact.value))
        and any(one.what == "lives_in" and one.about == fact.about for one in found)
    )


_DWELLING = re.compile(r"\b(?:flat|house|apartment|room|studio|place)$", re.IGNORECASE)


def _answer(turn: Turn, fact: tuple[str, str, tuple[int, int]]) -> Learned:
    about, what, (start, end) = fact
    return Learned(
        about=about,
        what=what,
        value=turn.text[start:end],
        quote=Span(seq=turn.seq, start=start, end=end),
        said=turn.at,
        sure=0.7,
    )


class _Reader:
    """One remark, sentence by sentence: "she" is whoever the words before were about."""

    def __init__(self, turn: Turn, text: Read, said_on: date, known: Container[str] = ()) -> None:
        self._turn = turn
        self._plain, self._low = text.plain, text.low
        self._sentences = text.sentences
        self._day = said_on
        self._known = known
        self._last: Somebody | None = None
        self._here: tuple[Sentence, Clause]
        self._found: dict[tuple[str, str, str, bool], Learned] = {}

    def facts(self) -> list[Learned]:
        before = 0
        for sentence in self._sentences:
            if len(self._found) >= MOST:
                break
            if self._low[before : sentence.start].strip(" \n.!;"):
                self._last = None  # a sentence between them was passed over: "she" may be anyone
            self._sentence(sentence)
            self._diary(sentence)
            before = sentence.end
        return list(self._found.values())

    def _sentence(self, sentence: Sentence) -> None:
        who: Somebody | None = None
        spoken_of: list[Somebody] = []
        self._here = sentence, sentence.clauses[0]
        if rest := let_rest(self._plain, sentence.start, sentence.end):
            self._add(ME, Said("boundary", rest, sure=0.85))
            return
        for clause in sentence.clauses:
            self._here = sentence, clause
            start = self._opened(clause)
            soft = bool(SOFT.search(self._low, clause.start, clause.end))
            if not soft:
                self._names(clause, start)
            who = self._clause(clause, start, who, soft=soft)
            if who and self._is_someone(who) and who.about not in {one.about for one in spoken_of}:
                spoken_of.append(who)
        if len(spoken_of) == 1:
            self._last = None if self._others(sentence, spoken_of[0]) else spoken_of[0]
        elif spoken_of or (who == ME and not sentence.clauses[0].goes_on):
            self._last = None if spoken_of else self._introduced(sentence)

    def _diary(self, sentence: Sentence) -> None:
        """ "Dentist, 14 March": a thing and a day, as in a diary."""
        start, end = after_openers(self._plain, sentence.start, sentence.end), sentence.end
        if SOFT.search(self._low, start, end):
            return
        self._here = sentence, Clause(sentence.start, sentence.end, goes_on=False)
        days = [
            day
            for day in _shifted(named(self._low[start:end], self._day, ahead=True), start)
            if day.kind == "at" and day.when.precision == "day" and day.last > self._day
        ]
        for said, day in calendar.planned(self._plain, start, end, days):
            if not any(fact.what in ("plans", "born") for fact in self._found.values()):
                self._add(ME, said, since=day.when)

    def _others(self, sentence: Sentence, who: Somebody) -> bool:
        """Whether someone else is named: after "Ana met Julia", "she" may be either."""
        of_who = {*who.about.lower().split(), *(who.kin[1].lower().split() if who.kin else ())}
        words = set(_WORDS.findall(self._low[sentence.start : sentence.end]))
        return bool((words & FIRST_NAMES | words & RELATIONS) - of_who)

    def _is_someone(self, who: Somebody) -> bool:
        """A word with a capital is a person if they are named so, or something was learned of them."""
        first = who.about.lower().split(" ")[0]
        return (
            first == "my"
            or first in FIRST_NAMES
            or any(fact.about == who.about for fact in self._found.values() if who.about)
        )

    def _introduced(self, sentence: Sentence) -> Somebody | None:
        """ "I have a sister, Ana. She ..." """
        known = [
            fact
            for fact in self._found.values()
            if fact.what == "is_your" and fact.quote and fact.quote.start >= sentence.start
        ]
        if len(known) != 1 or known[0].quote is None:
            return None
        at = self._low.find(known[0].value.lower(), known[0].quote.start)
        return Somebody(known[0].about, gender_of(known[0].value), None, (at, at + len(known[0].value)))

    def _opened(self, clause: Clause) -> int:
        """Past what only leads to it: "well, last week ..."."""
        at = after_openers(self._plain, clause.start, clause.end)
        for day in named(self._low[at : clause.end], self._day)[:1]:
            if day.start == 0 and at + day.end < clause.end and self._low[at + day.end] in " ,":
                at = after_openers(self._plain, at + day.end, clause.end)
                while at < clause.end and self._low[at] in " ,":
                    at += 1
        return at

    # --- one clause ---------------------------------------------------------------------------------------

    def _names(self, clause: Clause, start: int) -> None:
        for said in people.names(self._plain, self._low, start, clause.end):
            self._add(ME, said)
        for said in people.kin(self._plain, self._low, start, clause.end):
            self._add(ME, said)
        renamed = _NOT_BUT.match(self._plain, start, clause.end)
        if renamed and renamed["old"][0].isupper() and is_name(renamed["new"]) and is_name(renamed["old"]):
            self._add(ME, Said("name", renamed.span("new"), about=renamed["old"]), mends=True)
        called = people.THEIR_NAME.match(self._plain, start, clause.end)
        nameless = self._last and self._last.about.startswith("my ") and self._last.kin_at[1]
        if called and not called["kin"] and self._last and nameless and is_name(called["name"]):
            self._add(ME, Said("is_your", self._last.kin_at, about=called["name"]))

    def _clause(self, clause: Clause, start: int, before: Somebody | None, *, soft: bool) -> Somebody | None:
        """What it states; whom it is about, if anybody."""
        pastime = _PASTIME.match(self._plain, start, clause.end)
        start = pastime.end() if pastime else start
        if not soft and (my := people.MY.match(self._low, start, clause.end)):
            self._possessed(clause, my.end(), ME)
        found = self._subject(clause, start, before)
        if found is None:
            return None
        who, at, owns, bare = found
        if who.kin and not soft:
            self._add(ME, Said("is_your", who.kin_at, sure=0.85, about=who.kin[0]))
        if owns and not soft and self._possessed(clause, self._low.index("s", at) + 2, who):
            return who
        said_of = predicate(self._low, (at, clause.end), who)._replace(bare=bare)
        if agrees(who, said_of, self._low):
            told = self._told(said_of, clause.end)
            for said in self._said(told, pastime=bool(pastime), soft=soft):
                self._add(who, replace(said, sure=said.sure - 0.1 * bare), told)
        return who

    def _subject(
        self, clause: Clause, start: int, before: Somebody | None
    ) -> tuple[Somebody, int, bool, bool] | None:
        """Who, where the rest begins, whether an "'s" follows, and whether nobody is named at all."""
        last = before if before and before.about else self._last
        if found := subject(self._plain, start, clause.end, last, self._known):
            return *found, False
        if clause.goes_on and before:
            return before, start, False, False
        if not clause.goes_on and elliptic(self._low, start, clause.end):
            return ME, start, False, True
        return None

    def _possessed(self, clause: Clause, at: int, who: Somebody) -> bool:
        found = [*people.possessed(self._plain, self._low, at, clause.end)]
        for said in found:
            self._add(who, said)
        return bool(found)

    def _told(self, said_of: Predicate, end: int) -> Told:
        """With the days it names, read both as past and as ahead."""
        words = self._low[said_of.at : end]
        past = tuple(_shifted(named(words, self._day), said_of.at))
        coming = tuple(_shifted(named(words, self._day, ahead=True), said_of.at)) if past else ()
        return Told(self._plain, self._low, said_of, end, past, coming)

    def _said(self, told: Told, *, pastime: bool, soft: bool) -> Iterator[Said]:
        """What the rules find; a plan or a wish says nothing of now, and a losing is told once."""
        wishes = [said for rule in WISHES for said in rule(told)]
        if soft or wishes:
            return iter(wishes)
        if plans := [said for rule in PLANS for said in rule(told)]:
            return iter(plans)
        rules = (*STATEMENTS, *DENIALS) if told.holds else DENIALS
        found = [said for rule in rules for said in rule(told)]
        if pastime and told.aux("") and not told.predicate.neg and not found:
            found = [Said("habit", place)] if (place := told.cut(told.predicate.at)) else []
        left = any(said.what == "works_at" for said in found)
        return (said for said in found if not (left and said.what == "did"))

    # --- what it comes to -----------------------------------------------------------------------------------

    def _add(
        self,
        who: Somebody,
        said: Said,
        told: Told | None = None,
        *,
        mends: bool = False,
        since: Dated | None = None,
    ) -> None:
        sentence, clause = self._here
        about = who.about if said.about is None else said.about
        start, end = said.value
        value = said.reads or self._turn.text[start:end]
        if (
            _BLOTTED.match(self._plain, end)
            or "\x01" in self._plain[start:end]
            or not value.strip()
            or (said.what == "owns" and value.lower() in PETS)
        ):
            return
        whole = sentence.end - sentence.start <= 240
        begins, ends = (sentence.start, sentence.end) if whole else (clause.start, clause.end)
        began, until = self._times(said, clause, told)
        mends = mends or self._mends(sentence, said)
        key = (about, said.what, value.lower(), said.over)
        if key in self._found:
            return
        self._found[key] = Learned(
            about=about,
            what=said.what,
            value=value,
            quote=Span(seq=self._turn.seq, start=min(begins, start), end=max(ends, end)),
            said=self._turn.at,
            since=since or began,
            until=until,
            over=said.over,
            mends=mends and not said.over,
            sure=round(min(0.9, max(0.5, said.sure)), 2),
        )

    def _mends(self, sentence: Sentence, said: Said) -> bool:
        words = self._low[sentence.start : sentence.end]
        if said.what in {"did", "plans"} or _CHANGED.search(words):
            return False
        return bool(_MENDS.match(words) or _CONTRAST.match(self._low, said.value[1], sentence.end))

    def _times(self, said: Said, clause: Clause, told: Told | None) -> tuple[Dated | None, Dated | None]:
        """From when and until when, as far as it was said."""
        if not told:
            return None, None
        if said.ahead:
            coming = (
                day.when for day in told.coming if day.kind in {"at", "since"} and day.last >= self._day
            )
            return next(coming, None), None
        if not said.begins:
            return None, None
        words = self._low[clause.start : clause.end]
        found: dict[str, Dated] = {}
        for day in named(words, self._day):
            if day.kind != "at" or day.when.day <= self._day:
                found.setdefault(day.kind, day.when)
        if said.over:
            return found.get("since"), found.get("until") or (
                found.get("at") if _ENDED.search(words) else None
            )
        lasting = found.get("for") if told.aux("have", "been") else None
        began = found.get("at") if said.what == "did" or _BEGAN.search(words) else None
        return found.get("since") or lasting or began, None


def _shifted(days: list[Named], by: int) -> Iterator[Named]:
    return (day._replace(start=day.start + by, end=day.end + by) for day in days)
