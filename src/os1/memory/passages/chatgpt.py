"""ChatGPT's export: an array of conversations, each a tree of messages, of which one branch is the talk.

The branch is walked from `current_node` back to its root, so that answers that were discarded stay behind.
It does not know where the conversations come from.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from os1.memory.passages.base import Item, Left, Place, Why, brought, key_of, passages, plain_key
from os1.memory.passages.items import Item as Found
from os1.memory.passages.loose import Fields, fields, listed, text
from os1.memory.passages.times import moment

WHO = "ChatGPT"
NOISE: dict[str, Why] = {
    "execution_output": "tool",
    "tether_quote": "tool",
    "tether_browsing_display": "tool",
    "tether_browsing_code": "tool",
    "system_error": "tool",
    "sonic_webpage": "tool",
    "computer_output": "tool",
    "app_pairing_content": "tool",
    "thoughts": "tool",
    "reasoning_recap": "tool",
    "user_editable_context": "system",
    "model_editable_context": "system",
}
"""Kinds of content that nobody said."""
FOOTNOTE = re.compile("\ue200[^\ue201]*\ue201|[\ue200-\ue206]")
"""Marks that its page replaces by a link, written with private letters: no words, and unreadable outside it."""


def is_conversation(value: object) -> bool:
    return isinstance(fields(value).get("mapping"), dict)


def conversation(found: Found, place: Place) -> Iterator[Item]:
    """The messages of one conversation, oldest first."""
    talk = found.value
    if not is_conversation(talk):
        yield Left("broken", "A conversation that cannot be read was left out.")
        return
    if found.state == "mended":
        yield Left("broken", "The file is cut off: of its last conversation only the beginning is here.")
    mapping = fields(talk["mapping"])
    branch = _branch(mapping, talk.get("current_node"))
    if discarded := _said(mapping.values()) - _said(branch):
        yield Left("discarded", many=discarded)
    began = moment(talk.get("create_time"), place.zone) or moment(talk.get("update_time"), place.zone)
    for number, node in enumerate(branch):
        if message := _message(node):
            yield from _of_message(message, talk, number, began or place.now)


def _said(nodes: Iterable[object]) -> int:
    return sum(1 for node in nodes if (one := _message(node)) and _role(one) in ("user", "assistant"))


def _message(node: object) -> Fields | None:
    return fields(fields(node).get("message")) or None


def _branch(mapping: Fields, current: object) -> list[Fields]:
    """From the root to `current_node`; where that is missing, to the newest message."""
    here = current if isinstance(current, str) and current in mapping else _newest(mapping)
    branch: list[Fields] = []
    seen: set[str] = set()
    while isinstance(here, str) and here in mapping and here not in seen:
        seen.add(here)
        node = fields(mapping[here])
        branch.append(node)
        here = node.get("parent")
    return branch[::-1]


def _newest(mapping: Fields) -> str | None:
    def when(name: str) -> float:
        made = (_message(mapping[name]) or {}).get("create_time")
        return float(made) if isinstance(made, int | float) and made == made else 0.0

    return max(mapping, key=when, default=None)


def _of_message(message: Fields, talk: Fields, number: int, began: datetime) -> Iterator[Item]:
    content = fields(message.get("content"))
    if noise := _noise(message, content):
        yield Left(noise)
        return
    words, others = _words(content)
    if others:
        yield Left("other", many=others)
    if not words.strip():
        if not others:
            yield Left("empty")
        return
    speaker = "person" if _role(message) == "user" else "companion"
    conversation_id = talk.get("conversation_id") or talk.get("id")
    id = plain_key(message.get("id"), conversation_id, number, speaker, message.get("create_time"), words)
    event = brought("chatgpt", id, speaker, words).model_copy(
        update={
            "name": WHO if speaker == "companion" else "",
            "talk": text(talk.get("title")),
        }
    )
    at = moment(message.get("create_time"), UTC) or began
    yield from passages(event, at, key_of(conversation_id, began) if conversation_id else "")


def _role(message: Fields) -> str:
    return str(fields(message.get("author")).get("role", ""))


def _noise(message: Fields, content: Fields) -> Why | None:
    """Why nobody would call this a thing that was said, if so."""
    role, kind = _role(message), str(content.get("content_type", ""))
    metadata = fields(message.get("metadata"))
    if metadata.get("is_visually_hidden_from_conversation") or metadata.get("is_user_system_message"):
        return "hidden"
    if role not in ("user", "assistant"):
        return "tool" if role == "tool" else "system"
    if role == "assistant" and message.get("recipient") not in (None, "", "all"):
        return "tool"
    return NOISE.get(kind)


def _words(content: Fields) -> tuple[str, int]:
    """What was said in it, and how many pictures and sounds stay behind."""
    said: list[str] = []
    others = 0
    for part in listed(content.get("parts")) or [content.get("text")]:
        words = part if isinstance(part, str) else fields(part).get("text")
        if isinstance(words, str):  # also what was understood of something spoken
            said.append(FOOTNOTE.sub("", words))
        elif part:
            others += 1
    return "\n".join(words for words in said if words), others
