"""Offers of a call: which are taken, by which wire, and what is told of the others."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

pytest.importorskip("aiortc")

from aiortc import RTCConfiguration, RTCPeerConnection
from aiortc.mediastreams import AudioStreamTrack
from starlette.applications import Starlette
from starlette.routing import Route

from os1.errors import EarsUnavailable
from os1.server.call_offer import LARGEST_OFFER, Offers
from os1.server.webrtc import WebRtcWire, hang_up
from os1.voice.base import Act
from tests.server.test_webrtc import over_loopback

__all__ = ["over_loopback"]


class Exchange:
    """Takes calls, and writes down what becomes of them."""

    def __init__(self) -> None:
        self.live: Any = None
        self.done: list[object] = []
        self.deaf = False

    def going_on(self, call: str) -> Any:
        return self.live if self.live and self.live.id == call else None

    async def dial(self, call: str, client: str, wire: Any) -> None:
        if self.deaf:
            raise EarsUnavailable("There are no ears here.")
        self.live = SimpleNamespace(id=call, wire=wire, line=SimpleNamespace(show=self._show))

    def _show(self, *, muted: bool) -> None:
        self.done.append("muted" if muted else "unmuted")

    def lost(self, live: Any, after: Callable[[], None]) -> None:
        self.done.append("lost")

    def back(self, live: Any) -> None:
        self.done.append("back")


@pytest.fixture
def exchange() -> Exchange:
    return Exchange()


@pytest.fixture
async def house(exchange: Exchange) -> AsyncGenerator[httpx.AsyncClient]:
    offers = Offers(exchange)
    routes = Starlette(routes=[Route("/api/call/offer", offers.offer, methods=["POST"])])
    async with asyncio.timeout(20), asyncio.TaskGroup() as life:
        running = life.create_task(offers.run(), name="offers")
        transport = httpx.ASGITransport(routes)
        async with httpx.AsyncClient(transport=transport, base_url="http://house") as client:
            yield client
        if exchange.live:
            exchange.live.wire.end()
        running.cancel()


@asynccontextmanager
async def a_phone() -> AsyncGenerator[dict[str, str]]:
    """What it offers."""
    connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    connection.addTrack(AudioStreamTrack())
    await connection.setLocalDescription(await connection.createOffer())
    yield {"sdp": connection.localDescription.sdp, "client": "phone-001", "call": "call-0001"}
    await hang_up(connection)


async def test_an_offer_is_dialled_and_answered(house: httpx.AsyncClient, exchange: Exchange) -> None:
    async with a_phone() as offer:
        answer = await house.post("/api/call/offer", json=offer)
    assert (answer.status_code, answer.json()["type"]) == (200, "answer")
    assert "m=audio" in answer.json()["sdp"]
    assert isinstance(exchange.live.wire, WebRtcWire)


async def test_the_same_call_is_taken_up_by_the_same_wire(
    house: httpx.AsyncClient, exchange: Exchange
) -> None:
    wires: list[WebRtcWire] = []
    for _ in range(2):
        async with a_phone() as offer:
            assert (await house.post("/api/call/offer", json=offer)).status_code == 200
        wires.append(exchange.live.wire)
    assert wires[0] is wires[1]


async def test_when_she_cannot_hear_she_says_so(house: httpx.AsyncClient, exchange: Exchange) -> None:
    exchange.deaf = True
    async with a_phone() as offer:
        answer = await house.post("/api/call/offer", json=offer)
    assert (answer.status_code, answer.json()) == (
        503,
        {"code": EarsUnavailable.code, "text": EarsUnavailable.spoken},
    )


@pytest.mark.parametrize(
    "body",
    ["", "{}", "[]", '{"sdp": "v=0", "client": "phone-001", "call": "call-0001"}', "x" * LARGEST_OFFER * 2],
)
async def test_what_is_no_offer_is_told(house: httpx.AsyncClient, exchange: Exchange, body: str) -> None:
    answer = await house.post("/api/call/offer", content=body)
    assert answer.status_code == 400
    assert exchange.live is None


async def test_the_exchange_learns_when_the_line_breaks_and_mends(exchange: Exchange) -> None:
    offers = Offers(exchange)
    await exchange.dial("call-0001", "phone-001", WebRtcWire())
    for act in (Act("lost"), Act("back"), Act("mute"), Act("unmute"), Act("hush")):
        offers.acted("call-0001", act)
    offers.acted("another-call", Act("lost"))
    assert exchange.done == ["lost", "back", "muted", "unmuted"]
