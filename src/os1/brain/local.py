"""The embedded brain: the engine in a process of its own, watched, and asked like any other endpoint.

What it has read of the conversation stays in the engine's cache, is kept on disk in quiet moments and read back at
the next start, so that she need not read her own persona again. The file holds words of the conversation in the
engine's own form: it lies beside the companion, and is no part of an export.
It does not know what a prompt means.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from pathlib import Path
from typing import Any, Literal

import httpx

from os1.brain.base import Health, Message
from os1.brain.remote import RemoteBrain
from os1.brain.spawn import Engine
from os1.errors import BrainUnavailable

log = logging.getLogger(__name__)

SAMPLING = {"temperature": 0.4, "top_p": 0.9, "min_p": 0.05, "repeat_penalty": 1.1, "cache_prompt": True}
"""What a 1.5B model speaks best with: at 0.6 and above its answers grow longer and more like a help desk's."""
LOOK_EVERY = 0.5
"""Seconds between looks at the engine's process: the question costs microseconds."""
HERE = "\u2063"
"""Stands behind the last word while the engine puts a prompt into the model's own form: an invisible separator, which
nobody writes."""
PATIENCE = 150.0
"""Seconds for what the engine does besides thinking: a prompt at its longest is read in two minutes on two slow cores."""
STEADY = 60.0
"""Seconds an engine must have lived for its fall to count as the first again."""
AGAIN_AFTER = (0.2, 1.0, 5.0, 30.0)
"""Seconds before the engine is started again, longer each time it falls: a broken model must not spin a laptop's fan."""


class LocalBrain(Health):
    """`first`: an engine that was started early; later ones are started here when one falls."""

    def __init__(self, name: str, model: Path, kept: Path, first: Engine | None = None) -> None:
        super().__init__("waking")
        self.name = name
        self._model = model
        self._kept = kept
        self._first = first
        self._remote: RemoteBrain | None = None
        self._http: httpx.AsyncClient | None = None
        self._engine: Engine | None = None

    async def think(self, messages: Sequence[Message], most: int = 200) -> AsyncGenerator[str]:
        try:
            async with aclosing(self._endpoint().think(messages, most)) as found:
                async for words in found:
                    yield words
        except BrainUnavailable:
            self.turn("lost")  # `run` looks at the process, and says when she can think again
            raise

    async def prepare(self, messages: Sequence[Message]) -> None:
        """The engine reads them up to the last word, and keeps what it has read.

        Not what closes a turn in the model's own form: while words are still being added, that would be read anew with
        each of them, and costs more than they do.
        """
        self._endpoint()  # she may not be awake
        *before, last = messages
        said = [
            {"role": role, "content": text} for role, text in (*before, last._replace(text=last.text + HERE))
        ]
        try:
            form = (await self._ask("apply-template", {"messages": said})).json()["prompt"]
            until = form.rpartition(HERE)[0] or form
            await self._ask("completion", {"prompt": until, "n_predict": 0, "cache_prompt": True})
        except (httpx.HTTPError, ValueError, LookupError) as error:
            self.turn("lost")
            raise BrainUnavailable(f"{self.name} could not read ahead: {type(error).__name__}.") from error

    async def run(self) -> None:
        """Start the engine, watch it, and start it again when it falls."""
        falls, loop = 0, asyncio.get_running_loop()
        while True:
            began = loop.time()
            try:
                await self._live()
            except (BrainUnavailable, TimeoutError) as error:
                log.warning("engine", extra={"error": str(error)})
            falls = 0 if loop.time() - began > STEADY else falls
            await asyncio.sleep(AGAIN_AFTER[min(falls, len(AGAIN_AFTER) - 1)])
            falls += 1

    def hold(self, holding: bool) -> None:
        if self._engine:
            self._engine.hold(holding)

    async def rest(self) -> None:
        if self.state == "ready":
            await self._slot("save")

    async def _live(self) -> None:
        """One engine's life."""
        engine, self._first = self._first or await asyncio.to_thread(Engine, self._model, self._kept), None
        try:
            address = await engine.address()
            self._http = _client(address, engine.key)
            self._remote = RemoteBrain(self.name, f"{address}/v1", "embedded", engine.key, SAMPLING)
            self._engine = engine
            await self._slot("restore")
            log.info("engine ready")
            await self._watch(engine)
            log.warning("engine fell", extra={"exit": engine.process.returncode})
        finally:
            self.turn("lost")
            self._engine = None
            remote, self._remote = self._remote, None
            http, self._http = self._http, None
            await asyncio.to_thread(engine.stop)
            if remote and http:
                await remote.close()
                await http.aclose()

    async def _watch(self, engine: Engine) -> None:
        """Until its process has ended. A thought that failed while it lives was an accident; she may try again."""
        while engine.process.poll() is None:
            self.turn("ready")
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await self.lost()
                    await asyncio.sleep(LOOK_EVERY)

    def _endpoint(self) -> RemoteBrain:
        if self._remote is None:
            raise BrainUnavailable(f"{self.name} is still waking.")
        return self._remote

    async def _slot(self, action: Literal["save", "restore"]) -> None:
        """Keep or bring back what the engine has read. A miss costs seconds of reading, never a word."""
        try:
            file = await asyncio.to_thread(self._slot_file)
            if action == "restore" and not await asyncio.to_thread(file.exists):
                return
            try:
                await self._ask(f"slots/0?action={action}", {"filename": file.name})
            except httpx.HTTPStatusError as error:
                log.info(
                    "engine cache not used", extra={"action": action, "status": error.response.status_code}
                )
                await asyncio.to_thread(file.unlink, missing_ok=True)
        except (httpx.HTTPError, OSError) as error:
            log.info("engine cache not used", extra={"action": action, "error": type(error).__name__})

    async def _ask(self, what: str, fields: dict[str, Any]) -> httpx.Response:
        """What only our own engine understands. Raises httpx.HTTPError."""
        assert self._http
        return (await self._http.post(what, json=fields)).raise_for_status()

    def _slot_file(self) -> Path:
        """Named after the model: what one has read, another cannot use."""
        return self._kept / f"{self._model.stem}-{self._model.stat().st_size}.kv"


def _client(address: str, key: str) -> httpx.AsyncClient:
    """A new connection for each request: the engine closes one that rests for some seconds, now and then just as we write."""
    headers = {"Authorization": f"Bearer {key}", "Connection": "close"}
    return httpx.AsyncClient(
        base_url=address, headers=headers, timeout=PATIENCE, trust_env=False, verify=False
    )
