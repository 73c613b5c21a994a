"""One person's memories: the log's turns, kept findable, and found.

The log is the truth; what lies here is derived and rebuilt at every start. Finding has a thread of its own, and
embedding another, so that neither keeps a word waiting. It does not know what memories are used for.
"""

import asyncio
import logging
from array import array
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from os1.errors import StoreError
from os1.events import Brought, Happened, Heard, Said
from os1.memory.index import Index
from os1.memory.meaning import Meaning
from os1.memory.recall import Cue, recall, remembered
from os1.memory.records import Hit, Remembered, Turn
from os1.memory.vectors import to_int8
from os1.memory.words import is_question
from os1.store.base import Store

log = logging.getLogger(__name__)
T = TypeVar("T")

AT_ONCE = 1000
"""Turns read from the log in one go at the start: 20 ms of work, then others get a turn."""
TAKEN_AT_ONCE = 32
"""New turns added in one go: long ones take some 6 ms, which a question waits at most."""
EMBEDDED_AT_ONCE = 8
"""Turns embedded in one go: 60 ms on one core, so that a question never waits long behind them."""
QUESTION = (2, 260)
"""Memories, and characters of them, that may come to mind at a question: about 70 tokens for a brain to read. With three
and 560 a pasted message waited 3.7 s for its first word."""
REMARK = (1, 130)
"""The same for a remark: a friend thinks of one thing, and goes on listening."""

SPOKEN = (1, 110)
"""While someone still speaks: some 30 tokens, half a second of reading, which their next words take anyway."""


