"""A companion as one SQLite file: WAL, fully synchronous, one thread that reads and writes, one house at a time.

The lock is SQLite's own (`locking_mode=EXCLUSIVE`), so it ends with the process, however that ends.
It does not know what the events mean, nor what is derived from them beyond an opaque vector.
"""

import asyncio
import os
import sqlite3
import tempfile
from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError

from os1.errors import StoreDamaged, StoreError, StoreForeign, StoreFull, StoreInUse, StoreReadOnly
from os1.events import EVENT, Event, Happened
from os1.store import derived
from os1.store.header import look_at, recognise
from os1.store.migrations import APPLICATION, migrate
from os1.store.once import known, known_by
from os1.store.residue import residue
from os1.store.whole_file import unusable

T = TypeVar("T")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
COLUMNS = "seq, at, kind, client, n, body"
AT_ONCE = 500
"""Parameters in one statement; SQLite allows 999 on its oldest builds."""
BEYOND = 2**62
"""Above every number a log will ever have, and within what SQLite can compare: a window may ask for any number."""
DAMAGED = (
    "{path} is damaged. It was left as it is: bring back an export (`os1 import`), or a copy of the file."
)
UNWRITABLE = (PydanticSerializationError, UnicodeError, OverflowError)
"""Half a character, or a number beyond what SQLite holds."""

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
    "SQLITE_CORRUPT": (StoreDamaged, DAMAGED),
    # Our statements never change, so one that cannot be understood means that the tables are not ours any more.
    "SQLITE_ERROR": (StoreDamaged, DAMAGED),
    "SQLITE_IOERR": (StoreError, "The disk that holds {path} does not read or write as it should."),
}


def translate(error: sqlite3.Error, path: Path) -> StoreError:
    """SQLite's failure as ours. Extended codes (SQLITE_IOERR_WRITE) are read by their first two words."""
    name: str = getattr(error, "sqlite_errorname", "") or ""
    if str(error).startswith("Could not decode to UTF-8"):
        name = "SQLITE_CORRUPT"  # Python's own finding, which has no code
    if failure := FAILURES.get("_".join(name.split("_")[:2])):
        kind, sentence = failure
        return kind(sentence.format(path=path))
    return StoreError(f"{path}: {error} ({name or type(error).__name__}).")


