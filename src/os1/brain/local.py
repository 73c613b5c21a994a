"""The embedded brain: the engine in a process of its own, watched, and started again when it falls.

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
from typing import Any

from os1.brain.base import Health, Message
from os1.brain.spawn import Engine
from os1.errors import BrainUnavailable

log = logging.getLogger(__name__)

MOMENT = 0.5
"""Seconds after a thought that failed, though the engine lives, until she may try again."""
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
        self._engine: Engine | None = None
        """The one that can be asked."""

    async def think(self, messages: Sequence[Message], most: int = 200) -> AsyncGenerator[str]:
        said = False
        async with aclosing(self._ask("think", messages=messages, most=most)) as found:
            async for words in found:
                said = True
                yield words
        if not said:
            self.turn("lost")  # or it would be asked again at once, for ever
            raise BrainUnavailable(f"{self.name} said nothing.")

    async def note(self, messages: Sequence[Message], grammar: str, most: int) -> str:
        """A note that fails says nothing of her: she is as well as before."""
        if self._engine is None:
            raise BrainUnavailable(f"{self.name} is still waking.")
        async with aclosing(self._engine.ask("note", messages=messages, grammar=grammar, most=most)) as found:
            return "".join([words async for words in found])

    async def prepare(self, messages: Sequence[Message]) -> None:
        """The engine reads these up to their last word, and keeps what it has read."""
        await self._do("read", messages=messages)

    async def run(self) -> None:
        """Start the engine, watch it, and start it again when it falls."""
        falls, loop = 0, asyncio.get_running_loop()
        while True:
            began = loop.time()
            try:
                await self._live(fell=falls > 0)
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
            with suppress(BrainUnavailable, OSError):  # a miss costs seconds of reading, never a word
                await self._do("keep", file=str(await asyncio.to_thread(self._file)))

    async def forget(self) -> None:
        """What it read goes, from memory and disk. An engine that cannot be asked has nothing in memory either."""
        with suppress(OSError):
            await asyncio.to_thread((await asyncio.to_thread(self._file)).unlink, missing_ok=True)
        if self.state == "ready":
            with suppress(BrainUnavailable):
                await self._do("forget")

    async def _live(self, *, fell: bool) -> None:
        """One engine's life."""
        engine, self._first = self._first or await asyncio.to_thread(Engine, self._model), None
        try:
            await engine.awake()
            self._engine = engine
            await self._take_up(fell)
            log.info("engine ready")
            await self._watch(engine)
            log.warning("engine fell", extra={"exit": await asyncio.to_thread(engine.process.wait)})
        finally:
            self.turn("lost")
            self._engine = None
            await asyncio.to_thread(engine.stop)

    async def _take_up(self, fell: bool) -> None:
        """Bring back what was read, unless the engine may have fallen over just that."""
        with suppress(OSError):  # she reads it all again
            file = await asyncio.to_thread(self._file)
            if fell:
                await asyncio.to_thread(file.unlink, missing_ok=True)
            else:
                await self._do("take up", file=str(file))

    async def _watch(self, engine: Engine) -> None:
        """Until its process has ended. A thought that failed while it lives was an accident; she may try again."""
        while not engine.gone.is_set():
            self.turn("ready")
            await self.lost()
            with suppress(TimeoutError):
                async with asyncio.timeout(MOMENT):
                    await engine.gone.wait()

    async def _do(self, what: str, **with_: Any) -> None:
        async with aclosing(self._ask(what, **with_)) as answers:
            async for _ in answers:
                pass

    async def _ask(self, what: str, **with_: Any) -> AsyncGenerator[str]:
        if self._engine is None:
            raise BrainUnavailable(f"{self.name} is still waking.")
        try:
            async with aclosing(self._engine.ask(what, **with_)) as answers:
                async for words in answers:
                    yield words
        except BrainUnavailable:
            self.turn("lost")  # `_watch` looks at the process, and says when she can think again
            raise

    def _file(self) -> Path:
        """Named after the model: what one has read, another cannot use. Raises OSError."""
        self._kept.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self._kept / f"{self._model.stem}-{self._model.stat().st_size}.read"