class Archive:
    """Use: `run()` in a task group for as long as she lives; `keep` what is new; `recall`."""

    def __init__(self, store: Store, meaning: Meaning | None) -> None:
        self._store = store
        self._meaning = meaning
        self._index = Index()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="memory")
        self._new: asyncio.Queue[Sequence[Turn]] = asyncio.Queue()
        self._unmeant: array[int] = array("Q")
        """Numbers of turns that can be found by their words already, and have no vector yet; the newest goes first."""
        self._awake = asyncio.Event()
        self._foreseen: tuple[str, asyncio.Future[NDArray[np.float32]]] | None = None

    def keep(self, turns: Sequence[Turn]) -> None:
        """These were said and are in the log. They can be recalled a moment later."""
        if turns:
            self._new.put_nowait(turns)

    async def kept(self) -> None:
        """Returns once all that was kept can be found by its words; its meaning may follow later."""
        await self._new.join()

    async def awake(self) -> None:
        """Returns once all that is in the log can be recalled."""
        await self._awake.wait()

    async def run(self) -> None:
        """Read the log, then take in what is new, until cancelled."""
        try:
            last, unmeant = await self._wake()
            self._unmeant.extend(unmeant)
            self._awake.set()
            log.info("memory awake", extra={"turns": len(self._index), "to_embed": len(unmeant)})
            while True:
                if not self._unmeant or not self._new.empty():
                    await self._take_in(await self._new.get(), last)
                    self._new.task_done()
                else:
                    await self._embed_newest()
        finally:
            self._thread.shutdown(wait=False)

    async def _take_in(self, turns: Sequence[Turn], last: int) -> None:
        """Words first: they are findable at once, also when a whole life is brought. A few at a time, so that a question can come between."""
        fresh = [turn for turn in turns if turn.seq > last]
        for some in batches(fresh, TAKEN_AT_ONCE):
            await self._on_thread(self._add_all, some, {})
        if self._meaning is not None:
            self._unmeant.extend(turn.seq for turn in fresh)

    async def _embed_newest(self) -> None:
        """The meaning of a few turns; read from the log again, so that nothing waits here but numbers."""
        some = self._unmeant[-EMBEDDED_AT_ONCE:]
        del self._unmeant[-EMBEDDED_AT_ONCE:]
        await self._embed([turn for one in await self._store.pick(some) if (turn := turn_of(one))])

    def foresee(self, text: str) -> None:
        """These words will be recalled with in a moment: their meaning is found meanwhile, on another thread.

        The last ones are kept: what was thought ahead of is often sent unchanged.
        """
        if self._meaning is not None and (self._foreseen is None or self._foreseen[0] != text):
            loop = asyncio.get_running_loop()
            self._foreseen = (text, loop.run_in_executor(None, self._meaning.embed, [text]))

    async def recall(
        self, text: str, now: datetime, before: int | None = None, *, spoken: bool = False
    ) -> tuple[Remembered, ...]:
        """What these words bring to mind, strongest first; often nothing. Only what was said before log number `before`.

        `spoken`: in a call, where there is time for one thing at most.
        """
        if not text.strip() or not len(self._index):
            return ()
        vector = await self._meant(text)
        many, characters = SPOKEN if spoken else QUESTION if is_question(text) else REMARK
        hits = await self._on_thread(recall, self._index, Cue(text, vector, now, before), many)
        return await self._with_words(hits, characters) if hits else ()

    async def _with_words(self, hits: list[Hit], characters: int) -> tuple[Remembered, ...]:
        found = await self._store.pick(seq for hit in hits for seq in hit.turns)
        turns = {one.seq: turn for one in found if (turn := turn_of(one))}
        return tuple(remembered(hits, turns, characters))

    async def _wake(self) -> tuple[int, list[int]]:
        """Everything in the log into the index. Returns the last number read, and those that have no vector yet."""
        last, unmeant = 0, list[int]()
        while events := await self._store.read(last, AT_ONCE, kinds=("heard", "said", "brought")):
            last = events[-1].seq
            turns = [turn for one in events if (turn := turn_of(one))]
            vectors = await self._kept_vectors([turn.seq for turn in turns])
            unmeant += [turn.seq for turn in turns if turn.seq not in vectors]
            await self._on_thread(self._add_all, turns, vectors)
        return last, unmeant

    def _add_all(self, turns: Sequence[Turn], vectors: dict[int, NDArray[np.int8]]) -> None:
        for turn in turns:
            self._index.add(turn.seq, turn.at, turn.speaker, turn.text, vectors.get(turn.seq))
            if turn.brought:
                self._index.mark_brought()

    async def _kept_vectors(self, seqs: Sequence[int]) -> dict[int, NDArray[np.int8]]:
        if self._meaning is None:
            return {}
        kept = await self._store.vectors(self._meaning.model_id, seqs)
        return {seq: np.frombuffer(q, dtype=np.int8) for seq, q in kept.items()}

    async def _embed(self, turns: Sequence[Turn]) -> None:
        if self._meaning is None or not turns:
            return
        vectors = to_int8(await asyncio.to_thread(self._meaning.embed, [turn.text for turn in turns]))
        for turn, vector in zip(turns, vectors, strict=True):
            await self._on_thread(self._index.place, turn.seq, vector)
        try:
            kept = {turn.seq: vector.tobytes() for turn, vector in zip(turns, vectors, strict=True)}
            await self._store.keep_vectors(self._meaning.model_id, kept)
        except StoreError as error:
            log.warning("vectors not kept; they are made again at the next start", extra={"code": error.code})

    async def _meant(self, text: str) -> NDArray[np.float32] | None:
        """Shielded: she may be interrupted while she recalls, and the same words may be asked with again."""
        self.foresee(text)
        return None if self._foreseen is None else (await asyncio.shield(self._foreseen[1]))[0]

    async def _on_thread(self, work: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *args)


def turn_of(happened: Happened) -> Turn | None:
    """The turn that an event is, if it is one. Words of which nothing was shown are none; where she was cut off, a dash."""
    match happened.event:
        case Heard(text=text):
            return Turn(happened.seq, happened.at, "person", text)
        case Said(text=text, cut_off=cut_off) if text.strip():
            return Turn(happened.seq, happened.at, "companion", f"{text.rstrip()} —" if cut_off else text)
        case Brought(speaker=speaker, text=text, name=name):
            return Turn(happened.seq, happened.at, speaker, text, name, brought=True)
        case _:
            return None


def batches(items: Sequence[T], size: int) -> list[Sequence[T]]:
    return [items[start : start + size] for start in range(0, len(items), size)]
