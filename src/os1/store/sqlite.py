"""A companion as one SQLite file: WAL, fully synchronous, one thread that reads and writes, one house at a time.

The lock is SQLite's own (`locking_mode=EXCLUSIVE`), so it ends with the process, however that ends.
It does not know what the events mean, nor what is derived from them beyond an opaque vector.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from os1.errors import StoreDamaged, StoreError, StoreForeign, StoreFull, StoreInUse, StoreReadOnly
from os1.events import EVENT, Event, Happened, Heard
from os1.store.migrations import APPLICATION, MIGRATIONS, migrate

T = TypeVar("T")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MAGIC = b"SQLite format 3\x00"
COLUMNS = "seq, at, kind, client, n, body"
AT_ONCE = 500
"""Parameters in one statement; SQLite allows 999 on its oldest builds."""

FAILURES: dict[str, tuple[type[StoreError], str]] = {
    "SQLITE_FULL": (
        StoreFull,
        "The disk that holds {path} is full. Make room, then start again; nothing kept was lost.",
    ),
    "SQLITE_READONLY": (
        StoreReadOnly,
        "{path} cannot be written. Check its permissions, or that the disk is not read-only.",
    ),
    "SQLITE_CANTOPEN": (
        StoreReadOnly,
        "{path} cannot be opened for writing. Check the permissions of its folder.",
    ),
    "SQLITE_PERM": (StoreReadOnly, "{path} cannot be opened for writing. Check its permissions."),
    "SQLITE_BUSY": (
        StoreInUse,
        "{path} is open in another house. Close that one first (it may be in another terminal).",
    ),
    "SQLITE_LOCKED": (StoreInUse, "{path} is open in another house. Close that one first."),
    "SQLITE_NOTADB": (
        StoreForeign,
        "{path} is not a companion's file (or it is encrypted). It was left as it is.",
    ),
    "SQLITE_CORRUPT": (
        StoreDamaged,
        "{path} is damaged. It was left as it is: bring back an export (`os1 import`), or a copy of the file.",
    ),
}


def translate(error: sqlite3.Error, path: Path) -> StoreError:
    """SQLite's failure as ours. Extended codes (SQLITE_IOERR_WRITE) are read by their first two words."""
    name: str = getattr(error, "sqlite_errorname", "") or ""
    kind, sentence = FAILURES.get(
        "_".join(name.split("_")[:2]), (StoreError, "{path}: " + f"{error} ({name}).")
    )
    return kind(sentence.format(path=path))


