"""A call's wire over a WebSocket that may break and come back: frames in their order, none twice, none lost.

What she said and the other end has not played is kept until it has; what the microphone gave and did not arrive is
sent again by the window. It makes no decisions, and does not know what is said.
"""

import asyncio
import struct
from collections import deque
from collections.abc import AsyncIterator

import numpy as np

from os1.errors import BadInput, TooLong
from os1.events import Value
from os1.frames import Trouble
from os1.voice.base import HEARD_FRAME, SPOKEN_FRAME, Act, Position, Sound
from os1.voice.pcm import from_pcm, to_pcm
from os1.voice.signals import Answered, CallEnded, Dial, Duck, Got, Hold, Hushed

UP = struct.Struct("<I")
DOWN = struct.Struct("<II")
UP_BYTES = UP.size + 2 * HEARD_FRAME
MOST_WAITING = 90 * 50
"""Frames of the microphone that may wait: a minute and a half, more than a window sends again after a broken line."""
GAP = 50
"""Frames missing in a row, a second, that are filled with silence; of a longer gap, so much."""
GOT_EVERY = 25
"""Frames between two receipts: half a second."""


class SocketWire:
    """A `voice.base.Wire`. `attach` and `lost` are the socket's side of it."""

    def __init__(self) -> None:
        self._heard: asyncio.Queue[Sound | Act | None] = asyncio.Queue()
        self._next = 0
        self._line: asyncio.Queue[bytes | str | None] | None = None
        self._unplayed: deque[tuple[int, int, bytes]] = deque()
        self._frames = 0
        self._speech = 0
        self._gain, self._holding = 1.0, False
        self._played = Position(0, 0)
        self._moved = asyncio.Event()
        self._flooded = False
        self.muted = False

    # --- the call's side ---

    async def __aiter__(self) -> AsyncIterator[Sound | Act]:
        while (heard := await self._heard.get()) is not None:
            yield heard

    def play(self, speech: int, sound: Sound) -> None:
        if speech != self._speech:
            self._speech, self._frames = speech, 0
        for start in range(0, len(sound), SPOKEN_FRAME):
            data = DOWN.pack(speech, self._frames) + to_pcm(sound[start : start + SPOKEN_FRAME])
            self._unplayed.append((speech, self._frames, data))
            self._frames += 1
            self._send(data)

    def duck(self, gain: float) -> None:
        self._gain = gain
        self.tell(Duck(gain=gain))

    def hold(self, holding: bool) -> None:
        self._holding = holding
        self.tell(Hold(holding=holding))

    def hush(self) -> None:
        self._unplayed.clear()
        self._holding = False
        self.tell(Hushed(speech=self._speech))

    @property
    def played(self) -> Position:
        return self._played

    async def moved(self) -> None:
        await self._moved.wait()
        self._moved.clear()

    def tell(self, signal: Value) -> None:
        self._send(signal.model_dump_json())

    # --- the line's side ---

    def attach(self, dial: Dial, *, again: bool) -> asyncio.Queue[bytes | str | None]:
        """A line for a socket to send from; the one before it ends. What did not arrive is sent again."""
        if self._line:
            self._line.put_nowait(None)
        line = self._line = asyncio.Queue[bytes | str | None]()
        self.tell(Answered(call=dial.call, again=again, frame=self._next))
        if again:
            self.tell(Duck(gain=self._gain))
            self.tell(Hold(holding=self._holding))
            for speech, number, data in self._unplayed:
                if (speech, number) >= (dial.speech, dial.frames):
                    self._send(data)
            self._heard.put_nowait(Act("back"))
        return line

    def lost(self, line: asyncio.Queue[bytes | str | None]) -> bool:
        """This line is gone. Returns whether it was the present one: a newer may have taken its place."""
        if line is not self._line:
            return False
        self._line = None
        self._heard.put_nowait(Act("lost"))
        self._moved.set()
        return True

    def end(self, ended: CallEnded | None = None) -> None:
        """The call is over."""
        if ended:
            self.tell(ended)
        if self._line:
            self._line.put_nowait(None)
            self._line = None
        self._heard.put_nowait(None)

    def hear(self, data: bytes) -> None:
        """A frame of the microphone. Raises BadInput for what is none, TooLong when too many wait."""
        if len(data) != UP_BYTES:
            raise BadInput(f"A frame of sound has {UP_BYTES} bytes; this one has {len(data)}.")
        (number,) = UP.unpack_from(data)
        if number < self._next:
            return
        if self._heard.qsize() > MOST_WAITING:
            raise TooLong("Sound comes faster than it can be heard.")
        for _ in range(min(GAP, number - self._next)):
            self._heard.put_nowait(np.zeros(HEARD_FRAME, np.float32))
        self._next = number + 1
        self._heard.put_nowait(from_pcm(data, UP.size))
        if number % GOT_EVERY == GOT_EVERY - 1:
            self.tell(Got(frame=self._next))

    def act(self, act: Act) -> None:
        if act.kind in ("mute", "unmute"):
            self.muted = act.kind == "mute"
        self._heard.put_nowait(act)

    def has_played(self, position: Position) -> None:
        """The other end has played so much. It cannot have played what it was not sent."""
        if position < self._played or position.speech > self._speech:
            return
        self._played = position
        frames = position.samples // SPOKEN_FRAME
        while self._unplayed and self._unplayed[0][:2] < (position.speech, frames):
            self._unplayed.popleft()
        self._moved.set()

    def trouble(self, error: BadInput) -> None:
        """Told once while it goes on: a window that sends garbage sends much of it."""
        if not self._flooded:
            self._flooded = True
            self.tell(Trouble(code=error.code, text=error.spoken))

    def _send(self, message: bytes | str) -> None:
        if self._line:
            self._line.put_nowait(message)
