"""`os1 models`: what she can think with, what is here, and what this machine could hold. Prints; decides nothing."""

import os
from pathlib import Path

from rich.console import Console
from rich.table import Table

from os1.brain.catalogue import Catalogue
from os1.brain.models import Model
from os1.brain.progress import show_progress
from os1.config import Settings
from os1.errors import BadInput


async def models_command(settings: Settings, action: str, wanted: str | None) -> None:
    catalogue = Catalogue(settings.home, settings.models)
    if action == "list":
        _list(catalogue, settings)
        return
    if wanted is None:
        raise BadInput(f"Say which: os1 models {action} MODEL")
    if action == "trust":
        model = await catalogue.trust(wanted)
        print(f"From now on this is {model.name}: sha256 {model.sha256}")
        return
    model = catalogue.find(wanted)
    if action == "verify":
        print(f"{await catalogue.verify(model, deep=True)} is what was promised.")
        return
    with show_progress() as progress:
        path = await catalogue.fetch(model, progress)
    print(f"{model.name} is here: {path}\nTo think with it: OS1_MODEL={wanted} make run")


def memory_of_this_machine() -> int:
    """Bytes of memory in all."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _list(catalogue: Catalogue, settings: Settings) -> None:
    memory = memory_of_this_machine()
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("", "id", "name", "size", "licence", "", "about"):
        table.add_column(title, overflow="fold")
    for model in catalogue.all():
        here = catalogue.installed(model)
        used = "›" if model.id == settings.model else ""
        state = "here" if here else "fits this machine" if model.fits(memory) else "needs more memory"
        table.add_row(used, model.id, model.name, _gigabytes(model), model.licence, state, model.about)
    console = Console()
    console.print(table)
    console.print(
        "\nNothing is fetched unasked. To bring one here: os1 models get ID", style="dim", highlight=False
    )
    console.print(f"Files are kept in {Path(settings.models)}", style="dim", highlight=False)


def _gigabytes(model: Model) -> str:
    return f"{model.size / 1e9:.1f} GB" if model.size >= 1e8 else f"{model.size / 1e6:.0f} MB"
