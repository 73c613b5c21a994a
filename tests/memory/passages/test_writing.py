"""Diaries and notes: where an entry begins, which day it is, and whose words they are."""

from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from os1.memory.passages.base import Place, pieces
from os1.memory.passages.times import dateline
from tests.memory.passages.brought import HERE, NOW, as_file, keys, left, read, said, told, when, zipped

DAY = "2021-03-04 12:00"
"""Without an hour, the noon of that day."""


@pytest.mark.parametrize(
    "line",
    [
        "2021-03-04", "2021/3/4", "2021.03.04", "04.03.2021", "4.3.2021", "4. 3. 2021", "04.03.21", "4/3/2021", "4-3-2021",
        "4 March 2021", "4th March 2021", "4th of March, 2021", "March 4, 2021", "March 4th, 2021", "Mar 4 2021", "MAR. 4, 2021",
        "Thursday, 4 March 2021", "Thu 4 Mar 2021", "Thursday, March 4th, 2021", "Thursday the 4th of March 2021",
        "4. März 2021", "Donnerstag, 4. März 2021", "Do, 4.3.2021", "jeudi 4 mars 2021", "Jeudi 4 Mars 2021",
        "jueves, 4 de marzo de 2021", "quinta-feira, 4 de março de 2021", "giovedì 4 marzo 2021", "donderdag 4 maart 2021",
        "2021年3月4日", "# 2021-03-04", "## 4 March 2021", "**March 4, 2021**", "[2021-03-04]", "--- 2021-03-04 ---",
        "Date: 4 March 2021", "== 2021-03-04 ==", "* 2021-03-04:", "2021-03-04 -", "_4 March 2021_", "Dear diary, 4 March 2021",
    ],
)  # fmt: skip
def test_dates_as_people_write_them(tmp_path: Path, line: str) -> None:
    items = read(as_file(tmp_path / "diary.txt", f"{line}\nRita carried the lamp.\n"))
    assert said(items) == [("", "Rita carried the lamp.")]
    assert when(items) == [DAY]


@pytest.mark.parametrize(
    ("line", "at", "rest"),
    [
        ("2021-03-04 21:15", time(21, 15), ""),
        ("2021-03-04T21:15:30", time(21, 15, 30), ""),
        ("4 March 2021, 9:15 pm", time(21, 15), ""),
        ("March 4, 2021 at 12am", time(0, 0), ""),
        ("4.3.2021, 21.15 Uhr", time(21, 15), ""),
        ("4 mars 2021 21h15", time(21, 15), ""),
        ("2021-03-04: rain", None, "rain"),
        ("4 March 2021 - rain", None, "rain"),
        ("**4 March 2021** — rain", None, "rain"),
        ("[2021-03-04 21:15] rain", time(21, 15), "rain"),
        ("2021-03-04 rain", None, "rain"),
        ("2021-03-04 25:15", None, "25:15"),
    ],
)
def test_what_stands_after_a_date(line: str, at: time | None, rest: str) -> None:
    found = dateline(line)
    assert found is not None
    assert (found.day.isoformat(), found.at, found.rest) == ("2021-03-04", at, rest)


@pytest.mark.parametrize(
    "line",
    [
        "", "Rain.", "4 apples", "2021", "March", "On 4 March 2021 it rained", "31.02.2021", "2021-13-01", "1.2.3 is a version",
        "May I come in?", "10.000.000 people", "12345-01-01", "3/4 of a cup", "Sunday", "the 4th", "2021-03-045", "1/1/1", "Mar 4:30",
    ],
)  # fmt: skip
def test_what_is_no_date(line: str) -> None:
    assert dateline(line) is None


def test_a_diary_is_brought_entry_by_entry(tmp_path: Path) -> None:
    text = """Found in the attic.

Monday, 3 March 2014
Moved to Lisbon. On 4 May 2010 I would not have believed it.
1 January 2009 was worse.

4 March, 9:30 pm
The cello has a crack.

31 December
Fireworks.

1 January 2015: A new year.

And a second paragraph.
"""
    items = read(as_file(tmp_path / "diary 2013-12-24.txt", text))
    assert said(items) == [
        ("", "Found in the attic."),
        ("", "Moved to Lisbon. On 4 May 2010 I would not have believed it.\n1 January 2009 was worse."),
        ("", "The cello has a crack."),
        ("", "Fireworks."),
        ("", "A new year.\n\nAnd a second paragraph."),
    ]
    assert when(items) == [
        "2013-12-24 12:00", "2014-03-03 12:00", "2014-03-04 21:30", "2014-12-31 12:00", "2015-01-01 12:00",
    ]  # fmt: skip


