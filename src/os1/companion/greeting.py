"""What she says when she picks up: a word or two, by the hour and by how long it has been. Pure.

Written, so that she is there at once. It never says that she missed anyone, nor asks where they were.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from os1.persona.reactions import pick


class Hello(NamedTuple):
    name: str
    """What she calls the person; empty when she does not know."""
    last: datetime | None
    """When the two of them last spoke."""
    now: datetime
    """In the person's own time zone."""
    call: int
    """The call's log number: greetings differ from call to call."""


AGAIN = timedelta(minutes=10)
"""Calling again so soon is going on, not beginning."""
_AGAIN = ("I'm here.", "Yes? I'm listening.", "Here I am again.", "Go on, I'm here.")
_LONG = timedelta(days=7)
_LONG_AGO = (
    "Hello{name}. It's good to hear from you.",
    "{Name}hello. How have you been?",
    "Hi{name}. I've got all the time you want.",
)
_HOURS = (
    (5, ("Hi{name}. It's late. I'm listening.", "Hello{name}. Can't sleep, or not trying to?")),
    (
        12,
        (
            "Good morning{name}.",
            "Morning{name}. How did you sleep?",
            "Good morning{name}. What's the day like?",
        ),
    ),
    (18, ("Hi{name}.", "Hello{name}. How's your day?", "Hi{name}, I'm here. What's up?")),
    (22, ("Good evening{name}.", "Evening{name}. How was today?", "Hi{name}. How's your evening?")),
    (24, ("Hi{name}. Still up?", "Hello{name}. How was today?")),
)
"""Until which hour, and what is said until then."""


def greeting(hello: Hello) -> str:
    lines = _AGAIN if hello.last and hello.now - hello.last < AGAIN else _by_time(hello)
    name = f", {hello.name}" if hello.name else ""
    text = pick(lines, "greeting", str(hello.call)).format(
        name=name, Name=f"{hello.name}, " if hello.name else ""
    )
    return text[:1].upper() + text[1:]


def _by_time(hello: Hello) -> tuple[str, ...]:
    if hello.last and hello.now - hello.last > _LONG:
        return _LONG_AGO
    return next(lines for until, lines in _HOURS if hello.now.hour < until)
