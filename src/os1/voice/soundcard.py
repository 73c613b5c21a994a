"""A call's wire to this machine's own microphone and loudspeaker, by PortAudio.

PortAudio calls from its own threads, every 20 ms; the call lives on the loop. A device that is unplugged or falls
asleep is looked for again until it is back, and she plays on where she stopped. It does not know what is said, and
leaves her echo in the microphone: the call takes it out.
"""

import asyncio
import importlib
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any, NamedTuple, Protocol, cast

import numpy as np

from os1.errors import SetupError
from os1.events import Value
from os1.voice.base import FRAME, HEARD_FRAME, HEARD_RATE, SPOKEN_FRAME, SPOKEN_RATE, Act, Position, Sound
from os1.voice.player import Player
from os1.voice.rates import Rates
from os1.voice.signals import CallEnded

log = logging.getLogger(__name__)

STUCK = 1.5
"""Seconds without a frame until the device is taken for lost: a busy machine misses some, not seventy."""
STARTING = 5.0
"""The same for the first frame: a sound server that slept takes over a second."""
AGAIN = 2.0
"""Seconds between two looks for a lost device: plugging in takes as long."""
MOST_WAITING = 30 * 50
"""Frames of the microphone that may wait for a slow call, half a minute; then the oldest are lost."""
LATENCY = 0.04
"""Seconds of sound that the device may keep: two frames, short enough for a call, long enough not to stutter."""
PORTAUDIO = (
    "PortAudio is not on this machine, so there is no way to its microphone. "
    "On Debian or Ubuntu: sudo apt-get install libportaudio2 libasound2-plugins. With Homebrew: brew install portaudio."
)
SOUNDDEVICE = 'The part of OS1 that talks to sound cards is not installed: pip install "os1[voice]".'
NO_DEVICE = (
    "There is no {what} that I can open ({why}). Plug one in, or on Linux start PulseAudio or PipeWire; "
    "or call her from the page of another device, with `os1 run`."
)

LOST = Act("lost")
Device = int | str | None
"""PortAudio's number of a device, a part of its name, or None for the one the system prefers."""


class Stream(Protocol):
    latency: float

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def close(self) -> None: ...


class PortAudio(Protocol):
    """As much of `sounddevice` as is used."""

    @property
    def PortAudioError(self) -> type[Exception]: ...

    def InputStream(self, **options: Any) -> Stream: ...
    def OutputStream(self, **options: Any) -> Stream: ...
    def query_devices(self, device: Device = None, kind: str | None = None) -> Any: ...
    def _terminate(self) -> None: ...
    def _initialize(self) -> None: ...


class Streams(NamedTuple):
    microphone: Stream
    loudspeaker: Stream


def portaudio() -> PortAudio:
    """Loads it, which looks at every device of the machine: in a thread, and only for a call. Raises SetupError."""
    try:
        return cast(PortAudio, importlib.import_module("sounddevice"))
    except ImportError as error:
        raise SetupError(SOUNDDEVICE) from error
    except OSError as error:
        raise SetupError(PORTAUDIO) from error


