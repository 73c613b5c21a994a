"""An OpenAI-compatible endpoint of our own on loopback, which can be told to behave badly."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from os1.server.serve import HOST, FrontDoor, bound, configuration

Stream = Callable[["Endpoint"], AsyncGenerator[str]]


class Endpoint:
    """`script`: what is said next, a piece at a time. `behaves`: how a stream goes; `status`: what is answered instead."""

    def __init__(self, port: int) -> None:
        self.url = f"http://{HOST}:{port}/v1"
        self.script: list[str] = []
        self.behaves: Stream = well
        self.status = 200
        self.key = ""
        self.knows_grammars = True
        self.asked: list[dict[str, Any]] = []
        """Every request's body."""
        self.paths: list[str] = []
        self.broken_off = asyncio.Event()
        """Set when whoever listened went away before the end."""
        self._knocked = asyncio.Event()
        self.hurry = asyncio.Event()
        """Set when the endpoint closes: whatever hangs may end."""

    def next(self) -> list[str]:
        line = self.script.pop(0) if self.script else "I have no more lines."
        return line.split("|")

    async def chat(self, request: Request) -> Response:
        self.paths.append(request.url.path)
        if self.key and request.headers.get("authorization") != f"Bearer {self.key}":
            return JSONResponse({"error": {"message": "no such key"}}, 401)
        body = await request.body()
        self.asked.append(json.loads(body))
        if not self.knows_grammars and "grammar" in self.asked[-1]:
            return JSONResponse({"error": {"message": "Unrecognized request argument: grammar"}}, 400)
        if self.status != 200:
            return PlainTextResponse("you said: " + body.decode(), self.status, {"Location": "/elsewhere"})
        return StreamingResponse(self._watched(), media_type="text/event-stream")

    async def _watched(self) -> AsyncGenerator[str]:
        whole = False
        try:
            async for piece in self.behaves(self):
                yield piece
            whole = True
        finally:
            if not whole:
                self.broken_off.set()

    async def knocked(self, times: int) -> None:
        """Returns once it was asked so often whether it is there."""
        while self.paths.count("/v1/models") < times:
            self._knocked.clear()
            await self._knocked.wait()

    async def models(self, request: Request) -> Response:
        self.paths.append(request.url.path)
        self._knocked.set()
        return JSONResponse({"data": []}, self.status if self.status >= 500 else 200)


def chunk(words: str | None, finish: str | None = None) -> str:
    choice = {"index": 0, "delta": {"content": words} if words is not None else {}, "finish_reason": finish}
    return f"data: {json.dumps({'choices': [choice]})}\n\n"


async def well(endpoint: Endpoint) -> AsyncGenerator[str]:
    """As they should: a role, words, a reason to finish, the end; with the comments that keep a line open."""
    yield ": still here\n\n"
    yield 'data: {"choices": [{"index": 0, "delta": {"role": "assistant", "content": null}}]}\n\n'
    for piece in endpoint.next():
        yield chunk(piece)
    yield chunk(None, "stop")
    yield 'data: {"choices": [], "usage": {"total_tokens": 7}}\n\n'
    yield "data: [DONE]\n\n"


async def cut(endpoint: Endpoint) -> AsyncGenerator[str]:
    """The stream stops, politely, before the end."""
    yield chunk(endpoint.next()[0])


async def torn(endpoint: Endpoint) -> AsyncGenerator[str]:
    """The connection breaks."""
    yield chunk(endpoint.next()[0])
    raise ConnectionAbortedError


async def silent(endpoint: Endpoint) -> AsyncGenerator[str]:
    """Half open: it answered, and then nothing comes."""
    yield chunk(endpoint.next()[0])
    await endpoint.hurry.wait()


async def wordless(endpoint: Endpoint) -> AsyncGenerator[str]:
    yield chunk(None, "stop")
    yield "data: [DONE]\n\n"


async def garbage(endpoint: Endpoint) -> AsyncGenerator[str]:
    for line in (
        "<html>log in first</html>",
        "data: {",
        "data: []",
        "data: 7",
        "data: " + "[" * 5000,
        "\x00\xff",
        "data:",
    ):
        yield line + "\n\n"


async def confesses(endpoint: Endpoint) -> AsyncGenerator[str]:
    """An error in the middle of the stream, as some servers tell it."""
    yield chunk(endpoint.next()[0])
    yield 'data: {"error": {"message": "out of memory"}}\n\n'


async def endless(endpoint: Endpoint) -> AsyncGenerator[str]:
    """It does not count its tokens."""
    while True:
        yield chunk("and so on ")
        await asyncio.sleep(0)  # a turn for the others, or it would never learn that no one listens


@asynccontextmanager
async def an_endpoint() -> AsyncGenerator[Endpoint]:
    with bound(0) as listening:
        endpoint = Endpoint(listening.getsockname()[1])
        routes = [
            Route("/v1/chat/completions", endpoint.chat, methods=["POST"]),
            Route("/v1/models", endpoint.models),
        ]
        server = FrontDoor(configuration(Starlette(routes=routes)))
        async with asyncio.TaskGroup() as life:
            life.create_task(server.serve([listening]), name="endpoint")
            try:
                yield endpoint
            finally:
                endpoint.hurry.set()
                server.stop()
