"""A scripted person at a window, and a companion who is awake: what most stories begin with."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from os1.brain.base import Brain
from os1.brain.testing import ScriptedBrain
from os1.clock import HandClock
from os1.companion.companion import Companion
from os1.companion.conversation import Conversation
from os1.companion.stream import Patience
from os1.companion.window import Window
from os1.events import Event, Happened, Heard, Met, Said, Value
from os1.frames import (
    Begin,
    CaughtUp,
    Command,
    Ended,
    Frame,
    Open,
    Say,
    Shown,
    Skip,
    Stop,
    Trouble,
    Welcome,
    Words,
)
from os1.memory.archive import Archive
from os1.memory.meaning import Meaning
from os1.memory.testing import SharedWords
from os1.memory.understanding.reader import Reader
from os1.store.base import Log
from os1.store.private import PrivateLog
from os1.store.sqlite import SQLiteStore

ROME = ZoneInfo("Europe/Rome")
QUICK = Patience(show=0.05, come_back=0.05)
"""Seconds a test waits for a window that shows nothing."""
MEANING = SharedWords()


F = TypeVar("F", bound=Value)


class Person:
    """Sits at one window. Reads everything as it comes, unless told to read only so many characters of an answer."""

    def __init__(self, conversation: Conversation, client: str = "a-window") -> None:
        self.conversation = conversation
        self.client = client
        self.window = Window()
        self.frames: list[Frame] = []
        self.reads = 10**9
        self._words: dict[int, str] = {}
        self._n = 0
        self._arrived = asyncio.Event()
        self._posted: list[asyncio.Future[None]] = []

    async def look(self) -> None:
        """What the window does for as long as it is open."""
        async for frame in self.window:
            self.frames.append(frame)
            if isinstance(frame, Words):
                text = self._words.get(frame.reply, "")[: frame.start] + frame.text
                self._words[frame.reply] = text
                await self.send(Shown(reply=frame.reply, chars=min(self.reads, len(text))))
            self._arrived.set()

    async def send(self, command: Command) -> None:
        await self.conversation.obey(self.window, command)

    def post(self, command: Command) -> None:
        """Sends it as soon as the loop comes round to it."""
        self._posted.append(asyncio.ensure_future(self.send(command)))

    async def opens(self, after: int = -1, reply: int = 0, seen: str = "") -> Welcome:
        """Opens the window; after a lost connection, with what it had shown of her words."""
        self._words[reply] = seen
        await self.send(Open(client=self.client, after=after, reply=reply, have=len(seen)))
        await self.until(CaughtUp)
        self._n = self.last(Welcome).heard_n
        return self.last(Welcome)

    async def begins(self, how: str = "shipped", name: str | None = None) -> str:
        return await self._hears_after(Begin.model_validate({"how": how, "name": name}))

    async def says(self, text: str, n: int | None = None) -> str:
        """Says it, and returns what she answered, once she has finished."""
        return await self._hears_after(self.saying(text, n))

    async def skips(self, question: str) -> str:
        return await self._hears_after(Skip(question=question))

    def saying(self, text: str, n: int | None = None) -> Say:
        self._n = n or self._n + 1
        return Say(n=self._n, text=text, seconds=2.0)

    async def stops(self, chars: int) -> None:
        reply = self.last(Words).reply
        await self.send(Stop(reply=reply, chars=chars))
        await self.until(Ended)

    async def _hears_after(self, command: Command) -> str:
        """What she answers to it: not the end of what she was saying before, nor an answer that came to nothing."""
        before, seen = self.conversation.companion.last_seq, len(self.frames)
        await self.send(command)
        while (ended := await self.until(Ended, seen)).reply <= before or not ended.chars:
            seen = self.frames.index(ended, seen) + 1
        return self._words.get(ended.reply, "")

    async def until(self, kind: type[F], since: int = 0) -> F:
        """The next frame of this kind."""
        async with asyncio.timeout(10):
            while True:
                for frame in self.frames[since:]:
                    if isinstance(frame, kind):
                        return frame
                self._arrived.clear()
                await self._arrived.wait()

    async def until_event(self, kind: type[Value], since: int = 0) -> Happened:
        """The next event of this kind that happened."""
        async with asyncio.timeout(10):
            while True:
                for frame in self.frames[since:]:
                    if isinstance(frame, Happened) and isinstance(frame.event, kind):
                        return frame
                self._arrived.clear()
                await self._arrived.wait()

    async def reads_words(self, start: str) -> None:
        """Waits until her present words begin like this."""
        async with asyncio.timeout(10):
            while not any(text.startswith(start) for text in self._words.values()):
                self._arrived.clear()
                await self._arrived.wait()

    def last(self, kind: type[F]) -> F:
        return [frame for frame in self.frames if isinstance(frame, kind)][-1]

    def troubles(self) -> list[str]:
        return [frame.code for frame in self.frames if isinstance(frame, Trouble)]


@asynccontextmanager
async def awake(
    file: Path,
    brain: Brain | None = None,
    clock: HandClock | None = None,
    patience: Patience = QUICK,
    meaning: Meaning | None = MEANING,
    reader: Reader | None = None,
) -> AsyncGenerator[Conversation]:
    """A companion who lives in this file, awake for as long as the block."""
    store = await SQLiteStore.open(file)
    try:
        kept = await PrivateLog.over(store)
        archive = Archive(store, meaning)
        companion = Companion(
            kept, archive, brain or ScriptedBrain(), clock or HandClock(), ROME, reader or Reader()
        )
        await companion.open()
        conversation = Conversation(companion, patience=patience)
        async with asyncio.TaskGroup() as life:
            living = life.create_task(conversation.run(), name="conversation")
            yield conversation
            living.cancel()
    finally:
        await store.close()


@asynccontextmanager
async def at_a_window(conversation: Conversation, client: str = "a-window") -> AsyncGenerator[Person]:
    """A person at a window of hers, for as long as the block."""
    person = Person(conversation, client)
    async with asyncio.TaskGroup() as life:
        life.create_task(person.look(), name=f"window {client}")
        yield person
        conversation.leave(person.window)


async def story(store: Log) -> list[tuple[str, str]]:
    """The log as (kind, words), whole."""
    return [told(happened) for happened in await store.read()]


def told(happened: Happened) -> tuple[str, str]:
    event: Event = happened.event
    match event:
        case Heard(text=text) | Said(text=text, cut_off=False):
            return event.kind, text
        case Said(text=text):
            return "cut off", text
        case Met(persona=persona):
            return "met", str(persona["name"])
        case _:
            return event.kind, getattr(event, "text", "") or getattr(event, "question", "") or getattr(
                event, "how", ""
            )


def texts(events: Sequence[Happened]) -> list[str]:
    return [told(happened)[1] for happened in events]