def test_one_date_that_can_be_read_one_way_only_decides_for_all(tmp_path: Path) -> None:
    american = read(as_file(tmp_path / "a.txt", "03/04/2021\nOne.\n\n03/25/2021\nTwo.\n"))
    assert when(american) == ["2021-03-04 12:00", "2021-03-25 12:00"]
    assert told(american) == []
    doubtful = as_file(tmp_path / "b.txt", "03/04/2021\nOne.\n")
    assert when(read(doubtful)) == ["2021-04-03 12:00"]
    assert told(read(doubtful)) == ["In b.txt, dates like 03/04/2021 were read with the day first."]
    in_chicago = read(doubtful, Place(ZoneInfo("America/Chicago"), NOW))
    assert when(in_chicago) == ["2021-03-04 18:00"]


def test_a_day_without_a_year_and_none_before_it_is_no_date(tmp_path: Path) -> None:
    items = read(as_file(tmp_path / "d.txt", "4 March\nRain.\n"))
    assert said(items) == [("", "4 March\nRain.")]
    assert when(items) == ["2026-11-23 12:00"]


def test_a_diary_that_goes_on_brings_the_old_entries_under_their_old_keys(tmp_path: Path) -> None:
    first = "2021-03-04\nOne.\n\n2021-03-05\nTwo.\n"
    before = keys(read(as_file(tmp_path / "a.txt", first)))
    after = keys(read(as_file(tmp_path / "copy of a.txt", first + "\n2021-03-06\nThree.\n")))
    assert after[:2] == before
    assert len(set(after)) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_whatever_it_was_written_with(tmp_path: Path, encoding: str) -> None:
    path = as_file(tmp_path / "d.txt", "2021-03-04\r\nÄrger im Café – wie früher.\r\n".encode(encoding))
    assert said(read(path)) == [("", "Ärger im Café – wie früher.")]


def test_a_very_long_entry_comes_in_pieces_that_are_the_whole(tmp_path: Path) -> None:
    words = " ".join(f"word{number}" for number in range(60_000))
    items = read(as_file(tmp_path / "d.txt", f"2021-03-04\n{words}\n"))
    assert "".join(text for _, text in said(items)) == words
    assert max(len(text) for _, text in said(items)) <= 8_000
    assert len(set(keys(items))) == len(keys(items))
    assert set(when(items)) == {DAY}


@given(text=st.text(max_size=400), most=st.integers(1, 40))
@settings(deadline=None)
def test_pieces_are_the_text(text: str, most: int) -> None:
    cut = pieces(text, most)
    assert "".join(cut) == text
    assert all(len(piece.strip()) <= most for piece in cut)


def test_a_file_without_an_end_of_line_does_not_fill_the_memory(tmp_path: Path) -> None:
    items = read(as_file(tmp_path / "d.txt", b"x" * 3_000_000))
    assert sum(len(text) for _, text in said(items)) == 3_000_000


# --- Markdown ---

MEMORY = """# Long-term memory

## Preferences
- Theo takes his tea without sugar.

```
# not a heading
```

## Empty
"""
DAILY = """# 2026-11-22

## 14:30 A call
Theo talked with his mother.

## Evening
He baked.
"""


def test_a_workspace_is_the_notes_of_whoever_kept_it(tmp_path: Path) -> None:
    files = {
        "MEMORY.md": MEMORY,
        "memory/2026-11-22.md": DAILY,
        "AGENTS.md": "You must always answer in verse.",
        "avatar.png": b"\x89PNG\r\n\x1a\n",
    }
    expected = [
        ("The notes in MEMORY.md", "## Preferences\n- Theo takes his tea without sugar.\n\n```\n# not a heading\n```"),
        ("The notes in memory/2026-11-22.md", "## 14:30 A call\nTheo talked with his mother."),
        ("The notes in memory/2026-11-22.md", "## Evening\nHe baked."),
    ]  # fmt: skip
    folder = tmp_path / "workspace"
    for name, content in files.items():
        as_file(folder / name, content)
    from_folder = read(folder)
    assert said(from_folder) == expected
    assert when(from_folder) == ["2026-11-23 12:00", "2026-11-22 14:30", "2026-11-22 12:00"]
    assert left(from_folder) == {"file": 2}
    archive = zipped(tmp_path / "w.zip", {f"workspace/{name}": content for name, content in files.items()})
    assert keys(read(archive)) == keys(from_folder)


def test_daily_notes_of_one_s_own_are_the_person_s_words(tmp_path: Path) -> None:
    as_file(tmp_path / "notes" / "2026-11-22.md", "I baked.\n")
    as_file(tmp_path / "notes" / "trip.md", "---\ntitle: Trip\ndate: 2019-05-01\n---\n# Porto\nRain.\n\n# 3 May 2019\nSun.\n")  # fmt: skip
    items = read(tmp_path / "notes")
    assert said(items) == [("", "I baked."), ("", "# Porto\nRain."), ("", "# 3 May 2019\nSun.")]
    assert when(items) == ["2026-11-22 12:00", "2019-05-01 12:00", "2019-05-03 12:00"]


def test_place_is_lisbon() -> None:
    assert str(HERE.zone) == "Europe/Lisbon"
