"""The table of a call: what was asked, what was measured, where and when. Pure: figures in, text out."""

from collections.abc import Mapping

from bench.table import BUSY, Figure, Value, lines

PARTS = ("v2v", "paused", "bargein", "noise", "echo", "rich")
LATE = 5.0
"""Milliseconds after its time that a frame may leave: more, and the machine was too busy to speak on time."""

FIGURES = (
    Figure("v2v_p50_s", "v2v", "from the end of speech to her first audible sound", 0.5, "s", 3),
    Figure("v2v_p95_s", "v2v", "… p95", 0.8, "s", 3),
    Figure("v2v_max_s", "v2v", "… longest", None, "s", 3),
    Figure("plain_v2v_p50_s", "v2v", "… plain utterances", None, "s", 3),
    Figure("plain_v2v_p95_s", "v2v", "… … p95", None, "s", 3),
    Figure("paused_v2v_p50_s", "paused", "… with a thinking pause inside", None, "s", 3),
    Figure("paused_v2v_p95_s", "paused", "… … p95", None, "s", 3),
    Figure("opener_v2v_p50_s", "v2v", "… turns that she opened with a sound that needs no thought", None, "s", 3),
    Figure("opener_v2v_p95_s", "v2v", "… … p95", None, "s", 3),
    Figure("house_says_v2v_p50_s", "v2v", "… as the house itself says", None, "s", 3),
    Figure("turns", "v2v", "utterances", None, "", 0),
    Figure("cut_in_rate", "v2v", "she spoke into an utterance, of all", 0.03, "", 3),
    Figure("cut_ins", "v2v", "… times", None, "", 0),
    Figure("cut_ins_in_pauses", "paused", "… of them in a thinking pause", None, "", 0),
    Figure("early_cut_rate", "v2v", "a turn was taken to be over before it was, of all", None, "", 3),
    Figure("early_cuts_mended", "paused", "… of them put together again in silence", None, "", 0),
    Figure("missed_turns", "v2v", "no answer within 6 s", None, "", 0),
    Figure("late_turns", "v2v", "answers after more than 2 s", None, "", 0),
    Figure("wer", "v2v", "words misheard, of all", None, "", 3),
    Figure("bargein_p50_s", "bargein", "from the first sound of an interruption to her last", 0.2, "s", 3),
    Figure("bargein_p95_s", "bargein", "… p95", 0.3, "s", 3),
    Figure("bargein_count", "bargein", "… interruptions", None, "", 0),
    Figure("bargein_ignored", "bargein", "… that she talked over", None, "", 0),
    Figure("bargein_understood", "bargein", "… whose words were understood", None, "", 0),
    Figure("false_stops", "noise", "fell silent for what was not meant for her", None, "", 0),
    Figure("false_waits", "noise", "… only for a moment", None, "", 0),
    Figure("false_turns", "noise", "… turns that these began", None, "", 0),
    Figure("disturbances", "noise", "… of agreeing words, coughs, keys, music, television over her speech", None, "", 0),
    Figure("noise_turns", "noise", "turns begun by noise, music and keys, nobody speaking", 0, "", 0),
    Figure("noise_s", "noise", "… of so much", None, "s", 0),
    Figure("self_hearing_turns", "echo", "turns begun by her own voice in the microphone, at -20 dB", 0, "", 0),
    Figure("self_hearing_stops", "echo", "… times that she stopped for it", None, "", 0),
    Figure("self_hearing_waits", "echo", "… times that she waited for it", None, "", 0),
    Figure("self_hearing_min", "echo", "… of so much of her speech", None, "min", 1),
    Figure("kokoro_v2v_p50_s", "rich", "from the end of speech to her first audible sound, richer voice", 1.2, "s", 3),
    Figure("kokoro_v2v_p95_s", "rich", "… p95", None, "s", 3),
    Figure("kokoro_cut_in_rate", "rich", "… she spoke into an utterance, of all", None, "", 3),
    Figure("rss_mb", "v2v", "memory of the whole house (pages of all its processes, shared ones once)", 3000, "MB", 0),
    Figure("rss_sum_mb", "v2v", "… shared ones counted for each process", None, "MB", 0),
    Figure("rich_rss_mb", "rich", "… with the richer voice", 3000, "MB", 0),
    Figure("cpu_share", "v2v", "share of the machine's processors during the talk", None, "", 2),
    Figure("feeder_late_p99_ms", "v2v", "the bench's own microphone was late, p99", None, "ms", 1),
)  # fmt: skip

