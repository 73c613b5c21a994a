"""Templates of remarks and questions, filled in and typed as people type: what the reader of remarks is fitted on.

A template says what it states where it states it: "sold {owns/over:THING} to {who:NAME}"; the README beside this file tells
the notation. An example is a text and what stands where in it. Pure but for reading the tables; a seed gives the same.
It does not know what a model makes of them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
MARK = re.compile(r"\{(?P<slot>[a-z_]+)(?:/(?P<status>over|not))?(?:@(?P<owner>me|next))?:(?:=(?P<words>[^{}\[\]]+)|(?P<pool>[A-Z]+))\}|\[(?P<filler>[A-Z]+)\]")  # fmt: skip
LONG = 5
"""Letters a word has at least before a finger slips in it."""


@dataclass(frozen=True, slots=True)
class Span:
    """`who`, or a value: which slot, whether it is so now, over, or not so, and whose it is."""

    start: int
    end: int
    slot: str
    status: str = "now"
    owner: str = "me"
    """`me`; `before`: whoever was named last before it; `next`: whoever is named next."""


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    spans: tuple[Span, ...] = ()
    asks: str = "none"
    """The slot a question asks for."""
    mode: str = "none"


@dataclass(frozen=True, slots=True)
class Template:
    text: str
    asks: str = "none"
    mode: str = "none"


def pools() -> dict[str, list[str]]:
    rows = (HERE / "pools.txt").read_text(encoding="utf-8").splitlines()
    named = (row.partition(":") for row in rows if ":" in row)
    return {
        name.strip(): [one.strip() for one in values.split(";") if one.strip()] for name, _, values in named
    }


def templates() -> list[Template]:
    found: dict[str, Template] = {}
    for file in sorted(HERE.glob("remarks_*.txt")):
        for line in _lines(file):
            found.setdefault(line, Template(line))
    for file in sorted(HERE.glob("questions_*.txt")):
        for line in _lines(file):
            head, _, text = line.partition("|")
            asks, _, mode = head.strip().partition(" ")
            found.setdefault(text.strip(), Template(text.strip(), asks, mode.strip() or "none"))
    return [*found.values()]


def _lines(file: Path) -> list[str]:
    lines = (line.strip() for line in file.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def fill(template: Template, values: Mapping[str, Sequence[str]], chance: Random) -> Example:
    """One way to fill it in; a who that stands in a sentence of its own does not own what comes after."""
    text, spans, at, who = "", list[Span](), 0, False
    for match in MARK.finditer(template.text):
        between = template.text[at : match.start()]
        who = who and not re.search(r"[.!?…]\s+\w", between)
        text += between
        word = match["words"] or chance.choice(values[match["pool"] or match["filler"]])
        text = _article(text, word)
        if slot := match["slot"]:
            owner = {"me": "me", "next": "next"}.get(match["owner"] or "", "before" if who else "me")
            spans.append(Span(len(text), len(text) + len(word), slot, match["status"] or "now", owner))
            who = who or slot == "who"
        text += word
        at = match.end()
    return Example(text + template.text[at:], tuple(spans), template.asks, template.mode)


def _article(text: str, word: str) -> str:
    if not (found := re.search(r"\b([Aa])n? $", text)):
        return text
    return text[: found.start()] + found[1] + ("n " if word[0].lower() in "aeio" else " ")


# --- as people type -------------------------------------------------------------------------------------


class Typist:
    """Changes a text and keeps its spans in place."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def typed(self, example: Example) -> Example:
        for change in (self._apostrophes, self._slips, self._bare_end):
            example = change(example)
        return example

    def _apostrophes(self, example: Example) -> Example:
        roll = self._chance.random()
        if roll < 0.12:
            return _replaced(
                example, [(found.start(), found.end(), "") for found in re.finditer("['’]", example.text)]
            )
        if roll < 0.3:
            return _replaced(
                example, [(found.start(), found.end(), "’") for found in re.finditer("'", example.text)]
            )
        return example

    def _slips(self, example: Example) -> Example:
        """A letter dropped, doubled or swapped, in one word out of fifty."""
        slips: list[tuple[int, int, str]] = []
        for word in re.finditer(r"[a-z]+", example.text):
            if word.end() - word.start() < LONG or self._chance.random() > 0.02:
                continue
            at = self._chance.randrange(word.start() + 1, word.end() - 2)
            two = example.text[at : at + 2]
            slips.append((at, at + 2, self._chance.choice((two[::-1], two[1], two[0] * 2 + two[1]))))
        return _replaced(example, slips)

    def _bare_end(self, example: Example) -> Example:
        bare = example.text.rstrip(".")
        if self._chance.random() < 0.3 and bare and not any(span.end > len(bare) for span in example.spans):
            return Example(bare, example.spans, example.asks, example.mode)
        return example


def _replaced(example: Example, changes: Sequence[tuple[int, int, str]]) -> Example:
    text, spans = example.text, list(example.spans)
    for start, end, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[end:]
        by = len(new) - (end - start)
        spans = [
            Span(
                span.start + by if span.start >= end else span.start,
                span.end + by if span.end >= end else span.end,
                span.slot,
                span.status,
                span.owner,
            )
            for span in spans
        ]
    return Example(text, tuple(spans), example.asks, example.mode)


def joined(examples: Sequence[Example]) -> Example:
    """Said one after another; a question among them asks for all."""
    text, spans = "", list[Span]()
    for one in examples:
        if text:
            text += " " if re.search(r"[.!?…]$", text) else ". "
        spans += [Span(len(text) + s.start, len(text) + s.end, s.slot, s.status, s.owner) for s in one.spans]
        text += one.text
    asking = next((one for one in examples if one.mode != "none"), examples[0])
    return Example(text, tuple(spans), asking.asks, asking.mode)


OPENERS = ("oh and ", "so ", "well, ", "btw ", "haha ", "ok so ", "anyway, ", "news: ", "fun fact: ", "hmm, ", "also ", "right, ", "today: ", "one more thing: ", "guess what. ", "not much going on. ", "honestly, ", "look, ", "by the way, ", "just so you know, ")  # fmt: skip


def examples(chance: Random, some: Sequence[Template], each: int) -> Iterator[Example]:
    """Each template `each` times, in any order; one in three has something else around it."""
    values, typist = pools(), Typist(chance)
    plain = [one for one in some if "{" not in one.text and one.mode == "none"]
    order = [one for one in some for _ in range(each)]
    chance.shuffle(order)
    for template in order:
        example = fill(template, values, chance)
        roll = chance.random()
        if roll < 0.12:
            opener = chance.choice(OPENERS)
            example = joined_bare(opener, example)
        elif roll < 0.36 and template.mode == "none":
            other = fill(chance.choice(plain if roll < 0.28 and plain else some), values, chance)
            if other.mode == "none":
                example = joined([example, other] if chance.random() < 0.5 else [other, example])
        yield typist.typed(example)


def joined_bare(opener: str, example: Example) -> Example:
    by = len(opener)
    spans = tuple(Span(s.start + by, s.end + by, s.slot, s.status, s.owner) for s in example.spans)
    return Example(opener + example.text, spans, example.asks, example.mode)
