"""Her memory, examined with an invented life: is what she knows right, is it now, does she rest on what was said?

`measure(memory, life)` tells a memory ten thousand turns, asks on the way, and returns figures. It knows nothing of
how a memory works: whatever keeps to `Memory` can be examined. What was wrong is written to a file for people to read.

Matching is exact about words and lenient about their dress: case, accents, punctuation and articles do not count, and
an answer is right if it holds the expected words as whole words. It may not be long-winded (`WORDY`), so that nobody
passes by reciting everything, and may not name what is no longer so, or never was.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from bench.lives.life import KINDS, ME, Fact, Forget, Life, Probe, Scope, Turn

Asked = TypeVar("Asked", Probe, Forget)

WORDY = 40
"""Words in one value at most: the longest true one has nine, a turn rarely forty."""
PROMPT_FROM = 200
PROMPT_OVER = 96
"""The size of the prompt is taken after each of so many turns from the 200th on, and after each of the last: the window of
recent talk slides, so that the size at one turn says nothing."""
ALIKE = (
    {"likes", "hobby", "habit", "favourite_colour", "favourite_food", "favourite_film", "favourite_book", "favourite_band"},
    {"owns", "pet"}, {"condition", "allergic_to"},
)  # fmt: skip
"""Kinds that a careful listener may take one for another, where the value is right. (dislikes is not likes.)"""


@dataclass(frozen=True, slots=True)
class Answer:
    values: tuple[str, ...]
    """What is known, as one would say it. A day also as ISO."""
    current: bool
    """Whether it is so now. False: it is told as past."""
    quotes: tuple[str, ...] = ()
    turns: tuple[int, ...] = ()
    """The turns it rests on."""


@dataclass(frozen=True, slots=True)
class Known:
    """One fact of the memory's own."""

    about: str
    """`me`, or who: a name, a nickname, "my sister", "colleague Anna"."""
    what: str
    """One of `KINDS`; anything else is counted and not judged."""
    value: str
    quote: str | None
    current: bool


class Memory(Protocol):
    async def said(self, turn: Turn) -> None: ...
    async def quiet(self) -> None:
        """Hours pass in which nothing is said."""
        ...

    async def ask(self, question: str, now: datetime) -> Answer | None:
        """None: not known."""
        ...

    async def facts(self) -> Sequence[Known]: ...
    async def forget(self, scope: Scope, text: str) -> None: ...
    async def prompt_tokens(self) -> int:
        """Tokens of the prompt that a brain would be given now."""
        ...

    def files(self) -> Sequence[Path]:
        """Every file in which bytes of the life may lie, logs of the database included."""
        ...


# --- whether two say the same -----------------------------------------------------------------------------


def plain(text: str) -> str:
    """Small letters, no accents, articles or punctuation; single spaces, one at each end."""
    bare = "".join(
        one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one)
    )
    words = re.sub(r"['’]s?\b", " ", bare)
    return f" {' '.join(word for word in re.findall(r'[a-z0-9]+', words) if word not in ('a', 'an', 'the', 'my'))} "


def holds(text: str, expected: str) -> bool:
    """Whether the expected words stand in the text, whole and in order."""
    return plain(expected) in plain(text)


def any_holds(texts: Iterable[str], expected: Iterable[str]) -> bool:
    expected = list(expected)
    return any(holds(text, one) for text in texts for one in expected)


def right(probe: Probe, answer: Answer | None) -> bool:
    if not probe.expect or answer is None:
        return not probe.expect and answer is None
    if any(len(value.split()) > WORDY for value in answer.values):
        return False
    if any_holds(answer.values, _only_wrong(probe)):
        return False
    if (probe.sort == "old" and answer.current) or (
        probe.sort in ("current", "corrected") and not answer.current
    ):
        return False
    return all(any_holds(answer.values, one) for one in probe.expect)


def _only_wrong(probe: Probe) -> list[str]:
    """What must not be said and is not part of what must: "piano" is no mistake beside "upright piano"."""
    return [no for no in probe.wrong if not any(holds(yes, no) for some in probe.expect for yes in some)]


# --- whether a fact of the memory's is true ---------------------------------------------------------------


