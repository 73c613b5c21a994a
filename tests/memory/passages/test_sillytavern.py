"""SillyTavern chats: the chosen swipes, in their order, at the times they were said."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.memory.passages.brought import as_file, keys, left, read, said, told, when

HEAD = {
    "user_name": "Theo",
    "character_name": "Seraphina",
    "create_date": "2023-5-3 @14h 05m 33s 123ms",
    "chat_metadata": {"note_prompt": "", "integrity": "abc"},
}


def line(name: str, mes: str, at: object = "May 3, 2023 2:06pm", **more: Any) -> dict[str, Any]:
    return {"name": name, "is_user": name == "Theo", "is_system": False, "send_date": at, "mes": mes, **more}


def chat(*lines: object) -> str:
    return "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines) + "\n"


def test_a_chat_is_brought_as_it_was_said(tmp_path: Path) -> None:
    items = read(
        as_file(
            tmp_path / "Seraphina - 2023-5-3.jsonl",
            chat(HEAD, line("Seraphina", "You're awake."), line("Theo", "Where am I?", "May 3, 2023 2:07pm")),
        )
    )
    assert said(items) == [("Seraphina", "You're awake."), ("", "Where am I?")]
    assert when(items) == ["2023-05-03 14:06", "2023-05-03 14:07"]


def test_of_several_answers_the_chosen_one(tmp_path: Path) -> None:
    swiped = line("Seraphina", "Two.", swipes=["One.", "Two.", "Three."], swipe_id=1)
    behind = line("Seraphina", "One.", swipes=["One.", "Two."], swipe_id=1)
    edited = line("Seraphina", "Two, in my words.", swipes=["One.", "Two."], swipe_id=1)
    strange = line("Seraphina", "Stays.", swipes="no list", swipe_id=7)
    beyond = line("Seraphina", "Stays too.", swipes=["Stays too."], swipe_id=7)
    items = read(as_file(tmp_path / "c.jsonl", chat(HEAD, swiped, behind, edited, strange, beyond)))
    assert [words for _, words in said(items)] == [
        "Two.",
        "Two.",
        "Two, in my words.",
        "Stays.",
        "Stays too.",
    ]


def test_hidden_messages_and_the_program_s_own_stay_behind(tmp_path: Path) -> None:
    hidden = line("Theo", "never mind") | {"is_system": True}
    items = read(as_file(tmp_path / "c.jsonl", chat(HEAD, hidden, line("Theo", "  "), line("Theo", "Hello"))))
    assert said(items) == [("", "Hello")]
    assert left(items) == {"hidden": 1, "empty": 1}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2023-5-3 @14h 05m 33s 123ms", "2023-05-03 14:05"),
        ("2024-06-18@09h05m33s", "2024-06-18 09:05"),
        ("June 18, 2024 3:42pm", "2024-06-18 15:42"),
        ("2024-06-18T14:42:00.000Z", "2024-06-18 15:42"),
        (1718721720000, "2024-06-18 15:42"),
        (1718721720, "2024-06-18 15:42"),
        ("yesterday", "2023-05-03 14:05"),
        (None, "2023-05-03 14:05"),
        (float("inf"), "2023-05-03 14:05"),
    ],
)
def test_times_as_it_has_written_them_over_the_years(tmp_path: Path, written: object, expected: str) -> None:
    assert when(read(as_file(tmp_path / "c.jsonl", chat(HEAD, line("Theo", "Hi", written))))) == [expected]


def test_a_branch_brings_what_it_shares_with_its_chat_only_once(tmp_path: Path) -> None:
    first, second = line("Theo", "Hello"), line("Seraphina", "Hello, Theo.")
    other = HEAD | {"create_date": "2023-6-1 @10h 00m 00s", "chat_metadata": {"main_chat": "x"}}
    one = keys(read(as_file(tmp_path / "a.jsonl", chat(HEAD, first, second))))
    branch = keys(
        read(as_file(tmp_path / "Branch #1.jsonl", chat(other, first, second, line("Theo", "New"))))
    )
    assert branch[:2] == one
    assert len(set(branch)) == 3


def test_a_group_has_several_voices_and_an_old_chat_no_head(tmp_path: Path) -> None:
    items = read(as_file(tmp_path / "group.jsonl", chat(line("Ana", "I say."), line("Bo", "So do I."))))
    assert said(items) == [("Ana", "I say."), ("Bo", "So do I.")]


def test_broken_lines_are_told_and_the_others_come(tmp_path: Path) -> None:
    content = chat(HEAD, line("Theo", "One"), '{"name": "Theo", "mes": "cut o', "[1]", line("Theo", "Two"))
    items = read(as_file(tmp_path / "c.jsonl", content))
    assert [words for _, words in said(items)] == ["One", "Two"]
    assert told(items) == ["c: 2 lines cannot be read and stayed behind."]
