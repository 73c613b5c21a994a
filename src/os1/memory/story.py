"""Our story: what she knows of one person, kept up with the log; and what the person may do with it.

Use: `await open()` once, then `take` whatever happened. Everything else asks, or writes exactly once before it returns.
It does not know how facts are drawn from words, who asks, nor how answers are put.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import Protocol

from os1.clock import Clock
from os1.errors import BadInput
from os1.events import (
    Chaptered,
    Dated,
    Event,
    Forgot,
    Happened,
    Learned,
    Merged,
    Parted,
    Said,
    Settled,
    Span,
)
from os1.memory.answering import answer
from os1.memory.archive import Archive, turn_of
from os1.memory.finding.index import PAUSE
from os1.memory.finding.words import read
from os1.memory.finding.words import words as words_of
from os1.memory.forgetting import DERIVED, SPOKEN, Concern, Plan, Wish, plan, repeated
from os1.memory.knowledge import Fact, Knowledge
from os1.memory.people import key_of
from os1.memory.quotes import Quote, all_quoted, quoted
from os1.memory.records import Learnt, Turn
from os1.memory.slots import SLOTS
from os1.memory.understanding.asking import Asked
from os1.memory.understanding.questions import asked_for
from os1.memory.understanding.tagger import NOTHING, Tagged
from os1.store.base import Log

KINDS = ("learned", "settled", "merged", "parted", "forgot", "chaptered", "dreamt")
"""What her knowledge is made of."""
AT_ONCE = 1000
LONGEST_VALUE, LONGEST_CHAPTER = 300, 8_000
"""Characters of what a person may write into the story."""


class Writer(Protocol):
    """Whoever writes the log: all of these or none, and `take` is told of them."""

    async def __call__(self, *events: Event) -> list[Happened]: ...


@dataclass(frozen=True, slots=True)
class Receipt:
    """That something was forgotten, and what was found of it afterwards."""

    said: int
    facts: int
    chapters: int
    residue: int
    """Places in the files on disk where any of the sentences can still be found: 0, or she must say so."""
    happened: tuple[Happened, ...]


class Story:
    """One person's."""

    def __init__(self, store: Log, archive: Archive, clock: Clock, zone: tzinfo, write: Writer) -> None:
        self.knowledge = Knowledge(store.companion)
        self.chapters: dict[tuple[str, date], Happened] = {}
        """The latest of each level and first day."""
        self.zone = zone
        self._store = store
        self._archive = archive
        self._clock = clock
        self._write = write

    async def open(self) -> None:
        """Everything known, from the log. Some 15 µs a fact."""
        knowledge = Knowledge(self._store.companion)
        self.chapters = {}
        async for some in self._all(KINDS):
            for happened in some:
                knowledge.take(happened)
                self._note_chapter(happened)
        self.knowledge = knowledge
        self._archive.learnt([way for fact in knowledge.facts() for way in _ways(fact)])

    def take(self, happened: Sequence[Happened]) -> None:
        for one in happened:
            self.knowledge.take(one)
            self._note_chapter(one)
            if isinstance(one.event, Learned) and (fact := self.knowledge.fact(one.seq)):
                self._archive.learnt(_ways(fact)[-1:])

    def _note_chapter(self, happened: Happened) -> None:
        event = happened.event
        if isinstance(event, Chaptered):
            mine = self.chapters.get((event.level, event.first))
            kept = mine and isinstance(mine.event, Chaptered) and mine.event.by == "person"
            if event.by == "person" or not kept:
                self.chapters[event.level, event.first] = happened

    # --- what the person says about what she knows ---

    async def settle(self, fact: int, how: str) -> list[Happened]:
        """Raises BadInput for a fact that is not there."""
        self._the(fact)
        return await self._write(Settled.model_validate({"fact": fact, "how": how}))

    async def edit(self, fact: int, value: str) -> list[Happened]:
        """The person writes it anew: their word, and it beats what was there. Raises BadInput."""
        old, value = self._the(fact), " ".join(value.split())
        if not 0 < len(value) <= LONGEST_VALUE:
            raise BadInput(f"Write 1 to {LONGEST_VALUE} characters.")
        past = old.state == "past"
        happened = await self._write(
            Learned(
                about=old.name,
                what=old.what,
                value=value,
                quote=old.quotes[-1] if old.quotes else None,
                since=old.since,
                until=old.until if past else None,
                over=past,
                mends=True,
                replaces=old.id,
                sure=1.0,
                by="person",
            )
        )
        if happened and old.resting:  # what was let rest is not woken by being spelled right
            happened += await self._write(Settled(fact=happened[0].seq, how="rest"))
        return happened

    async def set_back(self, fact: int, edited: int) -> list[Happened]:
        """An edit is taken back: `fact` is again as it was before it became `edited`. Raises BadInput."""
        self._the(fact)
        how = "past" if self._the(edited).state == "past" else "true"
        return await self._write(
            Settled(fact=edited, how="wrong"), Settled.model_validate({"fact": fact, "how": how})
        )

    async def add(self, about: str, what: str, value: str, since: Dated | None = None) -> list[Happened]:
        """The person tells her something by writing it into the story. Raises BadInput."""
        value = " ".join(value.split())
        if (
            what.partition(":")[0] not in SLOTS
            or not 0 < len(value) <= LONGEST_VALUE
            or len(about) > LONGEST_VALUE
        ):
            raise BadInput("That cannot be written into the story as it is.")
        return await self._write(
            Learned(about=about.strip(), what=what, value=value, since=since, sure=1.0, by="person")
        )

    async def merge(self, name: str, other: str) -> list[Happened]:
        """Raises BadInput when one of them is nobody, or both are the same already."""
        names = self.knowledge.people
        if not key_of(name) or not key_of(other) or names.who(name) == names.who(other):
            raise BadInput("Those are not two people.")
        return await self._write(Merged(name=name.strip(), other=other.strip()))

    async def part(self, name: str, other: str, facts: Sequence[int] = ()) -> list[Happened]:
        """These facts are about somebody else of that name, called `other` from now on. None: undo a merge. Raises BadInput."""
        if not key_of(other) or key_of(name) == key_of(other):
            raise BadInput("The other one needs a name of their own, such as “Ana from work”.")
        for fact in facts:
            self._the(fact)
        return await self._write(Parted(name=name.strip(), other=other.strip(), facts=tuple(facts)))

    async def write_chapter(self, level: str, first: date, title: str, text: str) -> list[Happened]:
        """The person's own version of a chapter: she never writes over it. Raises BadInput."""
        there = self.chapters.get((level, first))
        if there is None or not isinstance(there.event, Chaptered):
            raise BadInput("There is no such chapter.")
        if not title.strip() or not text.strip() or len(title) + len(text) > LONGEST_CHAPTER:
            raise BadInput(f"A chapter has a title and a text, {LONGEST_CHAPTER:,} characters at most.")
        new = there.event.model_copy(update={"title": title.strip(), "text": text.strip(), "by": "person"})
        return await self._write(new)

    async def let_rest(self, subject: str, said: Turn) -> list[Happened]:
        """She brings it up no more, of herself: what she knows of it rests. Asked for, she still knows."""
        quote = Span(seq=said.seq, start=0, end=len(said.text))
        boundary = Learned(what="boundary", value=subject, quote=quote, said=said.at, sure=0.9, by="rules")
        known = any(key_of(fact.value) == key_of(subject) for fact in self.knowledge.now("", "boundary"))
        resting = [Settled(fact=fact.id, how="rest") for fact in self.about(subject) if not fact.resting]
        return await self._write(*([] if known else [boundary]), *resting)

    async def wake(self, subject: str) -> list[Happened]:
        """What rested may be spoken of again."""
        asked = frozenset(words_of(subject))
        resting = [fact for fact in self.knowledge.facts() if fact.resting]
        awake = [Settled(fact=fact.id, how="wake") for fact in resting if fact in self.about(subject)]
        limits = [
            fact for fact in self.knowledge.now("", "boundary") if frozenset(words_of(fact.value)) & asked
        ]
        return await self._write(*awake, *(Settled(fact=fact.id, how="past") for fact in limits))

    def may_bring_up(self, text: str) -> bool:
        """Whether she may, unasked: not what the person would rather leave alone."""
        said = frozenset(read(text).words)
        return not any(
            stems and stems <= said
            for fact in self.knowledge.now("", "boundary")
            if (stems := frozenset(words_of(fact.value)))
        )

    # --- forgetting ---

    def wish_for(self, fact: int) -> Wish:
        """To forget a fact is to forget the sentences it rests on. Raises BadInput."""
        known = self._the(fact)
        return Wish(
            "fact",
            seqs=tuple({quote.seq for quote in known.quotes}),
            spans=known.quotes,
            facts=tuple(self.knowledge.learned_as(known.id)),
        )

    async def wish_to_unsay(self, seq: int, start: int | None = None, end: int | None = None) -> Wish:
        """To forget a sentence of what was said, or all of it. Raises BadInput for what is no words (any more)."""
        if not all_quoted(await self._store.pick([seq])):
            raise BadInput("That was never said, or is forgotten already.")
        if start is None or end is None:
            return Wish("sentence", seqs=(seq,))
        return Wish("sentence", seqs=(seq,), spans=(Span(seq=seq, start=start, end=end),))

    def wish_about(self, subject: str) -> Wish:
        """A person, if somebody of that name is known or it is a relation; else a topic. Raises BadInput for nothing."""
        people, key = self.knowledge.people, key_of(subject)
        if key and (key.startswith("my ") or people.who(subject) in self.knowledge.known_people()):
            who = people.who(subject)
            relations = [f"my {fact.value}" for fact in self.knowledge.timeline(who, "is_your")]
            names = {key, who, *people.aliases(who), *(key_of(name) for name in relations)}
            return Wish("person", names=tuple(sorted(names)))
        if not words_of(subject):
            raise BadInput("Say what to forget: a name, or a few words of it.")
        return Wish("topic", names=(subject,))

    async def where(self, text: str) -> list[Span]:
        """Every place in the log where these words stand, letter by letter."""
        found: list[Span] = []
        async for some in self._all(SPOKEN):
            for one in some:
                said = getattr(one.event, "text", "")
                start = said.find(text)
                while text and start >= 0:
                    found.append(Span(seq=one.seq, start=start, end=start + len(text)))
                    start = said.find(text, start + len(text))
        return found

    async def plan(self, wish: Wish, but: Collection[int] = ()) -> Plan:
        """What will go. Reads the whole log, some 15 µs a turn, and touches nothing.

        `but`: log numbers that are left out, such as that of the words that ask for it.
        """
        concern = Concern(wish, self.zone)
        going = {
            one.seq: (one, cut)
            async for some in self._all(SPOKEN)
            for one in some
            if (cut := concern.of(one)) and one.seq not in but
        }
        gone = frozenset(
            sentence.text for _, cut in going.values() for sentence in cut if len(sentence.text) >= 12
        )
        async for some in self._all(SPOKEN):
            for one in some:
                if one.seq not in but and (
                    more := [
                        cut for cut in repeated(one, gone) if cut not in going.get(one.seq, (one, []))[1]
                    ]
                ):
                    going[one.seq] = (one, sorted([*going.get(one.seq, (one, []))[1], *more]))
        derived = [one async for some in self._all(DERIVED) for one in some]
        return await asyncio.to_thread(plan, wish, going, derived, concern)

    async def forget(self, planned: Plan) -> Receipt:
        """It goes, from the log and from everything made of it. What cannot be taken away is counted in the receipt."""
        never = tuple(sorted({self.knowledge.fingerprint(fact) for fact in planned.never}))
        forgot = Forgot(
            scope=planned.wish.scope,
            seqs=tuple(sorted(planned.changes)),
            facts=len(planned.facts),
            chapters=len(planned.chapters),
            never=never,
        )
        happened = await self._store.rewrite(planned.changes, [forgot], self._clock.now())
        left = [one for one in await self._store.pick(planned.changes) if one.event.kind in SPOKEN]
        await self._archive.forget(planned.changes.keys(), [turn for one in left if (turn := turn_of(one))])
        await self.open()
        residue = await self._store.residue(planned.words)
        return Receipt(len(planned.said), len(planned.facts), len(planned.chapters), residue, tuple(happened))

    # --- asking ---

    def ask(self, question: str, tagged: Tagged = NOTHING) -> tuple[Asked | None, tuple[Fact, ...]]:
        """What a question is answered with. None: it is not of the kind that one fact answers; no facts: never told."""
        asked = asked_for(question, tagged)
        return asked, answer(asked, self.knowledge) if asked else ()

    def about(self, subject: str) -> list[Fact]:
        """What is known of someone, or of the person themself, and holds: what was said most often first."""
        who = self.knowledge.people.who(subject)
        facts = [fact for what in self.knowledge.whats(who) for fact in self.knowledge.now(who, what)]
        return sorted(facts, key=lambda fact: (-len(fact.quotes), fact.id))

    async def quoted(self, spans: Sequence[Span]) -> dict[Span, Turn]:
        """Each quote with the words it stands in, cut to the quote."""
        turns = {
            one.seq: turn
            for one in await self._store.pick(span.seq for span in spans)
            if (turn := turn_of(one))
        }
        return {
            span: replace(turns[span.seq], text=turns[span.seq].text[span.start : span.end])
            for span in spans
            if span.seq in turns
        }

    async def quotes(self, spans: Iterable[Span]) -> dict[Span, Quote]:
        """The same for showing: by whom, and where it came from. What is gone has none."""
        wanted = set(spans)
        kept = {one.seq: one for one in await self._store.pick(span.seq for span in wanted)}
        found = {span: quoted(kept[span.seq], span.start, span.end) for span in wanted if span.seq in kept}
        return {span: quote for span, quote in found.items() if quote}

    async def words(self, seqs: Iterable[int]) -> list[Quote]:
        """What was said under these numbers, whole, in their order in the log."""
        return all_quoted(await self._store.pick(seqs))

    async def around(self, seq: int) -> tuple[Quote | None, Quote | None]:
        """What was said just before it, and just after, in the same conversation."""
        here = await self._store.pick([seq])
        near = [await self._store.before(seq, 1, SPOKEN), await self._store.read(seq, 1, SPOKEN)]
        before, after = (
            quoted(some[0]) if here and some and abs(some[0].at - here[0].at) <= PAUSE else None
            for some in near
        )
        return before, after

    def facts_with(self, text: str) -> list[Fact]:
        """Facts that have all of these words; what holds now first."""
        wanted = frozenset(words_of(text))
        having = [
            fact
            for fact in self.knowledge.facts()
            if fact.state != "wrong" and wanted and wanted <= frozenset(words_of(fact.told()))
        ]
        return sorted(having, key=lambda fact: (fact.state != "now", -fact.id))

    def chapters_with(self, text: str) -> list[Happened]:
        """Chapters that have all of these words, newest first."""
        wanted = frozenset(words_of(text))
        having = [
            one
            for one in self.chapters.values()
            if isinstance(one.event, Chaptered)
            and wanted
            and wanted <= frozenset(words_of(f"{one.event.title}. {one.event.text}"))
        ]
        return sorted(having, key=lambda one: one.seq, reverse=True)

    async def learned_on(self, day: date) -> list[Fact]:
        """What she learned on a day, in the order she learned it; what was wrong or forgotten since is left out."""
        found = [fact for fact in self.knowledge.facts() if fact.state != "wrong"]
        on = [fact for fact in found if fact.first.astimezone(self.zone).date() == day]
        return sorted(on, key=lambda fact: fact.id)

    async def behind(self, said: int) -> tuple[list[Quote], list[Fact]]:
        """What lay behind a reply of hers: "why did you say that?" Raises BadInput for what is no reply."""
        found = await self._store.pick([said])
        if not found or not isinstance(found[0].event, Said):
            raise BadInput("That is nothing she said.")
        recalled = found[0].event.recalled
        facts = {fact.id: fact for seq in recalled if (fact := self.knowledge.fact(seq))}
        return await self.words(recalled), list(facts.values())

    # --- inside ---

    def _the(self, fact: int) -> Fact:
        found = self.knowledge.fact(fact)
        if found is None:
            raise BadInput("She does not know that (any more).")
        return found

    async def _all(self, kinds: Sequence[str]) -> AsyncIterator[list[Happened]]:
        last = 0
        while some := await self._store.read(last, AT_ONCE, kinds):
            yield some
            last = some[-1].seq


def _ways(fact: Fact) -> list[Learnt]:  # from what is known to where it was said
    return [Learnt(fact.id, quote.seq, fact.told("they")) for quote in fact.quotes]
