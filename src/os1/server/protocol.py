"""The vocabulary in TypeScript: what `os1.events`, `os1.frames` and `os1.voice.signals` say, written out for the page.

`typescript()` is the whole of `web/src/lib/protocol.ts`. It reads the models for the types and the source of
all three for the sentences under the fields, so the page's comments are the house's own.
It does not know what the page does with them, and writes no file.
"""

import ast
import inspect
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from os1 import events, frames
from os1.voice import signals

Model = type[BaseModel]
Docs = dict[str, dict[str, str]]

SOURCES = (events, frames, signals)
UNIONS = {
    "Event": events.Event,
    "Command": frames.Command,
    "Frame": frames.Frame,
    "CallCommand": signals.CallCommand,
    "CallFrame": signals.CallFrame,
}
CONSTANTS = {"PROTOCOL": frames.PROTOCOL, "LONGEST_MESSAGE": events.LONGEST_MESSAGE}
PLAIN: dict[Any, str] = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    date: "string",
    datetime: "string",
    Any: "unknown",
    NoneType: "null",
}
HEADER = "// Made from src/os1/events.py, frames.py and voice/signals.py by `python -m os1.cli protocol`. Do not edit: change the models and make it again."


def typescript() -> str:
    """The file, as it should be on disk."""
    docs = _field_docs()
    constants = [_constant(name, value, docs[""].get(name, "")) for name, value in CONSTANTS.items()]
    interfaces = [_interface(model, docs[model.__name__]) for model in _models()]
    unions = [_union(name, union) for name, union in UNIONS.items()]
    return "\n\n".join([HEADER, *constants, *interfaces, *unions]) + "\n"


def _models() -> Iterator[Model]:
    """Every value of the vocabulary, in the order it is told in."""
    told: set[Model] = {events.Value}
    for thing in (thing for module in SOURCES for thing in vars(module).values()):
        if inspect.isclass(thing) and issubclass(thing, events.Value) and thing not in told:
            told.add(thing)
            yield thing


def _members(union: Any) -> tuple[Model, ...]:
    """The models of `Annotated[A | B, Field(discriminator=...)]`."""
    return get_args(get_args(union)[0])


def _constant(name: str, value: int, doc: str) -> str:
    return f"{_comment(doc)}export const {name} = {value};"


def _interface(model: Model, docs: dict[str, str]) -> str:
    """Fields with a default may be left out of a command; what she sends is always whole."""
    model.model_rebuild()
    optional = model in (*_members(frames.Command), *_members(signals.CallCommand))
    lines = [
        f"{_comment(docs.get(name, ''), '  ')}  {name}{_mark(name, field, optional)}: {_type(field.annotation)};"
        for name, field in model.model_fields.items()
    ]
    doc = _comment(inspect.getdoc(model) or "")
    return f"{doc}export interface {model.__name__} {{\n" + "\n".join(lines) + "\n}"


def _mark(name: str, field: FieldInfo, optional: bool) -> str:
    return "?" if optional and name != "kind" and not field.is_required() else ""


def _union(name: str, union: Any) -> str:
    return f"export type {name} = " + " | ".join(model.__name__ for model in _members(union)) + ";"


def _type(annotation: Any) -> str:
    """One annotation. A type that has no place here is an error now rather than an `any` in the page."""
    if annotation in PLAIN:
        return PLAIN[annotation]
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        return annotation.__name__
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _type(args[0])
    if origin is Literal:
        return " | ".join(f'"{value}"' for value in args)
    if origin in (Union, UnionType):
        return _alias(args) or " | ".join(_type(arg) for arg in args)
    if origin is tuple:
        return f"readonly {_type(args[0])}[]"
    if origin is dict:
        return f"Record<string, {_type(args[1])}>"
    raise TypeError(f"{annotation!r} has no TypeScript here yet")


def _alias(args: tuple[Any, ...]) -> str | None:
    names = [name for name, union in UNIONS.items() if set(_members(union)) == set(args)]
    return names[0] if names else None


def _comment(doc: str, indent: str = "") -> str:
    if not doc:
        return ""
    lines = doc.splitlines()
    if len(lines) == 1:
        return f"{indent}/** {lines[0]} */\n"
    body = "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines)
    return f"{indent}/**\n{body}{indent} */\n"


def _field_docs() -> Docs:
    """The string under each field, by class and field; under "" those of the module itself."""
    docs: Docs = {"": {}}
    for module in SOURCES:
        body = ast.parse(inspect.getsource(module)).body
        docs[""].update(_documented(body))
        for node in body:
            if isinstance(node, ast.ClassDef):
                docs[node.name] = dict(_documented(node.body))
    return docs


def _documented(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for target, below in pairwise(body):
        name = _assigned(target)
        if name and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            yield name, inspect.cleandoc(str(below.value.value))


def _assigned(node: ast.stmt) -> str | None:
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return node.target.id
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    return None
