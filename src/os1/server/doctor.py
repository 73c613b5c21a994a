"""`os1 doctor`: what works, what does not, and what to do. Looks and asks; changes nothing.

It does not know how to mend what it finds; it says who does.
"""

import asyncio
import importlib.util
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import NamedTuple

import httpx

from os1.brain.base import Message
from os1.brain.local import LocalBrain
from os1.brain.models import DEFAULT_MEANING
from os1.brain.spawn import Engine
from os1.config import Settings
from os1.errors import BrainUnavailable, ModelError, OS1Error, StoreInUse
from os1.memory.meaning import MiniLM
from os1.persona.persona import from_toml
from os1.server.app import PAGE
from os1.server.house import PERSONA
from os1.server.phone_doctor import phones
from os1.server.prepare import catalogue_of
from os1.server.shelf_commands import memory_of_this_machine
from os1.server.voice_doctor import voice
from os1.store.sqlite import SQLiteStore

ROOM = 1_000_000_000
"""Bytes free on her disk below which a year of talk, its backups and an export may not fit."""
MEMORY = 3_500_000_000
"""Bytes of memory for the embedded brain (1.9 GB), the house (0.3 GB) and a browser."""


class Finding(NamedTuple):
    good: bool
    what: str
    do: str = ""


async def examine(settings: Settings) -> int:
    """Print a line for each thing looked at. Returns 0 if she can live here, 1 if not."""
    well = True
    async for finding in findings(settings):
        print(f"  {'✓' if finding.good else '✗'} {finding.what}")
        if finding.do:
            print(f"      {finding.do}")
        well = well and (finding.good or not finding.do)
    print("\nShe can live here." if well else "\nSomething is missing; the lines marked ✗ say what to do.")
    return 0 if well else 1


async def findings(settings: Settings) -> AsyncIterator[Finding]:
    looks: list[Callable[[Settings], Awaitable[Finding]]] = [
        _machine,
        _home,
        _file,
        _persona,
        _page,
        _meaning,
        _brain,
        _voice,
        _phones,
        _others,
    ]
    for look in looks:
        yield await look(settings)


async def _machine(settings: Settings) -> Finding:
    memory = memory_of_this_machine()
    what = (
        f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}, {memory / 1e9:.0f} GB of memory"
    )
    if settings.brain == "embedded" and memory < MEMORY:
        return Finding(
            False,
            what,
            "The embedded brain wants 3.5 GB. Use a brain elsewhere: set OLLAMA_HOST and OS1_BRAIN=ollama.",
        )
    return Finding(True, what)


async def _home(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.home).free
    what = f"her home {settings.home}, {free / 1e9:.0f} GB free"
    try:
        await asyncio.to_thread(_write_there, settings.home)
    except OSError as error:
        return Finding(
            False,
            what,
            f"It cannot be written ({error.strerror}): check its permissions, or set OS1_HOME to another place.",
        )
    if free < ROOM:
        return Finding(False, what, "Make room: less than 1 GB is free.")
    return Finding(True, what)


async def _file(settings: Settings) -> Finding:
    if not settings.file.exists():
        return Finding(True, "nobody lives here yet: you meet her with `make run`")
    try:
        store = await SQLiteStore.open(settings.file)
        try:
            await store.check()
            return Finding(True, f"her file {settings.file}: whole, {await store.last():,} things happened")
        finally:
            await store.close()
    except StoreInUse:
        return Finding(True, f"her file {settings.file}: open in a house just now")
    except OS1Error as error:
        return Finding(False, f"her file {settings.file}", str(error))


async def _persona(settings: Settings) -> Finding:
    file = settings.home / PERSONA
    try:
        persona = from_toml(await asyncio.to_thread(file.read_text, "utf-8"))
        return Finding(True, f"her persona {file}: {persona.name}")
    except FileNotFoundError:
        return Finding(True, "her persona: written when you have met")
    except (OS1Error, OSError, UnicodeDecodeError) as error:
        return Finding(False, f"her persona {file}", str(error))


async def _page(settings: Settings) -> Finding:
    built = (PAGE / "index.html").exists()
    return Finding(built, "her page", "" if built else "It has not been built: run `make web`.")


async def _meaning(settings: Settings) -> Finding:
    path = _installed(settings, DEFAULT_MEANING)
    if path is None:
        return Finding(
            False, "her sense of meaning", f"Its model is not here: os1 models get {DEFAULT_MEANING}"
        )
    try:
        await asyncio.to_thread(lambda: MiniLM(path).embed(["a word"]))
        return Finding(True, "her sense of meaning")
    except ModelError as error:
        return Finding(False, "her sense of meaning", str(error))


async def _brain(settings: Settings) -> Finding:
    """The embedded brain is really woken and asked for a word: that is the question people have."""
    if settings.brain != "embedded":
        return Finding(True, f"the brain in use is “{settings.brain}”")
    if importlib.util.find_spec("ik_llama_cpp") is None:
        return Finding(False, "the embedded brain", "Its engine is not installed: pip install 'os1[engine]'")
    path = _installed(settings, settings.model)
    if path is None:
        return Finding(
            False,
            f"the embedded brain, {settings.model}",
            f"The model is not here: os1 models get {settings.model}",
        )
    try:
        seconds = await asyncio.wait_for(_a_word(path, settings.home), 60)
        return Finding(True, f"the embedded brain, {settings.model}: a first word after {seconds:.1f} s")
    except (BrainUnavailable, TimeoutError) as error:
        return Finding(
            False,
            f"the embedded brain, {settings.model}",
            f"It does not answer: {error or 'one minute was not enough'}.",
        )


async def _voice(settings: Settings) -> Finding:
    return Finding(*await voice(settings))


async def _phones(settings: Settings) -> Finding:
    return Finding(*await phones(settings))


async def _a_word(model: Path, home: Path) -> float:
    began = asyncio.get_running_loop().time()
    brain = LocalBrain("embedded", model, home / "doctor", Engine(model))
    async with asyncio.TaskGroup() as group:
        living = group.create_task(brain.run(), name="brain")
        await brain.ready()
        async for _ in brain.think([Message("user", "Hello")], most=1):
            break
        living.cancel()
    return asyncio.get_running_loop().time() - began


async def _others(settings: Settings) -> Finding:
    """The brains elsewhere that were named, if any. Only asked whether they are there."""
    named = {"ollama": settings.ollama_host, "openai": settings.openai_base_url}
    there = [f"{name}: {await _knock(url)}" for name, url in named.items() if url]
    return Finding(True, "brains elsewhere: " + (", ".join(there) or "none named"))


async def _knock(host: str) -> str:
    url = host if "://" in host else f"http://{host}"
    try:
        async with httpx.AsyncClient(timeout=3) as http:
            return f"answers (HTTP {(await http.get(url)).status_code})"
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return f"does not answer ({type(error).__name__})"


def _installed(settings: Settings, wanted: str) -> Path | None:
    catalogue = catalogue_of(settings)
    try:
        return catalogue.installed(catalogue.find(wanted))
    except ModelError:
        return None


def _write_there(home: Path) -> None:
    probe = home / ".doctor"
    probe.touch()
    probe.unlink()
