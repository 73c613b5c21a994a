"""What comes to mind, and how fast: 100,000 memories, a thousand cues, one core.

    python -m bench.recall [--model MINILM.onnx] [--data locomo10.json]

Without a model the search is timed and the embedding left out. With --data (LoCoMo, CC BY-NC: not shipped) memories
are made of its sentences and the cues are its questions. How much is found is measured by `bench.memory_locomo`.
The vectors of the hundred thousand are mixtures of a few hundred real ones: embedding them all would take ten minutes.
"""

import argparse
import random
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.memory_locomo import conversations
from os1.memory.finding.index import Index
from os1.memory.finding.recall import Cue, recall
from os1.memory.finding.vectors import to_int8
from os1.memory.meaning import Meaning, MiniLM
from os1.memory.testing import SharedWords

MEMORIES = 100_000
CUES = 1_000
EMBEDDED = 400
"""Sentences that are really embedded; all other vectors are mixtures of theirs."""
TALK = 20
"""Turns in one conversation of the made-up life; the next begins a day later."""
BEGAN = datetime(2020, 1, 1, 9, tzinfo=UTC)


def each(words: str) -> list[str]:
    return words.split()


PEOPLE = each("Ana Theo Rita Marta Omar Lena Jonas Priya Sven Chiara Kofi Ingrid Pavel Noor Emil Dora")
VERBS = each(
    "visited called painted missed found lost repaired planted cooked borrowed sold wrote filmed hid taught"
)
THINGS = each(
    "garden boat letter piano bicycle violin kitchen photograph museum river window lamp book camera bread song "
    "blanket ticket clock hospital school office beach forest market theatre station island bridge cellar dog cat"
)
KINDS = each(
    "old blue broken borrowed tiny wooden forgotten loud secret new expensive cold bright strange favourite"
)
ENDS = (
    "and I laughed about it for days",
    "which I never told anyone",
    "because the winter was long",
    "before the train left",
    "and it made me think of my father",
    "though I was tired",
    "and then it rained",
    "so we stayed until morning",
)
ASKED = ("Who {v} the {k} {t}?", "When did {p} and I talk about the {t}?", "Where is the {k} {t} now?")
REMARKED = ("I saw {p} at the {t} again", "The {k} {t} was there this morning and nobody wanted it")


def made_up(chance: random.Random) -> str:
    words = {
        "p": chance.choice(PEOPLE),
        "v": chance.choice(VERBS),
        "k": chance.choice(KINDS),
        "t": chance.choice(THINGS),
    }
    # Two words of the long tail: in a real life most words are said a few times only.
    rare = " ".join(f"{chance.choice(THINGS)}{int(chance.paretovariate(0.6)) % 40_000}" for _ in range(2))
    return "{p} {v} the {k} {t} near {rare}, {end}.".format(**words, rare=rare, end=chance.choice(ENDS))


def cues(chance: random.Random) -> list[str]:
    forms = ASKED + REMARKED
    return [
        chance.choice(forms).format(
            p=chance.choice(PEOPLE), v=chance.choice(VERBS), k=chance.choice(KINDS), t=chance.choice(THINGS)
        )
        for _ in range(CUES)
    ]


def mixtures(
    vectors: NDArray[np.float32], many: int, chance: np.random.Generator
) -> Iterator[NDArray[np.int8]]:
    """Each of two real ones and some noise, in thousands."""
    for _ in range(0, many, 1000):
        pair = chance.integers(0, len(vectors), (2, 1000))
        noise = chance.normal(0, 0.02, (1000, vectors.shape[1]))
        yield from to_int8((0.7 * vectors[pair[0]] + 0.3 * vectors[pair[1]] + noise).astype(np.float32))


def filled(texts: Sequence[str], vectors: Sequence[NDArray[np.int8]]) -> Index:
    index = Index()
    for number, (text, vector) in enumerate(zip(texts, vectors, strict=True)):
        at = BEGAN + timedelta(days=number // TALK * 0.25, minutes=number % TALK)
        index.add(number + 1, at, "companion" if number % 2 else "person", text, vector)
    return index


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """Median and 99th percentile, in ms."""
    return float(np.percentile(seconds, 50)) * 1e3, float(np.percentile(seconds, 99)) * 1e3


def timed(index: Index, asked: Sequence[str], meaning: Meaning) -> tuple[list[float], list[float], int]:
    """Seconds for each cue: of search and ranking, and with its embedding; and how many brought something."""
    search: list[float] = []
    whole: list[float] = []
    found = 0
    now = BEGAN + timedelta(days=3000)
    for text in asked:
        begin = time.perf_counter()
        vector = meaning.embed([text])[0]
        embedded = time.perf_counter()
        found += bool(recall(index, Cue(text, vector, now)))
        end = time.perf_counter()
        search.append(end - embedded)
        whole.append(end - begin)
    return search, whole, found


def weight(texts: Sequence[str], vectors: Sequence[NDArray[np.int8]]) -> float:
    """Memory of the index in MB, vectors as the caller holds them not counted. Slow: counted allocation by allocation."""
    tracemalloc.start()
    index = filled(texts, vectors)
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return used / 1e6 * (len(index) / len(texts))


def measure(model: Path | None = None, data: Path | None = None) -> dict[str, float]:
    """All figures, flat. `recall_100k_p99_ms` is the whole of it, from text to memories, if there is a model."""
    chance = random.Random(8316)
    meaning: Meaning = MiniLM(model) if model else SharedWords()
    source = [text for talk in conversations(data) for text in talk.texts] if data else []
    texts = [
        f"{chance.choice(source)} {chance.choice(PEOPLE)}" if source else made_up(chance)
        for _ in range(MEMORIES)
    ]
    real = meaning.embed(texts[:EMBEDDED])
    vectors = list(mixtures(real, MEMORIES, np.random.default_rng(8316)))
    asked = (
        chance.choices([q.text for t in conversations(data) for q in t.questions], k=CUES)
        if data
        else cues(chance)
    )
    begin = time.perf_counter()
    index = filled(texts, vectors)
    built = time.perf_counter() - begin
    timed(index, asked[:20], meaning)
    search, whole, found = timed(index, asked, meaning)
    figures = dict(
        zip(("recall_search_100k_p50_ms", "recall_search_100k_p99_ms"), percentiles(search), strict=True)
    )
    figures |= dict(
        zip(
            ("recall_100k_p50_ms", "recall_100k_p99_ms"), percentiles(whole if model else search), strict=True
        )
    )
    figures |= {
        "recall_build_100k_s": built,
        "recall_100k_mb": weight(texts, vectors),
        "recall_found": found / CUES,
    }
    return figures


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--model", type=Path, help="all-MiniLM-L6-v2, int8 ONNX")
    options.add_argument("--data", type=Path, help="locomo10.json")
    chosen = options.parse_args()
    print("  ".join(f"{name} {value:.2f}" for name, value in measure(chosen.model, chosen.data).items()))


if __name__ == "__main__":
    main()
