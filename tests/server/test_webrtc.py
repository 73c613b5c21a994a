"""A call over WebRTC: two ends in one process, over loopback. A tone is a tone at the other end, and silence silence."""

import asyncio
import fractions
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from itertools import count

import numpy as np
import pytest

pytest.importorskip("aiortc")

from aiortc import MediaStreamTrack, RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.jitterbuffer import JitterFrame
from aiortc.mediastreams import MediaStreamError
from aiortc.rtp import RtpPacket
from av import AudioFrame, AudioResampler

from os1.errors import BadInput
from os1.server.in_order import InOrder
from os1.server.playing import Playing
from os1.server.webrtc import (
    SIGNALS,
    Microphone,
    Offer,
    WebRtcWire,
    answer_offer,
    at_home,
    hang_up,
    ice_server,
    missing,
)
from os1.voice.base import FRAME, HEARD_FRAME, HEARD_RATE, SPOKEN_FRAME, SPOKEN_RATE, Act, Position, Sound
from os1.voice.signals import CALL_FRAME, Answered, CallEnded, HangUp, Hush, Mute, Value

CALL, CLIENT = "call-0001", "phone-001"
LOUD = 0.05
"""Root mean square over which a frame is sound."""


@pytest.fixture(autouse=True)
def over_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    def here(use_ipv4: bool, use_ipv6: bool) -> list[str]:
        return ["127.0.0.1"]

    monkeypatch.setattr("aioice.ice.get_host_addresses", here)


def tone(hertz: float, seconds: float, rate: int) -> Sound:
    return (0.3 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)).astype(np.float32)


def pitch(sound: Sound, rate: int) -> float:
    return float(np.argmax(np.abs(np.fft.rfft(sound * np.hanning(len(sound))))) * rate / len(sound))


def loudness(sound: Sound) -> float:
    return float(np.sqrt(np.mean(sound**2)))


class Whistle(MediaStreamTrack):
    """A microphone that hears one tone for ever, until it is broken."""

    kind = "audio"

    def __init__(self, hertz: float) -> None:
        super().__init__()
        self._sound = (tone(hertz, 1, 48_000) * 32_767).astype(np.int16)
        self._frames = 0
        self._start = asyncio.get_running_loop().time()
        self.sounds = asyncio.Event()
        """Cleared: not a packet leaves."""
        self.sounds.set()

    async def recv(self) -> AudioFrame:
        await asyncio.sleep(self._start + self._frames * FRAME - asyncio.get_running_loop().time())
        await self.sounds.wait()
        at = self._frames * 960
        frame = AudioFrame.from_ndarray(
            self._sound[at % 48_000 : at % 48_000 + 960][np.newaxis], format="s16", layout="mono"
        )
        frame.sample_rate, frame.pts, frame.time_base = 48_000, at, fractions.Fraction(1, 48_000)
        self._frames += 1
        return frame


class Phone:
    """The other end."""

    def __init__(self) -> None:
        self.connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.whistle = Whistle(440)
        self.signals = self.connection.createDataChannel(SIGNALS)
        self.told: asyncio.Queue[Value] = asyncio.Queue()
        self.heard: list[Sound] = []
        self._news = asyncio.Event()
        self.signals.on("message", self._told)

    def _told(self, text: str) -> None:
        self.told.put_nowait(CALL_FRAME.validate_json(text))

    async def dials(self, wire: WebRtcWire, *, again: bool = False) -> None:
        self.connection.addTrack(self.whistle)
        await self.connection.setLocalDescription(await self.connection.createOffer())
        offer = Offer(sdp=self.connection.localDescription.sdp, client=CLIENT, call=CALL)
        reply = await answer_offer(offer, wire, again=again)
        await self.connection.setRemoteDescription(RTCSessionDescription(reply.sdp, reply.type))

    async def listens(self) -> None:
        await self._hears(self.connection.getReceivers()[0].track)

    async def _hears(self, track: Microphone) -> None:
        resampler = AudioResampler(format="flt", layout="mono", rate=SPOKEN_RATE, frame_size=SPOKEN_FRAME)
        try:
            while True:
                frame = await track.recv()
                assert isinstance(frame, AudioFrame)
                self.heard += [
                    piece.to_ndarray()[0].astype(np.float32) for piece in resampler.resample(frame)
                ]
                self._news.set()
        except MediaStreamError:
            pass

    async def until(self, so: Callable[[], bool]) -> None:
        while not so():
            self._news.clear()
            await self._news.wait()

    def loud(self, last: int = 1) -> bool:
        return len(self.heard) >= last and all(loudness(frame) > LOUD for frame in self.heard[-last:])


