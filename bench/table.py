"""The table of figures: what was asked, what was measured, where and when. Pure: figures in, text out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

Value = float | str
BUSY = 1.0
"""Load average above which a machine is doing something else as well: times are then too long."""
PARTS = ("talk", "turns", "recall", "kill9")
TIMED = ("talk", "turns", "recall")
"""The others count, and a count does not depend on what else is going on."""


class Figure(NamedTuple):
    """One line of the table. `most`, `least`: what was asked, at most or at least; neither: told, and nothing was asked."""

    name: str
    part: str
    title: str
    most: float | None = None
    unit: str = ""
    digits: int = 2
    least: float | None = None


FIGURES = (
    Figure("warm_start_s", "talk", "from the command to her first word, for someone who speaks at once", 3, "s"),
    Figure("warm_start_answers_s", "talk", "… until the port answers", None, "s"),
    Figure("warm_start_welcome_s", "talk", "… until the window is welcomed", None, "s"),
    Figure("warm_start_ready_s", "talk", "… until her brain is ready", None, "s"),
    Figure("ttft_p50_s", "talk", "from sending to her first word, typed for two seconds or more", 0.5, "s"),
    Figure("ttft_p95_s", "talk", "… p95", None, "s"),
    Figure("ttft_pasted_p50_s", "talk", "… the same words pasted, so that she could not think ahead", None, "s"),
    Figure("ttft_pasted_p95_s", "talk", "… p95", None, "s"),
    Figure("talk_turn_p50_s", "talk", "a whole turn, from sending to her last word", None, "s"),
    Figure("overhead_p50_ms", "talk", "what OS1 adds to the bare engine's first token", 15, "ms", 1),
    Figure("overhead_p95_ms", "talk", "… p95", None, "ms", 1),
    Figure("overhead_until_asked_p50_ms", "talk", "… of it, from sending to asking: on disk, recall, prompt", None, "ms", 1),
    Figure("overhead_asking_p50_ms", "talk", "… of it, from asking to the first words, less what the engine took", None, "ms", 1),
    Figure("engine_mb", "talk", "memory of the engine, the mapped model included", None, "MB", 0),
    Figure("house_mb", "talk", "memory of the house", None, "MB", 0),
    Figure("turn_cost_ratio_10k_100", "turns", "an exchange after 10,000 stored turns, against one after 100", 1.05, "", 3),
    Figure("turn_ms_100", "turns", "… an exchange after 100, without the brain", None, "ms", 1),
    Figure("turn_ms_10k", "turns", "… an exchange after 10,000", None, "ms", 1),
    Figure("turn_cpu_ms_100", "turns", "… of the processor, after 100", None, "ms", 1),
    Figure("turn_cpu_ms_10k", "turns", "… of the processor, after 10,000", None, "ms", 1),
    Figure("turn_recall_ms_100", "turns", "… of it recall, after 100", None, "ms", 1),
    Figure("turn_recall_ms_10k", "turns", "… of it recall, after 10,000", None, "ms", 1),
    Figure("turn_prompt_bytes_100", "turns", "… what the brain is given to read, after 100", None, "bytes", 0),
    Figure("turn_prompt_bytes_10k", "turns", "… what the brain is given to read, after 10,000", None, "bytes", 0),
    Figure("recall_100k_p99_ms", "recall", "recall over 100,000 memories, p99", 15, "ms", 1),
    Figure("recall_100k_p50_ms", "recall", "… p50", None, "ms", 1),
    Figure("recall_100k_mb", "recall", "… memory of its index", None, "MB", 0),
    Figure("kill9_lost", "kill9", "acknowledged messages or events lost", 0, "", 0),
    Figure("kill9_corrupt", "kill9", "files found corrupt, or out of order", 0, "", 0),
    Figure("kill9_kills", "kill9", "… random kill -9", None, "", 0),
    Figure("kill9_acknowledged", "kill9", "… messages acknowledged before them", None, "", 0),
)  # fmt: skip

TOP = """# What it costs

`make bench` measures all of it, here and now, and writes this page and `results/first-light.json`;
`.venv/bin/python -m bench --only talk` (or `turns`, `recall`, `kill9`) measures a part and keeps the rest.
How each figure is measured is told at the top of its file: [talk.py](talk.py), [turns.py](turns.py),
[recall.py](recall.py), [kill9.py](kill9.py). Medians, unless it says otherwise.
What a call with her costs is measured by `make bench-voice`, and told in `VOICE.md`.
"""


def page(figures: Mapping[str, Value]) -> str:
    """The whole page, in Markdown."""
    head = ["| what | asked | measured |", "|---|--:|--:|"]
    rows = [f"| {title} | {asked} | {found} |" for title, asked, found in lines(figures)]
    return "\n".join([TOP, *_paragraphs(remarks(figures)), *head, *rows, "", *circumstances(figures), ""])


def text(figures: Mapping[str, Value]) -> str:
    """The same for a terminal."""
    rows = [("what", "asked", "measured"), *lines(figures)]
    wide = [max(len(row[column]) for row in rows) for column in range(3)]
    table = [f"{row[0]:{wide[0]}}  {row[1]:>{wide[1]}}  {row[2]:>{wide[2]}}" for row in rows]
    return "\n".join([*remarks(figures), *table, *circumstances(figures)])


def lines(figures: Mapping[str, Value], of: Sequence[Figure] = FIGURES) -> list[tuple[str, str, str]]:
    """Title, asked, measured, of all that was ever measured."""
    known = [(figure, figures[figure.name]) for figure in of if figure.name in figures]
    return [(one.title, _asked(one), _found(one, value)) for one, value in known]


def remarks(figures: Mapping[str, Value]) -> list[str]:
    """What must be known before the figures are believed."""
    said: list[str] = []
    for part in PARTS:
        load = figures.get(f"{part}_load_at_start", 0.0)
        if part in TIMED and isinstance(load, float) and load > BUSY:
            busy = f"The machine was busy before `{part}` was measured (load average {load:.1f})"
            said.append(f"{busy}: its times are too long.")
        if figures.get(f"{part}_few"):
            said.append(f"`{part}` was measured with small counts, to see that it works.")
    return said


def circumstances(figures: Mapping[str, Value]) -> list[str]:
    """On what machine and on which day, told once if it is the same for all parts."""
    places: dict[tuple[Value, Value], list[str]] = {}
    for part in PARTS:
        if f"{part}_date" in figures:
            where = (figures[f"{part}_machine"], figures[f"{part}_date"])
            places.setdefault(where, []).append(part)
    alone = len(places) == 1
    return [
        f"Measured on {machine}, {day}." if alone else f"{', '.join(parts)}: {machine}, {day}."
        for (machine, day), parts in places.items()
    ]


def _paragraphs(said: Sequence[str]) -> list[str]:
    return [line for one in said for line in (f"**{one}**", "")]


def _asked(figure: Figure) -> str:
    if figure.least is not None:
        return f"≥ {figure.least:g} {figure.unit}".strip()
    if figure.most is None:
        return ""
    number = f"{figure.most:g} {figure.unit}".strip()
    return number if figure.most == 0 else f"≤ {number}"


def _found(figure: Figure, value: Value) -> str:
    if isinstance(value, str):
        return value
    missed = (figure.most is not None and value > figure.most) or (
        figure.least is not None and value < figure.least
    )
    return f"{value:,.{figure.digits}f} {figure.unit}".strip() + (" (missed)" if missed else "")
