"""A real house in a process of its own, and a person at a window of it, with a watch in their hand.

It does not know what is measured, nor what is said.
"""

import asyncio
import os
import re
import signal
import socket
import sys
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from os1.errors import BrainUnavailable, SetupError
from os1.frames import (
    FRAME,
    BrainFrame,
    CaughtUp,
    Draft,
    Ended,
    Frame,
    Kept,
    Open,
    Say,
    Shown,
    Trouble,
    Welcome,
    Words,
)

ROOT = Path(__file__).resolve().parent.parent
PLAIN = ("-m", "os1.cli", "run", "--no-browser")
CLOSES = 20.0
"""Seconds a house may take to close; it needs one or two."""
OPENS = 120.0
"""Seconds a house may take to open, a gigabyte from a slow disk included."""
KNOCK = 0.01
"""Seconds between knocks at a port that nobody listens at yet."""
BEAT = 0.2
"""Seconds a word takes to type: five words a second, faster than anyone, so that she has less time than in life."""
TYPES = 2.0
"""Seconds that the shortest message takes."""
RESTS = 0.12
"""Seconds after which the page sends a draft that rests."""
ENTER = 0.2
"""Seconds from the last letter to the key that sends: one stroke of a middling typist."""


@dataclass(frozen=True)
class Address:
    """Where a house is, or will be, and how to be let in."""

    home: Path
    port: int
    models: Path
    cookie: str = ""

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """Nothing of the person's own settings: what is measured is the embedded brain as it comes."""
        foreign = ("OS1_", "OPENAI_", "OLLAMA_")
        mine = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        places = {"OS1_HOME": self.home, "OS1_MODELS": self.models, "OS1_PORT": self.port}
        return mine | {name: str(value) for name, value in places.items()}


@dataclass
class Turn:
    """Moments of one turn, in seconds of the machine's own clock."""

    sent: float
    first: float = 0.0
    ended: float = 0.0
    words: str = ""

    @property
    def waited(self) -> float:
        return self.first - self.sent


@dataclass
class Seat:
    """A person at a window. Like the page, they tell what they were shown, and send drafts that rest."""

    line: ClientConnection
    n: int = 0
    moments: dict[str, float] = field(default_factory=dict[str, float])

    async def comes_in(self) -> None:
        """Until all that was missed has been shown. Notes the moments `welcome` and, when it comes, `ready`."""
        await self._send(Open(client=f"bench-{uuid4().hex[:12]}"))
        while not isinstance(await self.frame(), CaughtUp):
            pass

    async def types(self, text: str) -> Turn:
        """Word by word, then sends."""
        words = text.split()
        beat = max(BEAT, (TYPES - ENTER) / len(words))
        for written in range(1, len(words) + 1):
            await asyncio.sleep(RESTS)
            await self._send(Draft(text=" ".join(words[:written])))
            await asyncio.sleep((beat if written < len(words) else ENTER) - RESTS)
        return await self.says(text, TYPES)

    async def says(self, text: str, seconds: float | None = None) -> Turn:
        """Sends it, and listens to the end of the answer."""
        self.n += 1
        turn, reply = Turn(time.perf_counter()), 0
        await self._send(Say(n=self.n, text=text, seconds=seconds))
        while not turn.ended:
            match await self.frame():
                case Kept(n=n, seq=seq) if n == self.n:
                    reply = seq
                case Words(reply=of, start=start, text=words) if of == reply:
                    turn.first = turn.first or time.perf_counter()
                    turn.words = turn.words[:start] + words
                    await self._send(Shown(reply=of, chars=len(turn.words)))
                case Ended(reply=of) if of == reply:
                    turn.ended = time.perf_counter()
                case Trouble(text=trouble):
                    raise BrainUnavailable(f"The house said: {trouble}")
                case _:
                    pass
        return turn

    async def frame(self) -> Frame:
        frame = FRAME.validate_json(await self.line.recv())
        if isinstance(frame, Welcome):
            self.moments["welcome"] = time.perf_counter()
        brain = frame.brain if isinstance(frame, Welcome) else frame
        if isinstance(brain, BrainFrame) and brain.state == "ready":
            self.moments.setdefault("ready", time.perf_counter())
        return frame

    async def _send(self, command: Open | Say | Draft | Shown) -> None:
        await self.line.send(command.model_dump_json())


class House:
    """A running house. Made by `opened`."""

    def __init__(self, process: asyncio.subprocess.Process, address: Address, began: float) -> None:
        self.process = process
        self.address = address
        self.began = began
        """When its command was given."""

    async def cookie(self) -> str:
        """Come in by the link that it prints, as a person does the first time."""
        assert self.process.stdout is not None
        while line := (await asyncio.wait_for(self.process.stdout.readline(), OPENS)).decode():
            if found := re.search(r"http://\S+/login\?key=\S+", line):
                async with httpx.AsyncClient(trust_env=False, timeout=OPENS) as browser:
                    return (await browser.get(found[0])).cookies["os1"]
        raise SetupError(f"The house ended before it was open, with {await self.process.wait()}.")

    @asynccontextmanager
    async def seat(self) -> AsyncGenerator[Seat]:
        """A window that knocks until the house answers. Its moment `answers` is noted."""
        address = self.address
        headers, origin = {"Cookie": f"os1={address.cookie}"}, Origin(address.origin)
        url, until = f"ws://127.0.0.1:{address.port}/ws", time.perf_counter() + OPENS
        while True:
            try:
                line = await connect(
                    url, additional_headers=headers, origin=origin, proxy=None, open_timeout=OPENS
                )
                break
            except ConnectionRefusedError:
                if self.process.returncode is not None or time.perf_counter() > until:
                    raise SetupError("The house does not open.") from None
                await asyncio.sleep(KNOCK)
        async with line:
            yield Seat(line, moments={"answers": time.perf_counter()})


@asynccontextmanager
async def opened(address: Address, command: Sequence[str] = PLAIN) -> AsyncGenerator[House]:
    """A house for as long as the block, then closed as Ctrl-C closes it."""
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *command,
        cwd=ROOT,
        env=address.environment(),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield House(process, address, began)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        try:
            await asyncio.wait_for(process.communicate(), CLOSES)
        except TimeoutError:
            process.kill()
            await process.communicate()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
