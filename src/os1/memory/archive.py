"""One person's memories: the log's turns, kept findable, and found.

The log is the truth; what lies here is derived and rebuilt at every start. Finding has a thread of its own, and
embedding another, so that neither keeps a word waiting. It does not know what memories are used for.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from os1.errors import StoreError
from os1.events import Happened, Heard, Said
from os1.memory.index import Index
from os1.memory.meaning import Meaning
from os1.memory.recall import Cue, recall, remembered
from os1.memory.records import Hit, Remembered, Turn
from os1.memory.search import found
from os1.memory.vectors import to_int8
from os1.memory.words import is_question
from os1.store.base import Store

log = logging.getLogger(__name__)
T = TypeVar("T")

AT_ONCE = 1000
"""Turns read from the log in one go at the start: 20 ms of work, then others get a turn."""
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
        self._new: asyncio.Queue[Turn] = asyncio.Queue()
        self._awake = asyncio.Event()
        self._foreseen: tuple[str, asyncio.Future[NDArray[np.float32]]] | None = None

    def keep(self, turns: Sequence[Turn]) -> None:
        """These were said and are in the log. They can be recalled a moment later."""
        for turn in turns:
            self._new.put_nowait(turn)

    async def awake(self) -> None:
        """Returns once all that is in the log can be recalled."""
        await self._awake.wait()

    async def run(self) -> None:
        """Read the log, then take in what is new, until cancelled."""
        try:
            last, meant = await self._wake()
            self._awake.set()
            log.info("memory awake", extra={"turns": len(self._index), "to_embed": len(meant)})
            for some in batches(meant, EMBEDDED_AT_ONCE):
                await self._embed([turn for one in await self._store.pick(some) if (turn := turn_of(one))])
            while True:
                turn = await self._new.get()
                if turn.seq > last:
                    await self._on_thread(self._index.add, turn.seq, turn.at, turn.speaker, turn.text)
                    await self._embed([turn])
        finally:
            self._thread.shutdown(wait=False)

    def foresee(self, text: str) -> None:
        """These words will be recalled with in a moment: their meaning is found meanwhile, on another thread.

        The last ones are kept: what was thought ahead of is often sent unchanged.
        """
        if self._meaning is not None and (self._foreseen is None or self._foreseen[0] != text):
            loop = asyncio.get_running_loop()
            self._foreseen = (text, loop.run_in_executor(None, self._meaning.embed, [text]))

    async def forget(self, seqs: Sequence[int], left: Sequence[Turn]) -> None:
        """These are gone from the log, or shortened to what is `left`: nothing else of them can be recalled from now on."""
        for seq in seqs:
            await self._on_thread(self._index.erase, seq)

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

    async def search(self, text: str, now: datetime, many: int) -> list[int]:
        """Log numbers of what was said that fits, best first: for a person who looks for something."""
        if not text.strip() or not len(self._index):
            return []
        return await self._on_thread(found, self._index, Cue(text, await self._meant(text), now), many)

    async def _with_words(self, hits: list[Hit], characters: int) -> tuple[Remembered, ...]:
        found = await self._store.pick(seq for hit in hits for seq in hit.turns)
        turns = {one.seq: turn for one in found if (turn := turn_of(one))}
        return tuple(remembered(hits, turns, characters))

    async def _wake(self) -> tuple[int, list[int]]:
        """Everything in the log into the index. Returns the last number read, and those that have no vector yet."""
        last, unmeant = 0, list[int]()
        while events := await self._store.read(last, AT_ONCE, kinds=("heard", "said")):
            last = events[-1].seq
            turns = [turn for one in events if (turn := turn_of(one))]
            vectors = await self._kept_vectors([turn.seq for turn in turns])
            unmeant += [turn.seq for turn in turns if turn.seq not in vectors]
            await self._on_thread(self._add_all, turns, vectors)
        return last, unmeant

    def _add_all(self, turns: Sequence[Turn], vectors: dict[int, NDArray[np.int8]]) -> None:
        for turn in turns:
            self._index.add(turn.seq, turn.at, turn.speaker, turn.text, vectors.get(turn.seq))

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
    """The turn that an event is, if it is one. Words of which nothing was shown or kept are none; where she was cut off, a dash."""
    match happened.event:
        case Heard(text=text) if text.strip():
            return Turn(happened.seq, happened.at, "person", text)
        case Said(text=text, cut_off=cut_off) if text.strip():
            return Turn(happened.seq, happened.at, "companion", f"{text.rstrip()} —" if cut_off else text)
        case _:
            return None


def batches(items: Sequence[int], size: int) -> list[Sequence[int]]:
    return [items[start : start + size] for start in range(0, len(items), size)]
