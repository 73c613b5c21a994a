"""stub"""

from datetime import date
from typing import Literal, NamedTuple


class Command(NamedTuple):
    kind: Literal["forget", "rest", "private_on", "private_off", "why", "learned", "know", "wrong"]
    scope: str = ""
    subject: str = ""
    day: date | None = None


def command(text: str) -> Command | None:
    return None
