"""Brings one file from elsewhere: in pieces if it must, whole or not at all.

A broken connection leaves `NAME.part`, and the next attempt, or the next run, goes on from there. What arrives is
compared with the sha256 that was promised before it gets its name. It does not know what the file is for.
"""

import asyncio
import errno
import hashlib
import os
import shutil
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

import httpx

from os1.errors import ModelMissing, ModelRefused

REDIRECTS = 5
"""Hops followed from a file's address to where it lies; hubs use one or two."""

ROOM = 256 << 20
"""Bytes left free on the disk after a download, so that the machine and her memory can go on."""

Count = Callable[[int], None]
"""Told how many bytes of this file are here, whenever that changes (it falls when a server makes us begin again)."""


@dataclass(frozen=True)
class Remote:
    """One file somewhere else, and what it must be."""

    url: str
    sha256: str
    size: int | None = None
    headers: dict[str, str] = field(default_factory=dict[str, str], repr=False)
    """Sent to the first host only; may hold a token, so never shown."""

    @property
    def label(self) -> str:
        """For sentences: the file's name, without the address."""
        return unquote(urlsplit(self.url).path.rsplit("/", 1)[-1])


class Fetcher:
    """Carries the connections of a run, and how patient it is."""

    def __init__(self, client: httpx.AsyncClient, pauses: tuple[float, ...]) -> None:
        self.client = client
        self.pauses = pauses
        """Seconds before each further attempt. An attempt that brought something begins the row anew."""

    async def fetch(self, remote: Remote, to: Path, count: Count) -> Path:
        """`to`, once it holds exactly the file that was promised."""
        with disk_sentences(to):
            if await asyncio.to_thread(_prepare, to, remote.sha256):
                count(await asyncio.to_thread(_length, to))
                return to
            part = to.with_name(to.name + ".part")
            await self._gather(remote, part, count)
            await asyncio.to_thread(_accept, remote, part, to)
            return to

    async def _gather(self, remote: Remote, part: Path, count: Count) -> None:
        """Attempts, until there is nothing more to come."""
        if urlsplit(remote.url).scheme == "file":
            count(await asyncio.to_thread(_copy, remote, part))
            return
        pauses = list(self.pauses)
        have, etag = await asyncio.to_thread(_resume, part)
        while remote.size is None or have < remote.size:
            try:
                await self._attempt(remote, part, (have, etag), count)
                return
            except httpx.TransportError as trouble:
                before = have
                have, etag = await asyncio.to_thread(_resume, part)
                if have > before:
                    pauses = list(self.pauses)
                if not pauses:
                    raise ModelMissing(
                        f"{remote.label} could not be fetched: the connection failed "
                        f"({str(trouble) or type(trouble).__name__}). What has arrived is kept; try again later "
                        "and it goes on from there."
                    ) from trouble
                await asyncio.sleep(pauses.pop(0))

    async def _attempt(self, remote: Remote, part: Path, known: tuple[int, str], count: Count) -> None:
        have, etag = known
        asked = {"Range": f"bytes={have}-"} if have else {}
        if have and etag:
            asked["If-Range"] = etag
        async with self._open(remote, asked) as response:
            start = _start(response, have)
            if start is None:
                await asyncio.to_thread(_forget, part)
                raise httpx.RemoteProtocolError("the server lost its place")
            done = start
            file = await asyncio.to_thread(_open_part, part, start, response.headers.get("etag", ""))
            try:
                count(done)
                async for block in response.aiter_raw():  # as it comes: what a cut leaves must be on the disk
                    await asyncio.to_thread(file.write, block)
                    done += len(block)
                    count(done)
            finally:
                await asyncio.to_thread(file.close)

    @asynccontextmanager
    async def _open(self, remote: Remote, asked: dict[str, str]) -> AsyncGenerator[httpx.Response]:
        request = self.client.build_request("GET", remote.url, headers={**remote.headers, **asked})
        for _ in range(REDIRECTS):
            response = await self.client.send(request, stream=True)
            try:
                onward = response.next_request  # httpx has taken the token out if it is another host
                if onward is None:
                    _check(response, remote)
                    yield response
                    return
                refuse_downgrade(request.url, onward.url, remote.label)
                request = onward
            finally:
                await response.aclose()
        raise ModelMissing(f"{remote.label} could not be fetched: its address leads in circles.")


