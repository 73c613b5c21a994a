"""The machine's own microphone and loudspeaker: with an imitation of PortAudio, and once through a real sound server."""

import asyncio
import importlib
import os
import shutil
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from os1.errors import SetupError
from os1.voice import soundcard
from os1.voice.base import HEARD_FRAME, HEARD_RATE, SPOKEN_FRAME, SPOKEN_RATE, Act, Position, Sound
from os1.voice.signals import CallEnded
from os1.voice.soundcard import Device, SoundCard


class ImitationStream:
    latency = 0.0

    def __init__(self, library: "ImitationPortAudio", options: dict[str, Any]) -> None:
        if options["samplerate"] not in library.rates:
            raise ImitationError("Invalid sample rate")
        self.options = options
        self.running = False

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False

    def close(self) -> None:
        self.running = False

    def pass_through(self, data: Sound) -> Sound:
        """A block from the device, or for it."""
        self.options["callback"](data, len(data), None, None)
        return data[:, 0]


class ImitationError(Exception):
    pass


class ImitationPortAudio:
    PortAudioError = ImitationError

    def __init__(self, *rates: int) -> None:
        self.rates = rates
        self.begun = 0

    def InputStream(self, **options: Any) -> ImitationStream:
        self.microphone = ImitationStream(self, options)
        return self.microphone

    def OutputStream(self, **options: Any) -> ImitationStream:
        self.loudspeaker = ImitationStream(self, options)
        return self.loudspeaker

    def query_devices(self, device: Device = None, kind: str | None = None) -> dict[str, float]:
        if not self.rates:
            raise ImitationError("Error querying device -1")
        return {"default_samplerate": float(self.rates[0])}

    def _terminate(self) -> None: ...

    def _initialize(self) -> None:
        self.begun += 1


def block(samples: int, amplitude: float = 0.0) -> Sound:
    return np.full((samples, 1), amplitude, np.float32)


async def opened(library: ImitationPortAudio) -> SoundCard:
    card = SoundCard(library=library)
    await card.open()
    return card


async def hearing(card: SoundCard, *happens: Callable[[], object]) -> list[Sound | Act]:
    """Everything the card gives, when all this happens and then it is hung up."""
    heard = aiter(card)
    first = asyncio.ensure_future(anext(heard))
    await asyncio.sleep(0)
    for happening in happens:
        happening()
    await asyncio.sleep(0)
    card.hang_up()
    return [await first, *[something async for something in heard]]


async def test_frames_of_the_microphone_come_in_their_order() -> None:
    library = ImitationPortAudio(HEARD_RATE, SPOKEN_RATE)
    card = await opened(library)
    frames = [block(HEARD_FRAME, amplitude) for amplitude in (0.25, 0.5)]
    heard = await hearing(card, *[partial(library.microphone.pass_through, frame) for frame in frames])
    assert [float(frame[0]) for frame in heard[:2] if isinstance(frame, np.ndarray)] == [0.25, 0.5]
    assert heard[2:] == [Act("hang_up")]


async def test_what_was_in_the_air_before_the_call_is_not_heard() -> None:
    library = ImitationPortAudio(HEARD_RATE, SPOKEN_RATE)
    card = await opened(library)
    library.microphone.pass_through(block(HEARD_FRAME, 0.5))
    await asyncio.sleep(0)
    assert await hearing(card) == [Act("hang_up")]


async def test_what_she_says_is_played_and_told() -> None:
    library = ImitationPortAudio(HEARD_RATE, SPOKEN_RATE)
    card = await opened(library)
    card.play(1, np.full(SPOKEN_FRAME, 0.5, np.float32))
    assert library.loudspeaker.pass_through(block(SPOKEN_FRAME)).all()
    await card.moved()
    assert card.played == Position(1, SPOKEN_FRAME)
    card.stop()
    assert (await anext(aiter(card))) == Act("hush")


