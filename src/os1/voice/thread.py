"""One thread for one mouth: its model runs beside the event loop, one piece of work after the other.

It does not know what is done there.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from os1.errors import ModelError, MouthUnavailable

Found = TypeVar("Found")


class Thread:
    def __init__(self, name: str) -> None:
        self._name = name
        self._pool = ThreadPoolExecutor(1, name)

    async def do(self, work: Callable[..., Found], *given: object) -> Found:
        """Raises MouthUnavailable, and nothing else of its own. Work that nobody waits for any more, and that has not
        begun, is never begun."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work, *given)
        except ModelError as error:
            raise MouthUnavailable(f"{self._name} cannot be used: {error}") from error
        except RuntimeError as error:
            raise MouthUnavailable(f"{self._name} was put away.") from error

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
