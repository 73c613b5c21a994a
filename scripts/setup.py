"""Makes this checkout ready to run: its own Python environment, locked packages, the page. Safe to run again.

`python3 scripts/setup.py` for her, `--no-page` for talking in a terminal only, `--dev` for working on her too. Only
the standard library, since nothing else is there yet. A second run compares fingerprints and ends at once. It does
not fetch models: OS1 does that itself.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import node

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PAGE = ROOT / "src" / "os1" / "server" / "static" / "index.html"
OLDEST = (3, 11)
"""The Python whose features OS1 is written with."""
ROOM = 1_500_000_000
"""Bytes that the environment, the page's build and pip's own cache take, with some to spare."""
SHELF = ("python3.14", "python3.13", "python3.12", "python3.11")
"""Names under which a newer Python may be installed beside an old one."""
CHROMIUM = ("chromium", "chromium-browser")


class Sorry(Exception):
    """Something a person has to know: one sentence, and what to do."""


# --- what a person sees -----------------------------------------------------------------------------------


class Step:
    """One line for one piece of work: what is being done, how far it is, how long it took."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.began = time.monotonic()
        self.live = sys.stdout.isatty()
        if self.live:
            self.show("")
        else:
            print(f"  {self.what} ...", flush=True)

    def show(self, detail: str) -> None:
        if self.live:
            self._write(f"  {self.what} {detail}", end="")

    def done(self) -> None:
        self._write(f"  {self.what}: done, {time.monotonic() - self.began:.0f} s")

    def _write(self, line: str, end: str = "\n") -> None:
        if self.live:
            width = shutil.get_terminal_size().columns - 1
            line = f"\r{line[:width]:<{width}}"
        print(line, end=end, flush=True)


def run(step: Step, command: list[str], **options: object) -> None:
    """Runs a command quietly; its lines move the step on. If it fails, its last words are in the Sorry."""
    words: list[str] = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        **options,  # type: ignore[call-overload]
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            words.append(line.rstrip())
            step.show(progress(words))
    if process.returncode != 0:
        if step.live:
            print()
        raise Sorry(explain(words))


def progress(words: list[str]) -> str:
    """What pip's output so far says in short."""
    named = [line.split()[1] for line in words if line.startswith("Collecting ")]
    if named and words[-1].startswith("Installing collected"):
        return f"({len(named)} packages, unpacking)"
    return f"({len(named)}: {named[-1]})" if named else ""


def explain(words: list[str]) -> str:
    """A sentence for the failures that people meet; else what the command itself said last."""
    text = "\n".join(words)
    if re.search(r"No space left|ENOSPC|Errno 28", text):
        return f"The disk is full. About {ROOM / 1e9:.1f} GB are needed in {ROOT} and in your cache; make room, and run it again."
    if re.search(r"Permission denied|EACCES|EROFS|Read-only file system", text):
        return f"I am not allowed to write into {ROOT} or your cache folder. Whose are they?"
    if re.search(
        r"name resolution|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|NewConnectionError|Max retries|Network is unreachable|timed out",
        text,
    ):
        return "The package index cannot be reached. Are you online? What has arrived is kept; run it again when you are."
    if "THESE PACKAGES DO NOT MATCH THE HASHES" in text:
        return "A package from the index is not the one that was locked, so I did not install it:\n" + tail(
            words
        )
    return "That did not work. The last words were:\n" + tail(words)


def tail(words: list[str]) -> str:
    return "\n".join(f"    {line}" for line in words[-12:])


# --- fingerprints: what was done already ------------------------------------------------------------------


