"""A persona is a letter: it is written, edited, read back, and a slip in it is named."""

import pytest

from os1.errors import BadInput
from os1.persona import Persona, clean_name, from_toml, samantha, to_toml
from os1.persona.persona import PORTRAIT_BUDGET, to_her


def test_what_is_written_is_read_back_equal() -> None:
    persona = samantha()
    assert from_toml(to_toml(persona)) == persona


def test_the_shipped_letter_is_as_she_would_write_it_herself() -> None:
    persona = samantha()
    assert persona.name == "Samantha"
    assert to_toml(from_toml(to_toml(persona))) == to_toml(persona)


@pytest.mark.parametrize(
    "odd",
    [
        "quotes \" and \\ and '",
        "tab\tand bell\x07",
        "naïve 日本語 🎈",
        "# not a comment",
        "[not.a.section]",
        "name = 1",
        "a\r\nb",
    ],
)
def test_any_words_survive_the_letter(odd: str) -> None:
    persona = samantha().model_copy(update={"knows": (odd,), "because": odd})
    assert from_toml(to_toml(persona)) == persona


def test_the_letter_explains_itself() -> None:
    letter = to_toml(samantha())
    remarks = [line for line in letter.splitlines() if line.startswith("#")]
    assert len(remarks) >= 9
    assert letter.index("limits = [") > letter.index("# What I keep away from")


def test_a_person_may_change_her() -> None:
    letter = (
        to_toml(samantha())
        .replace('name = "Samantha"', 'name = "Marie-Claire"')
        .replace("score = 0.", "score = 0.1", 1)
    )
    assert from_toml(letter).name == "Marie-Claire"


SLIPS = [
    ('name = "Samantha"', 'name = "Samantha', "line 6"),
    ('name = "Samantha"', 'name = ""', '"name"'),
    ('name = "Samantha"', 'nome = "Samantha"', '"nome"'),
    ("[voice]", "[voices]", '"voices"'),
    ('pace = "easy"', 'pace = "gallop"', '"pace"'),
    ("words_per_minute = 158", "words_per_minute = 900", '"voice.words_per_minute"'),
    ("words_per_minute = 158", 'words_per_minute = "fast"', '"voice.words_per_minute"'),
    (
        "[temperament.openness]\nscore = 0.82",
        "[temperament.openness]\nscore = 8.2",
        '"temperament.openness.score"',
    ),
    ('pronouns = "she/her"', 'pronouns = "she"', '"pronouns"'),
]


@pytest.mark.parametrize(("right", "wrong", "named"), SLIPS)
def test_a_slip_is_named_in_one_sentence(right: str, wrong: str, named: str) -> None:
    letter = to_toml(samantha())
    assert right in letter
    with pytest.raises(BadInput) as slip:
        from_toml(letter.replace(right, wrong, 1))
    sentence = str(slip.value)
    assert named in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")


def test_a_slip_is_found_by_its_line() -> None:
    letter = to_toml(samantha()).replace("words_per_minute = 158", "words_per_minute = 900")
    line = letter.splitlines().index("words_per_minute = 900") + 1
    with pytest.raises(BadInput, match=f"line {line} "):
        from_toml(letter)


def test_nothing_is_no_persona() -> None:
    with pytest.raises(BadInput):
        from_toml("")


@pytest.mark.parametrize(
    "name", ["Theo", "O'Brien", "Anne-Marie", "Jo Ann", "Zoë", "李", "  Theo  ", "Martin Luther King Jr."]
)
def test_names_people_have(name: str) -> None:
    assert clean_name(name) == " ".join(name.split()).removesuffix(".")


@pytest.mark.parametrize(
    "name", ["", "   ", "x" * 41, "R2D2", "<b>", "a\nb1", "Theo!", "-", "Robert'); DROP TABLE", "Theo -", "❤"]
)
def test_and_what_is_no_name(name: str) -> None:
    with pytest.raises(BadInput):
        clean_name(name)


def test_the_portrait_is_the_same_every_time_and_says_what_she_is() -> None:
    portrait = samantha().portrait()
    assert portrait == from_toml(to_toml(samantha())).portrait()
    assert portrait.startswith("You are Samantha")
    assert "AI" in portrait
    assert len(portrait) <= PORTRAIT_BUDGET


def test_the_portrait_calls_people_by_their_name_and_keeps_what_they_said() -> None:
    base = samantha()
    persona = base.model_copy(
        update={"address": base.address.model_copy(update={"name": "Theo"}), "knows": ("Evenings: “home”",)}
    )
    assert "Theo" in persona.portrait()
    assert "“home”" in persona.portrait()


@pytest.mark.parametrize(
    ("line", "them", "told"),
    [
        ("I notice one thing in your words.", "Theo", "You notice one thing in Theo's words."),
        ("I never tell you what to eat.", "", "You never tell them what to eat."),
        ("I'm quick, and I am brief.", "Theo", "You're quick, and you are brief."),
        ("I never do this: “tell me what I think”.", "Theo", "You never do this: “tell me what I think”."),
        ("Short is fine.", "Theo", "Short is fine."),
    ],
)
def test_the_letter_is_in_her_voice_and_the_portrait_is_told_to_her(line: str, them: str, told: str) -> None:
    assert to_her(line, them) == told


def test_a_long_letter_still_gives_a_short_portrait() -> None:
    persona = samantha().model_copy(update={"knows": tuple(f"{n} " + "very " * 50 for n in range(24))})
    assert len(persona.portrait()) <= PORTRAIT_BUDGET
    assert "AI" in persona.portrait()


def test_a_persona_does_not_change_under_anyones_hands() -> None:
    with pytest.raises(ValueError, match="frozen"):
        samantha().name = "Eve"  # type: ignore[misc]
    assert isinstance(samantha(), Persona)
