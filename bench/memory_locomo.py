"""How much is found: the turns that hold the answers to LoCoMo's questions, with no model but the embedder.

    python -m bench.memory_locomo [--data locomo10.json] [--model FILE]

LoCoMo (Maharana et al., 2024; CC BY-NC, not shipped, never learnt from) is ten conversations of two people; they stand
for the person and the companion. Counted are the 1,536 questions with evidence, category 5 left out, and for each how
much of its evidence is among the first turns: no language model answers, none judges.

- `locomo_*`: turns alone. `locomo_facts_*`: LoCoMo's own `observation` sentences (written by gpt-3.5, each naming its
  turn) are added as keys to the turns they name, as if she had learnt them.
- `*_dev`, `*_test`: the first five conversations, on which everything was chosen, and the other five.
- `*_r1024`: of what fits into 1,024 word pieces (MiniLM's), each turn shown as "8 May, they: ...".
- `locomo_abstains_*`: questions that bring nothing. `answered`: those with an answer, so the less the better.
  `strangers`: the same questions asked in another conversation, all names taken out. `adversarial`: category 5, about
  something that the *other* one said; finding that is no shame, she is told who said it.
"""

import argparse
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from bench.figures import models
from os1.brain.catalogue import Catalogue
from os1.brain.models import DEFAULT_MEANING
from os1.memory.finding.index import Index
from os1.memory.finding.recall import Cue, rank, recall
from os1.memory.finding.vectors import to_int8
from os1.memory.meaning import TOKENIZER, Meaning, MiniLM, Mpnet
from os1.memory.records import Speaker

KINDS = {1: "multi", 2: "temporal", 3: "open", 4: "single"}
ADVERSARIAL = 5
CHOSEN_ON = 5
"""Conversations that everything was chosen on."""
ROOM = 1024
"""Word pieces that a brain may be given to read."""
LOOKED_AT = 80
"""Turns tried for that room: some 25 fit."""
FURTHER = 3
"""How many conversations further on a question is asked as a stranger's."""


@dataclass(frozen=True)
class Question:
    text: str
    evidence: frozenset[int]
    category: int


@dataclass(frozen=True)
class Fact:
    """A sentence that someone learnt from these turns."""

    text: str
    evidence: frozenset[int]


@dataclass(frozen=True)
class Talk:
    """One conversation. Its two people stand for the person and the companion."""

    names: tuple[str, str]
    times: list[datetime] = field(default_factory=list[datetime])
    speakers: list[Speaker] = field(default_factory=list[Speaker])
    texts: list[str] = field(default_factory=list[str])
    questions: list[Question] = field(default_factory=list[Question])
    facts: list[Fact] = field(default_factory=list[Fact])

    def bare(self, text: str) -> str:
        """Without the two names: in a life of one's own it is "I" and "you"."""
        return re.sub(rf"\b(?:{'|'.join(self.names)})(?:['’]s)?\b", "", text)

    def now(self) -> datetime:
        return self.times[-1] + timedelta(days=1)


# --- reading ----------------------------------------------------------------------------------------------


def conversations(data: Path | None) -> list[Talk]:
    return [_talk(one) for one in json.loads(data.read_text(encoding="utf-8"))] if data else []


def _talk(one: dict[str, Any]) -> Talk:
    said = one["conversation"]
    talk = Talk((said["speaker_a"], said["speaker_b"]))
    numbers: dict[str, int] = {}
    for session in sorted(
        (key for key in said if re.fullmatch(r"session_\d+", key)), key=lambda key: int(key[8:])
    ):
        began = datetime.strptime(said[f"{session}_date_time"], "%I:%M %p on %d %B, %Y").replace(tzinfo=UTC)
        for place, turn in enumerate(said[session]):
            numbers[turn["dia_id"]] = len(talk.texts) + 1
            talk.times.append(began + timedelta(seconds=20 * place))
            talk.speakers.append("person" if turn["speaker"] == talk.names[0] else "companion")
            seen = f" [{turn['blip_caption']}]" if turn.get("blip_caption") else ""
            talk.texts.append(turn["text"] + seen)
    talk.questions.extend(_questions(one["qa"], numbers))
    for learnt in one.get("observation", {}).values():
        for text, named in (fact for facts in learnt.values() for fact in facts):
            talk.facts.append(Fact(text, _named([named], numbers)))
    return talk