def refuse_downgrade(here: httpx.URL, there: httpx.URL, label: str) -> None:
    """A safe address must not lead to an unsafe one."""
    if there.scheme not in ("http", "https") or (here.scheme == "https" and there.scheme != "https"):
        raise ModelRefused(f"{label} was not fetched: its safe address leads to an unsafe one.")


def sha256_of(path: Path) -> str:
    """Reads the whole file: for a large one, call it in a thread."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(part: Path, to: Path) -> None:
    """Gives a finished file its name, in one step that a power cut cannot halve."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(to)
    with suppress(OSError):  # some file systems cannot sync a folder; the name is then as safe as it gets
        folder = os.open(to.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def check_room(folder: Path, needed: int) -> None:
    """Says so before a download that would not fit."""
    free = shutil.disk_usage(folder).free
    if free < needed + ROOM:
        raise ModelMissing(
            f"There is not enough room in {folder}: {(needed + ROOM) / 1e9:.1f} GB are needed, "
            f"{free / 1e9:.1f} GB are free."
        )


@contextmanager
def disk_sentences(path: Path) -> Generator[None]:
    """Turns what a disk refuses into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise ModelMissing(
                f"The disk is full: {path.name} does not fit into {path.parent}. What has arrived is kept; "
                "make room and try again."
            ) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise ModelMissing(f"I am not allowed to write into {path.parent}.") from error
        raise ModelMissing(f"{path.name} could not be kept: {error.strerror or error}.") from error


def _prepare(to: Path, sha256: str) -> bool:
    """Whether the file is here already; if not, that there is a folder for it."""
    to.parent.mkdir(parents=True, exist_ok=True)
    return to.is_file() and sha256_of(to) == sha256


def _accept(remote: Remote, part: Path, to: Path) -> None:
    found = sha256_of(part)
    _mark(part).unlink(missing_ok=True)
    if found != remote.sha256:
        part.unlink()
        raise ModelRefused(
            f"{remote.label} is not the file that was promised (its sha256 begins {found[:12]}, "
            f"not {remote.sha256[:12]}). I threw it away."
        )
    keep(part, to)


def _length(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _mark(part: Path) -> Path:
    """Where the server's name for this version of the file is kept, so that two versions are never mixed."""
    return part.with_name(part.name + ".etag")


def _resume(part: Path) -> tuple[int, str]:
    mark = _mark(part)
    return _length(part), mark.read_text() if mark.exists() else ""


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _mark(part).unlink(missing_ok=True)


def _open_part(part: Path, start: int, etag: str) -> BinaryIO:
    if start == 0:
        _forget(part)
    if etag and not etag.startswith("W/"):  # a weak tag does not promise the same bytes
        _mark(part).write_text(etag)
    file = part.open("r+b" if start else "wb")
    file.seek(start)
    return file


def _copy(remote: Remote, part: Path) -> int:
    source = Path(url2pathname(urlsplit(remote.url).path))
    if not source.is_file():
        raise ModelMissing(f"{source} is not there.")
    shutil.copyfile(source, part)
    return _length(part)


def _check(response: httpx.Response, remote: Remote) -> None:
    """Passes what can be read, asks for another attempt where that may help, and else says what is wrong."""
    code = response.status_code
    if code in (200, 206, 416):
        return
    if code in (408, 425, 429) or code >= 500:
        raise httpx.RemoteProtocolError(f"the server answered {code}")
    hint = " It may want a token (HF_TOKEN), or its licence accepted first." if code in (401, 403) else ""
    raise ModelMissing(f"{remote.label} could not be fetched: the server answered {code}.{hint}")


def _start(response: httpx.Response, have: int) -> int | None:
    """Where the bytes that follow belong; None if the server and we disagree on what is here.

    A server that ignores Range sends everything again, with 200.
    """
    if response.status_code == 200:
        return 0
    told = response.headers.get("content-range", "")
    return have if response.status_code == 206 and told.startswith(f"bytes {have}-") else None
