"""What goes when something is forgotten: a plan, made and shown before anything is touched. Pure.

What was said goes sentence by sentence: those that speak of it, and those after them that only say "he" or "it". What
was drawn from them goes with them: facts, promises, chapters, names that were merged, lines of her persona. A sentence
that she or an old diary repeats word for word goes wherever it stands.
It does not know where anything is kept, nor whether the person said yes.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Literal

from os1.events import (
    Brought,
    Chaptered,
    Erased,
    Event,
    Happened,
    Heard,
    Learned,
    Merged,
    Met,
    Parted,
    Promised,
    Said,
    Span,
)
from os1.memory.by_sentence import Sentence, sentences
from os1.memory.finding.words import read, words
from os1.memory.people import key_of

Scope = Literal["sentence", "fact", "topic", "person", "day", "all"]
Spoken = Heard | Said | Brought

SPOKEN = ("heard", "said", "brought")
DERIVED = ("learned", "chaptered", "promised", "merged", "parted", "met", "carded")
"""What may hold words that were said."""

_REFERS_BACK = re.compile(
    r"^(?:and |but |so |because |then |yeah,? |well,? )?(?:he|she|they|it|that|this|his|her|their|him|them)\b",
    re.IGNORECASE,
)
FOLLOWING = 2
"""Turns after one that goes, in which "he" or "it" may still speak of the same."""
LEAST_REPEATED = 12
"""Characters of a sentence from which its repetition elsewhere is no chance."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person wants forgotten."""

    scope: Scope
    names: tuple[str, ...] = ()
    """person: every name they go by, "my brother" among them; topic: the words it is called by."""
    seqs: tuple[int, ...] = ()
    """sentence, fact: the log numbers of the words."""
    spans: tuple[Span, ...] = ()
    """sentence, fact: which characters of those; none: all of them."""
    facts: tuple[int, ...] = ()
    """Log numbers of facts that go whatever they rest on."""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Going:
    """A piece of what was said that will go."""

    seq: int
    at: datetime
    who: Literal["you", "she", "elsewhere"]
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that will go, and what the log will hold in its place."""

    wish: Wish
    said: tuple[Going, ...]
    facts: tuple[int, ...]
    chapters: tuple[str, ...]
    """Their titles."""
    changes: Mapping[int, Event]
    never: tuple[Learned, ...]
    """What must not be learned again."""

    @property
    def words(self) -> list[str]:
        """What no file may hold afterwards: the sentences, where they are long enough to be looked for."""
        return sorted({going.text for going in self.said if len(going.text) >= LEAST_REPEATED})


class Concern:
    """Whether something said is part of what is to be forgotten. Fed the log in order, all of it: "he" means who came before."""

    def __init__(self, wish: Wish, zone: tzinfo) -> None:
        self._wish = wish
        self._zone = zone
        self._patterns = [re.compile(_spelled(name), re.IGNORECASE) for name in wish.names]
        self._stems = [frozenset(words(name)) for name in wish.names]
        self._after = 0

    def of(self, happened: Happened) -> list[Sentence]:
        """The sentences of it that go; none, if it has nothing to do with it."""
        event = happened.event
        if not isinstance(event, Heard | Said | Brought):
            return []
        every = [*sentences(event.text)]
        match self._wish.scope:
            case "all":
                return every
            case "day":
                return every if happened.at.astimezone(self._zone).date() == self._wish.day else []
            case "sentence" | "fact":
                return self._named(happened.seq, every)
            case _:
                return self._spoken_of(every)

    def _named(self, seq: int, every: Sequence[Sentence]) -> list[Sentence]:
        if seq not in self._wish.seqs:
            return []
        spans = [span for span in self._wish.spans if span.seq == seq]
        if not spans:
            return [*every]
        return [one for one in every if any(one.start < span.end and span.start < one.end for span in spans)]

    def _spoken_of(self, every: Sequence[Sentence]) -> list[Sentence]:
        going: list[Sentence] = []
        follows = self._after > 0
        self._after -= 1
        for one in every:
            if self._names(one.text):
                going.append(one)
                follows, self._after = True, FOLLOWING
            elif follows and _REFERS_BACK.match(one.text):
                going.append(one)
            else:
                follows = False
        return going

    def names(self, text: str) -> bool:
        """Whether a text of hers speaks of it: a chapter, a line of her persona."""
        return any(self._names(one.text) for one in sentences(text))

    def _names(self, text: str) -> bool:
        """A name, or "my brother", as it is written; a topic, by all its words."""
        if self._wish.scope == "person":
            return any(pattern.search(text) for pattern in self._patterns)
        said = frozenset(read(text).words)
        return any(stems and stems <= said for stems in self._stems)


def _spelled(name: str) -> str:
    """Also hers: she says "your brother"; and "my little brother" is my brother."""
    if name.startswith("my "):
        return rf"\b(?:my|our|your)\s+(?:[\w-]+\s+){{0,2}}{re.escape(name[3:])}s?\b"
    return rf"\b{re.escape(name)}\b"


Cut = Mapping[int, tuple[Happened, Sequence[Sentence]]]
"""What was said, by log number, with the sentences of it that go."""


def repeated(happened: Happened, gone: frozenset[str]) -> list[Sentence]:
    """The sentences of it that are, word for word, among those that go."""
    event = happened.event
    if not isinstance(event, Heard | Said | Brought):
        return []
    return [one for one in sentences(event.text) if one.text in gone]


def plan(wish: Wish, going: Cut, derived: Iterable[Happened], concern: Concern) -> Plan:
    """`going`: what goes of what was said; `derived`: all events of the kinds in DERIVED."""
    changes: dict[int, Event] = {seq: _without(one.event, cut) for seq, (one, cut) in going.items()}
    gone_facts: list[int] = []
    never: list[Learned] = []
    chapters: list[str] = []
    for one in derived:
        change = _derived_change(one, wish, going, concern)
        if change is None:
            continue
        changes[one.seq] = change
        if isinstance(one.event, Learned) and isinstance(change, Erased):
            gone_facts.append(one.seq)
            never.append(one.event)
        elif isinstance(one.event, Chaptered):
            chapters.append(one.event.title)
    pieces = [_going(one, sentence) for one, cut in going.values() for sentence in cut]
    return Plan(wish, tuple(pieces), tuple(gone_facts), tuple(chapters), changes, tuple(never))


def _derived_change(one: Happened, wish: Wish, going: Cut, concern: Concern) -> Event | None:
    """What takes its place, or None if it may stay as it is."""
    event = one.event
    gone = Erased(was=event.kind)
    if wish.scope == "all":
        return gone if not isinstance(event, Met) else _met(event, lambda line: True)
    match event:
        case Learned():
            return _learned(one.seq, event, wish, going)
        case Promised(heard=heard, text=text):
            return gone if heard in going and _overlaps(text, going[heard][1]) else None
        case Chaptered(cites=cites, text=text, title=title):
            told = any(seq in going for seq in cites) or concern.names(f"{title}. {text}")
            return gone if told else None
        case Merged(name=name, other=other) | Parted(name=name, other=other):
            keys = {key_of(one) for one in wish.names}
            return gone if wish.scope == "person" and keys & {key_of(name), key_of(other)} else None
        case Met():
            return _met(event, lambda line: _repeats(line, going) or concern.names(line))
        case _:
            return None


def _learned(seq: int, event: Learned, wish: Wish, going: Cut) -> Event | None:
    keys = {key_of(name) for name in wish.names} if wish.scope == "person" else set[str]()
    if seq in wish.facts or (event.about and key_of(event.about) in keys):
        return Erased(was="learned")
    quote = event.quote
    if quote is None or quote.seq not in going:
        return None
    happened, cut = going[quote.seq]
    if any(one.start < quote.end and quote.start < one.end for one in cut):
        return Erased(was="learned")
    return event.model_copy(update={"quote": _moved(quote, happened, cut)})


def _met(event: Met, goes: Callable[[str], bool]) -> Met | None:
    """Her persona without the lines that go."""
    knows: list[str] = list(event.persona.get("knows", ()))
    kept = [line for line in knows if not goes(line)]
    return None if kept == knows else event.model_copy(update={"persona": {**event.persona, "knows": kept}})


def _repeats(line: str, going: Cut) -> bool:
    return any(
        len(sentence.text) >= LEAST_REPEATED and sentence.text.rstrip(".!?") in line
        for _, cut in going.values()
        for sentence in cut
    )


def _overlaps(text: str, cut: Sequence[Sentence]) -> bool:
    return any(text in sentence.text or sentence.text in text for sentence in cut)


def _without(event: Event, cut: Sequence[Sentence]) -> Event:
    """The words without those sentences; nothing but an envelope if that leaves nothing."""
    assert isinstance(event, Heard | Said | Brought)
    left = _joined(event.text, cut)
    return event.model_copy(update={"text": left}) if left else Erased(was=event.kind)


def _joined(text: str, cut: Sequence[Sentence]) -> str:
    kept, at = "", 0
    for one in cut:
        kept += text[at : one.start]
        at = one.end
        while at < len(text) and text[at].isspace():
            at += 1
    return (kept + text[at:]).rstrip()


def _moved(quote: Span, happened: Happened, cut: Sequence[Sentence]) -> Span:
    """Where the quote stands once those sentences are gone from before it."""
    event = happened.event
    assert isinstance(event, Heard | Said | Brought)
    words = event.text[quote.start : quote.end]
    before = (
        len(_joined(event.text[: quote.start] + "\x00", [one for one in cut if one.end <= quote.start])) - 1
    )
    return Span(seq=quote.seq, start=before, end=before + len(words))


def _going(happened: Happened, sentence: Sentence) -> Going:
    who: Literal["you", "she", "elsewhere"] = "you"
    match happened.event:
        case Said():
            who = "she"
        case Brought(speaker="companion"):
            who = "elsewhere"
        case _:
            pass
    return Going(happened.seq, happened.at, who, sentence.text)
