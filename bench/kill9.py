"""kill -9, at random moments of a conversation, a thousand times: is every word that was acknowledged still there?

    python -m bench.kill9 --kills 1000 --seed 1 [--careless]

One process plays the person at a window, forks the house (`bench.victim`), kills it after 5 to 300 ms, reads what it
had still sent, and then reads its file with plain SQLite, from a copy, so that the house itself must recover the real
one when it is opened again. Then the window comes back, says again what was not acknowledged, and they talk on.
A death of the process is tried, and no power cut: what the kernel has is not lost. `--careless` acknowledges before
it writes, to see that this would be noticed.
"""

import argparse
import asyncio
import json
import os
import random
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from bench.victim import live, look
from os1.errors import StoreError
from os1.events import EVENT, Event, Happened, Heard, Said
from os1.frames import (
    FRAME,
    Begin,
    CaughtUp,
    Command,
    Ended,
    Frame,
    Kept,
    Open,
    Say,
    Shown,
    Stop,
    Trouble,
    Welcome,
    Words,
)

ROOT = Path(__file__).resolve().parent.parent
SHORTEST, LONGEST = 0.005, 0.3
"""Seconds from the house's birth to its death: the first hit it while it opens its file, most find it talking."""
LIVES = 50
"""Deaths in one file, which grows meanwhile; then another companion is born."""
CLIENT = "a-window-that-stays"
BROKEN = 70
"""Exit code of a house that fell by itself (EX_SOFTWARE)."""
SENTENCES = (
    "I went down to the harbour again.",
    "Do you remember the boat?",
    "I'll call my mother tomorrow.",
    "Nobody had told me about the letter.\nNot even you.",
    "Ça va mieux, merci. 🌊",
    "It's raining, and I promise to write to Theo tonight.",
)


@dataclass
class Tally:
    """What was counted. `lost`: acknowledged and gone, or changed. `corrupt`: a file that is not whole, or not in order."""

    kills: int = 0
    acknowledged: int = 0
    while_opening: int = 0
    while_speaking: int = 0
    lost: int = 0
    corrupt: int = 0
    refused: int = 0
    """Words that a house which had come back would not take."""


@dataclass
class Person:
    """Sits at the window through all the lives of one file, and remembers what they were told was kept."""

    chance: random.Random
    n: int = 0
    waiting: dict[int, Say] = field(default_factory=dict[int, Say])
    """Said, and not acknowledged yet: said again when the house is back."""
    kept: dict[int, tuple[int, str]] = field(default_factory=dict[int, tuple[int, str]])
    """Acknowledged: n to log number and words."""
    told: dict[int, Event] = field(default_factory=dict[int, Event])
    """Told of, by log number."""
    words: dict[int, str] = field(default_factory=dict[int, str])
    acknowledged: int = 0
    refused: int = 0
    here: bool = False
    speaking: int = 0
    wrong: list[str] = field(default_factory=list[str])

    def comes(self) -> list[Command]:
        self.here, self.speaking = False, 0
        self.words.clear()
        return [Open(client=CLIENT, after=max(self.told, default=0))]

    def hears(self, frame: Frame) -> list[Command]:
        """What they say to that. Mostly they listen; now and then they interrupt."""
        match frame:
            case Welcome():
                return self._greets(frame)
            case CaughtUp():
                self.here = True
            case Kept(n=n, seq=seq):
                self._keeps(n, seq)
            case Happened(seq=seq, event=event):
                self._notes(seq, event)
            case Words(reply=reply, start=start, text=text):
                self.speaking = reply
                self.words[reply] = self.words.get(reply, "")[:start] + text
                return self._reads(reply)
            case Ended(chars=chars):
                self.speaking = 0
                return [self._says()] if self.here and chars else []
            case Trouble():
                self.refused += 1
            case _:
                pass
        return []

    def _greets(self, welcome: Welcome) -> list[Command]:
        if welcome.last < max(self.told, default=0):
            self.wrong.append("the house came back with less than the window has seen")
        if welcome.heard_n < max(self.kept, default=0):
            self.wrong.append("the house forgot a message that it had acknowledged")
        if welcome.stage == "unmet":
            return [Begin(how="shipped")]
        again: list[Command] = [*self.waiting.values()]
        return again or [self._says()]

    def _keeps(self, n: int, seq: int) -> None:
        if say := self.waiting.pop(n, None):
            self.kept[n] = (seq, say.text)
            self.acknowledged += 1
        elif self.kept[n][0] != seq:
            self.wrong.append(f"message {n} was kept twice")

    def _notes(self, seq: int, event: Event) -> None:
        if self.told.setdefault(seq, event) != event:
            self.wrong.append(f"event {seq} came back different")

    def _says(self) -> Say:
        self.n += 1
        text = f"{self.n}. {self.chance.choice(SENTENCES)}"
        self.waiting[self.n] = say = Say(n=self.n, text=text, seconds=1.5)
        return say

    def _reads(self, reply: int) -> list[Command]:
        chars = len(self.words[reply])
        whim = self.chance.random()
        if whim < 0.02:
            return [Stop(reply=reply, chars=chars)]
        if whim < 0.05:
            return [Shown(reply=reply, chars=chars), self._says()]
        return [Shown(reply=reply, chars=chars)]


