"""A window in a terminal: lines in, her words out as they come. Ctrl-C hushes her; again, it is goodbye.

With a sound card it is a call as well: what is said aloud on either side is written down as it is understood.
It shows frames and sends commands, like a page. It does not know what she thinks with, nor what is kept.
"""

import asyncio
import signal
import sys
import threading
import time
from collections.abc import Callable
from uuid import uuid4

from rich.console import Console

from os1.companion.conversation import Conversation
from os1.companion.window import Window
from os1.errors import BadInput, OS1Error
from os1.events import Happened, Heard, Met, Said
from os1.frames import (
    Begin,
    BrainFrame,
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
from os1.server.house import House
from os1.voice.signals import CallEnded
from os1.voice.soundcard import SoundCard

LOOK_BACK = 6
"""Earlier turns shown when the terminal opens: enough to know where you were."""
ALOUD = "/mute   /unmute"
HELP = "/skip a question   /brain to see or change her brain   Ctrl-C hushes her   /quit leaves"
FIRST = (
    "Press Enter to meet her. She will ask you a few questions; you may pass on any with /skip.\n"
    "Or write the name you would give her. Or write “samantha” to start with the Samantha who comes with OS1.\n"
)


class Terminal:
    """Use: `await Terminal(house).run()`; returns when the person leaves."""

    def __init__(self, house: House, console: Console | None = None, card: SoundCard | None = None) -> None:
        self._house = house
        self._card = card
        self._conversation: Conversation = house.conversation
        self._out = console or Console(highlight=False)
        self._window = Window()
        self._client = f"terminal-{uuid4().hex[:12]}"
        self._n = 0
        self._began_waiting = 0.0
        self._reply = 0
        self._shown = 0
        self._stage = "unmet"
        self._asks: str | None = None
        self._name = "she"
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGINT, self._interrupted)
        threading.Thread(target=self._read, args=(loop,), name="terminal input", daemon=True).start()
        try:
            async with asyncio.TaskGroup() as life:
                showing = life.create_task(self._show(), name="show")
                await self._send(Open(client=self._client))
                telling = life.create_task(self._tell(), name="call") if self._card else None
                if self._stage != "unmet":
                    await self._call()
                while (line := await self._lines.get()) is not None and line.strip() != "/quit":
                    await self._typed(line.strip())
                self._conversation.leave(self._window)
                if self._card and telling:
                    self._card.hang_up()
                    telling.cancel()
                await showing
        finally:
            loop.remove_signal_handler(signal.SIGINT)
        self._out.print("\n[dim]She keeps what you said. Until then.[/]")

    # --- what the person does ---

    def _read(self, loop: asyncio.AbstractEventLoop) -> None:
        """In a thread: lines from stdin, then None."""
        for line in sys.stdin:
            loop.call_soon_threadsafe(self._lines.put_nowait, line)
        loop.call_soon_threadsafe(self._lines.put_nowait, None)

    def _interrupted(self) -> None:
        if self._card:
            self._card.stop()  # silence now, before anyone was asked
        self._lines.put_nowait("/stop" if self._reply else None)

    async def _typed(self, line: str) -> None:
        if self._stage == "unmet":
            await self._send(first_choice(line))
            self._stage = "meeting"
            await self._call()
        elif line == "/stop":
            await self._send(Stop(reply=self._reply, chars=self._shown))
        elif line == "/skip":
            if self._asks:
                await self._send(Skip(question=self._asks))
        elif line in ("/mute", "/unmute") and self._card:
            self._card.mute(line == "/mute")
            self._quiet("Your microphone is off." if self._card.muted else "Your microphone is on.")
        elif line.startswith("/brain"):
            self._brain(line.removeprefix("/brain").strip())
        elif line.startswith("/"):
            self._quiet(f"{HELP}   {ALOUD}" if self._card else HELP)
        elif line:
            self._n += 1
            seconds = round(time.monotonic() - self._began_waiting, 1)
            await self._send(Say(n=self._n, text=line, seconds=seconds))

    async def _call(self) -> None:
        """She is called, with the machine's own microphone and loudspeaker. What is wrong is said; writing goes on."""
        if self._card is None:
            return
        self._quiet("Calling her ...")
        try:
            await self._house.calls.dial(f"call-{uuid4().hex[:12]}", self._client, self._card)
        except OS1Error as error:
            self._quiet(error.spoken)

    async def _tell(self) -> None:
        """What the call tells: troubles in a sentence."""
        while self._card:
            signal = await self._card.told.get()
            if isinstance(signal, Trouble | CallEnded) and signal.text:
                self._quiet(signal.text)

    async def _send(self, command: Command) -> None:
        await self._conversation.obey(self._window, command)

    def _brain(self, wanted: str) -> None:
        brains = self._house.brains
        try:
            if wanted:
                brains.choose(wanted)
        except BadInput as error:
            self._quiet(str(error))
        self._quiet("  ".join(f"[{id}]" if id == brains.in_use else id for id in brains.choices))

    # --- what she does ---

    async def _show(self) -> None:
        async for frame in self._window:
            show = getattr(self, f"_show_{frame.kind}", None)
            if show:
                await self._shown_by(show, frame)

    async def _shown_by(self, show: Callable[[Frame], None], frame: Frame) -> None:
        show(frame)
        if isinstance(frame, Words):
            await self._send(Shown(reply=frame.reply, chars=self._shown))

    def _show_welcome(self, frame: Welcome) -> None:
        self._stage, self._name = frame.stage, frame.name or "she"
        self._seen = max(0, frame.last - LOOK_BACK)
        if frame.stage == "unmet":
            self._out.print(FIRST)
        elif frame.stage == "living":
            self._quiet(HELP)

    def _show_happened(self, frame: Happened) -> None:
        match frame.event:
            case Met(persona=persona):
                self._stage, self._name = "living", str(persona["name"])
            case Said(text=text, asks=asks):
                self._asks = asks
                if frame.seq > self._seen and frame.event.reply != self._reply:
                    self._out.print(f"[bold]{self._name}[/]  ", end="")
                    self._out.print(text, markup=False)
            case Heard(text=text, client=client):
                if frame.seq > self._seen and client != self._client:
                    self._out.print("[dim]you[/]  ", end="")
                    self._out.print(text, markup=False, style="dim")
            case _:
                pass

    def _show_caught_up(self, frame: CaughtUp) -> None:
        self._seen = 0
        self._began_waiting = time.monotonic()

    def _show_words(self, frame: Words) -> None:
        if frame.reply != self._reply:
            self._reply, self._shown = frame.reply, 0
            self._out.print(f"\n[bold]{self._name}[/]  ", end="")
        new = frame.text[max(0, self._shown - frame.start) :]
        self._out.print(new, end="", markup=False, soft_wrap=True)
        self._out.file.flush()
        self._shown = frame.start + len(frame.text)

    def _show_ended(self, frame: Ended) -> None:
        self._reply, self._shown = 0, 0
        self._began_waiting = time.monotonic()
        self._out.print("\n")

    def _show_brain(self, frame: BrainFrame) -> None:
        if frame.text:
            self._quiet(frame.text)

    def _show_trouble(self, frame: Trouble) -> None:
        self._quiet(frame.text)

    def _quiet(self, text: str) -> None:
        self._out.print(text, style="dim", markup=False)


def first_choice(line: str) -> Begin:
    """How they meet, from the first line typed."""
    if not line:
        return Begin(how="interview")
    if line.lower() == "samantha":
        return Begin(how="shipped")
    return Begin(how="named", name=line[:40])
