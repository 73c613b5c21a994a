"""Where the time of a turn went, as a value: stages in milliseconds from the end of the person's speech. Pure."""

from collections.abc import Mapping

from os1.voice.signals import Stage, Trace

ORDER = (
    ("noticed", "end", "noticed"),
    ("words", "noticed", "words"),
    ("first word", "asked", "first word"),
    ("first phrase", "first word", "first phrase"),
    ("opener", "noticed", "opener"),
    ("voice", "first phrase", "first sound"),
    ("turn", "judged from", "judged"),
    ("patience", "noticed", "patient until"),
    ("kept", "keeping", "kept"),
)
"""Each stage with the moments between which it lies. Some begin before the person has ended: she thinks ahead."""


def traced(reply: int, times: Mapping[str, float]) -> Trace:
    """`times`: moments of one clock, in seconds; `end` (of the person's speech) and `out` must be there."""
    end = times["end"]
    stages = [
        Stage(name=name, start=since(times[start], end), end=since(times[stop], end))
        for name, start, stop in ORDER
        if start in times and stop in times
    ]
    return Trace(reply=reply, voice_to_voice=since(times["out"], end), stages=tuple(stages))


def since(moment: float, end: float) -> float:
    return round((moment - end) * 1000, 1)
