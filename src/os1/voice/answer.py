"""Her turn: words as they are found, cut into phrases, voiced, and held until she may speak.

An answer may be begun before the person has finished, and dropped without a trace: nothing of it is heard before
`release`. It knows which of its words lie at which sample, so that what was heard can be told from what was thought.
It does not decide when to speak, nor keep anything.
"""

import asyncio
from bisect import bisect_right
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import NamedTuple

import numpy as np

from os1.errors import BrainUnavailable, MouthUnavailable
from os1.voice.base import SPOKEN_FRAME, Delivery, Mouth, Responder, Sound
from os1.voice.phrases import Phrases
from os1.voice.speakable import speakable


class Mark(NamedTuple):
    """One phrase in her speech."""

    sample: int
    """Where it ends."""
    char: int
    """Where its words end in the text."""


class Answer:
    """Use: `run` as a task; `release` when she may speak; cancel the task to drop it."""

    def __init__(self, to: str | int, responder: Responder, mouth: Mouth, delivery: Delivery) -> None:
        self.to = to
        """The words, not kept yet, or the log number, that it answers."""
        self.text = ""
        """All that was thought so far."""
        self.samples = 0
        """Of sound, found so far."""
        self.speech = 0
        """Its number on the wire, once it is released."""
        self.reply = 0
        """The log number it answers, once that is known."""
        self.times: dict[str, float] = {}
        """When each stage was reached, in the loop's time."""
        self.trouble: BrainUnavailable | MouthUnavailable | None = None
        self.phrased = asyncio.Event()
        """The first phrase is found, or there will be none."""
        self.thought = asyncio.Event()
        """All its words are found."""
        self.ready = asyncio.Event()
        """There is sound to begin with, or there will be none."""
        self.voiced = asyncio.Event()
        """The first sound of the answer itself is found, openers aside, or there will be none."""
        self.finished = False
        """All of it was found and voiced."""
        self._responder = responder
        self._mouth = mouth
        self._delivery = delivery
        self._marks = [Mark(0, 0)]
        self._opening = False
        self._waiting: list[Sound] = []
        self._play: Callable[[int, Sound], None] | None = None
        self._phrases: asyncio.Queue[tuple[str, int] | None] = asyncio.Queue()
        """What is said aloud, and how many characters of the text that is."""

    async def run(self) -> None:
        """Think and voice, until all is found. Its troubles are kept in `trouble`: what was voiced before stands."""
        self._stamp("asked")
        try:
            async with asyncio.TaskGroup() as turn:
                turn.create_task(self._think(), name="think")
                turn.create_task(self._voice(), name="voice")
        finally:
            self.finished = True
            self.voiced.set()
            self.thought.set()
            self.phrased.set()
            self.ready.set()

    def release(self, speech: int, play: Callable[[int, Sound], None]) -> None:
        """She may speak: what waits is played now, the rest as it is found."""
        self.speech, self._play = speech, play
        for sound in self._waiting:
            play(speech, sound)
        self._waiting.clear()

    def open_with(self, words: str) -> None:
        """Say this while the answer is not there yet: it is heard, and is no part of it."""
        if not self.finished:
            self._phrases.put_nowait((words, 0))

    def heard(self, samples: int) -> str:
        """The words that have been heard once so many samples were played: whole words, and all of them at the end."""
        if self.finished and samples >= self.samples:
            return self.text[: self._marks[-1].char]
        at = bisect_right(self._marks, samples, key=lambda mark: mark.sample) - 1
        before = self._marks[at]
        if at + 1 == len(self._marks):
            return self.text[: before.char].rstrip()
        after = self._marks[at + 1]
        share = (samples - before.sample) / max(1, after.sample - before.sample)
        return whole_words(self.text[: after.char], before.char, share).rstrip()

    def _stamp(self, stage: str) -> None:
        self.times.setdefault(stage, asyncio.get_running_loop().time())

    async def _think(self) -> None:
        phrases = Phrases(alone=not self._mouth.heavy)
        try:
            async with aclosing(self._responder.think(self.to)) as found:
                async for piece in found:
                    self._stamp("first word")
                    self.text += piece
                    self._cut(phrases.take(piece))
            self._cut(phrases.rest())
        except BrainUnavailable as error:
            self._cut(phrases.rest())
            self.trouble = error
            if not self.text:
                self._phrases.put_nowait((error.spoken, 0))  # said, and not kept: it is no answer
        self._phrases.put_nowait(None)
        self.thought.set()
        self.phrased.set()

    def _cut(self, phrases: list[str]) -> None:
        for phrase in phrases:
            self._stamp("first phrase")
            self.phrased.set()
            self._phrases.put_nowait((speakable(phrase), len(phrase)))

    async def _voice(self) -> None:
        chars = 0
        while (phrase := await self._phrases.get()) is not None:
            aloud, more = phrase
            chars += more
            self._opening = not more
            if aloud:
                try:
                    await self._say(aloud)
                except MouthUnavailable as error:
                    self.trouble = error
                    return
            self._marks.append(Mark(self.samples, chars))

    async def _say(self, aloud: str) -> None:
        """One phrase, in whole frames: what is left of the last one is filled with silence."""
        rest = np.zeros(0, np.float32)
        async with aclosing(self._mouth.say(aloud, self._delivery)) as sounds:
            async for sound in self._alone(sounds):
                rest = np.concatenate([rest, sound])
                whole = len(rest) // SPOKEN_FRAME * SPOKEN_FRAME
                self._give(rest[:whole])
                rest = rest[whole:]
        if len(rest):
            self._give(np.pad(rest, (0, SPOKEN_FRAME - len(rest))))

    async def _alone(self, sounds: AsyncGenerator[Sound]) -> AsyncGenerator[Sound]:
        """What she is waited for with, her first sound, has the machine for itself."""
        if self.samples or not self._mouth.here:
            async for sound in sounds:
                yield sound
            return
        self._responder.hold(True)
        try:
            first = await anext(sounds, None)
        finally:
            self._responder.hold(False)
        if first is not None:
            yield first
            async for sound in sounds:
                yield sound

    def _give(self, sound: Sound) -> None:
        if not len(sound):
            return
        self._stamp("opener" if self._opening else "first sound")
        if not self._opening:
            self.voiced.set()
        self.samples += len(sound)
        if self._play:
            self._play(self.speech, sound)
        else:
            self._waiting.append(sound)
        self.ready.set()


def whole_words(text: str, start: int, share: float) -> str:
    """`text` up to about `share` of what lies after `start`, ending with a whole word."""
    end = start + round((len(text) - start) * min(1.0, share))
    if end >= len(text):
        return text
    edge = text.rfind(" ", start, end + 1)
    return text[:edge] if edge > start else text[:start]
