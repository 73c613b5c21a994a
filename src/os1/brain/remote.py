"""A brain behind an OpenAI-compatible endpoint: Ollama, vLLM, LM Studio, OpenRouter, OpenAI, or our own engine.

It does not know what the endpoint costs; that is the person's choice, made by naming it.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

import httpx

from os1.brain.base import Health, Message
from os1.errors import BrainUnavailable

CONNECT = 5.0
"""Seconds to reach an endpoint: a sleeping laptop on the same network answers within two."""
SILENCE = 60.0
"""Seconds without a word before we believe it is lost: a small CPU reads a long prompt in up to 40."""
KNOCK_AFTER = (1.0, 2.0, 5.0, 15.0, 60.0)
"""Seconds before a lost endpoint is asked again, longer each time it fails: prompt at first, then no nuisance."""
DONE = "[DONE]"


class RemoteBrain(Health):
    """`extras` are fields for this endpoint alone, added to every request."""

    def __init__(
        self, name: str, base_url: str, model: str, key: str = "", extras: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__("ready")
        self.name = name
        self._failures = 0
        self._model = model
        self._extras = dict(extras or {})
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.AsyncClient(
            base_url=base_url.rstrip("/") + "/",
            headers=headers,
            timeout=httpx.Timeout(SILENCE, connect=CONNECT),
        )

    async def think(self, messages: Sequence[Message], most: int = 200) -> AsyncGenerator[str]:
        request = self._http.build_request("POST", "chat/completions", json=self._request(messages, most))
        try:
            answer = await self._send(request)
            try:
                if answer.is_error:
                    raise BrainUnavailable(self._refusal(answer.status_code, await answer.aread()))
                async for line in answer.aiter_lines():
                    if words := words_of(line):
                        self._failures = 0
                        yield words
            finally:
                await answer.aclose()
        except httpx.HTTPError as error:
            self.fail()
            raise BrainUnavailable(
                f"{self.name} does not answer: {type(error).__name__} {error}".rstrip()
            ) from error

    async def prepare(self, messages: Sequence[Message]) -> None:
        """Nothing: reading ahead at someone else's endpoint costs money and tells it words not yet said."""

    async def run(self) -> None:
        try:
            while True:
                await self.lost()
                await asyncio.sleep(KNOCK_AFTER[min(self._failures, len(KNOCK_AFTER)) - 1])
                if await self.answers():
                    self.turn("ready")
                else:
                    self._failures += 1
        finally:
            await self._http.aclose()

    async def rest(self) -> None:
        """Nothing to keep."""

    def fail(self) -> None:
        self._failures += 1
        self.turn("lost")

    async def answers(self) -> bool:
        """Whether the endpoint is there: any answer but a server's failure will do."""
        try:
            return (await self._http.get("models")).status_code < 500
        except httpx.HTTPError:
            return False

    async def _send(self, request: httpx.Request) -> httpx.Response:
        """A connection kept open may have been closed at the other end while we wrote: then once more, on a new one."""
        try:
            return await self._http.send(request, stream=True)
        except httpx.RemoteProtocolError:
            return await self._http.send(request, stream=True)

    def _request(self, messages: Sequence[Message], most: int) -> dict[str, Any]:
        said = [{"role": role, "content": text} for role, text in messages]
        return {"model": self._model, "messages": said, "stream": True, "max_tokens": most, **self._extras}

    def _refusal(self, status: int, body: bytes) -> str:
        self.fail()
        if status in (401, 403):
            return f"{self.name} refused the key (HTTP {status})."
        return f"{self.name} answered HTTP {status}: {body[:200].decode(errors='replace')}"


def words_of(line: str) -> str:
    """The words in one line of a server-sent stream; empty for anything else, and for `[DONE]`."""
    if not line.startswith("data:") or (data := line[5:].strip()) == DONE:
        return ""
    try:
        chunk = json.loads(data)
        return chunk["choices"][0]["delta"].get("content") or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
