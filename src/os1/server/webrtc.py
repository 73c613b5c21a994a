"""A call's wire over WebRTC: for phones whose network loses and delays. Opus and its repairs are the library's.

The phone's offer is answered with the addresses of this machine; nobody outside is asked, unless a server is named.
Signals go by the data channel `signals`. What the phone has really played it cannot tell; it is reckoned from what was
sent. It does not know whose call it carries.
"""

import asyncio
import fractions
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import Literal, NamedTuple, Protocol

import numpy as np
from aiortc import (
    InvalidAccessError,
    InvalidStateError,
    MediaStreamTrack,
    RTCConfiguration,
    RTCDataChannel,
    RTCIceServer,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError
from av import AudioFrame, AudioResampler
from pydantic import Field, ValidationError

from os1.errors import BadInput
from os1.events import Value
from os1.frames import Trouble
from os1.server.in_order import InOrder
from os1.server.playing import Playing
from os1.voice.base import FRAME, HEARD_FRAME, HEARD_RATE, SPOKEN_FRAME, SPOKEN_RATE, Act, Position, Sound
from os1.voice.pcm import to_pcm
from os1.voice.signals import CALL_COMMAND, Answered, CallEnded, HangUp, Hush, Mute

SIGNALS = "signals"
"""What the data channel is called."""
QUIET = 2.0
"""Seconds without a packet from the phone until the line counts as lost: a hiccup of a home network is shorter."""
ON_ITS_WAY = 4
"""Frames, 80 ms: sent but not heard yet, in the air and in the phone's jitter buffer."""
LATE = 0.2
"""Seconds behind, after a stall of this machine, that are made up for; of more, the phone has heard silence."""
MOST_WAITING = 90 * 50
"""Frames of the microphone that may wait: a minute and a half, as on the other wire."""
GAP = 50
"""Frames lost in a row, a second, that are filled with silence; of a longer gap, so much."""
THEIR_BUFFER = "_RTCRtpReceiver__jitter_buffer"
"""Where the library keeps what is replaced by ours; a test over a losing network holds it to that."""
THEIR_DECODER_ENDS = "_RTCRtpReceiver__stop_decoder"
MOST_UNTOLD = 100
"""Signals kept for a channel that is not open yet."""
UNREADABLE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    InvalidAccessError,
    InvalidStateError,
)
"""What the library raises for a description that is none."""


class Offer(Value):
    """POST /api/call/offer"""

    type: Literal["offer"] = "offer"
    sdp: str = Field(max_length=65_536)
    client: str = Field(min_length=8, max_length=64)
    call: str = Field(min_length=8, max_length=64)
    """As in `dial`: the same one takes up a call that lost its line."""


class Reply(Value):
    """What it is answered with."""

    type: Literal["answer"] = "answer"
    sdp: str


class Microphone(Protocol):
    """The phone's sound track."""

    async def recv(self) -> object: ...


class Peer(NamedTuple):
    """One connection of the wire; the next one takes its place."""

    connection: RTCPeerConnection
    microphone: Microphone


