"""What a page may ask of our story: small JSON bodies, each a value. It does not know what is done about it."""

from datetime import date
from typing import Literal, TypeVar

from pydantic import Field, ValidationError
from starlette.requests import Request

from os1.errors import BadInput
from os1.events import Dated, Value
from os1.server.body import SHORT, body_of

B = TypeVar("B", bound=Value)

CHAPTER_BODY = 64 * 1024
"""Bytes: a chapter of 8,000 characters, each spelled out as JSON may spell it."""
LIST_BODY = 32 * 1024
"""Bytes: some thousands of log numbers, for a person who is parted from another."""


class Settling(Value):
    how: Literal["true", "wrong", "past", "rest", "wake"]


class Editing(Value):
    value: str


class Adding(Value):
    about: str = ""
    what: str
    value: str
    since: Dated | None = None


class SettingBack(Value):
    edited: int


class Merging(Value):
    name: str = Field(max_length=200)
    other: str = Field(max_length=200)


class Parting(Merging):
    facts: tuple[int, ...] = ()


class Rewriting(Value):
    title: str
    text: str


class Wishing(Value):
    """One of these."""

    seq: int | None = None
    start: int | None = Field(default=None, ge=0)
    end: int | None = Field(default=None, ge=1)
    fact: int | None = None
    about: str | None = Field(default=None, max_length=200)
    day: date | None = None
    everything: bool = False


class Confirming(Value):
    name: str = Field(default="", max_length=200)


class Privacy(Value):
    on: bool


async def read(request: Request, kind: type[B], most: int = SHORT) -> B:
    """Raises BadInput, TooLong for a body that is something else."""
    try:
        return kind.model_validate_json(await body_of(request, most))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "it"
        raise BadInput(f"That cannot be understood ({where}: {first['msg']}).") from error
