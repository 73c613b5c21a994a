"""The page and the house speak the same words."""

from collections import defaultdict
from pathlib import Path
from typing import Any, get_args

import pytest

from os1 import events, frames
from os1.events import Event
from os1.frames import Command, Frame
from os1.server import protocol

PAGE = Path(__file__).parents[2] / "web" / "src" / "lib" / "protocol.ts"


def test_the_page_has_the_vocabulary_of_this_house():
    assert PAGE.read_text("utf-8") == protocol.typescript(), (
        "web/src/lib/protocol.ts is stale: run `python -m os1.cli protocol > web/src/lib/protocol.ts`"
    )


@pytest.mark.parametrize(("name", "kinds"), [("Event", Event), ("Command", Command), ("Frame", Frame)])
def test_every_kind_is_in_its_union(name: str, kinds: Any):
    written = protocol.typescript()
    union = next(line for line in written.splitlines() if line.startswith(f"export type {name} ="))
    models = get_args(get_args(kinds)[0])
    assert union == f"export type {name} = {' | '.join(model.__name__ for model in models)};"
    assert all(f"export interface {model.__name__} {{" in written for model in models)


def test_a_command_may_leave_out_what_has_a_default_and_a_frame_never_does():
    written = protocol.typescript()
    assert "  seconds?: number | null;" in written  # Say
    assert "  seconds: number | null;" in written  # Heard
    assert 'kind: "say";' in written


def test_the_sentences_under_the_fields_come_along():
    assert "/** How often they stopped for over two seconds, or took words back. */" in protocol.typescript()
    assert f"export const LONGEST_MESSAGE = {events.LONGEST_MESSAGE};" in protocol.typescript()


def test_a_type_without_a_translation_is_refused_not_guessed(monkeypatch: pytest.MonkeyPatch):
    class Strange(events.Value):
        value: bytes

    monkeypatch.setattr(frames, "Open", Strange)
    monkeypatch.setattr(protocol, "_field_docs", lambda: defaultdict[str, dict[str, str]](dict))
    with pytest.raises(TypeError, match="bytes"):
        protocol.typescript()
