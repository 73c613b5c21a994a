"""Starts the engine's process: the very first thing a house does, so it imports nothing but the standard library.

It does not know what the engine is asked.
"""

import asyncio
import os
import secrets
import signal
import subprocess
import sys
from pathlib import Path

from os1.errors import BrainUnavailable

CONTEXT = 6144
"""Tokens: her persona, her window of turns and the memories are held under this (see `prompt`); 170 MB of cache."""
WAIT_FOR_DISK = 120.0
"""Seconds to load: a gigabyte from a slow disk takes 20, and more says it hangs."""


class Engine:
    """One engine process. Started by the constructor, so that the model loads while the house still gets dressed."""

    def __init__(self, model: Path, kept: Path, context: int = CONTEXT, threads: int | None = None) -> None:
        try:
            kept.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise BrainUnavailable(f"{kept} cannot be made: {error.strerror}.") from error
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

    def hold(self, holding: bool) -> None:
        """Its process stands still, or goes on where it was: two cores cannot think and find a voice as fast."""
        if hasattr(signal, "SIGSTOP"):  # not on Windows: there it goes on
            self.process.send_signal(signal.SIGSTOP if holding else signal.SIGCONT)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()
