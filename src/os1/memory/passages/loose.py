"""JSON of which nobody knows the shape: what is asked for if it is there and of that kind, else nothing of it.

It does not know what the JSON is about.
"""

import json
from collections.abc import Mapping
from typing import Any, cast

Fields = Mapping[str, Any]
NOTHING: Fields = {}
UNREADABLE = (ValueError, RecursionError)
"""What the parser raises: for what is no JSON, for numbers of thousands of digits, for what is nested too deep."""


def fields(value: object) -> Fields:
    return cast("Fields", value) if isinstance(value, dict) else NOTHING


def listed(value: object) -> list[object]:
    """The items of a list, or the values of an object that is used as one."""
    if isinstance(value, dict):
        return list(cast("dict[str, object]", value).values())
    return cast("list[object]", value) if isinstance(value, list) else []


def text(value: object) -> str:
    return value if isinstance(value, str) else ""


def parsed(data: str | bytes) -> object:
    """None for what cannot be read."""
    try:
        return json.loads(data, parse_constant=_nothing)
    except UNREADABLE:
        return None


def _nothing(name: str) -> None:
    """NaN and Infinity, which are no JSON."""
