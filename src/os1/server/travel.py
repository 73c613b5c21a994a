"""Her export from a command: out of her file, or, while a house has it open, through that house's door.

It does not know what is in the archive.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

import httpx

from os1.clock import RealClock
from os1.companion.wardrobe import form_of, her_card
from os1.config import Settings
from os1.errors import ArchiveError, StoreInUse
from os1.events import Met
from os1.persona.persona import Persona, to_toml
from os1.server.door import Door
from os1.store.base import Store
from os1.store.carry import archive_name, pack
from os1.store.sqlite import SQLiteStore


async def export_to(settings: Settings, file: Path | None, now: datetime) -> str:
    """Write the archive. Returns a sentence about it. Raises ArchiveError, StoreError."""
    if not await asyncio.to_thread(settings.file.exists):
        raise ArchiveError(f"There is nobody at {settings.file} yet.")
    try:
        store = await SQLiteStore.open(settings.file)
    except StoreInUse:
        return await _through_the_door(settings, file or Path(archive_name(now, None)))
    try:
        persona = await persona_in(store)
        file = file or Path(archive_name(now, persona.name if persona else None))
        count = await _pack(store, persona, now, file)
    finally:
        await store.close()
    return f"{file}: all {count:,} things that happened, readable without OS1."


async def _pack(store: Store, persona: Persona | None, now: datetime, file: Path) -> int:
    async with whole(file) as out:
        return await pack(store, to_toml(persona) if persona else "", now, out)


@asynccontextmanager
async def whole(file: Path) -> AsyncGenerator[IO[bytes]]:
    """What is written here gets its name once it is complete: an older archive of that name is kept until then."""
    part = file.with_name(file.name + ".part")
    try:
        out = await asyncio.to_thread(part.open, "wb")
        try:
            try:
                yield out
            finally:
                await asyncio.to_thread(out.close)
            await asyncio.to_thread(part.replace, file)
        finally:
            await asyncio.to_thread(part.unlink, missing_ok=True)
    except OSError as error:
        raise ArchiveError(f"{file} cannot be written: {error.strerror}.") from error


async def card_to(settings: Settings, file: Path) -> str:
    """Write her as a character card. Returns a sentence about it. Raises ArchiveError, BadInput, StoreError."""
    form = form_of(file)
    if not await asyncio.to_thread(settings.file.exists):
        raise ArchiveError(f"There is nobody at {settings.file} yet.")
    try:
        store = await SQLiteStore.open(settings.file)
    except StoreInUse:
        card = await _asked(settings, f"/api/card?form={form}")
    else:
        try:
            card = await her_card(store, await persona_in(store), form)
        finally:
            await store.close()
    async with whole(file) as out:
        await asyncio.to_thread(out.write, card)
    return f"{file}: she, as a character card that other programs can read."


async def persona_in(store: Store) -> Persona | None:
    """Who she is, as the log says."""
    for happened in await store.before(limit=1, kinds=("met",)):
        if isinstance(happened.event, Met):
            return Persona.model_validate(happened.event.persona)
    return None


async def _through_the_door(settings: Settings, file: Path) -> str:
    """The house that is open writes it, so that nothing is said meanwhile that is not in it."""
    archive = await _asked(settings, "/api/export")
    async with whole(file) as out:
        await asyncio.to_thread(out.write, archive)
    return f"{file}: everything until now, readable without OS1."


async def _asked(settings: Settings, path: str) -> bytes:
    """What the house that is open answers. Raises ArchiveError."""
    key = await asyncio.to_thread(lambda: Door(settings.home, RealClock()).new_link())
    try:
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{settings.port}", timeout=60, trust_env=False
        ) as house:
            await house.get("/login", params={"key": key})
            answer = await house.get(path)
            answer.raise_for_status()
    except httpx.HTTPError as error:
        raise ArchiveError(
            f"Her file is open in a house that does not answer on port {settings.port}. Close it first."
        ) from error
    return answer.content
