"""What was read serves again as far as it can: the common beginning, and what only moved."""

from hypothesis import given
from hypothesis import strategies as st

from os1.brain.cache import LEAST, Move, reuse

TURN = list(range(100, 120))
NEXT = list(range(200, 220))


def test_a_sentence_that_grows_is_read_on_from_where_it_was() -> None:
    assert reuse([1, 2, 3], [1, 2, 3, 4, 5]) == (3, (), 3)


def test_a_word_that_was_misheard_is_read_anew_with_all_that_follows() -> None:
    assert reuse([1, 2, 9, 4], [1, 2, 3, 4]) == (2, (), 2)


def test_when_the_oldest_turn_leaves_the_window_the_others_only_move() -> None:
    known = reuse([1, 2, *TURN, *NEXT], [1, 2, *NEXT, 3])
    assert known == (2, (Move(22, 42, 20),), 22)


def test_a_few_tokens_in_common_are_not_worth_a_move() -> None:
    few = NEXT[: LEAST - 1]
    assert reuse([1, *TURN, *few], [1, *few]) == (1, (), 1)


TEXT = st.lists(st.integers(0, 3), max_size=60)


@given(TEXT, TEXT, TEXT, TEXT)
def test_whatever_was_read_what_stays_is_the_beginning_of_what_is_wanted(
    start: list[int], left: list[int], stays: list[int], new: list[int]
) -> None:
    read, wanted = start + left + stays, start + stays + new
    known = reuse(read, wanted)
    places = read[: known.same]
    for move in known.moves:
        assert move.start - move.back == len(places), "each lands right after the one before"
        places += read[move.start : move.end]
    assert places == wanted[: known.have]
    assert known.same >= len(start)