class Line:
    """The parent's end of the socket: commands out, frames in, and nothing waits."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._rest = b""
        self.open = True

    def send(self, commands: list[Command]) -> None:
        said = b"".join(command.model_dump_json().encode() + b"\n" for command in commands)
        try:
            self._end.sendall(said)
        except (BrokenPipeError, ConnectionResetError):
            self.open = False

    def frames(self, wait: float) -> list[Frame]:
        """Whole frames that come within so many seconds; half a frame at the end of a life was never sent."""
        if not select.select([self._end], [], [], max(wait, 0))[0]:
            return []
        try:
            read = self._end.recv(65_536)
        except ConnectionResetError:
            read = b""
        self.open = bool(read)
        *lines, self._rest = (self._rest + read).split(b"\n")
        return [FRAME.validate_json(line) for line in lines]


# --- one life, and what it leaves --------------------------------------------------------------------------


def one_life(file: Path, person: Person, tally: Tally, careless: bool) -> None:
    """Fork a house, talk with it, kill it, and hear what it had still said."""
    ours, theirs = socket.socketpair()
    died = time.monotonic() + person.chance.uniform(SHORTEST, LONGEST)
    seed = person.chance.getrandbits(32)
    pid = os.fork()
    if pid == 0:
        ours.close()
        be_killed(file, theirs, seed, careless)
    theirs.close()
    line = Line(ours)
    line.send(person.comes())
    while line.open and (left := died - time.monotonic()) > 0:
        for frame in line.frames(left):
            line.send(person.hears(frame))
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    tally.kills += 1
    tally.while_opening += not person.here
    tally.while_speaking += bool(person.speaking)
    while line.open:
        for frame in line.frames(1.0):
            person.hears(frame)
    ours.close()
    if not os.WIFSIGNALED(status):
        person.wrong.append(f"the house ended by itself, with {os.waitstatus_to_exitcode(status)}")


def be_killed(file: Path, line: socket.socket, seed: int, careless: bool) -> NoReturn:
    """The child's whole life. Never returns."""
    _in_child(live(file, line, seed, careless=careless))


def opens(file: Path) -> bool:
    """Whether the house itself finds the file whole, after the last of its deaths."""
    if not file.exists():
        return True
    pid = os.fork()
    if pid == 0:
        _in_child(look(file))
    return os.waitpid(pid, 0)[1] == 0


def _in_child(life: Coroutine[None, None, None]) -> NoReturn:
    code = 0
    try:
        asyncio.run(life)
    except StoreError as error:
        print(f"victim: {error}", file=sys.stderr, flush=True)
        code = error.exit_code
    except BaseException:  # noqa: BLE001 - the fork must never run on in its parent's code
        traceback.print_exc()
        code = BROKEN
    finally:
        os._exit(code)


def autopsy(file: Path, person: Person, tally: Tally) -> None:
    """Hold what is in the file against what the person was told."""
    if not file.exists():
        lost = len(person.kept) + len(person.told)
        rows: list[tuple[int, str]] = []
    else:
        verdict, rows = read_copy(file)
        log = {seq: EVENT.validate_json(body) for seq, body in rows}
        if verdict != "ok":
            person.wrong.append(f"SQLite finds: {verdict}")
        person.wrong += disorder([seq for seq, _ in rows], log)
        lost = missing(person, log)
    tally.lost += lost
    tally.corrupt += bool(person.wrong)
    if lost or person.wrong:
        print(f"kill {tally.kills}: {lost} lost. {'; '.join(person.wrong)}", file=sys.stderr, flush=True)
        accept(person, {seq for seq, _ in rows})


