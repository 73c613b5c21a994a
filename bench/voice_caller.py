"""A person on the telephone with her, made of recordings: speaks by the wall clock, hears by a loudspeaker of numbers.

The microphone sends a frame every 20 ms, when its last sample has been captured, on a schedule that does not drift;
between utterances there is a room. All times are seconds since the call began, on the microphone's own clock, so a
sample and a moment are the same thing. It does not know what is measured.
"""

import asyncio
import struct
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

import numpy as np
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from bench.house import Address
from bench.voice_loudspeaker import Loudspeaker
from bench.voice_recordings import Recording
from bench.voice_sound import for_microphone, level, room
from os1.errors import SetupError
from os1.events import Called, Happened, Heard, Said
from os1.frames import FRAME, Frame, Open, Trouble
from os1.voice.base import FRAME as FRAME_SECONDS
from os1.voice.base import HEARD_FRAME, HEARD_RATE, SPOKEN_FRAME, SPOKEN_RATE, Sound
from os1.voice.pcm import from_pcm, to_pcm
from os1.voice.signals import (
    CALL_FRAME,
    Answered,
    CallEnded,
    CallFrame,
    Dial,
    Duck,
    HangUp,
    Hold,
    Hushed,
    Played,
)

REPORTS = 3
"""Frames between two reports of what was played: 60 ms, as the page does."""
LOOP = 7.0
"""Seconds after which the room's noise comes again."""
ECHO_DELAY = 0.12
"""Seconds from her loudspeaker to the microphone: two buffers and a metre of air."""
OWED = 6.0
"""Seconds of silence after which nothing more is expected of her, though she has not said that she is done."""
QUIET = 0.25
"""Seconds of silence between two of her phrases, at most."""
GREETS = 60.0
"""Seconds until her greeting: a cold brain reads everything once."""
LOOKS = 0.02
"""Seconds between two looks at the loudspeaker."""
CONTEXT = 48
"""Samples of hers on each side of an echoed frame, for the filter."""


class Microphone:
    """What it will pick up: a room, and whatever is put into it."""

    def __init__(self, noise: Sound) -> None:
        self._noise = noise
        self._sounds: list[tuple[int, Sound]] = []

    def put(self, at: int, sound: Sound) -> None:
        """From that sample on."""
        self._sounds.append((at, sound))

    def frame(self, number: int) -> Sound:
        start = number * HEARD_FRAME
        heard = np.take(self._noise, np.arange(start, start + HEARD_FRAME), mode="wrap")
        for at, sound in self._sounds:
            first, last = max(at, start), min(at + sound.size, start + HEARD_FRAME)
            if first < last:
                heard[first - start : last - start] += sound[first - at : last - at]
        self._sounds = [(at, sound) for at, sound in self._sounds if at + sound.size > start]
        return heard


@dataclass(frozen=True)
class Spoken:
    """A recording in the time of its call."""

    text: str
    starts: float
    ends: float
    pauses: tuple[tuple[float, float], ...]


