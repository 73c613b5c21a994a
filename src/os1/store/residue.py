"""Whether words can still be found in files, read as bytes: the proof that forgetting was real.

It does not know what the files are, nor what the words meant.
"""

import json
import mmap
import re
from collections.abc import Sequence
from pathlib import Path


def residue(files: Sequence[Path], words: Sequence[str]) -> int:
    """Occurrences of any of the words, as they are or as JSON spells them. Files that are not there hold nothing."""
    spelled = {
        form.encode() for one in words if one for form in (one, _inside(one, True), _inside(one, False))
    }
    if not spelled:
        return 0
    pattern = re.compile(b"|".join(re.escape(one) for one in sorted(spelled, key=len, reverse=True)))
    return sum(_found(file, pattern) for file in files)


def _inside(text: str, ascii_only: bool) -> str:
    return json.dumps(text, ensure_ascii=ascii_only)[1:-1]


def _found(file: Path, pattern: "re.Pattern[bytes]") -> int:
    """Mapped, not read: a long life is a gigabyte."""
    try:
        with file.open("rb") as opened:
            if not file.stat().st_size:
                return 0
            with mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as raw:
                return sum(1 for _ in pattern.finditer(raw))
    except FileNotFoundError:
        return 0
