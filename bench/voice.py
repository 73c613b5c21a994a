"""How it is to call her: `python -m bench.voice`, or a part, `--only v2v`. Prints one table and keeps it.

The table goes to `bench/VOICE.md`, the figures to `bench/results/voice.json`: flat, but for `rows`, every utterance
with what came of it. A part that is not run keeps the figures it had. How a thing is measured is told in
`voice_scenes` and `voice_judge`; this only says in which house, with which recordings, and how often.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from bench.figures import machine, models
from bench.house import Address
from bench.talk import brought_in
from bench.voice_houses import Furnished, Weight, cpu_share, furnished, lived_in, weight
from bench.voice_judge import Outcome, of_turns
from bench.voice_reciter import reciting
from bench.voice_recordings import CACHE, VOICES, Recording, Studio, plainly
from bench.voice_scenes import Row, disturbances, echo, interruptions, noise, talk
from bench.voice_sound import cough, for_microphone, keys, music, room, television
from bench.voice_speaker import opened as voices_opened
from bench.voice_table import PARTS, page, text
from bench.voice_words import Which, words_for
from os1.errors import OS1Error
from os1.persona.persona import samantha, to_toml
from os1.server.house import PERSONA
from os1.voice.base import HEARD_RATE

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results" / "voice.json"
PAGE = HERE / "VOICE.md"
Value = float | str
RICH = "kokoro:af_heart"
"""Her own voice, from the model that the quick one learned it from."""
ECHO = -20.0
"""Decibels of her own voice in the microphone: a loudspeaker a metre away, before any cancelling."""
SEED = 8316


@dataclass(frozen=True)
class Counts:
    plain: int = 28
    paused: int = 14
    barge: int = 12
    disturb: int = 17
    noise_s: float = 60.0
    echo_min: float = 10.0
    rich: int = 12


FEW = Counts(plain=4, paused=2, barge=2, disturb=3, noise_s=9.0, echo_min=0.5, rich=2)


@dataclass
class Bench:
    """One run: what is played, where, and what was found."""

    studio: Studio
    address: Address
    which: Which
    counts: Counts
    seed: int
    figures: dict[str, Value] = field(default_factory=dict[str, Value])
    rows: list[Row] = field(default_factory=list[Row])

    async def words(self, kind: str, most: int | None = None) -> list[Recording]:
        return await self.studio.all_of(words_for(self.which, kind)[:most])

    async def asking(self, kind: str) -> list[Recording]:
        return await self.studio.all_of(words_for("asking", kind))


# --- the parts, each in a house that is open already ---


async def of_plain(bench: Bench, address: Address) -> dict[str, float]:
    found = await talk(address, await bench.words("plain", bench.counts.plain), bench.seed)
    bench.rows += found.rows("plain")
    return found.figures | of_turns(found.outcomes, "plain_")


async def of_paused(bench: Bench, address: Address) -> dict[str, float]:
    """Its stages are not told: they are those of `of_plain`."""
    found = await talk(address, await bench.words("paused", bench.counts.paused), bench.seed + 1)
    bench.rows += found.rows("paused")
    return of_turns(found.outcomes, "paused_")


async def of_bargein(bench: Bench, address: Address) -> dict[str, float]:
    asking, barging = await bench.asking("long"), await bench.words("barge")
    return await interruptions(address, asking, barging, bench.counts.barge, bench.seed + 2)


async def of_noise(bench: Bench, address: Address) -> dict[str, float]:
    chance = np.random.default_rng(bench.seed)
    each = bench.counts.noise_s / 3
    sounds = [
        plainly("noise", room(each, chance, -45.0)),
        plainly("music", music(each, chance)),
        plainly("keys", keys(each, chance)),
    ]
    quiet = await noise(address, sounds, bench.seed + 3)
    over = (await _over_her(bench, chance))[: bench.counts.disturb]
    return quiet | await disturbances(address, await bench.asking("on"), over, bench.seed + 4)


async def _over_her(bench: Bench, chance: np.random.Generator) -> list[Recording]:
    """Agreement, coughs, keys, music, television, by turns: four of the first five kinds come early."""
    agreeing = [
        replace(one, text="agreeing") for one in await bench.studio.all_of(words_for(bench.which, "agreeing"))
    ]
    shown = [
        for_microphone(await bench.studio.dry(VOICES[place], words))
        for place, words in enumerate(words_for(bench.which, "television"))
    ]
    kinds = (
        agreeing,
        [plainly("cough", cough(chance)) for _ in range(5)],
        [plainly("television", television(sound, chance)[: 6 * HEARD_RATE]) for sound in shown],
        [plainly("music", music(6.0, chance)) for _ in range(2)],
        [plainly("keys", keys(4.0, chance)) for _ in range(2)],
    )
    longest = max(len(kind) for kind in kinds)
    return [kind[place] for place in range(longest) for kind in kinds if place < len(kind)]


async def of_echo(bench: Bench, address: Address) -> dict[str, float]:
    on = await bench.asking("on")
    return await echo(address, on, bench.counts.echo_min, ECHO, bench.seed + 5)


async def of_rich(bench: Bench, address: Address) -> dict[str, float]:
    found = await talk(address, await bench.words("plain", bench.counts.rich), bench.seed + 6)
    return of_turns(found.outcomes, "kokoro_")


Part = Callable[[Bench, Address], Coroutine[Any, Any, dict[str, float]]]
WAYS: dict[str, Part] = {
    "v2v": of_plain, "paused": of_paused, "bargein": of_bargein, "noise": of_noise, "echo": of_echo, "rich": of_rich
}  # fmt: skip
LIVES = {
    "v2v": "own",
    "paused": "own",
    "bargein": "own",
    "noise": "recited",
    "echo": "recited",
    "rich": "rich",
}
"""The house of each part: with her own brain, with one that recites at length, with the richer voice."""


@asynccontextmanager
async def house_for(kind: str, address: Address) -> AsyncGenerator[tuple[Callable[[], Weight], Furnished]]:
    """An open house, and what it weighs at a moment."""
    if kind == "rich":
        await asyncio.to_thread(with_voice, address.home / PERSONA, RICH)
    async with reciting() as url:
        recited = {"OS1_BRAIN": "openai", "OPENAI_BASE_URL": url, "OPENAI_MODEL": "reciter"}
        async with lived_in(furnished(address, recited if kind == "recited" else {})) as (house, at):
            yield lambda: weight(house.process.pid), at


def with_voice(file: Path, voice: str) -> None:
    """As a person gives her another one: in her own file, which the house reads when it opens."""
    persona = samantha()
    other = persona.model_copy(update={"voice": persona.voice.model_copy(update={"id": voice})})
    file.write_text(to_toml(other), encoding="utf-8")


async def measured(bench: Bench, parts: Sequence[str]) -> None:
    """Each part in its house, and where the figures go."""
    load = round(os.getloadavg()[0], 2)
    for kind in dict.fromkeys(LIVES[part] for part in parts):
        async with house_for(kind, bench.address) as (weighs, address):
            bench.address = replace(bench.address, cookie=address.cookie)
            for part in (part for part in parts if LIVES[part] == kind):
                print(f"measuring {part} ...", file=sys.stderr, flush=True)
                before = await asyncio.to_thread(weighs)
                found = await WAYS[part](bench, address)
                found |= weighed(part, before, await asyncio.to_thread(weighs))
                bench.figures |= {name: round(value, 4) for name, value in found.items()}
                bench.figures |= told(part, load)


def weighed(part: str, before: Weight, after: Weight) -> dict[str, float]:
    """After the talk the house has loaded everything it needs for one; the richer voice is told apart."""
    if part not in ("v2v", "rich"):
        return {}
    name = "" if part == "v2v" else "rich_"
    return {
        f"{name}rss_mb": after.pss_mb,
        f"{name}rss_sum_mb": after.rss_mb,
        f"{name}cpu_share": cpu_share(before, after, os.cpu_count() or 1),
    }


def told(part: str, load: float) -> dict[str, Value]:
    """`load`: before the first part, which is a load itself."""
    day = datetime.now(UTC).date().isoformat()
    return {f"{part}_date": day, f"{part}_load_at_start": load, f"{part}_machine": machine()}


def together(rows: Sequence[Row]) -> dict[str, float]:
    """The figures of plain and paused utterances as one set."""
    outcomes = [Outcome(**{name: value for name, value in row.items() if name != "part"}) for row in rows]
    return {name: round(value, 4) for name, value in of_turns(outcomes).items()}


async def run(which: Which, counts: Counts, parts: Sequence[str], seed: int) -> Bench:
    folder = models()
    async with voices_opened(folder) as voices:
        studio = Studio(voices.say, CACHE.expanduser(), SEED)
        for kind in ("plain", "paused", "barge", "agreeing"):
            await studio.all_of(words_for(which, kind))  # the voices are closed before she is called
        for place, words in enumerate(words_for(which, "television")):
            await studio.dry(VOICES[place], words)
        for kind in ("long", "on"):
            await studio.all_of(words_for("asking", kind))
    with tempfile.TemporaryDirectory() as place:
        address = await brought_in(Path(place), folder)
        bench = Bench(studio, address, which, counts, seed)
        await measured(bench, parts)
        return bench


def kept() -> dict[str, Any]:
    try:
        return json.loads(RESULTS.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def keep(figures: Mapping[str, Any]) -> None:
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(dict(sorted(figures.items())), indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(
        page({name: value for name, value in figures.items() if name != "rows"}), encoding="utf-8"
    )


def joined(before: Mapping[str, Any], bench: Bench) -> dict[str, Any]:
    """What was known before, with what was found now in its place."""
    new = {row["part"] for row in bench.rows}
    rows: list[Row] = [row for row in before.get("rows", []) if row["part"] not in new] + bench.rows
    figures = {**before, **bench.figures, "seed": bench.seed}
    return figures | (together(rows) | {"rows": rows} if rows else {})


def main() -> int:
    options = argparse.ArgumentParser(
        prog="python -m bench.voice",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    options.add_argument(
        "--only", choices=PARTS, action="append", help="this part; may be given several times"
    )
    options.add_argument(
        "--few", action="store_true", help="small counts, to see that it works; keeps nothing"
    )
    options.add_argument(
        "--set", choices=("test", "dev"), default="test", help="dev: other words, for tuning; keeps nothing"
    )
    options.add_argument("--seed", type=int, default=SEED, help="of the rests between utterances")
    options.add_argument("--rows", action="store_true", help="print every utterance too")
    asked = options.parse_args()
    counts, parts = FEW if asked.few else Counts(), asked.only or PARTS
    bench: Bench | None = None
    try:
        bench = asyncio.run(run(asked.set, counts, parts, asked.seed))
    except* OS1Error as errors:
        print(*(f"bench: {error}" for error in errors.exceptions), sep="\n", file=sys.stderr)
    if bench is None:
        return 1
    passing = asked.few or asked.set == "dev"
    figures = joined({} if passing else kept(), bench)
    if not passing:
        keep(figures)
    for row in bench.rows if asked.rows else []:
        print(json.dumps(row))
    print(text({name: value for name, value in figures.items() if name != "rows"}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