class Called:
    """A wire with a phone at its other end."""

    def __init__(self, wire: WebRtcWire, phone: Phone, life: asyncio.TaskGroup) -> None:
        self.wire, self.phone, self.life = wire, phone, life
        self.acts: list[Act] = []
        self.frames: list[Sound] = []
        self._news = asyncio.Event()

    async def listens(self) -> None:
        async for heard in self.wire:
            if isinstance(heard, Act):
                self.acts.append(heard)
            else:
                self.frames.append(heard)
            self._news.set()

    async def until(self, so: Callable[[], bool]) -> None:
        while not so():
            self._news.clear()
            await self._news.wait()

    async def phone_calls(self, phone: Phone, *, again: bool = False) -> None:
        await phone.dials(self.wire, again=again)
        self.life.create_task(phone.listens(), name="phone listens")


@asynccontextmanager
async def a_call(wire: WebRtcWire | None = None) -> AsyncGenerator[Called]:
    wire = wire or WebRtcWire()
    async with asyncio.timeout(30), asyncio.TaskGroup() as life:
        call = Called(wire, Phone(), life)
        life.create_task(wire.run(), name="wire")
        life.create_task(call.listens(), name="call listens")
        await call.phone_calls(call.phone)
        try:
            yield call
        finally:
            wire.end()
            await hang_up(call.phone.connection)


async def test_a_tone_arrives_as_the_same_tone_in_frames_of_20_ms() -> None:
    async with a_call() as call:
        await call.until(lambda: len(call.frames) >= 75)
        assert {len(frame) for frame in call.frames} == {HEARD_FRAME}
        heard = np.concatenate(call.frames[25:75])
        assert pitch(heard, HEARD_RATE) == pytest.approx(440, abs=3)
        assert loudness(heard) == pytest.approx(0.3 / np.sqrt(2), rel=0.2)
        assert call.acts == []


async def test_what_she_says_is_heard_and_reckoned_as_played() -> None:
    async with a_call() as call:
        call.wire.play(1, tone(600, 1.0, SPOKEN_RATE))
        while call.wire.played < Position(1, SPOKEN_RATE):
            await call.wire.moved()
        await call.phone.until(lambda: not call.phone.loud())
        said = [frame for frame in call.phone.heard if loudness(frame) > LOUD]
        assert len(said) * FRAME == pytest.approx(1.0, abs=0.1)
        assert pitch(np.concatenate(said[5:45]), SPOKEN_RATE) == pytest.approx(600, abs=3)


async def test_hushed_she_is_silent_at_once_and_the_next_word_is_heard() -> None:
    async with a_call() as call:
        call.wire.play(1, tone(600, 20, SPOKEN_RATE))
        await call.phone.until(lambda: call.phone.loud(10))
        frames, stopped = len(call.phone.heard), call.wire.playing.position
        call.wire.hush()
        await call.phone.until(lambda: not call.phone.loud())
        assert (len(call.phone.heard) - frames) * FRAME <= 0.3
        await call.until(lambda: call.wire.played == stopped)
        call.wire.play(2, tone(600, 0.4, SPOKEN_RATE))
        await call.phone.until(lambda: call.phone.loud(5))


async def test_a_hush_from_the_phone_silences_her_without_asking_the_call() -> None:
    async with a_call() as call:
        call.wire.play(1, tone(600, 20, SPOKEN_RATE))
        await call.phone.told.get()
        await call.phone.until(lambda: call.phone.loud(10))
        call.phone.signals.send(Hush().model_dump_json())
        await call.phone.until(lambda: not call.phone.loud())
        await call.until(lambda: call.acts == [Act("hush")])


