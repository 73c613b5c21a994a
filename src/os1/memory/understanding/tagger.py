"""A small model that marks in a text what it states or asks: "sold the [banjo]: owns, over".

The six layers of all-MiniLM-L6-v2, fitted to mark words by `training/remarks`, in int8; it ships with OS1 and reads English.
It does not know what is made of the marks (`tagged` does), nor what is remembered. No clock, no log.
"""

# onnxruntime comes without types: what leaves this module is typed by hand.
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from os1.memory.meaning import TOKENIZER
from os1.memory.understanding.labels import (
    ASKS,
    HEADS,
    MODES,
    OWNERS,
    SLOTS,
    SPANS,
    STATUSES,
    Mode,
    Owner,
    Status,
)

MODEL = Path(__file__).parent / "tagger.onnx"
READ = 12_000
"""Characters of one text that are read, half as much again as the longest message: some 50 pieces of 5 ms."""
PIECE = 240
"""Characters read at once: two or three sentences, as in what it was fitted on. It never sees further."""

Tag = Callable[[str], "Tagged"]
"""Whatever marks a text: the tagger, or a script in a test."""
Logits = NDArray[np.float32]


class Mark(NamedTuple):
    """A value or a person in a text."""

    start: int
    end: int
    slot: str
    """One of SLOTS, or `who`."""
    status: Status = "now"
    owner: Owner = "me"
    sure: float = 1.0
    """0 to 1: how much of its own judgement the model gives to these marks together."""


class Tagged(NamedTuple):
    marks: tuple[Mark, ...]
    """In their order in the text."""
    asks: str = "none"
    """The slot that it asks for, `relation`, or `none`."""
    mode: Mode = "none"
    sure: float = 0.0
    """Of `asks` and `mode` together."""


NOTHING = Tagged(())


class Tagger:
    """Blocking, some 4 ms for a remark on one core; safe to call from several threads."""

    def __init__(self, model: Path = MODEL) -> None:
        """Reads the model, 22 MB, in some 0.1 s."""
        self._tokenizer = Tokenizer.from_file(str(TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(128)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    def tag(self, text: str) -> Tagged:
        """What is marked in it. What it asks is what its plainest piece asks. Never raises; nothing for no words."""
        tagged = [self._piece(text[start:end], start) for start, end in pieces(text[:READ])]
        if not tagged:
            return NOTHING
        asking = max(tagged, key=lambda one: (one.mode != "none", one.sure))
        return asking._replace(marks=tuple(mark for one in tagged for mark in one.marks))

    def _piece(self, text: str, at: int) -> Tagged:
        encoded = self._tokenizer.encode(text)
        ids = np.array([encoded.ids], dtype=np.int64)
        outs = [np.asarray(out, dtype=np.float32)[0] for out in self._session.run([*HEADS], {"ids": ids})]
        chances = {name: _softmax(logits) for name, logits in zip(HEADS, outs, strict=True)}
        words = encoded.word_ids[1:-1]  # without the signs for beginning and end
        starts = [place for place, word in enumerate(words) if not place or word != words[place - 1]]
        if not starts:
            return NOTHING
        each = {name: _by_word(starts, chances[name][1:-1]) for name in ("span", "slot", "status", "owner")}
        places = [encoded.word_to_chars(words[start] or 0) or (0, 0) for start in starts]
        asks, mode = int(chances["asks"].argmax()), int(chances["mode"].argmax())
        sure = float(chances["asks"][asks] * chances["mode"][mode])
        marks = tuple(_marks(each, places, at))
        return Tagged(marks, ASKS[asks], MODES[mode], sure)


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, packed into pieces of at most PIECE characters; a longer sentence is cut at a space."""
    start = end = 0
    for first, last in pairwise(ends(text)):
        if last - start > PIECE and end > start:
            yield start, end
            start = end
        while last - start > PIECE:
            cut = text.rfind(" ", start, start + PIECE)
            cut = cut if cut > start else start + PIECE
            yield start, cut
            start = first = cut
        end = max(last, first)
    if text[start:end].strip():
        yield start, end


def ends(text: str) -> list[int]:
    """Where its sentences begin, and where the last one ends."""
    return [0, *(found.end() for found in _ENDS.finditer(text)), len(text)]


_ENDS = re.compile(r"[.!?…]+[\"”')]*\s+|\n+")


def _softmax(logits: Logits) -> Logits:
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def _marks(chances: dict[str, Logits], offsets: Sequence[tuple[int, int]], at: int) -> Iterator[Mark]:
    """Stretches of words that begin with a `value` or a `who`; one that only goes on begins where nothing was begun."""
    spans = chances["span"].argmax(axis=-1)
    here = 0
    while here < len(spans):
        begins = _BEGINS.get(int(spans[here]), 0)
        last = here + 1
        while begins and last < len(spans) and spans[last] == begins + 1:
            last += 1
        if begins:
            stretch = {name: each[here:last] for name, each in chances.items()}
            yield _mark(begins == _VALUE, stretch, at + offsets[here][0], at + offsets[last - 1][1])
        here = last


_VALUE = SPANS.index("value")
_BEGINS = {1: 1, 2: 1, 3: 3, 4: 3}


def _mark(is_value: bool, stretch: dict[str, Logits], start: int, end: int) -> Mark:
    certain = float(stretch["span"].max(axis=-1).min())
    if not is_value:
        return Mark(start, end, "who", sure=certain)
    slot, of_slot = _best(stretch["slot"])
    status, of_status = _best(stretch["status"])
    owner, of_owner = _best(stretch["owner"])
    sure = certain * of_slot * of_status * of_owner
    return Mark(start, end, SLOTS[slot], STATUSES[status], OWNERS[owner], sure)


def _by_word(starts: Sequence[int], chances: Logits) -> Logits:
    """The mean over the pieces of each word; whether it begins something, by its first piece. `starts`: each word's first."""
    many = np.diff([*starts, len(chances)]).astype(np.float32)[:, None]
    means = np.asarray(np.add.reduceat(chances, starts, axis=0) / many, dtype=np.float32)
    if means.shape[1] == len(SPANS):
        for kind in (slice(1, 3), slice(3, 5)):
            means[:, kind] = _shared(means[:, kind], chances[starts][:, kind])
    return means


def _shared(means: Logits, firsts: Logits) -> Logits:
    """Each word's chance to be in such a stretch, shared out as its first piece would begin or go on with one."""
    whole = means.sum(axis=1, keepdims=True)
    return whole * firsts / np.maximum(firsts.sum(axis=1, keepdims=True), 1e-9)


def _best(chances: Logits) -> tuple[int, float]:
    mean = chances.mean(axis=0)
    best = int(mean.argmax())
    return best, float(mean[best])


@cache
def _tagger() -> Tagger:
    return Tagger()


def tag(text: str) -> Tagged:
    """By the one that ships, shared by all: it knows nobody. The first time takes 0.2 s longer."""
    return _tagger().tag(text)
