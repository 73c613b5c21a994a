"""A call for tests: a wire with a scripted person at its other end, and a judge who waits as long as it was told.

Time passes with the frames of the microphone: what waits to be played is played in step with them, so that a whole
call takes no time and happens the same way each time. They ship with OS1; they know no models.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping

import numpy as np

from os1.events import Value
from os1.voice.base import FRAME, HEARD_FRAME, SPOKEN_FRAME, Act, Position, Sound, Transcript
from os1.voice.testing import speech

Line = str | float | Act | Sound | Callable[[], bool]
"""Words are spoken, numbers are seconds of silence, sound is heard as it is, and a question is silence until it holds."""
STEPS = 40
"""Turns the loop is given after each frame: enough for every scripted part to do what it does at once."""
PATIENCE, GRACE = 60.0, 10.0
"""Seconds of the call, and of the clock, until a question that does not come true fails the test: a minute of the call
may pass while a busy disk writes one line."""


class ScriptedWire:
    """A `voice.base.Wire`. `signals` is what the window would have been told; `heard` what left the loudspeaker."""

    def __init__(self, *script: Line) -> None:
        self.script = list(script)
        self.signals: list[Value] = []
        self.heard: list[Sound] = []
        self.gain = 1.0
        self.holding = False
        self.seconds = 0.0
        """Of the call, so far."""
        self._waiting: list[tuple[int, Sound]] = []
        self._played = Position(0, 0)
        self._moved = asyncio.Event()

    async def __aiter__(self) -> AsyncIterator[Sound | Act]:
        for line in self.script:
            if isinstance(line, Act):
                yield line
                await self._let_others()
                continue
            async for frame in self._frames(line):
                yield frame
                self._play_on()
                self.seconds += FRAME
                await self._let_others()

    async def _frames(self, line: Line) -> AsyncIterator[Sound]:
        silence = np.zeros(HEARD_FRAME, np.float32)
        if callable(line):
            now = asyncio.get_running_loop().time
            began, since = self.seconds, now()
            while not line():
                waited = self.seconds - began < PATIENCE or now() - since < GRACE
                assert waited, "what the script waits for does not come"
                yield silence
            return
        if isinstance(line, int | float):
            for _ in range(round(line / FRAME)):
                yield silence
            return
        sound = speech(line) if isinstance(line, str) else line
        assert isinstance(sound, np.ndarray)
        for start in range(0, len(sound), HEARD_FRAME):
            frame = sound[start : start + HEARD_FRAME]
            yield np.pad(frame, (0, HEARD_FRAME - len(frame)))

    async def _let_others(self) -> None:
        for _ in range(STEPS):
            await asyncio.sleep(0)

    def _play_on(self) -> None:
        if self.holding or not self._waiting:
            return
        speech, frame = self._waiting.pop(0)
        before = self._played.samples if self._played.speech == speech else 0
        self.heard.append(frame * self.gain)
        self._played = Position(speech, before + SPOKEN_FRAME)
        self._moved.set()

    def play(self, speech: int, sound: Sound) -> None:
        for start in range(0, len(sound), SPOKEN_FRAME):
            self._waiting.append((speech, sound[start : start + SPOKEN_FRAME]))

    def duck(self, gain: float) -> None:
        self.gain = gain

    def hold(self, holding: bool) -> None:
        self.holding = holding

    def hush(self) -> None:
        self._waiting.clear()
        self.holding = False

    @property
    def played(self) -> Position:
        return self._played

    def plays(self, seconds: float) -> Callable[[], bool]:
        """So much more of her voice was heard since this was first asked."""
        began: list[int] = []

        def enough() -> bool:
            began.append(len(self.heard))
            return len(self.heard) - began[0] >= seconds / FRAME

        return enough

    @property
    def quiet(self) -> bool:
        """Nothing waits to be played."""
        return not self._waiting

    async def moved(self) -> None:
        await self._moved.wait()
        self._moved.clear()

    def tell(self, signal: Value) -> None:
        self.signals.append(signal)


class ScriptedPatience:
    """A judge: so many seconds after these words, else `otherwise`."""

    def __init__(self, otherwise: float = 0.5, after: Mapping[str, float] | None = None) -> None:
        self.otherwise = otherwise
        self.after = dict(after or {})

    async def at_once(self, said: Transcript, sound: Sound, *, asked: bool) -> float | None:
        return self.after.get(said.text)

    async def patience(self, said: Transcript, sound: Sound, *, asked: bool) -> float:
        return self.after.get(said.text, self.otherwise)


class Headphones:
    """No echo comes back: a `voice.listening.Echo` that takes nothing away."""

    def far(self, sound: Sound) -> None: ...

    def near(self, frame: Sound) -> Sound:
        return frame
