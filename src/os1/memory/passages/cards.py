"""Character cards, V1 to V3, in JSON, in a PNG, in a .charx: read, and written so that nothing of them is lost.

A card is kept as the JSON it was, word for word; what it does not know in it stays. Specifications:
github.com/malfoyslastname/character-card-spec-v2 and github.com/kwaroran/character-card-spec-v3.
It does not know what becomes of a card: `character` does.
"""

import base64
import binascii
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from os1.errors import BadInput
from os1.memory.passages import png
from os1.memory.passages.base import Item, Left, Place, brought, key_of, passages
from os1.memory.passages.loose import UNREADABLE, Fields, fields, listed, text

Version = Literal[1, 2, 3]
Form = Literal["json", "png", "charx"]

SPECS: dict[str, Version] = {"chara_card_v2": 2, "chara_card_v3": 3}
V1_FIELDS = ("name", "description", "personality", "scenario", "first_mes", "mes_example")
LARGEST_CARD = 16 * 1024 * 1024
"""Bytes of a card's JSON."""
LARGEST_ASSET, LARGEST_ASSETS = 32 * 1024 * 1024, 128 * 1024 * 1024
"""Bytes of one thing that comes with a card in a .charx, and of all of them: pictures, sounds."""
STAMP = (2020, 1, 1, 0, 0, 0)
"""The time of files in a .charx of ours: the same card is the same file."""


@dataclass(frozen=True)
class Card:
    """One card, whole."""

    text: str
    """Its JSON, as it was written."""
    picture: bytes = b""
    """The PNG it was in, without the card; empty if there was none."""
    others: tuple[tuple[str, bytes], ...] = ()
    """What else was in a .charx, by name."""

    @property
    def value(self) -> dict[str, Any]:
        return cast("dict[str, Any]", json.loads(self.text))

    @property
    def version(self) -> Version:
        return SPECS.get(str(self.value.get("spec", "")), 1)

    @property
    def data(self) -> Fields:
        """Where its fields are, whichever version it has."""
        value = self.value
        return fields(value.get("data")) if self.version > 1 else value

    @property
    def name(self) -> str:
        return text(self.data.get("nickname")) or text(self.data.get("name"))


def is_card(value: object) -> bool:
    """V2 and V3 say what they are; V1 is known by its fields, of which it has all but one or two."""
    card = fields(value)
    if text(card.get("spec")) in SPECS:
        return isinstance(card.get("data"), dict)
    return isinstance(card.get("name"), str) and len(card.keys() & set(V1_FIELDS)) >= 4


# --- reading ----------------------------------------------------------------------------------------------


def read(data: bytes, form: Form) -> Card:
    """Raises BadInput, in a sentence, for what is no card."""
    match form:
        case "json":
            return from_json(data)
        case "png":
            return from_png(data)
        case "charx":
            return from_charx(data)


def from_json(data: bytes) -> Card:
    try:
        written = data.decode("utf-8-sig")
        value = json.loads(written)
    except UNREADABLE as error:
        raise BadInput("This card cannot be read: it is damaged.") from error
    if not is_card(value):
        raise BadInput("This is no character card.")
    return Card(written)


def from_png(data: bytes) -> Card:
    """`ccv3` before `chara`, as the specification wants it. A picture without a card raises BadInput."""
    if len(data) > png.LARGEST:
        raise BadInput("This picture is too large to be a card.")
    some = png.chunks(data)
    found = {name.lower(): said for name, said in png.texts(some) if name.lower() in ("chara", "ccv3")}
    said = found.get("ccv3") or found.get("chara")
    if said is None:
        raise BadInput("There is no character card in this picture.")
    if len(said) > LARGEST_CARD * 4 // 3 + 4:
        raise BadInput("This card is larger than any card should be.")
    try:
        decoded = base64.b64decode(b"".join(said.split()), validate=True)
    except binascii.Error as error:
        raise BadInput("The card in this picture cannot be read: it is damaged.") from error
    bare = png.written(chunk for chunk in some if not _carries_card(chunk))
    return replace(from_json(decoded), picture=bare)