async def test_signals_go_both_ways() -> None:
    async with a_call() as call:
        assert await call.phone.told.get() == Answered(call=CALL, again=False, frame=0)
        for said in (Mute(muted=True), Mute(muted=False), HangUp()):
            call.phone.signals.send(said.model_dump_json())
        await call.until(lambda: call.acts == [Act("mute"), Act("unmute"), Act("hang_up")])
        call.phone.signals.send("a word that means nothing")
        assert (await call.phone.told.get()).model_dump()["code"] == BadInput.code
        call.wire.end(CallEnded(why="hung_up"))
        assert await call.phone.told.get() == CallEnded(why="hung_up")


async def test_a_phone_that_falls_silent_is_lost_and_found_and_no_word_is_skipped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("os1.server.webrtc.QUIET", 0.2)
    acts: list[Act] = []
    async with a_call(WebRtcWire(acted=acts.append)) as call:
        call.wire.play(1, tone(600, 20, SPOKEN_RATE))
        await call.phone.until(lambda: call.phone.loud(30))
        call.phone.whistle.sounds.clear()
        await call.until(lambda: call.acts == [Act("lost")])
        waits = call.wire.playing.position
        await call.phone.until(lambda: not call.phone.loud())
        assert call.wire.playing.position == waits, "she waits where she stopped"
        call.phone.whistle.sounds.set()
        await call.until(lambda: call.acts == acts == [Act("lost"), Act("back")])
        await call.phone.until(lambda: call.phone.loud(5))


async def test_muted_a_phone_may_be_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os1.server.webrtc.QUIET", 0.1)
    async with a_call() as call:
        await call.phone.told.get()
        call.phone.signals.send(Mute(muted=True).model_dump_json())
        await call.until(lambda: call.acts == [Act("mute")])
        call.phone.whistle.sounds.clear()
        call.wire.play(1, tone(600, 1, SPOKEN_RATE))
        while call.wire.played < Position(1, SPOKEN_RATE):
            await call.wire.moved()
        assert call.acts == [Act("mute")]


async def test_a_new_offer_takes_up_the_call_where_it_stopped() -> None:
    async with a_call() as call:
        call.wire.play(1, tone(600, 20, SPOKEN_RATE))
        await call.phone.until(lambda: call.phone.loud(10))
        first, call.phone = call.phone, Phone()
        await hang_up(first.connection)
        await call.until(lambda: call.acts == [Act("lost")])
        await call.phone_calls(call.phone, again=True)
        assert await call.phone.told.get() == Answered(call=CALL, again=True, frame=0)
        await call.until(lambda: call.acts == [Act("lost"), Act("back")])
        await call.phone.until(lambda: call.phone.loud(5))


@pytest.mark.parametrize(
    "sdp", ["", "v=0", "no", "v=0\r\nm=audio 9 RTP/AVP x\r\n", "v=0\r\no=- 1 1 IN IP4 0\r\ns=-\r\nt=0 0\r\n"]
)
async def test_an_offer_that_is_none_is_told(sdp: str) -> None:
    with pytest.raises(BadInput):
        await answer_offer(Offer(sdp=sdp, client=CLIENT, call=CALL), WebRtcWire())


def test_no_address_of_the_world_is_asked() -> None:
    lines = [
        f"a=candidate:1 1 udp 1 {host} 5000 typ host"
        for host in ("192.168.1.7", "8.8.8.8", "x-y.local", "evil.test", "fd00::7", "2606:4700::1")
    ]
    kept = at_home("\r\n".join(["v=0", *lines]))
    assert [line.split()[4] for line in kept.splitlines()[1:]] == ["192.168.1.7", "x-y.local", "fd00::7"]


def test_a_server_of_one_s_own_is_read_from_the_setting() -> None:
    turn, stun = ice_server("turn:me:se:cret@box.local:3478"), ice_server("stun:box.local:3478")
    assert (turn.urls, turn.username, turn.credential) == ("turn:box.local:3478", "me", "se:cret")
    assert (stun.urls, stun.username, stun.credential) == ("stun:box.local:3478", None, None)


# --- a network that loses ---


