"""One file arrives whole or not at all, whatever the line does; wheels are joined in their order."""

import asyncio
import errno
from collections.abc import Generator
from pathlib import Path

import httpx
import pytest
from imitation_hub import ImitationHub, real_wheel, sha256, wheel

from os1.brain.download import Fetcher, Remote, check_room, disk_sentences, refuse_downgrade
from os1.brain.packages import PackageParts, Part, Workbench, append_member, ask_pip, assemble
from os1.errors import ModelMissing, ModelRefused

LETTER = bytes(range(256)) * 4096  # 1 MiB, and no two neighbours alike


@pytest.fixture
def hub() -> Generator[ImitationHub]:
    with ImitationHub(files={"/letter": LETTER}) as running:
        yield running


async def bring(
    hub: ImitationHub, to: Path, sha: str = sha256(LETTER), pauses: tuple[float, ...] = (0, 0, 0)
) -> list[int]:
    """Fetches the letter; what the progress said on the way."""
    counts: list[int] = []
    async with httpx.AsyncClient() as client:
        await Fetcher(client, pauses).fetch(Remote(f"{hub.store}/letter", sha), to, counts.append)
    return counts


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


async def test_a_file_arrives(hub: ImitationHub, tmp_path: Path):
    counts = await bring(hub, tmp_path / "deep" / "letter")
    assert (tmp_path / "deep" / "letter").read_bytes() == LETTER
    assert counts[0] == 0
    assert counts[-1] == len(LETTER)
    assert counts == sorted(counts)


async def test_what_is_here_is_not_fetched_again(hub: ImitationHub, tmp_path: Path):
    (tmp_path / "letter").write_bytes(LETTER)
    assert await bring(hub, tmp_path / "letter") == [len(LETTER)]
    assert hub.asked == []


async def test_a_cut_line_is_taken_up_where_it_broke(hub: ImitationHub, tmp_path: Path):
    hub.cuts = [300_000, 200_000]
    await bring(hub, tmp_path / "letter")
    assert (tmp_path / "letter").read_bytes() == LETTER
    assert hub.ranges() == ["", "bytes=300000-", "bytes=500000-"]
    assert names(tmp_path) == {"letter"}


async def test_a_line_that_stays_dead_leaves_what_arrived_for_the_next_run(hub: ImitationHub, tmp_path: Path):
    hub.cuts = [300_000, 0, 0]
    with pytest.raises(ModelMissing, match="What has arrived is kept"):
        await bring(hub, tmp_path / "letter", pauses=(0,))
    assert (tmp_path / "letter.part").stat().st_size == 300_000
    hub.cuts = []
    await bring(hub, tmp_path / "letter")
    assert hub.ranges()[-1] == "bytes=300000-"
    assert (tmp_path / "letter").read_bytes() == LETTER


async def test_progress_earns_patience(hub: ImitationHub, tmp_path: Path):
    hub.cuts = [100_000] * 9  # more cuts than pauses, but each attempt brings something
    await bring(hub, tmp_path / "letter", pauses=(0,))
    assert (tmp_path / "letter").read_bytes() == LETTER


async def test_a_server_that_ignores_range_sends_all_of_it_again(hub: ImitationHub, tmp_path: Path):
    hub.cuts, hub.knows_range = [300_000], False
    counts = await bring(hub, tmp_path / "letter")
    assert (tmp_path / "letter").read_bytes() == LETTER
    assert counts.count(0) == 2


async def test_two_versions_are_never_mixed(hub: ImitationHub, tmp_path: Path):
    hub.cuts = [300_000, 0]
    with pytest.raises(ModelMissing):
        await bring(hub, tmp_path / "letter", pauses=())
    revised = LETTER[::-1]
    hub.files["/letter"] = revised
    hub.cuts = []
    await bring(hub, tmp_path / "letter", sha=sha256(revised))
    assert (tmp_path / "letter").read_bytes() == revised


async def test_the_wrong_file_is_thrown_away(hub: ImitationHub, tmp_path: Path):
    with pytest.raises(ModelRefused, match="not the file that was promised"):
        await bring(hub, tmp_path / "letter", sha=sha256(b"another letter"))
    assert names(tmp_path) == set()


@pytest.mark.parametrize(
    ("status", "asked", "sentence"), [(503, 4, "503"), (404, 1, "404"), (403, 1, "HF_TOKEN")]
)
async def test_what_may_pass_is_waited_for_and_what_will_not_is_said(
    hub: ImitationHub, tmp_path: Path, status: int, asked: int, sentence: str
):
    hub.status = status
    with pytest.raises(ModelMissing, match=sentence):
        await bring(hub, tmp_path / "letter")
    assert len(hub.asked) == asked


def test_a_safe_address_may_not_lead_to_an_unsafe_one():
    refuse_downgrade(httpx.URL("https://hub/a"), httpx.URL("https://store/a"), "a")
    for there in ("http://store/a", "file:///etc/passwd"):
        with pytest.raises(ModelRefused, match="unsafe"):
            refuse_downgrade(httpx.URL("https://hub/a"), httpx.URL(there), "a")