class WebRtcWire:
    """A `voice.base.Wire`. Somebody runs `run` from the first offer until it returns. `acted` is told of every act."""

    def __init__(self, ice_server: str = "", acted: Callable[[Act], object] = lambda act: None) -> None:
        self.ice_server = ice_server
        self.playing = Playing()
        self.muted = False
        self._acted = acted
        self._heard: asyncio.Queue[Sound | Act | None] = asyncio.Queue()
        self._peers: asyncio.Queue[Peer | None] = asyncio.Queue()
        self._peer: Peer | None = None
        self._channel: RTCDataChannel | None = None
        self._untold: deque[str] = deque(maxlen=MOST_UNTOLD)
        self._sent: deque[Position] = deque(maxlen=ON_ITS_WAY)
        self._played = Position(0, 0)
        self._moved = asyncio.Event()
        self._there = self._ended = False

    # --- the call's side ---

    async def __aiter__(self) -> AsyncIterator[Sound | Act]:
        while (heard := await self._heard.get()) is not None:
            yield heard

    def play(self, speech: int, sound: Sound) -> None:
        self.playing.play(speech, sound)

    def duck(self, gain: float) -> None:
        self.playing.duck(gain)

    def hold(self, holding: bool) -> None:
        self.playing.hold(holding)

    def hush(self) -> None:
        self.playing.hush()

    @property
    def played(self) -> Position:
        return self._played

    async def moved(self) -> None:
        await self._moved.wait()
        self._moved.clear()

    def tell(self, signal: Value) -> None:
        self._untold.append(signal.model_dump_json())
        self._flush()

    def end(self, ended: CallEnded | None = None) -> None:
        """The call is over."""
        if ended:
            self.tell(ended)
        if not self._ended:
            self._ended = True
            self._heard.put_nowait(None)
            self._peers.put_nowait(None)

    # --- the line's side ---

    async def run(self) -> None:
        """Carries what the phone says, from one connection to the next, until the call is over."""
        try:
            while peer := await self._peers.get():
                await self._listen(peer)
        finally:
            await self.close()

    async def close(self) -> None:
        """Hang up, whoever listens; a house that closes meanwhile waits for it, as half a goodbye leaves ports open."""
        peer, self._peer = self._peer, None
        if peer:
            closing = asyncio.create_task(hang_up(peer.connection), name="hang up")
            try:
                await asyncio.shield(closing)
            except asyncio.CancelledError:
                await closing
                raise

    async def attach(self, peer: Peer, answered: Answered) -> None:
        """This is the connection from now on; the one before it ends."""
        before, self._peer, self._channel = self._peer, peer, None
        peer.connection.on("datachannel", self._opened)
        self.tell(answered)
        self._peers.put_nowait(peer)
        if before:
            self._lose()
            await hang_up(before.connection)

    def next_frame(self) -> Sound:
        """20 ms of her voice for the phone; silence while there is no phone to hear it."""
        if not self._there:
            return np.zeros(SPOKEN_FRAME, np.float32)
        sound = self.playing.take()
        self._sent.append(self.playing.position)
        if (arrived := max(self._played, self._sent[0])) != self._played:
            self._played = arrived
            self._moved.set()
        return sound

    async def _listen(self, peer: Peer) -> None:
        resampler, expected = _resampler(), 0
        while peer is self._peer and not self._ended:
            try:
                frame = await asyncio.wait_for(peer.microphone.recv(), QUIET)
            except TimeoutError:
                if not self.muted:
                    self._lose()
                continue
            except MediaStreamError:
                self._lose()
                return
            self._found()
            if isinstance(frame, AudioFrame) and self._heard.qsize() < MOST_WAITING:
                start, frame.pts = frame.pts or 0, None
                for _ in range(missing(start - expected if expected else 0, frame.samples)):
                    self._heard.put_nowait(np.zeros(HEARD_FRAME, np.float32))
                expected = start + frame.samples
                for piece in resampler.resample(frame):
                    self._heard.put_nowait(piece.to_ndarray()[0].astype(np.float32))

    def _found(self) -> None:
        if self._there:
            return
        self._there = True
        if self._sent:  # it was there before
            self._act(Act("back"))

    def _lose(self) -> None:
        """What was sent since the phone fell silent was not heard either."""
        if self._there:
            self._there = False
            self.playing.take_back(int(QUIET / FRAME) + ON_ITS_WAY)
            self._act(Act("lost"))
            self._moved.set()

    def _act(self, act: Act) -> None:
        self._heard.put_nowait(act)
        self._acted(act)

    def _opened(self, channel: RTCDataChannel) -> None:
        if channel.label == SIGNALS:
            self._channel = channel
            channel.on("message", self._signal)
            self._flush()

    def _flush(self) -> None:
        while self._untold and self._channel and self._channel.readyState == "open":
            self._channel.send(self._untold.popleft())

    def _signal(self, message: str | bytes) -> None:
        try:
            command = CALL_COMMAND.validate_json(message)
        except ValidationError:
            self.tell(Trouble(code=BadInput.code, text=BadInput.spoken))
            return
        match command:
            case Mute(muted=muted):
                self.muted = muted
                self._act(Act("mute" if muted else "unmute"))
            case Hush():
                self.playing.hush()
                self._act(Act("hush"))
            case HangUp():
                self._act(Act("hang_up"))
            case _:
                pass  # dialling was the offer; what was played is reckoned here


