"""A life brought along: a ChatGPT export of 100 MB, made up, brought into a fresh companion, once and again.

    python -m bench.memory_import [--megabytes 100] [--seed 8316]

Each import runs in a process of its own (`--child`), which says how long it took and how much memory it had: reading,
appending to the store, and her index, until the last word can be found; no model. Then the same export once more, which
must bring nothing; and once with the process killed in the middle, and begun anew, which must give an equal log.
"""

import argparse
import asyncio
import hashlib
import json
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.life import SAID_BY_HER, SAID_BY_PERSON, made_up
from os1.brain.testing import ScriptedBrain
from os1.clock import RealClock
from os1.companion.bringing import bring
from os1.companion.companion import Companion
from os1.memory.archive import Archive
from os1.memory.passages.base import Place
from os1.memory.passages.find import Reading
from os1.memory.understanding.reader import Reader
from os1.store.sqlite import SQLiteStore

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
BEGAN = 1_680_000_000
"""March 2023, in seconds since 1970."""
LAST_WORDS = "the heron stood on the seventh lighthouse"
"""Said in the last message of all, and in no other."""
TURNS = (2, 60)
"""Messages in one conversation, at least and at most."""
NOISE = ("system", "tool")


def export(path: Path, megabytes: float, seed: int) -> int:
    """A made-up export in the form of ChatGPT's, of that size. Returns how many messages were said in it."""
    chance = random.Random(seed)
    said = size = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        while size < megabytes * 1e6:
            talk, many = conversation(f"{seed}-{said}", chance)
            size += file.write(("," if size else "") + json.dumps(talk))
            said += many
        last = message("last", "user", f"Remember this: {LAST_WORDS}.", BEGAN)
        mapping: dict[str, Any] = {"last": {"id": "last", "message": last, "parent": None, "children": []}}
        talk: dict[str, Any] = {
            "title": "The end",
            "create_time": BEGAN,
            "mapping": mapping,
            "current_node": "last",
        }
        file.write("," + json.dumps(talk) + "]")
    return said + 1


def conversation(id: str, chance: random.Random) -> tuple[dict[str, Any], int]:
    """One talk with a branch that was discarded now and then, and messages of tools; and how much was said in it."""
    at = float(BEGAN + chance.randrange(100_000_000))
    mapping: dict[str, Any] = {"root": {"id": "root", "message": None, "parent": None, "children": []}}
    here, said = "root", 0
    for number in range(chance.randint(*TURNS)):
        role = "user" if number % 2 == 0 else "assistant"
        forms = SAID_BY_PERSON if role == "user" else (*SAID_BY_PERSON, *SAID_BY_HER)
        many = chance.randint(1, 4) if role == "user" else chance.randint(4, 24)
        at += chance.uniform(3, 200)
        text = " ".join(made_up(forms, chance) for _ in range(many))
        name = ""
        for _ in range(1 + (chance.random() < 0.1)):  # the last of them is the one that stays
            name = add(mapping, here, message(f"{id}-{len(mapping)}", role, text, at))
        here, said = name, said + 1
        if chance.random() < 0.1:
            here = add(mapping, here, message(f"{id}-{len(mapping)}", chance.choice(NOISE), text, at))
    title = made_up(SAID_BY_PERSON, chance)[:40]
    return {
        "title": title, "create_time": at, "update_time": at, "mapping": mapping, "moderation_results": [],
        "current_node": here, "conversation_id": id, "is_archived": False, "safe_urls": [], "id": id,
    }, said  # fmt: skip


def add(mapping: dict[str, Any], parent: str, message_: dict[str, Any]) -> str:
    """Another node of the tree. Returns its id."""
    id = message_["id"]
    mapping[id] = {"id": id, "message": message_, "parent": parent, "children": []}
    mapping[parent]["children"].append(id)
    return id


