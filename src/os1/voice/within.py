"""Waiting, but not for ever. It does not know for what."""

import asyncio
from collections.abc import Coroutine
from typing import Any


async def within(wait: Coroutine[Any, Any, object], seconds: float) -> bool:
    """Whether it came to its end in time."""
    try:
        async with asyncio.timeout(seconds):
            await wait
    except TimeoutError:
        return False
    return True
