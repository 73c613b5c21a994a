"""The index, by its rules: how it was filled does not matter, and what was erased was never there."""

from datetime import timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from os1.memory.finding.index import Index
from os1.memory.finding.recall import AFTER_NEXT, NEXT, _talks, _with_neighbours  # pyright: ignore[reportPrivateUsage]
from os1.memory.finding.vectors import BLOCK, Vectors, to_int8
from os1.memory.records import Turn
from os1.memory.testing import SharedWords
from tests.memory.life import NOW, life

LIFE = life()
MEANT = dict(
    zip([turn.seq for turn in LIFE], to_int8(SharedWords().embed([turn.text for turn in LIFE])), strict=True)
)
SEQS = st.sampled_from([turn.seq for turn in LIFE])
WORDS = st.lists(st.sampled_from(["boat", "afraid", "biscuit", "sea", "room", "never said"]), max_size=5)


def filled(turns: list[Turn], late: frozenset[int] = frozenset()) -> Index:
    index = Index()
    for turn in turns:
        index.add(turn.seq, turn.at, turn.speaker, turn.text, None if turn.seq in late else MEANT[turn.seq])
    return index


def alive(index: Index) -> NDArray[np.int64]:
    return np.flatnonzero(index.alive(np.arange(index.rows)))


def scores(index: Index, words: list[str]) -> NDArray[np.float32]:
    """Of all rows."""
    return index.postings.scores(words).at(np.arange(index.rows))


@given(late=st.frozensets(SEQS), chance=st.randoms(use_true_random=False))
def test_vectors_may_come_late_and_in_any_order(late: frozenset[int], chance: Random):
    at_once, piecemeal = filled(LIFE), filled(LIFE, late)
    order = sorted(late)
    chance.shuffle(order)
    for seq in order:
        piecemeal.place(seq, MEANT[seq])
    cue = SharedWords().embed(["the sea and the boat"])[0]
    rows = alive(at_once)
    everyone = at_once.rows
    assert np.array_equal(at_once.vectors.likeness(cue, rows), piecemeal.vectors.likeness(cue, rows))
    assert np.array_equal(
        at_once.vectors.nearest(cue, everyone, 5), piecemeal.vectors.nearest(cue, everyone, 5)
    )


@given(gone=st.frozensets(SEQS, max_size=len(LIFE) - 1), words=WORDS)
def test_what_was_erased_was_never_there(gone: frozenset[int], words: list[str]):
    index, without = filled(LIFE), filled([turn for turn in LIFE if turn.seq not in gone])
    for seq in gone:
        index.erase(seq)
    assert len(index) == len(without)
    assert all(seq not in index for seq in gone)
    kept = alive(index)
    assert np.allclose(scores(index, words)[kept], scores(without, words))
    assert [index.postings.weight(word) for word in words] == [
        without.postings.weight(word) for word in words
    ]
    assert not set(index.postings.rows("boat")) - set(kept)


@given(words=WORDS, one_more=st.sampled_from(["boat", "dinner", "museum"]))
def test_another_word_in_common_never_lowers_a_score(words: list[str], one_more: str):
    index = filled(LIFE)
    assert (scores(index, [*words, one_more]) >= scores(index, words)).all()


@given(cut=st.integers(0, len(LIFE)))
def test_only_what_was_said_before_can_come_to_mind(cut: int):
    index = filled(LIFE)
    assert [index.seq(row) for row in range(index.rows_before(cut))] == list(range(1, cut))


def test_an_erased_vector_does_not_come_back_when_it_arrives_late():
    index = filled(LIFE, late=frozenset({3}))
    index.erase(3)
    index.place(3, MEANT[3])
    assert 3 not in index
    assert index.vectors.likeness(SharedWords().embed([LIFE[2].text])[0], np.array([2])) == 0


def test_turns_come_in_the_order_of_the_log():
    index = filled(LIFE)
    with pytest.raises(ValueError, match="turn 40 comes after turn 40"):
        index.add(40, NOW, "person", "again")


def test_half_an_hour_of_silence_begins_a_new_conversation():
    index = Index()
    for seq, minutes in enumerate([0, 20, 50, 81, 90], start=1):
        index.add(seq, NOW + timedelta(minutes=minutes), "person", "I am here")
    assert index.sessions().tolist() == [1, 1, 1, 2, 2]
    assert index.around(2, 1, 2, 5) == [1, 2]
    assert index.around(3, 1, 2, 5) == [3, 4]