def message(id: str, role: str, text: str, at: float) -> dict[str, Any]:
    metadata = {"model_slug": "gpt-4o", "request_id": id * 2, "timestamp_": "absolute", "message_type": None}
    return {
        "id": id, "author": {"role": role, "name": None, "metadata": {}}, "create_time": at, "update_time": None,
        "content": {"content_type": "text", "parts": [text]}, "status": "finished_successfully", "end_turn": True,
        "weight": 1.0, "metadata": metadata, "recipient": "all", "channel": None,
    }  # fmt: skip


# --- in a process of its own ---


async def child(export_: Path, home: Path) -> None:
    """The import, as a house does it but without a page: told in one line of JSON."""
    began = time.perf_counter()
    store = await SQLiteStore.open(home / "companion.db")
    archive = Archive(store, None)
    companion = Companion(store, archive, ScriptedBrain(), RealClock(), UTC, Reader())
    await companion.open()
    memory = asyncio.create_task(archive.run())
    await archive.awake()
    awake = time.perf_counter()
    reading = Reading(export_, export_.name, Place(UTC, NOW))

    def told(tally: object) -> None:
        print(reading.done, flush=True)

    tally = await bring(reading, store, companion.bring, told)
    await archive.kept()
    found = await archive.recall(f"What did I say about {LAST_WORDS}?", NOW)
    took = time.perf_counter() - awake
    memory.cancel()
    await asyncio.wait([memory])
    await store.close()
    print(json.dumps({
        "seconds": took, "waking": awake - began, "cpu": time.process_time(),
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "messages": tally.messages, "known": tally.known, "new": tally.messages - tally.known,
        "found": any(LAST_WORDS in turn.text for memory in found for turn in memory.turns),
    }))  # fmt: skip


def run(export_: Path, home: Path, kill_at: float = 2.0) -> dict[str, Any] | None:
    """A child's figures; None if it was killed, once it had read that share of the export."""
    home.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "bench.memory_import", "--child", str(export_), str(home)]
    whole = export_.stat().st_size
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("{"):
                return json.loads(line)
            if int(line) >= kill_at * whole:
                process.send_signal(signal.SIGKILL)
                return None
    raise SystemExit("the import ended without a word")


def log_of(home: Path) -> list[str]:
    """A line of digest for each event: two logs of a hundred megabytes need not be held side by side."""
    with closing(sqlite3.connect(home / "companion.db")) as db:
        rows = db.execute("select seq, at, kind, client, body from events order by seq")
        return [hashlib.sha256(repr(row).encode()).hexdigest() for row in rows]


def measured(megabytes: float, seed: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        export_, once, killed = (
            Path(folder, "conversations.json"),
            Path(folder, "once"),
            Path(folder, "killed"),
        )
        said = export(export_, megabytes, seed)
        size = export_.stat().st_size / 1e6
        first, again = run(export_, once), run(export_, once)
        run(export_, killed, kill_at=0.5)
        halfway = len(log_of(killed))
        resumed = run(export_, killed)
        equal = log_of(once) == log_of(killed)
        assert first and again and resumed, "an import was killed that should not have been"  # noqa: PT018
    return {
        "export_mb": round(size, 1), "messages": said, "import_100mb_s": round(first["seconds"] * 100 / size, 1),
        "import_100mb_cpu_s": round(first["cpu"] * 100 / size, 1), "import_100mb_rss_mb": round(first["rss_mb"]),
        "kept": first["new"], "last_words_found": first["found"], "again_new": again["new"],
        "again_s": round(again["seconds"], 1), "again_waking_s": round(again["waking"], 1), "killed_after": halfway,
        "resumed_new": resumed["new"], "resumed_equal": equal,
    }  # fmt: skip


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--megabytes", type=float, default=100)
    asked.add_argument("--seed", type=int, default=8316)
    asked.add_argument("--child", nargs=2, type=Path, help=argparse.SUPPRESS)
    chosen = asked.parse_args()
    if chosen.child:
        asyncio.run(child(*chosen.child))
    else:
        print(json.dumps(measured(chosen.megabytes, chosen.seed), indent=1))


if __name__ == "__main__":
    main()
