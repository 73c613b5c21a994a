"""Persona, memories and recent turns as text for a brain: a pure function, the same for every brain.

The order is from what never changes to what just happened, so that an engine's prefix cache keeps all but the tail:
who she is; the window of recent turns, each as it was; then, with the last words, what they bring to mind.
Nothing earlier in the prompt ever changes because of what comes later. Time is said where it passed (a pause of
over half an hour is marked before the turn that ended it), from the turns' own dates, so that it stays true. The turn
the window begins with has no mark: nothing new may stand before what an engine can take over when the window moves.

It does not know which brain reads it, nor count its tokens: budgets are in bytes, which bound tokens for any script.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from os1.brain.base import Message
from os1.memory.records import Remembered, Turn

BLOCK = 24
"""Turns in a block. The window begins at a block's edge, one to two blocks back, so that it moves once in 24."""
STEP = 8
"""If that is too much, it moves on by this many turns at a time."""
WINDOW_BYTES = 6_000
"""UTF-8 bytes of turns. About 1,500 tokens of English, at most 4,000 of anything: a third or two of a small context."""
LONGEST_TURN = 4_000
"""Bytes of one turn shown to a brain: of a longer one, its beginning and its end. The log keeps all of it."""
PAUSE = timedelta(minutes=30)
"""A silence longer than this is worth a word: the same figure as TRUST's clock of one interaction."""
NIGHT_MINUTES = 5 * 60
"""A pause over midnight is called a day only when someone may have slept in it."""
PARTS_OF_DAY = ((5, "night"), (12, "morning"), (18, "afternoon"), (22, "evening"), (24, "night"))


class Scene(NamedTuple):
    """What is before her when she thinks."""

    portrait: str
    """Who she is, as text that does not change from turn to turn."""
    turns: Sequence[Turn]
    """The window: recent turns, oldest first, the person's last words at the end."""
    remembered: Sequence[Remembered] = ()
    promises: Sequence[str] = ()
    """What the person said they would do and has not spoken of since; told once, when they come back."""
    known: Sequence[str] = ()
    """Facts that answer what was asked, each with when it was said."""


def window(turns: Sequence[Turn], count: int) -> list[Turn]:
    """The recent turns a brain is shown. `count`: all that were ever said, these included: it depends on the log alone, so
    that it is the same after a restart; and on words alone, so that what is learned between them shortens nothing."""
    if not turns:
        return []
    first = count - len(turns) + 1
    start = max(first, (count // BLOCK - 1) * BLOCK)
    kept = [*turns[start - first :]]
    while sum(size(turn) for turn in kept) > WINDOW_BYTES and start < count:
        start = min(start + STEP, count)
        kept = [*turns[start - first :]]
    return kept


def size(turn: Turn) -> int:
    return min(LONGEST_TURN, len(turn.text.encode()))


def prompt(scene: Scene, zone: tzinfo) -> list[Message]:
    """The messages for a brain: one system message, then person and companion in turn, ending with the person."""
    messages = [Message("system", scene.portrait)]
    before: datetime | None = None
    for turn in scene.turns:
        mark = passed(before, turn.at, zone) if before or len(scene.turns) == 1 else ""
        aside = _aside(scene, zone, bool(mark)) if turn is scene.turns[-1] else ""
        before = turn.at
        words = "\n".join(part for part in (mark, aside, clipped(turn.text)) if part)
        _add(messages, Message("user" if turn.speaker == "person" else "assistant", words))
    return messages


def passed(before: datetime | None, at: datetime, zone: tzinfo) -> str:
    """A stage line for a pause: "[Tuesday evening, 24 November. Two days have passed.]", or nothing."""
    if before is not None and at - before < PAUSE:
        return ""
    local = at.astimezone(zone)
    part = next(name for until, name in PARTS_OF_DAY if local.hour < until)
    when = f"{local:%A} {part}, {local.day} {local:%B} {local.year}"
    since = "" if before is None else f" {_since(before.astimezone(zone), local)}"
    return f"[{when}.{since}]"


def _since(before: datetime, now: datetime) -> str:
    """In hours while it is one stretch of the day, in days once a night lies between."""
    minutes = (now - before).total_seconds() / 60
    days = (now.date() - before.date()).days
    if days >= 1 and minutes >= NIGHT_MINUTES:
        return "A day has passed." if days == 1 else f"{days} days have passed."
    if minutes < 45:
        return "A little while has passed."
    hours = round(minutes / 60)
    return "An hour has passed." if hours == 1 else f"{hours} hours have passed."


def _aside(scene: Scene, zone: tzinfo, back_again: bool) -> str:
    """What the last words bring to mind: remembered quotes, and promises when the person has been away."""
    lines = [f"You know: {fact}" for fact in scene.known]
    year = scene.turns[-1].at.astimezone(zone).year
    if quoted := [line for memory in scene.remembered for line in _quoted(memory, zone, year)]:
        lines += ["You remember:", *quoted]
    if back_again and scene.promises:
        lines += ["They said they would:", *scene.promises]
    return "[" + "\n".join(lines) + "]" if lines else ""


def _quoted(memory: Remembered, zone: tzinfo, year: int) -> list[str]:
    """What another said in a life before this one is never hers."""
    at = memory.turns[0].at.astimezone(zone)
    when = f"{at:%-d %B}" if at.year == year else f"{at:%-d %B %Y}"
    who = {"person": "they said", "companion": "you said"}
    return [
        f"{when}, {f'{turn.name} said' if turn.name else who[turn.speaker]}: “{clipped(turn.text, 240)}”"
        for turn in memory.turns
    ]


def clipped(text: str, most: int = LONGEST_TURN) -> str:
    """At most about `most` bytes of it: its beginning and its end, which is where people put what matters."""
    raw = text.encode()
    if len(raw) <= most:
        return text
    half = most // 2
    return raw[:half].decode(errors="ignore") + " […] " + raw[-half:].decode(errors="ignore")


def _add(messages: list[Message], message: Message) -> None:
    """Turns of one speaker in a row become one message, and the person comes first: some templates refuse otherwise."""
    last = messages[-1]
    if last.role == message.role:
        messages[-1] = Message(last.role, last.text + "\n" + message.text)
    elif last.role == "system" and message.role == "assistant":
        messages += [Message("user", "[They are here.]"), message]
    else:
        messages.append(message)
