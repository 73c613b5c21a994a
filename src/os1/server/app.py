"""The routes, on one screen. It does not know what lies behind them."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.websockets import WebSocket

from os1.server.api import Api
from os1.server.door import Door
from os1.server.gate import Gate
from os1.server.house import House
from os1.server.talk_socket import talk

PAGE = Path(__file__).parent / "static"


def app(house: House, door: Door, hosts: list[str]) -> Starlette:
    """The whole of what can be reached. Everything passes the gate first; what is not listed does not exist."""
    api = Api(house, door)

    async def socket(websocket: WebSocket) -> None:
        await talk(websocket, house.conversation)

    routes = [
        Route("/login", api.login),
        Route("/healthz", api.healthz),
        Route("/metrics", api.metrics),
        Route("/api/me", api.me),
        Route("/api/persona", api.persona),
        Route("/api/brains", api.brains),
        Route("/api/brains", api.choose_brain, methods=["POST"]),
        Route("/api/export", api.export),
        WebSocketRoute("/ws", socket),
        Mount("/", StaticFiles(directory=PAGE, html=True, check_dir=False)),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Gate, hosts=hosts, knows=door.knows)])
