"""Before the house opens: the model files of this start, fetched if they are missing, and the engine already loading.

It imports little, so that the engine starts before the rest of the house is read from disk. It does not know
what the models say.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from os1.brain.catalogue import Catalogue, Reach
from os1.brain.hub import Hub
from os1.brain.models import DEFAULT_MEANING, Model
from os1.brain.progress import show_progress
from os1.brain.spawn import Engine
from os1.config import Settings

ENGINE_KEEPS = "engine"
"""The folder in her home for what the engine has read."""


@dataclass(frozen=True)
class Models:
    """The model files of this start, each checked by the catalogue. None: it is not here, and she goes without."""

    brain: Path | None
    brain_name: str
    meaning: Path | None
    engine: Engine | None = None
    """Already loading the brain's file."""


def catalogue_of(settings: Settings) -> Catalogue:
    hub = Hub(settings.hf_endpoint, settings.hf_token or None)
    return Catalogue(settings.home, settings.models, Reach(hub))


def prepare(settings: Settings) -> Models:
    """Raises a ModelError when a file that is needed is neither here nor to be had."""
    catalogue = catalogue_of(settings)
    brain = catalogue.find(settings.model)
    embedded = settings.brain == "embedded"
    brain_file, meaning_file = (
        catalogue.installed(brain),
        catalogue.installed(catalogue.find(DEFAULT_MEANING)),
    )
    if meaning_file is None or (embedded and brain_file is None):
        wanted = [catalogue.find(DEFAULT_MEANING), *([brain] if embedded else [])]
        meaning_file, *rest = asyncio.run(_fetch(catalogue, wanted))
        brain_file = rest[0] if rest else brain_file
    engine = Engine(brain_file, settings.home / ENGINE_KEEPS) if embedded and brain_file else None
    return Models(brain_file, brain.name, meaning_file, engine)


async def _fetch(catalogue: Catalogue, wanted: list[Model]) -> list[Path]:
    with show_progress() as progress:
        return [await catalogue.fetch(model, progress) for model in wanted]
