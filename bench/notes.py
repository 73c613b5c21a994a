"""What she notes of a talk with the real embedded model: how much of it is right, and what it costs.

    python -m bench.notes [--half odd|even]

The talks are those of `notes.txt`, invented and labelled for this: 153 things people type, half of them without a fact,
with conditions, jokes, quoted speech and other people's lives. Precision: facts that are among the labels, of all
found; recall: labelled facts that were found.
"""

import argparse
import asyncio
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from bench.figures import models
from os1.brain.catalogue import Catalogue
from os1.brain.local import LocalBrain
from os1.brain.models import DEFAULT_BRAIN
from os1.errors import ModelMissing
from os1.events import Learned
from os1.memory.records import Turn
from os1.memory.understanding.notes import ANSWER, facts, question

TALKS = Path(__file__).with_name("notes.txt")
BEGAN = datetime(2026, 3, 1, tzinfo=UTC)


class Label(NamedTuple):
    wanted: bool
    """False for what may be found, and need not."""
    seq: int
    about: str
    what: str
    values: tuple[str, ...]

    def fits(self, fact: Learned) -> bool:
        told = fact.about.lower(), fact.what.partition(":")[0], fact.quote and fact.quote.seq
        return told == (self.about.lower(), self.what, self.seq) and fact.value.lower() in self.values


class Talk(NamedTuple):
    number: int
    turns: list[Turn]
    labels: list[Label]


def talks(text: str) -> list[Talk]:
    found: list[Talk] = []
    for line in text.splitlines():
        if line.startswith("# ") and line[2:].isdigit():
            found.append(Talk(int(line[2:]), [], []))
        elif line[:1] in ("<", ">"):
            turns = found[-1].turns
            seq = found[-1].number * 100 + len(turns)
            who = "person" if line[0] == ">" else "companion"
            turns.append(Turn(seq, BEGAN + timedelta(minutes=seq), who, line[2:]))
        elif found and line[:1] in ("=", "~"):
            about, what, values = (part.strip() for part in line[2:].split(" | "))
            said = tuple(value.strip().lower() for value in values.split(" / "))
            seq = found[-1].turns[-1].seq
            found[-1].labels.append(Label(line[0] == "=", seq, "" if about == "me" else about, what, said))
    return found


async def measure(some: Sequence[Talk]) -> dict[str, float]:
    catalogue = Catalogue(Path(tempfile.gettempdir()), models())
    path = catalogue.installed(catalogue.find(DEFAULT_BRAIN))
    if path is None:
        raise ModelMissing(f"{DEFAULT_BRAIN} is not here: os1 models get {DEFAULT_BRAIN}")
    right = wrong = calls = wanted = hit = 0
    with tempfile.TemporaryDirectory() as kept:
        brain = LocalBrain("embedded", path, Path(kept))
        async with asyncio.TaskGroup() as life:
            living = life.create_task(brain.run(), name="brain")
            await brain.ready()
            began = monotonic()
            for talk in some:
                asked = question(talk.turns)
                answer = await brain.note(*asked, ANSWER) if asked else ""
                found = facts(answer, talk.turns)
                calls += asked is not None
                fits = [any(label.fits(fact) for label in talk.labels) for fact in found]
                right, wrong = right + sum(fits), wrong + fits.count(False)
                wanted += sum(label.wanted for label in talk.labels)
                hit += sum(any(label.fits(fact) for fact in found) for label in talk.labels if label.wanted)
            took = monotonic() - began
            living.cancel()
    turns = sum(turn.speaker == "person" for talk in some for turn in talk.turns)
    return {
        "turns": turns,
        "found": right + wrong,
        "precision": right / max(1, right + wrong),
        "recall": hit / max(1, wanted),
        "calls_per_8_turns": 8 * calls / turns,
        "seconds_per_turn": took / turns,
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--half", choices=("odd", "even"))
    half = arguments.parse_args().half
    parity = {"odd": (1,), "even": (0,)}.get(half, (0, 1))
    some = [talk for talk in talks(TALKS.read_text(encoding="utf-8")) if talk.number % 2 in parity]
    for name, value in asyncio.run(measure(some)).items():
        print(f"{name:20}{value:8.2f}")


if __name__ == "__main__":
    main()
