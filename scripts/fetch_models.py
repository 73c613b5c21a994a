"""Brings the named models into the cache, so that the live tests find them. Runs inside .venv."""

import asyncio
import os
import sys
from pathlib import Path

from os1.brain.catalogue import Catalogue
from os1.brain.progress import show_progress
from os1.errors import ModelError


async def bring(names: list[str], models: Path) -> None:
    """One after the other; those that are here already cost nothing."""
    catalogue = Catalogue(
        home=models, models=models
    )  # nothing is pinned: these models' hashes are in the table
    with show_progress() as progress:
        for name in names:
            await catalogue.fetch(catalogue.find(name), progress)


if __name__ == "__main__":
    cache = Path(os.environ.get("OS1_MODELS") or Path.home() / ".cache" / "os1" / "models")
    try:
        asyncio.run(bring(sys.argv[1:], cache))
    except ModelError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped. Run it again, and it goes on from here.")
