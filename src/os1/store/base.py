"""What a store promises: an append-only log of one companion's events, and the vectors derived from them.

A store belongs to exactly one companion; apartness is a matter of which store was opened, so no call here
takes a person's name. It knows nothing of what the events mean.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from os1.events import Event, Happened


class Log(Protocol):
    """Every method may raise a `StoreError`, and nothing else."""

    companion: str
    """The id this companion was born with; it travels with the file and its archives."""

    async def append(self, events: Sequence[Event], at: datetime | Sequence[datetime]) -> list[Happened]:
        """All of them or none, durable when this returns, numbered without gaps. `at`: when, or when each.

        A `Heard` whose client and n are already in the log, or a `Brought` or `Carded` whose key is, is not written
        twice: the first one is returned, or what was left of it.
        """
        ...

    async def rewrite(
        self, changes: Mapping[int, Event], receipts: Sequence[Event], at: datetime
    ) -> list[Happened]:
        """The one change the log knows: these events are put in the place of those with their numbers, for good.

        What stood there is overwritten, also in the journal, with everything derived from it. All or nothing, and with
        `receipts` appended, which are returned.
        """
        ...

    async def residue(self, words: Sequence[str]) -> int:
        """In how many places of the files on disk these words can still be found, read as bytes."""
        ...

    async def read(self, after: int = 0, limit: int = 1000, kinds: Sequence[str] = ()) -> list[Happened]:
        """Events numbered above `after`, oldest first, at most `limit`."""
        ...

    async def before(
        self, seq: int | None = None, limit: int = 50, kinds: Sequence[str] = ()
    ) -> list[Happened]:
        """The newest `limit` events numbered below `seq` (None: of all), oldest first."""
        ...

    async def pick(self, seqs: Iterable[int]) -> list[Happened]:
        """The events with these numbers, oldest first; unknown numbers are left out."""
        ...

    async def known(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys that something was brought with, whatever became of it."""
        ...

    async def last(self) -> int:
        """The newest number, 0 for an empty log."""
        ...

    async def count(self, kinds: Sequence[str]) -> int:
        """How many events of these kinds there are."""
        ...

    async def last_n(self, client: str) -> int:
        """The highest n heard from this client, 0 for none."""
        ...

    async def close(self) -> None: ...


class Store(Log, Protocol):
    """The log, and beside it what is derived from it: losing that costs time, not memory."""

    async def keep_vectors(self, model: str, vectors: Mapping[int, bytes]) -> None:
        """Vectors by event number. They are derived: losing them costs time, not memory."""
        ...

    async def vectors(self, model: str, seqs: Sequence[int]) -> dict[int, bytes]:
        """Those of the asked numbers that have a vector of this model."""
        ...

    async def vectors_after(self, model: str, size: int, after: int, limit: int) -> tuple[list[int], bytes]:
        """Vectors of this model by rising number above `after`, at most `limit`: the numbers, and the vectors one behind
        the other. Any that is not `size` bytes long is passed over."""
        ...

    async def drop_vectors_but(self, model: str, limit: int) -> bool:
        """At most `limit` vectors of other models are deleted. Returns whether there may be more."""
        ...

    async def keep_derived(self, name: str, body: bytes | memoryview) -> None:
        """Something made from the whole log, such as a piece of an index. What had that name is replaced."""
        ...

    async def derived(self, name: str) -> bytes | None: ...

    async def derived_names(self) -> set[str]: ...

    async def drop_derived_but(self, names: Collection[str]) -> None:
        """All that is derived goes, but what has one of these names. Vectors stay."""
        ...

    async def forget_derived(self, seqs: Sequence[int]) -> None:
        """The vectors of these events go, of every model, and all that was derived from the whole log: for good, also
        from the journal."""
        ...