class SQLiteStore:
    """Use `await SQLiteStore.open(path)`. See `os1.store.base.Store` for what each method promises."""

    def __init__(self, path: Path, db: sqlite3.Connection, thread: ThreadPoolExecutor) -> None:
        self.path = path
        self._db = db
        self._thread = thread
        self._closed = False
        self.companion = _id(db, path)

    @classmethod
    async def open(cls, path: Path) -> "SQLiteStore":
        """Open the file, or let a companion be born in it if there is none."""
        thread = ThreadPoolExecutor(1, thread_name_prefix=f"store {path.name}")
        try:
            return await asyncio.get_running_loop().run_in_executor(thread, _opened, path, thread)
        except BaseException:
            thread.shutdown(wait=False)
            raise

    async def append(self, events: Sequence[Event], at: datetime | Sequence[datetime]) -> list[Happened]:
        return await self._run(self._append, events, [at] * len(events) if isinstance(at, datetime) else at)

    async def rewrite(
        self, changes: Mapping[int, Event], receipts: Sequence[Event], at: datetime
    ) -> list[Happened]:
        return await self._run(self._rewrite, changes, receipts, at)

    async def residue(self, words: Sequence[str]) -> int:
        return await asyncio.to_thread(residue, [self.path, journal_of(self.path)], words)

    async def read(self, after: int = 0, limit: int = 1000, kinds: Sequence[str] = ()) -> list[Happened]:
        return await self._run(self._select, "seq > ?", "seq", (min(after, BEYOND),), limit, kinds)

    async def before(
        self, seq: int | None = None, limit: int = 50, kinds: Sequence[str] = ()
    ) -> list[Happened]:
        below = min(seq or BEYOND, BEYOND)
        return (await self._run(self._select, "seq < ?", "seq desc", (below,), limit, kinds))[::-1]

    async def pick(self, seqs: Iterable[int]) -> list[Happened]:
        return await self._run(self._pick, sorted({seq for seq in seqs if 0 < seq < BEYOND}))

    async def last(self) -> int:
        return await self._run(self._number, "select max(seq) from events")

    async def count(self, kinds: Sequence[str]) -> int:
        query = f"select count(*) from events where kind in ({','.join('?' * len(kinds))})"
        return await self._run(self._number, query, *kinds)

    async def last_n(self, client: str) -> int:
        return await self._run(self._number, "select max(n) from events where client = ?", client)

    async def known(self, keys: Iterable[str]) -> set[str]:
        return await self._run(known, self._db, list(keys))

    async def keep_vectors(self, model: str, vectors: Mapping[int, bytes]) -> None:
        await self._run(self._keep_vectors, [(model, seq, q) for seq, q in vectors.items()])

    async def vectors(self, model: str, seqs: Sequence[int]) -> dict[int, bytes]:
        return await self._run(derived.vectors, self._db, model, seqs)

    async def vectors_after(self, model: str, size: int, after: int, limit: int) -> tuple[list[int], bytes]:
        return await self._run(derived.vectors_after, self._db, model, size, min(after, BEYOND), limit)

    async def drop_vectors_but(self, model: str, limit: int) -> bool:
        return await self._run(self._in_transaction, derived.drop_vectors_but, model, limit)

    async def keep_derived(self, name: str, body: bytes | memoryview) -> None:
        await self._run(self._db.execute, "insert or replace into derived values (?, ?)", (name, body))

    async def derived(self, name: str) -> bytes | None:
        return await self._run(derived.piece, self._db, name)

    async def derived_names(self) -> set[str]:
        return await self._run(derived.names, self._db)

    async def drop_derived_but(self, names: Collection[str]) -> None:
        await self._run(self._in_transaction, derived.drop_but, names)

    async def forget_derived(self, seqs: Sequence[int]) -> None:
        await self._run(self._forget_derived, seqs)

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
        if not self._closed:
            await self._run(self._db.close)
            self._closed = True
            self._thread.shutdown(wait=False)

    # --- what follows runs on the store's own thread ---

    async def _run(self, work: Callable[..., T], *args: Any) -> T:
        """Work on the store's thread; once begun it finishes, even if whoever asked is gone."""
        if self._closed:
            raise StoreError(f"{self.path} was closed.")
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, partial(work, *args))
        except sqlite3.Error as error:
            raise translate(error, self.path) from error
        except UNWRITABLE as error:
            raise StoreError(f"That cannot be written down: {type(error).__name__}.") from error

    def _append(self, events: Sequence[Event], times: Sequence[datetime]) -> list[Happened]:
        with self._transaction():
            return [self._write(event, at) for event, at in zip(events, times, strict=True)]

    def _rewrite(
        self, changes: Mapping[int, Event], receipts: Sequence[Event], at: datetime
    ) -> list[Happened]:
        """`secure_delete` blanks what is freed; the journal is emptied; `vacuum` gives back pages whose cells were moved."""
        with self._transaction():
            for seq, event in changes.items():
                self._db.execute(
                    "update events set kind = ?, body = ? where seq = ?",
                    (event.kind, event.model_dump_json(), seq),
                )
            derived.forget(self._db, list(changes))
            kept = [self._write(event, at) for event in receipts]
        self._db.execute("vacuum")
        self._db.execute("pragma wal_checkpoint(truncate)")
        return kept

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
        if once := known_by(event):
            known = self._db.execute("select seq, at, body from events where client = ? and n = ?", once)
            if row := known.fetchone():
                return _happened(row)
        return Happened(seq=self._insert(None, at, event), at=at, event=event)

    def _insert(self, seq: int | None, at: datetime, event: Event) -> int:
        row = (seq, _micros(at), event.kind, *(known_by(event) or (None, None)), event.model_dump_json())
        query = f"insert into events ({COLUMNS}) values (?, ?, ?, ?, ?, ?)"
        return self._db.execute(query, row).lastrowid or 0

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

    def _forget_derived(self, seqs: Sequence[int]) -> None:
        """The journal is emptied too: it would hold what was there until it is written over."""
        self._in_transaction(derived.forget, seqs)
        self._db.execute("pragma wal_checkpoint(truncate)")

    def _in_transaction(self, work: Callable[..., T], *args: Any) -> T:
        with self._transaction():
            return work(self._db, *args)


