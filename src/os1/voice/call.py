"""One live call from hello to goodbye. Read `run`, then `_hear`, `_understand`, `_take_turn`.

While the person speaks she listens, understands and reads ahead; when they fall silent she begins to think, and voices
the first phrase; when the silence has lasted long enough for what was said, the words are kept and she is heard. If
they go on before that, the thought is dropped and nothing happened. If they speak while she does, she lowers her voice,
then holds it, and stops when there are words.

It decides by `turns`, `ends` and `floor`, which are pure, and knows neither models, sockets nor a companion.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import NamedTuple

from os1.errors import EarsUnavailable, OS1Error
from os1.frames import Trouble
from os1.voice.answer import Answer
from os1.voice.attuning import Attuning
from os1.voice.base import (
    HEARD_RATE,
    Act,
    Ears,
    Mouth,
    Patience,
    Responder,
    Sound,
    Transcript,
    Wire,
)
from os1.voice.floor import verdict
from os1.voice.hearing import Hearing
from os1.voice.listening import Listening
from os1.voice.openers import opener
from os1.voice.reading import ReadingAhead
from os1.voice.signals import Trace
from os1.voice.speaker import Speaker
from os1.voice.trace import traced
from os1.voice.turns import Signal, Turns
from os1.voice.utterance import LONGEST_STRETCH, STRETCH, Utterance, same_words
from os1.voice.within import within

log = logging.getLogger(__name__)

EVERY = 0.25
"""Seconds of new speech before it is understood anew: a word is about this long."""
HOLD_AFTER = 0.128
"""Seconds of their voice over hers until she falls silent: shorter is a click, longer feels like being talked over."""
GOES_ON = 0.7
"""Seconds of her voice within which a person who speaks was not done: they pay her no heed, and she yields at once."""
NOTHING = 0.4
"""Seconds of silence after a sound without words until it is forgotten."""
NOISE = 1.6
"""Seconds of sound without a word after which she speaks on over it: a vacuum cleaner, a television."""
WHILE_THINKING = 0.35
"""Seconds that the judge of silences waits for her first phrase: two cores cannot do both as fast. A slow brain is not
waited for."""
KEEP_WITHIN = 0.7
"""Seconds that words which are over wait for her first sound before they are kept: until then, who goes on after all is
heard as if they had not stopped."""
SLOW = 0.9
"""Seconds more without a sound of hers until she says that she is thinking: after two, people ask if someone is there."""
LONG = 3_000
"""Characters of one long speech that are kept while it still goes on: nothing said is only in memory for minutes."""


class Parts(NamedTuple):
    """What she hears and speaks with in this call."""

    ears: Ears
    mouth: Mouth
    judge: Patience
    attuning: Attuning
    told: Callable[[Trace], None] = lambda trace: None
    """Told where the time of each turn went."""


class Call:
    """Use: `await run()`; returns when the person has hung up or the wire has ended."""

    def __init__(self, wire: Wire, listening: Listening, parts: Parts, responder: Responder) -> None:
        self._wire = wire
        self._parts = parts
        self._responder = responder
        self._listening = listening
        self._speaker = Speaker(wire, listening, responder)
        self._hearing = Hearing(parts.ears)
        self._reading = ReadingAhead(responder)
        self._turns = Turns()
        self._utterance: Utterance | None = None
        self._understanding: asyncio.Task[None] | None = None
        self._thought: tuple[Answer, asyncio.Task[None]] | None = None
        self._taking: asyncio.Task[None] | None = None
        self._keeping = False
        self._news = asyncio.Event()
        self._over = asyncio.Event()
        self._times: dict[str, float] = {}

    async def run(self) -> None:
        async with asyncio.TaskGroup() as life:
            self._life = life
            tasks = [
                life.create_task(self._speaker.follow(), name="her voice"),
                life.create_task(self._reading.run(), name="reading ahead"),
                life.create_task(self._answer_calls(), name="called upon"),
            ]
            try:
                async for heard in self._wire:
                    if isinstance(heard, Act):
                        if heard.kind == "hang_up":
                            break
                        await self._act(heard)
                    else:
                        await self._hear(heard)
            finally:
                await self._end(tasks)

    # --- what comes in ---

    async def _hear(self, frame: Sound) -> None:
        for chunk in self._listening.chunks(frame):
            if self._utterance:
                self._utterance.add(chunk.sound)
                if self._turns.speaking and self._utterance.samples >= self._next:
                    self._news.set()
            signal = self._turns.hear(chunk.seconds, chunk.speech)
            if self._speaker.speaking and self._turns.speaking and self._turns.voiced >= HOLD_AFTER:
                self._speaker.hold()
            if signal:
                await self._signalled(signal)
        if trouble := self._listening.trouble():
            self._wire.tell(trouble)

    async def _signalled(self, signal: Signal) -> None:
        now = self._now()
        match signal:
            case Signal.BEGAN:
                await self._began()
            case Signal.DIPPED:
                self._times = {"end": now - self._listening.lag, "noticed": now}
                self._hearing.let_go()
                self._news.set()
            case Signal.RESUMED:
                self._over.clear()
                await self._drop()
                self._news.set()
            case Signal.ENDED:
                self._times["patient until"] = now
                self._over.set()

    async def _began(self) -> None:
        """Someone begins to speak: to her, over her, or going on after she came in too early."""
        goes_on = self._speaker.speaking and self._speaker.seconds < GOES_ON
        if goes_on:
            await self._speaker.stop()
        self._speaker.soften()
        self._over.clear()
        await self._drop()
        self._utterance = Utterance(self._listening.before(), goes_on=goes_on)
        self._next = self._utterance.samples + int(EVERY * HEARD_RATE)
        self._understanding = self._life.create_task(self._understand(self._utterance), name="understand")

    async def _act(self, act: Act) -> None:
        match act.kind:
            case "hush":
                await self._speaker.stop(hushed=True)
            case "mute" | "lost":
                await self._keep_unfinished()
            case "unmute" | "back":
                self._listening.resumed(self._speaker.played)
            case _:
                pass

    # --- understanding, and thinking ahead ---

    async def _understand(self, utterance: Utterance) -> None:
        """What is being said, again and again as it grows; and, whenever it falls silent, a thought in answer."""
        while True:
            await self._news.wait()
            self._news.clear()
            dipped = not self._turns.speaking
            if utterance.paused and not dipped and utterance.seconds > STRETCH:
                utterance.settle()
            if not await self._transcribe(utterance):
                continue
            if self._speaker.speaking:
                await self._consider(utterance, dipped)
            elif dipped and not self._turns.speaking:
                await self._suppose_over(utterance)
            else:
                self._reading.read(utterance.text)
            await self._stretch(utterance)

    async def _transcribe(self, utterance: Utterance) -> bool:
        """Whether anything new was understood. Ears that fail once are asked again with the next sound."""
        self._next = utterance.samples + int(EVERY * HEARD_RATE)
        try:
            if not await self._hearing.understand(utterance):
                return False
        except EarsUnavailable as error:
            self._wire.tell(Trouble(code=error.code, text=error.spoken))
            return False
        if not self._speaker.speaking and (words := self._words(utterance)):
            self._responder.hearing(words)
        return True

    def _words(self, utterance: Utterance) -> str:
        """What was said, if these are words and not her own."""
        kind = verdict(utterance.text, utterance.last.sure, self._speaker.hers)
        return "" if kind in ("nothing", "echo") else utterance.text

    async def _suppose_over(self, utterance: Utterance) -> None:
        """They fell silent, perhaps for good: a thought in answer, and someone who judges the silence."""
        self._times["words"] = self._now()
        utterance.paused = True
        text = self._words(utterance)
        if not text:
            await self._drop()
            self._taking = self._life.create_task(self._forget(utterance), name="nothing")
            return
        answer = await self._think(text)
        if self._taking is None or self._taking.done():
            said = utterance.last._replace(text=text)
            self._taking = self._life.create_task(self._take_turn(utterance, said, answer), name="take turn")

    async def _think(self, text: str) -> Answer:
        """Begin to answer this, unless that was begun already. It is not heard before the turn is taken."""
        if self._thought and same_words(str(self._thought[0].to), text):
            return self._thought[0]
        await self._drop()
        self._reading.stop()
        self._thought = self._begin(text)
        return self._thought[0]

    def _begin(self, to: str | int) -> tuple[Answer, asyncio.Task[None]]:
        answer = Answer(to, self._responder, self._parts.mouth, self._parts.attuning.now())
        return answer, self._life.create_task(answer.run(), name="answer")

    async def _stretch(self, utterance: Utterance) -> None:
        """Long speech: settle what was understood, and keep it while it still goes on."""
        if utterance.seconds > LONGEST_STRETCH:
            cut = utterance.quietest()
            with suppress(EarsUnavailable):  # then the word at the cut is lost, and nothing else
                await self._hearing.understand(utterance, cut)
            utterance.settle()
        self._next = utterance.samples + int(EVERY * HEARD_RATE)
        if utterance.settled_length > LONG and self._turns.speaking:
            goes_on = utterance.goes_on
            await self._heard(utterance.take(), goes_on=goes_on)

    # --- taking the turn ---

    async def _take_turn(self, utterance: Utterance, said: Transcript, answer: Answer) -> None:
        """Once they have surely ended, and she has something to say: keep their words, and be heard."""
        await self._judge(said, sound := utterance.sound, answer)
        await self._over.wait()
        await within(answer.ready.wait(), KEEP_WITHIN)
        self._keeping = True  # from here on it cannot be dropped: their words are being written down
        try:
            times = self._times
            times["keeping"] = self._now()
            answer.reply = await self._heard(str(answer.to), goes_on=utterance.goes_on)
            times["kept"] = self._now()
            thought, self._thought = self._thought, None
            self._close()
            self._listening.confirmed()
            if thought and answer.reply:
                times["out"] = self._now()
                await self._speaker.begin(*thought)
            elif thought:
                thought[1].cancel()
        finally:
            self._keeping = False
        if not await within(answer.ready.wait(), SLOW):
            answer.open_with(opener(str(answer.to), answer.reply))
        await answer.voiced.wait()
        self._tell_times(answer, times)
        await self._parts.attuning.after(sound, str(answer.to))
        await answer.thought.wait()
        if not answer.trouble:
            await self._reading.expect(answer.text)

    async def _judge(self, said: Transcript, sound: Sound, answer: Answer) -> None:
        """How long a silence means that they are done: by the words, and if that is not sure, by a closer look."""
        asked = self._speaker.hers.rstrip().endswith("?")
        self._times["judged from"] = self._now()
        enough = await self._parts.judge.at_once(said, sound, asked=asked)
        if enough is None:
            await within(answer.phrased.wait(), WHILE_THINKING)
            enough = await self._parts.judge.patience(said, sound, asked=asked)
        self._times["judged"] = self._now()
        self._wait(enough)

    def _wait(self, seconds: float) -> None:
        self._turns.patience = seconds
        if self._turns.settle():
            self._times["patient until"] = self._now()
            self._over.set()

    async def _heard(self, text: str, *, goes_on: bool) -> int:
        """Keep what they said. Returns its number, or 0 when it could not be kept: then she says so, and says it is not."""
        seconds, pauses = round(self._turns.seconds - self._turns.silence, 1), self._turns.pauses
        try:
            return await self._responder.heard(
                text, seconds=max(0.0, seconds), pauses=pauses, goes_on=goes_on
            )
        except OS1Error as error:
            log.error("what was said was not kept", extra={"code": error.code})
            self._wire.tell(Trouble(code=error.code, text=error.spoken))
            return 0

    async def _forget(self, utterance: Utterance) -> None:
        """It was no word: after a moment, as if nothing had been."""
        self._wait(NOTHING)
        await self._over.wait()
        self._responder.hearing("")
        self._close()
        self._listening.forgotten()
        self._speaker.go_on()

    # --- who has the floor ---

    async def _consider(self, utterance: Utterance, dipped: bool) -> None:
        """She is speaking, and so are they: give way to words, go on after anything else."""
        kind = verdict(utterance.text, utterance.last.sure, self._speaker.hers)
        if kind == "words":
            await self._speaker.stop()
            self._responder.hearing(utterance.text)
            if dipped:
                await self._suppose_over(utterance)
        elif dipped:
            await self._drop()
            self._taking = self._life.create_task(self._forget(utterance), name="nothing")
        elif utterance.seconds > NOISE and kind == "nothing":
            self._speaker.go_on()

    async def _answer_calls(self) -> None:
        while True:
            reply = await self._responder.called_upon()
            await self._speaker.stop(hushed=not reply)
            if reply:
                answer, task = self._begin(reply)
                answer.reply = reply
                await self._speaker.begin(answer, task)

    async def _drop(self) -> None:
        """The thought of a moment ago leaves no trace. Not once their words are being written down."""
        if self._keeping:
            return
        taking, self._taking = self._taking, None
        thought, self._thought = self._thought, None
        doomed = [task for task in (taking, thought and thought[1]) if task and not task.done()]
        for task in doomed:
            task.cancel()
        if doomed:
            await asyncio.wait(doomed)

    def _close(self) -> None:
        """This turn of theirs is over, whatever came of it."""
        self._turns.close()
        self._utterance = None
        self._over.clear()
        if self._understanding and self._understanding is not asyncio.current_task():
            self._understanding.cancel()
        self._understanding = None

    async def _keep_unfinished(self) -> None:
        """The microphone is off, or the call over, in the middle of a sentence: what was understood is kept."""
        utterance = self._utterance
        if utterance is None or self._keeping:
            return
        await self._drop()
        text = self._words(utterance)
        if text and not self._speaker.speaking:
            await self._heard(text, goes_on=utterance.goes_on)
        self._close()

    async def _end(self, tasks: list[asyncio.Task[None]]) -> None:
        await self._keep_unfinished()
        await self._speaker.stop()
        running = [*tasks, self._taking, self._understanding]
        for task in running:
            if task:
                task.cancel()

    def _tell_times(self, answer: Answer, times: dict[str, float]) -> None:
        times = answer.times | times
        if {"end", "out", "first sound"} <= times.keys():
            times["out"] = max(times["out"], times["first sound"])
            trace = traced(answer.reply, times)
            self._parts.told(trace)
            self._wire.tell(trace)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
