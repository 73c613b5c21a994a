"""She chooses a name of her own: never theirs, always the same for the same meeting, and says why."""

import pytest

from os1.persona import Answer, choose_name, clean_name, samantha, tailor
from os1.persona.names import NAMES

ANSWERS = (
    Answer("name", "Theo"),
    Answer("evening", "home, with the radio on"),
    Answer("night", "my sister Iris"),
)


def test_the_table_is_wide_and_clean() -> None:
    names = [name.name for name in NAMES]
    assert len(names) >= 60
    assert len(set(names)) == len(names)
    assert all(clean_name(name) == name for name in names)
    for kind, least in (("f", 30), ("m", 12), ("n", 12)):
        assert sum(name.kind == kind for name in NAMES) >= least


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.name)
def test_each_fact_names_it_and_is_a_sentence(name: object) -> None:
    row = NAMES[[id(n) for n in NAMES].index(id(name))]
    assert row.fact.endswith(".")
    assert row.sound.endswith(".")
    assert row.name.lower() in row.fact.lower()
    assert len(row.fact) + len(row.sound) < 200  # the reason for it must fit one line of the letter


def test_the_same_meeting_gives_the_same_name() -> None:
    temperament = tailor(ANSWERS).temperament
    assert choose_name(temperament, ANSWERS, "house") == choose_name(temperament, ANSWERS, "house")


def test_two_houses_seldom_choose_alike() -> None:
    temperament = tailor(ANSWERS).temperament
    chosen = {choose_name(temperament, ANSWERS, str(seed)).name for seed in range(60)}
    assert len(chosen) >= 8


def test_never_a_name_they_used() -> None:
    temperament = tailor(ANSWERS).temperament
    for seed in range(200):
        assert choose_name(temperament, ANSWERS, str(seed)).name not in {"Theo", "Thea", "Iris"}


def test_not_even_if_they_use_all_but_one() -> None:
    left = NAMES[0].name
    answers = (Answer("laugh", " ".join(name.name for name in NAMES if name.name != left)),)
    assert choose_name(samantha().temperament, answers).name == left


def test_and_if_they_use_them_all_she_still_has_one() -> None:
    answers = (Answer("laugh", " ".join(name.name for name in NAMES)),)
    assert choose_name(samantha().temperament, answers).name


@pytest.mark.parametrize(("pronouns", "kinds"), [("she/her", "fn"), ("he/him", "mn"), ("they/them", "fmn")])
def test_the_name_goes_with_the_pronouns(pronouns: str, kinds: str) -> None:
    by_name = {name.name: name.kind for name in NAMES}
    for seed in range(60):
        assert by_name[choose_name(samantha().temperament, (), str(seed), pronouns).name] in kinds


def test_she_says_why_and_claims_nothing_that_did_not_happen() -> None:
    for seed in range(100):
        chosen = choose_name(tailor(ANSWERS).temperament, ANSWERS, str(seed))
        assert chosen.name in chosen.speech
        assert len(chosen.because) <= 300
        assert not any(
            claim in chosen.speech.lower()
            for claim in ("i read", "i looked", "thousand", "book", "while you")
        )
