"""Everything as one archive that can be read without OS1, and back, equal.

A zip of plain files; `READ ME.txt` inside says what each is. Bringing it back gives the same log: the same events,
numbers, times, and the same companion's id. It does not know what the events mean.
"""

import asyncio
import json
import zipfile
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import IO

from pydantic import TypeAdapter, ValidationError

from os1.errors import ArchiveError, OS1Error
from os1.events import Happened
from os1.store.base import Store
from os1.store.sqlite import SQLiteStore

FORMAT = 1
AT_ONCE = 1000
"""Events read, or written, in one go: a second's work, so that a conversation can go on meanwhile."""
READ_ME = """This is everything between a person and their companion, as OS1 keeps it. It can be read without OS1.

events.jsonl   what happened, one event a line, oldest first: its number (seq), its time in UTC (at), and the event.
               "heard" is what the person said, "said" is what was shown of her words, "met" is who she is,
               "promised" is what was promised; "began" and "skipped" belong to the first meeting.
schema.json    the exact form of a line, as JSON Schema.
persona.toml   who she is, as a letter.
manifest.json  the format's number, her id, how many events there are, and when this was made.

To bring it back: os1 import FILE
"""


async def pack(store: Store, persona: str, at: datetime, file: IO[bytes]) -> int:
    """Write everything into `file`. Returns how many events there are."""
    count = 0
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("READ ME.txt", READ_ME)
        archive.writestr("schema.json", json.dumps(TypeAdapter(Happened).json_schema(), indent=1))
        if persona:
            archive.writestr("persona.toml", persona)
        with archive.open("events.jsonl", "w") as lines:
            async for some in _all(store):
                lines.write(
                    "".join(one.model_dump_json(exclude={"kind": True}) + "\n" for one in some).encode()
                )
                count += len(some)
        manifest = {"format": FORMAT, "companion": store.companion, "events": count, "made": at.isoformat()}
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    return count


async def unpack(file: Path, home: Path) -> int:
    """Bring an archive into a new companion's file. Raises ArchiveError, StoreError; then nothing was changed."""
    if await asyncio.to_thread(home.exists):
        raise ArchiveError(
            f"There is a companion at {home} already. Move that file away first, or use another OS1_HOME."
        )
    cradle = home.with_name(home.name + ".import")
    _forget(cradle)
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive)
            count = await _write(archive, cradle, str(manifest["companion"]))
            if count != manifest["events"]:
                raise ArchiveError(f"{file} is cut short: {count:,} events of {manifest['events']:,}.")
    except OSError as error:
        raise ArchiveError(f"{file} cannot be read: {error.strerror or error}.") from error
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError) as error:
        raise ArchiveError(f"{file} is not an archive of a companion: {_first_line(error)}.") from error
    except OS1Error:
        raise
    else:
        cradle.rename(home)
        return count
    finally:
        _forget(cradle)


async def _all(store: Store) -> AsyncIterator[list[Happened]]:
    last = 0
    while some := await store.read(last, AT_ONCE):
        yield some
        last = some[-1].seq


def _manifest(archive: zipfile.ZipFile) -> dict[str, object]:
    manifest = json.loads(archive.read("manifest.json"))
    if manifest["format"] > FORMAT:
        raise ArchiveError("This archive was made by a newer OS1. Update OS1, then bring it in.")
    return manifest


async def _write(archive: zipfile.ZipFile, cradle: Path, companion: str) -> int:
    store = await SQLiteStore.open(cradle)
    count, some = 0, list[Happened]()
    try:
        await store.adopt(companion)
        with archive.open("events.jsonl") as lines:
            for line in lines:
                some.append(Happened.model_validate_json(line))
                if len(some) == AT_ONCE:
                    await store.bring(some)
                    count, some = count + len(some), []
        await store.bring(some)
        return count + len(some)
    except ValidationError as error:
        raise ArchiveError(
            f"Event {count + len(some) + 1} of the archive is not one: {_first_line(error)}."
        ) from error
    finally:
        await store.close()


def _forget(cradle: Path) -> None:
    for end in ("", "-wal", "-shm"):
        cradle.with_name(cradle.name + end).unlink(missing_ok=True)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].strip(" .'\"")
