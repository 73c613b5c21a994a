"""`os1 bring`: what someone brings along, shown first, and kept when they say yes. Prints; decides nothing."""

import asyncio
import sys
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from os1.companion.bringing import Knows, bring, keep_card, look
from os1.config import Settings
from os1.errors import BadInput, StoreInUse
from os1.events import Event, Happened, Met
from os1.memory.passages.base import Place
from os1.memory.passages.character import proposed
from os1.memory.passages.find import Reading
from os1.memory.passages.finding import Finding, Tally, shown
from os1.persona.persona import Persona, samantha, to_toml
from os1.server.house import PERSONA, local_zone
from os1.server.travel import persona_in
from os1.store.base import Store
from os1.store.sqlite import SQLiteStore
from os1.store.whole_file import write_whole

PEOPLE = 4
"""Of who spoke, how many are named."""
AWAKE = (
    "She is awake in a house just now and has her file to herself. Bring it along on her page"
    " (the menu, “Bring your life along”), or close that house and say this again."
)


class Wish(NamedTuple):
    """What was asked for."""

    file: Path
    dry: bool
    persona: bool
    zone: str
    yes: bool


class Nobody:
    """Has nothing yet."""

    async def known(self, keys: Iterable[str]) -> set[str]:
        return set()


async def bring_command(settings: Settings, wish: Wish) -> None:
    """Raises BadInput for what cannot be read, StoreError for what cannot be kept."""
    console = Console(highlight=False, markup=False)
    zone = await asyncio.to_thread(lambda: zone_of(wish.zone) if wish.zone else local_zone())
    place = Place(zone, datetime.now(UTC))
    if not await asyncio.to_thread(wish.file.exists):
        raise BadInput(f"There is no {wish.file}.")
    there = await asyncio.to_thread(settings.file.exists)
    if wish.dry and not there:
        await _look(console, wish, place, Nobody(), samantha())
        return
    try:
        store = await SQLiteStore.open(settings.file)
    except StoreInUse as error:
        raise StoreInUse(AWAKE) from error
    try:
        persona = await persona_in(store)
        tally = await _look(console, wish, place, store, persona or samantha())
        if not wish.dry and await _agreed(console, wish, tally, persona):
            await _bring(console, settings, wish, place, store)
    finally:
        await store.close()


def zone_of(name: str) -> ZoneInfo:
    """Raises BadInput for a name that is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(f"There is no time zone “{name}”. Write it like Europe/Lisbon.") from error


# --- the two readings ---


async def _look(console: Console, wish: Wish, place: Place, store: Knows, persona: Persona) -> Tally:
    reading = await asyncio.to_thread(Reading, wish.file, wish.file.name, place)
    with _progress(console, "Looking at it", reading) as told:
        tally = await look(reading, store, told)
    for line in lines_of(tally.finding(), place):
        console.print(Text(line))
    if tally.character:
        for line in proposal(proposed(tally.character, persona), wish.persona):
            console.print(Text(line))
    return tally


async def _agreed(console: Console, wish: Wish, tally: Tally, persona: Persona | None) -> bool:
    if wish.persona and tally.character and persona is None:
        raise BadInput(
            "You have not met her yet. Meet her first (os1 talk), then bring the card with --persona."
        )
    cards = tally.last is not None and tally.last.card is not None
    if tally.messages == tally.known and not cards and not (wish.persona and tally.character):
        console.print("\nThere is nothing new in it for her.")
        return False
    if wish.yes:
        return True
    if not sys.stdin.isatty():
        console.print("\nNothing was kept. To bring it along without being asked: --yes")
        return False
    answer = await asyncio.to_thread(console.input, "\nBring it along? [y/N] ")
    return answer.strip().lower() in ("y", "yes")


async def _bring(console: Console, settings: Settings, wish: Wish, place: Place, store: Store) -> None:
    async def keep(events: Sequence[Event], times: Sequence[datetime]) -> list[Happened]:
        return await store.append(events, times)

    reading = await asyncio.to_thread(Reading, wish.file, wish.file.name, place)
    with _progress(console, "Bringing it along", reading) as told:
        tally = await bring(reading, store, keep, told)
    await keep_card(tally.last, store, keep, worn=wish.persona)
    fresh = tally.messages - tally.known
    console.print(f"\n{fresh:,} new. She can recall them from now on, as what was said before her.")
    if wish.persona and tally.character and (known := await persona_in(store)):
        persona = proposed(tally.character, known)
        await store.append([Met(persona=persona.model_dump(mode="json"), why="edited")], place.now)
        await asyncio.to_thread(write_whole, settings.home / PERSONA, to_toml(persona))
        console.print(Text(f"From now on she is {persona.name}. Edit her at will: {settings.home / PERSONA}"))


@contextmanager
def _progress(console: Console, what: str, reading: Reading) -> Generator[Callable[[Tally], None]]:
    """A bar on a terminal, and nothing where nobody watches one."""
    if not console.is_terminal:
        yield lambda tally: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task(what, total=reading.total)
        yield lambda tally: bars.update(task, completed=reading.done)


# --- in words ---


def lines_of(finding: Finding, place: Place) -> list[str]:
    """A finding as a person reads it."""
    if not finding.messages:
        lines = ["There are no words in it that can be brought."]
    else:
        many = _many(finding.messages, "message", "messages")
        lines = [
            f"{many} in {_many(finding.talks, 'talk', 'talks')}, {_from_to(finding, place)}.",
            _by(finding),
        ]
        if finding.known:
            lines.append(f"{finding.known:,} of them she has already.")
    lines += [f"Left out: {many:,} {what}." for what, many in finding.left.items()]
    lines += finding.told
    for sample in finding.samples:
        who = sample.who or "You"
        lines.append(f"  {sample.at.astimezone(place.zone):%-d %B %Y}, {who}: “{sample.text}”")
    return lines


def _many(number: int, one: str, several: str) -> str:
    return f"one {one}" if number == 1 else f"{number:,} {several}"


def _from_to(finding: Finding, place: Place) -> str:
    assert finding.first is not None, "a finding with messages has a first one"
    assert finding.last is not None, "and a last"
    first, last = (f"{at.astimezone(place.zone):%-d %B %Y}" for at in (finding.first, finding.last))
    return f"on {first}" if first == last else f"from {first} to {last}"


def _by(finding: Finding) -> str:
    named = [(f"{many:,} by {name or 'you'}") for name, many in finding.by.items()]
    more = f", and {len(named) - PEOPLE} more" if len(named) > PEOPLE else ""
    return "Said: " + ", ".join(named[:PEOPLE]) + more + "."


def proposal(persona: Persona, asked: bool) -> list[str]:
    """Who she would be, and how to have it."""
    lines = ["", f"A character comes along. As her persona, she would be {persona.name}, and talk like this:"]
    lines += [f"  {shown(line)}" for line in persona.speaking[:6]]
    lines += [f"  {shown(line)}" for line in persona.examples[:2]]
    lines.append("Her limits, her voice and what she knows of you stay as they are.")
    if not asked:
        lines.append("She only becomes that if you ask for it, with --persona.")
    return lines
