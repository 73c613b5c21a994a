"""The table of her memory: what was asked, what was measured, where and when. Pure: figures in, text out."""

from collections.abc import Mapping

from bench.table import BUSY, Figure, Value, lines

PARTS = ("life", "locomo", "echo", "scale", "bring", "notes")
TIMED = ("scale", "bring")
"""The others count, and a count does not depend on what else is going on."""


def least(name: str, part: str, title: str, asked: float | None = None, unit: str = "%") -> Figure:
    return Figure(name, part, title, None, unit, 1, asked)


FIGURES = (
    least("life_current_right", "life", "a life of 10,000 turns, no brain: the current value is right", 95),
    least("life_old_told_as_past", "life", "… the old value is told as past", 90),
    least("life_corrected_right", "life", "… right after a correction"),
    least("life_when_right", "life", "… when it was, or will be"),
    least("life_lists_right", "life", "… lists and counts"),
    least("life_people_right", "life", "… who somebody is"),
    least("life_never_abstained", "life", "… silent about what was never told", 90),
    Figure("life_false_abstained", "life", "… silent about what was told", 5, "%", 1),
    Figure("life_facts_without_quote_count", "life", "… facts without a quote", 0, "", 0),
    least("life_facts_precision", "life", "… facts that are true, of those she holds (rules alone)", 90),
    least("life_facts_precision_at_any_time", "life", "… … true at some time"),
    least("life_facts_recall", "life", "… … of what was told, known as a fact"),
    Figure("life_facts_count", "life", "… … how many", None, "", 0),
    Figure("life_facts_learned_from_her_count", "life", "… … learned from her own guesses", 0, "", 0),
    Figure("life_prompt_growth", "life", "… her prompt, from turn 200 to 10,000, grew by", 2, "%", 1),
    Figure("forgotten_bytes", "life", "… of 100 things forgotten, bytes left in her files", 0, "", 0),
    Figure("forgotten_returned", "life", "… … that came back when asked for", 0, "", 0),
    least("locomo_r10", "locomo", "LoCoMo, evidence turns, no brain: recall at 10", 80),
    Figure("locomo_mrr", "locomo", "… mean reciprocal rank", None, "%", 1, 62),
    least("locomo_r1024", "locomo", "… recall within 1,024 tokens", 87),
    least("locomo_r10_test", "locomo", "… recall at 10 on the five that nothing was chosen on"),
    least("locomo_facts_r10", "locomo", "… with facts as ways to the turns (LoCoMo's own): recall at 10", 84),
    least("locomo_facts_r10_multi", "locomo", "… … where several turns are needed", 58),
    least("echo_hit10", "echo", "a remark finds, among ten, what it shares no word with (300 pairs)", 37),
    least("echo_hit1", "echo", "… first of all"),
    Figure("echo_idle", "echo", "… a remark of no consequence brings something up", None, "%", 1),
    Figure("read_100k_p99_ms", "scale", "from a text to memories with their words, 100,000 turns, p99", 40, "ms", 1),
    Figure("read_1m_p99_ms", "scale", "… a million turns", 60, "ms", 1),
    Figure("search_1m_p99_ms", "scale", "… the search alone, a million turns", 10, "ms", 1),
    Figure("start_100k_s", "scale", "from opening the file to all of it in mind, 100,000 turns", 0.5, "s"),
    Figure("start_1m_s", "scale", "… a million turns", 2, "s"),
    Figure("index_100k_mb", "scale", "memory of the index, 100,000 turns", 80, "MB", 0),
    Figure("index_1m_mb", "scale", "… a million turns", 500, "MB", 0),
    Figure("write_p99_ms", "scale", "to keep a turn and have it findable, p99", 15, "ms", 1),
    Figure("import_100mb_s", "bring", "a ChatGPT export of 100 MB, in the log and findable", 120, "s", 1),
    Figure("import_100mb_rss_mb", "bring", "… memory at most", 500, "MB", 0),
    Figure("import_again_new", "bring", "… brought once more: new messages", 0, "", 0),
    least("notes_precision", "notes", "facts noted by the embedded brain that are right (a set of our own)", 90),
    least("notes_recall", "notes", "… of what was told"),
    Figure("notes_calls_per_8_turns", "notes", "… calls in 8 turns", 1, "", 2),
    Figure("notes_seconds_per_turn", "notes", "… seconds a turn", None, "s"),
)  # fmt: skip

TOP = """# What her memory is worth

`make bench-memory` measures all of it, here and now, and writes this page and `results/memory.json`;
`.venv/bin/python -m bench.memory --only life` (or `locomo`, `echo`, `scale`, `bring`, `notes`) measures a part and keeps
the rest. How each figure is measured is told at the top of its file: [memory_life.py](memory_life.py) and
[lives/](lives/), [memory_locomo.py](memory_locomo.py) (needs `OS1_LOCOMO=locomo10.json`: CC BY-NC, not shipped),
[memory_echo.py](memory_echo.py), [memory_scale.py](memory_scale.py), [memory_import.py](memory_import.py),
[notes.py](notes.py).
"""


def page(figures: Mapping[str, Value]) -> str:
    """The whole page, in Markdown."""
    head = ["| what | asked | measured |", "|---|--:|--:|"]
    body = [f"| {title} | {asked} | {found} |" for title, asked, found in lines(figures, FIGURES)]
    said = [line for one in remarks(figures) for line in (f"**{one}**", "")]
    return "\n".join([TOP, *said, *head, *body, "", *circumstances(figures), ""])


def text(figures: Mapping[str, Value]) -> str:
    """The same for a terminal."""
    table = [("what", "asked", "measured"), *lines(figures, FIGURES)]
    wide = [max(len(row[column]) for row in table) for column in range(3)]
    body = [f"{row[0]:{wide[0]}}  {row[1]:>{wide[1]}}  {row[2]:>{wide[2]}}" for row in table]
    return "\n".join([*remarks(figures), *body, *circumstances(figures)])


def remarks(figures: Mapping[str, Value]) -> list[str]:
    """What must be known before the figures are believed."""
    loads = {part: figures.get(f"{part}_load_at_start", 0.0) for part in TIMED}
    return [
        f"The machine was busy before `{part}` was measured (load average {load:.1f}): its times are too long."
        for part, load in loads.items()
        if isinstance(load, float) and load > BUSY
    ]


def circumstances(figures: Mapping[str, Value]) -> list[str]:
    """On what machine and on which day, for each part."""
    there = [part for part in PARTS if f"{part}_date" in figures]
    places = {(figures[f"{part}_machine"], figures[f"{part}_date"]) for part in there}
    if len(places) == 1:
        machine, day = places.pop()
        return [f"Measured on {machine}, {day}."]
    return [f"{part}: {figures[f'{part}_machine']}, {figures[f'{part}_date']}." for part in there]