class SQLiteStore:
    """Use `await SQLiteStore.open(path)`. See `os1.store.base.Store` for what each method promises."""

    def __init__(self, path: Path, db: sqlite3.Connection, thread: ThreadPoolExecutor) -> None:
        self.path = path
        self._db = db
        self._thread = thread
        self.companion: str = db.execute("select value from companion where key = 'id'").fetchone()[0]

    @classmethod
    async def open(cls, path: Path) -> "SQLiteStore":
        """Open the file, or let a companion be born in it if there is none."""
        thread = ThreadPoolExecutor(1, thread_name_prefix=f"store {path.name}")
        try:
            return await asyncio.get_running_loop().run_in_executor(thread, _opened, path, thread)
        except BaseException:
            thread.shutdown(wait=False)
            raise

    async def append(self, events: Sequence[Event], at: datetime) -> list[Happened]:
        return await self._run(self._append, events, at)

    async def read(self, after: int = 0, limit: int = 1000, kinds: Sequence[str] = ()) -> list[Happened]:
        return await self._run(self._select, "seq > ?", "seq", (after,), limit, kinds)

    async def before(
        self, seq: int | None = None, limit: int = 50, kinds: Sequence[str] = ()
    ) -> list[Happened]:
        newest_first = await self._run(self._select, "seq < ?", "seq desc", (seq or 2**62,), limit, kinds)
        return newest_first[::-1]

    async def pick(self, seqs: Iterable[int]) -> list[Happened]:
        return await self._run(self._pick, sorted(set(seqs)))

    async def last(self) -> int:
        return await self._run(self._number, "select max(seq) from events")

    async def last_n(self, client: str) -> int:
        return await self._run(self._number, "select max(n) from events where client = ?", client)

    async def keep_vectors(self, model: str, vectors: Mapping[int, bytes]) -> None:
        rows = [(model, seq, q) for seq, q in vectors.items()]
        await self._run(self._keep_vectors, rows)

    async def vectors(self, model: str, seqs: Sequence[int]) -> dict[int, bytes]:
        return await self._run(self._vectors, model, seqs)

    async def adopt(self, companion: str) -> None:
        """Take the id of a companion who comes from an archive."""
        await self._run(self._db.execute, "update companion set value = ? where key = 'id'", (companion,))
        self.companion = companion

    async def bring(self, happened: Sequence[Happened]) -> None:
        """Events from an archive, with the numbers and times they had. Raises StoreError for a number used twice."""
        await self._run(self._bring, happened)

    async def check(self) -> None:
        """Read the whole file once. Raises StoreDamaged."""
        await self._run(_check, self._db, self.path)

    async def close(self) -> None:
        await self._run(self._db.close)
        self._thread.shutdown(wait=False)

    # --- what follows runs on the store's own thread ---

    async def _run(self, work: Callable[..., T], *args: Any) -> T:
        """Work on the store's thread; once begun it finishes, even if whoever asked is gone."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, partial(work, *args))
        except sqlite3.Error as error:
            raise translate(error, self.path) from error

    def _append(self, events: Sequence[Event], at: datetime) -> list[Happened]:
        with self._transaction():
            return [self._write(event, at) for event in events]

    def _bring(self, happened: Sequence[Happened]) -> None:
        with self._transaction():
            for one in happened:
                self._insert(one.seq, one.at, one.event)

    @contextmanager
    def _transaction(self) -> Generator[None]:
        self._db.execute("begin immediate")
        try:
            yield
            self._db.execute("commit")
        except BaseException:
            if self._db.in_transaction:
                self._db.execute("rollback")
            raise

    def _write(self, event: Event, at: datetime) -> Happened:
        if isinstance(event, Heard) and event.client:
            known = self._db.execute(
                "select seq, at, body from events where client = ? and n = ?", (event.client, event.n)
            )
            if row := known.fetchone():
                return _happened(row)
        return Happened(seq=self._insert(None, at, event), at=at, event=event)

    def _insert(self, seq: int | None, at: datetime, event: Event) -> int:
        client, n = (event.client, event.n) if isinstance(event, Heard) and event.client else (None, None)
        row = (seq, _micros(at), event.kind, client, n, event.model_dump_json())
        return (
            self._db.execute(f"insert into events ({COLUMNS}) values (?, ?, ?, ?, ?, ?)", row).lastrowid or 0
        )

    def _select(
        self, where: str, order: str, args: tuple[Any, ...], limit: int, kinds: Sequence[str]
    ) -> list[Happened]:
        if kinds:
            where += f" and kind in ({','.join('?' * len(kinds))})"
        query = f"select seq, at, body from events where {where} order by {order} limit ?"
        return [_happened(row) for row in self._db.execute(query, (*args, *kinds, limit))]

    def _pick(self, seqs: list[int]) -> list[Happened]:
        found: list[Happened] = []
        for start in range(0, len(seqs), AT_ONCE):
            some = seqs[start : start + AT_ONCE]
            marks = ",".join("?" * len(some))
            query = f"select seq, at, body from events where seq in ({marks}) order by seq"
            found += [_happened(row) for row in self._db.execute(query, some)]
        return found

    def _number(self, query: str, *args: Any) -> int:
        return self._db.execute(query, args).fetchone()[0] or 0

    def _keep_vectors(self, rows: list[tuple[str, int, bytes]]) -> None:
        with self._transaction():
            self._db.executemany("insert or replace into vectors (model, seq, q) values (?, ?, ?)", rows)

    def _vectors(self, model: str, seqs: Sequence[int]) -> dict[int, bytes]:
        found: dict[int, bytes] = {}
        for start in range(0, len(seqs), AT_ONCE):
            some = seqs[start : start + AT_ONCE]
            marks = ",".join("?" * len(some))
            found.update(
                self._db.execute(
                    f"select seq, q from vectors where model = ? and seq in ({marks})", (model, *some)
                )
            )
        return found


def _opened(path: Path, thread: ThreadPoolExecutor) -> SQLiteStore:
    try:
        if not path.exists():
            _born(path)
        clean = not path.with_name(path.name + "-wal").exists()
        _look_at(path)
        db = _connect(path)
        try:
            _recognise(db, path)
            migrate(db)
            if not clean:
                _check(db, path)
            return SQLiteStore(path, db, thread)
        except BaseException:
            db.close()
            raise
    except sqlite3.Error as error:
        raise translate(error, path) from error
    except OSError as error:
        raise StoreReadOnly(f"{path} cannot be used: {error.strerror}.") from error


def _connect(path: Path) -> sqlite3.Connection:
    """`timeout=0.5`: long enough for a house that is just closing, short enough not to look stuck."""
    db = sqlite3.connect(path, timeout=0.5, isolation_level=None, check_same_thread=False)
    try:
        db.execute("pragma locking_mode = exclusive")
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = full")  # an acknowledged word survives the power cut too
        db.execute("pragma secure_delete = on")
        db.execute("begin immediate")  # takes the lock now, so that a second house learns it now
        db.execute("commit")
    except BaseException:
        db.close()
        raise
    return db


def _born(path: Path) -> None:
    """Made aside and moved into place whole: a crash at birth leaves no half companion."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    cradle = path.with_name(path.name + ".new")
    for leftover in (
        cradle,
        cradle.with_name(cradle.name + "-wal"),
        cradle.with_name(cradle.name + "-journal"),
    ):
        leftover.unlink(missing_ok=True)
    db = _connect(cradle)
    try:
        db.execute(f"pragma application_id = {APPLICATION}")
        migrate(db)
        db.execute("insert into companion values ('id', ?)", (uuid4().hex,))
    finally:
        db.close()
    cradle.chmod(0o600)
    cradle.rename(path)


