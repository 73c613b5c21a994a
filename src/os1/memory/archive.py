"""One person's memories: the log's turns, kept findable, and found.

The log is the truth; what lies here is derived. Between two starts the index is kept as pieces beside the log, and only
what was said since is read again. Finding has a thread of its own, and embedding another, so that neither keeps a word
waiting. It does not know what memories are used for.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from os1.errors import StoreError
from os1.events import Brought, Happened, Heard, Said
from os1.memory.finding.index import Index
from os1.memory.finding.quoting import remembered
from os1.memory.finding.recall import Cue, recall
from os1.memory.finding.search import found, having
from os1.memory.finding.snapshot import CONTENTS, cut, read, restored
from os1.memory.finding.vectors import to_int8
from os1.memory.finding.when import Stretch
from os1.memory.finding.words import is_question
from os1.memory.meaning import Meaning
from os1.memory.records import Hit, Learnt, Remembered, Turn
from os1.store.base import Store

log = logging.getLogger(__name__)
T = TypeVar("T")

KINDS = ("heard", "said", "brought")
"""Of events that can be turns."""
TAKEN_AT_ONCE = 32
"""New turns added in one go: long ones take some 6 ms, which a question waits at most."""
AT_ONCE = 1000
"""Turns read from the log in one go at the start: 20 ms of work, then others get a turn."""
PACKED_AFTER = 262_144
"""Turns read from the log after which the index is packed, where all of a long life is read: what is not packed yet
takes six times the memory."""
VECTORS_AT_ONCE = 8192
"""Vectors read at the start in one go: 3 MB, 10 ms of the store's time. With half of it asking shows in the time, with
twice as many 30 MB of memory are never given back."""
EMBEDDED_AT_ONCE = 8
"""Turns embedded in one go: 60 ms on one core, so that a question never waits long behind them."""
LEARNT = "#learnt"
"""Behind the name of a model: the vectors of what was learned, by the numbers of the facts."""
TAIL = 4096
"""Turns behind the kept index from which it is kept anew: about a month. Reading so many at a start takes 0.15 s."""
QUIET = 60.0
"""Seconds without a new turn from which she has time for such things: keeping the index takes a second in a long life."""
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
        self._index = Index(meaning.dimensions) if meaning else Index()
        self._kept_to = 0
        """The newest log number that the kept index has."""
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="memory")
        self._new: list[Turn] = []
        self._bell = asyncio.Event()
        self._awake = asyncio.Event()
        self._unmeant: list[int] = []
        """Log numbers of turns to embed, the next one last: what was just said comes first, then the newest."""
        self._untold: list[Learnt] = []
        """What was learned from turns and leads to them not yet, the next one last."""
        self._replaces = False
        """Whether turns had no vector of this model when she woke: there may be others of another, to be dropped."""
        self._deriving = asyncio.Lock()
        """Held by whoever writes what is derived, so that nothing forgotten is written again."""
        self._foreseen: tuple[str, asyncio.Future[NDArray[np.float32]]] | None = None

    def keep(self, turns: Sequence[Turn]) -> None:
        """These were said and are in the log. They can be recalled from now on."""
        self._new += turns
        self._bell.set()

    def learnt(self, some: Sequence[Learnt]) -> None:
        """What was learned from turns: from now on it leads to them as well as their own words do."""
        self._untold[:0] = some
        self._bell.set()

    async def kept(self) -> None:
        """Returns once all that was kept can be found by its words; its meaning may follow later."""
        await self.awake()
        await self.take_in()

    async def awake(self) -> None:
        """Returns once all that is in the log can be recalled."""
        await self._awake.wait()

    async def run(self) -> None:
        """Wake, then find out the meaning of what has none yet, and keep the index in quiet moments, until cancelled."""
        try:
            await self._wake()
            while True:
                await self.take_in()
                if self._unmeant:
                    await self._embed_next()
                    continue
                if self._untold:
                    await self._lead_next()
                    continue
                with suppress(TimeoutError):
                    async with asyncio.timeout(QUIET if self._due() else None):
                        await self._bell.wait()
                if self._bell.is_set():
                    self._bell.clear()
                else:
                    await self.settle()
        finally:
            self._thread.shutdown(wait=False)

    async def catch_up(self) -> None:
        """All that was said can be found, by its words and by its meaning, when this returns. `run` must be running."""
        await self.awake()
        await self.take_in()
        while self._unmeant:
            await self._embed_next()
        while self._untold:
            await self._lead_next()

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
        await self.take_in()
        if not text.strip() or not len(self._index):
            return ()
        vector = await self._meant(text)
        many, characters = SPOKEN if spoken else QUESTION if is_question(text) else REMARK
        hits = await self._on_thread(recall, self._index, Cue(text, vector, now, before), many)
        return await self._with_words(hits, characters) if hits else ()

    async def search(self, text: str, now: datetime, many: int) -> list[int]:
        """Log numbers of what was said that fits, best first: for a person who looks for something."""
        await self.take_in()
        if not text.strip() or not len(self._index):
            return []
        return await self._on_thread(found, self._index, Cue(text, await self._meant(text), now), many)

    async def having(self, stems: Sequence[str], stretch: Stretch | None, many: int) -> list[Turn]:
        """The newest turns that have all of these words and were said in that stretch, oldest first."""
        await self.take_in()
        seqs = await self._on_thread(having, self._index, stems, stretch, many)
        return [turn for one in await self._store.pick(seqs) if (turn := turn_of(one))]

    async def _with_words(self, hits: list[Hit], characters: int) -> tuple[Remembered, ...]:
        found = await self._store.pick(seq for hit in hits for seq in hit.turns)
        turns = {one.seq: turn for one in found if (turn := turn_of(one))}
        return tuple(remembered(hits, turns, characters))

    async def forget(self, seqs: Collection[int], left: Sequence[Turn] = ()) -> None:
        """These are gone from the log, or shortened to what is `left`: nothing else of them can be recalled from now on,
        nor is in anything that was derived.

        Raises StoreError; then the index is kept no more, and made anew at the next start.
        """
        async with self._deriving:
            await self.take_in()
            await self._on_thread(self._forget, seqs, left)
            shortened = [turn.seq for turn in left] if self._meaning else []
            self._unmeant = [seq for seq in self._unmeant if seq not in seqs] + shortened
            self._kept_to = 0
            await self._store.forget_derived(sorted(seqs))
        self._bell.set()
        if self._due():
            await self.settle()

    def _forget(self, seqs: Collection[int], left: Sequence[Turn]) -> None:
        for seq in seqs:
            self._index.erase(seq)
        for turn in left:
            self._index.put_back(turn.seq, turn.at, turn.speaker, turn.text, brought=turn.brought)

    async def settle(self) -> None:
        """Keep the index as it is now, so that the next start need not read the log; and what it replaces, no more."""
        async with self._deriving:
            try:
                await self._keep_index()
                if self._meaning and not self._unmeant:
                    while await self._store.drop_vectors_but(self._meaning.model_id, VECTORS_AT_ONCE):
                        pass
                    self._replaces = False
            except StoreError as error:
                log.warning("index not kept; the next start takes longer", extra={"code": error.code})

    def _due(self) -> bool:
        """Whether the kept index is so far behind that keeping it anew is worth the time, or vectors are left over."""
        return self._awake.is_set() and (self._replaces or self._index.rows_after(self._kept_to) >= TAIL)

    async def _keep_index(self) -> None:
        last, contents, pieces = await self._on_thread(self._cut)
        there = await self._store.derived_names()
        for name, piece in pieces.items():
            if name not in there:
                await self._store.keep_derived(name, piece)
        await self._store.keep_derived(CONTENTS, contents)
        await self._store.drop_derived_but({CONTENTS, *pieces})
        self._kept_to = last

    def _cut(self) -> tuple[int, bytes, dict[str, memoryview]]:
        return self._index.last, *cut(self._index, self._store.companion)

    # --- waking -----------------------------------------------------------------------------------------------

    async def _wake(self) -> None:
        """All that is in the log into the index: as it was kept, then what was said since; then the vectors."""
        if index := await self._kept_index():
            self._index, self._kept_to = index, index.last
        await self._read_on()
        await self._place_kept()
        self._unmeant = await self._on_thread(self._index.unmeant) if self._meaning else []
        self._replaces = bool(self._unmeant)
        self._awake.set()
        extra = {"turns": len(self._index), "kept": self._kept_to, "to_embed": len(self._unmeant)}
        log.info("memory awake", extra=extra)

    async def _kept_index(self) -> Index | None:
        """What is not whole goes at once: a piece that is not what its name says must not be taken for kept."""
        contents = read(await self._store.derived(CONTENTS), self._store.companion)
        if contents is not None:
            pieces = {name: await self._store.derived(name) or b"" for name in contents.names}
            if index := await self._on_thread(restored, contents, pieces, self._index.vectors.dimensions):
                return index
        if await self._store.derived_names():
            log.warning("the kept index is of no use; the log is read again")
            await self._store.drop_derived_but(())
        return None

    async def _read_on(self) -> None:
        last = self._index.last
        while events := await self._store.read(last, AT_ONCE, KINDS):
            last = events[-1].seq
            await self._on_thread(self._add_all, [turn for one in events if (turn := turn_of(one))])

    def _add_all(self, turns: Sequence[Turn]) -> None:
        for turn in turns:
            if turn.seq > self._index.last:
                self._index.add(
                    turn.seq, turn.at, turn.speaker, turn.text, talk=turn.talk, brought=turn.brought
                )
        if self._index.postings.late >= PACKED_AFTER:
            self._index.postings.pack()

    async def _place_kept(self) -> None:
        """The next are read from the store while the last are laid into the index."""
        if self._meaning is None:
            return
        asked = partial(self._store.vectors_after, self._meaning.model_id, self._index.vectors.dimensions)
        seqs, vectors = await asked(0, VECTORS_AT_ONCE)
        while seqs:
            placing = self._on_thread(self._place, seqs, vectors)
            (seqs, vectors), _ = await asyncio.gather(asked(seqs[-1], VECTORS_AT_ONCE), placing)

    def _place(self, seqs: Sequence[int], vectors: bytes) -> None:
        laid = np.frombuffer(vectors, dtype=np.int8).reshape(len(seqs), -1)
        self._index.place_all(np.array(seqs, dtype=np.int64), laid)

    # --- taking in what is new --------------------------------------------------------------------------------

    async def take_in(self) -> None:
        """What was said lately, into the index, a few at a time. One thread works in the order it is asked, so none comes
        out of turn."""
        while self._new and self._awake.is_set():
            turns, self._new = self._new[:TAKEN_AT_ONCE], self._new[TAKEN_AT_ONCE:]
            self._unmeant += [turn.seq for turn in turns] if self._meaning else []
            # Shielded: who asked may go, but these must not.
            await asyncio.shield(self._on_thread(self._add_all, turns))

    async def _embed_next(self) -> None:
        await self._embed([self._unmeant.pop() for _ in self._unmeant[-EMBEDDED_AT_ONCE:]])

    async def _embed(self, seqs: Sequence[int]) -> None:
        if self._meaning is None:
            return
        try:
            turns = [turn for one in await self._store.pick(seqs) if (turn := turn_of(one))]
            vectors = to_int8(await asyncio.to_thread(self._meaning.embed, [turn.text for turn in turns]))
            async with self._deriving:
                kept = {
                    turn.seq: vector
                    for turn, vector in zip(turns, vectors, strict=True)
                    if turn.seq in self._index
                }
                for seq, vector in kept.items():
                    await self._on_thread(self._index.place, seq, vector)
                whole = {seq: vector.tobytes() for seq, vector in kept.items()}
                await self._store.keep_vectors(self._meaning.model_id, whole)
        except StoreError as error:
            log.warning("vectors not kept; they are made again at the next start", extra={"code": error.code})

    async def _lead_next(self) -> None:
        """A few facts become ways to their turns; their meaning is kept beside that of the turns, under a name of its own."""
        some = [self._untold.pop() for _ in self._untold[-EMBEDDED_AT_ONCE:]]
        vectors: dict[int, bytes] = {}
        if self._meaning is not None:
            model = self._meaning.model_id + LEARNT
            vectors = await self._store.vectors(model, [one.id for one in some])
            fresh = [one for one in some if one.id not in vectors]
            meant = to_int8(await asyncio.to_thread(self._meaning.embed, [one.text for one in fresh]))
            made = {one.id: vector.tobytes() for one, vector in zip(fresh, meant, strict=True)}
            vectors |= made
            with suppress(StoreError):
                await self._store.keep_vectors(model, made)
        for one in some:
            vector = np.frombuffer(vectors[one.id], dtype=np.int8) if one.id in vectors else None
            await self._on_thread(self._index.add_key, one.seq, one.text, vector)

    async def _meant(self, text: str) -> NDArray[np.float32] | None:
        """Shielded: she may be interrupted while she recalls, and the same words may be asked with again."""
        self.foresee(text)
        return None if self._foreseen is None else (await asyncio.shield(self._foreseen[1]))[0]

    def _on_thread(self, work: Callable[..., T], *args: object) -> asyncio.Future[T]:
        return asyncio.get_running_loop().run_in_executor(self._thread, work, *args)


def turn_of(happened: Happened) -> Turn | None:
    """The turn that an event is, if it is one. Words of which nothing was shown or kept are none; where she was cut off, a dash."""
    match happened.event:
        case Heard(text=text) if text.strip():
            return Turn(happened.seq, happened.at, "person", text)
        case Said(text=text, cut_off=cut_off) if text.strip():
            return Turn(happened.seq, happened.at, "companion", f"{text.rstrip()} —" if cut_off else text)
        case Brought(speaker=speaker, text=text, talk=talk, name=name) if text.strip():
            return Turn(happened.seq, happened.at, speaker, text, talk, name, brought=True)
        case _:
            return None