async def test_of_a_network_that_loses_one_packet_in_five_four_are_heard_at_their_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The library's own buffer would let a quarter through."""
    add, came = InOrder.add, count()

    def lossy(self: InOrder, packet: RtpPacket) -> tuple[bool, JitterFrame | None]:
        return (False, None) if next(came) % 5 == 4 else add(self, packet)

    monkeypatch.setattr(InOrder, "add", lossy)
    async with a_call() as call:
        await call.until(lambda: len(call.frames) >= 100)
        heard = [loudness(frame) > LOUD for frame in call.frames[20:100]]
        assert sum(heard) / len(heard) == pytest.approx(0.8, abs=0.08)
        assert next(came) == pytest.approx(100, abs=12), "20 ms of sound for every packet that was sent"


def arriving(*numbers: int) -> list[int]:
    """In which order they are heard."""
    order = InOrder()
    frames = [order.add(RtpPacket(sequence_number=number, timestamp=number))[1] for number in numbers]
    return [frame.timestamp for frame in frames if frame]


@pytest.mark.parametrize(
    ("came", "heard"),
    [
        ([1, 2, 3], [1, 2, 3]),
        ([1, 3, 2, 4, 5], [1, 2, 3, 4]),
        ([1, 3, 4, 5, 6, 7], [1, 3, 4]),
        ([1, 3, 4, 5, 6, 2, 7], [1, 3, 4, 5]),
        ([1, 1, 2, 2, 3], [1, 2, 3]),
        ([65534, 65535, 0, 1], [65534, 65535, 0, 1]),
        ([9, 60_000, 60_001], [9, 60_000, 60_001]),
    ],
)
def test_packets_are_heard_in_their_order_and_none_is_waited_for_long(
    came: list[int], heard: list[int]
) -> None:
    assert arriving(*came) == heard


@pytest.mark.parametrize(("gap", "frames"), [(0, 0), (960, 1), (2880, 3), (-960, 0), (48_000 * 60, 50)])
def test_what_was_lost_is_silence_for_as_long(gap: int, frames: int) -> None:
    assert missing(gap, 960) == frames


# --- her voice on its way out ---


def frames(playing: Playing, count: int) -> Sound:
    return np.concatenate([playing.take() for _ in range(count)])


def test_speeches_follow_each_other_without_a_gap() -> None:
    playing = Playing()
    playing.play(1, np.ones(700, np.float32))
    playing.play(2, np.full(300, 0.5, np.float32))
    sound = frames(playing, 3)
    assert (sound[:700] == 1).all()
    assert (sound[700:1000] == 0.5).all()
    assert (sound[1000:] == 0).all()
    assert playing.position == Position(2, 300)


def test_held_she_goes_on_where_she_stopped() -> None:
    playing = Playing()
    playing.play(1, np.ones(2000, np.float32))
    playing.take()
    playing.hold(True)
    assert frames(playing, 3)[120:].max() == 0
    assert playing.position == Position(1, 480)
    playing.hold(False)
    assert (playing.take() == 1).all()


def test_ducked_she_becomes_softer_without_a_step() -> None:
    playing = Playing()
    playing.play(1, np.ones(SPOKEN_FRAME * 10, np.float32))
    playing.duck(0.2)
    sound = frames(playing, 6)
    assert np.abs(np.diff(sound)).max() < 0.002
    assert sound[-1] == pytest.approx(0.2)


def test_what_was_not_heard_is_taken_back_whole() -> None:
    playing = Playing()
    ramp: Sound = np.linspace(0, 1, 3000, dtype=np.float32)
    playing.play(1, ramp[:1000])
    playing.play(2, ramp[1000:])
    frames(playing, 4)
    playing.take_back(3)
    assert playing.position == Position(1, SPOKEN_FRAME)
    assert (frames(playing, 5) == ramp[SPOKEN_FRAME : 6 * SPOKEN_FRAME]).all()
    assert playing.position == Position(2, 6 * SPOKEN_FRAME - 1000)


def test_hushed_nothing_comes_back() -> None:
    playing = Playing()
    playing.play(1, np.ones(5000, np.float32))
    playing.take()
    playing.hush()
    playing.take_back(9)
    assert frames(playing, 4)[120:].max() == 0
    assert playing.position == Position(1, 480)
