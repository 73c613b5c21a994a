"""Starts the engine's process, and talks with it: the very first thing a house does, so it imports nothing but the
standard library.

Lines are written and read by two threads of its own: an engine that is held, or slow, keeps nobody else waiting.
It does not know what the engine is asked.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncGenerator
from contextlib import suppress
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from os1.errors import BrainUnavailable

CONTEXT = 6144
"""Tokens: her persona, her window of turns and the memories are held under this (see `prompt`); 170 MB of cache."""
WAIT_FOR_DISK = 120.0
"""Seconds to load: a gigabyte from a slow disk takes 20, and more says it hangs."""


class Engine:
    """One engine process. Started by the constructor, so that the model loads while the house still gets dressed."""

    def __init__(self, model: Path, context: int = CONTEXT, threads: int | None = None) -> None:
        command = [sys.executable, "-m", "os1.brain.engine", str(model), str(context)]
        self.process = subprocess.Popen(
            [*command, str(threads or os.cpu_count() or 2)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Huge pages for the weights: they load sooner, and are read a tenth faster.
            env=os.environ | {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"},
        )
        self._ids = count(1)
        self._answers: dict[int, asyncio.Queue[dict[str, Any]]] = {}
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        self._awake = asyncio.Event()
        self.gone = asyncio.Event()
        """Its process has ended, however."""

    async def awake(self) -> None:
        """Returns once the model is loaded. Raises BrainUnavailable if it ended instead, TimeoutError if it hangs."""
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._listen, args=(loop,), name="listen to the engine", daemon=True).start()
        threading.Thread(target=self._write, name="ask the engine", daemon=True).start()
        async with asyncio.timeout(WAIT_FOR_DISK):
            await self._awake.wait()
        if self.gone.is_set():
            raise BrainUnavailable(f"The engine could not load the model (exit code {self.process.wait()}).")

    async def ask(self, do: str, **what: Any) -> AsyncGenerator[str]:
        """Its words, until it has ended. Closing this stops it at once. Raises BrainUnavailable."""
        if self.gone.is_set():
            raise BrainUnavailable("The engine has ended.")
        id_, end = next(self._ids), None
        answers = self._answers[id_] = asyncio.Queue[dict[str, Any]]()
        self._lines.put(json.dumps({"id": id_, "do": do, **what}))
        try:
            while end is None:
                answer = await answers.get()
                if words := answer.get("words"):
                    yield words
                end = answer.get("end")
        finally:
            del self._answers[id_]
            if end is None:
                self._lines.put(json.dumps({"id": id_, "do": "stop"}))
        if end:
            raise BrainUnavailable(end)

    def hold(self, holding: bool) -> None:
        """Its process stands still, or goes on where it was: two cores cannot think and find a voice as fast."""
        if hasattr(signal, "SIGSTOP"):  # not on Windows: there it goes on
            self.process.send_signal(signal.SIGSTOP if holding else signal.SIGCONT)

    def stop(self) -> None:
        self._lines.put(None)
        self.process.kill()
        self.process.wait()

    # --- in the threads -----------------------------------------------------------------------------------

    def _write(self) -> None:
        assert self.process.stdin
        with suppress(OSError), self.process.stdin as to:  # it ended: whoever listens to it knows
            while (line := self._lines.get()) is not None:
                to.write(line.encode() + b"\n")
                to.flush()

    def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        assert self.process.stdout
        with (
            suppress(RuntimeError),
            self.process.stdout as lines,
        ):  # the loop is closed: nobody listens any more
            for line in lines:
                loop.call_soon_threadsafe(self._heard, json.loads(line))
            loop.call_soon_threadsafe(self._ended)

    # --- back in the loop ---------------------------------------------------------------------------------

    def _heard(self, answer: dict[str, Any]) -> None:
        if answers := self._answers.get(answer.get("id", 0)):
            answers.put_nowait(answer)
        elif not answer:
            self._awake.set()

    def _ended(self) -> None:
        self.gone.set()
        self._awake.set()
        for answers in self._answers.values():
            answers.put_nowait({"end": "The engine has ended."})