def _questions(asked: Sequence[dict[str, Any]], numbers: dict[str, int]) -> Iterator[Question]:
    for one in asked:
        if evidence := _named(one.get("evidence", []), numbers):
            yield Question(one["question"], evidence, one["category"])


def _named(ids: Sequence[object], numbers: dict[str, int]) -> frozenset[int]:
    found = re.findall(r"D\d+:\d+", " ".join(map(str, ids)))
    return frozenset(numbers[name] for name in found if name in numbers)


def embedder(model: Path | None) -> Meaning | None:
    """The model in that file, told by its name; the installed MiniLM without one; None if it is not here."""
    if model:
        return Mpnet(model) if "mpnet" in model.name else MiniLM(model)
    catalogue = Catalogue(models(), models())
    found = catalogue.installed(catalogue.find(DEFAULT_MEANING))
    return MiniLM(found) if found else None


# --- an index of each -------------------------------------------------------------------------------------


def filled(talk: Talk, meaning: Meaning, *, named: bool = True, facts: bool = False) -> Index:
    """`named`: each turn is embedded with its speaker's name, as the questions use it; words are searched without."""
    index = Index(meaning.dimensions)
    owners = [talk.names[speaker == "companion"] for speaker in talk.speakers]
    texts = [f"{who}: {text}" if named else text for who, text in zip(owners, talk.texts, strict=True)]
    for number, vector in enumerate(to_int8(meaning.embed(texts))):
        index.add(number + 1, talk.times[number], talk.speakers[number], talk.texts[number], vector)
    if facts:
        for fact, vector in zip(
            talk.facts, to_int8(meaning.embed([fact.text for fact in talk.facts])), strict=True
        ):
            for seq in sorted(fact.evidence):
                index.add_key(seq, talk.bare(fact.text), vector)
    return index


# --- how much is found ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """What one question brought."""

    category: int
    dev: bool
    places: list[int]
    """Of each evidence turn, from 0; far away for one that did not come."""
    fits: float
    """How much of the evidence is among what fits into the room."""

    def within(self, many: int) -> float:
        return float(np.mean([place < many for place in self.places]))


def found(talk: Talk, index: Index, meaning: Meaning, dev: bool) -> list[Found]:
    pieces = _pieces(talk)
    results: list[Found] = []
    for question in talk.questions:
        if question.category == ADVERSARIAL:
            continue
        cue = _cue(talk, question, meaning)
        order = [index.seq(row) for row in rank(index, cue, index.rows_before(None)).rows.tolist()]
        place = {seq: number for number, seq in enumerate(order)}
        fitting = _fitting(order, pieces)
        results.append(
            Found(
                question.category,
                dev,
                [place.get(seq, 1_000_000) for seq in question.evidence],
                float(np.mean([seq in fitting for seq in question.evidence])),
            )
        )
    return results


def _cue(talk: Talk, question: Question, meaning: Meaning) -> Cue:
    asked = [name in question.text for name in talk.names]
    speaker: Speaker | None = None if all(asked) or not any(asked) else "person" if asked[0] else "companion"
    return Cue(talk.bare(question.text), meaning.embed([question.text])[0], talk.now(), speaker=speaker)


