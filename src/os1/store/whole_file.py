"""A small file, written whole or not at all: a full disk or a pulled plug leaves the old one as it was.

It does not know what is in it.
"""

import errno
import os
import tempfile
from pathlib import Path

from os1.errors import StoreError, StoreFull, StoreReadOnly


def write_whole(path: Path, text: str) -> None:
    """Raises StoreFull or StoreReadOnly, and then nothing has changed."""
    path = path.resolve()  # a file that the person has linked stays linked
    try:
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
    except OSError as error:
        raise unusable(error, path) from error


def unusable(error: OSError, path: Path) -> StoreError:
    """A failure of the file system as ours."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFull(
            f"The disk that holds {path} is full. Make room, then start again; nothing kept was lost."
        )
    return StoreReadOnly(f"{path} cannot be used: {error.strerror}.")
