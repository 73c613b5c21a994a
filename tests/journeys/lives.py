"""Somebody's life with her: what the journeys of her memory begin with. No model of meaning, unless one is given."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from os1.brain.testing import ScriptedBrain
from os1.clock import HandClock
from os1.companion.conversation import Conversation
from os1.errors import BrainUnavailable
from os1.memory.meaning import Meaning
from os1.memory.understanding.reader import Reader
from tests.scenes import Person, at_a_window, awake, story

A_DAY = (
    "We've got a boat and two cats.",
    "My sister Ana lives in Porto.",
    "The clockmaker in Via Roma mended grandfather's watch.",
    "We baked almond cake for the neighbours.",
    "Then the choir sang under the window.",
    "I like jazz.",
)
NEVER_TOLD = ("never told me", "haven’t told me", "don’t know about you yet", "Not that I know", "new to me")


@dataclass
class Life:
    """Somebody at her window, who says things some minutes apart."""

    person: Person
    brain: ScriptedBrain
    clock: HandClock
    conversation: Conversation

    async def says(self, *texts: str) -> str:
        """Returns what she answers to the last of them."""
        answer = ""
        for text in texts:
            self.clock.move(timedelta(minutes=2))
            answer = await self.person.says(text)
        return answer

    async def talks_of_the_weather(self) -> None:
        """Until what came before is long out of sight."""
        await self.says(*(f"There is rain again, number {number}." for number in range(30)))

    async def quiet(self, *notes: str, days: float = 1) -> None:
        """Some time passes, and the brain notes these things in it."""
        self.clock.move(timedelta(days=days))
        words = self.brain.script
        self.brain.script = list[str | BrainUnavailable](notes)
        while await self.conversation.companion.quiet_work():
            pass
        self.brain.script = words

    @property
    def given(self) -> str:
        """What the brain was given with the person's last words."""
        return self.brain.asked[-1][-1].text

    @property
    def in_mind(self) -> str:
        return self.brain.asked[-1][0].text

    async def meant(self) -> None:
        """What everything means was found out."""
        index = self.conversation.companion.archive._index  # pyright: ignore[reportPrivateUsage]
        async with asyncio.timeout(10):
            while index.unmeant():  # noqa: ASYNC110 - it has no bell to ring
                await asyncio.sleep(0.01)

    def known(self) -> list[str]:
        """What she knows now."""
        facts = self.conversation.companion.story.knowledge.facts()
        return [fact.told() for fact in facts if fact.state == "now"]

    async def kinds(self) -> list[str]:
        return [kind for kind, _ in await story(self.conversation.companion.store)]


@asynccontextmanager
async def life(
    home: Path,
    *,
    clock: HandClock | None = None,
    meaning: Meaning | None = None,
    reader: Reader | None = None,
    met: bool = False,
) -> AsyncGenerator[Life]:
    """With no model of meaning and no tagger, unless they are given. `met`: they know each other already."""
    brain, clock = ScriptedBrain(*["I see."] * 500), clock or HandClock()
    async with (
        awake(home / "companion.db", brain, clock, meaning=meaning, reader=reader) as conversation,
        at_a_window(conversation) as person,
    ):
        await person.opens()
        if not met:
            await person.begins("shipped")
        await conversation.companion.archive.kept()
        yield Life(person, brain, clock, conversation)


def never_told(answer: str) -> bool:
    return any(words in answer for words in NEVER_TOLD)
