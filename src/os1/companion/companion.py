"""One companion: replies to what was heard, keeps what was said.

`reply` only reads. `heard`, `began`, `skipped`, `said` and `bring` are the only places that write, and each writes
once, before it returns. What she holds in memory is small and the same size after ten years: the window of recent turns,
a few open promises, and what her last words brought to mind.

It does not know who listens, how words are shown, nor which brain finds them.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from datetime import datetime, tzinfo
from typing import Literal

from os1.brain.base import Brain, Message
from os1.clock import Clock
from os1.companion.examining import check
from os1.companion.greeting import Hello, greeting
from os1.companion.in_mind import Thought, settled
from os1.companion.meeting import Meeting, Spoken, passes
from os1.companion.prompt import Scene, clipped, prompt, window
from os1.companion.recent import Recent
from os1.companion.recollection import QuietWork, Recollection
from os1.companion.requests import Doer
from os1.companion.tongue import Tongue
from os1.errors import BadInput, OutOfOrder
from os1.events import Began, Called, Event, Happened, Heard, HungUp, Met, Private, Said, Skipped
from os1.frames import Say
from os1.memory.archive import Archive, turn_of
from os1.memory.finding.words import asks_memory
from os1.memory.forgetting import Plan, Wish
from os1.memory.records import Remembered, Turn
from os1.memory.story import Receipt, Story
from os1.memory.understanding.reader import Reader
from os1.persona.persona import Persona, samantha
from os1.store.base import Log
from os1.store.private import PrivateLog

log = logging.getLogger(__name__)

REPLY_TOKENS = 160
"""Five spoken sentences are under 120; a brain that goes on is cut there."""
CALLS = ("began", "heard", "called", "skipped")
"""What she owes an answer to."""


class Companion:
    """Use: `await open()` once, then `heard`, `reply`, `said`, in that order, for as long as you both live."""

    def __init__(  # noqa: PLR0913
        self, store: Log, archive: Archive, brain: Brain, clock: Clock, zone: tzinfo, reader: Reader
    ) -> None:
        self.store = store
        self.archive = archive
        self.story = Story(store, archive, clock, zone, self._write)
        """What she knows of the person, and what they may do with it."""
        self.forgetting: list[Callable[[], Awaitable[None]]] = []
        """What else must forget, wherever words may lie: run after the log has forgotten."""
        self.brain = brain
        self.meeting = Meeting()
        self.last_seq = 0
        self.unanswered = 0
        """The log number of the last thing she owes an answer to, or 0."""
        self.became = asyncio.Event()
        """Set when who she is was settled or changed; cleared by whoever keeps her persona file."""
        self._clock = clock
        self._zone = zone
        self._recent = Recent(zone)
        self._portrait = ""
        doer = Doer(self._forget, self.keep_private, lambda: self.private)
        self._reader = reader
        self._recollection = Recollection(self.story, archive, self._recent, doer, reader)
        self._quiet_work = QuietWork(store, brain, self.story)
        self._in_mind: tuple[Remembered, ...] = ()
        self._next: tuple[Remembered, ...] = ()
        """What will be in mind once she has said what she is saying, in a call."""
        self._asked_at = 0
        self._thought = Thought()
        self._called = 0
        """The log number of the last call: she answers it with a hello."""

    # --- who she is, and where the two of them stand ---

    @property
    def persona(self) -> Persona | None:
        return self.meeting.persona

    @property
    def needs_brain(self) -> bool:
        """In the first meeting she can speak without one: those words are written."""
        return self.meeting.stage == "living"

    async def open(self) -> None:
        """Take up where the log ends. Reads a bounded number of events, however long the log."""
        await asyncio.to_thread(samantha)  # read from disk once, here, and not in the middle of a hello
        await self.story.open()
        await self._take_up()

    async def _take_up(self) -> None:
        met = await self.store.before(limit=1, kinds=("met",))
        beginning = met or await self.store.read(kinds=("began", "heard", "skipped", "said"))
        self.last_seq = await self.store.last()
        self.meeting = Meeting()
        for happened in beginning:
            self.meeting = self.meeting.after(happened.event)
        self._dress()
        await self._recent.open(self.store, self._note, ("said", "hung_up", *CALLS))

    @property
    def private(self) -> bool:
        """Whether nothing that is said is kept just now."""
        return isinstance(self.store, PrivateLog) and self.store.private

    async def keep_private(self, on: bool) -> list[Happened]:
        """From here on nothing is kept; or again. What was said in private is gone with the end of it."""
        if on == self.private:
            return []
        happened = await self._write(Private(on=on))
        if not on:
            await self._let_go()
        return happened

    async def forget(self, planned: Plan) -> Receipt:
        """What was planned goes: from the log, from all that was made of it, from what the brain has read."""
        receipt = await self.story.forget(planned)
        await self._let_go()
        return receipt

    async def _forget(self, wish: Wish) -> list[Happened]:
        """Planned anew: what she learned while she waited for the yes goes too, and the words that asked for it."""
        return [*(await self.forget(await self.story.plan(wish))).happened]

    async def rest(self) -> None:
        """What the brain has read goes to disk, for a quick start; off the record, nothing does."""
        if not self.private:
            await self.brain.rest()

    async def _let_go(self) -> None:
        """Nothing stays in mind that is not in the log."""
        self._in_mind, self._next, self._thought = (), (), Thought()
        self._reader.forget()
        await self._take_up()
        await self.brain.forget()
        for also in self.forgetting:
            await also()

    async def become(self, persona: Persona) -> list[Happened]:
        """The person edited who she is."""
        return await self._write(Met(persona=persona.model_dump(mode="json"), why="edited"))

    async def bring(self, events: Sequence[Event], times: Sequence[datetime]) -> list[Happened]:
        """Words from a life before OS1, none of them known yet, and when each was said: no part of a talk here."""
        return await self._write(*events, at=times)

    async def quiet_work(self) -> list[Happened]:
        """One step of what is done while nobody speaks, and what was written; nothing when there is nothing to do."""
        if self.meeting.stage != "living" or self.private:
            return []
        happened = await self._quiet_work.step(self._clock.now().astimezone(self._zone))
        self._take(happened)
        if not happened:
            self._keep_in_mind()
        return happened

    # --- what the person does ---

    async def examine(self, say: Say, client: str) -> bool:
        """Whether this message is new; False if this very one was kept before.

        Raises BadInput, TooLong, OutOfOrder for what cannot be taken in, and StoreError.
        """
        check(say, met=self.meeting.stage != "unmet")
        last_n = await self.store.last_n(client)
        if say.n > last_n + 1:
            raise OutOfOrder(f"Message {say.n} came before message {last_n + 1}.", expected=last_n + 1)
        return say.n > last_n

    async def heard(self, say: Say, client: str, *, spoken: bool = False, goes_on: bool = False) -> Happened:
        """Keep what the person said, once: of a message kept before, the first keeping is returned. `examine` it first.

        `spoken`, `goes_on`: as in `Heard`. A thought that was begun on these very words becomes the answer to them.
        """
        if self.needs_brain and not spoken:  # the first meeting recalls nothing
            self.archive.foresee(clipped(say.text))
        update = {"client": client, "spoken": spoken, "goes_on": goes_on}
        event = self._as_heard(say).model_copy(update=update)
        (happened,) = await self.store.append([event], self._clock.now())
        if happened.seq > self.last_seq:
            self._take([happened])
        self._thought = self._thought.settled(say.text, happened.seq)
        return happened

    def _as_heard(self, say: Say) -> Heard:
        asking = self.meeting.asking
        return Heard(
            text=say.text,
            n=say.n,
            seconds=say.seconds,
            hesitations=say.hesitations,
            answers=asking.id if asking else None,
        )

    async def began(self, how: str, name: str | None) -> list[Happened]:
        """They meet. Raises BadInput when they have met already, or for a name that is none."""
        if self.meeting.stage != "unmet":
            raise BadInput("They have met already.")
        began = Began.model_validate({"how": how, "name": name})
        self.meeting.after(began).next_words(
            seed=self.store.companion
        )  # a bad name is refused before it is kept
        return await self._write(began)

    async def called(self, client: str) -> list[Happened]:
        """The person calls. Raises BadInput before they have met: `began` comes first."""
        if self.meeting.stage == "unmet":
            raise BadInput("They have not met yet: `begin` comes first.")
        return await self._write(Called(client=client))

    async def hung_up(self, seconds: float, why: Literal["hung_up", "lost", "closed"]) -> list[Happened]:
        return await self._write(HungUp(seconds=seconds, why=why))

    async def skipped(self, question: str) -> list[Happened]:
        """The person would rather not answer. Skipping what is not being asked does nothing."""
        asking = self.meeting.asking
        if asking is None or asking.id != question:
            return []
        happened = await self._write(Skipped(question=question))
        if isinstance(thought := self._thought.reply, str) and passes(thought):
            self._thought = self._thought.settled(thought, happened[0].seq)
        return happened

    # --- what she does ---

    async def reply(self, to: int | str) -> AsyncGenerator[str]:
        """Her words in answer: to log number `to`, or to words that were said and are not kept yet. Writes nothing.

        Of words not kept yet she recalls no more than `anticipate` brought to mind: a change would be read for a second.
        Raises BrainUnavailable.
        """
        ahead = to if isinstance(to, str) else ""
        if written := self._written(to):
            self._thought = Thought(to, spoken=written)
            for words in written.words():
                yield words
            return
        words_ = [self._unsaid(ahead)] if ahead else self._recent.last_words()
        if answered := await self._recollection.answer(words_, self._clock.now()):
            self._thought = Thought(to, recalled=answered.recalled, act=answered.act)
            for words in Spoken("", None, answered.text, "").words():
                yield words
            return
        if not ahead:
            self._in_mind = settled(
                self._in_mind, await self._recollection.of(self._recent.cue(), self._clock.now())
            )
        known = [fact.id for fact in self._recollection.known(ahead or self._recent.cue())]
        recalled = (*known, *(memory.hit.seq for memory in self._in_mind))
        self._thought = Thought(to, self.brain.name, recalled)
        tongue = Tongue(self.persona.name if self.persona else "")
        async with aclosing(self.brain.think(self._prompt(ahead), REPLY_TOKENS)) as found:
            async for piece in found:
                if words := tongue.take(piece):
                    yield words
                if tongue.done:
                    break
        if words := tongue.rest():
            yield words

    async def said(self, reply: int, text: str, *, cut_off: bool, spoken: bool = False) -> list[Happened]:
        """The one place that keeps her words: what was really shown or played. Empty: she was stopped before a word of it."""
        thought = self._thought if self._thought.reply == reply else Thought(reply)
        events: list[Event] = [
            Said(
                text=text,
                reply=reply,
                cut_off=cut_off,
                asks=thought.spoken.asks if thought.spoken else None,
                brain=thought.brain,
                recalled=thought.recalled,
                spoken=spoken,
            )
        ]
        if thought.spoken and thought.spoken.meets and self.meeting.how:
            events.append(Met(persona=thought.spoken.meets.model_dump(mode="json"), why=self.meeting.how))
        elif self.meeting.stage == "living" and not self.private:
            events += await self._recollection.learned(self._zone)
        self._in_mind, self._next = self._next, ()
        happened = [*thought.kept] or await self._write(*events)
        if not thought.act or not text:
            return happened
        # Kept until it is done: a full disk makes her try again.
        self._thought = thought._replace(kept=tuple(happened))
        done, self._thought = await thought.act(), Thought()  # what it asked for is asked for once
        return happened + done

    async def anticipate(self, draft: str, *, spoken: bool = False) -> None:
        """Think ahead while the person writes or speaks: recall, and let the brain read. Nothing of it is kept.

        While someone speaks there is no time to read a memory, unless they ask for one: what their words bring to mind
        is with her a turn later (`expect`). May raise BrainUnavailable.
        """
        if self.meeting.stage != "living":
            return
        if spoken and asks_memory(draft) and self._asked_at != self.last_seq:
            self._asked_at, self._in_mind = (
                self.last_seq,
                await self._recollection.of(draft, self._clock.now(), spoken=True),
            )
        elif draft.strip() and not spoken:
            self._in_mind = settled(self._in_mind, await self._recollection.of(draft, self._clock.now()))
        await self.brain.prepare(self._prompt(draft))

    async def expect(self, text: str) -> None:
        """These words of hers are being said: recall, and let the brain read how the window will be after them.

        Nothing of it is kept. May raise BrainUnavailable.
        """
        if self.meeting.stage == "living":
            now, last = self._clock.now(), self.last_seq
            self._next = await self._recollection.of(self._recent.cue() or text, now, spoken=True)
            said, next_ = Turn(last + 1, now, "companion", text), Turn(last + 2, now, "person", "")
            turns = [*window([*self._recent.turns, said], self._recent.count + 1), next_]
            await self.brain.prepare(prompt(Scene(self._portrait, turns, self._next), self._zone))

    # --- inside ---

    def _written(self, to: int | str) -> Spoken | None:
        """What she says without thinking: all of the first meeting, and hello when she is called."""
        meeting = self.meeting
        if isinstance(to, str):
            asking = meeting.asking
            skips = asking is not None and passes(to)
            event = Skipped(question=asking.id) if asking and skips else self._as_heard(Say(n=1, text=to))
            meeting = meeting.after(event)
        if meeting.stage != "living":
            return meeting.next_words(seed=self.store.companion)
        if to == self._called and self.persona:
            last = self._recent.turns[-1].at if self._recent.turns else None
            now = self._clock.now().astimezone(self._zone)
            return Spoken("", None, greeting(Hello(self.persona.address.name, last, now, self.last_seq)), "")
        return None

    def _unsaid(self, words: str) -> Turn:
        """Words of the person that are not kept yet."""
        return Turn(self.last_seq + 1, self._clock.now(), "person", words)

    def _prompt(self, draft: str = "") -> list[Message]:
        turns: Sequence[Turn] = self._recent.shown()
        if draft or not turns or turns[-1].speaker == "companion":
            turns = [*turns, self._unsaid(draft)]
        known = self._recollection.told(draft or self._recent.cue())
        promised = self._recent.open_promises(self._clock.now())
        return prompt(Scene(self._portrait, turns, self._in_mind, promised, known), self._zone)

    async def _write(self, *events: Event, at: Sequence[datetime] = ()) -> list[Happened]:
        happened = await self.store.append(events, at or self._clock.now())
        self._take(happened)
        return happened

    def _take(self, happened: Sequence[Happened]) -> None:
        """What was written becomes part of what she has at hand."""
        for one in happened:
            self.last_seq = one.seq
            self.meeting = self.meeting.after(one.event)
            if isinstance(one.event, Met):
                self._dress()
                if one.event.why != "edited":
                    self._recent.begin_after(one)
            self._note(one)
            self._recent.note(one)
        self.story.take(happened)
        if not self.private:
            self.archive.keep([turn for one in happened if (turn := turn_of(one))])

    def _note(self, happened: Happened) -> None:
        if happened.event.kind in CALLS:
            self.unanswered = happened.seq
        if happened.event.kind == "called":
            self._called = happened.seq
        elif isinstance(happened.event, Said) and happened.event.reply >= self.unanswered:
            self.unanswered = 0
        elif happened.event.kind == "hung_up" and self.unanswered == self._called:
            self.unanswered = 0  # a hello that was not heard is not written afterwards

    def _dress(self) -> None:
        self._keep_in_mind()
        if self.persona:
            self.became.set()

    def _keep_in_mind(self) -> None:
        """Who she is, and what she knows of the person as of now: a brain reads it anew only when it has changed."""
        parts = [self.persona.portrait() if self.persona else "", self._recollection.card()]
        self._portrait = "\n\n".join(part for part in parts if part)
