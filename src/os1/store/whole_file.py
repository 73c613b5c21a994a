"""A small file, written whole or not at all: a full disk or a pulled plug leaves the old one as it was.

It does not know what is in it.
"""

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Raises OSError, and then nothing has changed."""
    path = path.resolve()  # a file that the person has linked stays linked
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
