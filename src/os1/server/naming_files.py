"""What an export is called. It does not know where it goes."""

from datetime import datetime


def export_name(now: datetime, name: str | None) -> str:
    """Such as "samantha-2026-11-23.os1.zip"."""
    who = "".join(letter for letter in (name or "").lower() if letter.isascii() and letter.isalnum())
    return f"{who or 'companion'}-{now:%Y-%m-%d}.os1.zip"