TOP = """# What a call costs

`make bench-voice` measures all of it, here and now, and writes this page and `results/voice.json`;
`.venv/bin/python -m bench.voice --only v2v` (or `paused`, `bargein`, `noise`, `echo`, `rich`) measures a part and
keeps the rest; `--few` is to see that it works, `--set dev` is for tuning, and both keep nothing.

A real house with the embedded parts is called over its own socket by recordings that are played at the pace of the
clock: [voice_caller.py](voice_caller.py). The recordings are made once, by six voices that are not hers, with room
noise, different loudness, some with reverberation or more noise: [voice_recordings.py](voice_recordings.py),
[utterances.toml](utterances.toml). Her loudspeaker plays what arrives as it arrives: no time is counted for a
browser's buffers, hers or the microphone's. A frame of 20 ms leaves when its last sample was captured, so that is
counted. Figures without a name before them are of plain and paused utterances together; the time of a turn that she
spoke into is not counted, but its cut-in is. People are not synthetic voices: expect more misheard words with them.
"""


def stage_figures(figures: Mapping[str, Value]) -> list[Figure]:
    """A line for each stage that the house told of, in the order in which they end."""
    ends = {
        name.removeprefix("stage_").removesuffix("_end_p50_ms"): float(value)
        for name, value in figures.items()
        if name.startswith("stage_") and name.endswith("_end_p50_ms")
    }
    found: list[Figure] = []
    for stage in sorted(ends, key=ends.__getitem__):
        title = stage.replace("_", " ")
        found += [
            Figure(f"stage_{stage}_end_p50_ms", "v2v", f"stage “{title}”: ends after", None, "ms", 0),
            Figure(f"stage_{stage}_end_p95_ms", "v2v", "… p95", None, "ms", 0),
            Figure(f"stage_{stage}_took_p50_ms", "v2v", "… took", None, "ms", 0),
        ]
    return found


def rows(figures: Mapping[str, Value]) -> list[tuple[str, str, str]]:
    return lines(figures, [*FIGURES, *stage_figures(figures)])


def page(figures: Mapping[str, Value]) -> str:
    """The whole page, in Markdown."""
    head = ["| what | asked | measured |", "|---|--:|--:|"]
    body = [f"| {title} | {asked} | {found} |" for title, asked, found in rows(figures)]
    said = [line for one in remarks(figures) for line in (f"**{one}**", "")]
    return "\n".join([TOP, *said, *head, *body, "", *circumstances(figures), ""])


def text(figures: Mapping[str, Value]) -> str:
    """The same for a terminal."""
    table = [("what", "asked", "measured"), *rows(figures)]
    wide = [max(len(row[column]) for row in table) for column in range(3)]
    body = [f"{row[0]:{wide[0]}}  {row[1]:>{wide[1]}}  {row[2]:>{wide[2]}}" for row in table]
    return "\n".join([*remarks(figures), *body, *circumstances(figures)])


def remarks(figures: Mapping[str, Value]) -> list[str]:
    """What must be known before the figures are believed."""
    said: list[str] = []
    for part in PARTS:
        load = figures.get(f"{part}_load_at_start", 0.0)
        if isinstance(load, float) and load > BUSY:
            said.append(
                f"The machine was busy before `{part}` was measured (load average {load:.1f}): its times are too long."
            )
    late = figures.get("feeder_late_p99_ms", 0.0)
    if isinstance(late, float) and late > LATE:
        said.append(f"The bench's own microphone was late by {late:.0f} ms (p99): the machine was too busy.")
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
