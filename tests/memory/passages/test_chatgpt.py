"""A ChatGPT export: the branch that was followed, the words that were said, and nothing else."""

import json
from pathlib import Path

import pytest

from tests.memory.passages.brought import (
    as_file,
    conversation,
    keys,
    left,
    message,
    node,
    read,
    said,
    told,
    when,
    zipped,
)

AT = 1_700_000_000.0
"""14 November 2023, 22:13:20 UTC; Lisbon's clock says the same in winter."""


def test_a_talk_is_brought_as_it_was_said(tmp_path: Path) -> None:
    talk = conversation(
        "Plum cake",
        message("m1", "user", "How long does a plum cake take?", at=AT),
        message("m2", "assistant", "About an hour.", at=AT + 61.5),
    )
    items = read(as_file(tmp_path / "conversations.json", [talk]))
    assert said(items) == [("", "How long does a plum cake take?"), ("ChatGPT", "About an hour.")]
    assert when(items) == ["2023-11-14 22:13", "2023-11-14 22:14"]
    assert keys(items) == ["chatgpt:m1", "chatgpt:m2"]


def test_answers_that_were_discarded_stay_behind(tmp_path: Path) -> None:
    talk = conversation("Names")
    talk["mapping"] = {
        "r": node("r", None, None, "q"),
        "q": node("q", "r", message("q", "user", "A name for a dog?", at=AT), "a1", "a2"),
        "a1": node("a1", "q", message("a1", "assistant", "Rex.", at=AT + 1)),
        "a2": node("a2", "q", message("a2", "assistant", "Biscuit.", at=AT + 2), "t"),
        "t": node("t", "a2", message("t", "user", "Biscuit it is.", at=AT + 3)),
    }
    talk["current_node"] = "t"
    items = read(as_file(tmp_path / "conversations.json", [talk]))
    assert [words for _, words in said(items)] == ["A name for a dog?", "Biscuit.", "Biscuit it is."]
    assert left(items) == {"discarded": 1}


def test_without_a_current_node_the_newest_message_ends_the_talk(tmp_path: Path) -> None:
    talk = conversation("x", message("a", "user", "One", at=AT), message("b", "assistant", "Two", at=AT + 1))
    del talk["current_node"]
    assert [words for _, words in said(read(as_file(tmp_path / "c.json", [talk])))] == ["One", "Two"]


def test_a_circle_of_parents_ends(tmp_path: Path) -> None:
    talk = conversation("x", message("a", "user", "One", at=AT))
    talk["mapping"]["root"]["parent"] = "a"
    assert [words for _, words in said(read(as_file(tmp_path / "c.json", [talk])))] == ["One"]


def test_what_nobody_said_is_left_out_and_counted(tmp_path: Path) -> None:
    talk = conversation(
        "Sums",
        message("s", "system", "", at=AT),
        message("ctx", "user", "", content={"content_type": "user_editable_context", "user_profile": "I bake."}),
        message("h", "user", "hidden words", metadata={"is_visually_hidden_from_conversation": True}),
        message("u", "user", "What is 7 times 8?", at=AT + 1),
        message("c", "assistant", content={"content_type": "code", "language": "python", "text": "7*8"}, recipient="python"),
        message("t", "tool", content={"content_type": "execution_output", "text": "56"}),
        message("th", "assistant", content={"content_type": "thoughts", "thoughts": [{"content": "hm"}]}),
        message("e", "assistant", ""),
        message("a", "assistant", "56.", at=AT + 2),
    )  # fmt: skip
    items = read(as_file(tmp_path / "conversations.json", [talk]))
    assert said(items) == [("", "What is 7 times 8?"), ("ChatGPT", "56.")]
    assert left(items) == {"system": 2, "hidden": 1, "tool": 3, "empty": 1}


def test_pictures_stay_behind_and_what_was_spoken_comes_along(tmp_path: Path) -> None:
    picture = {"content_type": "image_asset_pointer", "asset_pointer": "file-service://x", "width": 8}
    spoken = {"content_type": "audio_transcription", "text": "Can you hear me?", "direction": "in"}
    sound = {"content_type": "real_time_user_audio_video_asset_pointer", "audio_asset_pointer": {"a": 1}}
    talk = conversation(
        "Seen",
        message("a", "user", picture, "What bird is that?", at=AT),
        message("b", "user", spoken, sound, at=AT + 1),
    )
    items = read(as_file(tmp_path / "conversations.json", [talk]))
    assert [words for _, words in said(items)] == ["What bird is that?", "Can you hear me?"]
    assert left(items) == {"other": 2}


def test_code_that_was_asked_for_is_words(tmp_path: Path) -> None:
    talk = conversation(
        "Code", message("a", "assistant", content={"content_type": "code", "text": "print(1)"}, at=AT)
    )
    assert said(read(as_file(tmp_path / "c.json", [talk]))) == [("ChatGPT", "print(1)")]


