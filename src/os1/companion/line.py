"""Her end of a call: what the call asks of a `voice.base.Responder`, answered by one companion's conversation.

While the line is open it has the floor: her words are heard instead of written, and every window shows them in step
with her voice. It does not know what a voice is made of.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Literal

from os1.companion.conversation import TRIES, Conversation
from os1.companion.meeting import passes
from os1.events import Happened
from os1.frames import Calling, Hearing, Say


class Line:
    """Use: `open`, then the methods of a Responder, then `close`."""

    def __init__(self, conversation: Conversation, client: str, call: str) -> None:
        self._conversation = conversation
        self._companion = conversation.companion
        self._window = client
        self._client = f"call-{call}"[:64]
        self._state: Literal["off", "on", "away"] = "on"
        self._muted = False
        self._n = 0
        self._answering = 0
        """The log number that is being answered aloud, or was."""
        self._tried: dict[int, int] = {}
        self._hushed = False
        self._called = asyncio.Event()

    async def open(self) -> None:
        """She picks up; who calls her before they have met, meets her by voice. Raises StoreError."""
        await self._conversation.give_floor(self)
        self._n = await self._companion.store.last_n(self._client)
        try:
            self._conversation.tell_happened(await self._pick_up())
        except BaseException:
            await self._conversation.give_floor(None)
            raise
        self._conversation.tell(self.calling())

    async def _pick_up(self) -> list[Happened]:
        companion = self._companion
        if companion.meeting.stage == "unmet":
            return await companion.began("interview", None)
        if companion.meeting.stage == "meeting" and companion.unanswered:
            return []  # what she owes an answer to is said aloud now
        return await companion.called(self._window)

    async def close(self, seconds: float, why: Literal["hung_up", "lost", "closed"]) -> None:
        self._state = "off"
        self._conversation.tell(self.calling())
        self._conversation.tell(Hearing(text=""))
        try:
            self._conversation.tell_happened(await self._companion.hung_up(round(seconds, 1), why))
        finally:
            await self._conversation.give_floor(None)

    # --- what the conversation asks of whoever has the floor ---

    def calling(self) -> Calling:
        return Calling(state=self._state, client=self._window, muted=self._muted)

    def called(self) -> None:
        self._called.set()

    def hush(self) -> None:
        self._hushed = True
        self._called.set()

    def show(self, *, state: Literal["on", "away"] | None = None, muted: bool | None = None) -> None:
        """The line broke or came back; the microphone went off or on: every window shows it."""
        self._state = state or self._state
        self._muted = self._muted if muted is None else muted
        self._conversation.tell(self.calling())

    # --- what the call asks ---

    async def think(self, heard: str | int) -> AsyncGenerator[str]:
        async with aclosing(self._companion.reply(heard)) as found:
            async for words in found:
                yield words

    def hold(self, holding: bool) -> None:
        self._companion.brain.hold(holding)

    async def anticipate(self, draft: str) -> None:
        if self._companion.brain.state == "ready":
            await self._companion.anticipate(draft, spoken=True)

    async def expect(self, text: str) -> None:
        if self._companion.brain.state == "ready":
            await self._companion.expect(text)

    def hearing(self, text: str) -> None:
        self._conversation.tell(Hearing(text=text))

    async def heard(self, text: str, *, seconds: float, pauses: int, goes_on: bool) -> int:
        asking = self._companion.meeting.asking
        if asking and passes(text):
            self._conversation.tell_happened(skipped := await self._companion.skipped(asking.id))
            self._answering = skipped[-1].seq
        else:
            self._n += 1
            say = Say(n=self._n, text=text, seconds=seconds, hesitations=pauses)
            happened = await self._conversation.hear_spoken(say, self._client, goes_on=goes_on)
            self._answering = happened.seq
        self._conversation.tell(Hearing(text=""))
        return self._answering

    def speaking(self, reply: int, text: str) -> None:
        self._conversation.show_spoken(reply, text)

    async def said(self, reply: int, text: str, *, cut_off: bool) -> None:
        await self._conversation.keep_spoken(reply, text, cut_off=cut_off)

    def lost(self, reply: int) -> None:
        self._tried[reply] = self._tried.get(reply, 0) + 1
        if self._tried[reply] < TRIES and self._answering == reply:
            self._answering = 0
            self._called.set()

    async def called_upon(self) -> int:
        while True:
            if self._hushed:
                self._hushed = False
                return 0
            able = self._companion.brain.state == "ready" or not self._companion.needs_brain
            owed = self._companion.unanswered
            if able and owed > self._answering:
                self._answering = owed
                return owed
            self._called.clear()
            await self._called.wait()
