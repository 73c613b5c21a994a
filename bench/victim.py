"""The house that is killed: one companion awake in a process of its own, with one window at the end of a socket.

Real store, real companion, real conversation; only her brain is a chatterbox. Run by `bench.kill9` in a fork.
It does not know when it will die.
"""

import asyncio
import random
import socket
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from os1.brain.base import Message
from os1.brain.testing import ScriptedBrain
from os1.clock import RealClock
from os1.companion.companion import Companion
from os1.companion.conversation import Conversation
from os1.companion.stream import Patience
from os1.companion.window import Window
from os1.events import Event, Happened
from os1.frames import COMMAND
from os1.memory.archive import Archive
from os1.memory.testing import SharedWords
from os1.memory.understanding.reader import Reader
from os1.store.sqlite import SQLiteStore

PATIENCE = Patience(show=1.0, come_back=1.0)
"""Seconds: longer than any of her lives here."""
PIECES = (
    "and then",
    "the boat",
    "came back",
    "without a light,",
    "so we waited",
    "by the water",
    "until morning.",
)
LATE = 0.03
"""Seconds by which the careless store writes after it said it had."""


class Chatterbox(ScriptedBrain):
    """Never out of words, and takes a few milliseconds for each, so that death finds her in mid-sentence."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__(name="chatterbox")
        self._chance = chance

    async def think(self, messages: Sequence[Message], most: int = 200) -> AsyncGenerator[str, None]:
        for place in range(self._chance.randint(1, 14)):
            await asyncio.sleep(self._chance.choice((0, 0, 0.001, 0.004)))
            yield (" " if place else "") + self._chance.choice(PIECES)


class Careless:
    """What must be caught: says that it kept something, and writes it down a moment later."""

    def __init__(self, store: SQLiteStore, last: int) -> None:
        self._append = store.append
        self._last = last
        self._order = asyncio.Lock()
        self._writing: set[asyncio.Task[None]] = set()

    async def append(self, events: Sequence[Event], at: datetime) -> list[Happened]:
        begin = self._last + 1
        self._last += len(events)
        self._writing.add(asyncio.create_task(self._late(events, at), name="late"))
        return [Happened(seq=begin + place, at=at, event=event) for place, event in enumerate(events)]

    async def _late(self, events: Sequence[Event], at: datetime) -> None:
        async with self._order:
            await asyncio.sleep(LATE)
            await self._append(events, at)


async def live(file: Path, line: socket.socket, seed: int, *, careless: bool = False) -> None:
    """Wake in this file and talk over this line until killed, or until the line is closed. Raises StoreError."""
    store = await SQLiteStore.open(file)
    try:
        if careless:
            setattr(store, "append", Careless(store, await store.last()).append)  # noqa: B010 - a method on purpose
        brain = Chatterbox(random.Random(seed))
        companion = Companion(store, Archive(store, SharedWords()), brain, RealClock(), UTC, Reader())
        await companion.open()
        await talk(Conversation(companion, patience=PATIENCE), line)
    finally:
        await store.close()


async def look(file: Path) -> None:
    """Open it, read it whole, close it. Raises StoreError."""
    store = await SQLiteStore.open(file)
    try:
        await store.check()
    finally:
        await store.close()


async def talk(conversation: Conversation, line: socket.socket) -> None:
    reader, writer = await asyncio.open_connection(sock=line)
    window = Window()
    async with asyncio.TaskGroup() as life:
        living = life.create_task(conversation.run(), name="conversation")
        life.create_task(_show(window, writer), name="show")
        async for asked in reader:
            await conversation.obey(window, COMMAND.validate_json(asked))
        conversation.leave(window)
        living.cancel()


async def _show(window: Window, writer: asyncio.StreamWriter) -> None:
    async for frame in window:
        writer.write(frame.model_dump_json().encode() + b"\n")
        await writer.drain()
    writer.close()