def _carries_card(chunk: png.Chunk) -> bool:
    return any(name.lower() in ("chara", "ccv3") for name, _ in png.texts([chunk]))


def from_charx(data: bytes) -> Card:
    """A zip with `card.json` in it. Nothing is unpacked to disk, and no more than cards need."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if sum(info.file_size for info in infos) > LARGEST_ASSETS:
                raise BadInput("This card brings more along than any card should.")
            others = tuple(
                (info.filename, _unpacked(archive, info, LARGEST_ASSET))
                for info in infos
                if info.filename != "card.json"
            )
            card = from_json(_unpacked(archive, archive.getinfo("card.json"), LARGEST_CARD))
    except KeyError as error:
        raise BadInput("There is no card.json in this .charx.") from error
    except (
        zipfile.BadZipFile,
        binascii.Error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ) as error:
        raise BadInput("This .charx cannot be read: it is damaged, or behind a password.") from error
    return replace(card, others=others)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    with archive.open(info) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise BadInput(f"{info.filename} in this card is larger than it should be.")
    return data


# --- writing ----------------------------------------------------------------------------------------------


def write(card: Card, form: Form) -> bytes:
    """The card in a file of that form: `read` gives back an equal one, but for what the form has no place for."""
    match form:
        case "json":
            return card.text.encode()
        case "png":
            return _to_png(card)
        case "charx":
            return _to_charx(card)


def _to_png(card: Card) -> bytes:
    """A V3 card also as V2 for whoever reads only that, as the specification allows."""
    said: dict[str, bytes] = {"chara": base64.b64encode(card.text.encode())}
    if card.version == 3:
        said = {"chara": base64.b64encode(_as_v2(card).encode()), "ccv3": said["chara"]}
    return png.with_texts(card.picture or png.plain(), said)


def _as_v2(card: Card) -> str:
    value = card.value | {"spec": "chara_card_v2", "spec_version": "2.0"}
    return json.dumps(value, ensure_ascii=False)


def _to_charx(card: Card) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (("card.json", card.text.encode()), *card.others):
            archive.writestr(zipfile.ZipInfo(name, STAMP), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def as_v3(card: Card) -> dict[str, Any]:
    """Its value as a V3 card: nothing is taken away."""
    value = card.value
    data: dict[str, Any] = {"extensions": {}, "group_only_greetings": [], **card.data}
    outside = value if card.version > 1 else {}
    return {**outside, "spec": "chara_card_v3", "spec_version": "3.0", "data": data}


# --- the book ---------------------------------------------------------------------------------------------


def is_lorebook(value: object) -> bool:
    """A world of SillyTavern's by itself, or a V3 lorebook."""
    book = fields(value)
    if book.get("spec") == "lorebook_v3":
        return isinstance(book.get("data"), dict)
    entries = listed(book.get("entries"))
    return bool(entries) and all("content" in fields(one) for one in entries)


def lorebook(book: object, name: str, place: Place) -> Iterator[Item]:
    """What is written in it, entry by entry; entries that were switched off stay behind."""
    pages = fields(book)
    if pages.get("spec") == "lorebook_v3":
        pages = fields(pages.get("data"))
    title = text(pages.get("name")).strip() or name
    for number, entry in enumerate(map(fields, listed(pages.get("entries")))):
        if entry.get("enabled") is False or entry.get("disable"):
            yield Left("hidden")
            continue
        yield from _entry(entry, title, number, place)


def _entry(entry: Fields, title: str, number: int, place: Place) -> Iterator[Item]:
    words = text(entry.get("content"))
    event = brought("lorebook", key_of(title, number, words), "companion", words)
    named_so = title if title.lower().startswith("the ") else f"The book “{title}”"
    yield from passages(event.model_copy(update={"name": named_so, "talk": title}), place.now)
