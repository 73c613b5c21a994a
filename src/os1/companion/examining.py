"""What can be taken in of what a window sends. Pure. It does not know what was sent before."""

from os1.errors import BadInput, TooLong
from os1.events import LONGEST_MESSAGE
from os1.frames import Say


def check(say: Say, *, met: bool) -> None:
    """Raises BadInput, TooLong."""
    if len(say.text) > LONGEST_MESSAGE:
        raise TooLong(
            f"A message has at most {LONGEST_MESSAGE:,} characters; this one has {len(say.text):,}."
        )
    if not say.text.strip():
        raise BadInput("An empty message.")
    if not met:
        raise BadInput("They have not met yet: `begin` comes first.")
