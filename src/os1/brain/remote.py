"""A brain behind an OpenAI-compatible endpoint: Ollama, vLLM, LM Studio, OpenRouter, OpenAI.

It does not know what the endpoint costs; that is the person's choice, made by naming it. What an endpoint says of a
failure is not passed on: it may quote the conversation, and errors are logged.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any, Literal

import httpx

from os1.brain.base import Health, Message
from os1.errors import BrainUnavailable, SetupError

CONNECT = 5.0
"""Seconds to reach an endpoint: a sleeping laptop on the same network answers within two."""
SILENCE = 60.0
"""Seconds without a word before we believe it is lost: a small CPU reads a long prompt in up to 40."""
KNOCK_AFTER = (1.0, 2.0, 5.0, 15.0, 60.0)
"""Seconds before a lost endpoint is asked again, longer each time it fails: prompt at first, then no nuisance."""
LONGEST_TOKEN = 16
"""Characters a token may have on average; an endpoint that does not count its tokens is stopped by this."""
DONE = "[DONE]"
HERE = ("127.0.0.1", "localhost", "::1")
UNKNOWN = (400, 422)
"""How an endpoint refuses a request that asks for more than it knows."""
REFUSALS = {
    400: "does not accept the request; is the model's name right?",
    401: "refused the key.",
    403: "refused the key.",
    404: "is not at that address, or has no such model.",
    429: "says it was asked too much; it will be asked again later.",
}


class RemoteBrain(Health):
    """Raises SetupError for an address that is none."""

    def __init__(self, name: str, base_url: str, model: str, key: str = "") -> None:
        super().__init__("ready")
        self.name = name
        self._failures = 0
        self._model = model
        self._knows_grammars = True
        """llama.cpp does; most pass over what they do not know, and the others refuse it once."""
        self._http = _client(name, base_url, key.strip())

    async def think(self, messages: Sequence[Message], most: int = 200) -> AsyncGenerator[str]:
        async with aclosing(self._said(await self._ask(self._request(messages, most)), most)) as found:
            async for words in found:
                yield words

    async def note(self, messages: Sequence[Message], grammar: str, most: int) -> str:
        request = self._request(messages, most) | {"temperature": 0}
        if self._knows_grammars:
            request["grammar"] = grammar
        async with aclosing(self._said(await self._ask(request), most)) as found:
            return "".join([words async for words in found])

    async def _said(self, answer: httpx.Response, most: int) -> AsyncGenerator[str]:
        said, end = 0, ""
        try:
            async for line in answer.aiter_lines():
                if words := words_of(line):
                    said, self._failures = said + len(words), 0
                    yield words
                end = end or end_of(line)
                if end == "badly" or said > most * LONGEST_TOKEN:
                    break
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise self._failed(f"broke off: {type(error).__name__}.") from error
        finally:
            await answer.aclose()
        if not said:
            raise self._failed("said nothing.")  # and would be asked again at once, for ever
        if end != "well" and said <= most * LONGEST_TOKEN:
            raise self._failed("broke off.")

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
            await self.close()

    def hold(self, holding: bool) -> None:
        """Nothing: it thinks elsewhere."""

    async def rest(self) -> None:
        """Nothing to keep."""

    async def forget(self) -> None:
        """Nothing was read: every thought is asked for whole. What an endpoint keeps is its own affair."""

    async def close(self) -> None:
        await self._http.aclose()

    async def answers(self) -> bool:
        """Whether the endpoint is there: any answer but a server's failure will do."""
        try:
            return (await self._http.get("models")).status_code < 500
        except (httpx.HTTPError, httpx.InvalidURL):
            return False

    async def _ask(self, asked: dict[str, Any]) -> httpx.Response:
        """The endpoint's answer, begun. A connection kept open may have been closed at the other end while we wrote:
        then once more, on a new one."""
        if self._http.is_closed:
            raise BrainUnavailable(f"{self.name} was put away.")
        request = self._http.build_request("POST", "chat/completions", json=asked)
        try:
            try:
                answer = await self._http.send(request, stream=True)
            except httpx.RemoteProtocolError:
                answer = await self._http.send(request, stream=True)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._failed(f"does not answer: {type(error).__name__}.") from error
        if answer.is_success:
            return answer
        await answer.aclose()
        if answer.status_code in UNKNOWN and "grammar" in asked:
            self._knows_grammars = False
            return await self._ask({name: what for name, what in asked.items() if name != "grammar"})
        raise self._failed(REFUSALS.get(answer.status_code, f"answered HTTP {answer.status_code}."))

    def _failed(self, how: str) -> BrainUnavailable:
        self._failures += 1
        self.turn("lost")
        return BrainUnavailable(f"{self.name} {how}")

    def _request(self, messages: Sequence[Message], most: int) -> dict[str, Any]:
        said = [{"role": role, "content": text} for role, text in messages]
        return {"model": self._model, "messages": said, "stream": True, "max_tokens": most}


def _client(name: str, base_url: str, key: str) -> httpx.AsyncClient:
    try:
        url = httpx.URL(base_url.rstrip("/") + "/")
    except httpx.InvalidURL as error:
        raise SetupError(f"The address of {name} is none: {error}.") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise SetupError(f"The address of {name} must begin with http:// or https://.")
    if not (key.isascii() and key.isprintable()):
        raise SetupError(f"The key of {name} has characters that no key has. Was it copied whole?")
    return httpx.AsyncClient(
        base_url=url,
        headers={"Authorization": f"Bearer {key}"} if key else {},
        timeout=httpx.Timeout(SILENCE, connect=CONNECT),
        trust_env=url.host not in HERE,  # a proxy that the machine names is not for what is on the machine
    )


def words_of(line: str) -> str:
    """The words in one line of a server-sent stream; empty for anything else: comments, blank lines, other events."""
    try:
        words = _chunk(line)["choices"][0]["delta"].get("content")
        return words if isinstance(words, str) else ""
    except (LookupError, TypeError, AttributeError):
        return ""


def end_of(line: str) -> Literal["", "well", "badly"]:
    """Whether the answer ends with this line, and how. A stream that only stops was cut."""
    if line.startswith("error:"):
        return "badly"
    if line.startswith("data:") and line[5:].strip() == DONE:
        return "well"
    chunk = _chunk(line)
    try:
        if "error" in chunk:
            return "badly"
        return "well" if chunk["choices"][0].get("finish_reason") else ""
    except (LookupError, TypeError, AttributeError):
        return ""


def _chunk(line: str) -> Any:
    """The JSON of one line, or nothing."""
    try:
        return json.loads(line[5:]) if line.startswith("data:") else {}
    except (ValueError, RecursionError):
        return {}
