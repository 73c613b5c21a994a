"""A talk as turns: `>` the person, `<` her."""

from datetime import UTC, datetime, timedelta

from os1.memory.records import Turn

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def talk(*lines: str, first: int = 1, at: datetime = NOON) -> list[Turn]:
    return [
        Turn(seq, at + timedelta(minutes=seq), "person" if line[0] == ">" else "companion", line[1:].strip())
        for seq, line in enumerate(lines, start=first)
    ]
