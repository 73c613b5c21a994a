"""Shows on a terminal how far a model has come: bytes, rate and time left.

Where nobody watches a terminal (a log, a pipe) it says a plain line every few seconds instead.
It does not know what is being fetched, only how much of it.
"""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.progress import Progress as Bars

from os1.brain.models import Model, Progress

EVERY = 5.0
"""Seconds between plain lines."""


@contextmanager
def show_progress(console: Console | None = None) -> Generator[Progress]:
    """The progress to hand to `Catalogue.fetch`."""
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield plain_lines(console.out, time.monotonic)
        return
    bars = Bars(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(compact=True),
        console=console,
    )
    tasks: dict[str, TaskID] = {}

    def move(model: Model, done: int, total: int) -> None:
        if model.id not in tasks:
            tasks[model.id] = bars.add_task(model.name, total=total)
        bars.update(tasks[model.id], completed=done, total=total)

    with bars:
        yield move


def plain_lines(say: Callable[[str], object], now: Callable[[], float]) -> Progress:
    """One line at the start, one every few seconds, one at the end."""
    begun: dict[str, tuple[float, int]] = {}
    spoken: dict[str, float] = {}

    def line(model: Model, done: int, total: int) -> None:
        at = now()
        since, first = begun.setdefault(model.id, (at, done))
        if model.id in spoken and at - spoken[model.id] < EVERY and done < total:
            return
        if spoken.get(model.id) == float("inf"):
            return
        spoken[model.id] = float("inf") if done >= total else at
        rate = (done - first) / (at - since) if at > since else 0
        left = f", {(total - done) / rate:.0f} s left" if rate and done < total else ""
        speed = f" at {rate / 1e6:.1f} MB/s" if rate else ""
        say(f"{model.name}: {done / 1e6:.0f} of {total / 1e6:.0f} MB{speed}{left}")

    return line
