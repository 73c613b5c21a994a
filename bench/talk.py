"""How soon she answers: the real house, the real embedded brain, a person who types.

    python -m bench.talk [--turns 30] [--starts 5]

- From the command to the first word of her answer, for someone who speaks as soon as the house does (`warm_start_s`).
  It is not her first start: what her engine had read was kept when the house was closed.
- From sending to her first word, for someone who typed for two seconds or more (`ttft_p50_s`), and for someone who
  pasted the same words, so that she could not think ahead (`ttft_pasted_p50_s`).
- What OS1 adds (`overhead_p50_ms`): for each pasted message, from sending to its first word on the window's side of
  the socket, less what the engine's process says it took for that very prompt, in that very state of its cache, until
  its first word.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import children, median, models, percentile, resident_mb
from bench.house import ROOT, Address, Seat, Turn, free_port, opened
from bench.life import COMING_IN, EVENING, log, noon
from bench.watched import Note, notes
from os1.brain.catalogue import Catalogue
from os1.brain.models import DEFAULT_MEANING
from os1.config import Settings
from os1.errors import ModelMissing, SetupError
from os1.persona.persona import samantha, to_toml
from os1.store.carry import pack
from os1.store.sqlite import SQLiteStore

EXCHANGES = 30
"""Behind her when she is opened: sixty things said."""
TURNS, STARTS, PASTED = 30, 5, 20
READS = 1.5
"""Seconds the person reads on, after her last word and before their own first."""
SETTLES = 3.0
"""Seconds before the house is closed: a person seldom leaves in the middle of a word."""


async def brought_in(folder: Path, models_: Path) -> Address:
    """A home whose companion came from an archive, as anyone would bring her in."""
    address = Address(folder / "home", free_port(), models_)
    store = await SQLiteStore.open(folder / "before.db")
    await store.bring(log(EXCHANGES, samantha(), noon(datetime.now(UTC))))
    archive = folder / "her.zip"
    with archive.open("wb") as file:
        await pack(store, to_toml(samantha()), datetime.now(UTC), file)
    await store.close()
    command = (sys.executable, "-m", "os1.cli", "import", str(archive))
    importing = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=address.environment(), stdout=asyncio.subprocess.DEVNULL
    )
    if code := await importing.wait():
        raise SetupError(f"`os1 import` ended with {code}.")
    return address


async def first_start(address: Address) -> Address:
    """She reads herself for the first time, and two turns are spoken. Returns the address with a session to come in by."""
    async with opened(address) as house:
        address = house.address = replace(address, cookie=await house.cookie())
        async with house.seat() as seat:
            await seat.comes_in()
            for text in EVENING[:2]:
                await seat.types(text)
                await asyncio.sleep(READS)
            await asyncio.sleep(SETTLES)
    return address


async def warm_start(address: Address, text: str) -> dict[str, float]:
    """Seconds from the command to each moment of a start in which someone speaks at once."""
    async with opened(address) as house, house.seat() as seat:
        await seat.comes_in()
        turn = await seat.says(text)
        await asyncio.sleep(SETTLES)
        moments = seat.moments | {"word": turn.first}
        return {name: moment - house.began for name, moment in moments.items()}


async def typed(address: Address, turns: int) -> tuple[list[Turn], dict[str, float]]:
    """A long talk at one window, and what the two processes weigh at its end."""
    async with opened(address) as house, house.seat() as seat:
        await seat.comes_in()
        await _again(seat)
        found: list[Turn] = []
        for place in range(turns):
            found.append(await seat.types(EVENING[place % len(EVENING)]))
            await asyncio.sleep(READS)
        engine = sum(resident_mb(child) for child in children(house.process.pid))
        return found, {"house_mb": resident_mb(house.process.pid), "engine_mb": engine}


async def pasted(address: Address, turns: int, folder: Path) -> list[tuple[Turn, Note]]:
    """The same talk without drafts, in a house whose engine is watched: each turn with its thought."""
    file = folder / "thoughts.jsonl"
    async with opened(address, ("-m", "bench.watched", str(file), "run", "--no-browser")) as house:
        async with house.seat() as seat:
            await seat.comes_in()
            await _again(seat)
            found: list[Turn] = []
            for place in range(turns):
                found.append(await seat.says(EVENING[place % len(EVENING)]))
                await asyncio.sleep(READS)
    thoughts = [note for note in notes(file) if note.took]
    return [(turn, thought_of(turn, thoughts)) for turn in found]


async def _again(seat: Seat) -> None:
    """One turn that is not counted."""
    await seat.types("Here I am. Where were we?")
    await asyncio.sleep(READS)


def thought_of(turn: Turn, thoughts: Sequence[Note]) -> Note:
    """The one that began after the words were sent, and whose first words came before they were seen."""
    (one,) = (note for note in thoughts if turn.sent < note.asked and note.first < turn.first)
    return one


def added(pairs: Sequence[tuple[Turn, Note]]) -> dict[str, float]:
    """What OS1 adds, in ms: in all, and where."""
    parts = {
        "overhead": [turn.waited - note.took for turn, note in pairs],
        "overhead_until_asked": [note.asked - turn.sent for turn, note in pairs],
        "overhead_asking": [note.first - note.asked - note.took for _, note in pairs],
        "overhead_showing": [turn.first - note.first for turn, note in pairs],
        "engine_ttft": [note.took for _, note in pairs],
    }
    figures = {f"{name}_p50_ms": median(seconds) * 1e3 for name, seconds in parts.items()}
    return figures | {"overhead_p95_ms": percentile(parts["overhead"], 95) * 1e3}


async def _measure(turns: int, starts: int, pastes: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="os1-talk-") as place:
        folder = Path(place)
        address = await first_start(await brought_in(folder, models()))
        begun = [await warm_start(address, COMING_IN[one % len(COMING_IN)]) for one in range(starts)]
        figures = {"warm_start_s": median([one["word"] for one in begun])}
        for name in ("answers", "welcome", "ready"):
            figures[f"warm_start_{name}_s"] = median([one[name] for one in begun])
        talk, weight = await typed(address, turns)
        waited = [turn.waited for turn in talk]
        figures |= {"ttft_p50_s": median(waited), "ttft_p95_s": percentile(waited, 95)}
        figures["talk_turn_p50_s"] = median([turn.ended - turn.sent for turn in talk])
        pairs = await pasted(address, pastes, folder)
        waited = [turn.waited for turn, _ in pairs]
        figures |= {"ttft_pasted_p50_s": median(waited), "ttft_pasted_p95_s": percentile(waited, 95)}
        return figures | added(pairs) | weight


def measure(turns: int = TURNS, starts: int = STARTS, pastes: int = PASTED) -> dict[str, float]:
    """All figures, flat. Raises ModelMissing when a model is not on this machine."""
    folder = models()
    catalogue = Catalogue(folder, folder)
    brain, meaning = Settings.model_fields["model"].default, DEFAULT_MEANING
    files = [catalogue.installed(catalogue.find(name)) for name in (meaning, brain)]
    if None in files:
        raise ModelMissing("A model is not here. Run `make models`.")
    return asyncio.run(_measure(turns, starts, pastes))


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--turns", type=int, default=TURNS)
    options.add_argument("--starts", type=int, default=STARTS)
    options.add_argument("--pasted", type=int, default=PASTED)
    asked = options.parse_args()
    for name, value in measure(asked.turns, asked.starts, asked.pasted).items():
        print(f"{name:26} {value:.3f}")


if __name__ == "__main__":
    main()
