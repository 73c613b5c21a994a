"""An endpoint of our own on loopback that hears literally, and can be told to behave badly."""

import asyncio
import io
import socket
import wave
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from email import message_from_bytes
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from os1.voice.base import HEARD_RATE, Sound
from os1.voice.pcm import from_pcm
from os1.voice.testing import LiteralEars

HOST = "127.0.0.1"


class Transcriber:
    """`answers`: what it says instead of a transcript; `status`: with which code; `hangs`: it says nothing at all."""

    def __init__(self, port: int) -> None:
        self.url = f"http://{HOST}:{port}/v1"
        self.ears = LiteralEars()
        self.status = 200
        self.answers: str | None = None
        self.hangs = False
        self.offers = ["verbose_json", "json"]
        self.avg_logprob: float | None = -0.1
        self.asked: list[dict[str, str]] = []
        """The fields of every request, with the key as "authorization"."""
        self.hurry = asyncio.Event()
        """Set when the endpoint closes: whatever hangs may end."""

    async def transcriptions(self, request: Request) -> Response:
        fields, recording = parts_of(request.headers["content-type"], await request.body())
        self.asked.append({**fields, "authorization": request.headers.get("authorization", "")})
        if self.hangs:
            await self.hurry.wait()
        if self.answers is not None or self.status != 200:
            return PlainTextResponse(self.answers or "you said: secret", self.status)
        if fields["response_format"] not in self.offers:
            return JSONResponse({"error": {"message": "no such format"}}, 400)
        text = (await self.ears.transcribe(sound_of(recording))).text
        if fields["response_format"] == "json":
            return JSONResponse({"text": text})
        segment = {"id": 0, "start": 0.0, "end": 1.0, "text": text, "avg_logprob": self.avg_logprob}
        return JSONResponse({"task": "transcribe", "text": f" {text}", "segments": [segment] if text else []})


def parts_of(content_type: str, body: bytes) -> tuple[dict[str, str], bytes]:
    """A form with one file, read as the mail that it resembles."""
    mail = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    fields: dict[str, str] = {}
    recording = b""
    for part in mail.walk():
        name: Any = part.get_param("name", header="content-disposition")
        content: Any = part.get_payload(decode=True)
        if name == "file":
            recording = content
        elif name:
            fields[str(name)] = content.decode()
    return fields, recording


def sound_of(recording: bytes) -> Sound:
    with wave.open(io.BytesIO(recording)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (HEARD_RATE, 1, 2)
        return from_pcm(file.readframes(file.getnframes()))


class Server(uvicorn.Server):
    """uvicorn, which leaves the signals to the tests."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield


@asynccontextmanager
async def serving(listening: socket.socket, route: Route, hurry: asyncio.Event) -> AsyncGenerator[None]:
    """One route on this socket, for as long as the block; whatever hangs ends with `hurry`."""
    server = Server(
        uvicorn.Config(
            Starlette(routes=[route]), log_config=None, lifespan="off", timeout_graceful_shutdown=3
        )
    )
    async with asyncio.TaskGroup() as life:
        life.create_task(server.serve([listening]), name="endpoint")
        try:
            yield
        finally:
            hurry.set()
            server.should_exit = True


@asynccontextmanager
async def a_transcriber() -> AsyncGenerator[Transcriber]:
    with socket.create_server((HOST, 0)) as listening:
        endpoint = Transcriber(listening.getsockname()[1])
        route = Route("/v1/audio/transcriptions", endpoint.transcriptions, methods=["POST"])
        async with serving(listening, route, endpoint.hurry):
            yield endpoint