def test_a_full_disk_is_said_before_and_during(tmp_path: Path):
    check_room(tmp_path, 0)
    with pytest.raises(ModelMissing, match="not enough room"):
        check_room(tmp_path, 1 << 60)
    with pytest.raises(ModelMissing, match="disk is full"), disk_sentences(tmp_path / "letter"):
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(ModelMissing, match="not allowed to write"), disk_sentences(tmp_path / "letter"):
        raise PermissionError(errno.EACCES, "Permission denied")


# --- wheels -----------------------------------------------------------------------------------------------

PIECES = [bytes([n]) * (50_000 + n) for n in range(5)]
BOOK = b"".join(PIECES)
ROW = PackageParts(
    kind="packages",
    package="book-part{n}",
    version="1.0",
    member="book{n}/data/{n:02}.bin",
    count=5,
    download=1,
)


def shelve(hub: ImitationHub) -> list[Remote]:
    """The book's five wheels, on the hub's store."""
    remotes: list[Remote] = []
    for part, piece in zip(ROW.parts(), PIECES, strict=True):
        path = f"/{part.package}-1.0-py3-none-any.whl"
        hub.files[path] = wheel(part.member, piece)
        remotes.append(Remote(hub.store + path, sha256(hub.files[path])))
    return remotes


async def gather(remotes: list[Remote], folder: Path, size: int = len(BOOK)) -> bytes:
    async with httpx.AsyncClient() as client:
        whole = await assemble(ROW, remotes, Workbench(folder, size), Fetcher(client, ()), lambda done: None)
    return await asyncio.to_thread(whole.read_bytes)


def test_a_row_of_packages_is_spelled_out():
    assert ROW.parts()[4] == Part(package="book-part5", version="1.0", member="book5/data/05.bin")


async def test_wheels_become_the_book(hub: ImitationHub, tmp_path: Path):
    assert await gather(shelve(hub), tmp_path) == BOOK
    assert names(tmp_path) == {"whole", "joined.json"}


async def test_a_second_run_fetches_only_what_is_missing(hub: ImitationHub, tmp_path: Path):
    remotes = shelve(hub)
    lost = hub.files.pop("/book-part4-1.0-py3-none-any.whl")
    with pytest.raises(ModelMissing, match="404"):
        await gather(remotes, tmp_path)
    hub.files["/book-part4-1.0-py3-none-any.whl"] = lost
    hub.asked.clear()
    assert await gather(remotes, tmp_path) == BOOK
    assert not {"GET /book-part1-1.0-py3-none-any.whl"} & {what for _, what, _ in hub.asked}


async def test_what_was_being_written_when_it_stopped_is_written_again(hub: ImitationHub, tmp_path: Path):
    remotes = shelve(hub)

    def one_piece_and_a_half() -> None:
        bench = Workbench(tmp_path, len(BOOK))
        joined = bench.begin(remotes)
        bench.wheel(0).write_bytes(wheel(ROW.parts()[0].member, PIECES[0]))
        bench.join(ROW.parts()[0].member, remotes[0], joined)
        with bench.whole.open("ab") as whole:
            whole.write(b"half of the next piece")

    await asyncio.to_thread(one_piece_and_a_half)
    assert await gather(remotes, tmp_path) == BOOK


async def test_another_row_is_not_continued(hub: ImitationHub, tmp_path: Path):
    remotes = shelve(hub)
    (tmp_path / "whole").write_bytes(b"something else entirely")
    (tmp_path / "joined.json").write_text('{"wheels": ["of another book"], "fetched": 5, "size": 23}')
    assert await gather(remotes, tmp_path) == BOOK


async def test_a_wheel_that_holds_too_much_is_not_unpacked(hub: ImitationHub, tmp_path: Path):
    with pytest.raises(ModelRefused, match="more than it should"):
        await gather(shelve(hub), tmp_path, size=len(BOOK) - 1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (wheel("book/../../etc/passwd", b"x"), "does not hold the data"),
        (b"no archive", "not a whole archive"),
    ],
)
def test_only_the_one_member_is_taken(tmp_path: Path, content: bytes, sentence: str):
    (tmp_path / "odd.whl").write_bytes(content)
    with pytest.raises(ModelRefused, match=sentence):
        append_member(tmp_path / "odd.whl", "book1/data/01.bin", tmp_path / "whole", (0, 100))


async def test_pip_is_asked_where_the_wheels_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    made = [
        real_wheel(tmp_path, part.package, part.member, piece)
        for part, piece in zip(ROW.parts(), PIECES, strict=True)
    ]
    remotes = await ask_pip(ROW.parts())
    assert [remote.sha256 for remote in remotes] == [sha256(path.read_bytes()) for path in made]
    assert await gather(remotes, tmp_path / "bench") == BOOK
    with pytest.raises(ModelMissing, match="book-part9"):
        await ask_pip([Part(package="book-part9", version="1.0", member="x")])


async def test_the_wheel_of_another_platform_can_be_opened_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    elsewhere = "win_arm64"  # no machine that these tests run on
    made = real_wheel(tmp_path, "odd", "odd/data.bin", b"data", elsewhere)
    part = Part(package="odd", version="1.0", member="odd/data.bin")
    with pytest.raises(ModelMissing):
        await ask_pip([part])
    (remote,) = await ask_pip([part.model_copy(update={"platform": elsewhere})])
    assert remote.sha256 == sha256(made.read_bytes())
