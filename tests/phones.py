"""The other end of a call's line: sends sound, plays what comes, and remembers what it was told."""

import asyncio
import struct
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

import numpy as np
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from os1.events import Value
from os1.server.gate import COOKIE
from os1.server.serve import HOST
from os1.voice.attuning import Attuning
from os1.voice.base import HEARD_FRAME, SPOKEN_FRAME, Sound
from os1.voice.call import Parts
from os1.voice.listening import Listening
from os1.voice.scripted import Headphones, ScriptedPatience
from os1.voice.signals import CALL_FRAME, Answered, CallEnded, CallFrame, Dial, Played
from os1.voice.testing import LiteralEars, LiteralMouth, ScriptedActivity
from tests.houses import PATIENCE, OpenHouse

F = TypeVar("F", bound=Value)


class ScriptedVoice:
    """A house's voice whose ears hear what `speech` says."""

    def __init__(self) -> None:
        self.ears, self.mouth = LiteralEars(), LiteralMouth()

    async def run(self) -> None:
        await asyncio.Event().wait()

    async def awake(self) -> None: ...

    def listening(self) -> Listening:
        return Listening(ScriptedActivity(), Headphones())

    def parts(self) -> Parts:
        return Parts(self.ears, self.mouth, ScriptedPatience(0.4), Attuning(lambda: 1.0))


class Phone:
    """Use: `listen` as a task; `dials`, `says`, `until`."""

    def __init__(self, line: ClientConnection, call: str, frame: int = 0) -> None:
        self.line = line
        self.call = call
        self.frame = frame
        """The next frame of the microphone."""
        self.signals: list[CallFrame] = []
        self.frames: list[tuple[int, int]] = []
        """(speech, number) of every frame of hers that came."""
        self.plays = True
        """Whether what comes is played, and reported."""
        self.closed = False
        self._arrived = asyncio.Event()

    async def listen(self) -> None:
        try:
            async for message in self.line:
                if isinstance(message, bytes):
                    await self._play(message)
                else:
                    self.signals.append(CALL_FRAME.validate_json(message))
                self._arrived.set()
        except ConnectionClosed:
            pass
        self.closed = True
        self._arrived.set()

    async def _play(self, data: bytes) -> None:
        speech, number = struct.unpack_from("<II", data)
        self.frames.append((speech, number))
        if self.plays:
            with suppress(ConnectionClosed):  # closed while what was sent before is still being read
                await self.send(Played(speech=speech, samples=(number + 1) * SPOKEN_FRAME))

    async def send(self, command: Value) -> None:
        await self.line.send(command.model_dump_json())

    async def dials(self, speech: int = 0, frames: int = 0) -> Answered:
        await self.send(Dial(client="a-page-1", call=self.call, speech=speech, frames=frames))
        return await self.until(Answered)

    async def hears(self, sound: Sound) -> None:
        """The microphone hears this."""
        for start in range(0, len(sound), HEARD_FRAME):
            piece = sound[start : start + HEARD_FRAME]
            pcm = (np.pad(piece, (0, HEARD_FRAME - len(piece))) * 32_768).clip(-32_768, 32_767).astype("<i2")
            await self.line.send(struct.pack("<I", self.frame) + pcm.tobytes())
            self.frame += 1

    async def until(self, kind: type[F], that: Callable[[F], bool] = lambda _: True) -> F:
        async with asyncio.timeout(PATIENCE):
            while True:
                for signal in self.signals:
                    if isinstance(signal, kind) and that(signal):
                        return signal
                assert not self.closed, f"the line was closed; it had told {self.signals[-1:]}"
                await self._next()

    async def until_frames(self, many: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while len(self.frames) < many:
                await self._next()

    async def until_closed(self) -> CallEnded | None:
        async with asyncio.timeout(PATIENCE):
            while not self.closed:
                await self._next()
        return next((signal for signal in self.signals if isinstance(signal, CallEnded)), None)

    async def _next(self) -> None:
        self._arrived.clear()
        await self._arrived.wait()


@asynccontextmanager
async def on_the_phone(house: OpenHouse, call: str = "call-one", frame: int = 0) -> AsyncGenerator[Phone]:
    """A call's line, for as long as the block."""
    headers = {"Cookie": f"{COOKIE}={house.session}"}
    address = f"ws://{HOST}:{house.port}/call"
    async with connect(
        address, origin=Origin(house.origin), additional_headers=headers, proxy=None, compression=None
    ) as line:
        phone = Phone(line, call, frame)
        async with asyncio.TaskGroup() as life:
            listening = life.create_task(phone.listen(), name="phone listens")
            yield phone
            await line.close()
            await listening
