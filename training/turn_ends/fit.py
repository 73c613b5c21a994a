"""Fits what each sign weighs on the one half, and says how the judge does on the other: other voices, other sentences.

    python training/turn_ends/fit.py --fit fit.jsonl --judge judge.jsonl --table src/os1/voice/ends_table.py

Logistic regression by Newton steps, numpy alone. A sign that is to mean "more will come" may not turn round because
five sentences did: such weights are held at zero. It does not choose the seconds; they are in `ends`.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from os1.voice import ends
from os1.voice.base import Marks
from os1.voice.ends import Evidence
from os1.voice.prosody import Prosody

MORE = [
    "filler",
    "joiner",
    "determiner",
    "preposition",
    "stranded",
    "copula",
    "auxiliary",
    "subject",
    "degree",
    "wanting",
    "opens_that",
    "bare_start",
    "frame",
    "subordinate",
    "hanging_topic",
    "ends_asking",
    "no_verb",
    "listing",
    "mark_open",
    "comma_sure",
    "onward",
]
WHOLE = [
    "whole_question",
    "question",
    "tag",
    "whole",
    "answer",
    "command",
    "settled",
    "mark_question",
    "turn_model",
    "stop_sure",
]
FREE = ["length"]
SOUND = list(Prosody._fields)
PAUSES = np.arange(0.5, 1.25, 0.1)
"""Seconds of a thinking pause: each stop is judged with all of them."""
WEIGHT = {"end": 1.0, "pause": 1.0, "breath": 0.3}
UNMARKED = 0.3
"""Times that weight, of what is shown without the ears' marks: her own ears tell them, and they come first."""
RIDGE = 4.0
"""How much a weight is held to what it was before it was seen: some signs are in three sentences, and are known."""
BEFORE = {
    "filler": -3.0, "joiner": -3.0, "determiner": -3.0, "preposition": -2.5, "copula": -2.5, "auxiliary": -2.0,
    "subject": -3.0, "degree": -2.0, "wanting": -1.0, "opens_that": -2.0, "bare_start": -3.0, "frame": -2.5,
    "subordinate": -2.0, "hanging_topic": -2.0, "ends_asking": -2.5, "no_verb": -0.5, "listing": -1.5,
    "mark_open": -1.0, "question": 0.5, "tag": 1.0, "whole": 1.5, "answer": 1.0, "command": 0.5, "settled": 0.5,
    "mark_question": 0.5, "whole_question": 1.0, "turn_model": 0.3,
    "onward": -1.5,
}  # fmt: skip
"""What a person who knows English would guess."""

Row = dict[str, Any]


def load(paths: list[Path]) -> list[Row]:
    return [json.loads(line) for path in paths for line in path.read_text().splitlines()]


def evidence(row: Row, silence: int = 0, without: str = "") -> Evidence:
    """`without`: words, sound or model, to see what each gives."""
    heard = Prosody(*row["prosody"]) if row["prosody"] and without != "sound" else None
    text = "This is it." if without == "words" else row["heard"]
    marks = Marks(*row["marks"]) if row.get("marks") and without != "marks" else None
    return Evidence(text, None if without == "model" else row["turn"][silence], heard, row["asked"], marks)


def scales(rows: list[Row]) -> dict[str, tuple[float, float]]:
    figures = np.array([row["prosody"] for row in rows if row["prosody"]])
    middle, spread = np.median(figures, axis=0), figures.std(axis=0)
    return {
        name: (round(float(m), 3), round(float(s), 3))
        for name, m, s in zip(SOUND, middle, spread, strict=True)
    }


def table(rows: list[Row], without: str, silence: int) -> tuple[list[str], np.ndarray]:
    names = [*MORE, *WHOLE, *FREE, *SOUND]
    ends.WEIGHTS.update(dict.fromkeys(names, 0.0))
    found = [ends.signs(evidence(row, silence, without)) for row in rows]
    return names, np.array([[signs.get(name, 0.0) for name in names] for signs in found])


def newton(x: np.ndarray, y: np.ndarray, weight: np.ndarray, before: np.ndarray) -> np.ndarray:
    x = np.hstack([np.ones((len(x), 1)), x])
    before = np.concatenate([[0.0], before])
    w = before.copy()
    ridge = np.full(len(w), RIDGE)
    ridge[0] = 0.0
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (weight * (y - p)) - ridge * (w - before)
        curve = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(ridge) + 1e-6 * np.eye(len(w))
        w += np.linalg.solve(curve, slope)
    return w


def fit(rows: list[Row], without: str = "", silence: int = 0) -> tuple[float, dict[str, float]]:
    names, x = table(rows, without, silence)
    y = np.array([float(row["kind"] == "end") for row in rows])
    weight = np.array([WEIGHT[row["kind"]] * (1.0 if row.get("marks") else UNMARKED) for row in rows])
    used = np.ones(len(names), bool)
    before = np.array([BEFORE.get(name, 0.0) for name in names])
    while True:
        w = newton(x[:, used], y, weight, before[used])
        found = dict(zip([name for name, use in zip(names, used, strict=True) if use], w[1:], strict=True))
        turned = [n for n, v in found.items() if (n in MORE and v > 0.01) or (n in WHOLE and v < -0.01)]
        if not turned:
            return float(w[0]), {name: float(found.get(name, 0.0)) for name in names}
        used &= np.array([name not in turned for name in names])


