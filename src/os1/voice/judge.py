"""How long a silence must last before she may speak: the judge of silences (`ends`), with its witnesses at hand.

It does not know who is waiting.
"""

import asyncio

from os1.voice.base import Sound, Transcript, TurnModel
from os1.voice.ends import Evidence, patience
from os1.voice.prosody import prosody


class Judge:
    """A `voice.base.Patience` that listens to how it sounded, off the loop."""

    def __init__(self, turn_model: TurnModel) -> None:
        self._turn_model = turn_model

    async def patience(self, said: Transcript, sound: Sound, *, asked: bool) -> float:
        model = await self._turn_model.over(sound)
        shape = await asyncio.to_thread(prosody, sound)
        return patience(Evidence(said.text, model, shape, asked, said.marks))
