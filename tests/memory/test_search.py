"""What a person finds who looks for something: by its words, by what it means, by when it was said."""

from datetime import UTC, datetime, timedelta

from os1.memory.finding.index import Index
from os1.memory.finding.recall import Cue
from os1.memory.finding.search import found
from os1.memory.finding.vectors import to_int8
from os1.memory.testing import SharedWords

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
SAID = [
    (NOON - timedelta(days=30), "Grandmother taught me the almond cake."),
    (NOON - timedelta(days=29), "It rained on the boat all day."),
    (NOON - timedelta(days=1), "Vasco bakes an almond cake too."),
    (NOON - timedelta(hours=1), "Nothing much today."),
]


def told() -> Index:
    index = Index()
    vectors = to_int8(SharedWords().embed([text for _, text in SAID]))
    for seq, ((at, text), vector) in enumerate(zip(SAID, vectors, strict=True), start=1):
        index.add(seq, at, "person", text, vector)
    return index


def looked_for(text: str, many: int = 10, *, meant: bool = True) -> list[int]:
    vector = SharedWords().embed([text])[0] if meant else None
    return found(told(), Cue(text, vector, NOON), many)


def test_all_that_has_a_word_of_it_and_nothing_else():
    assert set(looked_for("almond cake")) == {1, 3}
    assert looked_for("boat") == [2]
    assert looked_for("zeppelin") == []
    assert len(looked_for("almond cake", 1)) == 1


def test_also_without_a_model_of_meaning():
    assert set(looked_for("almond", meant=False)) == {1, 3}


def test_what_was_said_on_the_day_it_names():
    assert 3 in looked_for("yesterday", meant=False)
    assert 1 not in looked_for("yesterday", meant=False)


def test_what_was_erased_is_not_found():
    index = told()
    index.erase(3)
    assert found(index, Cue("almond cake", None, NOON), 10) == [1]
