"""An endpoint of our own on loopback that speaks literally, and can be told to behave badly."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from os1.voice.testing import spoken
from tests.voice.transcriber import HOST, serving


class Reciter:
    """`status`: what it answers instead of sound; `body`: which bytes; `hangs`: after so many pieces; `torn`: likewise."""

    def __init__(self, port: int) -> None:
        self.url = f"http://{HOST}:{port}/v1"
        self.status = 200
        self.kind = "audio/pcm"
        self.body: bytes | None = None
        self.hangs: int | None = None
        self.torn: int | None = None
        self.endless = False
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.broken_off = asyncio.Event()
        """Set when whoever listened went away before the end."""
        self.hurry = asyncio.Event()
        """Set when the endpoint closes: whatever hangs may end."""

    async def speech(self, request: Request) -> Response:
        self.asked.append(json.loads(await request.body()))
        self.keys.append(request.headers.get("authorization", ""))
        if self.status != 200:
            return PlainTextResponse("you said: " + self.asked[-1]["input"], self.status)
        return StreamingResponse(self._watched(), media_type=self.kind)

    async def _watched(self) -> AsyncGenerator[bytes]:
        whole = False
        try:
            async for piece in self._pieces():
                yield piece
            whole = True
        finally:
            if not whole:
                self.broken_off.set()

    async def _pieces(self) -> AsyncGenerator[bytes]:
        sound = (spoken(self.asked[-1]["input"]) * 32768).round().astype("<i2").tobytes()
        body = sound if self.body is None else self.body
        for number, start in enumerate(range(0, max(len(body), 1), 1001)):  # odd: a sample may be torn in two
            if number == self.hangs:
                await self.hurry.wait()
                return
            if number == self.torn:
                raise ConnectionAbortedError
            yield body[start : start + 1001]
        while self.endless and not self.hurry.is_set():
            yield body
            await asyncio.sleep(0)  # a turn for the others, or it would never learn that no one listens


@asynccontextmanager
async def a_reciter() -> AsyncGenerator[Reciter]:
    with socket.create_server((HOST, 0)) as listening:
        endpoint = Reciter(listening.getsockname()[1])
        route = Route("/v1/audio/speech", endpoint.speech, methods=["POST"])
        async with serving(listening, route, endpoint.hurry):
            yield endpoint
