"""Her file in bad company: cut, foreign, damaged, locked, on a disk that is full or sealed. What was kept stays kept."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncGenerator, Awaitable, Iterator
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path

import pytest

from os1.brain.testing import ScriptedBrain
from os1.errors import StoreDamaged, StoreError, StoreForeign, StoreFull, StoreInUse, StoreReadOnly
from os1.events import Heard, Said
from os1.frames import Earlier, Kept, Page, Say, Trouble
from os1.store.migrations import APPLICATION, MIGRATIONS
from os1.store.sqlite import SQLiteStore, journal_of
from tests.logs import MOMENT, heard, said_in
from tests.machines import another_house, fill, resize, seal, small_disk
from tests.scenes import Person, at_a_window, awake, story

LIFE = 120
"""Events in the file these stories begin with: forty pages, so that every kind of page is among them."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "companion.db"


@asynccontextmanager
async def opened(file: Path) -> AsyncGenerator[SQLiteStore]:
    store = await SQLiteStore.open(file)
    try:
        yield store
    finally:
        await store.close()


async def lived(file: Path) -> list[str]:
    """A file with a life in it, closed. Returns what was said."""
    said = [f"on day {day} it rained, and we spoke of it for {'an ' * (day % 40)}hour" for day in range(LIFE)]
    async with opened(file) as store:
        await store.append([heard(text, n + 1, "a-window") for n, text in enumerate(said)], MOMENT)
        await store.keep_vectors("a-model", {n: bytes(range(64)) for n in range(1, LIFE)})
    return said


async def refused(file: Path, kind: type[StoreError]) -> str:
    """Opening it fails like this, and leaves every file there as it was."""
    before = everything_in(file.parent)
    with pytest.raises(kind) as caught:
        await SQLiteStore.open(file)
    assert type(caught.value) is kind
    assert everything_in(file.parent) == before, "not a byte was touched"
    assert str(file) in str(caught.value), "the sentence names the file"
    return str(caught.value)


def everything_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


# --- files that are not hers, or not whole ---


async def test_an_empty_file_is_not_taken_for_a_new_companion(file: Path) -> None:
    file.touch()
    assert "empty" in await refused(file, StoreDamaged)


@pytest.mark.parametrize("share", [0.0001, 0.001, 0.01, 0.25, 0.5, 0.75, 0.99, 0.9999])
async def test_a_file_cut_short_is_refused_and_a_copy_brings_all_of_it_back(file: Path, share: float) -> None:
    said = await lived(file)
    whole = file.read_bytes()
    file.write_bytes(whole[: max(1, int(len(whole) * share))])
    assert "cut short" in await refused(file, StoreDamaged)
    file.write_bytes(whole)
    async with opened(file) as store:
        assert said_in(await store.read()) == said


@pytest.mark.parametrize("seed", range(25))
async def test_wherever_it_was_cut_it_is_refused(file: Path, seed: int) -> None:
    await lived(file)
    whole = file.read_bytes()
    file.write_bytes(whole[: random.Random(seed).randrange(1, len(whole))])
    await refused(file, StoreDamaged)


@pytest.mark.parametrize("size", [1, 15, 16, 99, 100, 4096, 20_000])
async def test_random_bytes_are_not_hers(file: Path, size: int) -> None:
    file.write_bytes(b"\xff" + random.Random(size).randbytes(size - 1))
    await refused(file, StoreForeign)


async def test_a_letter_is_not_hers(file: Path) -> None:
    file.write_text(
        "Dear Catherine,\n\nI've been sitting here thinking about all the things I wanted to say.\n"
    )
    await refused(file, StoreForeign)


@pytest.mark.parametrize("journal", ["delete", "wal"])
async def test_another_programs_database_is_not_hers_and_stays_as_it_was(file: Path, journal: str) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute(f"pragma journal_mode = {journal}")
        db.execute("create table bookmarks (title text)")
        db.execute("insert into bookmarks values ('handwritten letters')")
        db.commit()
    assert "another program" in await refused(file, StoreForeign)
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("select title from bookmarks").fetchall() == [("handwritten letters",)]


async def test_a_file_from_a_newer_os1_is_left_to_it(file: Path) -> None:
    said = await lived(file)
    with closing(sqlite3.connect(file)) as db:
        db.execute(f"pragma user_version = {len(MIGRATIONS) + 1}")
    assert "newer OS1" in await refused(file, StoreForeign)
    with closing(sqlite3.connect(file)) as db:
        db.execute(f"pragma user_version = {len(MIGRATIONS)}")
    async with opened(file) as store:
        assert said_in(await store.read()) == said


