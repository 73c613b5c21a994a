"""What she knows: facts, each with its quotes, when it was true, and what the person said about it since.

A fold over the log: `take` each event, in the order of the log; what is true now, was true once, or never was, follows
from when things were said, not from when she noticed. So a quiet hour spent with old diaries changes no present.

- Changed is not wrong: of a slot that holds one value, the one said to be true last is true now, the others are past.
- A correction (`mends`, or the person's own word) replaces what was mistaken, for good: it is kept as what she once
  believed, and never told as true again, unless the person says it anew.
- The person's own word beats whatever was drawn from earlier words.

It does not know where events are kept, nor how facts are drawn from words.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from os1.events import Dated, Event, Forgot, Happened, Learned, Merged, Parted, Settled, Span
from os1.memory.people import SELF, People, key_of, relation
from os1.memory.secret import fingerprint
from os1.memory.slots import Theme, sentence, slot_of

State = Literal["now", "past", "wrong"]
SURE_OF_OWN_WORD = 1.0


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of someone."""

    id: int
    """The log number it was learned with."""
    about: str
    """A person's key; empty: the person themself."""
    name: str
    """Whom, as it is written; empty for the person."""
    what: str
    value: str
    quotes: tuple[Span, ...]
    said: datetime
    """When it was last said."""
    first: datetime
    """When it was first said."""
    since: Dated | None
    until: Dated | None
    state: State
    resting: bool
    """Not to be brought up, unless asked for."""
    sure: float
    by: Literal["rules", "brain", "person"]
    confirmed: bool
    """The person said that it holds."""

    @property
    def theme(self) -> Theme:
        return slot_of(self.what).theme

    def told(self, you: str = "you") -> str:
        """In words: "you live in Lisbon". Past ones in the past tense, wrong ones as they would have been."""
        return sentence(self.what, self.value, self.name, you=you, past=self.state == "past")


@dataclass(slots=True)
class _Entry:
    """A fact as it was taken in, before its neighbours are asked."""

    learned: Learned
    seq: int
    said: datetime
    first: datetime
    quotes: list[Span]
    sure: float
    wrong: datetime | None = None
    """When it was called wrong; what is said anew after that counts."""
    over: bool = False
    until: Dated | None = None
    resting: bool = False
    confirmed: bool = False
    parted: str = ""
    """The other person of that name whom it is about."""
    others: list[int] = field(default_factory=list[int])
    """Log numbers of the same thing, learned again."""
    held: datetime | None = None
    """When it was said again to be so: saying that it is over does not move it in the order of things."""