def _pieces(talk: Talk) -> NDArray[np.int64]:
    """Word pieces of each turn as it is shown."""
    tokenizer = Tokenizer.from_file(str(TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    who = {"person": "they", "companion": "you"}
    shown = [
        f"{at:%-d %B}, {who[speaker]}: {text}"
        for at, speaker, text in zip(talk.times, talk.speakers, talk.texts, strict=True)
    ]
    return np.array([len(one.ids) for one in tokenizer.encode_batch(shown, add_special_tokens=False)])


def _fitting(order: Sequence[int], pieces: NDArray[np.int64]) -> set[int]:
    """The strongest turns for which there is room, as `remembered` takes them: one that is too long is left out."""
    left, fitting = ROOM, set[int]()
    for seq in order[:LOOKED_AT]:
        if pieces[seq - 1] <= left:
            fitting.add(seq)
            left -= int(pieces[seq - 1])
    return fitting


def _figures(name: str, results: Sequence[Found]) -> dict[str, float]:
    def mean(values: Sequence[float]) -> float:
        return 100 * float(np.mean(values))

    figures = {f"{name}_r{many}": mean([one.within(many) for one in results]) for many in (5, 10, 20)}
    figures[f"{name}_mrr"] = mean([1 / (1 + min(one.places)) for one in results])
    figures[f"{name}_r{ROOM}"] = mean([one.fits for one in results])
    for kind, called in KINDS.items():
        figures[f"{name}_r10_{called}"] = mean([one.within(10) for one in results if one.category == kind])
    for part in (True, False):
        of = [one for one in results if one.dev == part]
        suffix = "dev" if part else "test"
        figures[f"{name}_r10_{suffix}"] = mean([one.within(10) for one in of])
        figures[f"{name}_mrr_{suffix}"] = mean([1 / (1 + min(one.places)) for one in of])
        figures[f"{name}_r{ROOM}_{suffix}"] = mean([one.fits for one in of])
    return figures


# --- how often nothing comes, where nothing was said ------------------------------------------------------


def abstentions(talks: Sequence[Talk], meaning: Meaning) -> dict[str, float]:
    """No names anywhere: in a life of one's own a question says "I", and so does its answer."""
    silent: dict[str, list[bool]] = {"answered": [], "strangers": [], "adversarial": []}
    for number, talk in enumerate(talks):
        index = filled(talk, meaning, named=False)
        stranger = talks[(number + FURTHER) % len(talks)]
        for question in talk.questions:
            kind = "adversarial" if question.category == ADVERSARIAL else "answered"
            silent[kind].append(_silent(index, talk.bare(question.text), talk.now(), meaning))
        for question in stranger.questions:
            if question.category != ADVERSARIAL:
                silent["strangers"].append(_silent(index, stranger.bare(question.text), talk.now(), meaning))
    return {f"locomo_abstains_{kind}": 100 * float(np.mean(these)) for kind, these in silent.items()}


def _silent(index: Index, text: str, now: datetime, meaning: Meaning) -> bool:
    return not recall(index, Cue(text, meaning.embed([text])[0], now))


def measure(data: Path | None = None, model: Path | None = None) -> dict[str, float]:
    """All figures in percent, flat; empty where the conversations or the model are not here."""
    meaning, talks = embedder(model), conversations(data)
    if meaning is None or not talks:
        return {}
    figures: dict[str, float] = {}
    for name, facts in (("locomo", False), ("locomo_facts", True)):
        results: list[Found] = []
        for number, talk in enumerate(talks):
            index = filled(talk, meaning, facts=facts)
            results += found(talk, index, meaning, number < CHOSEN_ON)
        figures |= _figures(name, results)
    return figures | abstentions(talks, meaning)


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--data", type=Path, default=os.environ.get("OS1_LOCOMO"), help="locomo10.json")
    options.add_argument(
        "--model", type=Path, help="MiniLM or mpnet, int8 ONNX; the installed MiniLM if left out"
    )
    chosen = options.parse_args()
    figures = measure(chosen.data, chosen.model)
    print(
        "\n".join(f"{name} {value:.1f}" for name, value in figures.items())
        or "not measured: LoCoMo's conversations (--data) or the model of meaning are not here"
    )


if __name__ == "__main__":
    main()
