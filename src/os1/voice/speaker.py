"""Her side of a call: the answer that is being heard, how loud, how far, and what is kept of it in the end.

One answer at a time; an interruption replaces it, and keeps what was heard until then. It does not know why she speaks.
"""

import asyncio
import logging

from os1.errors import OS1Error
from os1.frames import Trouble
from os1.voice.answer import Answer
from os1.voice.base import SPOKEN_RATE, Responder, Sound, Wire
from os1.voice.listening import Listening

log = logging.getLogger(__name__)

SOFTLY = 0.3
"""Times her loudness while it is not clear whether the person wants the floor: a third is heard as giving way."""
LAST_WORDS = 160
"""Characters of hers that may still be in the air: about ten seconds of speech."""


class Speaker:
    """Use: `follow` as a task; `begin` an answer; `stop` when someone else has the floor."""

    def __init__(self, wire: Wire, listening: Listening, responder: Responder) -> None:
        self._wire = wire
        self._listening = listening
        self._responder = responder
        self._answer: Answer | None = None
        self._task: asyncio.Task[None] | None = None
        self._speeches = 0
        self._softened = self._holding = False
        self._changed = asyncio.Event()
        self._said = ""

    @property
    def speaking(self) -> bool:
        return self._answer is not None

    @property
    def hers(self) -> str:
        """Her words that may still be in the air."""
        now = self._answer.heard(self._answer.samples) if self._answer else ""
        return f"{self._said} {now}"[-LAST_WORDS:]

    @property
    def played(self) -> int:
        """Samples of this answer that were heard so far."""
        played = self._wire.played
        return played.samples if self._answer and played.speech == self._answer.speech else 0

    @property
    def seconds(self) -> float:
        """How much of this answer was heard so far."""
        return self.played / SPOKEN_RATE

    async def begin(self, answer: Answer, task: asyncio.Task[None]) -> None:
        """Let it be heard. Whatever she was saying before is over."""
        await self.stop()
        self._speeches += 1
        self._answer, self._task = answer, task
        task.add_done_callback(lambda _: self._changed.set())
        self.go_on()
        self._listening.hush()
        answer.release(self._speeches, self._play)

    def _play(self, speech: int, sound: Sound) -> None:
        self._wire.play(speech, sound)
        self._listening.voiced(sound)

    def soften(self) -> None:
        """Someone makes a sound: perhaps they want to say something."""
        if self._answer and not self._softened:
            self._softened = True
            self._wire.duck(SOFTLY)

    def hold(self) -> None:
        """They go on making it: silence, for now."""
        if self._answer and not self._holding:
            self._holding = True
            self._wire.hold(True)
            self._listening.hold(True)

    def go_on(self) -> None:
        """It was nothing."""
        if self._holding:
            self._wire.hold(False)
            self._listening.hold(False)
        if self._softened:
            self._wire.duck(1.0)
        self._holding = self._softened = False

    async def stop(self, *, hushed: bool = False) -> None:
        """Nothing more of this answer is heard after this line; what was heard of it is kept.

        `hushed`: the person wants no answer. Otherwise, if not a word was heard, it is as if she had not begun.
        """
        answer, task = self._answer, self._task
        self._answer = self._task = None
        if answer is None or task is None:
            return
        self._wire.hush()
        self._listening.hush()
        if self._softened:
            self._wire.duck(1.0)
        self._holding = self._softened = False
        played = self._wire.played
        task.cancel()
        await asyncio.wait([task])
        heard = answer.heard(played.samples) if played.speech == answer.speech else ""
        if heard or hushed:
            await self._keep(answer, heard, cut_off=True)

    async def follow(self) -> None:
        """Captions in step with her voice, until the answer has been heard to its end; then it is kept."""
        while True:
            await self._news()
            answer, played = self._answer, self._wire.played
            if answer is None:
                continue
            at = played.samples if played.speech == answer.speech else 0
            if heard := answer.heard(at):
                self._responder.speaking(answer.reply, heard)
            if answer.finished and at >= answer.samples:
                await self._finish(answer)

    async def _finish(self, answer: Answer) -> None:
        self._answer = self._task = None
        text = answer.text
        if answer.trouble:
            self._wire.tell(Trouble(code=answer.trouble.code, text=answer.trouble.spoken))
        if not text:
            self._responder.lost(answer.reply)
            return
        if not answer.samples:
            self._responder.speaking(answer.reply, text)  # her voice did not come: then in writing
        await self._keep(answer, text, cut_off=answer.trouble is not None and bool(answer.samples))

    async def _keep(self, answer: Answer, heard: str, *, cut_off: bool) -> None:
        self._said = heard[-LAST_WORDS:]
        try:
            await self._responder.said(answer.reply, heard, cut_off=cut_off)
        except OS1Error as error:
            log.error("her words were not kept", extra={"code": error.code})
            self._wire.tell(Trouble(code=error.code, text=error.spoken))

    async def _news(self) -> None:
        """Something was played, or found."""
        moved = asyncio.ensure_future(self._wire.moved())
        changed = asyncio.ensure_future(self._changed.wait())
        try:
            await asyncio.wait([moved, changed], return_when=asyncio.FIRST_COMPLETED)
        finally:
            moved.cancel()
            changed.cancel()
        self._changed.clear()