class Truth:
    """What is true at the end of a life, to be looked up by who, what and value."""

    def __init__(self, life: Life) -> None:
        self.life, self.end = life, life.turns[-1].at.date()
        self.texts = [plain(turn.text) for turn in life.turns if turn.speaker == "person"]
        self.who: dict[str, set[str]] = defaultdict(set)
        for key, person in life.people.items():
            for name in (person.name, person.nick, person.relation, f"{person.relation} {person.name}", key):
                self.who[plain(name)].add(key)
        self.guessed = {(guess.kind, plain(guess.value)) for guess in life.guesses}

    def about(self, who: str) -> set[str]:
        return (
            {ME}
            if plain(who) in (plain(ME), " i ", " person ", " user ")
            else self.who.get(plain(who), set())
        )

    def matching(self, known: Known) -> list[Fact]:
        kinds = {known.what}.union(*(some for some in ALIKE if known.what in some))
        about = self.about(known.about)
        return [
            fact
            for fact in self.life.facts
            if fact.about in about and fact.kind in kinds and any_holds([known.value], fact.names)
        ]

    def judge(self, known: Known) -> str:
        """right, stale (true once, told as now), gone (true now, told as past), mistaken, arguable, wrong."""
        facts = self.matching(known)
        true = [fact for fact in facts if not fact.mistaken]
        if any(self._status(fact, known.current) for fact in true):
            return "right"
        if true:
            return "stale" if known.current else "gone"
        if facts:
            return "mistaken"
        about = self.about(known.about)
        if any(
            who in about and what == known.what and holds(known.value, value)
            for who, what, value in self.life.arguable
        ):
            return "arguable"
        return "wrong"

    def _status(self, fact: Fact, current: bool) -> bool:
        if fact.kind == "plan" and fact.ended is None and fact.due and fact.due < self.end:
            return True  # its day has passed and nobody said how it went
        return current == (fact.ended is None)

    def quoted(self, quote: str | None) -> bool:
        """Whether the person, and not the companion, said it."""
        return bool(quote and quote.strip()) and any(plain(quote or "") in text for text in self.texts)


# --- the exam ---------------------------------------------------------------------------------------------


@dataclass
class Sheet:
    """What was seen, and what of it was wrong."""

    marks: dict[str, list[bool]] = field(default_factory=lambda: defaultdict[str, list[bool]](list))
    wrong: list[str] = field(default_factory=list[str])

    def mark(self, name: str, good: bool, note: str = "") -> None:
        self.marks[name].append(good)
        if not good and note:
            self.wrong.append(f"{name}: {note}")

    def percent(self, name: str) -> float:
        """NaN where there was nothing to mark: no figure at all is not a good one."""
        marks = self.marks.get(name, [])
        return 100 * sum(marks) / len(marks) if marks else float("nan")

    def failed(self, name: str) -> float:
        return float(sum(not good for good in self.marks.get(name, [])))


async def measure(memory: Memory, life: Life, wrong: Path | None = None) -> dict[str, float]:
    """Figures in percent, but where they are counts (`*_bytes`, `*_returned`, `*_count`) or tokens.

    `wrong`: where to write what was wrong, a line each.
    """
    sheet, truth = Sheet(), Truth(life)
    prompts: tuple[list[int], list[int]] = ([], [])
    probes, forgets = _by_turn(life.probes), _by_turn(life.forgets)
    for turn in life.turns:
        await memory.said(turn)
        if turn.ends:
            await memory.quiet()
        for probe in probes.get(turn.number, []):
            _mark(sheet, truth, probe, await memory.ask(probe.question, turn.at + timedelta(minutes=1)))
        for one in forgets.get(turn.number, []):
            await memory.forget(one.scope, one.text)
            _bytes(sheet, "forgotten_bytes", memory, [one])
            await _returned(sheet, memory, one, one.asks[0], turn.at)
        if PROMPT_FROM <= turn.number < PROMPT_FROM + PROMPT_OVER:
            prompts[0].append(await memory.prompt_tokens())
        if turn.number > len(life.turns) - PROMPT_OVER:
            prompts[1].append(await memory.prompt_tokens())
    await memory.quiet()
    _bytes(sheet, "forgotten_bytes", memory, life.forgets)
    for one in life.forgets:
        await _returned(sheet, memory, one, one.asks[1], life.turns[-1].at)
    known = await memory.facts()
    for one in life.forgets:
        about = [each for each in known if one.canary.casefold() in f"{each.value} {each.quote}".casefold()]
        sheet.mark("forgotten_returned", not about, f"{about} was to be forgotten")
    figures = _figures(sheet) | _facts(sheet, truth, known) | _prompt(prompts)
    if wrong:
        _write(wrong, sheet.wrong)
    return figures


def _write(file: Path, wrong: Sequence[str]) -> None:
    file.write_text("\n".join(wrong) + "\n", encoding="utf-8")


def _by_turn(some: Iterable[Asked]) -> Mapping[int, list[Asked]]:
    turns: dict[int, list[Asked]] = defaultdict(list)
    for one in some:
        turns[one.turn].append(one)
    return turns


def _mark(sheet: Sheet, truth: Truth, probe: Probe, answer: Answer | None) -> None:
    said = (
        "nothing" if answer is None else f"{'now' if answer.current else 'past'} {' | '.join(answer.values)}"
    )
    note = f"after {probe.turn}, {probe.question!r}: {said!r}, not {probe.expect or 'nothing'}"
    sheet.mark(probe.sort, right(probe, answer), note)
    if probe.expect:
        sheet.mark("answered", answer is not None)
    if answer is not None:
        evidence = bool(answer.quotes) and all(truth.quoted(quote) for quote in answer.quotes)
        sheet.mark("evidence", evidence, f"after {probe.turn}, {probe.question!r} rests on {answer.quotes}")
        if probe.sort == "corrected":
            sheet.mark("not_mistaken", not any_holds(answer.values, _only_wrong(probe)), note)


