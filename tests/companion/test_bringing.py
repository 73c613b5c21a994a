"""A life brought along: shown first, kept once, however often it is brought and wherever it is broken off."""

import asyncio
import threading
from collections.abc import Generator, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from os1.companion.bringing import Pace, bring, keep_card, look
from os1.errors import StoreFull
from os1.events import Brought, Carded, Erased, Event, Happened
from os1.memory.passages.base import Character, Comes, Item, Left, Passage
from os1.store.base import Store
from os1.store.sqlite import SQLiteStore
from tests.scenes import at_a_window, awake, story

AT = datetime(2023, 11, 14, 22, 13, tzinfo=UTC)


def passage(text: str, key: str = "", speaker: str = "person", talk: str = "Cake") -> Passage:
    name = "ChatGPT" if speaker == "companion" else ""
    event = {
        "key": key or f"chatgpt:{text}",
        "speaker": speaker,
        "name": name,
        "text": text,
        "source": "chatgpt",
    }
    return Passage(AT, Brought.model_validate(event | {"talk": talk}))


def life(many: int) -> list[Item]:
    return [passage(f"Message {number}") for number in range(many)]


async def brought(store: Store, items: Sequence[Item]) -> None:
    await bring(items, store, store.append)


async def test_a_dry_run_keeps_nothing_and_says_what_is_known_already(tmp_path: Path) -> None:
    store = await SQLiteStore.open(tmp_path / "c.db")
    await brought(store, life(2))
    tally = await look(
        [*life(5), Left("tool", many=2), Left("broken", "One talk is broken."), passage("Message 1")], store
    )
    finding = tally.finding()
    assert (finding.messages, finding.known, finding.fresh, finding.talks) == (5, 2, 3, 1)
    assert finding.first == finding.last == AT
    assert finding.by == {"": 5}
    assert finding.left == {
        "messages to or from tools, or thoughts": 2,
        "thing that is broken": 1,
        "message that is in it twice": 1,
    }
    assert finding.told == ("One talk is broken.",)
    assert finding.samples[0].text == "Message 0"
    assert await store.last() == 2
    await store.close()


async def test_brought_twice_is_kept_once_and_what_was_forgotten_does_not_come_back(tmp_path: Path) -> None:
    store = await SQLiteStore.open(tmp_path / "c.db")
    await brought(store, life(3))
    log = await store.read()
    assert [one.at for one in log] == [AT] * 3
    await store.rewrite({2: Erased(was="brought")}, [], AT)
    await brought(store, life(4))
    assert [kind for kind, _ in await story(store)] == ["brought", "erased", "brought", "brought"]
    await store.close()


class Broken(Exception):
    """The plug is pulled."""


@given(many=st.integers(0, 40), stop=st.integers(0, 45), size=st.integers(1, 9))
@settings(max_examples=40, deadline=None)
def test_broken_off_anywhere_and_begun_anew_it_is_as_if_nothing_had_happened(
    many: int, stop: int, size: int
) -> None:
    async def tale() -> tuple[list[Happened], list[Happened]]:
        with TemporaryDirectory() as folder:
            whole, cut = [await SQLiteStore.open(Path(folder, name)) for name in ("a.db", "b.db")]
            await brought(whole, life(many))

            async def keep(events: Sequence[Event], times: Sequence[datetime]) -> list[Happened]:
                if await cut.last() + len(events) > stop:
                    raise Broken
                return await cut.append(events, times)

            try:
                await bring(life(many), cut, keep, pace=Pace(size, 0))
            except Broken:
                await brought(cut, life(many))
            logs = await whole.read(), await cut.read()
            await whole.close()
            await cut.close()
            return logs

    whole, cut = asyncio.run(tale())
    assert whole == cut
    assert len(whole) == many


async def test_a_full_disk_ends_it_and_what_was_kept_stays(tmp_path: Path) -> None:
    store = await SQLiteStore.open(tmp_path / "c.db")

    async def full(events: Sequence[Event], times: Sequence[datetime]) -> list[Happened]:
        raise StoreFull("The disk is full.")

    with pytest.raises(StoreFull):
        await bring(life(2), store, full)
    await store.close()


async def test_a_card_is_kept_once_and_once_more_when_it_is_put_on(tmp_path: Path) -> None:
    store = await SQLiteStore.open(tmp_path / "c.db")
    cards = [
        Comes(AT, Character(name, ()), Carded(key=name, name=name, card="{}")) for name in ("Ana", "Sera")
    ]
    for worn in (False, False, True, True):
        tally = await bring(cards, store, store.append)
        await keep_card(tally.last, store, store.append, worn=worn)
    kept = [(one.event.name, one.event.worn) for one in await store.read() if isinstance(one.event, Carded)]
    assert kept == [("Ana", False), ("Sera", False), ("Sera", True)]
    assert tally.finding().characters == ("Ana", "Sera")
    await store.close()


