"""All of it: `python -m bench`, or a part, `python -m bench --only talk`. Prints one table and keeps it.

The table goes to `bench/README.md`, the figures to `bench/results/first-light.json`, flat. A part that is not run
keeps the figures it had. It does not know how anything is measured.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from bench import kill9, recall, talk, turns
from bench.figures import machine, models
from bench.table import FIGURES, page, text
from os1.brain.catalogue import Catalogue
from os1.brain.models import DEFAULT_MEANING
from os1.errors import OS1Error

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results" / "first-light.json"
PAGE = HERE / "README.md"
Value = float | str


def of_recall(few: bool) -> Mapping[str, float]:
    """Always over 100,000 memories and a thousand cues: fewer would be another figure."""
    folder = models()
    catalogue = Catalogue(folder, folder)
    return recall.measure(catalogue.installed(catalogue.find(DEFAULT_MEANING)))


def of_kills(few: bool) -> Mapping[str, float]:
    return {f"kill9_{name}": value for name, value in kill9.run(20 if few else 1000, seed=1).items()}


def of_turns(few: bool) -> Mapping[str, float]:
    return turns.measure(20) if few else turns.measure()


def of_talk(few: bool) -> Mapping[str, float]:
    return talk.measure(4, 2, 4) if few else talk.measure()


PARTS: dict[str, Callable[[bool], Mapping[str, float]]] = {
    "talk": of_talk,
    "turns": of_turns,
    "recall": of_recall,
    "kill9": of_kills,
}
"""The one that a busy machine disturbs most comes first, the one that keeps the disk busy last."""


def measured(part: str, few: bool, load: float) -> dict[str, Value]:
    """Its figures, and the circumstances they were taken in. `load`: before the first part, which is a load itself."""
    day = datetime.now(UTC).date().isoformat()
    print(f"measuring {part} ...", file=sys.stderr, flush=True)
    figures = {name: round(value, 4) for name, value in PARTS[part](few).items()}
    notes = {f"{part}_date": day, f"{part}_load_at_start": round(load, 2), f"{part}_machine": machine()}
    return figures | notes | {f"{part}_few": int(few and part != "recall")}


def kept() -> dict[str, Value]:
    try:
        return json.loads(RESULTS.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def main() -> int:
    options = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument(
        "--only", choices=PARTS, action="append", help="this part; may be given several times"
    )
    options.add_argument(
        "--few", action="store_true", help="small counts, to see that it works; the table says so"
    )
    asked = options.parse_args()
    figures, load = kept(), os.getloadavg()[0]
    try:
        for part in asked.only or PARTS:
            figures |= measured(part, asked.few, load)
            RESULTS.parent.mkdir(exist_ok=True)
            RESULTS.write_text(json.dumps(dict(sorted(figures.items())), indent=1) + "\n", encoding="utf-8")
            PAGE.write_text(page(figures), encoding="utf-8")
    except OS1Error as error:
        print(f"bench: {error}", file=sys.stderr)
        return error.exit_code
    print(text(figures))
    missing = [figure.name for figure in FIGURES if figure.most is not None and figure.name not in figures]
    if missing:
        print(f"not measured yet: {', '.join(missing)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
