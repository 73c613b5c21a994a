"""When they talk: conversations over three years, at the times of day at which people write, with days between.

Pure: chance is given. It does not know what is said.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

DAYS = 3 * 365
AWAY = (6, 16)
"""Days of a holiday on which nothing is written, at least and at most; there are five."""
HOURS = ((7, 9, 2), (12, 13, 2), (17, 19, 2), (20, 23, 6), (24, 25, 1))
"""From hour, to hour, how often: most write in the evening, some past midnight."""
REST = timedelta(hours=3)
"""At least between two conversations, so that a move into the next time zone turns nothing round."""


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation. Times are local and know no zone yet."""

    first: int
    """Number of its first turn."""
    times: tuple[datetime, ...]
    person_begins: bool

    @property
    def numbers(self) -> range:
        return range(self.first, self.first + len(self.times))

    def is_hers(self, number: int) -> bool:
        return (number - self.first) % 2 == int(self.person_begins)


def _lengths(chance: Random, turns: int) -> list[int]:
    """Even numbers from 4 to 30 that add up."""
    lengths: list[int] = []
    left = turns
    while left > 60:
        lengths.append(2 * min(chance.randint(2, 15), chance.randint(3, 15)))
        left -= lengths[-1]
    while left > 0:
        lengths.append(left if left <= 30 else 20 if left >= 24 else left - 4)
        left -= lengths[-1]
    return lengths


def _starts(chance: Random, many: int, begins: datetime, days: int) -> list[datetime]:
    away = {
        start + day
        for start in (chance.randrange(20, max(21, days - 20)) for _ in range(5 if days > 300 else 0))
        for day in range(chance.randint(*AWAY))
    }
    open_days = [day for day in range(days) if day not in away]
    starts: list[datetime] = []
    for day in sorted(chance.choices(open_days, k=many)):
        low, high, _ = chance.choices(HOURS, [often for *_, often in HOURS])[0]
        starts.append(begins + timedelta(days=day, minutes=chance.randrange(low * 60, high * 60 + 50)))
    return sorted(starts)


def talks(chance: Random, turns: int) -> list[Talk]:
    begins = datetime(chance.choice((2020, 2021, 2022)), chance.randint(1, 12), chance.randint(1, 28))
    lengths = _lengths(chance, turns)
    made: list[Talk] = []
    number, free = 1, begins
    for start, length in zip(
        _starts(chance, len(lengths), begins, max(3, DAYS * turns // 10_000)), lengths, strict=True
    ):
        now = max(start, free)
        person_begins = chance.random() < 0.8
        times: list[datetime] = []
        for place in range(length):
            hers = place % 2 == int(person_begins)
            now += timedelta(seconds=chance.randint(2, 8) if hers else chance.randint(8, 150))
            times.append(now)
        made.append(Talk(number, tuple(times), person_begins))
        number, free = number + length, now + REST
    return made
