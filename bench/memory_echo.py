"""What a remark brings to mind: three hundred remarks, and what was once said that a friend would think of then.

    python -m bench.memory_echo [--model FILE]

Ten invented lives (`lives_echo.toml`, written by hand), each with thirty such pairs that share no word, and filled
up with four hundred turns of ordinary days (`filler_echo.toml`, put together by chance, always the same). Measured:
how often the right exchange is among the first ten, without a cut-off; and with the cut-off that `recall` really has,
how often she thinks of the right thing (`right`), of another that shares a word, mostly a name (`named`), of one that
does not (`wrong`), and of anything at a remark of no consequence (`idle`). The cut-off was chosen on the first five lives; the figures of the other five are told beside.
"""

import argparse
import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import numpy as np

from bench.memory_locomo import embedder
from os1.memory.finding import words
from os1.memory.finding.index import Index
from os1.memory.finding.recall import Cue, echo, recall
from os1.memory.finding.vectors import to_int8
from os1.memory.meaning import Meaning
from os1.memory.records import Speaker

HERE = Path(__file__).resolve().parent
EXCHANGES = 200
"""Of ordinary days in each life, two turns each, beside the thirty that matter."""
TALK = 6
"""Exchanges in one conversation."""
BEGAN = datetime(2024, 1, 1, 19, tzinfo=UTC)
CHOSEN_ON = 5
"""Lives that the cut-off was chosen on."""


@dataclass(frozen=True)
class Life:
    """Someone's turns, and which of them belong to which remark."""

    name: str
    turns: list[tuple[Speaker, str]]
    pairs: list[tuple[str, frozenset[int]]]
    """A remark, and the numbers of the two turns it should bring to mind."""


@cache
def lives() -> tuple[Life, ...]:
    told = tomllib.loads((HERE / "lives_echo.toml").read_text(encoding="utf-8"))
    filler = tomllib.loads((HERE / "filler_echo.toml").read_text(encoding="utf-8"))
    return tuple(_life(name, life["pairs"], filler) for name, life in told.items())


@cache
def nothing() -> tuple[str, ...]:
    """Remarks that nobody in these lives ever said anything about."""
    filler = tomllib.loads((HERE / "filler_echo.toml").read_text(encoding="utf-8"))
    return tuple(filler["nothing"]["remarks"])


def _life(name: str, pairs: Sequence[tuple[str, str]], filler: Mapping[str, Mapping[str, list[str]]]) -> Life:
    chance = random.Random(name)
    for remark, told in pairs:
        if shared := _shared(remark, told):
            raise ValueError(f"{name}: a pair shares {', '.join(sorted(shared))}: {remark}")
    days = [(_ordinary(chance, filler), chance.choice(list(filler["replies"]))) for _ in range(EXCHANGES)]
    matter = [
        (told, chance.choice([answer for answer in filler["listened"] if not _shared(remark, answer)]))
        for remark, told in pairs
    ]
    exchanges = days + matter
    chance.shuffle(exchanges)
    turns: list[tuple[Speaker, str]] = []
    numbers: dict[str, int] = {}
    for said, answer in exchanges:
        numbers[said] = len(turns) + 1
        turns.append(("person", said))
        turns.append(("companion", answer))
    return Life(name, turns, [(cue, frozenset((numbers[told], numbers[told] + 1))) for cue, told in pairs])


def _shared(one: str, other: str) -> set[str]:
    return set(words.words(one)) & set(words.words(other))


def _ordinary(chance: random.Random, filler: Mapping[str, Mapping[str, list[str]]]) -> str:
    fill = {slot: chance.choice(choices) for slot, choices in filler["fill"].items()}
    said = " ".join(
        form.format(**fill) for form in chance.sample(list(filler["said"]), chance.choice((1, 1, 2)))
    )
    return said[0].upper() + said[1:]


def lived(life: Life, meaning: Meaning) -> Index:
    index = Index(meaning.dimensions)
    vectors = to_int8(meaning.embed([text for _, text in life.turns]))
    for number, ((speaker, text), vector) in enumerate(zip(life.turns, vectors, strict=True)):
        at = BEGAN + timedelta(days=number // (2 * TALK), minutes=number % (2 * TALK))
        index.add(number + 1, at, speaker, text, vector)
    return index


@dataclass(frozen=True)
class Outcome:
    """What one remark brought."""

    place: float
    """Of the right exchange among all, from 0, without a cut-off."""
    right: bool
    named: bool
    """It brought something else, of someone or something the remark names: that may be as good."""
    wrong: bool


def measure(model: Path | None = None) -> dict[str, float]:
    """All figures in percent, flat; empty without a model."""
    meaning = embedder(model)
    if meaning is None:
        return {}
    outcomes: list[list[Outcome]] = []
    idle: list[list[bool]] = []
    for life in lives():
        index = lived(life, meaning)
        outcomes.append([_outcome(index, cue, right, meaning) for cue, right in life.pairs])
        idle.append([bool(recall(index, _cue(index, text, meaning), 1)) for text in nothing()])
    kept = slice(CHOSEN_ON, None)
    return (
        _figures("echo", outcomes, idle)
        | _figures("echo_kept_aside", outcomes[kept], idle[kept])
        | {"echo_strangers": 100 * _strangers(meaning)}
    )


def _cue(index: Index, text: str, meaning: Meaning) -> Cue:
    return Cue(text, meaning.embed([text])[0], BEGAN + timedelta(days=365))


def _outcome(index: Index, text: str, right: frozenset[int], meaning: Meaning) -> Outcome:
    cue = _cue(index, text, meaning)
    exchanges = list(dict.fromkeys((index.seq(row) - 1) // 2 for row in echo(index, cue).rows.tolist()))
    wanted = (min(right) - 1) // 2
    place = exchanges.index(wanted) if wanted in exchanges else np.inf
    hits = recall(index, cue, 1)
    other = [hit for hit in hits if hit.seq not in right]
    return Outcome(
        place,
        right=len(hits) > len(other),
        named=any(hit.shared for hit in other),
        wrong=any(not hit.shared for hit in other),
    )


def _figures(
    name: str, outcomes: Sequence[Sequence[Outcome]], idle: Sequence[Sequence[bool]]
) -> dict[str, float]:
    each = [outcome for life in outcomes for outcome in life]

    def share(of: Sequence[bool]) -> float:
        return 100 * float(np.mean(of))

    return {
        f"{name}_hit1": share([one.place < 1 for one in each]),
        f"{name}_hit10": share([one.place < 10 for one in each]),
        f"{name}_right": share([one.right for one in each]),
        f"{name}_named": share([one.named for one in each]),
        f"{name}_wrong": share([one.wrong for one in each]),
        f"{name}_idle": share([one for life in idle for one in life]),
    }


def _strangers(meaning: Meaning) -> float:
    """How often the remarks of one life bring something up in the next one: now and then that may even fit."""
    found: list[bool] = []
    for life, other in zip(lives(), lives()[1:] + lives()[:1], strict=True):
        index = lived(life, meaning)
        found += [bool(recall(index, _cue(index, cue, meaning), 1)) for cue, _ in other.pairs]
    return float(np.mean(found))


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument(
        "--model", type=Path, help="MiniLM or mpnet, int8 ONNX; the installed MiniLM if left out"
    )
    figures = measure(options.parse_args().model)
    print(
        "\n".join(f"{name} {value:.1f}" for name, value in figures.items())
        or "not measured: the model of meaning is not here"
    )


if __name__ == "__main__":
    main()