def _look_at(path: Path) -> None:
    """Read the header before SQLite does: it would take an empty file for a new one, and a cut one for whole."""
    size = path.stat().st_size
    with path.open("rb") as file:
        header = file.read(100)
    if not header:
        raise StoreDamaged(
            f"{path} is empty: a companion's file never is. Bring back an export, or a copy of the file."
        )
    if not header.startswith(MAGIC[: len(header)]):
        raise StoreForeign(f"{path} is not a companion's file (or it is encrypted). It was left as it is.")
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    if len(header) < 100 or size < pages * (65536 if page == 1 else page):
        raise StoreDamaged(
            f"{path} is cut short: {size:,} bytes. It was left as it is: bring back an export, or a copy of the file."
        )


def _recognise(db: sqlite3.Connection, path: Path) -> None:
    (application,) = db.execute("pragma application_id").fetchone()
    (version,) = db.execute("pragma user_version").fetchone()
    if application != APPLICATION:
        raise StoreForeign(f"{path} is a SQLite file of another program. It was left as it is.")
    if version > len(MIGRATIONS):
        raise StoreForeign(
            f"{path} was written by a newer OS1. Update OS1, then start again; the file was left as it is."
        )


def _check(db: sqlite3.Connection, path: Path) -> None:
    (verdict,) = db.execute("pragma quick_check(1)").fetchone()
    if verdict != "ok":
        raise StoreDamaged(
            f"{path} is damaged: {verdict}. It was left as it is: bring back an export, or a copy of the file."
        )


def _happened(row: tuple[int, int, str]) -> Happened:
    seq, at, body = row
    return Happened(seq=seq, at=EPOCH + timedelta(microseconds=at), event=EVENT.validate_json(body))


def _micros(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)
