"""A house: one companion, awake, with the parts that were chosen for her. The only place that chooses.

It does not know how she is reached: a page's socket and a terminal use the same conversation.
"""

import asyncio
import importlib.util
import logging
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from os1.brain.base import Brain
from os1.brain.local import LocalBrain
from os1.brain.remote import RemoteBrain
from os1.brain.switch import Switch
from os1.clock import RealClock
from os1.companion.companion import Companion
from os1.companion.conversation import Conversation
from os1.config import Settings
from os1.errors import BadInput, SetupError, StoreError
from os1.memory.archive import Archive
from os1.memory.meaning import MiniLM
from os1.memory.understanding.reader import Reader
from os1.memory.understanding.tagger import tag
from os1.persona.persona import Persona, from_toml, to_toml
from os1.server.calls import Calls, Voice
from os1.server.metrics import Metrics
from os1.server.prepare import ENGINE_KEEPS, Models
from os1.server.suitcase import Suitcase
from os1.server.voice import EmbeddedVoice
from os1.store.private import PrivateLog
from os1.store.sqlite import SQLiteStore
from os1.store.whole_file import write_whole

if TYPE_CHECKING:
    from os1.server.call_offer import Offers

log = logging.getLogger(__name__)

OPENAI = "https://api.openai.com/v1"
PERSONA = "persona.toml"


@dataclass(frozen=True)
class House:
    settings: Settings
    companion: Companion
    conversation: Conversation
    brains: Switch
    metrics: Metrics
    calls: Calls
    voice: Voice
    suitcase: Suitcase
    """What someone brings along from elsewhere."""
    offers: "Offers | None" = None
    """Calls over WebRTC, when phones may come in."""

    @property
    def persona_file(self) -> Path:
        return self.settings.home / PERSONA


@asynccontextmanager
async def open_house(
    settings: Settings,
    models: Models,
    choices: Mapping[str, Callable[[], Brain]] | None = None,
    voice: Voice | None = None,
) -> AsyncGenerator[House]:
    """She wakes, lives as long as the block, and closes what she opened. Raises SetupError, StoreError.

    `choices`: brains by id, instead of those that the settings name. `voice`: instead of the embedded one.
    """
    brains = Switch(choices or brain_choices(settings, models), settings.brain)
    store = await SQLiteStore.open(settings.file)
    try:
        meaning = await asyncio.to_thread(MiniLM, models.meaning) if models.meaning else None
        zone = await asyncio.to_thread(local_zone)
        kept = await PrivateLog.over(store)
        companion = Companion(kept, Archive(store, meaning), brains, RealClock(), zone, Reader(tag))
        companion.forgetting.append(
            lambda: asyncio.to_thread(forget_what_was_read, settings.home / ENGINE_KEEPS)
        )
        await companion.open()
        metrics = Metrics()
        conversation = Conversation(companion, metrics)
        voice = voice or EmbeddedVoice(models.voice, settings, lambda: companion.persona, brains.ready)
        calls = Calls(conversation, voice, metrics)
        offers = offers_of(settings, calls)
        suitcase = Suitcase(conversation, settings.home, zone)
        house = House(settings, companion, conversation, brains, metrics, calls, voice, suitcase, offers)
        await read_persona(house)
        async with asyncio.TaskGroup() as life:
            tasks = [
                life.create_task(house.conversation.run(), name="conversation"),
                life.create_task(keep_persona_file(house), name="persona file"),
                life.create_task(calls.run(), name="calls"),
                life.create_task(voice.run(), name="voice"),
                life.create_task(suitcase.run(), name="suitcase"),
            ]
            if offers:
                tasks.append(life.create_task(offers.run(), name="offers"))
            yield house
            for task in tasks:
                task.cancel()
    finally:
        await store.close()


def brain_choices(settings: Settings, models: Models) -> dict[str, Callable[[], Brain]]:
    """The brains this start can offer, by id. Raises SetupError if the one that is wanted is not among them."""
    choices: dict[str, Callable[[], Brain]] = {}
    early = [models.engine] if models.engine else []
    if path := models.brain:
        kept = settings.home / ENGINE_KEEPS
        name = f"embedded · {models.brain_name}"
        choices["embedded"] = lambda: LocalBrain(name, path, kept, early.pop() if early else None)
    if settings.openai_base_url or settings.openai_api_key:
        url = settings.openai_base_url or OPENAI
        name_there = f"openai · {settings.openai_model}"
        choices["openai"] = lambda: RemoteBrain(
            name_there, url, settings.openai_model, settings.openai_api_key
        )
    if settings.ollama_host:
        at = ollama_url(settings.ollama_host)
        choices["ollama"] = lambda: RemoteBrain(
            f"ollama · {settings.ollama_model}", at, settings.ollama_model
        )
    if settings.brain not in choices:
        hint = {"openai": " Set OPENAI_BASE_URL or OPENAI_API_KEY.", "ollama": " Set OLLAMA_HOST."}.get(
            settings.brain, ""
        )
        offered = ", ".join(choices) or "none"
        raise SetupError(f"The brain “{settings.brain}” is not there (there is: {offered}).{hint}")
    return choices


def offers_of(settings: Settings, calls: Calls) -> "Offers | None":
    """Only when it is wanted: what WebRTC brings along takes a second to read from disk, and 60 MB."""
    if not settings.phone or importlib.util.find_spec("aiortc") is None:
        return None
    from os1.server.call_offer import Offers  # noqa: PLC0415

    return Offers(calls, settings.ice_server)


def ollama_url(host: str) -> str:
    """OLLAMA_HOST as people write it (a host, host:port or a URL), as an OpenAI-compatible endpoint."""
    url = host if "://" in host else f"http://{host}"
    if url.count(":") < 2:
        url = f"{url.rstrip('/')}:11434"
    return f"{url.rstrip('/')}/v1"


def local_zone() -> ZoneInfo:
    """The time zone of this machine: "Tuesday evening" is the person's Tuesday. UTC if it has no name."""
    try:
        name = Path("/etc/localtime").resolve().as_posix().partition("zoneinfo/")[2]
        return ZoneInfo(name or "UTC")
    except (ValueError, OSError):
        return ZoneInfo("UTC")


def forget_what_was_read(folder: Path) -> None:
    """Whichever embedded brain read it, and whether or not it is the one in use."""
    for file in folder.glob("*.read*"):
        file.unlink(missing_ok=True)


# --- the persona file: hers, and the person's to edit ---


async def read_persona(house: House) -> None:
    """If the person edited the file, she becomes what it says; a file that cannot be read changes nothing."""
    text = await asyncio.to_thread(_text, house.persona_file)
    known = house.companion.persona
    if text is None or known is None or text == to_toml(known):
        return
    try:
        persona = from_toml(text)
    except BadInput as error:
        log.warning("persona file not understood", extra={"error": str(error)})
        raise SetupError(
            f"{house.persona_file}: {error} Mend it, or remove the file and she writes it anew."
        ) from error
    if persona != known:
        await house.companion.become(persona)


async def keep_persona_file(house: House) -> None:
    """Written as soon as she is someone, and again whenever that changes."""
    while True:
        await house.companion.became.wait()
        house.companion.became.clear()
        try:
            await asyncio.to_thread(write_whole, house.persona_file, persona_text(house.companion.persona))
        except StoreError as error:
            log.warning("persona file not written", extra={"code": error.code})


def persona_text(persona: Persona | None) -> str:
    return to_toml(persona) if persona else ""


def _text(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(
            f"{file} cannot be read: {error}. Mend it, or remove the file and she writes it anew."
        ) from error
