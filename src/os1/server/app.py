"""The routes, on one screen. It does not know what lies behind them."""

import asyncio
import mimetypes
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from os1.server.api import Api
from os1.server.bring_api import BringApi
from os1.server.call_socket import call
from os1.server.door import Door
from os1.server.gate import Gate, Origins
from os1.server.house import House
from os1.server.phone_api import phone
from os1.server.story_api import StoryApi
from os1.server.talk_socket import talk
from os1.server.voice_api import VoiceApi

PAGE = Path(__file__).parent / "static"

# Not the machine's own table of types: one that calls our script plain text would leave a blank page.
mimetypes.init(files=[])
mimetypes.add_type("font/woff2", ".woff2")


def app(house: House, door: Door, hosts: Origins | list[str]) -> Starlette:
    """The whole of what can be reached. Everything passes the gate first; what is not listed does not exist."""
    api, voices, bring = Api(house, door), VoiceApi(house), BringApi(house)

    async def socket(websocket: WebSocket) -> None:
        await talk(websocket, house.conversation)

    async def line(websocket: WebSocket) -> None:
        await call(websocket, house.calls)

    async def offer(request: Request) -> Response:
        if house.offers is None:
            return PlainTextResponse("Calls over WebRTC are for phones: start her with --phone.", 404)
        return await house.offers.offer(request)

    async def knows(session: str) -> bool:
        return bool(session) and await asyncio.to_thread(door.knows, session)

    asked_for = [
        Route("/me", api.me),
        Route("/persona", api.persona),
        Route("/brains", api.brains),
        Route("/brains", api.choose_brain, methods=["POST"]),
        Route("/voices", voices.voices),
        Route("/voices", voices.choose, methods=["POST"]),
        Route("/voices/sample", voices.sample),
        Route("/phone", phone),
        Route("/call/offer", offer, methods=["POST"]),
        Route("/export", api.export),
        Route("/card", bring.card),
        Route("/bring", bring.state),
        Route("/bring", bring.bring, methods=["POST"]),
        Route("/bring", bring.put_down, methods=["DELETE"]),
        *StoryApi(house).routes,
    ]
    routes = [
        Route("/login", api.login),
        Route("/healthz", api.healthz),
        Route("/metrics", api.metrics),
        WebSocketRoute("/ws", socket),
        WebSocketRoute("/call", line),
        Mount("/api", routes=asked_for),
        Mount("/", StaticFiles(directory=PAGE, html=True, check_dir=False)),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Gate, hosts=hosts, knows=knows)])
