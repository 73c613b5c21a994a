"""What this house hears and speaks with: which ears, which mouths, and how she sounds today. Chosen here, like all parts.

Nothing of it is loaded before the brain is ready or someone calls: the first word she writes must not wait for a voice
nobody asked for. It does not know what is said.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from pathlib import Path

from os1.brain.models import EARS, RICH_MOUTH, TURNS, VOICE_ACTIVITY
from os1.config import Settings
from os1.errors import EarsUnavailable, ModelError, MouthUnavailable
from os1.persona.persona import Persona
from os1.voice.attuning import Attuning
from os1.voice.base import Delivery, Ears, Mouth, Sound
from os1.voice.call import Parts
from os1.voice.ears import Moonshine
from os1.voice.echo import EchoCanceller
from os1.voice.judge import Judge
from os1.voice.kokoro import Kokoro
from os1.voice.listening import Listening
from os1.voice.mouth import Hibari
from os1.voice.remote_ears import RemoteEars
from os1.voice.remote_mouth import RemoteMouth, Wanted
from os1.voice.silero import Silero
from os1.voice.smart_turn import SmartTurn
from os1.voice.voices import QUICK, Chosen, pace_of, spoken_with

log = logging.getLogger(__name__)

WORDS_PER_MINUTE = 158
"""Of her talk, while she is nobody yet: as in the persona she starts from."""
WARM_UP = "Hello."


class Mouths:
    """Her mouth: the one of her persona's voice, or her quick one while that is not to be had. A `Mouth` itself."""

    def __init__(
        self, files: Mapping[str, Path], settings: Settings, persona: Callable[[], Persona | None]
    ) -> None:
        self._files = files
        self._settings = settings
        self._persona = persona
        self._quick = Hibari()
        self._rich: Kokoro | None = None
        self._spoken_with: tuple[str, Kokoro] | None = None
        """The voice of the rich ones she has, by its id: only that one keeps its tables in memory."""
        self._remote: RemoteMouth | None = None
        if settings.mouth_url:
            wanted = Wanted(settings.mouth_model, settings.mouth_voice)
            self._remote = RemoteMouth("mouth", settings.mouth_url, wanted, settings.voice_key)

    @property
    def name(self) -> str:
        return self.chosen.voice.id

    @property
    def heavy(self) -> bool:
        return self.here and self._has_rich and self.chosen.voice.starts == "rich"

    @property
    def here(self) -> bool:
        return self._remote is None

    @property
    def chosen(self) -> Chosen:
        persona = self._persona()
        return spoken_with(self._settings.voice or (persona.voice.id if persona else QUICK))

    @property
    def pace(self) -> float:
        """Times the voice's own: her persona's words per minute."""
        persona = self._persona()
        return pace_of(self.chosen.voice, persona.voice.words_per_minute if persona else WORDS_PER_MINUTE)

    async def say(self, phrase: str, delivery: Delivery) -> AsyncGenerator[Sound]:
        mouth = self._mouth(self.chosen)
        said = False
        try:
            async with aclosing(mouth.say(phrase, delivery)) as sounds:
                async for sound in sounds:
                    said = True
                    yield sound
        except MouthUnavailable:
            if said or mouth is self._quick:
                raise
            log.warning("her voice is away; the quick one speaks", extra={"mouth": mouth.name})
            async with aclosing(self._quick.say(phrase, delivery)) as sounds:
                async for sound in sounds:
                    yield sound

    async def sample(self, chosen: Chosen, phrase: str, delivery: Delivery) -> AsyncGenerator[Sound]:
        """How another voice would sound. Raises MouthUnavailable."""
        mouth = self._quick if chosen.voice.mouth == "hibari" else self._kokoro(chosen)
        async with aclosing(mouth.say(phrase, delivery)) as sounds:
            async for sound in sounds:
                yield sound

    async def warm(self) -> None:
        """Load what will be spoken with, so that the first word of a call need not wait for it."""
        for mouth in {self._quick, self._mouth(self.chosen)}:
            async for _ in mouth.say(WARM_UP, Delivery()):
                pass

    async def close(self) -> None:
        for mouth in (self._quick, self._rich, self._remote):
            if mouth:
                await mouth.close()

    def _mouth(self, chosen: Chosen) -> Mouth:
        if self._remote:
            return self._remote
        if chosen.voice.mouth == "hibari" or not self._has_rich:
            return self._quick
        if self._spoken_with is None or self._spoken_with[0] != chosen.voice.id:
            self._spoken_with = chosen.voice.id, self._kokoro(chosen)
        return self._spoken_with[1]

    @property
    def _has_rich(self) -> bool:
        return all(name in self._files for name in RICH_MOUTH)

    def _kokoro(self, chosen: Chosen) -> Kokoro:
        if not self._has_rich:
            raise MouthUnavailable(
                "The richer voices are not on this machine yet; they come with the next start."
            )
        model, voices = (self._files[name] for name in RICH_MOUTH)
        self._rich = self._rich or Kokoro(model, voices, chosen)
        return self._rich.with_voice(chosen)


