"""What was measured, out of what happened: moments in, figures out. Pure; it does not know how a call is made.

All moments are seconds since the call began. A voice-to-voice time counts only for a turn that was let finish: one
that she spoke into is a cut-in, and has no time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from bench.figures import median, percentile
from bench.voice_words import error_rate

Stretch = tuple[float, float]
PATIENCE = 6.0
"""Seconds after which an answer is taken not to come."""
LATE = 2.0
"""Seconds after which a person asks whether she is still there."""
SOONEST = 0.03
"""Seconds in which nothing can tell a voice from a click: who was silent by then was silent anyway."""
FELL_SILENT = 0.5
"""Seconds of silence that are no pause between her words."""
GIVES_WAY = 2.0
"""Seconds in which she must have stopped; later she has ignored them."""


class Utterance(NamedTuple):
    """What the person said, and what came of it until they spoke again."""

    text: str
    starts: float
    ends: float
    pauses: Sequence[Stretch]
    hers: Sequence[Stretch]
    """When she could be heard, from `starts` on."""
    heard: Sequence[tuple[float, str, bool]]
    """When words of it were known, which, and whether they only continued the ones before."""
    opener: bool = False
    """She answered with a sound that needed no thought."""


class Outcome(NamedTuple):
    text: str
    waited: float | None
    """Seconds from the end of speech to her first sound. None: she spoke into it, or not at all."""
    cut_in: bool
    in_pause: bool
    """... in a thinking pause."""
    early: bool
    """It was taken to be over before it was."""
    mended: bool
    """... and the rest was put to it, with nothing said in between."""
    missed: bool
    """No answer came."""
    heard: str
    opener: bool


def outcome(one: Utterance) -> Outcome:
    into = [start for start, _ in one.hers if one.starts < start < one.ends]
    after = [start for start, _ in one.hers if start >= one.ends]
    waited = after[0] - one.ends if after and after[0] - one.ends <= PATIENCE else None
    early = [place for place, (at, _, _) in enumerate(one.heard) if at < one.ends]
    rest = one.heard[early[-1] + 1 :] if early else one.heard[:0]
    return Outcome(
        text=one.text,
        waited=None if into else waited,
        cut_in=bool(into),
        in_pause=any(a <= start <= b for start in into for a, b in one.pauses),
        early=bool(early),
        mended=bool(early) and not into and all(goes_on for _, _, goes_on in rest) and bool(rest),
        missed=not into and waited is None,
        heard=" ".join(text for _, text, _ in one.heard),
        opener=one.opener,
    )


def of_turns(outcomes: Sequence[Outcome], name: str = "") -> dict[str, float]:
    """The figures of a set of utterances. `name` goes before each."""
    thought = [one.waited for one in outcomes if one.waited is not None and not one.opener]
    opened = [one.waited for one in outcomes if one.waited is not None and one.opener]
    many = max(len(outcomes), 1)
    return {
        **spread(f"{name}v2v", thought),
        **spread(f"{name}opener_v2v", opened),
        f"{name}turns": len(outcomes),
        f"{name}cut_in_rate": sum(one.cut_in for one in outcomes) / many,
        f"{name}cut_ins": sum(one.cut_in for one in outcomes),
        f"{name}cut_ins_in_pauses": sum(one.in_pause for one in outcomes),
        f"{name}early_cut_rate": sum(one.early for one in outcomes) / many,
        f"{name}early_cuts": sum(one.early for one in outcomes),
        f"{name}early_cuts_mended": sum(one.mended for one in outcomes),
        f"{name}missed_turns": sum(one.missed for one in outcomes),
        f"{name}late_turns": sum(one.waited is not None and one.waited > LATE for one in outcomes),
        f"{name}wer": error_rate([(one.text, one.heard) for one in outcomes]),
    }


def spread(name: str, seconds: Sequence[float]) -> dict[str, float]:
    """Median, p95 and longest; nothing of nothing."""
    if not seconds:
        return {}
    return {
        f"{name}_p50_s": median(seconds),
        f"{name}_p95_s": percentile(seconds, 95),
        f"{name}_max_s": max(seconds),
    }


def of_stages(traces: Sequence[Mapping[str, Stretch]]) -> dict[str, float]:
    """Of each stage, where it ended and how long it took, in ms from the end of speech as the house knows it."""
    figures: dict[str, float] = {}
    for name in dict.fromkeys(stage for trace in traces for stage in trace):
        found = [trace[name] for trace in traces if name in trace]
        name = name.replace(" ", "_")
        ends, took = [b for _, b in found], [b - a for a, b in found]
        figures |= {
            f"stage_{name}_end_p50_ms": median(ends),
            f"stage_{name}_end_p95_ms": percentile(ends, 95),
            f"stage_{name}_took_p50_ms": median(took),
            f"stage_{name}_took_p95_ms": percentile(took, 95),
            f"stage_{name}_turns": len(found),
        }
    return figures


# --- when the person speaks while she does ---


class Stop(NamedTuple):
    """What became of an attempt to interrupt her."""

    how: Literal["stopped", "ignored", "over"]
    """over: she had fallen silent by herself, so nothing can be said."""
    seconds: float = 0.0


def stop(onset: float, hers: Sequence[Stretch], gave_way: float | None) -> Stop:
    """`hers`: stretches in which she was heard around `onset`; `gave_way`: when she was first told to be silent."""
    last = onset
    for start, end in sorted(hers):
        if end < onset:
            continue
        if start > last + FELL_SILENT:
            break
        last = max(last, end)
    if last < onset + SOONEST:
        return Stop("over")
    if gave_way is None or gave_way > onset + GIVES_WAY:
        return Stop("ignored" if last > onset + GIVES_WAY else "over")
    return Stop("stopped", last - onset)


def of_stops(stops: Sequence[Stop]) -> dict[str, float]:
    stopped = [one.seconds for one in stops if one.how == "stopped"]
    judged = [one for one in stops if one.how != "over"]
    return {
        **spread("bargein", stopped),
        "bargein_count": len(judged),
        "bargein_ignored": len(judged) - len(stopped),
        "bargein_unjudged": len(stops) - len(judged),
    }


@dataclass
class Disturbed:
    """Sounds over her speech that were not meant for her, and how she bore them. By kind."""

    stopped: list[tuple[str, bool]] = field(default_factory=list[tuple[str, bool]])
    """Whether she fell silent for good ..."""
    waited: int = 0
    """... or only for a moment ..."""
    turns: int = 0
    """... and how many were taken for something said."""

    def figures(self) -> dict[str, float]:
        kinds = dict.fromkeys(kind for kind, _ in self.stopped)
        each = {
            f"false_stops_{kind}": float(sum(gone for of, gone in self.stopped if of == kind))
            for kind in kinds
        }
        return {
            "disturbances": len(self.stopped),
            "false_stops": sum(gone for _, gone in self.stopped),
            "false_waits": self.waited,
            "false_turns": self.turns,
        } | each
