"""What every store promises, whatever engine lies under it. Another engine is one more line in STORES."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from os1.errors import StoreError
from os1.events import Brought, Carded, Erased, Event, Forgot, Happened, Heard, Skipped
from os1.store.base import Store
from os1.store.sqlite import SQLiteStore
from tests.logs import KINDS, MOMENT, heard, logs, moments, said_in

Opener = Callable[[Path], Awaitable[Store]]


async def sqlite(home: Path) -> Store:
    return await SQLiteStore.open(home / "companion.db")


STORES: list[Opener] = [sqlite]


@pytest.fixture(params=STORES, ids=lambda opener: opener.__name__)
def opens(request: pytest.FixtureRequest) -> Opener:
    return request.param


@pytest.fixture
async def store(opens: Opener, tmp_path: Path) -> AsyncIterator[Store]:
    store = await opens(tmp_path)
    yield store
    await store.close()


async def kept_and_read_again(opens: Opener, log: list[tuple[list[Event], datetime]]) -> list[list[Happened]]:
    """What append said, what a reading says, and what a reading says after closing and opening."""
    with TemporaryDirectory() as home:
        store = await opens(Path(home))
        told = [one for some, at in log for one in await store.append(some, at)]
        read = await store.read()
        await store.close()
        again = await opens(Path(home))
        read_again = await again.read()
        await again.close()
    return [told, read, read_again]


@pytest.mark.parametrize("opens_", STORES)
@given(log=st.lists(st.tuples(logs, moments), max_size=3))
@settings(max_examples=25, deadline=None)
def test_whatever_happens_is_read_back_as_it_happened(
    opens_: Opener, log: list[tuple[list[Event], datetime]]
) -> None:
    told, read, read_again = asyncio.run(kept_and_read_again(opens_, log))
    assert [one.event for one in told] == [event for some, _ in log for event in some]
    assert [one.at for one in told] == [at for some, at in log for _ in some]
    assert [one.seq for one in told] == list(range(1, len(told) + 1))
    assert told == read == read_again


async def test_a_new_log_is_empty(store: Store) -> None:
    assert await store.read() == []
    assert await store.before() == []
    assert (await store.last(), await store.last_n("a-window")) == (0, 0)


async def test_she_keeps_the_id_she_was_born_with(opens: Opener, tmp_path: Path) -> None:
    store = await opens(tmp_path)
    born = store.companion
    await store.close()
    store = await opens(tmp_path)
    assert store.companion == born
    await store.close()


async def test_two_are_never_the_same(opens: Opener, tmp_path: Path) -> None:
    her, another = await opens(tmp_path / "one"), await opens(tmp_path / "two")
    assert her.companion != another.companion
    await her.append([heard("between us")], MOMENT)
    assert await another.read() == []
    await her.close()
    await another.close()


# --- all or nothing ---


async def test_several_events_are_kept_together_or_not_at_all(store: Store) -> None:
    await store.append([heard("before")], MOMENT)
    broken = Heard.model_construct(kind="heard", text="half a character \ud83d", client="", n=0)
    with pytest.raises(StoreError):
        await store.append([heard("this one is fine"), broken], MOMENT)
    assert said_in(await store.read()) == ["before"]
    (after,) = await store.append([heard("after")], MOMENT)
    assert after.seq == 2


async def test_nothing_appended_is_nothing_kept(store: Store) -> None:
    assert await store.append([], MOMENT) == []
    assert await store.last() == 0


async def test_many_at_once_are_numbered_without_gaps_and_none_is_lost(store: Store) -> None:
    async with asyncio.TaskGroup() as crowd:
        for number in range(40):
            crowd.create_task(store.append([heard(f"{number}a"), heard(f"{number}b")], MOMENT), name="append")
    log = await store.read()
    assert [one.seq for one in log] == list(range(1, 81))
    pairs = said_in(log)
    assert all(pairs[i][:-1] == pairs[i + 1][:-1] for i in range(0, 80, 2)), (
        "two kept together stand together"
    )


async def test_whoever_gives_up_waiting_leaves_a_whole_log(store: Store) -> None:
    for number in range(20):
        waiting = asyncio.create_task(store.append([heard(f"{number}")], MOMENT), name="append")
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])
    log = await store.read()
    assert [one.seq for one in log] == list(range(1, len(log) + 1))
    assert set(said_in(log)) <= {str(number) for number in range(20)}


# --- once ---


async def test_what_was_brought_is_known_by_its_key_whatever_became_of_it(store: Store) -> None:
    some = [Brought(key=key, speaker="person", text=key, source="diary") for key in ("a", "b")]
    await store.append([*some, Carded(key="c", name="", card="{}"), heard("d", 1, "d")], MOMENT)
    await store.rewrite({1: Erased(was="brought")}, [], MOMENT)
    assert await store.known(["a", "b", "c", "d", "e"]) == {"a", "b", "c"}
    assert await store.known([]) == set()
    assert await store.known([str(number) for number in range(2000)]) == set()


async def test_the_same_message_twice_is_kept_once_and_the_first_is_returned(store: Store) -> None:
    (first,) = await store.append([heard("hello", 1, "a-window")], MOMENT)
    (again,) = await store.append([heard("hello", 1, "a-window")], MOMENT + timedelta(hours=1))
    (other,) = await store.append([heard("HELLO?", 1, "a-window")], MOMENT + timedelta(hours=2))
    assert first == again == other
    assert await store.read() == [first]


async def test_a_repeat_beside_something_new_keeps_only_what_is_new(store: Store) -> None:
    (first,) = await store.append([heard("one", 1, "a-window")], MOMENT)
    kept = await store.append([heard("one", 1, "a-window"), heard("two", 2, "a-window")], MOMENT)
    assert [one.seq for one in kept] == [1, 2]
    assert kept[0] == first


async def test_windows_count_for_themselves(store: Store) -> None:
    for client, n in [("a-window", 1), ("a-window", 2), ("b-window", 1)]:
        await store.append([heard(f"{client} {n}", n, client)], MOMENT)
    assert await store.last() == 3
    assert [await store.last_n(client) for client in ("a-window", "b-window", "c-window")] == [2, 1, 0]


async def test_words_without_a_window_are_never_taken_for_a_repeat(store: Store) -> None:
    await store.append([heard("again"), heard("again")], MOMENT)
    assert said_in(await store.read()) == ["again", "again"]


@pytest.mark.parametrize("client", ["a\x00window", "fenêtre-日本", "'; drop table events; --", "x" * 64])
async def test_a_window_may_call_itself_what_it_likes(store: Store, client: str) -> None:
    await store.append([heard("one", 1, client)], MOMENT)
    await store.append([heard("one", 1, client)], MOMENT)
    assert (await store.last(), await store.last_n(client)) == (1, 1)


# --- pages ---


@pytest.fixture
async def long(store: Store) -> Store:
    """Thirty events: every third a question passed over."""
    thirty = [heard(str(n)) if n % 3 else Skipped(question=str(n)) for n in range(1, 31)]
    await store.append(thirty, MOMENT)
    return store


def numbers(happened: list[Happened]) -> list[int]:
    return [one.seq for one in happened]


async def test_a_page_is_read_forwards_from_anywhere(long: Store) -> None:
    assert numbers(await long.read()) == list(range(1, 31))
    assert numbers(await long.read(10, limit=5)) == [11, 12, 13, 14, 15]
    assert numbers(await long.read(30)) == []
    assert numbers(await long.read(0, kinds=("skipped",), limit=3)) == [3, 6, 9]


async def test_a_page_is_read_backwards_and_told_oldest_first(long: Store) -> None:
    assert numbers(await long.before(limit=3)) == [28, 29, 30]
    assert numbers(await long.before(10, limit=3)) == [7, 8, 9]
    assert numbers(await long.before(1)) == []
    assert numbers(await long.before(10, kinds=("skipped",))) == [3, 6, 9]
    assert numbers(await long.before(limit=2, kinds=("skipped", "heard"))) == [29, 30]


async def test_some_are_picked_oldest_first_and_unknown_numbers_are_left_out(long: Store) -> None:
    assert numbers(await long.pick([9, 2, 2, 99, 30])) == [2, 9, 30]
    assert numbers(await long.pick([])) == []
    assert numbers(await long.pick(range(-5, 2000))) == list(range(1, 31))


@pytest.mark.parametrize("absurd", [2**31, 2**63 - 1, 2**63, 2**100])
async def test_a_number_no_log_will_reach_is_only_a_number(long: Store, absurd: int) -> None:
    assert numbers(await long.before(absurd, limit=1)) == [30]
    assert await long.read(absurd) == []
    assert await long.pick([absurd, 4]) == await long.pick([4])


# --- what is derived ---


async def test_vectors_are_kept_by_number_and_model(long: Store) -> None:
    await long.keep_vectors("small", {1: b"\x00one", 2: b"two", 700: b"of no one"})
    await long.keep_vectors("large", {1: b"another"})
    assert await long.vectors("small", list(range(1, 1200))) == {1: b"\x00one", 2: b"two", 700: b"of no one"}
    assert await long.vectors("large", [1, 2]) == {1: b"another"}
    await long.keep_vectors("small", {1: b"anew"})
    assert await long.vectors("small", [1]) == {1: b"anew"}
    assert await long.last() == 30, "they are no part of the log"


async def test_vectors_are_read_in_order_and_those_of_another_length_are_passed_over(long: Store) -> None:
    await long.keep_vectors(
        "small", {7: b"seven", 2: b"twos!", 3: b"short", 5: b"much too long", 30: b"last!"}
    )
    await long.keep_vectors("large", {4: b"other"})
    assert await long.vectors_after("small", 5, 0, 9) == ([2, 3, 7, 30], b"twos!shortsevenlast!")
    assert await long.vectors_after("small", 5, 2, limit=2) == ([3, 7], b"shortseven")
    assert (
        await long.vectors_after("small", 5, 30, 9) == await long.vectors_after("none", 5, 0, 9) == ([], b"")
    )


async def test_the_vectors_of_other_models_go_little_by_little(long: Store) -> None:
    for model in ("a", "m", "z"):
        await long.keep_vectors(model, dict.fromkeys(range(1, 6), model.encode()))
    rounds = 0
    while await long.drop_vectors_but("m", limit=2):
        rounds += 1
    assert rounds == 6
    assert [len(await long.vectors(model, range(9))) for model in ("a", "m", "z")] == [0, 5, 0]


async def test_what_is_derived_from_all_is_kept_by_name_until_it_is_dropped(long: Store) -> None:
    for name, body in [("one", b"1"), ("two", b"\x00" * 9000), ("two", b"anew"), ("three", memoryview(b"3"))]:
        await long.keep_derived(name, body)
    assert (await long.derived("two"), await long.derived("none")) == (b"anew", None)
    await long.drop_derived_but(["two", "four"])
    assert await long.derived_names() == {"two"}
    await long.keep_vectors("a-model", {1: b"v"})
    await long.drop_derived_but([])
    assert await long.derived_names() == set()
    assert await long.vectors("a-model", [1]) == {1: b"v"}


async def test_what_is_forgotten_goes_from_all_that_was_derived(long: Store) -> None:
    await long.keep_derived("index", b"a word that only event 3 had: ultramarine")
    for model in ("small", "large"):
        await long.keep_vectors(model, {3: b"the meaning of ultramarine", 4: b"of four"})
    await long.forget_derived([3])
    assert await long.derived_names() == set()
    assert [await long.vectors(model, [3, 4]) for model in ("small", "large")] == [{4: b"of four"}] * 2
    assert await long.residue(["ultramarine"]) == 0


async def test_what_is_rewritten_takes_with_it_all_that_was_derived(long: Store) -> None:
    await long.keep_derived("index", b"ultramarine")
    await long.keep_vectors("small", {1: b"ultramarine", 2: b"of two"})
    await long.rewrite({1: heard("gone")}, [], MOMENT)
    assert await long.derived_names() == set()
    assert await long.vectors("small", [1, 2]) == {2: b"of two"}
    assert await long.residue(["ultramarine"]) == 0


# --- the end ---


async def test_a_closed_store_says_so_and_may_be_closed_again(opens: Opener, tmp_path: Path) -> None:
    store = await opens(tmp_path)
    await store.close()
    await store.close()
    with pytest.raises(StoreError):
        await store.append([heard("too late")], MOMENT)
    with pytest.raises(StoreError):
        await store.read()


def test_every_kind_of_event_is_among_those_that_happen_here() -> None:
    assert set(KINDS) == set(get_args(get_args(Event)[0]))


# --- what was kept is taken away again --------------------------------------------------------------------


async def test_what_is_rewritten_is_gone_from_every_byte_of_its_files(store: Store, tmp_path: Path) -> None:
    secret = "My canary is called Pfefferminze-7781."
    (one,) = await store.append([Heard(text=secret, client="window-1", n=1)], MOMENT)
    await store.append([Heard(text="Good night.", client="window-1", n=2)], MOMENT)
    await store.keep_vectors("m", {one.seq: b"Pfefferminze-7781"})
    assert await store.residue([secret]) > 0
    receipt = Forgot(scope="sentence", seqs=(one.seq,))
    (kept,) = await store.rewrite({one.seq: Erased(was="heard")}, [receipt], MOMENT)
    assert kept == Happened(seq=3, at=MOMENT, event=receipt)
    assert [happened.event for happened in await store.read(limit=1)] == [Erased(was="heard")]
    assert await store.vectors("m", [one.seq]) == {}
    assert await store.residue([secret, "Pfefferminze-7781"]) == 0
    assert not any(b"Pfefferminze" in file.read_bytes() for file in tmp_path.iterdir())


async def test_a_message_that_was_forgotten_is_not_taken_in_again_when_it_is_sent_again(store: Store) -> None:
    message = Heard(text="Forget this.", client="window-1", n=1)
    (one,) = await store.append([message], MOMENT)
    await store.rewrite({one.seq: Erased(was="heard")}, [], MOMENT)
    (again,) = await store.append([message], MOMENT)
    assert again.event == Erased(was="heard")
    assert await store.last_n("window-1") == 1


async def test_a_life_brought_along_keeps_its_own_days_and_is_brought_once(store: Store) -> None:
    then = MOMENT - timedelta(days=900)
    old = [Brought(key=f"diary:{n}", speaker="person", text=f"Day {n}", source="diary") for n in range(3)]
    brought = await store.append(old, [then + timedelta(days=n) for n in range(3)])
    assert [one.at for one in brought] == [then, then + timedelta(days=1), then + timedelta(days=2)]
    assert await store.append(old, MOMENT) == brought
    assert await store.last() == 3