class EmbeddedVoice:
    """Use: `run` as a task of the house; `awake` before a call."""

    def __init__(
        self,
        files: Mapping[str, Path],
        settings: Settings,
        persona: Callable[[], Persona | None],
        ready: Callable[[], Awaitable[None]],
    ) -> None:
        self.mouths = Mouths(files, settings, persona)
        self._files = files
        self._settings = settings
        self._ready = ready
        self._wanted = asyncio.Event()
        self._awake = asyncio.Event()
        self._trouble: EarsUnavailable | None = None
        self._ears: Ears | None = None
        self._silero: Silero | None = None
        self._turn_model: SmartTurn | None = None

    async def run(self) -> None:
        async with asyncio.TaskGroup() as waking:
            waiting = waking.create_task(self._when_quiet(), name="voice waits")
            await self._wanted.wait()
            waiting.cancel()
        try:
            await self._wake()
            self._awake.set()
            await asyncio.Event().wait()
        finally:
            await self._close()

    async def awake(self) -> None:
        self._wanted.set()
        await self._awake.wait()
        if self._trouble:
            raise self._trouble

    def listening(self) -> Listening:
        """One call's own. Raises EarsUnavailable."""
        if self._silero is None:
            raise EarsUnavailable("Her ears are not awake.")
        return Listening(self._silero.listen(), EchoCanceller())

    def parts(self) -> Parts:
        if self._ears is None or self._turn_model is None:
            raise EarsUnavailable("Her ears are not awake.")
        return Parts(self._ears, self.mouths, Judge(self._turn_model), Attuning(lambda: self.mouths.pace))

    async def _when_quiet(self) -> None:
        """The brain comes first."""
        await self._ready()
        self._wanted.set()

    async def _wake(self) -> None:
        missing = [name for name in (*EARS, VOICE_ACTIVITY, TURNS) if name not in self._files]
        if missing:
            self._trouble = EarsUnavailable(
                f"She cannot hear yet: {', '.join(missing)} is not on this machine."
            )
            return
        try:
            await self._load()
        except (ModelError, MouthUnavailable, EarsUnavailable) as error:
            log.error("her voice does not wake", extra={"error": str(error)})
            self._trouble = EarsUnavailable(str(error))

    async def _load(self) -> None:
        self._silero = await asyncio.to_thread(Silero, self._files[VOICE_ACTIVITY])
        self._turn_model = await asyncio.to_thread(SmartTurn, self._files[TURNS])
        await asyncio.to_thread(EchoCanceller)  # its library is read now, and not when someone calls
        settings = self._settings
        if settings.ears_url:
            self._ears = RemoteEars("ears", settings.ears_url, settings.ears_model, settings.voice_key)
        else:
            moonshine = Moonshine(*(self._files[name] for name in EARS))
            await moonshine.open()
            self._ears = moonshine
        await self.mouths.warm()
        log.info("voice awake")

    async def _close(self) -> None:
        await self.mouths.close()
        for part in (self._ears, self._turn_model):
            if part:
                await part.close()
