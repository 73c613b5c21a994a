"""`os1 models`: what she can think with, what is here, and what this machine could hold. Prints; decides nothing."""

import asyncio
import os

from rich.console import Console
from rich.padding import Padding

from os1.brain.catalogue import Catalogue
from os1.brain.models import Model
from os1.brain.progress import show_progress
from os1.config import Settings
from os1.errors import BadInput
from os1.server.prepare import catalogue_of


async def models_command(settings: Settings, action: str, wanted: str | None) -> None:
    catalogue = catalogue_of(settings)
    if action == "list":
        await asyncio.to_thread(_list, catalogue, settings)
        return
    if wanted is None:
        raise BadInput(f"Say which: os1 models {action} MODEL")
    if action == "trust":
        model = await catalogue.trust(wanted)
        print(f"From now on this is {model.name}: sha256 {model.sha256}")
        return
    model = await asyncio.to_thread(catalogue.find, wanted)
    if action == "verify":
        print(f"{await catalogue.verify(model, deep=True)} is what was promised.")
        return
    with show_progress() as progress:
        path = await catalogue.fetch(model, progress)
    print(f"{model.name} is here: {path}")
    if model.purpose == "brain":
        print(f"To think with it: OS1_MODEL={wanted} make run")


def memory_of_this_machine() -> int:
    """Bytes of memory in all."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _list(catalogue: Catalogue, settings: Settings) -> None:
    console = Console(highlight=False)
    memory = memory_of_this_machine()
    for model in catalogue.all():
        state = _state(model, memory, here=catalogue.installed(model) is not None)
        used = "›" if model.id == settings.model else " "
        console.print(f"{used} [bold]{model.id:28}[/] {_gigabytes(model):>7}  {state}, {model.licence}")
        console.print(Padding(model.about, (0, 0, 0, 2)), style="dim")
    console.print("\nNothing is fetched unasked. To bring one here: os1 models get ID", style="dim")
    console.print(f"Files are kept in {settings.models}", style="dim")


def _state(model: Model, memory: int, *, here: bool) -> str:
    if here:
        return "here"
    return "fits this machine" if model.fits(memory) else "needs more memory than this machine has"


def _gigabytes(model: Model) -> str:
    return f"{model.size / 1e9:.1f} GB" if model.size >= 1e8 else f"{max(1, round(model.size / 1e6))} MB"