def _opened(path: Path, thread: ThreadPoolExecutor) -> SQLiteStore:
    try:
        recovering = journal_of(path).exists()
        if not path.exists():
            if recovering:
                raise StoreDamaged(
                    f"{path} is gone, but {journal_of(path).name} beside it holds the last words of it. They belong"
                    " together: bring the file back, or move the other one away too."
                )
            _born(path)
        look_at(path, recovering=recovering)
        _may_write(path)
        db = _connect(path)
        try:
            recognise(path, *(_pragma(db, name) for name in ("application_id", "user_version")))
            if recovering:
                _check(db, path)
            migrate(db)
            return SQLiteStore(path, db, thread)
        except BaseException:
            db.close()
            raise
    except sqlite3.Error as error:
        raise translate(error, path) from error
    except OSError as error:
        raise unusable(error, path) from error


def journal_of(path: Path) -> Path:
    """SQLite's write-ahead log: there while a house is open, and after one that was killed."""
    return path.with_name(path.name + "-wal")


def _may_write(path: Path) -> None:
    """SQLite would find out only by failing to lock the file, and call that a failing disk."""
    for there in (path, path.parent):
        if not os.access(there, os.W_OK):
            raise StoreReadOnly(
                f"{there} cannot be written. Check its permissions, or that the disk is not read-only."
            )


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
    """Made aside and moved into place whole: a crash at birth leaves no half companion, and of two births one counts."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix=".birth-", dir=path.parent) as cradle:
        born = Path(cradle, path.name)
        db = _connect(born)
        try:
            db.execute(f"pragma application_id = {APPLICATION}")
            migrate(db)
            db.execute("insert into companion values ('id', ?)", (uuid4().hex,))
        finally:
            db.close()
        born.chmod(0o600)
        with suppress(FileExistsError):
            settle_in(born, path)


def settle_in(born: Path, path: Path) -> None:
    """Give a whole file its name. Raises FileExistsError if another has it: a rename would have replaced that one."""
    try:
        path.hardlink_to(born)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, such as a memory stick's
        if path.exists():
            raise FileExistsError(path) from None
        born.rename(path)


def _pragma(db: sqlite3.Connection, name: str) -> int:
    return db.execute(f"pragma {name}").fetchone()[0]


def _id(db: sqlite3.Connection, path: Path) -> str:
    row = db.execute("select value from companion where key = 'id'").fetchone()
    if row is None:
        raise StoreDamaged(DAMAGED.format(path=path))
    return row[0]


def _check(db: sqlite3.Connection, path: Path) -> None:
    (verdict,) = db.execute("pragma quick_check(1)").fetchone()
    if verdict != "ok":
        raise StoreDamaged(
            f"{path} is damaged: {verdict}. It was left as it is: bring back an export, or a copy of the file."
        )


def _happened(row: tuple[int, int, str]) -> Happened:
    seq, at, body = row
    try:
        return Happened(seq=seq, at=EPOCH + timedelta(microseconds=at), event=EVENT.validate_json(body))
    except (ValidationError, TypeError, OverflowError) as error:
        raise StoreDamaged(
            f"What is kept as number {seq} is damaged. Bring back an export, or a copy of the file."
        ) from error


def _micros(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)
