"""A life brought along: looked at first, then kept, a few hundred messages at a time, while she talks on.

What was kept before is known again by its key, so it can be broken off anywhere and begun anew. Reading has a thread of
its own; only what is read is held. It does not know who asks, nor how the finding is shown.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterable, Iterator, Sequence
from contextlib import aclosing
from datetime import datetime
from itertools import islice
from typing import NamedTuple, Protocol

from os1.events import Event, Happened
from os1.memory.passages.base import Comes, Item, Left, Passage
from os1.memory.passages.finding import Tally


class Pace(NamedTuple):
    at_once: int
    """Messages read, then kept, in one go: while they are written, a word of hers or the person's waits."""
    rest: float
    """How long nothing is done after a batch, as a share of the time it took: whoever talks with her goes first."""


QUICK = Pace(500, 0)
"""Nobody is talking: 100 MB in ten seconds or twenty."""
GENTLE = Pace(64, 1.5)
"""While she is awake: three times as long, and she answers meanwhile."""

Keep = Callable[[Sequence[Event], Sequence[datetime]], Awaitable[Sequence[Happened]]]
Told = Callable[[Tally], object]


class Knows(Protocol):
    """As much of a store as is asked."""

    async def known(self, keys: Iterable[str]) -> set[str]: ...


async def look(
    items: Iterable[Item], store: Knows, told: Told = lambda tally: None, pace: Pace = QUICK
) -> Tally:
    """The dry run: counted, and nothing kept. `told` is called after every batch."""
    tally = Tally()
    keys = set[int]()
    async with aclosing(_batches(items, pace)) as batches:
        async for some in batches:
            tally.count(once := _once(some, keys))
            tally.known += len(await store.known(one.event.key for one in once if isinstance(one, Passage)))
            told(tally)
    return tally


async def bring(
    items: Iterable[Item], store: Knows, keep: Keep, told: Told = lambda tally: None, pace: Pace = QUICK
) -> Tally:
    """Keep what is not known yet. The card that comes last is left to `keep_card`: it may be put on.

    Raises StoreError; what was kept until then stays, and the next time goes on from there.
    """
    tally = Tally()
    keys = set[int]()
    last: Comes | None = None
    async with aclosing(_batches(items, pace)) as batches:
        async for some in batches:
            tally.count(once := _once(some, keys))
            words = [one for one in once if isinstance(one, Passage)]
            known = await store.known(one.event.key for one in words)
            new = [one for one in words if one.event.key not in known]
            tally.known += len(known)
            if new:
                await keep([one.event for one in new], [one.at for one in new])
            if tally.last is not last:
                await keep_card(last, store, keep)
                last = tally.last
            told(tally)
    return tally


async def keep_card(comes: Comes | None, store: Knows, keep: Keep, *, worn: bool = False) -> None:
    """The card whole, once; and once more when the person asks that she become who is on it (`worn`)."""
    if comes is None or comes.card is None:
        return
    update = {"key": f"{comes.card.key}:worn", "worn": True} if worn else {}
    card = comes.card.model_copy(update=update)
    if card.key not in await store.known([card.key]):
        await keep([card], [comes.at])


def _once(some: Sequence[Item], keys: set[int]) -> list[Item]:
    """What came before in this reading stays behind; of each key only eight bytes are remembered."""
    once: list[Item] = []
    for one in some:
        if not isinstance(one, Passage):
            once.append(one)
        elif (mark := hash(one.event.key)) in keys:
            once.append(Left("twice"))
        else:
            keys.add(mark)
            once.append(one)
    return once


async def _batches(items: Iterable[Item], pace: Pace) -> AsyncGenerator[list[Item]]:
    """Read on another thread. Left in the middle, the file is closed: whoever gives up waits for the batch being read."""
    iterator = iter(items)
    reading: asyncio.Future[list[Item]] | None = None
    now = asyncio.get_running_loop().time
    try:
        while True:
            began = now()
            reading = asyncio.ensure_future(asyncio.to_thread(_some, iterator, pace.at_once))
            if not (some := await asyncio.shield(reading)):
                return
            yield some
            await asyncio.sleep(pace.rest * (now() - began))
    finally:
        if reading:
            await asyncio.wait([reading])
        if isinstance(iterator, Generator):
            iterator.close()


def _some(items: Iterator[Item], many: int) -> list[Item]:
    """The next ones. A card ends a batch: it is as heavy as a thousand messages."""
    some: list[Item] = []
    for item in islice(items, many):
        some.append(item)
        if isinstance(item, Comes):
            break
    return some