def install(bias: float, weights: dict[str, float], scale: dict[str, tuple[float, float]]) -> None:
    ends.BIAS = bias
    ends.WEIGHTS.clear()
    ends.WEIGHTS.update(weights)
    ends.SCALES.clear()
    ends.SCALES.update(scale)


def curve(rows: list[Row], without: str = "", silence: int = 0) -> list[tuple[float, float, float]]:
    """For thresholds that make 2, 5 and 10 % of the plain ends slow: the share of stops taken for ends."""
    likely = np.array([ends.over(evidence(row, silence, without)) for row in rows])
    plain = np.array([row["kind"] == "end" and row["parts"] == 1 for row in rows])
    stops = np.array([row["kind"] == "pause" for row in rows])
    edges = [float(np.quantile(likely[plain], share)) for share in (0.02, 0.05, 0.1)]
    return [
        (edge, float((likely[plain] < edge).mean()), float((likely[stops] >= edge).mean())) for edge in edges
    ]


def speaks_after(row: Row, looks: tuple[float, ...]) -> float:
    """Seconds of silence after which she would speak, judged anew at each of these."""
    for n, look in enumerate(looks):
        after = max(look, ends.patience(evidence(row, n)))
        if after < (*looks, np.inf)[n + 1]:
            return float(after)
    raise AssertionError("the last look has no end")


def report(rows: list[Row], looks: tuple[float, ...]) -> None:
    """Shares, in percent. A stop is held against pauses of each length, since its own is only drawn by lot."""
    kinds = {
        "plain": [row for row in rows if row["kind"] == "end" and row["parts"] == 1],
        "ends of the paused": [row for row in rows if row["kind"] == "end" and row["parts"] > 1],
        "stops": [row for row in rows if row["kind"] == "pause"],
        "breaths": [row for row in rows if row["kind"] == "breath"],
    }
    after = {name: np.array([speaks_after(row, looks) for row in found]) for name, found in kinds.items()}
    for name in list(kinds)[:3]:
        shares = {
            edge: round(100 * float(np.mean(after[name] <= edge)), 1) for edge in (0.4, 0.5, 0.7, 1.0, 1.31)
        }
        print(f"  {name} ({len(after[name])}): spoken to within seconds, %: {shares}")
    cut = {round(float(pause), 1): round(100 * float((after["stops"] < pause).mean()), 1) for pause in PAUSES}
    gaps = np.array([row["gap"] for row in kinds["breaths"]])
    breaths = int(np.sum(after["breaths"] < gaps))
    both = (
        float(np.mean([(after["stops"] < pause).mean() for pause in PAUSES])) * len(after["stops"]) + breaths
    )
    words = np.array([_open(row) for row in kinds["stops"]])
    sure = after["stops"] < np.mean(PAUSES)
    print(f"  cut in on stops, by seconds of pause, %: {cut}; on breaths: {breaths} of {len(gaps)}")
    print(
        f"  of stops the words give away ({words.sum()}) {100 * sure[words].mean():.1f} %, of the others {100 * sure[~words].mean():.1f} %"
    )
    print(
        f"  cut-ins over plain and paused together: {100 * both / (len(after['plain']) + len(after['stops'])):.1f} %"
    )


def _open(row: Row) -> bool:
    signs = ends.signs(evidence(row))
    return any(
        signs.get(name)
        for name in MORE
        if name not in ("stranded", "no_verb", "mark_open", "comma_sure", "onward")
    )


def write(
    path: Path, bias: float, weights: dict[str, float], scale: dict[str, tuple[float, float]], rows: int
) -> None:
    lines = [
        '"""What each sign weighs, as `training/turn_ends/fit.py` found it. Not edited by hand; it knows no voice but those',
        f'of the {rows} silences it was fitted on, which were all synthetic."""',
        "",
        f"BIAS = {bias:.2f}",
        "",
        "WEIGHTS: dict[str, float] = {",
        *[f'    "{name}": {value:.2f},' for name, value in weights.items() if abs(value) >= 0.005],
        "}",
        "",
        "SCALES: dict[str, tuple[float, float]] = {",
        *[f'    "{name}": {value},' for name, value in scale.items()],
        "}",
        '"""Middle and spread of each figure of the sound."""',
        "",
    ]
    path.write_text("\n".join(lines))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--fit", type=Path, nargs="+", required=True)
    options.add_argument("--judge", type=Path, nargs="+", required=True)
    options.add_argument("--table", type=Path)
    chosen = options.parse_args()
    rows, judged = load(chosen.fit), load(chosen.judge)
    # Each twice, with and without the ears' marks: not all ears tell them, and the table serves both.
    rows += [row | {"marks": None} for row in rows if row.get("marks")]
    scale = scales(rows)
    install(0.0, {}, scale)
    for without in ("words", "sound", "model", "marks", ""):
        bias, weights = fit(rows, without)
        install(bias, weights, scale)
        print(f"without {without or 'nothing'}: fit {curve(rows, without)}, judge {curve(judged, without)}")
    for looks in ((0.1,), (0.1, 0.45, 0.8)):
        print(f"\njudged at {looks} s of silence")
        report(judged, looks)
    if chosen.table:
        write(chosen.table, bias, weights, scale, len({(row["key"], row["at"]) for row in rows}))


if __name__ == "__main__":
    main()
