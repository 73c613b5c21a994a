"""What is derived from the log, as rows beside it: vectors by model and number, and pieces made from all of it by name.

Losing any of it costs time, not memory. It runs on the store's thread, and does not know what the bytes mean.
"""

import sqlite3
from collections.abc import Collection, Sequence

AT_ONCE = 500
"""Parameters in one statement; SQLite allows 999 on its oldest builds."""

_MODELS = """with recursive each(model) as (
    select min(model) from vectors
    union all select (select min(model) from vectors where vectors.model > each.model) from each where model not null)
select model from each where model not null"""
"""From one model to the next in the index: `select distinct` would read every vector."""


def models(db: sqlite3.Connection) -> list[str]:
    return [model for (model,) in db.execute(_MODELS)]


def vectors(db: sqlite3.Connection, model: str, seqs: Sequence[int]) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    for start in range(0, len(seqs), AT_ONCE):
        some = seqs[start : start + AT_ONCE]
        marks = ",".join("?" * len(some))
        query = f"select seq, q from vectors where model = ? and seq in ({marks})"
        found.update(db.execute(query, (model, *some)))
    return found


def vectors_after(
    db: sqlite3.Connection, model: str, size: int, after: int, limit: int
) -> tuple[list[int], bytes]:
    query = "select seq, q from vectors where model = ? and seq > ? and length(q) = ? order by seq limit ?"
    rows = db.execute(query, (model, after, size, limit)).fetchall()
    return [seq for seq, _ in rows], b"".join(q for _, q in rows)


def drop_vectors_but(db: sqlite3.Connection, model: str, limit: int) -> bool:
    others = [other for other in models(db) if other != model]
    for other in others[:1]:
        some = "select seq from vectors where model = ? limit ?"
        db.execute(f"delete from vectors where model = ? and seq in ({some})", (other, other, limit))
    return bool(others)


def piece(db: sqlite3.Connection, name: str) -> bytes | None:
    row = db.execute("select body from derived where name = ?", (name,)).fetchone()
    return row and row[0]


def names(db: sqlite3.Connection) -> set[str]:
    return {name for (name,) in db.execute("select name from derived")}


def drop_but(db: sqlite3.Connection, kept: Collection[str]) -> None:
    gone = [(name,) for name in names(db).difference(kept)]
    db.executemany("delete from derived where name = ?", gone)


def forget(db: sqlite3.Connection, seqs: Sequence[int]) -> None:
    """The vectors of these events, and all that was made from the whole log."""
    rows = [(model, seq) for model in models(db) for seq in seqs]
    db.executemany("delete from vectors where model = ? and seq = ?", rows)
    db.execute("delete from derived")
