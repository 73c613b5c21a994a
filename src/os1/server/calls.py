"""The calls of one companion: one at a time, which outlives the line it began on.

Whoever carries sound (a WebSocket, WebRTC, a sound card) dials here with a wire. It does not know what the wire is.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from os1.companion.conversation import Conversation
from os1.companion.line import Line
from os1.errors import OS1Error, StoreError
from os1.voice.base import Wire
from os1.voice.call import Call, Parts
from os1.voice.listening import Listening
from os1.voice.signals import CallEnded, Trace

log = logging.getLogger(__name__)

COME_BACK = 120.0
"""Seconds a call waits for a lost line: a tunnel, a lift, a lid closed for a moment."""
Why = Literal["hung_up", "lost", "closed"]


class Meter(Protocol):
    """Whoever counts. Told numbers, never words."""

    def call(self, on: bool) -> None: ...
    def spoken_turn(self, trace: Trace) -> None: ...


class Voice(Protocol):
    """What this house hears and speaks with, once it is awake."""

    async def run(self) -> None:
        """Wakes it, and keeps it until cancelled."""
        ...

    async def awake(self) -> None:
        """Returns when it is. Raises EarsUnavailable when it cannot be."""
        ...

    def listening(self) -> Listening: ...

    def parts(self) -> Parts: ...


class Wired(Wire, Protocol):
    """A wire that a call can be ended on."""

    def end(self, ended: CallEnded | None = None) -> None: ...


@dataclass
class Live:
    """The call that is going on."""

    id: str
    wire: Wired
    line: Line
    began: float
    why: Why = "hung_up"
    waiting: asyncio.TimerHandle | None = None


class Calls:
    """Use: `run` as a task of the house; `dial`, then `lost` and `back` as the line breaks and mends."""

    def __init__(self, conversation: Conversation, voice: Voice, meter: Meter) -> None:
        self._conversation = conversation
        self._voice = voice
        self._meter = meter
        self._live: Live | None = None
        self._over = asyncio.Event()
        self._over.set()
        self._dialled: asyncio.Queue[Live] = asyncio.Queue()
        self._dialling = asyncio.Lock()

    async def run(self) -> None:
        """Every call in its turn, until the house closes."""
        try:
            while True:
                await self._talk(await self._dialled.get())
        finally:
            if self._live:
                self._live.why = "closed"
                self._live.wire.end(
                    CallEnded(why="closed", text="The house is closing. What you said is kept.")
                )

    def going_on(self, call: str) -> Live | None:
        """The call of this name, if it still lives."""
        return self._live if self._live and self._live.id == call else None

    async def dial(self, call: str, client: str, wire: Wired) -> None:
        """A new call; one that goes on elsewhere ends. Raises EarsUnavailable, BadInput, StoreError."""
        async with self._dialling:
            await self._voice.awake()
            if before := self._live:
                before.wire.end(
                    CallEnded(why="elsewhere", text="You are talking with her in another window now.")
                )
                await self._over.wait()
            line = Line(self._conversation, client, call)
            await line.open()
            self._over.clear()
            now = asyncio.get_running_loop().time()
            self._live = Live(call, wire, line, now)
            self._dialled.put_nowait(self._live)

    def lost(self, live: Live, after: Callable[[], None]) -> None:
        """Its line broke. If it does not come back, the call ends, and `after` is called."""
        loop = asyncio.get_running_loop()
        live.line.show(state="away")
        live.waiting = loop.call_later(COME_BACK, self._give_up, live, after)

    def back(self, live: Live) -> None:
        if live.waiting:
            live.waiting.cancel()
        live.line.show(state="on")

    def _give_up(self, live: Live, after: Callable[[], None]) -> None:
        live.why = "lost"
        after()

    async def _talk(self, live: Live) -> None:
        self._meter.call(True)
        try:
            parts = self._voice.parts()._replace(told=self._meter.spoken_turn)
            await Call(live.wire, self._voice.listening(), parts, live.line).run()
        except* OS1Error as errors:
            log.error(
                "a call broke off", extra={"codes": [type(error).__name__ for error in errors.exceptions]}
            )
        except* Exception:
            log.exception("a fault of ours in a call")  # it ends; the house and her other windows do not
        finally:
            await self._end(live)

    async def _end(self, live: Live) -> None:
        if live.waiting:
            live.waiting.cancel()
        self._live = None
        self._meter.call(False)
        seconds = asyncio.get_running_loop().time() - live.began
        try:
            await live.line.close(seconds, live.why)
        except StoreError as error:
            log.error("the end of a call was not kept", extra={"code": error.code})
        live.wire.end(CallEnded(why="hung_up"))
        self._over.set()
