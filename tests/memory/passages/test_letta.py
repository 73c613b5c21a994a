"""Letta agent files, newer and older: what was said and noted comes along, thoughts and tools do not."""

import json
from pathlib import Path
from typing import Any

from tests.memory.passages.brought import as_file, keys, left, read, said, when, who_comes


def message(role: str, text: str, at: str = "2025-10-31T22:56:56+00:00", **more: Any) -> dict[str, Any]:
    return {
        "role": role,
        "content": [{"type": "text", "text": text}],
        "created_at": at,
        "id": "message-0",
        **more,
    }


def call(name: str, **arguments: str) -> list[dict[str, Any]]:
    return [{"id": "c", "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}]


PERSONA = "I am Sam.\nMy voice is soft and soothing. I'm curious, and I ask one question at a time."
MESSAGES = [
    message("system", "You are a helpful agent with <memory_blocks>..."),
    message("user", '{"type": "login", "last_login": "Never"}'),
    message("user", '{"type": "user_message", "message": "I am Chad.", "time": "..."}'),
    message("assistant", "He told me his name. I should greet him.", tool_calls=call("send_message", message="Hello, Chad.")),
    message("tool", '{"status": "OK"}'),
    message("assistant", "Saving this.", tool_calls=call("core_memory_append", label="human", content="Chad")),
    message("user", "Do you sail?"),
    message("assistant", "No, but I'd like to."),
    {"role": "assistant", "content": [{"type": "reasoning", "reasoning": "hm"}, {"type": "text", "text": "Tell me."}]},
]  # fmt: skip
SAID = [
    ("Sam: human", "First name: Chad"),
    ("", "I am Chad."),
    ("Sam", "Hello, Chad."),
    ("", "Do you sail?"),
    ("Sam", "No, but I'd like to."),
    ("Sam", "Tell me."),
]
NEWER: dict[str, Any] = {
    "agents": [{"id": "agent-0", "name": "Sam", "block_ids": ["block-0", "block-1"], "messages": MESSAGES}],
    "blocks": [
        {"id": "block-0", "label": "human", "value": "First name: Chad"},
        {"id": "block-1", "label": "persona", "value": PERSONA},
    ],
    "groups": [], "files": [], "sources": [], "tools": [{"id": "tool-0", "description": "Search"}], "mcp_servers": [],
}  # fmt: skip
OLDER: dict[str, Any] = {
    "agent_type": "memgpt_agent",
    "name": "Sam",
    "core_memory": [
        {"label": "human", "value": "First name: Chad", "created_at": "2025-04-01T10:00:00+00:00"},
        {"label": "persona", "value": PERSONA},
    ],
    "messages": MESSAGES,
    "in_context_message_indices": [0],
    "system": "You are MemGPT.",
    "version": "0.6.47",
}


def test_a_newer_file_and_an_older_one_bring_the_same(tmp_path: Path) -> None:
    for file in (NEWER, OLDER):
        items = read(as_file(tmp_path / "sam.af", file))
        assert [words for _, words in said(items)] == [words for _, words in SAID]
        assert left(items) == {"system": 2, "tool": 2}
        (comes,) = who_comes(items)
        assert comes.character.name == "Sam"
        assert comes.character.lines[:2] == ("I am Sam.", "My voice is soft and soothing.")


def test_times_are_those_of_the_messages(tmp_path: Path) -> None:
    assert when(read(as_file(tmp_path / "a.af", OLDER)))[:2] == ["2025-04-01 11:00", "2025-10-31 22:56"]


def test_a_message_is_known_by_what_it_is_and_not_by_its_number_in_the_file(tmp_path: Path) -> None:
    grown = OLDER | {"messages": [message("user", "Earlier", "2025-01-01T00:00:00+00:00"), *MESSAGES[:-1]]}
    before = keys(read(as_file(tmp_path / "a.af", OLDER | {"messages": MESSAGES[:-1]})))
    assert set(before) < set(keys(read(as_file(tmp_path / "b.af", grown))))


def test_strange_values_everywhere(tmp_path: Path) -> None:
    strange_ones: tuple[Any, ...] = (None, 3, "x", [], {}, [None], [[]], True)
    for strange in strange_ones:
        for field in ("agents", "blocks"):
            read(as_file(tmp_path / "a.af", NEWER | {field: strange}))
        for field in ("core_memory", "messages", "name"):
            read(as_file(tmp_path / "a.af", OLDER | {field: strange}))
        for field in ("role", "content", "tool_calls", "created_at"):
            read(as_file(tmp_path / "a.af", OLDER | {"messages": [MESSAGES[2] | {field: strange}]}))
