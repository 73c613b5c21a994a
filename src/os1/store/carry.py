"""Everything as one archive that can be read without OS1, and back, equal.

A zip of plain files; `READ ME.txt` inside says what each is. Bringing it back gives the same log: the same events,
numbers, times, and the same companion's id. It does not know what the events mean.
"""

import asyncio
import json
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import IO

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from os1.errors import ArchiveError
from os1.events import Happened
from os1.store.base import Log
from os1.store.sqlite import SQLiteStore, journal_of, settle_in
from os1.store.whole_file import unusable

FORMAT = 1
LONGEST_LINE = 4_000_000
"""Characters of one event, fifty times the largest there can be: a line without an end must not fill the memory."""
FOREIGN = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, EOFError, RuntimeError)
"""What reading a zip can raise: cut short, damaged, without our files, packed in a way of its own, behind a password."""
AT_ONCE = 1000
"""Events read, or written, in one go: a second's work, so that a conversation can go on meanwhile."""
READ_ME = """This is everything between a person and their companion, as OS1 keeps it. It can be read without OS1.

events.jsonl   what happened, one event a line, oldest first: its number (seq), its time in UTC (at), and the event.
               "heard" is what the person said, "said" is what was shown of her words, "met" is who she is,
               "promised" is what was promised; "began" and "skipped" belong to the first meeting; "brought" is what was
               said elsewhere, in a life before OS1, and "carded" a character card from there, whole.
schema.json    the exact form of a line, as JSON Schema.
persona.toml   who she is, as a letter.
manifest.json  the format's number, her id, how many events there are, and when this was made.

To bring it back: os1 import FILE
"""


class Manifest(BaseModel):
    """What an archive says about itself."""

    format: int = Field(ge=1)
    companion: str = Field(min_length=1)
    events: int = Field(ge=0)


def archive_name(now: datetime, name: str | None) -> str:
    """Such as "samantha-2026-11-23.os1.zip"."""
    who = "".join(letter for letter in (name or "").lower() if letter.isascii() and letter.isalnum())
    return f"{who or 'companion'}-{now:%Y-%m-%d}.os1.zip"


async def pack(store: Log, persona: str, at: datetime, file: IO[bytes]) -> int:
    """Write everything into `file`. Returns how many events there are."""
    count = 0
    archive = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
    try:
        await asyncio.to_thread(_begin, archive, persona)
        lines = await asyncio.to_thread(archive.open, "events.jsonl", "w")
        try:
            async for some in _all(store):
                await asyncio.to_thread(_put, lines, some)
                count += len(some)
        finally:
            await asyncio.to_thread(lines.close)
        manifest = {"format": FORMAT, "companion": store.companion, "events": count, "made": at.isoformat()}
        await asyncio.to_thread(archive.writestr, "manifest.json", json.dumps(manifest, indent=1))
    finally:
        await asyncio.to_thread(archive.close)
    return count


def _begin(archive: zipfile.ZipFile, persona: str) -> None:
    archive.writestr("READ ME.txt", READ_ME)
    archive.writestr("schema.json", json.dumps(TypeAdapter(Happened).json_schema(), indent=1))
    if persona:
        archive.writestr("persona.toml", persona)


def _put(lines: IO[bytes], some: list[Happened]) -> None:
    lines.write("".join(one.model_dump_json(exclude={"kind": True}) + "\n" for one in some).encode())


async def unpack(file: Path, home: Path) -> int:
    """Bring an archive into a new companion's file. Raises ArchiveError, StoreError; then nothing was changed."""
    await asyncio.to_thread(_empty, home)
    cradle = Path(await asyncio.to_thread(_cradle, home))
    try:
        count = await _read(file, cradle / home.name)
        await asyncio.to_thread(settle_in, cradle / home.name, home)
        return count
    except FileExistsError as error:
        raise ArchiveError(f"Someone began to live at {home} meanwhile. Nothing was brought in.") from error
    except OSError as error:
        raise unusable(error, home) from error
    finally:
        await asyncio.to_thread(shutil.rmtree, cradle, ignore_errors=True)


def _empty(home: Path) -> None:
    for there in (home, journal_of(home)):
        if there.exists():
            raise ArchiveError(
                f"There is a companion at {there} already. Move that file away first, or use another OS1_HOME."
            )


def _cradle(home: Path) -> str:
    """A folder of its own beside her home, on the same disk: what is brought in moves into place whole."""
    try:
        home.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        return tempfile.mkdtemp(prefix=".import-", dir=home.parent)
    except OSError as error:
        raise unusable(error, home) from error


async def _read(file: Path, cradle: Path) -> int:
    try:
        with await asyncio.to_thread(zipfile.ZipFile, file) as archive:
            manifest = Manifest.model_validate_json(await asyncio.to_thread(archive.read, "manifest.json"))
            if manifest.format > FORMAT:
                raise ArchiveError("This archive was made by a newer OS1. Update OS1, then bring it in.")
            count = await _write(archive, cradle, manifest.companion)
    except OSError as error:
        raise ArchiveError(f"{file} cannot be read: {error.strerror or error}.") from error
    except FOREIGN as error:
        raise ArchiveError(
            f"{file} is not an archive of a companion: {_first_line(error)}. A life from elsewhere (ChatGPT, a card, a"
            f" diary) comes along with: os1 bring {file}"
        ) from error
    if count != manifest.events:
        raise ArchiveError(f"{file} is cut short: {count:,} events of {manifest.events:,}.")
    return count


async def _all(store: Log) -> AsyncIterator[list[Happened]]:
    last = 0
    while some := await store.read(last, AT_ONCE):
        yield some
        last = some[-1].seq


async def _write(archive: zipfile.ZipFile, cradle: Path, companion: str) -> int:
    store = await SQLiteStore.open(cradle)
    count = 0
    try:
        await store.adopt(companion)
        with await asyncio.to_thread(archive.open, "events.jsonl") as lines:
            while some := await asyncio.to_thread(_some, lines, count):
                await store.bring(some)
                count += len(some)
        return count
    finally:
        await store.close()


def _some(lines: IO[bytes], count: int) -> list[Happened]:
    """The next events: numbered on from `count` without gaps, each at a moment that is the same everywhere."""
    some: list[Happened] = []
    while len(some) < AT_ONCE and (line := lines.readline(LONGEST_LINE)):
        number = count + len(some) + 1
        try:
            happened = Happened.model_validate_json(line)
        except ValidationError as error:
            raise ArchiveError(f"Event {number} of the archive is not one: {_first_line(error)}.") from error
        if happened.seq != number or happened.at.tzinfo is None:
            raise ArchiveError(f"Event {number} of the archive does not follow the one before it.")
        some.append(happened)
    return some


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].strip(" .'\"")