class SoundCard:
    """A `voice.base.Wire`. Use: `await open()`, then it is a wire; `mute`, `stop`, `hang_up` for the person's keys;
    `await close()` in the end."""

    def __init__(
        self, microphone: Device = None, loudspeaker: Device = None, library: PortAudio | None = None
    ) -> None:
        self._devices: tuple[Device, Device] = (microphone, loudspeaker)
        self._library = library
        self._streams: Streams | None = None
        self._player = Player()
        self._heard: asyncio.Queue[Sound | Act | None] = asyncio.Queue()
        self._moved = asyncio.Event()
        self._known = Position(0, 0)
        self._latency = 0
        self._wanted = False
        """Somebody listens: what the microphone gave before that is of no use."""
        self._patience = STARTING
        self._unplayed = 0
        """Frames of the microphone since the loudspeaker last wanted something."""
        self._going = asyncio.Event()
        self.muted = False
        self.told: asyncio.Queue[Value] = asyncio.Queue()
        """What the call tells whoever shows it: traces, troubles."""

    async def open(self) -> None:
        """Raises SetupError, with what to do about it."""
        self._loop = asyncio.get_running_loop()
        await asyncio.to_thread(self._open)

    async def close(self) -> None:
        await asyncio.to_thread(self._close)

    # --- the call's side ---

    async def __aiter__(self) -> AsyncIterator[Sound | Act]:
        self._wanted = True
        while (heard := await self._next()) is not None:
            if isinstance(heard, Act) and heard.kind in ("mute", "unmute"):
                await asyncio.to_thread(self._listen, heard.kind == "unmute")
            yield heard
            if isinstance(heard, Act) and heard.kind == "hang_up":
                return
            if heard is LOST:
                self._moved.set()
                await self._find_again()
                self._moved.set()
                if not self._going.is_set():
                    yield Act("back")

    async def _next(self) -> Sound | Act | None:
        if self._unplayed > STUCK / FRAME and not self._going.is_set():
            return LOST
        try:
            async with asyncio.timeout(None if self.muted else self._patience):
                heard = await self._heard.get()
        except TimeoutError:
            return LOST
        self._patience = STUCK
        return heard

    def play(self, speech: int, sound: Sound) -> None:
        self._player.play(speech, sound)

    def duck(self, gain: float) -> None:
        self._player.duck(gain)

    def hold(self, holding: bool) -> None:
        self._player.hold(holding)

    def hush(self) -> None:
        self._player.hush()

    @property
    def played(self) -> Position:
        return self._player.played(self._latency)

    async def moved(self) -> None:
        await self._moved.wait()
        self._moved.clear()

    def tell(self, signal: Value) -> None:
        self.told.put_nowait(signal)

    def end(self, ended: CallEnded | None = None) -> None:
        """The call is over on her side."""
        self._going.set()
        if ended:
            self.told.put_nowait(ended)
        self._heard.put_nowait(None)

    # --- the person's side ---

    def mute(self, muted: bool) -> None:
        """Turns the microphone off, really: nothing is read from it until it is on again."""
        self.muted = muted
        self._heard.put_nowait(Act("mute" if muted else "unmute"))

    def stop(self) -> None:
        """Be silent, please."""
        self._player.hush()
        self._heard.put_nowait(Act("hush"))

    def hang_up(self) -> None:
        self._going.set()
        self._heard.put_nowait(Act("hang_up"))

    # --- the devices, in threads ---

    def _open(self) -> None:
        """Raises SetupError."""
        library = self._library = self._library or portaudio()
        microphone = self._stream(library, 0)
        try:
            loudspeaker = self._stream(library, 1)
        except SetupError:
            microphone.close()
            raise
        self._streams = Streams(microphone, loudspeaker)
        self._latency = round(loudspeaker.latency * SPOKEN_RATE)
        try:
            loudspeaker.start()
            if not self.muted:
                microphone.start()
        except library.PortAudioError as error:
            self._close()
            raise SetupError(NO_DEVICE.format(what="sound device", why=error)) from error

    def _stream(self, library: PortAudio, side: int) -> Stream:
        """At the rate of the call, or, where the device cannot, at its own."""
        device, what = self._devices[side], ("microphone", "loudspeaker")[side]
        make = (self._microphone, self._loudspeaker)[side]
        try:
            try:
                return make(library, device, (HEARD_RATE, SPOKEN_RATE)[side])
            except library.PortAudioError:
                kind = ("input", "output")[side]
                rate = int(library.query_devices(device, kind)["default_samplerate"])
                return make(library, device, rate)
        except (library.PortAudioError, ValueError) as error:
            raise SetupError(NO_DEVICE.format(what=what, why=error)) from error

    def _microphone(self, library: PortAudio, device: Device, rate: int) -> Stream:
        rates, rest = Rates(rate, HEARD_RATE), np.zeros(0, np.float32)

        def heard(data: Sound, frames: int, time: object, status: object) -> None:
            nonlocal rest
            rest = np.concatenate([rest, rates(data[:, 0])])
            while len(rest) >= HEARD_FRAME:
                frame, rest = rest[:HEARD_FRAME], rest[HEARD_FRAME:]
                self._on_the_loop(self._hear, frame)

        return library.InputStream(callback=heard, **options(device, rate, HEARD_FRAME * rate // HEARD_RATE))

    def _loudspeaker(self, library: PortAudio, device: Device, rate: int) -> Stream:
        rates, rest = Rates(SPOKEN_RATE, rate), np.zeros(0, np.float32)

        def wanted(data: Sound, frames: int, time: object, status: object) -> None:
            nonlocal rest
            while len(rest) < frames:
                rest = np.concatenate([rest, rates(self._player.pull(SPOKEN_FRAME))])
            data[:, 0], rest = rest[:frames], rest[frames:]
            self._on_the_loop(self._has_moved)

        return library.OutputStream(
            callback=wanted, **options(device, rate, SPOKEN_FRAME * rate // SPOKEN_RATE)
        )

    def _on_the_loop(self, call: Any, *values: Sound) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(call, *values)

    def _hear(self, frame: Sound) -> None:
        if self.muted or not self._wanted:
            return
        if self._heard.qsize() > MOST_WAITING:
            self._heard.get_nowait()
        self._heard.put_nowait(frame)
        self._unplayed += 1

    def _has_moved(self) -> None:
        self._unplayed = 0
        if (played := self.played) != self._known:
            self._known = played
            self._moved.set()

    def _listen(self, listening: bool) -> None:
        assert self._library
        if self._streams is None:
            return
        try:
            if listening:
                self._streams.microphone.start()
            else:
                self._streams.microphone.stop()
        except self._library.PortAudioError:
            log.warning("the microphone could not be switched")  # it is noticed as lost, if it stays so

    def _close(self) -> None:
        streams, self._streams = self._streams, None
        for stream in streams or ():
            stream.close()

    # --- lost and found ---

    async def _find_again(self) -> None:
        """Looks until the devices are back, or nobody wants them any more."""
        log.warning("a sound device is lost; looking for it again")
        while not self._going.is_set():
            try:
                await asyncio.to_thread(self._reopen)
            except SetupError:
                with suppress(TimeoutError):
                    async with asyncio.timeout(AGAIN):
                        await self._going.wait()
            else:
                self._unplayed, self._patience = 0, STARTING
                return

    def _reopen(self) -> None:
        """Raises SetupError. PortAudio only sees what was plugged in since when it begins anew."""
        self._close()
        assert self._library
        self._library._terminate()  # pyright: ignore[reportPrivateUsage]  # there is no public way
        self._library._initialize()  # pyright: ignore[reportPrivateUsage]
        self._open()


def options(device: Device, rate: int, block: int) -> dict[str, Any]:
    return {
        "device": device,
        "samplerate": rate,
        "blocksize": block,
        "channels": 1,
        "dtype": "float32",
        "latency": LATENCY,
    }
