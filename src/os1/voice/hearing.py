"""What ears make of an utterance: one attempt at a time, let go of when there is more to hear.

It does not know why anything should be understood, nor what happens to it then.
"""

import asyncio

from os1.voice.base import Ears, Transcript
from os1.voice.utterance import Utterance


class Hearing:
    """One call's."""

    def __init__(self, ears: Ears) -> None:
        self._ears = ears
        self._attempt: asyncio.Future[Transcript] | None = None

    async def understand(self, utterance: Utterance, samples: int | None = None) -> bool:
        """The present stretch anew, all of it or its first `samples`. False if that was let go. Raises EarsUnavailable."""
        samples = samples or utterance.samples
        attempt = self._attempt = asyncio.ensure_future(
            self._ears.transcribe(utterance.sound[:samples], utterance.last.text)
        )
        try:
            await asyncio.wait([attempt])
        finally:
            attempt.cancel()
            self._attempt = None
        if attempt.cancelled():
            return False
        utterance.understand(attempt.result(), samples)
        return True

    def let_go(self) -> None:
        """What is being understood lacks what was said since, and would keep that waiting."""
        if self._attempt:
            self._attempt.cancel()
