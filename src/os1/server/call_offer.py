"""Calls that come in as an offer of WebRTC: read, answered, dialled. The route, and the life of those wires.

It does not know what a connection is made of, nor what is said on it.
"""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from os1.errors import BadInput, OS1Error
from os1.server.body import body_of
from os1.server.webrtc import Offer, Reply, WebRtcWire, answer_offer
from os1.voice.base import Act

if TYPE_CHECKING:
    from os1.server.calls import Live, Wired

LARGEST_OFFER = 100_000
"""Bytes: ten times what a browser writes."""


class Dialling(Protocol):
    """As much of `calls.Calls` as is asked here."""

    def going_on(self, call: str) -> "Live | None": ...
    async def dial(self, call: str, client: str, wire: "Wired") -> None: ...
    def lost(self, live: "Live", after: Callable[[], None]) -> None: ...
    def back(self, live: "Live") -> None: ...


class Offers:
    """`run` is a task of the house; `offer` answers POST /api/call/offer."""

    def __init__(self, calls: Dialling, ice_server: str = "") -> None:
        self._calls = calls
        self._ice_server = ice_server
        self._wires: asyncio.Queue[WebRtcWire] = asyncio.Queue()
        self._open: set[WebRtcWire] = set()

    async def run(self) -> None:
        """Every wire in a task of its own, until the house closes."""
        try:
            async with asyncio.TaskGroup() as life:
                while True:
                    life.create_task(self._carry(await self._wires.get()), name="webrtc")
        finally:  # a wire that came as the house closed has not been carried yet
            for wire in self._open:
                await wire.close()

    async def offer(self, request: Request) -> Response:
        try:
            reply = await self.take(await _read(request))
        except BadInput as error:
            return JSONResponse({"code": error.code, "text": str(error)}, 400)
        except OS1Error as error:
            return JSONResponse({"code": error.code, "text": error.spoken}, 503)
        return JSONResponse(reply.model_dump())

    async def take(self, offer: Offer) -> Reply:
        """A new call, or the one of this name that lost its line. Raises BadInput, EarsUnavailable, StoreError."""
        live = self._calls.going_on(offer.call)
        if live and isinstance(live.wire, WebRtcWire):
            return await answer_offer(offer, live.wire, again=True)
        wire = WebRtcWire(self._ice_server, lambda act: self.acted(offer.call, act))
        reply = await answer_offer(offer, wire)
        self._open.add(wire)
        self._wires.put_nowait(wire)
        try:
            await self._calls.dial(offer.call, offer.client, wire)
        except BaseException:
            wire.end()
            raise
        return reply

    async def _carry(self, wire: WebRtcWire) -> None:
        await wire.run()
        self._open.discard(wire)

    def acted(self, call: str, act: Act) -> None:
        """A wire of ours tells what became of it."""
        live = self._calls.going_on(call)
        if live is None:
            return
        if act.kind == "lost":
            self._calls.lost(live, live.wire.end)
        elif act.kind == "back":
            self._calls.back(live)
        elif act.kind in ("mute", "unmute"):
            live.line.show(muted=act.kind == "mute")


async def _read(request: Request) -> Offer:
    """Raises BadInput, TooLong."""
    body = await body_of(request, LARGEST_OFFER)
    try:
        return Offer.model_validate_json(body)
    except ValidationError as error:
        raise BadInput("That is no offer of a call.") from error
