"""A log that can keep a secret: while it is private, the log gets envelopes, and the words stay in memory.

Numbers and times go on as ever, so that windows and messages sent twice are treated as always; what was said is known
until privacy ends, or the house does, and is then nowhere. It does not know who wished for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from os1.events import Event, Happened, Heard, Private, Said
from os1.store.base import Log

KEPT = ("began", "called", "hung_up", "skipped", "private", "forgot", "erased")
"""What holds no words, and is written down as it is."""


class PrivateLog:
    """Wraps a log. Use: `await PrivateLog.over(log)`, then as a Log."""

    def __init__(self, store: Log, *, private: bool) -> None:
        self.companion = store.companion
        self._store = store
        self._unkept: dict[int, Happened] = {}
        self.private = private

    @classmethod
    async def over(cls, store: Log) -> "PrivateLog":
        """Private if it was when the house closed: nobody said otherwise."""
        last = await store.before(limit=1, kinds=("private",))
        return cls(store, private=any(isinstance(one.event, Private) and one.event.on for one in last))

    async def append(self, events: Sequence[Event], at: datetime | Sequence[datetime]) -> list[Happened]:
        if not self.private:
            happened = await self._store.append(events, at)
        else:
            happened = await self._append_envelopes(events, at)
        for one in happened:
            if isinstance(one.event, Private):
                self.private = one.event.on
                if not self.private:
                    self._unkept.clear()
        return happened

    async def _append_envelopes(
        self, events: Sequence[Event], at: datetime | Sequence[datetime]
    ) -> list[Happened]:
        """What was said goes to the log without its words; what was only derived from it, not at all."""
        times = [at] * len(events) if isinstance(at, datetime) else at
        meant = [(event, time) for event, time in zip(events, times, strict=True) if envelope(event)]
        kept = await self._store.append(
            [envelope(event) or event for event, _ in meant], [time for _, time in meant]
        )
        for (event, _), one in zip(meant, kept, strict=True):
            if event.kind not in KEPT:
                self._unkept.setdefault(one.seq, one.model_copy(update={"event": event}))
        return [self._unkept.get(one.seq, one) for one in kept]

    async def rewrite(
        self, changes: Mapping[int, Event], receipts: Sequence[Event], at: datetime
    ) -> list[Happened]:
        """What was not kept is changed where it is: nothing that is left of it goes to the log either."""
        for seq in changes.keys() & self._unkept.keys():
            self._unkept[seq] = self._unkept[seq].model_copy(update={"event": changes[seq]})
        kept = {seq: event for seq, event in changes.items() if seq not in self._unkept}
        return await self._store.rewrite(kept, receipts, at)

    async def residue(self, words: Sequence[str]) -> int:
        return await self._store.residue(words)

    async def read(self, after: int = 0, limit: int = 1000, kinds: Sequence[str] = ()) -> list[Happened]:
        return self._whole(await self._store.read(after, limit, kinds))

    async def before(
        self, seq: int | None = None, limit: int = 50, kinds: Sequence[str] = ()
    ) -> list[Happened]:
        return self._whole(await self._store.before(seq, limit, kinds))

    async def pick(self, seqs: Iterable[int]) -> list[Happened]:
        return self._whole(await self._store.pick(seqs))

    async def known(self, keys: Iterable[str]) -> set[str]:
        return await self._store.known(keys)

    async def last(self) -> int:
        return await self._store.last()

    async def count(self, kinds: Sequence[str]) -> int:
        return await self._store.count(kinds)

    async def last_n(self, client: str) -> int:
        return await self._store.last_n(client)

    async def close(self) -> None:
        await self._store.close()

    def _whole(self, kept: list[Happened]) -> list[Happened]:
        return [self._unkept.get(one.seq, one) for one in kept] if self._unkept else kept


def envelope(event: Event) -> Event | None:
    """What the log may hold of it: nothing that was said. None: nothing at all."""
    match event:
        case Heard(client=client, n=n, spoken=spoken):
            return Heard(text="", client=client, n=n, spoken=spoken)
        case Said(reply=reply, spoken=spoken):
            return Said(text="", reply=reply, spoken=spoken)
        case _ if event.kind in KEPT:
            return event
        case _:
            return None