def read_copy(file: Path) -> tuple[str, list[tuple[int, str]]]:
    """The verdict of SQLite itself, and the log, read from a copy: the real file stays as death left it."""
    with tempfile.TemporaryDirectory(prefix="os1-autopsy-") as folder:
        copy = Path(folder, file.name)
        for end in ("", "-wal"):
            if (part := file.with_name(file.name + end)).exists():
                shutil.copyfile(part, copy.with_name(copy.name + end))
        db = sqlite3.connect(copy)
        try:
            (verdict,) = db.execute("pragma integrity_check(1)").fetchone()
            return verdict, db.execute("select seq, body from events order by seq").fetchall()
        except sqlite3.DatabaseError as error:
            return str(error), []
        finally:
            db.close()


def disorder(seqs: list[int], log: dict[int, Event]) -> list[str]:
    """What is wrong with the log by itself: gaps, a message twice or out of order, an answer to nothing."""
    wrong: list[str] = []
    if seqs != list(range(1, len(seqs) + 1)):
        wrong.append("the numbers have a gap")
    heard = [event.n for event in log.values() if isinstance(event, Heard)]
    if heard != list(range(1, len(heard) + 1)):
        wrong.append("the messages are not 1, 2, 3, once each")
    answers = [(seq, event.reply) for seq, event in log.items() if isinstance(event, Said)]
    if any(reply >= seq or log[reply].kind not in ("began", "heard") for seq, reply in answers):
        wrong.append("she answered what was not said")
    if any(many > 1 for many in Counter(reply for _, reply in answers).values()):
        wrong.append("she answered twice")
    return wrong


def missing(person: Person, log: dict[int, Event]) -> int:
    """How many acknowledged messages, and events that were told of, are not there word for word."""
    lost = sum(log.get(seq) != event for seq, event in person.told.items())
    for n, (seq, text) in person.kept.items():
        event = log.get(seq)
        there = isinstance(event, Heard) and (event.client, event.n, event.text) == (CLIENT, n, text)
        lost += not there and seq not in person.told
    return lost


def accept(person: Person, seqs: set[int]) -> None:
    """What is lost is counted once: from here on they go by the log."""
    person.told = {seq: event for seq, event in person.told.items() if seq in seqs}
    person.kept = {n: kept for n, kept in person.kept.items() if kept[0] in seqs}
    person.waiting = {}
    person.n = max(person.kept, default=0)
    person.wrong = []


# --- all of them -------------------------------------------------------------------------------------------


def torment(kills: int, seed: int, careless: bool = False) -> Tally:
    """All deaths, in this process, which must have no threads: `run` sees to that."""
    tally = Tally()
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="os1-kill9-") as home:
        while tally.kills < kills:
            file = Path(home, f"{tally.kills}", "companion.db")
            person = Person(random.Random(chance.getrandbits(64)))
            for _ in range(min(LIVES, kills - tally.kills)):
                one_life(file, person, tally, careless)
                autopsy(file, person, tally)
            tally.corrupt += not opens(file)
            tally.acknowledged += person.acknowledged
            tally.refused += person.refused
            shutil.rmtree(file.parent, ignore_errors=True)
    return tally


def run(kills: int, seed: int, *, careless: bool = False) -> dict[str, int]:
    """kills, acknowledged, lost, corrupt and more, from a process of its own that has no threads to fork away from."""
    command = [sys.executable, "-m", "bench.kill9", "--here", "--kills", str(kills), "--seed", str(seed)]
    one_thread = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    done = subprocess.run(
        command + ["--careless"] * careless,
        cwd=ROOT,
        env=os.environ | one_thread,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--kills", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--careless", action="store_true", help="acknowledge before writing: must be caught")
    options.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.here:
        print(json.dumps(vars(torment(asked.kills, asked.seed, asked.careless))))
        return 0
    found = run(asked.kills, asked.seed, careless=asked.careless)
    print("  ".join(f"{name} {value:,}" for name, value in found.items()))
    return 1 if found["lost"] or found["corrupt"] or found["refused"] else 0


if __name__ == "__main__":
    sys.exit(main())
