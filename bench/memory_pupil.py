"""OS1's memory, sitting the exam of `memory_life`: the real companion, store, rules and search, and a clock moved by hand.

It translates between the examiner's words and hers, and knows neither the questions nor the answers.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

from bench.lives.life import Scope, Turn
from bench.memory_life import Answer, Known
from os1.brain.testing import ScriptedBrain
from os1.clock import HandClock
from os1.companion.companion import Companion
from os1.events import Began, Met
from os1.frames import Say
from os1.memory.answering import holds
from os1.memory.archive import Archive
from os1.memory.forgetting import Wish
from os1.memory.gather import gather
from os1.memory.knowledge import Fact
from os1.memory.meaning import Meaning
from os1.memory.people import relation
from os1.memory.slots import dated
from os1.memory.understanding.asking import Asked
from os1.memory.understanding.reader import Reader
from os1.memory.understanding.tagger import tag
from os1.persona.persona import samantha
from os1.store.sqlite import SQLiteStore

HERS = {
    "born": "birthday", "speaks": "language", "has_health": "condition", "eats": "diet", "believes": "opinion",
    "plans": "plan", "plays": "hobby", "favourite:color": "favourite_colour",
}  # fmt: skip
"""Her kinds, in the examiner's words, where they differ."""
ANIMALS = frozenset(
    [
        "dog",
        "cat",
        "horse",
        "parrot",
        "rabbit",
        "hamster",
        "kitten",
        "puppy",
        "tortoise",
        "budgie",
        "guinea",
        "pig",
        "fish",
        "snake",
    ]
)
RELATED = {"husband": "partner", "wife": "partner", "girlfriend": "partner", "boyfriend": "partner", "fiance": "partner",
           "fiancee": "partner", "son": "child", "daughter": "child", "flatmate": "friend"}  # fmt: skip
TURNS_TOLD = 3
"""Turns that are shown when no single fact answers, as a brain would be given them."""


class Pupil:
    """Use: `await Pupil.open(file, meaning)`; then as a `memory_life.Memory`."""

    def __init__(
        self,
        store: SQLiteStore,
        companion: Companion,
        clock: HandClock,
        brain: ScriptedBrain,
        reader: Reader,
    ) -> None:
        self.companion = companion
        self._store = store
        self._clock = clock
        self._brain = brain
        self._reader = reader
        self._n = 0
        self._life: asyncio.Task[None] | None = None

    @classmethod
    async def open(cls, file: Path, meaning: Meaning | None, zone: tzinfo = UTC) -> "Pupil":
        store, clock, brain = (
            await SQLiteStore.open(file),
            HandClock(datetime(2020, 1, 1, tzinfo=UTC)),
            ScriptedBrain(),
        )
        reader = Reader(tag)
        companion = Companion(store, Archive(store, meaning), brain, clock, zone, reader)
        await store.append(
            [Began(how="shipped"), Met(persona=samantha().model_dump(mode="json"), why="shipped")],
            clock.now(),
        )
        await companion.open()
        pupil = cls(store, companion, clock, brain, reader)
        pupil._life = asyncio.create_task(companion.archive.run())
        return pupil

    async def said(self, turn: Turn) -> None:
        self._to(turn.at)
        if turn.speaker == "person":
            self._n += 1
            await self.companion.heard(Say(n=self._n, text=turn.text), "exam-window")
        else:
            await self.companion.said(self.companion.last_seq, turn.text, cut_off=False)

    async def quiet(self) -> None:
        await self.companion.archive.catch_up()
        while await self.companion.quiet_work():
            pass

    async def ask(self, question: str, now: datetime) -> Answer | None:
        self._to(now)
        asked, facts = self.companion.story.ask(question, await self._reader.of(question))
        if asked and facts:
            quotes = await self.companion.story.quoted([quote for fact in facts for quote in fact.quotes])
            return Answer(
                tuple(value for fact in facts for value in _values(fact, asked)),
                current=all(fact.state == "now" for fact in facts),
                quotes=tuple(turn.text for turn in quotes.values()),
                turns=tuple(turn.seq for turn in quotes.values()),
            )
        told_all = await gather(question, self._clock.now(), self.companion.story, self.companion.archive)
        if told_all is not None:
            words = await self.companion.story.words(told_all.seqs)
            quotes = tuple(one.text for one in words)
            return Answer((told_all.text,), True, quotes, told_all.seqs) if told_all.text else None
        hits = await self.companion.archive.recall(question, self._clock.now())
        turns = [
            turn
            for hit in hits
            for turn in hit.turns
            if turn.speaker == "person" and holds(question, asked, turn.text)
        ][: TURNS_TOLD if asked is None or asked.mode == "all" else 1]
        if not turns:
            return None
        texts = tuple(turn.text for turn in turns)
        return Answer(texts, current=True, quotes=texts, turns=tuple(turn.seq for turn in turns))

    async def facts(self) -> Sequence[Known]:
        facts = [fact for fact in self.companion.story.knowledge.facts() if fact.state != "wrong"]
        quotes = await self.companion.story.quoted([fact.quotes[-1] for fact in facts if fact.quotes])
        return [
            _known(fact, quotes[fact.quotes[-1]].text if fact.quotes and fact.quotes[-1] in quotes else None)
            for fact in facts
        ]

    async def forget(self, scope: Scope, text: str) -> None:
        story = self.companion.story
        wish = {
            "sentence": lambda: Wish("sentence"),
            "day": lambda: Wish("day", day=date.fromisoformat(text)),
            "topic": lambda: Wish("topic", names=(text,)),
            "person": lambda: story.wish_about(text),
        }[scope]()
        if scope == "sentence":
            spans = await story.where(text)
            wish = Wish("sentence", seqs=tuple({span.seq for span in spans}), spans=tuple(spans))
        await self.companion.forget(await story.plan(wish))

    async def prompt_tokens(self) -> int:
        await self.companion.anticipate("How are you?")
        return sum(len(message.text) for message in self._brain.prepared[-1]) // 4

    def files(self) -> Sequence[Path]:
        return [*self._store.path.parent.iterdir()]

    async def close(self) -> None:
        if self._life:
            self._life.cancel()
            await asyncio.wait([self._life])
        await self._store.close()

    def _to(self, at: datetime) -> None:
        if at > self._clock.now():
            self._clock.move(at - self._clock.now())


def _values(fact: Fact, asked: Asked) -> list[str]:
    """The value; who it is about where that was asked; when, where that was."""
    values = [fact.value, *([fact.name] if fact.what == "is_your" else [])]
    if fact.since:
        values += [dated(fact.since), fact.since.day.isoformat()]
    elif asked.mode == "when":
        values.append(fact.first.date().isoformat())
    return values


def _known(fact: Fact, quote: str | None) -> Known:
    what = HERS.get(fact.what, fact.what.replace("favourite:", "favourite_"))
    current = fact.state == "now"
    if fact.what == "is_your":
        kin = relation(fact.value)
        what = "pet" if kin in ANIMALS else RELATED.get(kin, kin)
        return Known("me", what, fact.name, quote, current)
    about = "me" if not fact.about else fact.name.removeprefix("my ")
    return Known(about, what, fact.value, quote, current)
