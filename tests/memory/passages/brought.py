"""What the stories of this folder begin with: a place and a moment, files made by hand, and what comes out of them."""

import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from os1.memory.passages.base import Comes, Item, Left, Passage, Place
from os1.memory.passages.find import Reading

LISBON = ZoneInfo("Europe/Lisbon")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HERE = Place(LISBON, NOW)


def read(path: Path, place: Place = HERE) -> list[Item]:
    return list(Reading(path, path.name, place))


def said(items: Iterable[Item]) -> list[tuple[str, str]]:
    """Who said what; "" is the person."""
    return [(one.event.name, one.event.text) for one in items if isinstance(one, Passage)]


def when(items: Iterable[Item]) -> list[str]:
    """In Lisbon, to the minute."""
    return [one.at.astimezone(LISBON).strftime("%Y-%m-%d %H:%M") for one in items if isinstance(one, Passage)]


def keys(items: Iterable[Item]) -> list[str]:
    return [one.event.key for one in items if isinstance(one, Passage)]


def left(items: Iterable[Item]) -> dict[str, int]:
    """How many of each stayed behind."""
    counted: dict[str, int] = {}
    for one in items:
        if isinstance(one, Left) and one.many:
            counted[one.why] = counted.get(one.why, 0) + one.many
    return counted


def told(items: Iterable[Item]) -> list[str]:
    return [one.sentence for one in items if isinstance(one, Left) and one.sentence]


def who_comes(items: Iterable[Item]) -> list[Comes]:
    return [one for one in items if isinstance(one, Comes)]


def as_file(path: Path, content: object) -> Path:
    """JSON, text or bytes as a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def zipped(path: Path, files: Mapping[str, object]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, str | bytes) else json.dumps(content))
    return path


# --- ChatGPT, as its export writes it ---


def node(id: str, parent: str | None, message: Mapping[str, Any] | None, *children: str) -> dict[str, Any]:
    return {"id": id, "message": message, "parent": parent, "children": list(children)}


def message(id: str, role: str, *parts: object, at: float | None = None, **more: Any) -> dict[str, Any]:
    kind = more.pop(
        "content_type", "text" if all(isinstance(part, str) for part in parts) else "multimodal_text"
    )
    return {
        "id": id,
        "author": {"role": role, "name": None, "metadata": {}},
        "create_time": at,
        "update_time": None,
        "content": more.pop("content", {"content_type": kind, "parts": list(parts)}),
        "status": "finished_successfully",
        "end_turn": None,
        "weight": 1.0,
        "metadata": more.pop("metadata", {}),
        "recipient": more.pop("recipient", "all"),
        **more,
    }


def conversation(title: str, *messages: Mapping[str, Any], at: float = 1_700_000_000.0) -> dict[str, Any]:
    """A talk without branches."""
    ids = ["root", *(str(one["id"]) for one in messages)]
    mapping = {"root": node("root", None, None, *ids[1:2])}
    for number, one in enumerate(messages, start=1):
        mapping[ids[number]] = node(ids[number], ids[number - 1], one, *ids[number + 1 : number + 2])
    return {
        "title": title,
        "create_time": at,
        "update_time": at + 60,
        "mapping": mapping,
        "moderation_results": [],
        "current_node": ids[-1],
        "conversation_id": f"conv-{title}",
        "is_archived": False,
    }
