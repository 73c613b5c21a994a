"""Which file the person has agreed to: the sha256 of each model whose hash the catalogue does not know by itself.

Kept in `pins.toml`, which a person may read and edit. It does not look at the files.
"""

import tomllib
from pathlib import Path

import tomli_w
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from os1.brain.download import disk_sentences
from os1.errors import ModelRefused


class Pin(BaseModel):
    """A file as it was when it was first used."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sha256: str
    size: int
    changed_ns: int | None = None
    """When the file was last written, for a file that lies where the person put it: unchanged, it is not read again."""
    origin: str | None = None
    """Where it came from, with the commit, for a file from a hub."""


_PINS: TypeAdapter[dict[str, Pin]] = TypeAdapter(dict[str, Pin])


class Pins:
    """The pins of one home."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def all(self) -> dict[str, Pin]:
        if not self.file.exists():
            return {}
        try:
            return _PINS.validate_python(tomllib.loads(self.file.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as error:
            raise ModelRefused(
                f"{self.file} cannot be read. Mend it, or delete it and agree to your models anew."
            ) from error

    def get(self, key: str) -> Pin | None:
        return self.all().get(key)

    def put(self, key: str, pin: Pin) -> None:
        self._write({**self.all(), key: pin})

    def drop(self, key: str) -> None:
        self._write({name: pin for name, pin in self.all().items() if name != key})

    def _write(self, pins: dict[str, Pin]) -> None:
        fresh = self.file.with_suffix(".new")
        with disk_sentences(self.file):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(tomli_w.dumps(_PINS.dump_python(pins, exclude_none=True)), encoding="utf-8")
            fresh.replace(self.file)
