"""stub"""

from typing import Literal, NamedTuple


class Asked(NamedTuple):
    about: str
    whats: tuple[str, ...]
    mode: Literal["now", "before", "when", "ever", "all", "believed"] = "now"
    value: str = ""


def understand(question: str) -> Asked | None:
    return None
