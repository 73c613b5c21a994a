"""What a house counts about itself, in Prometheus' format. Numbers only: no words, no names, no message's length.

It does not know why a number is high.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from os1.voice.signals import Trace

MOMENTS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10, 30)
"""Seconds to a first word: fine where a person can feel the difference."""


class Metrics:
    """One house's numbers: a `companion.conversation.Meter`. Its registry is its own, so that two houses never add up."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        self._turns = Counter("os1_turns", "Turns she has taken", registry=registry)
        self._cut_off = Counter(
            "os1_turns_cut_off", "Turns of hers that were not shown to the end", registry=registry
        )
        self._first_word = Histogram(
            "os1_first_word_seconds",
            "From starting to think to her first word",
            buckets=MOMENTS,
            registry=registry,
        )
        self._windows = Gauge("os1_windows", "Windows that are open", registry=registry)
        self._calls = Gauge("os1_calls", "Calls that are going on", registry=registry)
        self._voice = Histogram(
            "os1_voice_to_voice_seconds",
            "From the end of the person's speech to her first sound",
            buckets=MOMENTS,
            registry=registry,
        )
        self._stages = Histogram(
            "os1_turn_stage_seconds",
            "How long each stage of a spoken turn took",
            ["stage"],
            buckets=MOMENTS,
            registry=registry,
        )
        self._brain_ready = Gauge("os1_brain_ready", "1 while she can think", registry=registry)
        self._events = Gauge("os1_events", "Events in her log", registry=registry)

    def first_word(self, seconds: float) -> None:
        self._first_word.observe(seconds)

    def turn(self, cut_off: bool) -> None:
        self._turns.inc()
        self._cut_off.inc(cut_off)

    def windows(self, many: int) -> None:
        self._windows.set(many)

    def call(self, on: bool) -> None:
        self._calls.set(on)

    def spoken_turn(self, trace: Trace) -> None:
        self._voice.observe(trace.voice_to_voice / 1000)
        for stage in trace.stages:
            self._stages.labels(stage.name).observe((stage.end - stage.start) / 1000)

    def text(self, *, brain_ready: bool, events: int) -> bytes:
        self._brain_ready.set(brain_ready)
        self._events.set(events)
        return generate_latest(self._registry)
