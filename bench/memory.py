"""Her memory, measured: `python -m bench.memory`, or a part, `--only life`. Prints one table and keeps it.

The table goes to `bench/MEMORY.md`, the figures to `bench/results/memory.json`, flat. A part that is not run, or has
nothing to measure with, keeps the figures it had. It does not know how anything is measured.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from bench import memory_echo, memory_import, memory_locomo, memory_scale, notes
from bench.figures import machine, models
from bench.lives.telling import life
from bench.memory_life import measure
from bench.memory_pupil import Pupil
from bench.memory_table import page, text
from bench.table import Value
from os1.brain.catalogue import Catalogue
from os1.brain.models import DEFAULT_MEANING
from os1.errors import OS1Error
from os1.memory.meaning import MiniLM

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results" / "memory.json"
PAGE = HERE / "MEMORY.md"
SEED = 1
"""Of the life that is told; others give other lives, and much the same figures."""


def meaning() -> Path | None:
    """The model file, as OS1 itself would find it."""
    catalogue = Catalogue(models(), models())
    return catalogue.installed(catalogue.find(DEFAULT_MEANING))


async def _life() -> dict[str, float]:
    file = meaning()
    (HERE / "work").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        pupil = await Pupil.open(Path(home, "companion.db"), MiniLM(file) if file else None)
        try:
            figures = await measure(pupil, life(SEED), HERE / "work" / "memory-life-wrong.txt")
        finally:
            await pupil.close()
    return {
        name if name.startswith("forgotten") else f"life_{name}": value for name, value in figures.items()
    }


def of_life() -> Mapping[str, float]:
    return asyncio.run(_life())


def of_locomo() -> Mapping[str, float]:
    there = os.environ.get("OS1_LOCOMO")
    return memory_locomo.measure(Path(there) if there else None, meaning())


def of_bring() -> Mapping[str, float]:
    figures = memory_import.measured(100, SEED)
    return {
        name if name.startswith("import") else f"import_{name}": float(value)
        for name, value in figures.items()
    }


def of_notes() -> Mapping[str, float]:
    every = notes.talks(notes.TALKS.read_text(encoding="utf-8"))
    figures = asyncio.run(notes.measure([talk for talk in every if talk.number % 2 == 0]))
    shares = {name: value * 100 for name, value in figures.items() if name in ("precision", "recall")}
    return {f"notes_{name}": value for name, value in (figures | shares).items()}


PARTS: dict[str, Callable[[], Mapping[str, float]]] = {
    "scale": lambda: memory_scale.measure(meaning()),
    "bring": of_bring,
    "locomo": of_locomo,
    "echo": lambda: memory_echo.measure(meaning()),
    "life": of_life,
    "notes": of_notes,
}
"""Those that a busy machine disturbs come first."""


def kept() -> dict[str, Value]:
    try:
        return json.loads(RESULTS.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def measured(part: str) -> dict[str, Value]:
    """Its figures and the circumstances they were taken in; nothing where it has nothing to measure with."""
    load, day = os.getloadavg()[0], datetime.now(UTC).date().isoformat()
    print(f"measuring {part} ...", file=sys.stderr, flush=True)
    figures = {name: round(value, 4) for name, value in PARTS[part]().items() if value == value}
    if not figures:
        print(f"{part}: nothing here to measure it with; it keeps the figures it had", file=sys.stderr)
        return {}
    return figures | {
        f"{part}_date": day,
        f"{part}_load_at_start": round(load, 2),
        f"{part}_machine": machine(),
    }


def main() -> int:
    options = argparse.ArgumentParser(
        prog="python -m bench.memory",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    options.add_argument(
        "--only", choices=PARTS, action="append", help="this part; may be given several times"
    )
    figures = kept()
    try:
        for part in options.parse_args().only or PARTS:
            figures |= measured(part)
            RESULTS.parent.mkdir(exist_ok=True)
            RESULTS.write_text(json.dumps(dict(sorted(figures.items())), indent=1) + "\n", encoding="utf-8")
            PAGE.write_text(page(figures), encoding="utf-8")
    except OS1Error as error:
        print(f"bench: {error}", file=sys.stderr)
        return error.exit_code
    print(text(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