class Caller:
    """One call. Made by `calling`."""

    def __init__(self, line: ClientConnection, window: ClientConnection, seed: int) -> None:
        self.her = Loudspeaker()
        self.echo: float | None = None
        """Decibels of her own sound in the microphone; None: headphones."""
        self.happened: list[tuple[float, Happened]] = []
        self.signals: list[tuple[float, CallFrame]] = []
        self.late: list[float] = []
        """Seconds that each frame left after its time."""
        self._line, self._window = line, window
        self._microphone = Microphone(room(LOOP, np.random.default_rng(seed)))
        self._began = time.perf_counter()
        self._sent = 0
        self._ended = False

    @property
    def now(self) -> float:
        return time.perf_counter() - self._began

    def says(self, recording: Recording) -> Spoken:
        """From the next frame on; returns at once."""
        at = (self._sent + 1) * HEARD_FRAME
        self._microphone.put(at, recording.sound)
        start = at / HEARD_RATE
        pauses = tuple((start + a, start + b) for a, b in recording.pauses)
        return Spoken(recording.text, start + recording.begins, start + recording.ends, pauses)

    async def until(self, moment: float) -> None:
        await asyncio.sleep(max(moment - self.now, 0))

    async def hears(self, since: float, patience: float) -> float | None:
        """When she could first be heard after `since`; None if her silence lasts longer than `patience`."""
        while self.now < since + patience:
            self._check()
            self.her.run(self.now)
            if found := self.her.heard(since):
                return found[0][0]
            await asyncio.sleep(LOOKS)
        return None

    async def lets_her_finish(self, since: float, most: float = 120.0) -> None:
        """Until she has said all of it: what arrived was played, and nothing is owed any more."""
        while self.now < since + most:
            self._check()
            self.her.run(self.now)
            heard = self.her.heard(max(since, self.now - OWED - 1))
            silent = self.now - (heard[-1][1] if heard else max(since, self.now - OWED - 1))
            if not self.her.waiting and (silent > OWED or (silent > QUIET and not self._owes())):
                return
            await asyncio.sleep(LOOKS)

    def heard_between(self, start: float, end: float) -> list[tuple[float, Heard]]:
        """What she took for words of the person, with the moment it was known here."""
        return [
            (at, one.event) for at, one in self.happened if start <= at < end and isinstance(one.event, Heard)
        ]

    def _owes(self) -> bool:
        heard = [one.seq for _, one in self.happened if isinstance(one.event, Called | Heard)]
        said = {one.event.reply for _, one in self.happened if isinstance(one.event, Said)}
        return bool(heard) and heard[-1] not in said

    def _check(self) -> None:
        if self._ended:
            last = next(
                (one for _, one in reversed(self.signals) if isinstance(one, CallEnded | Trouble)), None
            )
            raise SetupError(f"The call ended by itself: {last or 'the line broke'}.")

    # --- what goes on all the time ---

    async def speak(self) -> None:
        """The microphone, for ever."""
        while not self._ended:
            await self.until((self._sent + 1) * FRAME_SECONDS)
            self.late.append(self.now - (self._sent + 1) * FRAME_SECONDS)
            frame = self._microphone.frame(self._sent) + self._echoed()
            await self._send(struct.pack("<I", self._sent) + to_pcm(frame))
            self._sent += 1
            self.her.run(self.now)
            if self._sent % REPORTS == 0 and self.her.position.speech:
                speech, samples = self.her.position
                await self._send(Played(speech=speech, samples=samples).model_dump_json())

    def _echoed(self) -> Sound:
        if self.echo is None:
            return np.zeros(HEARD_FRAME, np.float32)
        first = self._sent * SPOKEN_FRAME - round(ECHO_DELAY * SPOKEN_RATE)
        hers = self.her.tape.part(first - CONTEXT, first + SPOKEN_FRAME + CONTEXT)
        margin = CONTEXT * HEARD_RATE // SPOKEN_RATE
        return for_microphone(hers)[margin : margin + HEARD_FRAME] * np.float32(level(self.echo))

    async def listen(self) -> None:
        try:
            async for data in self._line:
                if isinstance(data, bytes):
                    self.her.arrived(self.now, struct.unpack_from("<I", data)[0], from_pcm(data, 8))
                else:
                    self._obey(CALL_FRAME.validate_json(data))
        except ConnectionClosed:
            pass
        self._ended = True

    def _obey(self, signal: CallFrame) -> None:
        now = self.now
        self.signals.append((now, signal))
        match signal:
            case Duck(gain=gain):
                self.her.duck(now, gain)
            case Hold(holding=holding):
                self.her.hold(now, holding)
            case Hushed(speech=speech):
                self.her.hushed(now, speech)
            case CallEnded():
                self._ended = True
            case _:
                pass

    async def watch(self) -> None:
        """The window beside the call: what she heard, what she said."""
        try:
            async for raw in self._window:
                frame: Frame = FRAME.validate_json(raw)
                if isinstance(frame, Happened):
                    self.happened.append((self.now, frame))
        except ConnectionClosed:
            self._ended = True

    async def hangs_up(self) -> None:
        await self._send(HangUp().model_dump_json())

    async def _send(self, data: str | bytes) -> None:
        try:
            await self._line.send(data)
        except ConnectionClosed:
            self._ended = True


@asynccontextmanager
async def calling(address: Address, seed: int, echo: float | None = None) -> AsyncGenerator[Caller]:
    """A call, from after her greeting to the goodbye. `echo`: see `Caller.echo`."""
    client = f"bench-{uuid4().hex[:12]}"
    async with _socket(address, "ws") as window, _socket(address, "call") as line:
        await window.send(Open(client=client).model_dump_json())
        while '"caught_up"' not in (raw := str(await window.recv())):
            _refuse(FRAME.validate_json(raw))
        await line.send(Dial(client=client, call=uuid4().hex).model_dump_json())
        first = CALL_FRAME.validate_json(await asyncio.wait_for(line.recv(), GREETS))
        if not isinstance(first, Answered):
            raise SetupError(f"She does not pick up: {first}.")
        caller = Caller(line, window, seed)
        caller.echo = echo
        async with asyncio.TaskGroup() as life:
            always = (caller.speak(), caller.listen(), caller.watch())
            tasks = [life.create_task(one, name=one.__name__) for one in always]
            await caller.hears(0.0, GREETS)
            await caller.lets_her_finish(0.0)
            yield caller
            await caller.hangs_up()
            for task in tasks:
                task.cancel()


def _refuse(frame: Frame) -> None:
    if isinstance(frame, Trouble):
        raise SetupError(f"The house said: {frame.text}")


def _socket(address: Address, path: str) -> connect:
    return connect(
        f"ws://127.0.0.1:{address.port}/{path}",
        additional_headers={"Cookie": f"os1={address.cookie}"},
        origin=Origin(address.origin),
        proxy=None,
        compression=None,
        max_size=None,
    )