def _bytes(sheet: Sheet, name: str, memory: Memory, forgets: Iterable[Forget]) -> None:
    """Marks each text and word that is still in a file, in capitals or not, in UTF-8 or UTF-16."""
    held = b"\n".join(file.read_bytes() for file in memory.files() if file.is_file()).lower()
    for one in forgets:
        for text in {*one.texts, one.canary}:
            forms = (text.lower().encode(), text.lower().encode("utf-16-le"))
            sheet.mark(name, not any(form in held for form in forms), f"{one.scope} {text!r} is in a file")


async def _returned(sheet: Sheet, memory: Memory, one: Forget, question: str, now: datetime) -> None:
    answer = await memory.ask(question, now)
    told = " ".join((*answer.values, *answer.quotes)) if answer else ""
    # The question itself may hold the word, so that an answer repeating it is told apart only by what it rests on.
    back = one.canary.casefold() in told.casefold() or any(holds(told, text) for text in one.texts)
    sheet.mark("forgotten_returned", not back, f"{question!r}: {told!r}")


def _figures(sheet: Sheet) -> dict[str, float]:
    return {
        "current_right": sheet.percent("current"),
        "old_told_as_past": sheet.percent("old"),
        "corrected_right": sheet.percent("corrected"),
        "when_right": sheet.percent("when"),
        "lists_right": sheet.percent("list"),
        "people_right": sheet.percent("who"),
        "never_abstained": sheet.percent("never"),
        "false_abstained": 100 - sheet.percent("answered"),
        "mistaken_told_count": sheet.failed("not_mistaken"),
        "answers_without_quote_count": sheet.failed("evidence"),
        "forgotten_bytes": sheet.failed("forgotten_bytes"),
        "forgotten_returned": sheet.failed("forgotten_returned"),
    }


def _facts(sheet: Sheet, truth: Truth, known: Sequence[Known]) -> dict[str, float]:
    """Precision over what is judged and not arguable; recall over what is true at the end and was told."""
    verdicts: dict[str, int] = defaultdict(int)
    found: set[int] = set()
    for one in known:
        quoted = truth.quoted(one.quote)
        sheet.mark("fact_quoted", quoted, f"{one} has no quote of the person's")
        verdict = truth.judge(one) if one.what in KINDS else "beyond"
        verdicts[verdict] += 1
        if verdict in ("beyond", "arguable"):
            continue
        sheet.mark("facts", verdict == "right", f"{verdict}: {one}")
        sheet.mark(f"facts_{one.what}", verdict == "right")
        sheet.mark("facts_any_time", verdict in ("right", "stale", "gone"))
        sheet.mark("not_hers", verdict != "wrong" or (one.what, plain(one.value)) not in truth.guessed)
        found |= {id(fact) for fact in truth.matching(one)} if verdict == "right" else set()
    for fact in truth.life.facts:
        if fact.ended is None and not (fact.due and fact.due < truth.end):
            sheet.mark(
                "recall", id(fact) in found, f"{fact.about} {fact.kind} {fact.value!r} is not among the facts"
            )
    kinds = sorted({one.what for one in known} & KINDS)
    return {
        "facts_count": float(len(known)),
        "facts_beyond_count": float(verdicts["beyond"]),
        "facts_without_quote_count": sheet.failed("fact_quoted"),
        "facts_precision": sheet.percent("facts"),
        "facts_precision_at_any_time": sheet.percent("facts_any_time"),
        "facts_recall": sheet.percent("recall"),
        "facts_mistaken_count": float(verdicts["mistaken"]),
        "facts_learned_from_her_count": sheet.failed("not_hers"),
        **{f"facts_precision_{kind}": sheet.percent(f"facts_{kind}") for kind in kinds},
    }


def _prompt(prompts: tuple[Sequence[int], Sequence[int]]) -> dict[str, float]:
    """The means, and by how many percent the late one is larger."""
    early, late = (sum(some) / len(some) if some else 0.0 for some in prompts)
    growth = 100 * (late - early) / early if early else float("nan")
    return {"prompt_tokens_early": early, "prompt_tokens_late": late, "prompt_growth": growth}


ASKED: Mapping[str, tuple[str, float]] = {
    "current_right": (">=", 95), "old_told_as_past": (">=", 90), "never_abstained": (">=", 90),
    "false_abstained": ("<=", 5), "facts_without_quote_count": ("<=", 0), "facts_precision": (">=", 90),
    "mistaken_told_count": ("<=", 0), "facts_mistaken_count": ("<=", 0), "facts_learned_from_her_count": ("<=", 0),
    "prompt_growth": ("<=", 2), "forgotten_bytes": ("<=", 0), "forgotten_returned": ("<=", 0),
}  # fmt: skip
"""What is asked of her memory."""


def missed(figures: Mapping[str, float]) -> list[str]:
    """Which of what is asked is not met; a figure that could not be taken is not met."""
    return [
        name
        for name, (sign, goal) in ASKED.items()
        if not (figures[name] >= goal if sign == ">=" else figures[name] <= goal)
    ]
