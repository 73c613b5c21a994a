"""Everything out, as plain files anyone can read, and back in, equal. What is not such an archive changes nothing."""

import asyncio
import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from os1.config import read
from os1.errors import ArchiveError, OS1Error, StoreError, StoreFull, StoreReadOnly
from os1.events import Event, Happened
from os1.persona.persona import samantha, to_toml
from os1.server.travel import export_to
from os1.store.carry import pack, unpack
from os1.store.sqlite import SQLiteStore, journal_of
from tests.logs import MOMENT, heard, logs, moments
from tests.machines import another_house, fill, seal, small_disk

Parts = dict[str, bytes]


async def packed(file: Path, persona: str = "") -> bytes:
    store = await SQLiteStore.open(file)
    out = io.BytesIO()
    await pack(store, persona, MOMENT, out)
    await store.close()
    return out.getvalue()


async def life(file: Path, *events: Event) -> tuple[str, list[Happened]]:
    """Who lives in this file, and all that happened; these events are added first."""
    store = await SQLiteStore.open(file)
    await store.append(events, MOMENT)
    whole = store.companion, await store.read(limit=10_000)
    await store.close()
    return whole


def parts_of(archive: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(archive)) as box:
        return {name: box.read(name) for name in box.namelist()}


def box_of(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for name, content in parts.items():
            box.writestr(name, content)
    return out.getvalue()


@pytest.fixture
async def archive(tmp_path: Path) -> bytes:
    """Twelve things happened, and were packed."""
    await life(tmp_path / "old" / "companion.db", *(heard(f"thing {n}") for n in range(12)))
    return await packed(tmp_path / "old" / "companion.db", "name = 'Samantha'\n")


async def refused(archive: bytes, home: Path, kind: type[OS1Error] = ArchiveError) -> str:
    """It is not taken in, and nothing is left of the attempt."""
    home.mkdir(exist_ok=True)
    file = home.parent / "archive.zip"
    file.write_bytes(archive)
    with pytest.raises(kind) as caught:
        await unpack(file, home / "companion.db")
    assert list(home.iterdir()) == []
    return str(caught.value)


# --- there and back ---


async def there_and_back(log: list[tuple[list[Event], object]]) -> None:
    with TemporaryDirectory() as folder:
        old, new, file = (
            Path(folder, "a", "companion.db"),
            Path(folder, "b", "companion.db"),
            Path(folder, "x.zip"),
        )
        store = await SQLiteStore.open(old)
        for events, at in log:
            await store.append(events, at)  # pyright: ignore[reportArgumentType]
        await store.close()
        file.write_bytes(await packed(old))
        count = await unpack(file, new)
        assert await life(new) == await life(old)
        assert count == sum(len(events) for events, _ in log)
        assert [path.name for path in new.parent.iterdir()] == ["companion.db"]
        assert parts_of(await packed(new)) == parts_of(file.read_bytes())


@given(log=st.lists(st.tuples(logs, moments), max_size=3))
@settings(max_examples=12, deadline=None)
def test_whatever_happened_comes_back_equal(log: list[tuple[list[Event], object]]) -> None:
    asyncio.run(there_and_back(log))


async def test_a_long_life_comes_back_equal(tmp_path: Path) -> None:
    old, new = tmp_path / "old.db", tmp_path / "new.db"
    events = [heard(f"thing {n}", n + 1, "a-window") for n in range(2500)]
    before = await life(old, *events)
    (tmp_path / "x.zip").write_bytes(await packed(old))
    assert await unpack(tmp_path / "x.zip", new) == 2500
    assert await life(new) == before


async def test_life_goes_on_in_the_new_place(tmp_path: Path, archive: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(archive)
    await unpack(tmp_path / "x.zip", tmp_path / "new" / "companion.db")
    _, happened = await life(tmp_path / "new" / "companion.db", heard("and now"))
    assert [one.seq for one in happened] == list(range(1, 14))


async def test_it_can_be_read_without_os1(tmp_path: Path) -> None:
    file = tmp_path / "companion.db"
    her, _ = await life(file, heard("I'm here", 1, "a-window"), heard("ça va, 日本?", 2, "a-window"))
    parts = parts_of(await packed(file, to_toml(await asyncio.to_thread(samantha))))
    assert set(parts) == {"READ ME.txt", "schema.json", "persona.toml", "events.jsonl", "manifest.json"}
    lines = [json.loads(line) for line in parts["events.jsonl"].decode().splitlines()]
    assert [(line["seq"], line["event"]["kind"], line["event"]["text"]) for line in lines] == [
        (1, "heard", "I'm here"),
        (2, "heard", "ça va, 日本?"),
    ]
    assert lines[0]["at"] == "2026-01-05T09:00:00Z"
    manifest = json.loads(parts["manifest.json"])
    assert (manifest["format"], manifest["companion"], manifest["events"]) == (1, her, 2)
    assert "Samantha" in parts["persona.toml"].decode()
    assert all(name in parts["READ ME.txt"].decode() for name in set(parts) - {"READ ME.txt"})
    assert json.loads(parts["schema.json"])["title"] == "Happened"


# --- what is no archive of hers ---


def with_manifest(parts: Parts, **changed: object) -> Parts:
    manifest: dict[str, object] = json.loads(parts["manifest.json"])
    return {**parts, "manifest.json": json.dumps({**manifest, **changed}).encode()}


def with_lines(parts: Parts, change: Callable[[list[bytes]], list[bytes]]) -> Parts:
    lines = change(parts["events.jsonl"].splitlines())
    return {**parts, "events.jsonl": b"".join(line + b"\n" for line in lines)}


SPOILT: dict[str, Callable[[Parts], Parts]] = {
    "another program's": lambda parts: {"chat.html": b"<p>hello"},
    "empty": lambda parts: {},
    "without manifest": lambda parts: {name: parts[name] for name in parts if name != "manifest.json"},
    "without events": lambda parts: {name: parts[name] for name in parts if name != "events.jsonl"},
    "manifest no JSON": lambda parts: {**parts, "manifest.json": b"format: 1"},
    "manifest a list": lambda parts: {**parts, "manifest.json": b"[1, 2]"},
    "manifest not text": lambda parts: {**parts, "manifest.json": b"\xff\xfe"},
    "format a word": lambda parts: with_manifest(parts, format="first"),
    "companion a number": lambda parts: with_manifest(parts, companion=7),
    "one event too few": lambda parts: with_lines(parts, lambda lines: lines[:-1]),
    "one event too many": lambda parts: with_manifest(parts, events=11),
    "a gap": lambda parts: with_lines(parts, lambda lines: lines[:4] + lines[5:]),
    "one event twice": lambda parts: with_lines(parts, lambda lines: [*lines[:4], *lines[3:]]),
    "another order": lambda parts: with_lines(parts, lambda lines: lines[::-1]),
    "an unknown kind": lambda parts: with_lines(
        parts, lambda lines: [lines[0].replace(b'"heard"', b'"sang"'), *lines[1:]]
    ),
    "an unknown field": lambda parts: with_lines(
        parts, lambda lines: [lines[0].replace(b'"text"', b'"tune"'), *lines[1:]]
    ),
    "no moment": lambda parts: with_lines(parts, lambda lines: [lines[0].replace(b"00Z", b"00"), *lines[1:]]),
    "a blank line": lambda parts: with_lines(parts, lambda lines: [*lines[:3], b"", *lines[3:]]),
    "a line without an end": lambda parts: {
        **parts,
        "events.jsonl": b'{"seq": 1, "text": "' + b"x" * 9_000_000,
    },
}


@pytest.mark.parametrize("spoil", SPOILT)
async def test_an_archive_that_is_not_whole_is_refused(tmp_path: Path, archive: bytes, spoil: str) -> None:
    await refused(box_of(SPOILT[spoil](parts_of(archive))), tmp_path / "home")


async def test_an_archive_of_a_newer_os1_is_told_as_such(tmp_path: Path, archive: bytes) -> None:
    newer = box_of(with_manifest(parts_of(archive), format=2))
    assert "newer OS1" in await refused(newer, tmp_path / "home")


@pytest.mark.parametrize("seed", range(12))
async def test_an_archive_cut_short_is_refused(tmp_path: Path, archive: bytes, seed: int) -> None:
    await refused(archive[: random.Random(seed).randrange(len(archive))], tmp_path / "home")


@pytest.mark.parametrize("seed", range(40))
async def test_an_archive_with_a_changed_byte_is_refused_or_comes_back_as_it_was(
    tmp_path: Path, archive: bytes, seed: int
) -> None:
    """Every part is checked by the zip itself, except where nothing is read: there a changed byte changes nothing."""
    chance, changed = random.Random(seed), bytearray(archive)
    changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    (tmp_path / "x.zip").write_bytes(changed)
    home = tmp_path / "new" / "companion.db"
    try:
        await unpack(tmp_path / "x.zip", home)
    except ArchiveError:
        assert not home.exists()
    else:
        assert await life(home) == await life(tmp_path / "old" / "companion.db")


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all", b"\x00" * 5000])
async def test_a_file_that_is_no_archive_is_refused(tmp_path: Path, content: bytes) -> None:
    await refused(content, tmp_path / "home")


async def test_no_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="No such file"):
        await unpack(tmp_path / "nowhere.zip", tmp_path / "companion.db")
    with pytest.raises(ArchiveError, match="directory"):
        await unpack(tmp_path, tmp_path / "companion.db")


# --- where it is to go ---


async def test_whoever_lives_there_already_is_left_alone(tmp_path: Path, archive: bytes) -> None:
    home = tmp_path / "home" / "companion.db"
    before = await life(home, heard("I was here first"))
    (tmp_path / "x.zip").write_bytes(archive)
    with pytest.raises(ArchiveError, match="already"):
        await unpack(tmp_path / "x.zip", home)
    assert await life(home) == before


async def test_the_last_words_of_another_are_not_mixed_in(tmp_path: Path, archive: bytes) -> None:
    """The file was moved away as told, but not the journal that a killed house left beside it."""
    home = tmp_path / "companion.db"
    journal_of(home).write_bytes(b"last words")
    (tmp_path / "x.zip").write_bytes(archive)
    with pytest.raises(ArchiveError, match="already"):
        await unpack(tmp_path / "x.zip", home)
    assert journal_of(home).read_bytes() == b"last words"


async def test_of_two_who_come_in_at_once_one_does(tmp_path: Path, archive: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(archive)
    home = tmp_path / "new" / "companion.db"
    both = await asyncio.gather(*(unpack(tmp_path / "x.zip", home) for _ in range(2)), return_exceptions=True)
    assert sorted(type(one) is int for one in both) == [False, True]
    assert [path.name for path in home.parent.iterdir()] == ["companion.db"]


async def test_a_sealed_or_full_disk_is_told_as_what_it_is(tmp_path: Path, archive: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(archive)
    with small_disk(tmp_path / "disk") as disk:
        home = disk / "companion.db"
        ballast = fill(disk)
        with pytest.raises(StoreFull):
            await unpack(tmp_path / "x.zip", home)
        assert [path.name for path in disk.iterdir()] == ["ballast"]
        ballast.unlink()
        seal(disk, writable=False)
        with pytest.raises(StoreReadOnly):
            await unpack(tmp_path / "x.zip", home)
        seal(disk, writable=True)
        assert await unpack(tmp_path / "x.zip", home) == 12


# --- os1 export ---


async def test_an_export_goes_where_it_was_told(tmp_path: Path) -> None:
    settings_ = await asyncio.to_thread(read, {"OS1_HOME": str(tmp_path)})
    await life(settings_.file, heard("hello"))
    sentence = await export_to(settings_, tmp_path / "out.zip", MOMENT)
    assert "all 1 things" in sentence
    assert b"hello" in parts_of((tmp_path / "out.zip").read_bytes())["events.jsonl"]


async def test_an_export_of_no_one_is_told_so(tmp_path: Path) -> None:
    settings_ = await asyncio.to_thread(read, {"OS1_HOME": str(tmp_path)})
    with pytest.raises(ArchiveError, match="nobody"):
        await export_to(settings_, tmp_path / "out.zip", MOMENT)
    assert list(tmp_path.iterdir()) == []


async def test_an_export_that_does_not_fit_leaves_the_older_one(tmp_path: Path) -> None:
    settings_ = await asyncio.to_thread(read, {"OS1_HOME": str(tmp_path)})
    noise = random.Random(1)
    await life(settings_.file, *(heard(noise.randbytes(3000).hex()) for _ in range(150)))
    with small_disk(tmp_path / "disk", kilobytes=256) as disk:
        (disk / "out.zip").write_bytes(b"the older one")
        with pytest.raises(ArchiveError, match="No space"):
            await export_to(settings_, disk / "out.zip", MOMENT)
        assert {path.name: path.read_bytes() for path in disk.iterdir()} == {"out.zip": b"the older one"}


async def test_an_export_into_nowhere_is_told_so(tmp_path: Path) -> None:
    settings_ = await asyncio.to_thread(read, {"OS1_HOME": str(tmp_path)})
    await life(settings_.file, heard("hello"))
    with pytest.raises(ArchiveError, match="cannot be written"):
        await export_to(settings_, tmp_path / "no" / "such" / "out.zip", MOMENT)


async def test_an_export_beside_a_house_that_does_not_answer_is_told_so(tmp_path: Path) -> None:
    settings_ = await asyncio.to_thread(read, {"OS1_HOME": str(tmp_path), "OS1_PORT": "1"})
    await life(settings_.file, heard("hello"))
    with another_house(settings_.file), pytest.raises(ArchiveError, match="does not answer"):
        await export_to(settings_, tmp_path / "out.zip", MOMENT)


async def test_a_damaged_life_is_not_exported_as_if_it_were_whole(tmp_path: Path) -> None:
    settings_ = await asyncio.to_thread(read, {"OS1_HOME": str(tmp_path)})
    await life(settings_.file, *(heard(f"thing {n} " * 50) for n in range(60)))
    whole = bytearray(settings_.file.read_bytes())
    whole[-8192:-4096] = b"\xee" * 4096
    settings_.file.write_bytes(whole)
    with pytest.raises(StoreError):
        await export_to(settings_, tmp_path / "out.zip", MOMENT)
    assert not (tmp_path / "out.zip").exists()
