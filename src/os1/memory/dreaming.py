"""The quiet work: what was said becomes facts and chapters, a segment at a time, when nobody needs her.

Each step is one append: what was learned together with how far she is, so that a crash repeats a segment at most and
never learns it twice. It stops as soon as it is cancelled. When it is quiet, whoever calls it decides; what may be
learned at all, too. It does not know how facts are resolved against each other.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from os1.brain.base import Brain
from os1.errors import BrainUnavailable
from os1.events import Chaptered, Dreamt, Event, Happened, Learned
from os1.memory import chapters, retelling
from os1.memory.archive import turn_of
from os1.memory.records import Turn
from os1.memory.understanding import notes
from os1.store.base import Log

log = logging.getLogger(__name__)

WORDS = ("heard", "said", "brought")
"""The kinds of events that are words."""
AT_ONCE = 64
"""Words read from the log for one segment: eight of the person's with hers between, and some to spare."""
SETTLED = timedelta(minutes=30)
"""After which a talk is over: until then a segment waits to be whole."""
PAGE = 1000
"""Events read from the log in one go."""

Learn = Callable[[Sequence[Happened]], None]


class Dreaming:
    """`learned` is told of everything that was appended. `may`: whether a fact may be learned at all; one that is known
    already may, its words are another quote."""

    def __init__(
        self, store: Log, brain: Brain, learned: Learn, may: Callable[[Learned], bool] = lambda _: True
    ) -> None:
        self._store = store
        self._brain = brain
        self._learned = learned
        self._may = may

    async def quiet(self, now: datetime) -> int:
        """Everything there is to do, until it is done or cancelled. How many facts were learned. Raises StoreError.

        `now`: with the person's time zone, by which their days are cut.
        """
        found = 0
        while (more := await self.segment(now)) is not None:
            found += more
        while await self.chapter(now):
            pass
        return found

    async def segment(self, now: datetime) -> int | None:
        """The next eight turns of the person. How many facts they held; None when there is nothing to do, or no brain."""
        if self._brain.state != "ready":
            return None
        turns, last = await self._segment(now)
        if not last:
            return None
        try:
            facts = await self._facts(turns)
        except BrainUnavailable as error:
            log.info("no notes for now", extra={"code": error.code})
            return None
        await self._keep([*facts, Dreamt(upto=last, of="facts")], now)
        return len(facts)

    async def chapter(self, now: datetime) -> bool:
        """The next chapter that is due, told by the brain if it is there and keeps to the words. False when none is."""
        upto = await self._upto("chapters")
        turns = [_at_home(turn, now) for turn in await self._turns(upto)]
        learned = [one.event for one in await self._all("learned") if isinstance(one.event, Learned)]
        due = chapters.due(turns, learned, await self._all("chaptered"), now.date())
        if due:
            await self._keep([await self._told(due[0])], now)
            return True
        if done := max((turn.seq for turn in turns if turn.at.date() < now.date()), default=0):
            await self._keep([Dreamt(upto=done, of="chapters")], now)
        return False

    # --- facts ------------------------------------------------------------------------------------------------------

    async def _segment(self, now: datetime) -> tuple[list[Turn], int]:
        """The next turns, with her question before them, and the number of the last; 0 while they are not whole yet."""
        upto = await self._upto("facts")
        words = await self._store.read(upto, AT_ONCE, kinds=WORDS)
        turns, persons = list[Turn](), 0
        for one in words:
            if turn := turn_of(one):
                turns.append(turn)
                persons += turn.speaker == "person"
            if persons == notes.SEGMENT:
                break
        if not words or not (
            persons == notes.SEGMENT or len(words) == AT_ONCE or now - words[-1].at > SETTLED
        ):
            return [], 0
        last = turns[-1].seq if persons == notes.SEGMENT else words[-1].seq
        before = [
            turn for one in await self._store.before(upto + 1, 1, kinds=WORDS) if (turn := turn_of(one))
        ]
        return [*(turn for turn in before if turn.speaker == "companion"), *turns], last

    async def _facts(self, turns: Sequence[Turn]) -> list[Learned]:
        """Raises BrainUnavailable."""
        asked = notes.question(turns)
        if asked is None:
            return []
        messages, grammar = asked
        answer = await self._brain.note(messages, grammar, notes.ANSWER)
        known = await self._learned_from(turns)
        return [fact for fact in notes.facts(answer, turns) if not _told_of(fact, known) and self._may(fact)]

    async def _learned_from(self, turns: Sequence[Turn]) -> list[Learned]:
        """What the rules, or an earlier night, learned from these very words."""
        seqs = {turn.seq for turn in turns}
        found = await self._all("learned", after=min(seqs))
        return [
            one.event
            for one in found
            if isinstance(one.event, Learned) and one.event.quote and one.event.quote.seq in seqs
        ]

    # --- chapters ---------------------------------------------------------------------------------------------------

    async def _told(self, due: chapters.Due) -> Chaptered:
        plain = chapters.plain(due)
        if self._brain.state != "ready":
            return plain
        try:
            messages, grammar = retelling.question(due)
            return retelling.told(await self._brain.note(messages, grammar, retelling.ANSWER), due, plain)
        except BrainUnavailable as error:
            log.info("a chapter by rules", extra={"code": error.code})
            return plain

    # --- the log ----------------------------------------------------------------------------------------------------

    async def _upto(self, of: str) -> int:
        """The newest number up to which this work is done."""
        before: int | None = None
        while some := await self._store.before(before, 50, kinds=("dreamt",)):
            for one in reversed(some):
                if isinstance(one.event, Dreamt) and one.event.of == of:
                    return one.event.upto
            before = some[0].seq
        return 0

    async def _turns(self, after: int) -> list[Turn]:
        found: list[Turn] = []
        while some := await self._store.read(after, PAGE, kinds=WORDS):
            found += [turn for one in some if (turn := turn_of(one))]
            after = some[-1].seq
        return found

    async def _all(self, kind: str, after: int = 0) -> list[Happened]:
        found: list[Happened] = []
        while some := await self._store.read(after, PAGE, kinds=(kind,)):
            found += some
            after = some[-1].seq
        return found

    async def _keep(self, events: Sequence[Event], now: datetime) -> None:
        """Once it is being written, it is written and told, even if somebody stirs meanwhile: there is nothing after it to drop."""
        keeping = asyncio.ensure_future(self._store.append(events, now))
        try:
            happened = await asyncio.shield(keeping)
        except asyncio.CancelledError:
            happened = await keeping
        self._learned(happened)


def _told_of(fact: Learned, known: Sequence[Learned]) -> bool:
    """Whether the same was learned from the same words: that is one quote, and not two."""
    return any(
        other.what == fact.what and other.quote and fact.quote and other.quote.seq == fact.quote.seq
        and other.quote.start < fact.quote.end and fact.quote.start < other.quote.end
        for other in known
    )  # fmt: skip


def _at_home(turn: Turn, now: datetime) -> Turn:
    """At the person's own time: their day ends at their midnight."""
    return Turn(turn.seq, turn.at.astimezone(now.tzinfo), turn.speaker, turn.text)