@pytest.mark.parametrize("version", [0, -1, -(2**31)])
async def test_a_version_that_never_was_is_damage(file: Path, version: int) -> None:
    await lived(file)
    with closing(sqlite3.connect(file)) as db:
        db.execute(f"pragma user_version = {version}")
    await refused(file, StoreDamaged)


async def test_a_folder_in_her_place_is_no_file(file: Path) -> None:
    file.mkdir()
    with pytest.raises(StoreReadOnly):
        await SQLiteStore.open(file)


async def test_a_home_that_is_a_file_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("not a folder")
    with pytest.raises(StoreReadOnly, match="cannot be used"):
        await SQLiteStore.open(tmp_path / "home" / "companion.db")


async def test_last_words_without_their_file_are_not_given_to_a_stranger(file: Path) -> None:
    """A house was killed, and the person moved companion.db away but not the journal beside it."""
    journal_of(file).write_bytes(b"the last words of someone else")
    assert "belong" in await refused(file, StoreDamaged)


# --- damage inside ---


@pytest.mark.parametrize("seed", range(30))
async def test_a_damaged_page_is_told_as_damage_and_never_as_a_crash(file: Path, seed: int) -> None:
    """Some damage cannot be seen (a letter changed in a word). All that can be seen is told, by its own error."""
    await lived(file)
    chance, whole = random.Random(seed), bytearray(file.read_bytes())
    page = chance.randrange(1, len(whole) // 4096) * 4096
    whole[page : page + 4096] = chance.randbytes(4096)
    file.write_bytes(whole)
    before = file.read_bytes()
    try:
        async with opened(file) as store:
            with pytest.raises(StoreDamaged):
                await store.check()
            for asks in (store.read(limit=2 * LIFE), store.before(limit=2 * LIFE), store.pick(range(LIFE))):
                await told_or_read(asks)
            await told_or_read(store.last_n("a-window"))
            await told_or_read(store.vectors("a-model", range(LIFE)))
    except StoreDamaged:
        pass
    assert file.read_bytes() == before, "looking at it changed nothing"


async def told_or_read(asked: Awaitable[object]) -> None:
    with suppress(StoreDamaged):
        await asked


@pytest.mark.parametrize(
    "damage",
    [
        "update events set body = 'not json' where seq = 7",
        'update events set body = \'{"kind": "unheard of"}\' where seq = 7',
        "update events set body = cast(x'ff00fe' as text) where seq = 7",
        "update events set body = x'' where seq = 7",
        "update events set at = 9223372036854775807 where seq = 7",
        "update events set at = 'yesterday' where seq = 7",
    ],
)
async def test_one_damaged_event_is_named_and_the_others_can_be_read(file: Path, damage: str) -> None:
    said = await lived(file)
    with closing(sqlite3.connect(file)) as db:
        db.execute(damage)
        db.commit()
    async with opened(file) as store:
        with pytest.raises(StoreDamaged):
            await store.read()
        assert said_in(await store.read(7, limit=1000)) == said[7:]


@pytest.mark.parametrize(
    "damage", ["drop table companion", "drop table events", "drop table vectors", "delete from companion"]
)
async def test_missing_tables_are_damage(file: Path, damage: str) -> None:
    await lived(file)
    with closing(sqlite3.connect(file)) as db:
        db.execute(damage)
        db.commit()
    with pytest.raises(StoreDamaged):
        await read_whole(file)


async def read_whole(file: Path) -> None:
    async with opened(file) as store:
        await store.read()
        await store.vectors("a-model", [1])


# --- two houses on one file ---


async def test_a_second_house_is_told_and_the_first_goes_on(file: Path) -> None:
    async with opened(file) as store:
        await store.append([heard("only here")], MOMENT)
        with pytest.raises(StoreInUse, match="another house"):
            await SQLiteStore.open(file)
        await store.append([heard("still here")], MOMENT)
        assert said_in(await store.read()) == ["only here", "still here"]


async def test_a_house_in_another_process_holds_her_until_it_ends(file: Path) -> None:
    said = await lived(file)
    with another_house(file):
        with pytest.raises(StoreInUse):
            await SQLiteStore.open(file)
    async with opened(file) as store:
        assert said_in(await store.read()) == said


async def test_a_house_that_was_killed_holds_no_one(file: Path) -> None:
    said = await lived(file)
    with another_house(file) as house:
        house.kill()
        house.wait()
        async with opened(file) as store:
            assert said_in(await store.read()) == said


async def test_of_two_births_at_once_one_counts(file: Path) -> None:
    """Two houses started for the first time at the same moment: one companion is born, and no one is left over."""
    outcomes = await asyncio.gather(*(SQLiteStore.open(file) for _ in range(4)), return_exceptions=True)
    houses = [one for one in outcomes if isinstance(one, SQLiteStore)]
    assert len(houses) == 1
    assert all(isinstance(one, SQLiteStore | StoreInUse) for one in outcomes)
    await houses[0].close()
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    async with opened(file) as store:
        assert store.companion == houses[0].companion


# --- killed in the middle ---


async def test_after_a_kill_in_the_middle_of_tidying_up_nothing_is_missing(
    file: Path, tmp_path: Path
) -> None:
    """The journal goes into the file page by page, the first page first. Killed after that one, the file says that
    it is longer than it is; the rest is in the journal still, and that is no damage."""
    said = await lived(file)
    store = await SQLiteStore.open(file)
    await store.append([heard("a long word " * 600, LIFE + n, "b-window") for n in range(1, 30)], MOMENT)
    short, journal = file.read_bytes(), journal_of(file).read_bytes()
    await store.close()
    whole = file.read_bytes()
    assert len(whole) > len(short), "the story needs a file that grew"
    file.write_bytes(whole[:4096] + short[4096:])
    journal_of(file).write_bytes(journal)
    async with opened(file) as store:
        assert said_in(await store.read())[:LIFE] == said
        assert await store.last() == LIFE + 29


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
async def test_a_torn_journal_gives_back_all_that_was_whole(file: Path, share: float) -> None:
    """The plug was pulled: the end of the journal never reached the disk. What came before it is there, in order."""
    store = await SQLiteStore.open(file)
    for number in range(40):
        await store.append([heard(str(number))], MOMENT)
    before, journal = file.read_bytes(), journal_of(file).read_bytes()
    await store.close()
    file.write_bytes(before)
    journal_of(file).write_bytes(journal[: int(len(journal) * share)])
    async with opened(file) as store:
        left = said_in(await store.read())
        assert left == [str(number) for number in range(len(left))]
        assert len(left) >= int(40 * share) - 4, "no more is gone than what was torn off"


# --- growing up ---


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
async def test_a_file_of_every_earlier_version_grows_up_and_remembers(file: Path, version: int) -> None:
    await asyncio.to_thread(as_it_was_made_then, file, version)
    async with opened(file) as store:
        assert store.companion == "her"
        assert said_in(await store.read()) == ["from before"]
        await store.append([heard("and now", 2, "a-window")], MOMENT)
        await store.keep_vectors("a-model", {1: b"v"})
    async with opened(file) as store:
        assert said_in(await store.read()) == ["from before", "and now"]
        assert await store.vectors("a-model", [1]) == {1: b"v"}


def as_it_was_made_then(file: Path, version: int) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute(f"pragma application_id = {APPLICATION}")
        for step in MIGRATIONS[:version]:
            step(db)
        db.execute(f"pragma user_version = {version}")
        db.execute("insert into companion values ('id', 'her')")
        body = heard("from before", 1, "a-window").model_dump_json()
        db.execute("insert into events values (1, 0, 'heard', 'a-window', 1, ?)", (body,))


# --- a disk that is full ---


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as disk:
        yield disk


async def test_what_does_not_fit_is_refused_whole_and_what_was_kept_stays(file: Path) -> None:
    """Everywhere, also where no small disk can be mounted: SQLite itself is told to grow no further."""
    async with opened(file) as store:
        await store.append([heard("kept")], MOMENT)
        pages = await store._run(lambda: store._db.execute("pragma max_page_count = 12").fetchone()[0])  # pyright: ignore[reportPrivateUsage]
        with pytest.raises(StoreFull):
            await store.append([heard("small"), heard("x" * pages * 5000)], MOMENT)
        assert said_in(await store.read()) == ["kept"]
        await store.append([heard("this fits")], MOMENT)
    async with opened(file) as store:
        assert said_in(await store.read()) == ["kept", "this fits"]


async def test_on_a_full_disk_nothing_kept_is_lost_and_it_goes_on_when_there_is_room(disk: Path) -> None:
    file, kept = disk / "companion.db", list[str]()
    store = await SQLiteStore.open(file)
    with pytest.raises(StoreFull):
        await until_full(store, kept)
    assert kept, "some of it fitted"
    assert said_in(await store.read()) == kept
    await store.close()
    ballast = fill(disk)
    await full_or_open(file, kept)
    ballast.unlink()
    resize(disk, "4m")
    async with opened(file) as store:
        assert said_in(await store.read()) == kept
        (after,) = await store.append([heard("room again")], MOMENT)
        assert after.seq == len(kept) + 1


async def full_or_open(file: Path, kept: list[str]) -> None:
    """A full disk may still be read; if it cannot even be opened, that is told as what it is."""
    try:
        async with opened(file) as store:
            assert said_in(await store.read()) == kept
    except StoreFull:
        pass


async def until_full(store: SQLiteStore, kept: list[str]) -> None:
    for number in range(10_000):
        text = f"{number} " + "and so on " * 200
        await store.append([heard(text)], MOMENT)
        kept.append(text)


async def test_no_one_is_born_on_a_full_disk_and_nothing_is_left_lying_about(disk: Path) -> None:
    ballast = fill(disk)
    with pytest.raises(StoreFull):
        await SQLiteStore.open(disk / "companion.db")
    assert [path.name for path in disk.iterdir()] == [ballast.name]
    ballast.unlink()
    async with opened(disk / "companion.db") as store:
        assert await store.read() == []


async def test_when_the_disk_fills_in_the_middle_of_a_conversation_she_says_so_and_loses_nothing(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os1.companion.conversation.AGAIN", 0.02)
    long = "You can keep this one. " * 300
    brain = ScriptedBrain(*["I will."] * 500)
    async with awake(disk / "companion.db", brain) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        await theo.says("before the disk was full")
        ballast = fill(disk)
        refused = await says_until_full(theo, long)
        trouble = theo.last(Trouble)
        assert (trouble.code, trouble.text, trouble.n) == ("store-full", StoreFull.spoken, refused.n)
        acknowledged = [frame for frame in theo.frames if isinstance(frame, Kept)]
        assert refused.n not in [kept.n for kept in acknowledged]
        ballast.unlink()
        assert await theo.says(long, n=refused.n) == "I will."
        told = await story(her.companion.store)
    async with awake(disk / "companion.db") as her:
        assert await story(her.companion.store) == told
        log = await her.companion.store.pick(kept.seq for kept in acknowledged)
        assert [one.event.n for one in log if isinstance(one.event, Heard)] == [
            kept.n for kept in acknowledged
        ]


async def says_until_full(theo: Person, text: str) -> Say:
    """Says it again and again, until it is not kept; and has read all that was told of it."""
    store = theo.conversation.companion.store
    for _ in range(400):
        say = theo.saying(text)
        await theo.send(say)
        if await store.last_n(theo.client) < say.n:
            await theo.send(Earlier(before=1))
            await theo.until(Page)
            return say
    raise AssertionError("the disk never filled")


async def test_her_own_words_wait_for_room_and_are_then_kept(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os1.companion.conversation.AGAIN", 0.02)
    brain = ScriptedBrain("| ".join(["a long answer"] * 400))
    brain.pause.clear()
    async with awake(disk / "companion.db", brain) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        await theo.send(theo.saying("speak"))
        await theo.until(Kept)
        ballast = fill(disk)
        seen = len(theo.frames)
        brain.pause.set()
        trouble = await theo.until(Trouble, seen)
        assert trouble.code == "store-full"
        ballast.unlink()
        said = await theo.until_event(Said, seen)
        assert isinstance(said.event, Said)
        assert said.event.text == " ".join(["a long answer"] * 400)


# --- a home that cannot be written ---


async def test_a_sealed_home_is_told_as_what_it_is_and_opened_again_it_has_everything(disk: Path) -> None:
    file = disk / "companion.db"
    said = await lived(file)
    seal(disk, writable=False)
    before = everything_in(disk)
    with pytest.raises(StoreReadOnly):
        await SQLiteStore.open(file)
    with pytest.raises(StoreReadOnly):
        await SQLiteStore.open(disk / "another" / "companion.db")
    assert everything_in(disk) == before
    seal(disk, writable=True)
    async with opened(file) as store:
        assert said_in(await store.read()) == said
