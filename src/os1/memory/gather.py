"""What a question looks for over a whole life, gathered: how often, and who was there.

It does not know how a question is understood (`understanding/gathering` does), nor who asks.
"""

from datetime import datetime

from os1.memory.archive import Archive
from os1.memory.story import Story
from os1.memory.understanding.gathering import LATER, Gathered, gathered, sought

MOST = 400
"""Turns that are read for one answer: some 10 ms. A thing done more often than that is a habit, and the newest count."""


async def gather(question: str, now: datetime, story: Story, archive: Archive) -> Gathered | None:
    """The answer, empty where nothing tells of it; None for any other question. `now`: in the person's time zone."""
    looked_for = sought(question, now)
    if looked_for is None:
        return None
    stretch = looked_for.stretch and (looked_for.stretch[0], looked_for.stretch[1] + LATER)
    turns = await archive.having(looked_for.words, stretch, MOST)
    people = frozenset(story.knowledge.known_people())
    return gathered(looked_for, turns, story.zone, lambda word: word in people)
