"""What is made of many measurements, and the machine they were made on. It does not know what was measured."""

import os
import platform
from collections.abc import Sequence
from math import ceil
from pathlib import Path

from os1.config import read


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least `share` percent of them do not exceed: one that was really measured."""
    return sorted(values)[max(ceil(len(values) * share / 100) - 1, 0)]


def median(values: Sequence[float]) -> float:
    """Of an even number of values, the mean of the middle two."""
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def models() -> Path:
    """The folder of model files, as OS1 itself would choose it."""
    return read(os.environ).models


def machine() -> str:
    """ "Intel Xeon, 2 cores, 8 GB, Python 3.11.7, Debian 12": in one line, what a figure depends on."""
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    cores = os.cpu_count() or 1
    parts = (processor(), f"{cores} core{'s' * (cores > 1)}", f"{gigabytes:.0f} GB")
    return ", ".join((*parts, f"Python {platform.python_version()}", system()))


def processor() -> str:
    """Its name, where the system tells it; else its kind."""
    for line in _lines(Path("/proc/cpuinfo")):
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return " ".join(value.split())
    return platform.processor() or platform.machine()


def system() -> str:
    for line in _lines(Path("/etc/os-release")):
        name, _, value = line.partition("=")
        if name == "PRETTY_NAME":
            return value.strip('"')
    return platform.platform(terse=True)


def resident_mb(pid: int) -> float:
    """Memory of a process that is really in memory, files it has mapped included. 0 where the system does not tell."""
    for line in _lines(Path(f"/proc/{pid}/status")):
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def children(pid: int) -> list[int]:
    told = _lines(Path(f"/proc/{pid}/task/{pid}/children"))
    return [int(child) for child in " ".join(told).split()]


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
