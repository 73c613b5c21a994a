"""A Letta agent file (.af): agents with their blocks and messages, in the newer form and the one before it.

Who the agent is becomes a proposal; what it noted about the person, and what was said, is brought. Thoughts and tools
are not. Form: github.com/letta-ai/agent-file. It does not know where the file lies.
"""

from collections.abc import Iterator
from datetime import datetime

from os1.memory.passages.base import Character, Comes, Item, Left, Place, Why, brought, key_of, passages
from os1.memory.passages.character import lines_of
from os1.memory.passages.loose import NOTHING, Fields, fields, listed, parsed, text
from os1.memory.passages.times import moment

SEND = "send_message"
"""The tool by which older agents speak; what they write beside it is thought, and was never shown."""
AGENT = "The agent"


def is_agent_file(value: object) -> bool:
    file = fields(value)
    newer = isinstance(file.get("agents"), list) and isinstance(file.get("blocks"), list)
    return newer or (isinstance(file.get("core_memory"), list) and isinstance(file.get("messages"), list))


def agent_file(value: object, place: Place) -> Iterator[Item]:
    file = fields(value)
    blocks = {str(fields(one).get("id")): fields(one) for one in listed(file.get("blocks"))}
    made = moment(file.get("created_at"), place.zone) or place.now
    for agent in map(fields, listed(file.get("agents")) or [file]):
        own = [blocks[id] for id in map(str, listed(agent.get("block_ids"))) if id in blocks]
        own += [fields(one) for one in listed(agent.get("core_memory")) + listed(agent.get("memory_blocks"))]
        yield from _agent(agent, own, made, place)


def _agent(agent: Fields, blocks: list[Fields], made: datetime, place: Place) -> Iterator[Item]:
    name = text(agent.get("name")) or AGENT
    last = moment(agent.get("updated_at"), place.zone) or moment(agent.get("created_at"), place.zone) or made
    for block in blocks:
        yield from _block(block, name, last, place)
    for number, one in enumerate(listed(agent.get("messages"))):
        yield from _message(fields(one), (name, number), last, place)


def _block(block: Fields, name: str, last: datetime, place: Place) -> Iterator[Item]:
    """Who it is: a proposal. Everything else it kept in mind is a note of its own."""
    title, value = text(block.get("label")), text(block.get("value"))
    if title == "persona":
        if lines := tuple(lines_of(value)):
            yield Comes(place.now, Character(name, lines))
        return
    at = moment(block.get("updated_at"), place.zone) or moment(block.get("created_at"), place.zone) or last
    event = brought("letta", key_of(name, "block", title, value), "companion", value)
    yield from passages(event.model_copy(update={"name": name, "talk": f"{name}: {title}"}), at)


def _message(one: Fields, where: tuple[str, int], last: datetime, place: Place) -> Iterator[Item]:
    name, number = where
    words, noise = _said(one)
    if noise:
        yield Left(noise)
        return
    person = one.get("role") == "user"
    written = one.get("created_at")
    # Ids in such a file are only its own ("message-0"): a message is known by what was said, when and by whom.
    key = key_of(name, written if written else number, one.get("role"), words)
    event = brought("letta", key, "person" if person else "companion", words)
    labels = {"name": "" if person else name, "talk": name}
    yield from passages(event.model_copy(update=labels), moment(written, place.zone) or last)


def _said(one: Fields) -> tuple[str, Why | None]:
    """The words of a message, or why it is none."""
    words = _words(one.get("content", one.get("text")))
    if one.get("role") == "user":
        return _unpacked(words)
    if one.get("role") != "assistant":
        return "", "tool" if one.get("role") in ("tool", "function", "approval") else "system"
    calls = [fields(fields(call).get("function")) for call in listed(one.get("tool_calls"))]
    if calls:
        spoken = [_spoken(call) for call in calls if call.get("name") == SEND]
        return "\n".join(spoken), None if spoken else "tool"
    return words, None


def _spoken(call: Fields) -> str:
    return text(fields(parsed(text(call.get("arguments")))).get("message"))


def _unpacked(words: str) -> tuple[str, Why | None]:
    """What the person wrote may be wrapped: {"type": "user_message", "message": ...}. Other wraps are the system's."""
    wrap = fields(parsed(words)) if words.startswith("{") else NOTHING
    if not isinstance(wrap.get("type"), str):
        return words, None
    return text(wrap.get("message")), None if wrap["type"] == "user_message" else "system"


def _words(content: object) -> str:
    if isinstance(content, str):
        return content
    texts = (fields(one) for one in listed(content))
    return "\n".join(text(one.get("text")) for one in texts if one.get("type", "text") == "text")
