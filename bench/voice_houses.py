"""Houses to call, each with its own settings, and what all the processes of one weigh. It does not know of calls."""

import os
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench.figures import children, resident_mb
from bench.house import Address, House, Seat, opened

HELLO = "Hello, it is me. I will call you in a moment."
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Furnished(Address):
    """An address with settings of its own."""

    settings: Mapping[str, str] = field(default_factory=dict[str, str])

    def environment(self) -> dict[str, str]:
        return super().environment() | dict(self.settings)


def furnished(address: Address, settings: Mapping[str, str]) -> Furnished:
    return Furnished(address.home, address.port, address.models, address.cookie, settings)


@asynccontextmanager
async def lived_in(address: Furnished) -> AsyncGenerator[tuple[House, Furnished]]:
    """An open house, its brain awake, and the address with a session to come in by."""
    async with opened(address) as house:
        address = replace(address, cookie=address.cookie or await house.cookie())
        house.address = address
        async with house.seat() as seat:
            await seat.comes_in()
            await until_ready(seat)
            await seat.says(HELLO)  # as on any day but the first minute: what she knows has been read
        yield house, address


async def until_ready(seat: Seat) -> None:
    while "ready" not in seat.moments:
        await seat.frame()


# --- what it costs ---


def processes(pid: int) -> list[int]:
    """The house and everything it started."""
    return [pid, *(one for child in children(pid) for one in processes(child))]


@dataclass(frozen=True)
class Weight:
    pss_mb: float
    """Of all processes, what several of them share counted once: the memory the house takes."""
    rss_mb: float
    """Of all processes, what they share counted for each."""
    cpu_s: float
    at: float


def weight(pid: int) -> Weight:
    """Of the whole house, now. Takes some ms of the system: not while something is timed."""
    all_of_it = processes(pid)
    return Weight(
        pss_mb=sum(_pss_mb(one) for one in all_of_it),
        rss_mb=sum(resident_mb(one) for one in all_of_it),
        cpu_s=sum(_cpu_s(one) for one in all_of_it),
        at=time.perf_counter(),
    )


def cpu_share(before: Weight, after: Weight, cores: int) -> float:
    """Of the whole machine: 1 is all cores, all the time."""
    return (after.cpu_s - before.cpu_s) / ((after.at - before.at) * cores)


def _pss_mb(pid: int) -> float:
    """Files it has mapped included. What it weighs alone, where the system does not tell."""
    for line in _text(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return resident_mb(pid)


def _cpu_s(pid: int) -> float:
    """Of a process that lives."""
    fields = _text(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0.0


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
