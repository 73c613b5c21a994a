"""What makes an event known again when it comes twice: a message sent once more, an export brought once more.

It does not know what the events mean.
"""

import sqlite3
from collections.abc import Sequence

from os1.events import Brought, Carded, Event, Heard

AT_ONCE = 500
"""Parameters in one statement; SQLite allows 999 on its oldest builds."""


def known_by(event: Event) -> tuple[str, int] | None:
    """What makes an event known again when it comes twice."""
    match event:
        case Heard(client=client, n=n) if client:
            return client, n
        case Brought(key=key) | Carded(key=key):
            return key, 0
        case _:
            return None


def known(db: sqlite3.Connection, keys: Sequence[str]) -> set[str]:
    """Those of the keys that something was brought with."""
    found: set[str] = set()
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        query = f"select client from events where n = 0 and client in ({','.join('?' * len(some))})"
        found.update(row[0] for row in db.execute(query, some))
    return found
