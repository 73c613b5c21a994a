"""A SillyTavern chat: one JSON object a line, the first about the chat, each other one a message with its swipes.

Of several answers the chosen one is brought. It does not know where the lines come from.
"""

from collections.abc import Iterable, Iterator

from os1.memory.passages.base import Item, Left, Place, brought, key_of, passages
from os1.memory.passages.loose import Fields, fields, listed, parsed, text
from os1.memory.passages.times import moment


def is_chat(first: object) -> bool:
    """Whether a line is the head of a chat, or a message of one."""
    keys = fields(first).keys()
    return "mes" in keys or bool(keys & {"user_name", "character_name", "chat_metadata"})


def chat(lines: Iterable[bytes], name: str, place: Place) -> Iterator[Item]:
    """The messages of a chat, in their order. `name`: the file's, for a chat that says nothing about itself."""
    head: Fields = {}
    number = broken = 0
    for line in lines:
        if not line.strip():
            continue
        one = fields(parsed(line.decode("utf-8-sig", "replace")))
        if not one:
            broken += 1
        elif "mes" in one:
            number += 1
            yield from _message(one, head, (name, number), place)
        elif not head:
            head = one
    if not number and not broken:
        yield Left("broken", f"{name} holds no message of a chat.")
    if broken:
        yield Left("broken", f"{name}: {_lines(broken)} cannot be read and stayed behind.", broken)


def _lines(many: int) -> str:
    return "one line" if many == 1 else f"{many:,} lines"


def _message(one: Fields, head: Fields, where: tuple[str, int], place: Place) -> Iterator[Item]:
    if one.get("is_system"):  # the program's own words, and messages that were hidden
        yield Left("hidden")
        return
    name, number = where
    person = bool(one.get("is_user"))
    character = text(head.get("character_name")) or name
    who = "" if person else text(one.get("name")) or character
    written = one.get("send_date")
    # With its own time a message is known by that, so that a branch of a chat brings what they share only once.
    talk = character if written else [character, text(head.get("create_date")) or name]
    words = _chosen(one)
    key = key_of(talk, number, person, who, written, words)
    event = brought("sillytavern", key, "person" if person else "companion", words)
    at = moment(written, place.zone) or moment(head.get("create_date"), place.zone)
    event = event.model_copy(update={"name": who, "talk": _talk(character, head, name)})
    yield from passages(event, at or moment(name, place.zone) or place.now)


def _talk(character: str, head: Fields, name: str) -> str:
    return f"{character}, {began}" if (began := text(head.get("create_date"))) else name


def _chosen(one: Fields) -> str:
    """What is shown is what was chosen; unless it is another of the swipes than the one that was chosen last."""
    shown, answers, chosen = text(one.get("mes")), listed(one.get("swipes")), one.get("swipe_id")
    if not isinstance(chosen, int) or isinstance(chosen, bool):
        return shown
    if 0 <= chosen < len(answers) and (shown in answers or not shown):
        return text(answers[chosen]) or shown
    return shown
