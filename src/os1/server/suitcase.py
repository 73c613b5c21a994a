"""What someone brings along to an open house: one thing at a time, looked at first, then brought while she talks on.

It lies in her home until then, and is gone afterwards; broken off, it is brought again and goes on where it was.
It does not know how it came here, nor what is in it.
"""

import asyncio
import logging
import os
import tempfile
from collections.abc import AsyncIterable, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Literal
from uuid import uuid4

from os1.companion.bringing import GENTLE, bring, keep_card, look
from os1.companion.conversation import Conversation
from os1.errors import BadInput, OS1Error, TooLong
from os1.events import Event, Happened
from os1.frames import Passed
from os1.memory.passages.base import Character, Place
from os1.memory.passages.character import proposed
from os1.memory.passages.find import Reading
from os1.memory.passages.finding import Finding
from os1.persona.persona import Persona, samantha
from os1.store.whole_file import unusable

log = logging.getLogger(__name__)

LARGEST_UPLOAD = 2 * 1024**3
"""Bytes taken in at once: twenty years of talk with a few pictures; more comes in parts, or by `os1 bring`."""
PREFIX = ".brought-"
"""How files begin that wait in her home. What a killed house left there is removed at the next start."""

State = Literal["empty", "looking", "seen", "bringing", "done", "broken"]


class Suitcase:
    """Use: `run()` for as long as the house is open; `pack`, then `open`, and ask for `told` meanwhile."""

    def __init__(self, conversation: Conversation, home: Path, zone: tzinfo) -> None:
        self._conversation = conversation
        self._companion = conversation.companion
        self._home, self._zone = home, zone
        self._opened = asyncio.Event()
        self._reading: Reading | None = None
        self._file: Path | None = None
        self._worn = False
        self.state: State = "empty"
        self.id = self.name = self.text = ""
        self.finding: Finding | None = None
        self.character: Character | None = None

    @property
    def busy(self) -> bool:
        return self.state in ("looking", "bringing")

    @property
    def done(self) -> float:
        """How much of it was read in this pass, 0 to 1."""
        if self._reading is None:
            return float(self.state == "done")
        return self._reading.done / self._reading.total

    def proposal(self) -> Persona | None:
        """Who she would be, if she became who comes along."""
        if self.character is None:
            return None
        return proposed(self.character, self._companion.persona or samantha())

    async def pack(self, name: str, stream: AsyncIterable[bytes], zone: tzinfo | None = None) -> None:
        """Take it in and look at it. Raises BadInput for what cannot be read, TooLong, StoreError."""
        if self.busy:
            raise BadInput("She is still busy with what you brought before.")
        self.state, self.name, self.id = (
            "looking",
            name,
            uuid4().hex,
        )  # before anything waits: two may come at once
        self.text, self.finding, self.character = "", None, None
        await self._remove()
        self._zone = zone or self._zone
        try:
            self._file = await self._kept(stream)
            tally = await look(await self._begin(), self._companion.store, pace=GENTLE)
        except OS1Error as error:
            await self._fails(error)
            raise
        except BaseException:
            await self.put_down()
            raise
        self.finding, self.character, self.state = tally.finding(), tally.character, "seen"

    def open(self, id: str, *, worn: bool = False) -> None:
        """Bring it along. `worn`: and let her become who comes along. Raises BadInput when it is not this that was looked at."""
        if self.state != "seen" or id != self.id:
            raise BadInput("Show it to her first; then she can bring it along.")
        if worn and self._companion.persona is None:
            raise BadInput("You have not met her yet. Meet her first, then bring the card once more.")
        self.state, self._worn = "bringing", worn
        self._opened.set()

    async def put_down(self) -> None:
        """Nothing is kept of what was only looked at."""
        if self.state == "bringing":
            raise BadInput("She is bringing it along just now.")
        await self._remove()
        self.state, self.id, self.name, self.text = "empty", "", "", ""
        self.finding = self.character = None

    async def run(self) -> None:
        """Bring what was opened, one after the other, until cancelled."""
        await asyncio.to_thread(_sweep, self._home)
        try:
            while True:
                await self._opened.wait()
                self._opened.clear()
                try:
                    await self._bring()
                except OS1Error as error:
                    await self._fails(error)
        finally:
            await self._remove()

    # --- inside ---

    async def _bring(self) -> None:
        tally = await bring(await self._begin(), self._companion.store, self._keep, pace=GENTLE)
        await keep_card(tally.last, self._companion.store, self._keep, worn=self._worn)
        if self._worn and (persona := self.proposal()):
            self._conversation.tell_happened(await self._companion.become(persona))
        log.info("a life was brought along", extra={"messages": tally.messages, "known": tally.known})
        self.finding = tally.finding()
        await self._remove()
        self.state = "done"

    async def _begin(self) -> Reading:
        assert self._file is not None, "it lies in her home while it is read"
        place = Place(self._zone, datetime.now(UTC))
        self._reading = await asyncio.to_thread(Reading, self._file, self.name, place)
        return self._reading

    async def _keep(self, events: Sequence[Event], times: Sequence[datetime]) -> list[Happened]:
        """In the log, told to the windows as one stretch they need not show, and findable."""
        happened = await self._companion.bring(events, times)
        self._conversation.tell(Passed(first=happened[0].seq, last=happened[-1].seq))
        await self._companion.archive.kept()
        return happened

    async def _kept(self, stream: AsyncIterable[bytes]) -> Path:
        """The stream as a file in her home. Raises TooLong, StoreError."""
        try:
            handle, name = await asyncio.to_thread(tempfile.mkstemp, "", PREFIX, self._home)
            self._file, size = Path(name), 0
            file = os.fdopen(handle, "wb")
            try:
                async for piece in stream:
                    size += len(piece)
                    if size > LARGEST_UPLOAD:
                        raise TooLong(f"At most {LARGEST_UPLOAD // 1024**3} GB at once; or use: os1 bring")
                    await asyncio.to_thread(file.write, piece)
            finally:
                await asyncio.to_thread(file.close)
        except OSError as error:
            raise unusable(error, self._home) from error
        return self._file

    async def _fails(self, error: OS1Error) -> None:
        log.warning("what was brought along could not be kept", extra={"code": error.code})
        await self._remove()
        self.state, self.text = "broken", str(error)

    async def _remove(self) -> None:
        file, self._file, self._reading = self._file, None, None
        if file:
            await asyncio.to_thread(file.unlink, missing_ok=True)


def _sweep(home: Path) -> None:
    for left in home.glob(f"{PREFIX}*"):
        left.unlink(missing_ok=True)