class HerVoice(MediaStreamTrack):
    """The wire's sound, in step with the clock."""

    kind = "audio"

    def __init__(self, wire: WebRtcWire) -> None:
        super().__init__()
        self._wire = wire
        self._frames = 0
        self._start: float | None = None

    async def recv(self) -> AudioFrame:
        if self.readyState != "live":
            raise MediaStreamError
        now = asyncio.get_running_loop().time()
        if self._start is None or now - (self._start + self._frames * FRAME) > LATE:
            self._start = now - self._frames * FRAME
        await asyncio.sleep(self._start + self._frames * FRAME - now)
        pcm = np.frombuffer(to_pcm(self._wire.next_frame()), np.int16)
        frame = AudioFrame.from_ndarray(pcm[np.newaxis], format="s16", layout="mono")
        frame.sample_rate, frame.pts = SPOKEN_RATE, self._frames * SPOKEN_FRAME
        frame.time_base = fractions.Fraction(1, SPOKEN_RATE)
        self._frames += 1
        return frame


async def answer_offer(offer: Offer, wire: WebRtcWire, *, again: bool = False) -> Reply:
    """Take the wire's end of this connection. Raises BadInput for an offer that cannot be read, or has no microphone."""
    servers = [ice_server(wire.ice_server)] if wire.ice_server else []
    connection = RTCPeerConnection(RTCConfiguration(iceServers=servers))
    sdp = offer.sdp if servers else at_home(offer.sdp)
    try:
        await connection.setRemoteDescription(RTCSessionDescription(sdp, "offer"))
        receiver = next(one.receiver for one in connection.getTransceivers() if one.kind == "audio")
        vars(receiver)[THEIR_BUFFER] = InOrder()
        connection.addTrack(HerVoice(wire))
        await connection.setLocalDescription(await connection.createAnswer())
    except (*UNREADABLE, StopIteration) as error:
        await hang_up(connection)
        raise BadInput("That is no offer of a call: it needs a sound track, and nothing unknown.") from error
    await wire.attach(Peer(connection, receiver.track), Answered(call=offer.call, again=again, frame=0))
    return Reply(sdp=connection.localDescription.sdp)


async def hang_up(connection: RTCPeerConnection) -> None:
    """Close it. The library waits for its decoder's thread on the event loop; so that is ended before, in a thread."""
    for receiver in connection.getReceivers():
        with suppress(AttributeError):  # the phone hung up in this very moment, and the library was faster
            await asyncio.to_thread(getattr(receiver, THEIR_DECODER_ENDS))
    await connection.close()


def missing(gap: int, samples: int) -> int:
    """Frames that were lost between two, so that what follows is heard at its time; of a long gap, a second."""
    return max(0, min(gap // samples, GAP)) if samples else 0


def _resampler() -> AudioResampler:
    return AudioResampler(format="flt", layout="mono", rate=HEARD_RATE, frame_size=HEARD_FRAME)


def at_home(sdp: str) -> str:
    """The description without addresses that the whole world has: nothing is sent there."""
    return "\r\n".join(line for line in sdp.splitlines() if not _worldwide(line)) + "\r\n"


def ice_server(text: str) -> RTCIceServer:
    """A server as in the setting: stun:host:port, or turn:name:secret@host:port."""
    scheme, _, rest = text.partition(":")
    who, _, host = rest.rpartition("@")
    name, _, secret = who.partition(":")
    return RTCIceServer(urls=f"{scheme}:{host}", username=name or None, credential=secret or None)


def _worldwide(line: str) -> bool:
    words = line.split()
    if not line.startswith("a=candidate:") or len(words) < 5:
        return False
    try:
        return ip_address(words[4]).is_global
    except ValueError:
        return not words[4].endswith(".local")