async def test_a_device_with_another_rate_is_brought_to_the_call_s() -> None:
    library = ImitationPortAudio(48_000)
    card = await opened(library)
    card.play(1, np.full(SPOKEN_FRAME * 2, 0.5, np.float32))
    out = library.loudspeaker.pass_through(block(960))
    heard = await hearing(card, *3 * [partial(library.microphone.pass_through, block(960, 0.5))])
    frames = [frame for frame in heard if isinstance(frame, np.ndarray)]
    assert {len(frame) for frame in frames} == {HEARD_FRAME}
    assert abs(frames[-1][-1] - 0.5) < 0.01
    assert abs(out[-1] - 0.5) < 0.01


async def test_muted_the_microphone_is_off() -> None:
    library = ImitationPortAudio(HEARD_RATE, SPOKEN_RATE)
    card = await opened(library)
    heard = aiter(card)
    card.mute(True)
    assert await anext(heard) == Act("mute")
    assert not library.microphone.running
    library.microphone.pass_through(block(HEARD_FRAME, 0.5))
    card.mute(False)
    assert await anext(heard) == Act("unmute")
    assert library.microphone.running


async def test_a_lost_device_is_looked_for_until_it_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundcard, "STARTING", 0.01)
    monkeypatch.setattr(soundcard, "AGAIN", 0.01)
    library = ImitationPortAudio(HEARD_RATE, SPOKEN_RATE)
    card = await opened(library)
    card.play(1, np.full(2 * SPOKEN_FRAME, 0.5, np.float32))
    library.loudspeaker.pass_through(block(SPOKEN_FRAME))
    heard = aiter(card)
    assert await anext(heard) == Act("lost")
    library.rates = ()
    asyncio.get_running_loop().call_later(0.05, setattr, library, "rates", (HEARD_RATE, SPOKEN_RATE))
    assert await anext(heard) == Act("back")
    assert library.begun > 1
    assert library.loudspeaker.pass_through(block(SPOKEN_FRAME)).all()
    assert card.played == Position(1, 2 * SPOKEN_FRAME)


async def test_hanging_up_ends_the_looking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundcard, "STARTING", 0.01)
    library = ImitationPortAudio(HEARD_RATE, SPOKEN_RATE)
    card = await opened(library)
    heard = aiter(card)
    assert await anext(heard) == Act("lost")
    library.rates = ()
    card.hang_up()
    async with asyncio.timeout(1):
        assert [act async for act in heard][-1] == Act("hang_up")


async def test_a_loudspeaker_that_wants_nothing_any_more_is_lost() -> None:
    library = ImitationPortAudio(HEARD_RATE, SPOKEN_RATE)
    card = await opened(library)
    heard = aiter(card)
    first = asyncio.ensure_future(anext(heard))
    await asyncio.sleep(0)
    for _ in range(100):
        library.microphone.pass_through(block(HEARD_FRAME, 0.1))
    assert isinstance(await first, np.ndarray)
    assert await anext(heard) == Act("lost")


async def test_her_end_of_the_call_ends_it() -> None:
    card = await opened(ImitationPortAudio(HEARD_RATE, SPOKEN_RATE))
    ended = CallEnded(why="closed")
    card.end(ended)
    assert [heard async for heard in card] == []
    assert card.told.get_nowait() == ended


async def test_without_a_device_it_says_what_to_do() -> None:
    with pytest.raises(SetupError, match="no microphone that I can open"):
        await opened(ImitationPortAudio())


