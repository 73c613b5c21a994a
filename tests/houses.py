"""A real house on a real port of this machine, with a scripted brain; and a window that a page would have, by hand."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from os1.brain.base import Brain
from os1.brain.testing import ScriptedBrain
from os1.clock import Clock, HandClock
from os1.config import read
from os1.events import Happened, Value
from os1.frames import FRAME, CaughtUp, Command, Frame, Open, Shown, Trouble, Words
from os1.server.calls import Voice
from os1.server.door import Door
from os1.server.gate import COOKIE
from os1.server.house import House, open_house
from os1.server.prepare import Models
from os1.server.serve import HOST, bound, front_door

F = TypeVar("F", bound=Value)
PATIENCE = 10.0
"""Seconds until a test says that something does not come."""
WITHOUT_FILES = Models(brain=None, brain_name="", meaning=None)


@dataclass(frozen=True)
class OpenHouse:
    """A house that can be reached, and a session that may come in."""

    house: House
    door: Door
    port: int
    session: str

    @property
    def origin(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def link(self) -> str:
        return f"{self.origin}/login?key={self.door.new_link()}"

    def browser(self, session: str | None = None) -> httpx.AsyncClient:
        """One that may come in, unless told otherwise."""
        cookies = {COOKIE: self.session if session is None else session}
        return httpx.AsyncClient(base_url=self.origin, cookies=cookies, trust_env=False, timeout=PATIENCE)


@asynccontextmanager
async def open_door(
    home: Path,
    brain: Brain | Mapping[str, Callable[[], Brain]] | None = None,
    clock: Clock | None = None,
    voice: Voice | None = None,
    models: Models = WITHOUT_FILES,
) -> AsyncGenerator[OpenHouse]:
    """The house as `os1 run` opens it, on any free port, for as long as the block. `brain`: one, or several by id."""
    brain = brain or ScriptedBrain()
    choices = brain if isinstance(brain, Mapping) else {"scripted": lambda: brain}
    home.mkdir(parents=True, exist_ok=True)
    settings = await asyncio.to_thread(read, {"OS1_HOME": str(home), "OS1_BRAIN": next(iter(choices))})
    with bound(0) as listening:
        port: int = listening.getsockname()[1]
        door = await asyncio.to_thread(Door, home, clock or HandClock())
        session = await asyncio.to_thread(lambda: door.use_link(door.new_link()))
        async with open_house(settings, models, choices, voice) as house:
            server = front_door(house, door, port)
            async with asyncio.TaskGroup() as life:
                life.create_task(server.serve([listening]), name="front door")
                try:
                    yield OpenHouse(house, door, port, session or "")
                finally:
                    server.stop()


class Page:
    """The other end of a socket: sends commands (or anything else), and keeps every frame it is sent."""

    def __init__(self, line: ClientConnection, client: str) -> None:
        self.line = line
        self.client = client
        self.frames: list[Frame] = []
        self.closed: int | None = None
        """The code that the house closed it with."""
        self.shows = 10**9
        """How many characters of an answer it shows."""
        self._words: dict[int, str] = {}
        self._arrived = asyncio.Event()

    async def listen(self) -> None:
        try:
            async for raw in self.line:
                await self._take(FRAME.validate_json(raw))
        except ConnectionClosed:
            pass
        self.closed = self.line.close_code
        self._arrived.set()

    async def _take(self, frame: Frame) -> None:
        self.frames.append(frame)
        if isinstance(frame, Words):
            text = self._words.get(frame.reply, "")
            assert frame.start <= len(text), "a piece of her words is missing"
            self._words[frame.reply] = text[: frame.start] + frame.text
            shown = min(self.shows, len(self._words[frame.reply]))
            await self.send(Shown(reply=frame.reply, chars=shown))
        self._arrived.set()

    def shown(self, reply: int) -> str:
        """What the person can read of this answer."""
        return self._words.get(reply, "")[: self.shows]

    async def send(self, command: Command) -> None:
        await self.line.send(command.model_dump_json())

    async def raw(self, data: str | bytes, *, text: bool | None = None) -> None:
        await self.line.send(data, text=text)

    async def opens(self, after: int = -1, reply: int = 0, seen: str = "") -> None:
        self._words[reply] = seen
        await self.send(Open(client=self.client, after=after, reply=reply, have=len(seen)))
        await self.until(CaughtUp)

    async def until(self, kind: type[F], since: int = 0, that: Callable[[F], bool] = lambda _: True) -> F:
        """The next frame of this kind, and like that."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for frame in self.frames[since:]:
                    if isinstance(frame, kind) and that(frame):
                        return frame
                assert self.closed is None, f"the house closed the line with {self.closed}"
                self._arrived.clear()
                await self._arrived.wait()

    async def until_event(self, kind: type[Value], since: int = 0) -> Happened:
        return await self.until(Happened, since, lambda happened: isinstance(happened.event, kind))

    async def until_shown(self, start: str) -> int:
        """The number of the answer that begins like this, once so much of it was sent."""
        frame = await self.until(Words, 0, lambda words: self._words[words.reply].startswith(start))
        return frame.reply

    async def until_closed(self) -> int:
        async with asyncio.timeout(PATIENCE):
            await self.line.wait_closed()
        return self.line.close_code or 0

    def troubles(self) -> list[Trouble]:
        return [frame for frame in self.frames if isinstance(frame, Trouble)]

    def events(self) -> list[Happened]:
        return [frame for frame in self.frames if isinstance(frame, Happened)]

    def drop(self) -> None:
        """The line breaks: no goodbye, as in a tunnel."""
        self.line.transport.abort()


def dial(house: OpenHouse, origin: str | None = None, session: str | None = None) -> connect:
    """The handshake of our own page; or of another origin, or with another session."""
    return connect(
        f"ws://{HOST}:{house.port}/ws",
        origin=Origin(house.origin if origin is None else origin),
        additional_headers={"Cookie": f"{COOKIE}={house.session if session is None else session}"},
        proxy=None,
        max_size=None,
        compression=None,
    )


@asynccontextmanager
async def at_a_page(house: OpenHouse, client: str = "a-page-1") -> AsyncGenerator[Page]:
    """Our page's socket, for as long as the block."""
    async with dial(house) as line:
        page = Page(line, client)
        async with asyncio.TaskGroup() as life:
            listening = life.create_task(page.listen(), name="page listens")
            yield page
            await line.close()
            await listening
