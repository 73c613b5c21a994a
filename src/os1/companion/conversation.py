"""One companion's typed conversation, from hello to goodbye, with every window she is open in.

Read `run` first, then `obey`. A turn is a transaction: her words stream, the windows say how much was really shown,
and only that is kept. An interruption replaces the turn. The same rules hold in a page, a terminal and a test.

It does not know sockets or terminals, nor what she thinks with.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from typing import TypeVar

from os1.companion.ahead import Ahead
from os1.companion.companion import Companion
from os1.companion.history import PAGE, brain_frame, history
from os1.companion.quiet import Quiet
from os1.companion.stream import Floor, Meter, Patience, Stream, Unmetered
from os1.companion.window import Window, Windows
from os1.errors import AheadOfLog, BadInput, OS1Error, StoreError, WrongNumber
from os1.events import Happened
from os1.frames import (
    PROTOCOL,
    SHOWN,
    Begin,
    Command,
    Draft,
    Earlier,
    Ended,
    Frame,
    Kept,
    Open,
    Page,
    Say,
    Shown,
    Skip,
    Stop,
    Thinking,
    Trouble,
    Words,
    told,
)

log = logging.getLogger(__name__)
T = TypeVar("T")

AGAIN = 2.0
"""Seconds before she tries again to write down what she said, on a disk that was full."""
HUSHED = 2.0
"""Seconds in which her voice falls silent once she is told to, and what was heard of her is kept."""
TRIES = 3
"""Times she begins anew on the same words when a brain loses her thread or nobody sees the answer; then she lets it go."""


class Conversation:
    """Use: `run()` in a task group; for each window `obey` its commands, `open` first, and in the end `leave`."""

    def __init__(
        self, companion: Companion, meter: Meter | None = None, patience: Patience | None = None
    ) -> None:
        self.companion = companion
        self._meter = meter or Unmetered()
        self._patience = patience or Patience()
        self._windows = Windows()
        self._stream: Stream | None = None
        self._speaking: asyncio.Task[None] | None = None
        self._stopped = False
        self._settling = asyncio.Lock()
        self._kept = 0
        """The log number whose answer was kept last: what is still heard of it, after something typed, is not kept again."""
        self._hearing = 0
        self._tried, self._tries = 0, 0
        self._called = asyncio.Event()
        self._ahead = Ahead(companion, busy=lambda: self._stream is not None)
        self._floor: Floor | None = None
        self._quiet = Quiet(self._quiet_work, busy=lambda: bool(self._stream or self._floor))

    async def run(self) -> None:
        """Answer whoever calls, think ahead while they write, and keep brain and memory alive, until cancelled."""
        async with asyncio.TaskGroup() as life:
            life.create_task(self.companion.brain.run(), name="brain")
            life.create_task(self.companion.archive.run(), name="memory")
            life.create_task(self._ahead.run(), name="think ahead")
            life.create_task(self._watch_brain(), name="watch brain")
            life.create_task(self._quiet.run(), name="quiet work")
            try:
                while True:
                    await self._answer_next(life)
            finally:
                await self._hush()

    # --- what a window asks ---

    async def obey(self, window: Window, command: Command) -> None:
        """Do what a window asks. What goes wrong is told to that window, and ends nothing."""
        self._quiet.stir()
        try:
            await self._obey(window, command)
        except OS1Error as error:
            log.info("refused", extra={"command": command.kind, "code": error.code})
            n = command.n if isinstance(command, Say) else None
            expected = error.expected if isinstance(error, WrongNumber) else None
            window.tell(Trouble(code=error.code, text=error.spoken, n=n, expected=expected))

    def leave(self, window: Window) -> None:
        self._windows.remove(window)
        self._meter.windows(len(self._windows))
        if self._stream:
            self._stream.moved.set()

    async def _obey(self, window: Window, command: Command) -> None:
        match command:
            case Open():
                await self._open(window, command)
            case Say():
                await self._say(window, command)
            case Begin():
                self.tell_happened(await self.companion.began(command.how, command.name))
            case Skip():
                self.tell_happened(await self.companion.skipped(command.question))
            case Stop():
                await self._stop(command)
            case Shown():
                if self._stream and self._stream.reply == command.reply:
                    self._stream.show(command.chars)
            case Draft():
                self._ahead.draft(command.text)
            case Earlier():
                await self._page(window, command)

    async def _open(self, window: Window, command: Open) -> None:
        """Send what it has not seen, then keep it told. Raises BadInput, AheadOfLog, StoreError."""
        if command.protocol != PROTOCOL:
            raise BadInput("This window is of another version than the house. Reload it.")
        if command.after > self.companion.last_seq:
            raise AheadOfLog(
                "The window has shown more than the log holds.", expected=self.companion.last_seq
            )
        window.client = command.client
        async for frame in history(self.companion, command):
            window.tell(frame)
        self._join(window, command)
        if self._floor:
            window.tell(self._floor.calling())

    def _join(self, window: Window, command: Open) -> None:
        """From here on it is told everything; what it missed of her present words comes at once."""
        self._windows.add(window)
        self._meter.windows(len(self._windows))
        if stream := self._stream:
            window.tell(Thinking(reply=stream.reply))
            if words := stream.after(command.have if command.reply == stream.reply else 0):
                window.tell(words)
        self._called.set()

    async def _say(self, window: Window, command: Say) -> None:
        """Her words come to an end, and are kept, before the person's: that is the order in which it happened."""
        new = await self.companion.examine(command, window.client)
        with self._listening():
            if new:
                await self._end_stream()
            happened = await self.companion.heard(command, window.client)
        window.tell(Kept(n=command.n, seq=happened.seq))
        if new:
            self._ahead.sent()
            self.tell_happened([happened])

    async def _end_stream(self) -> None:
        """What she was saying is over, and kept as far as it was shown."""
        await self._interrupt()
        if self._stream:
            await self._settle(self._stream)

    @contextmanager
    def _listening(self) -> Generator[None]:
        """She begins no new thought about the last words while the next are being written down."""
        self._hearing += 1
        try:
            yield
        finally:
            self._hearing -= 1
            self._called.set()

    async def _stop(self, command: Stop) -> None:
        if self._stream and self._stream.reply == command.reply:
            if self._floor:
                self._floor.hush()
                return
            self._stream.show(command.chars)
            self._stopped = True
            await self._interrupt()

    async def _page(self, window: Window, command: Earlier) -> None:
        events = await self.companion.store.before(command.before, PAGE + 1, kinds=SHOWN)
        window.tell(Page(events=tuple(events[-PAGE:]), more=len(events) > PAGE))

    # --- what she does ---

    async def _answer_next(self, life: asyncio.TaskGroup) -> None:
        """One turn of hers: wait until there is something to answer and someone to hear it; speak; keep what was shown."""
        reply = await self._wanted()
        self._called.clear()
        stream = self._stream = Stream(reply)
        self._tries = self._tries + 1 if reply == self._tried else 1
        self._tried = reply
        self._stopped = False
        self._speaking = life.create_task(self._speak(stream), name=f"speak {reply}")
        await asyncio.wait([self._speaking])
        await self._keep(stream)
        self._ahead.again()
        if self.companion.unanswered == reply:
            await self._called_within(AGAIN)

    async def _wanted(self) -> int:
        """The number she owes an answer to, once someone is there to hear it and she can find words."""
        while True:
            able = self.companion.brain.state == "ready" or not self.companion.needs_brain
            free = self._windows and not self._floor and not self._hearing
            if self.companion.unanswered and able and free:
                return self.companion.unanswered
            self._called.clear()
            await self._called.wait()

    async def _called_within(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._called.wait()
        except TimeoutError:
            pass

    async def _speak(self, stream: Stream) -> None:
        self.tell(Thinking(reply=stream.reply))
        began = asyncio.get_running_loop().time()
        try:
            async for words in self.companion.reply(stream.reply):
                if not stream.text:
                    self._meter.first_word(asyncio.get_running_loop().time() - began)
                start, stream.text = len(stream.text), stream.text + words
                self.tell(Words(reply=stream.reply, start=start, text=words))
            stream.whole = bool(stream.text)
        except OS1Error as error:
            log.warning("lost her thread", extra={"code": error.code, "error": str(error)})
            stream.lost = True
            self._tries -= not stream.text  # a brain that is away costs no try: she waits until it is back
            self.tell(Trouble(code=error.code, text=error.spoken))
        except Exception:
            log.exception("a fault of ours while she spoke")
            stream.lost = True
            self.tell(Trouble(code=OS1Error.code, text=OS1Error.spoken))
        await self._until_shown(stream)

    async def _until_shown(self, stream: Stream) -> None:
        """Wait for the windows to show it all; not for ever, and longer when the window was lost on the way."""
        while stream.shown < len(stream.text):
            stream.moved.clear()
            try:
                async with asyncio.timeout(
                    self._patience.show if self._windows else self._patience.come_back
                ):
                    await stream.moved.wait()
            except TimeoutError:
                return

    async def _keep(self, stream: Stream) -> None:
        """Settle it; while the disk is full, say so once and try again: she says nothing new before this is kept."""
        told = False
        while not stream.settled:
            try:
                await self._settle(stream)
            except StoreError as error:
                log.error("her words are not kept yet", extra={"code": error.code})
                if not told:
                    self.tell(Trouble(code=error.code, text=error.spoken))
                told = True
                await asyncio.sleep(AGAIN)

    async def _settle(self, stream: Stream) -> None:
        """Write down what was shown, and nothing else.

        A thought that no one saw, or that a brain lost halfway, leaves no trace: she begins anew, a few times.
        """
        async with self._settling:
            if stream.settled:
                return
            kept: list[Happened] = []
            last_try = self._tries >= TRIES
            if self._stopped or last_try or (stream.shown and not stream.lost):
                cut_off = self._stopped or not stream.whole or stream.shown < len(stream.text)
                kept = await self.companion.said(stream.reply, stream.text[: stream.shown], cut_off=cut_off)
                self._meter.turn(cut_off)
                self._kept = stream.reply
            stream.settled = True
            self._stream = None
            self.tell_happened(kept)
            self.tell(Ended(reply=stream.reply, chars=stream.shown if kept else 0))

    async def _interrupt(self) -> None:
        """Nothing of the old turn is found or shown after this line."""
        if self._speaking and not self._speaking.done():
            self._speaking.cancel()
            await asyncio.wait([self._speaking])

    async def _hush(self) -> None:
        """The house closes: what was shown is kept, and the brain keeps what lets it wake quickly."""
        await self._interrupt()
        if self._stream:
            try:
                await self._settle(self._stream)
            except StoreError as error:
                log.error("her last words were not kept", extra={"code": error.code})
        await self.companion.rest()

    async def _watch_brain(self) -> None:
        brain = self.companion.brain
        while True:
            await brain.ready()
            self.tell(brain_frame(self.companion.brain))
            self._called.set()
            if self._floor:
                self._floor.called()
            self._ahead.again()
            await brain.lost()
            self.tell(brain_frame(self.companion.brain))

    async def _quiet_work(self) -> bool:
        """A step of what she does while nobody speaks; windows are told that numbers passed."""
        happened = await self.companion.quiet_work()
        self.tell_happened(happened or [])
        if happened:  # what she keeps in mind may have changed
            self._ahead.again()
        return bool(happened)

    async def undisturbed(self, work: Callable[[], Awaitable[T]]) -> T:
        """Her present turn ends, and neither another nor quiet work begins while this is done: a forgetting, say."""
        self._quiet.stir()
        with self._listening():
            if self._floor and self._stream:
                self._floor.hush()
                self._called.clear()
                await self._called_within(HUSHED)
            await self._end_stream()
            async with self._quiet.working:
                return await work()

    # --- a call ---

    async def give_floor(self, floor: Floor | None) -> None:
        """From now on `floor` speaks for her, in a call; None: the call is over, and she writes again."""
        if floor:
            await self._end_stream()
        self._floor = floor
        self._quiet.stir()
        self._called.set()

    async def hear_spoken(self, say: Say, client: str, *, goes_on: bool) -> Happened:
        """Keep what was said in the call. Raises StoreError."""
        await self._end_stream()
        happened = await self.companion.heard(say, client, spoken=True, goes_on=goes_on)
        self.tell_happened([happened])
        return happened

    def show_spoken(self, reply: int, text: str) -> None:
        """So much of her answer has been heard: every window shows it."""
        if reply == self._kept:
            return
        if self._stream is None or self._stream.reply != reply:
            self._stream = Stream(reply)
            self.tell(Thinking(reply=reply))
        have = len(self._stream.text)
        self._stream.text, self._stream.shown = text, len(text)
        if words := self._stream.after(have):
            self.tell(words)

    async def keep_spoken(self, reply: int, text: str, *, cut_off: bool) -> None:
        """Keep what was heard of her answer. Nothing, if it was kept already: something typed came between."""
        async with self._settling:
            if reply == self._kept:
                return
            self._stream = None
            if self.companion.unanswered > reply and not text:
                return
            kept = await self.companion.said(reply, text, cut_off=cut_off, spoken=True)
            self.tell_happened(kept)
            self.tell(Ended(reply=reply, chars=len(text)))
            self._ahead.again()

    # --- telling ---

    def tell(self, frame: Frame) -> None:
        self._windows.tell(frame)

    def tell_happened(self, happened: list[Happened]) -> None:
        for frame in told(happened):
            self.tell(frame)
        if happened:
            self._called.set()
            if self._floor:
                self._floor.called()
