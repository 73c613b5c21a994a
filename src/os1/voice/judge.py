"""How long a silence must last before she may speak: the judge of silences (`ends`), with its witnesses at hand.

The words and the end of the sound are looked at first, which takes 3 ms. Only where they leave a doubt is the turn model
asked, 35 ms of a core: on the voices it was tried with that changes nothing for those who were sure already.
It does not know who is waiting.
"""

import asyncio

from os1.voice.base import Sound, Transcript, TurnModel
from os1.voice.ends import SURE, Evidence, patience
from os1.voice.prosody import prosody


class Judge:
    """A `voice.base.Patience` that listens to how it sounded, off the loop."""

    def __init__(self, turn_model: TurnModel) -> None:
        self._turn_model = turn_model

    async def at_once(self, said: Transcript, sound: Sound, *, asked: bool) -> float | None:
        shape = await asyncio.to_thread(prosody, sound)
        enough = patience(Evidence(said.text, None, shape, asked, said.marks))
        return enough if enough <= SURE else None

    async def patience(self, said: Transcript, sound: Sound, *, asked: bool) -> float:
        model = await self._turn_model.over(sound)
        shape = await asyncio.to_thread(prosody, sound)
        return patience(Evidence(said.text, model, shape, asked, said.marks))