# --- with her awake ---


async def test_what_is_brought_comes_to_mind_and_is_no_part_of_the_talk(tmp_path: Path) -> None:
    async with awake(tmp_path / "companion.db") as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        companion = her.companion
        items = [
            passage("My grandmother Odile baked a plum cake every September."),
            passage("Odile's plum cake needs cardamom and forty minutes.", speaker="companion"),
        ]
        await bring(items, companion.store, companion.bring)
        await companion.archive.kept()
        now = companion._clock.now()  # pyright: ignore[reportPrivateUsage]
        (memory,) = await companion.archive.recall("What did Odile bake in September?", now)
        quotes = {turn.name: turn.text for turn in memory.turns}
        assert "Odile" in quotes[""]
        assert "cardamom" in quotes["ChatGPT"]
        prompts: list[str] = []
        think = companion.brain.think
        companion.brain.think = lambda messages, most: (prompts.extend(one.text for one in messages), think(messages, most))[1]  # type: ignore[method-assign]  # fmt: skip
        await theo.says("What did Odile bake in September?")
        asked = prompts[-1]
        assert "14 November 2023, they said: “My grandmother Odile" in asked
        assert "14 November 2023, ChatGPT said: “Odile's plum cake" in asked
        assert companion.last_seq == await companion.store.last()
        assert not theo.troubles()


async def test_a_talk_goes_on_where_it_was_when_a_life_came_in_between(tmp_path: Path) -> None:
    async with awake(tmp_path / "companion.db") as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        await theo.says("My heron is called Ludwig.")
        await bring(life(500), her.companion.store, her.companion.bring)
        await theo.says("What do you make of him?")
        shown = [turn.text for turn in her.companion._recent.shown()]  # pyright: ignore[reportPrivateUsage]
        assert "My heron is called Ludwig." in shown
        assert not any(text.startswith("Message") for text in shown)


async def test_it_is_all_there_again_after_a_night(tmp_path: Path) -> None:
    async with awake(tmp_path / "companion.db") as her:
        await bring(life(30), her.companion.store, her.companion.bring)
    async with awake(tmp_path / "companion.db") as her, at_a_window(her) as theo:
        await her.companion.archive.awake()
        assert her.companion.meeting.stage == "unmet"
        await theo.opens()
        await theo.begins()
        assert her.companion.meeting.stage == "living"


async def test_a_first_meeting_goes_on_after_a_life_longer_than_a_page_was_brought(tmp_path: Path) -> None:
    async with awake(tmp_path / "companion.db") as her, at_a_window(her) as theo:
        await bring(life(1200), her.companion.store, her.companion.bring)
        await theo.opens()
        await theo.begins(how="interview")
    async with awake(tmp_path / "companion.db") as her:
        assert her.companion.meeting.stage == "meeting"


async def test_words_brought_while_they_talk_and_words_said_are_all_kept_in_one_order(tmp_path: Path) -> None:
    async with awake(tmp_path / "companion.db") as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        bringing_ = asyncio.create_task(bring(life(2000), her.companion.store, her.companion.bring))
        for number in range(5):
            assert await theo.says(f"Remark number {number} about the harbour")
        await bringing_
        log = await her.companion.store.read(limit=5000)
        assert [one.seq for one in log] == list(range(1, len(log) + 1))
        assert her.companion.last_seq == log[-1].seq
        assert sum(one.event.kind == "brought" for one in log) == 2000
        assert sum(one.event.kind == "heard" for one in log) == 5
        assert not theo.troubles()


async def test_given_up_in_the_middle_the_file_is_closed(tmp_path: Path) -> None:
    closed = threading.Event()

    def endless() -> Generator[Item]:
        try:
            for number in count():
                yield passage(f"Message {number}")
        finally:
            closed.set()

    store = await SQLiteStore.open(tmp_path / "c.db")
    begun = asyncio.Event()
    work = asyncio.create_task(bring(endless(), store, store.append, lambda tally: begun.set()))
    await begun.wait()
    work.cancel()
    await asyncio.wait([work])
    assert closed.is_set()
    assert (last := await store.last()) > 0
    assert [one.seq for one in await store.read(limit=last + 1)] == list(range(1, last + 1))
    await store.close()
