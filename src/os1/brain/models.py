"""The table of models: what each one is, what its file must be, and where it can be had.

Read from models.toml. It knows neither this machine's files nor the network.
"""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from os1.brain.hub import HubFile
from os1.brain.npm import NpmPackage
from os1.brain.packages import PackageParts

DEFAULT_BRAIN = "qwen2.5-coder-1.5b"
DEFAULT_MEANING = "minilm-int8"
EARS = ("moonshine-tiny-en-encoder", "moonshine-tiny-en-decoder", "moonshine-tiny-en-tokenizer")
"""The three files of the embedded ears, in the order that `Moonshine` takes them."""
VOICE_ACTIVITY = "silero-vad"
TURNS = "smart-turn-v3.2"
RICH_MOUTH = ("kokoro-82m-int8", "kokoro-voices")
"""The richer voice: its weights, and the archive that holds its voices."""

Purpose = Literal["brain", "meaning", "ears", "voice activity", "turns", "mouth"]

WORKING_MEMORY = 2_000_000_000
"""Bytes beside the file itself for a model we know nothing of: what she has in mind, and room for the machine."""


class Model(BaseModel):
    """One model: what it is, and what its file must be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    name: str
    about: str
    purpose: Purpose
    licence: str
    file: str
    """Its name in the models folder; for a file of the person's own, its whole path."""
    size: int
    """Bytes. About, as long as `sha256` is None."""
    sha256: str | None = None
    """None until the person has asked for it, and it was pinned."""
    memory: int
    """Bytes of memory a machine should have for it."""
    sources: tuple[Annotated[PackageParts | HubFile | NpmPackage, Field(discriminator="kind")], ...] = ()
    """Tried in order."""

    @property
    def own(self) -> bool:
        """A file that the person brought, and that is used where it lies."""
        return not self.sources

    @property
    def offered(self) -> bool:
        """Known to exist, never fetched unless someone asks for it by name."""
        return bool(self.sources) and all(source.kind == "hub" for source in self.sources)

    @property
    def wheel(self) -> str:
        """The package that holds this file whole, perhaps with others; empty if there is none."""
        return next((s.wheel for s in self.sources if isinstance(s, PackageParts) and s.wheel), "")

    def fits(self, memory: int) -> bool:
        """Whether a machine with so many bytes of memory can live with it."""
        return memory >= self.memory


Progress = Callable[[Model, int, int], None]
"""Told (model, bytes done, bytes in all) while one is fetched."""


@cache
def table() -> tuple[Model, ...]:
    """Every model of models.toml, in its order."""
    text = resources.files("os1.brain").joinpath("models.toml").read_text(encoding="utf-8")
    return tuple(Model.model_validate({"id": name, **entry}) for name, entry in tomllib.loads(text).items())


def own_model(path: Path) -> Model:
    """A file that nobody described."""
    size = path.stat().st_size
    return Model(
        id=str(path),
        name=path.stem,
        about="A file of your own.",
        purpose="brain",
        licence="its maker's",
        file=str(path),
        size=size,
        memory=size + WORKING_MEMORY,
    )
