"""Before the house opens: the model files of this start, fetched if they are missing, and the engine already loading.

It imports little, so that the engine starts before the rest of the house is read from disk. It does not know
what the models say.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from os1.brain.catalogue import Catalogue, Reach
from os1.brain.hub import Hub
from os1.brain.models import DEFAULT_MEANING, EARS, RICH_MOUTH, TURNS, VOICE_ACTIVITY, Model
from os1.brain.progress import show_progress
from os1.brain.spawn import Engine
from os1.config import Settings
from os1.errors import ModelError

log = logging.getLogger(__name__)

VOICE = (*EARS, VOICE_ACTIVITY, TURNS, *RICH_MOUTH)
"""What a call needs, besides the mouth that is a package."""

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
    voice: Mapping[str, Path] = field(default_factory=dict[str, Path])
    """Those of `VOICE` that are here, by id. Without them she can be written to all the same."""


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
    engine = Engine(brain_file) if embedded and brain_file else None
    return Models(brain_file, brain.name, meaning_file, engine, _voice(catalogue))


def _voice(catalogue: Catalogue) -> dict[str, Path]:
    """What a call needs; if it is not to be had today, she wakes all the same, and is asked again tomorrow."""
    wanted = [catalogue.find(name) for name in VOICE]
    here = {model.id: file for model in wanted if (file := catalogue.installed(model))}
    if len(here) == len(wanted):
        return here
    try:
        files = asyncio.run(_fetch(catalogue, wanted))
    except ModelError as error:
        log.warning("her voice is not here yet", extra={"error": str(error)})
        return {model.id: file for model in wanted if (file := catalogue.installed(model))}
    return {model.id: file for model, file in zip(wanted, files, strict=True)}


async def _fetch(catalogue: Catalogue, wanted: list[Model]) -> list[Path]:
    with show_progress() as progress:
        return [await catalogue.fetch(model, progress) for model in wanted]