def test_a_leap_back_in_time_begins_a_new_conversation_and_so_does_another_talk():
    index = Index()
    minutes = [0, 5, -600_000, -599_999, -599_998, -599_997]
    for seq, (minute, talk) in enumerate(zip(minutes, ["", "", "", "", "a", "b"], strict=True), start=1):
        index.add(seq, NOW + timedelta(minutes=minute), "person", "I am here", talk=talk)
    assert index.sessions().tolist() == [1, 1, 2, 2, 3, 4]


def test_what_was_said_in_a_stretch_of_time_is_found_to_the_minute_wherever_it_is_in_the_log():
    index = Index()
    for seq, minutes in enumerate([0, 90, -1000, 30], start=1):
        index.add(seq, NOW + timedelta(minutes=minutes, seconds=30), "person", "I am here")
    index.erase(1)
    assert index.within(NOW - timedelta(days=1), NOW + timedelta(hours=1)).tolist() == [2, 3]
    assert index.within(NOW + timedelta(minutes=30), NOW + timedelta(minutes=31)).tolist() == [3]


@given(
    told=st.lists(
        st.tuples(st.lists(st.sampled_from(["boat", "sea", "Ana"]), max_size=3), st.booleans()), min_size=1
    ),
    asked=st.lists(st.sampled_from(["boat", "sea", "ana"]), max_size=3),
    gone=st.frozensets(st.integers(0, 8), max_size=3),
    until=st.integers(1, 40),
)
def test_scores_found_where_there_are_any_are_the_scores_of_all(
    told: list[tuple[list[str], bool]], asked: list[str], gone: frozenset[int], until: int
):
    index, at = Index(), NOW
    for seq, (said, pause) in enumerate(told, start=1):
        at += timedelta(minutes=60 if pause else 1)
        index.add(seq, at, "person", " ".join(said))
    for row in gone:
        index.erase(row + 1)
    until = min(until, index.rows)
    dense = _of_all(index, asked, until)
    found = _with_neighbours(index, index.postings.scores(asked, until), until)
    assert np.allclose(found.at(np.arange(until)), dense, atol=1e-5)
    sessions = index.sessions()
    fits = [
        dense[sessions[:until] == one].sum() / np.sqrt((sessions == one).sum()) for one in sessions[:until]
    ]
    expected = np.array(fits) / max(*fits, 1e-9)
    assert np.allclose(_talks(index, found, np.arange(until)), expected, atol=1e-5)


def _of_all(index: Index, asked: list[str], until: int) -> NDArray[np.float32]:
    """The same, row by row."""
    said, sessions, lent = scores(index, asked), index.sessions(), np.zeros(until, dtype=np.float32)
    for row in np.flatnonzero(index.alive(np.arange(until))).tolist():
        for other in range(max(row - 2, 0), min(row + 3, until)):
            share = (1, NEXT, AFTER_NEXT)[abs(other - row)]
            lent[row] += share * said[other] * (sessions[other] == sessions[row])
    return lent


def test_vectors_far_apart_in_the_log_are_found_exactly():
    chance = np.random.default_rng(1)
    given_ones = chance.standard_normal((60, 384)).astype(np.float32)
    vectors, rows = Vectors(384), np.arange(60) * (BLOCK // 20)
    for row, vector in zip(rows.tolist(), to_int8(given_ones), strict=True):
        vectors.put(row, vector)
    exact = given_ones @ given_ones[7] / np.linalg.norm(given_ones, axis=1) / np.linalg.norm(given_ones[7])
    assert np.allclose(vectors.likeness(given_ones[7], rows), exact, atol=0.01)
    assert vectors.nearest(given_ones[7], int(rows[-1]) + 1, 1).tolist() == [rows[7]]


def test_a_vector_not_there_is_like_nothing():
    vectors = Vectors(384)
    vectors.put(2, to_int8(np.ones(384, dtype=np.float32)))
    assert vectors.likeness(np.ones(384, dtype=np.float32), np.array([0, 2, 9_999])).round(3).tolist() == [
        0,
        1,
        0,
    ]
    assert vectors.nearest(np.ones(384, dtype=np.float32), 10_000, 5).tolist() == [2]
