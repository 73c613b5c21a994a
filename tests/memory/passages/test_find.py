"""What is brought in the first place: files, folders, zips; some of them made to do harm."""

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from os1.errors import BadInput
from os1.memory.passages import items as items_
from os1.memory.passages import parts as parts_
from os1.memory.passages.items import items
from tests.memory.passages.brought import as_file, conversation, left, message, read, said, told, zipped

HELLO = conversation("x", message("a", "user", "Hello", at=1.7e9))


def test_everything_in_a_folder_is_found_by_what_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "life"
    as_file(folder / "gpt.json", [HELLO])
    as_file(
        folder / "one.json", HELLO | {"mapping": {"b": {"message": message("b", "user", "One", at=1.7e9)}}}
    )
    as_file(folder / "old" / "diary.txt", "2021-03-04\nRain.\n")
    as_file(
        folder / "chats" / "Sera.jsonl",
        '{"user_name": "T", "character_name": "S"}\n{"name": "S", "mes": "Hi"}\n',
    )
    as_file(folder / "music.mp3", b"ID3\0\0")
    as_file(folder / ".hidden.txt", "2021-03-04\nSecret.\n")
    found = read(folder)
    assert sorted(words for _, words in said(found)) == ["Hello", "Hi", "One", "Rain."]
    assert left(found) == {"file": 1}


def test_links_lead_nowhere(tmp_path: Path) -> None:
    secret = as_file(tmp_path / "secret.txt", "2021-03-04\nSecret.\n")
    folder = tmp_path / "life"
    as_file(folder / "diary.txt", "2021-03-04\nRain.\n")
    (folder / "link.txt").symlink_to(secret)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    assert said(read(folder)) == [("", "Rain.")]
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = 0o120777 << 16
    archive = tmp_path / "l.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr(info, str(secret))
        out.writestr("diary.txt", "2021-03-04\nRain.\n")
    assert said(read(archive)) == [("", "Rain.")]
    assert left(read(archive)) == {"file": 1}


def test_a_name_that_climbs_is_only_a_name(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "z.zip", {"../../etc/diary.txt": "2021-03-04\nRain.\n", "/abs/b.txt": "2021-03-05\nSun.\n"})  # fmt: skip
    assert sorted(words for _, words in said(read(archive))) == ["Rain.", "Sun."]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["z.zip"]


def test_a_bomb_is_left_alone_and_what_lies_beside_it_comes(tmp_path: Path) -> None:
    archive = zipped(
        tmp_path / "b.zip", {"bomb.txt": bytes(80 * 1024 * 1024).replace(b"\0", b"a"), "z.json": [HELLO]}
    )
    found = read(archive)
    assert ("", "Hello") in said(found)
    assert any("looks made to fill a machine" in sentence for sentence in told(found))


def test_a_zip_that_lies_about_its_list_is_refused_before_it_is_read(tmp_path: Path) -> None:
    data = bytearray(zipped(tmp_path / "z.zip", {"a.txt": "x"}).read_bytes())
    place = data.rfind(b"PK\x05\x06")
    struct.pack_into("<I", data, place + 12, 0xFFFFFFF0)
    with pytest.raises(BadInput, match="more files than"):
        read(as_file(tmp_path / "z.zip", bytes(data)))


def test_more_files_than_can_be_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts_, "MOST_FILES", 2)
    archive = zipped(tmp_path / "z.zip", {f"{number}.txt": "2021-03-04\nRain.\n" for number in range(5)})
    assert len(said(read(archive))) == 2
    assert left(read(archive)) == {"file": 3}


@pytest.mark.parametrize("keep", [0.3, 0.7, 0.99])
def test_a_zip_that_is_cut_off_is_told_in_a_sentence(tmp_path: Path, keep: float) -> None:
    data = zipped(tmp_path / "z.zip", {"conversations.json": [HELLO]}).read_bytes()
    with pytest.raises(BadInput, match="Download it again"):
        read(as_file(tmp_path / "z.zip", data[: int(len(data) * keep)]))


def test_a_zip_that_is_damaged_inside_brings_what_is_whole(tmp_path: Path) -> None:
    archive = tmp_path / "z.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as out:
        out.writestr("a.txt", "2021-03-04\nRain.\n")
        out.writestr("b.txt", "2021-03-05\nSun.\n")
    data = archive.read_bytes().replace(b"Rain", b"Pain")
    found = read(as_file(archive, data))
    assert ("", "Sun.") in said(found)
    assert told(found) == ["a.txt is damaged in the middle. What could be read before that is here."]


def test_a_locked_zip_is_told(tmp_path: Path) -> None:
    data = bytearray(zipped(tmp_path / "z.zip", {"a.txt": "2021-03-04\nRain.\n"}).read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + place] |= 1
    assert left(read(as_file(tmp_path / "z.zip", bytes(data)))) == {"broken": 1}


def test_an_archive_of_ours_is_for_another_command(tmp_path: Path) -> None:
    archive = zipped(tmp_path / "s.os1.zip", {"manifest.json": {}, "events.jsonl": ""})
    with pytest.raises(BadInput, match="os1 import"):
        read(archive)


def test_without_an_ending_its_name_says_nothing(tmp_path: Path) -> None:
    assert said(read(as_file(tmp_path / "brought", [HELLO]))) == [("", "Hello")]
    assert said(read(as_file(tmp_path / "diary", "[2021-03-04] Rain.\n"))) == [("", "Rain.")]
    assert said(read(as_file(tmp_path / "d.txt", "{2021-03-04} Rain.\n"))) == [("", "Rain.")]
    assert told(read(as_file(tmp_path / "x.jsonl", '{"a": 1}\n{"b": 2}\n'))) == [
        "x holds no message of a chat."
    ]


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no"):
        read(tmp_path / "gone.zip")
    assert said(read(as_file(tmp_path / "empty.txt", b""))) == []
    assert said(read(as_file(tmp_path / "empty.json", b""))) == []


# --- an array of any size ---


def test_items_are_found_wherever_a_block_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(items_, "BLOCK", 7)
    array = ' [ {"a": "ü]}\\"[{"}, {"b": [1, {"c": "\\\\"}]} ,{"d": 1.5e3}] trailing'.encode()
    assert [one.value for one in items(io.BytesIO(array))] == [
        {"a": 'ü]}"[{'},
        {"b": [1, {"c": "\\"}]},
        {"d": 1500.0},
    ]


def test_an_item_longer_than_any_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(items_, "BLOCK", 16)
    monkeypatch.setattr(items_, "LONGEST_ITEM", 64)
    array = ('[{"title": "' + "x" * 500 + '"}, {"title": "short"}]').encode()
    found = list(items(io.BytesIO(array)))
    assert found[-1].value == {"title": "short"}
    assert all(one.value is None for one in found[:-1])
