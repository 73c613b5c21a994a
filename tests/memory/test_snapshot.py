"""The index between two starts: kept and taken up again it is the same, damaged it is none, and nothing erased is in it."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from os1.memory.finding import snapshot
from os1.memory.finding.index import Index
from os1.memory.finding.packed import NOTHING, Packed
from os1.memory.finding.snapshot import Contents, cut, read, restored
from os1.memory.records import Turn

BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
WORDS = ("Ana", "boat", "boats", "the", "sea", "Perdita", "été", "日本", "biscuit", "yesterday", "Ana's")

texts = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
steps = st.sampled_from([1, 20, 31, -31, -100_000])
turns = st.lists(
    st.tuples(texts, steps, st.sampled_from(["person", "companion"]), st.sampled_from(["", "a talk"])),
    max_size=25,
)


def log(told: list[tuple[str, int, str, str]]) -> list[Turn]:
    """Every third number is no turn."""
    minutes = np.cumsum([step for _, step, _, _ in told])
    return [
        Turn(3 * place // 2 + 1, BEGAN + timedelta(minutes=int(at)), speaker, text, talk)  # pyright: ignore[reportArgumentType]
        for place, ((text, _, speaker, talk), at) in enumerate(zip(told, minutes, strict=True))
    ]


def taught(index: Index, some: list[Turn]) -> Index:
    for turn in some:
        index.add(turn.seq, turn.at, turn.speaker, turn.text, talk=turn.talk)
    return index


def kept_and_taken_up(index: Index) -> Index:
    body, pieces = cut(index, "her")
    contents = read(body, "her")
    assert contents is not None
    again = restored(contents, {name: bytes(piece) for name, piece in pieces.items()})
    assert again is not None
    return again


def everything_in(index: Index) -> tuple[object, ...]:
    return (
        index.arrays(),
        index.line,
        len(index),
        [index.postings.weight(word) for word in ("boat", "ana", "^ana")],
    )


@settings(deadline=None)
@given(told=turns, at=st.integers(0, 25), gone=st.sets(st.integers(1, 40), max_size=4))
def test_kept_and_then_added_to_it_is_as_if_the_log_had_been_read(
    told: list[tuple[str, int, str, str]], at: int, gone: set[int]
):
    whole = log(told)
    kept = taught(Index(), whole[:at])
    for seq in gone:
        kept.erase(seq)
    again = taught(kept_and_taken_up(kept), whole[at:])
    read_whole = taught(Index(), whole[:at])
    for seq in gone:
        read_whole.erase(seq)
    taught(read_whole, whole[at:])
    assert again.postings.rows("boat").tolist() == read_whole.postings.rows("boat").tolist()
    assert again.postings.scores(["boat", "ana"]).at(np.arange(again.rows)).tolist() == (
        read_whole.postings.scores(["boat", "ana"]).at(np.arange(again.rows)).tolist()
    )
    assert everything_in(again) == everything_in(read_whole)


@settings(deadline=None)
@given(rows=st.lists(st.sets(st.sampled_from("abcdé"), max_size=4), max_size=12), at=st.integers(0, 12))
def test_packed_in_two_goes_is_packed_in_one(rows: list[set[str]], at: int):
    def words(first: int, after: int) -> dict[str, list[int]]:
        some = {word for row in rows[first:after] for word in row}
        return {word: [n for n in range(first, min(after, len(rows))) if word in rows[n]] for word in some}

    once, twice = NOTHING.with_(words(0, len(rows))), NOTHING.with_(words(0, at)).with_(words(at, len(rows)))
    assert once.to_bytes() == twice.to_bytes() == Packed.of_bytes(once.to_bytes()).to_bytes()
    for word in "abcdéz":
        assert once.of(word).tolist() == [n for n, row in enumerate(rows) if word in row]


@settings(deadline=None)
@given(
    rows=st.lists(st.sets(st.sampled_from("abcdé"), max_size=4), min_size=1, max_size=12),
    gone=st.integers(0, 11),
)
def test_a_row_taken_out_leaves_no_word_that_only_it_had(rows: list[set[str]], gone: int):
    def packed(of: list[set[str]]) -> Packed:
        return NOTHING.with_(
            {word: [n for n, row in enumerate(of) if word in row] for word in set[str]().union(*of)}
        )

    emptied = [set[str]() if n == gone else row for n, row in enumerate(rows)]
    assert packed(rows).without(gone).to_bytes() == packed(emptied).to_bytes()


def small() -> Index:
    return taught(Index(), log([("Ana has a boat", 1, "person", ""), ("Perdita", 1, "companion", "")]))


@settings(deadline=None)
@given(place=st.integers(0, 10_000), flip=st.integers(1, 255))
def test_one_wrong_byte_and_it_is_no_index(place: int, flip: int):
    body, pieces = cut(small(), "her")
    whole = {snapshot.CONTENTS: body} | {name: bytes(piece) for name, piece in pieces.items()}
    places = [(name, n) for name, piece in whole.items() for n in range(len(piece))]
    name, n = places[place % len(places)]
    damaged = bytearray(whole[name])
    damaged[n] ^= flip
    whole[name] = bytes(damaged)
    contents = read(whole[snapshot.CONTENTS], "her")
    assert contents is None or restored(contents, whole) is None


def test_without_one_of_its_pieces_it_is_no_index():
    body, pieces = cut(small(), "her")
    contents = read(body, "her")
    assert contents is not None
    for missing in pieces:
        assert (
            restored(contents, {name: bytes(piece) for name, piece in pieces.items() if name != missing})
            is None
        )


def test_another_companions_index_is_not_hers_and_that_of_other_rules_neither(
    monkeypatch: pytest.MonkeyPatch,
):
    body, _ = cut(small(), "her")
    assert read(body, "another") is None
    assert read(None, "her") is None
    monkeypatch.setattr(snapshot, "rules", lambda: "those of next year")
    assert read(body, "her") is None


def test_a_long_array_comes_in_pieces_and_what_did_not_change_keeps_its_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(snapshot, "LONGEST", 64)
    told = [(f"word{n} and the sea", 1, "person", "") for n in range(200)]
    index = taught(Index(), log(told[:150]))
    _, before = cut(index, "her")
    taught(index, log(told)[150:])
    _, after = cut(index, "her")
    assert all(len(piece) <= 64 for piece in after.values())
    assert len(before.keys() & after.keys()) > 20
    assert everything_in(kept_and_taken_up(index)) == everything_in(index)


def test_what_was_erased_is_in_none_of_its_bytes():
    index = taught(
        Index(), log([("Ana has a boat", 1, "person", ""), ("Zanzibar, 1988", 1, "person", "secret talk")])
    )
    index.erase(2)
    body, pieces = cut(index, "her")
    bytes_ = body + b"".join(pieces.values())
    assert b"boat" in bytes_
    for trace in (b"zanzibar", b"1988", b"@when", b"secret"):
        assert trace not in bytes_


def test_arrays_that_do_not_belong_together_are_no_index():
    index = small()
    contents = read(cut(index, "her")[0], "her")
    assert isinstance(contents, Contents)
    for name, body in index.arrays().items():
        with pytest.raises((KeyError, ValueError)):
            Index.of(index.arrays() | {name: body[:-4]}, 2, index.line)


@settings(deadline=None)
@given(told=turns.filter(bool), place=st.integers(0, 24))
def test_erased_and_put_back_it_is_as_it_was(told: list[tuple[str, int, str, str]], place: int):
    whole = log(told)
    turn = whole[place % len(whole)]
    index = taught(Index(), whole)
    index.erase(turn.seq)
    index.put_back(turn.seq, turn.at, turn.speaker, turn.text)
    assert index.arrays() == taught(Index(), whole).arrays()