@pytest.mark.parametrize(("error", "sentence"), [(ImportError, "pip install"), (OSError, "apt-get install")])
async def test_without_portaudio_it_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception], sentence: str
) -> None:
    def missing(name: str) -> None:
        raise error(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(SetupError, match=sentence):
        await SoundCard().open()


# --- through a real sound server, whose microphone and room are imitations ---

NOWHERE = asyncio.subprocess.DEVNULL
PULSE = ["pulseaudio", "pactl", "pacat", "parec"]
ROOM = [
    "module-null-sink sink_name=room rate=48000",
    "module-null-sink sink_name=person rate=48000",
    "module-remap-source source_name=microphone master=person.monitor",
]


@asynccontextmanager
async def pulse(home: Path) -> AsyncGenerator[None]:
    home.mkdir(exist_ok=True)
    home.chmod(0o700)
    modules = [f"module-native-protocol-unix socket={home}/native auth-anonymous=1", *ROOM]
    server = await asyncio.create_subprocess_exec(
        *[
            "pulseaudio",
            "-n",
            "--daemonize=no",
            "--exit-idle-time=-1",
            "--use-pid-file=no",
            "--disable-shm=yes",
        ],
        *[part for module in modules for part in ("-L", module)],
        env=os.environ | {"HOME": str(home), "XDG_RUNTIME_DIR": str(home)},
        stderr=NOWHERE,
    )
    try:
        for command in ("set-default-sink room", "set-default-source microphone"):
            while await (  # noqa: ASYNC110  # it is another process
                await asyncio.create_subprocess_exec("pactl", *command.split(), stderr=NOWHERE)
            ).wait():
                await asyncio.sleep(0.1)
        yield
    finally:
        server.terminate()
        await server.wait()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110  # threads and other processes
            await asyncio.sleep(0.02)


def tone(hertz: float, seconds: float, rate: int) -> Sound:
    return (0.3 * np.sin(2 * np.pi * hertz / rate * np.arange(round(seconds * rate)))).astype(np.float32)


def sounds(sound: Sound, rate: int) -> float:
    """Seconds of a tone in it, gaps not counted: a busy machine leaves some."""
    return np.count_nonzero(np.abs(sound) > 0.05) / np.count_nonzero(np.abs(tone(500, 1, rate)) > 0.05)


@pytest.mark.live
@pytest.mark.skipif(
    not all(map(shutil.which, PULSE)), reason="PulseAudio is not here: apt-get install pulseaudio"
)
async def test_a_real_sound_server_both_ways_lost_and_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "pulse"
    monkeypatch.setenv("PULSE_SERVER", f"unix:{home}/native")
    card = SoundCard("pulse", "pulse")
    heard: list[Sound] = []
    acts: list[str] = []

    async def listen() -> None:
        async for something in card:
            if isinstance(something, Act):
                acts.append(something.kind)
            else:
                heard.append(something)

    wav = ["--format=float32le", "--channels=1", "--latency-msec=200", "--rate"]
    recording = tmp_path / "room.raw"
    async with asyncio.TaskGroup() as life:
        async with pulse(home):
            await card.open()
            life.create_task(listen(), name="listen")
            await until(lambda: len(heard) > 10)
            with recording.open("wb") as file:
                room = await asyncio.create_subprocess_exec(
                    "parec", "-d", "room.monitor", *wav, str(SPOKEN_RATE), stdout=file
                )
            person = await asyncio.create_subprocess_exec(
                "pacat", "-d", "person", *wav, str(HEARD_RATE), stdin=asyncio.subprocess.PIPE
            )
            await asyncio.sleep(1)
            await person.communicate(tone(500, 1, HEARD_RATE).tobytes())
            card.play(1, tone(800, 3, SPOKEN_RATE))
            await until(lambda: card.played.samples >= SPOKEN_RATE)
            card.hush()
            await asyncio.sleep(1)
            room.terminate()
            await room.wait()
        await until(lambda: "lost" in acts)
        async with pulse(home):
            await until(lambda: "back" in acts)
            frames = len(heard)
            await until(lambda: len(heard) > frames + 10)
            card.hang_up()
            await until(lambda: "hang_up" in acts)
            await card.close()
    assert 0.7 < sounds(np.concatenate(heard), HEARD_RATE) < 1.1
    assert 0.9 < sounds(np.fromfile(recording, np.float32), SPOKEN_RATE) < 1.3