def test_marks_of_footnotes_are_no_words(tmp_path: Path) -> None:
    talk = conversation("x", message("a", "assistant", "It rains.\ue200cite\ue202turn0search1\ue201", at=AT))
    assert said(read(as_file(tmp_path / "c.json", [talk]))) == [("ChatGPT", "It rains.")]


def test_without_its_own_time_a_message_has_that_of_its_talk(tmp_path: Path) -> None:
    talk = conversation("x", message("a", "user", "Hello"), at=AT)
    assert when(read(as_file(tmp_path / "c.json", [talk]))) == ["2023-11-14 22:13"]
    talk["create_time"] = talk["update_time"] = None
    assert when(read(as_file(tmp_path / "c.json", [talk]))) == ["2026-11-23 12:00"]


def test_the_zip_as_it_is_downloaded(tmp_path: Path) -> None:
    talk = conversation("x", message("a", "user", "Hello", at=AT))
    archive = zipped(
        tmp_path / "export.zip",
        {
            "conversations.json": [talk],
            "user.json": {"id": "user-1", "email": "a@b.c"},
            "message_feedback.json": [],
            "chat.html": "<html>Hello</html>",
            "file-abc.png": b"\x89PNG\r\n\x1a\n....",
            "file-def-notes.txt": "2021-03-04\nSomebody else's words.\n",
            "dalle-generations/x.webp": b"RIFF\0\0",
        },
    )
    items = read(archive)
    assert said(items) == [("", "Hello")]
    assert left(items) == {"file": 6}


def test_an_export_in_several_files(tmp_path: Path) -> None:
    files = {
        f"conversations-{number:03}.json": [conversation("x", message(f"m{number}", "user", f"Hello {number}", at=AT))]
        for number in range(3)
    }  # fmt: skip
    assert [words for _, words in said(read(zipped(tmp_path / "e.zip", files)))] == [
        "Hello 0",
        "Hello 1",
        "Hello 2",
    ]


# --- broken ones ---


def three() -> list[str]:
    return [
        json.dumps(conversation(name, message(f"{name}-1", "user", f"In {name}", at=AT)))
        for name in ("one", "two", "three")
    ]


def test_a_talk_that_is_broken_is_left_out_and_the_others_come(tmp_path: Path) -> None:
    one, two, three_ = three()
    broken = two.replace('"title":', '"title"')
    items = read(as_file(tmp_path / "conversations.json", f"[{one}, {broken}, {three_}]"))
    assert [words for _, words in said(items)] == ["In one", "In three"]
    assert told(items) == ["A conversation that cannot be read was left out."]


def test_a_lost_quotation_mark_costs_one_talk(tmp_path: Path) -> None:
    one, two, three_ = three()
    broken = two.replace('"In two"', '"In two')
    items = read(as_file(tmp_path / "conversations.json", f"[{one}, {broken}, {three_}]"))
    assert [words for _, words in said(items)] == ["In one", "In three"]


@pytest.mark.parametrize("lost", [1, 40, 200, 450])
def test_a_file_that_is_cut_off_brings_what_is_there(tmp_path: Path, lost: int) -> None:
    whole = f"[{', '.join(three())}]"
    items = read(as_file(tmp_path / "conversations.json", whole[:-lost]))
    assert [words for _, words in said(items)][:2] == ["In one", "In two"]
    if lost == 40:
        assert said(items)[2] == ("", "In three")
        assert "only the beginning is here" in told(items)[0]


@pytest.mark.parametrize("content", ["[]", "[1, 2]", "[", '[{"a": 1}]', "{}", "nothing at all", "[" * 100_000, '{"a":' * 100_000])  # fmt: skip
def test_what_is_no_export_is_told_in_a_sentence(tmp_path: Path, content: str) -> None:
    items = read(as_file(tmp_path / "conversations.json", content))
    assert said(items) == []
    assert told(items) or left(items)


def test_half_a_character_is_mended(tmp_path: Path) -> None:
    talk = conversation("\ud83d", message("a", "user", "A fox \ud83e!", at=AT))
    assert said(read(as_file(tmp_path / "c.json", [talk]))) == [("", "A fox \ufffd!")]


def test_strange_values_everywhere(tmp_path: Path) -> None:
    talk = conversation("x", message("a", "user", "Hello", at=AT))
    for strange in (None, 3, "x", [], {}, [None], {"a": None}, 1e400, True):
        for field in ("mapping", "title", "create_time", "current_node"):
            read(as_file(tmp_path / "c.json", [talk | {field: strange}]))
        for field in ("id", "author", "create_time", "content", "metadata", "recipient"):
            message_ = talk["mapping"]["a"]["message"] | {field: strange}
            mapping = talk["mapping"] | {"a": node("a", "root", message_)}
            read(as_file(tmp_path / "c.json", [talk | {"mapping": mapping}]))
