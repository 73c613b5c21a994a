"""What her memory gives to a reply, and what a reply gives to her memory: where the two meet.

It does not know how words are found or kept; whoever replies does.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime, tzinfo
from itertools import pairwise

from os1.brain.base import Brain
from os1.companion.prompt import BLOCK
from os1.companion.recent import Recent
from os1.companion.requests import Answer, Doer, Requests, never_told, quoting
from os1.events import Event, Happened
from os1.memory.answering import card, holds, told, told_together
from os1.memory.archive import Archive
from os1.memory.dreaming import Dreaming
from os1.memory.finding.words import is_question, read
from os1.memory.finding.words import words as words_of
from os1.memory.gather import gather
from os1.memory.knowledge import Fact
from os1.memory.records import Remembered, Turn
from os1.memory.story import Story
from os1.memory.understanding.asking import Asked, of_their_life
from os1.memory.understanding.commands import command
from os1.memory.understanding.reader import Reader
from os1.memory.understanding.understood import understood
from os1.store.base import Log

KNOWN = 3
"""Facts that a brain is given with all that is known of them: each costs a small one a fifth of a second of reading. More
are told in one line, by their names alone."""


ALIKE = 0.5
"""Cosine from which something said may answer a question with other words; of what has nothing to do with it, it is half
as high. Below, she says that she was never told rather than let a brain guess."""


class Recollection:
    """Of one companion."""

    def __init__(self, story: Story, archive: Archive, recent: Recent, doer: Doer, reader: Reader) -> None:
        self._story = story
        self._archive = archive
        self._recent = recent
        self._reader = reader
        self._requests = Requests(story, doer)

    async def of(self, cue: str, now: datetime, *, spoken: bool = False) -> tuple[Remembered, ...]:
        """What these words bring to mind; of what rests, nothing that was not asked for."""
        shown = self._recent.shown()
        recalled, _ = await asyncio.gather(
            self._archive.recall(cue, now, _begin(shown), spoken=spoken), self._reader.of(cue)
        )
        before_her = {turn.seq for turn in shown}
        found = tuple(one for one in recalled if one.hit.seq not in before_her)
        if is_question(cue):
            return found
        return tuple(one for one in found if all(self._story.may_bring_up(turn.text) for turn in one.turns))

    def known(self, text: str) -> tuple[Fact, ...]:
        """The facts that answer a question."""
        return self._story.ask(text, self._reader.known(text))[1]

    def told(self, text: str) -> list[str]:
        """Those facts, for a brain to speak of."""
        facts = self.known(text)
        if len(facts) <= KNOWN:
            return [told(fact, self._story.zone) for fact in facts]
        return told_together(facts)

    def card(self) -> str:
        """What she has in mind of the person whatever is spoken of; nothing at first."""
        known = card(self._story.knowledge)
        return f"What you know of them: {known}" if known else ""

    async def answer(self, words: Sequence[Turn], now: datetime) -> Answer | None:
        """What she answers exactly: what is asked of her memory itself, and what was never told."""
        if not words:
            return None
        if answered := await self._requests.answer([*words], self._recent.before(words[0].seq), now):
            return answered
        text = words[-1].text
        if told_all := await gather(text, now.astimezone(self._story.zone), self._story, self._archive):
            never = never_told(text, ever=False, key=f"{words[-1].seq}")
            return Answer(told_all.text or never, recalled=told_all.seqs)
        asked, facts = self._story.ask(text, await self._reader.of(text))
        wish = command(text)
        knows = wish is not None and wish.wish == "known"
        if facts or not (asked or knows or of_their_life(text)):
            return None
        found = await self.of(text, now)
        near = [*self._recent.before(words[0].seq), *(turn for one in found for turn in one.turns)]
        mine = [turn for turn in near if _tells(turn)]
        topic = _topic(wish.subject if wish else "", asked) or frozenset(words_of(text))
        if knows and (told_ := [turn for turn in mine if topic & frozenset(read(turn.text).words)]):
            return quoting(told_, self._story.zone, now)
        if any(holds(text, asked, turn.text) for turn in mine):
            return None
        if any(one.hit.likeness >= ALIKE and not _asks(one) for one in found):
            return None
        ever = bool(asked and asked.mode == "ever")
        return Answer(never_told(text, ever=ever, key=f"{words[-1].seq}"))

    async def learned(self, zone: tzinfo) -> list[Event]:
        """What the person's last words tell of them, and what they promise: by rules first, then by what the tagger marks."""
        asked, events = self._recent.asked(), self._recent.promised()
        for turn in self._recent.last_words():
            tagged = await self._reader.of(turn.text)
            events += understood(turn, tagged, zone, self._story.knowledge, asked)
        return events


def _topic(subject: str, asked: Asked | None) -> frozenset[str]:
    """Whom or what a question is about, as the stems of its words: a cat, and not that she is called something."""
    return frozenset(words_of(subject or (f"{asked.about} {asked.value}" if asked else "")))


def _tells(turn: Turn) -> bool:
    """Whether the person told something there."""
    return turn.speaker == "person" and not is_question(turn.text) and command(turn.text) is None


def _asks(one: Remembered) -> bool:
    """Whether what comes to mind is itself a question: the same one, asked before, answers nothing."""
    return any(turn.seq == one.hit.seq and is_question(turn.text) for turn in one.turns)


def _begin(shown: Sequence[Turn]) -> int | None:
    """Where the talk that is before her begins: a life that was brought in the midst of it lies before that."""
    begin = shown[0].seq if shown else None
    for one, next_ in pairwise(shown):
        if next_.seq - one.seq > BLOCK:
            begin = next_.seq
    return begin


class QuietWork:
    """Facts and chapters, drawn from what was said while nobody speaks."""

    def __init__(self, log: Log, brain: Brain, story: Story) -> None:
        self._done: list[Happened] = []
        self._dreaming = Dreaming(log, brain, self._done.extend, lambda fact: story.knowledge.may_learn(fact))

    async def step(self, now: datetime) -> list[Happened]:
        """One thing, and what was written; nothing when all is done. Raises StoreError. `now`: in the person's time zone."""
        self._done.clear()
        if await self._dreaming.segment(now) is None:
            await self._dreaming.chapter(now)
        return [*self._done]
