"""The schema is its history: each function takes a file from one version to the next, and is never edited again.

It does not know who opens the file, nor when.
"""

import sqlite3
from collections.abc import Callable

APPLICATION = 0x4F533131
"""`PRAGMA application_id`, "OS11" in ASCII: says that a SQLite file is a companion and nothing else."""


def m0001_an_event_log(db: sqlite3.Connection) -> None:
    db.execute("create table companion (key text primary key, value text not null) without rowid")
    db.execute(
        "create table events (seq integer primary key, at integer not null, kind text not null,"
        " client text, n integer, body text not null)"
    )
    db.execute("create unique index events_once on events (client, n) where client is not null")
    db.execute("create index events_by_kind on events (kind, seq)")


def m0002_vectors_beside_the_log(db: sqlite3.Connection) -> None:
    db.execute(
        "create table vectors (model text not null, seq integer not null, q blob not null,"
        " primary key (model, seq)) without rowid"
    )


def m0003_what_is_derived_from_all_of_it(db: sqlite3.Connection) -> None:
    db.execute("create table derived (name text primary key, body blob not null)")


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    m0001_an_event_log,
    m0002_vectors_beside_the_log,
    m0003_what_is_derived_from_all_of_it,
)


def migrate(db: sqlite3.Connection) -> None:
    """Bring an open file to the newest version, one transaction a step: a crash between two leaves a whole file."""
    (version,) = db.execute("pragma user_version").fetchone()
    for number, step in enumerate(MIGRATIONS[version:], start=version + 1):
        db.execute("begin immediate")
        step(db)
        db.execute(f"pragma user_version = {number}")
        db.execute("commit")