class Knowledge:
    """Use: `take` what happened, oldest first; then ask."""

    def __init__(self, salt: str = "") -> None:
        self.people = People()
        self.dreamt = 0
        """Up to which log number the quiet work on facts is done."""
        self._salt = salt
        self._entries: dict[int, _Entry] = {}
        self._of_kind: defaultdict[str, list[_Entry]] = defaultdict(list)
        self._like: defaultdict[tuple[str, str], list[_Entry]] = defaultdict(list)
        """By kind and plain value: where a repetition is looked for."""
        self._same: dict[int, int] = {}
        """Log numbers of repetitions, and the entry they belong to."""
        self._never: dict[str, datetime] = {}
        """Fingerprints of what was forgotten, and when."""
        self._spelled: dict[str, str] = {}
        self._timelines: dict[tuple[str, str], list[Fact]] = {}

    # --- taking in ---

    def take(self, happened: Happened) -> None:
        event: Event = happened.event
        match event:
            case Learned():
                self._learn(happened.seq, happened.at, event)
            case Settled():
                self._settle(happened.at, event)
            case Merged():
                self.people = self.people.merged(event.name, event.other)
            case Parted():
                self._part(event)
            case Forgot():
                self._never |= {one: happened.at for one in event.never}
                self._drop(frozenset(event.seqs))
            case _:
                return
        self._timelines.clear()

    def _learn(self, seq: int, at: datetime, learned: Learned) -> None:
        said = learned.said or at
        if self._blocked(learned, said):
            return
        if learned.about:
            self._spelled.setdefault(key_of(learned.about), " ".join(learned.about.split()))
        if learned.what == "is_your" and not learned.over:
            self.people = self.people.related(learned.about, learned.value)
        if known := self._known(learned, said):
            self._repeat(known, seq, said, learned)
        else:
            self._add(
                _Entry(
                    learned,
                    seq,
                    said,
                    said,
                    [learned.quote] if learned.quote else [],
                    SURE_OF_OWN_WORD if learned.by == "person" else learned.sure,
                    over=learned.over,
                    until=learned.until,
                )
            )
        if learned.mends or learned.replaces:
            self._mend(seq, said, learned)

    def _add(self, entry: _Entry) -> None:
        self._entries[entry.seq] = entry
        self._of_kind[entry.learned.what].append(entry)
        self._like[_like(entry.learned)].append(entry)

    def _remove(self, entry: _Entry) -> None:
        del self._entries[entry.seq]
        self._of_kind[entry.learned.what].remove(entry)
        self._like[_like(entry.learned)].remove(entry)

    def may_learn(self, learned: Learned) -> bool:
        """Not what the person had forgotten since it was said."""
        return learned.said is None or not self._blocked(learned, learned.said)

    def _blocked(self, learned: Learned, said: datetime) -> bool:
        """Forgotten, or called wrong, since it was said."""
        never = self._never.get(self.fingerprint(learned))
        return learned.by != "person" and never is not None and said <= never

    def fingerprint(self, learned: Learned) -> str:
        """What must not be learned again, without saying what it is."""
        return fingerprint(self._salt, key_of(learned.about), learned.what, plain(learned.value))

    def _known(self, learned: Learned, said: datetime) -> _Entry | None:
        """The same thing, said before, with nothing else true in between."""
        about = self.people.who(learned.about)
        for entry in self._like[_like(learned)]:
            stands = entry.wrong is None or (said <= entry.wrong and learned.by != "person")
            if stands and self._about(entry) == about and self._unbroken(entry, about, said):
                return entry
        return None

    def _unbroken(self, entry: _Entry, about: str, said: datetime) -> bool:
        if not slot_of(entry.learned.what).one:
            return True
        first, last = sorted((entry.said, said))
        return not any(
            other is not entry
            and other.wrong is None
            and first < other.said < last
            and self._about(other) == about
            for other in self._of_kind[entry.learned.what]
        )

    def _repeat(self, entry: _Entry, seq: int, said: datetime, learned: Learned) -> None:
        entry.others.append(seq)
        self._same[seq] = entry.seq
        if learned.quote and learned.quote not in entry.quotes:
            entry.quotes.append(learned.quote)
        entry.sure = (
            1 - (1 - entry.sure) * (1 - learned.sure) if said != entry.said else max(entry.sure, learned.sure)
        )
        if said >= entry.said:
            entry.over, entry.until = learned.over, learned.until or (entry.until if learned.over else None)
        if (
            learned.what == "plans" and learned.since and said >= entry.said
        ):  # put off: the same plan, on another day
            entry.learned = entry.learned.model_copy(update={"since": learned.since})
        if not learned.over:
            entry.held = max(entry.held or entry.said, said)
        entry.said, entry.first = max(entry.said, said), min(entry.first, said)
        if learned.by == "person":  # also how they spell it
            entry.sure, entry.confirmed = SURE_OF_OWN_WORD, True
            entry.learned = entry.learned.model_copy(update={"value": learned.value})

    def _mend(self, seq: int, said: datetime, learned: Learned) -> None:
        """What was believed in its place was never true: the one the person names, else the last one said before."""
        own = self._same.get(seq, seq)
        if learned.replaces is not None:
            mistaken = self._entries.get(self._same.get(learned.replaces, learned.replaces))
        else:
            rivals = [
                entry
                for entry in self._of_kind[learned.what]
                if entry.seq != own
                and entry.wrong is None
                and entry.said <= said
                and self._rival(entry, learned)
            ]
            mistaken = max(rivals, key=lambda entry: entry.said, default=None)
        if mistaken is None or mistaken.seq == own:
            return
        mistaken.wrong = said
        if learned.what == "is_your":  # "it's Anna, not Ana": what was said of Ana is true of Anna
            self.people = self.people.merged(learned.about, mistaken.learned.about)

    def _rival(self, entry: _Entry, learned: Learned) -> bool:
        if learned.what == "is_your":
            return relation(entry.learned.value) == relation(learned.value)
        return self._about(entry) == self.people.who(learned.about)

    def _settle(self, at: datetime, settled: Settled) -> None:
        entry = self._entries.get(self._same.get(settled.fact, settled.fact))
        if entry is None:
            return
        match settled.how:
            case "wrong":
                entry.wrong = at
            case "past":
                entry.over, entry.wrong, entry.confirmed = True, None, True
            case "true":
                entry.over, entry.wrong, entry.confirmed, entry.said, entry.held = False, None, True, at, at
            case "rest" | "wake":
                entry.resting = settled.how == "rest"

    def _part(self, parted: Parted) -> None:
        if not parted.facts:
            self.people = self.people.parted(parted.other)
            return
        self._spelled.setdefault(key_of(parted.other), parted.other)
        for fact in parted.facts:
            if entry := self._entries.get(self._same.get(fact, fact)):
                entry.parted = parted.other
                if entry.learned.what == "is_your":
                    self.people = self.people.related(parted.other, entry.learned.value)

    def _drop(self, seqs: frozenset[int]) -> None:
        """The facts with these numbers are gone; and of the others, what was quoted from there."""
        for entry in [*self._entries.values()]:
            quoted = len(entry.quotes)
            entry.quotes = [quote for quote in entry.quotes if quote.seq not in seqs]
            orphaned = quoted and not entry.quotes and entry.learned.by != "person"
            if entry.seq in seqs or orphaned:
                self._remove(entry)

    # --- asking ---

    def facts(self) -> Iterator[Fact]:
        """All of them, whether they hold or not, in no order that means anything."""
        for about, what in {(self._about(entry), entry.learned.what) for entry in self._entries.values()}:
            yield from self.timeline(about, what)

    def timeline(self, about: str, what: str) -> list[Fact]:
        """What was so of someone, in the order in which it was: what is so now last. Wrong ones are among them."""
        about = self.people.who(about)
        if (about, what) not in self._timelines:
            self._timelines[about, what] = self._told_in_order(about, what)
        return self._timelines[about, what]

    def now(self, about: str, what: str) -> list[Fact]:
        return [fact for fact in self.timeline(about, what) if fact.state == "now"]

    def before(self, about: str, what: str) -> list[Fact]:
        return [fact for fact in self.timeline(about, what) if fact.state == "past"]

    def once_believed(self, about: str, what: str) -> list[Fact]:
        return [fact for fact in self.timeline(about, what) if fact.state == "wrong"]

    def fact(self, id_: int) -> Fact | None:
        entry = self._entries.get(self._same.get(id_, id_))
        if entry is None:
            return None
        line = self.timeline(self._about(entry), entry.learned.what)
        return next((fact for fact in line if fact.id == entry.seq), None)

    def quoting(self, seqs: set[int]) -> list[Fact]:
        """The facts that rest on any of these words."""
        return [fact for fact in self.facts() if any(quote.seq in seqs for quote in fact.quotes)]

    def learned_as(self, id_: int) -> list[int]:
        """All log numbers a fact was learned with."""
        entry = self._entries.get(id_)
        return [id_, *entry.others] if entry else []

    def whats(self, about: str) -> list[str]:
        key = self.people.who(about)
        return sorted({entry.learned.what for entry in self._entries.values() if self._about(entry) == key})

    def known_people(self) -> list[str]:
        """The keys of everyone something is known of, the person left out."""
        return sorted({key for entry in self._entries.values() if (key := self._about(entry)) != SELF})

    def spelled(self, key: str) -> str:
        return self._spelled.get(key) or (key if key.startswith("my ") else key.title())

    # --- inside ---

    def _about(self, entry: _Entry) -> str:
        return self.people.who(entry.parted or entry.learned.about)

    def _told_in_order(self, about: str, what: str) -> list[Fact]:
        line = sorted((entry for entry in self._of_kind[what] if self._about(entry) == about), key=_began)
        one = slot_of(what).one
        true = [entry for entry in line if entry.wrong is None]
        holding = {id(entry) for entry in true if not entry.over}
        if one:
            last = max((entry for entry in true if not entry.over), key=_began, default=None)
            # What was said to be over after the last was said ends nothing: it tells of the time before.
            holding = {id(last)} if last else set[int]()
        return [self._fact(entry, about, holding, self._ends(entry, true) if one else None) for entry in line]

    def _ends(self, entry: _Entry, line: list[_Entry]) -> Dated | None:
        """The next one's beginning is its end."""
        later = [other for other in line if not other.over and _began(other) > _began(entry)]
        if not later:
            return None
        began = min(later, key=_began)
        return began.learned.since or Dated(day=began.first.date())

    def _fact(self, entry: _Entry, about: str, holding: set[int], ends: Dated | None) -> Fact:
        state: State = "wrong" if entry.wrong else "now" if id(entry) in holding else "past"
        return Fact(
            id=entry.seq,
            about=about,
            name=self.spelled(about) if about else "",
            what=entry.learned.what,
            value=entry.learned.value,
            quotes=tuple(sorted(entry.quotes, key=lambda quote: (quote.seq, quote.start))),
            said=entry.said,
            first=entry.first,
            since=entry.learned.since,
            until=entry.until or (ends if state == "past" else None),
            state=state,
            resting=entry.resting,
            sure=entry.sure,
            by=entry.learned.by,
            confirmed=entry.confirmed or entry.learned.by == "person",
        )


def _began(entry: _Entry) -> tuple[datetime, int]:
    """From when it counts: as it was said, else when it was last said. What is over counts from its beginning."""
    since = entry.learned.since
    if since and (since.day < entry.first.date()) and not entry.held:
        return datetime(since.day.year, since.day.month, since.day.day, tzinfo=UTC), entry.seq
    return entry.held or entry.first, entry.seq


def _like(learned: Learned) -> tuple[str, str]:
    return learned.what, plain(learned.value)


def plain(value: str) -> str:
    """A value for comparing: "The Lisbon." and "lisbon" are the same."""
    words = re.sub(r"[^\w\s'’-]", " ", value.casefold()).split()
    while words and words[0] in ("the", "a", "an", "my", "our", "his", "her", "their"):
        words = words[1:]
    return " ".join(words)