def fingerprint(files: Iterable[Path], *more: str) -> str:
    """One name for the content of these files."""
    total = hashlib.sha256("\0".join(more).encode())
    for file in sorted(files):
        total.update(
            str(file.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest()
        )
    return total.hexdigest()


def stamped(name: str, mark: str) -> bool:
    file = VENV / f".os1-{name}"
    return file.exists() and file.read_text() == mark


def stamp(name: str, mark: str) -> None:
    (VENV / f".os1-{name}").write_text(mark)


def page_sources() -> list[Path]:
    """Everything the page is built from."""
    left_out = {"node_modules", "dist", ".svelte-kit"}
    return [
        Path(folder, file)
        for folder, _, files in walk(ROOT / "web", left_out)
        for file in files
        if not file.endswith(".test.ts")
    ]


def walk(top: Path, left_out: set[str]) -> Iterable[tuple[str, list[str], list[str]]]:
    for folder, folders, files in os.walk(top):
        folders[:] = [name for name in folders if name not in left_out]
        yield folder, folders, files


# --- the steps --------------------------------------------------------------------------------------------


def right_python() -> None:
    """Goes on under a Python that is new enough, or says which one to install."""
    if sys.version_info >= OLDEST:
        return
    newer = next(filter(None, map(shutil.which, SHELF)), None)
    if newer is None:
        raise Sorry(
            f"This is Python {sys.version_info[0]}.{sys.version_info[1]}; OS1 needs 3.11 or newer. Install one "
            "(on Debian 12 or newer: sudo apt-get install python3 python3-venv) and run it again."
        )
    os.execv(newer, [newer, *sys.argv])


def writable_with_room() -> None:
    if not os.access(ROOT, os.W_OK):
        raise Sorry(f"I am not allowed to write into {ROOT}. Move this folder to where you may write.")
    free = shutil.disk_usage(ROOT).free
    if free < ROOM and not PYTHON.exists():
        raise Sorry(
            f"There is not enough room: {ROOM / 1e9:.1f} GB are needed in {ROOT}, {free / 1e9:.1f} GB are free."
        )


def environment() -> None:
    """The .venv, made whole or made anew."""
    mark = f"{sys.version_info[0]}.{sys.version_info[1]}"  # also what Debian calls its packages by
    if PYTHON.exists() and stamped("venv", mark):
        return
    if importlib.util.find_spec("ensurepip") is None:
        apt(
            f"python{mark}-venv",
            f"Python's venv module is missing. Install it: sudo apt-get install python{mark}-venv",
        )
    step = Step(f"Making a Python {mark} environment")
    run(step, [sys.executable, "-m", "venv", "--clear", str(VENV)])
    stamp("venv", mark)
    step.done()


def apt(package: str, otherwise: str) -> None:
    """Installs a Debian package when we may; else says how."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Sorry(otherwise)
    step = Step(f"Installing Debian's {package}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(step, ["apt-get", "update", "-q"], env=quiet)
    run(step, ["apt-get", "install", "-q", "-y", "--no-install-recommends", package], env=quiet)
    step.done()


def packages(lock: str, what: str) -> None:
    """Everything in this lock file, each package checked against its hash."""
    mark, name = fingerprint([ROOT / lock]), Path(lock).stem
    if stamped(name, mark):
        return
    step = Step(what)
    # The build tools are in requirements.txt, which comes first: nothing unlocked is fetched to build with.
    built = ["--require-hashes", "--no-build-isolation", "--use-pep517"]
    run(step, [*pip("install"), *built, "-r", str(ROOT / lock)])
    stamp(name, mark)
    step.done()


def pip(command: str) -> list[str]:
    quiet = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off", "--retries", "3"]
    return [str(PYTHON), "-m", "pip", command, *quiet]


def herself() -> None:
    """OS1 itself, from this folder: what is edited here is what runs."""
    mark = fingerprint([ROOT / "pyproject.toml"], str(ROOT))
    if stamped("project", mark) and (VENV / "bin" / "os1").exists():
        return
    step = Step("Putting OS1 in")
    run(step, [*pip("install"), "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    stamp("project", mark)
    step.done()


def page(dev: bool) -> None:
    """The page she is met in, built when its sources have changed."""
    if not (ROOT / "web" / "package.json").exists():
        return
    mark = fingerprint(page_sources())
    current = PAGE.exists() and stamped("page", mark)
    if current and not dev:
        return
    if node.on_path() is None:
        packages("requirements-node.txt", "Getting Node, to build the page")
    modules = ROOT / "web" / "node_modules"
    lock = fingerprint([ROOT / "web" / "package-lock.json"])
    if not (modules.exists() and stamped("modules", lock)):
        step = Step("Getting what the page is made of")
        npm(step, ["ci", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"])
        stamp("modules", lock)
        step.done()
    if not current:
        step = Step("Building the page")
        npm(step, ["run", "--silent", "build"])
        stamp("page", mark)
        step.done()


def npm(step: Step, arguments: list[str]) -> None:
    command, environ = node.npm(arguments)
    run(step, command, cwd=ROOT / "web", env={**environ, "NO_COLOR": "1"})


def chromium() -> None:
    """The browser that the browser tests drive."""
    if any(map(shutil.which, CHROMIUM)):
        return
    apt("chromium", "The browser tests need Chromium. Install it: sudo apt-get install chromium")


def main(arguments: list[str]) -> None:
    dev = "--dev" in arguments
    right_python()
    writable_with_room()
    environment()
    packages("requirements.txt", "Getting her parts")
    if dev or (VENV / ".os1-requirements-dev").exists():  # who works on her keeps the tools up to date too
        packages("requirements-dev.txt", "Getting the tools to work on her")
    herself()
    if "--no-page" not in arguments:
        page(dev)
    if dev:
        chromium()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Sorry as sorry:
        sys.exit(f"\n{sorry}")
    except PermissionError as error:
        sys.exit(f"\nI am not allowed to write {error.filename}.")
    except KeyboardInterrupt:
        sys.exit("\nStopped. Run it again, and it goes on from here.")
