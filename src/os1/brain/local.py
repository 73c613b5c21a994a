"""The embedded brain: the engine in a process of its own, watched, and asked like any other endpoint.

What it has read of the conversation stays in the engine's cache, is kept on disk in quiet moments and read back at
the next start, so that she need not read her own persona again. The file holds words of the conversation in the
engine's own form: it lies beside the companion, and is no part of an export.
It does not know what a prompt means.
"""

import asyncio
import logging
import os
import secrets
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import httpx

from os1.brain.base import Health, Message
from os1.brain.remote import RemoteBrain
from os1.errors import BrainUnavailable

log = logging.getLogger(__name__)

CONTEXT = 6144
"""Tokens: her persona, her window of turns and the memories are held under this (see `prompt`); 170 MB of cache."""
SAMPLING = {"temperature": 0.7, "top_p": 0.9, "min_p": 0.05, "repeat_penalty": 1.1, "cache_prompt": True}
"""What a 1.5B model speaks best with: below 0.6 it repeats itself, above 0.8 it wanders."""
WAIT_FOR_DISK = 120.0
"""Seconds to load: a gigabyte from a slow disk takes 20, and more says it hangs."""
AGAIN_AFTER = (0.2, 1.0, 5.0, 30.0)
"""Seconds before the engine is started again, longer each time it falls: a broken model must not spin a laptop's fan."""


class Engine:
    """One engine process. Started by the constructor, so that the model loads while the house still gets dressed."""

    def __init__(self, model: Path, kept: Path, context: int = CONTEXT, threads: int | None = None) -> None:
        kept.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.key = secrets.token_urlsafe(24)
        command = [sys.executable, "-m", "os1.brain.engine", str(model), str(kept), str(context)]
        environment = os.environ | {
            "OS1_ENGINE_KEY": self.key,
            # Huge pages for the weights: loads in 1.5 s rather than 2.4, and reads a tenth faster.
            "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
        }
        self.process = subprocess.Popen(
            [*command, str(threads or os.cpu_count() or 2)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )

    async def address(self) -> str:
        """Where it listens, once the model is loaded. Raises BrainUnavailable if it ended instead."""
        assert self.process.stdout is not None
        line = await asyncio.wait_for(asyncio.to_thread(self.process.stdout.readline), WAIT_FOR_DISK)
        if not line:
            raise BrainUnavailable(f"The engine could not load the model (exit code {self.process.wait()}).")
        return line.decode().strip()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()


class LocalBrain(Health):
    """`first`: an engine that was started early; later ones are started here when one falls."""

    def __init__(self, name: str, model: Path, kept: Path, first: Engine | None = None) -> None:
        super().__init__("waking")
        self.name = name
        self._model = model
        self._kept = kept
        self._first = first
        self._remote: RemoteBrain | None = None
        self._address = ""
        self._key = ""

    async def think(self, messages: Sequence[Message], most: int = 200) -> AsyncIterator[str]:
        async for words in self._endpoint().think(messages, most):
            yield words

    async def prepare(self, messages: Sequence[Message]) -> None:
        """One token is asked for and thrown away: the engine reads the prompt, and keeps what it has read."""
        async for _ in self._endpoint().think(messages, most=0):
            pass

    async def run(self) -> None:
        """Start the engine, watch it, and start it again when it falls."""
        falls = 0
        while True:
            engine, self._first = self._first or Engine(self._model, self._kept), None
            try:
                await self._live(engine)
                falls = 0
            except (BrainUnavailable, TimeoutError) as error:
                log.warning("engine", extra={"error": str(error)})
            finally:
                self._lost()
                await self._shut(engine)
            await asyncio.sleep(AGAIN_AFTER[min(falls, len(AGAIN_AFTER) - 1)])
            falls += 1

    async def rest(self) -> None:
        if self.state == "ready":
            await self._slot("save")

    async def _live(self, engine: Engine) -> None:
        self._address, self._key = await engine.address(), engine.key
        self._remote = RemoteBrain(self.name, f"{self._address}/v1", "embedded", engine.key, SAMPLING)
        await self._slot("restore")
        self.turn("ready")
        log.info("engine ready")
        while engine.process.poll() is None:
            await asyncio.sleep(0.1)  # a fallen engine is noticed within a tenth of a second
        log.warning("engine fell", extra={"exit": engine.process.returncode})

    def _lost(self) -> None:
        self.turn("lost")
        self._remote = None

    async def _shut(self, engine: Engine) -> None:
        await asyncio.to_thread(engine.stop)

    def _endpoint(self) -> RemoteBrain:
        if self._remote is None:
            raise BrainUnavailable(f"{self.name} is still waking.")
        return self._remote

    async def _slot(self, action: str) -> None:
        """Keep or bring back what the engine has read. A miss costs seconds of reading, never a word."""
        name = f"{self._model.stem}-{self._model.stat().st_size}.kv"
        if action == "restore" and not (self._kept / name).exists():
            return
        headers = {"Authorization": f"Bearer {self._key}", "Connection": "close"}
        try:
            async with httpx.AsyncClient(base_url=self._address, headers=headers, timeout=10) as http:
                answer = await http.post("/slots/0", params={"action": action}, json={"filename": name})
            if answer.is_error:
                log.info("engine cache not used", extra={"action": action, "status": answer.status_code})
        except httpx.HTTPError as error:
            log.info("engine cache not used", extra={"action": action, "error": type(error).__name__})
