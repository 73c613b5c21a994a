"""Machines that fail: a small disk, a home that cannot be written, another house in another process."""

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def mounted(folder: Path, options: str) -> Generator[Path]:
    """A real file system of its own at `folder`; the test is skipped where mounting is not allowed."""
    folder.mkdir(exist_ok=True)
    asked = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "os1-test", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode:
        pytest.skip(f"mounting is not allowed here: {asked.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@contextmanager
def small_disk(folder: Path, kilobytes: int = 512) -> Generator[Path]:
    with mounted(folder, f"size={kilobytes}k") as disk:
        yield disk


def fill(disk: Path) -> Path:
    """A file that takes all the room there is."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            try:
                while file.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue
    return ballast


def resize(disk: Path, size: str) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


def seal(folder: Path, *, writable: bool) -> None:
    """Make a mounted file system read-only, or writable again: not even root may write then."""
    subprocess.run(["mount", "-o", f"remount,{'rw' if writable else 'ro'}", str(folder)], check=True)


HOLD = """
import asyncio, sys
from pathlib import Path
from os1.store.sqlite import SQLiteStore

async def hold():
    store = await SQLiteStore.open(Path(sys.argv[1]))
    print("open", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await store.close()

asyncio.run(hold())
"""


@contextmanager
def another_house(file: Path) -> Generator["subprocess.Popen[str]"]:
    """Another process that has her file open for as long as the block."""
    house = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with house:
        assert house.stdout is not None
        assert house.stdout.readline() == "open\n"
        try:
            yield house
        finally:
            if house.poll() is None:
                house.communicate("")
