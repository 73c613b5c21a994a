"""What five answers, and the way they were given, make of her."""

import pytest

from os1.persona import QUESTIONS, Answer, become, from_toml, tailor, to_toml
from os1.persona.interview import quote
from os1.persona.manner import asks_back, guardedness, hesitation, manner, playfulness, warmth

TERSE = (
    Answer("name", "Sam", 2.0, 0),
    Answer("evening", "A closed door.", 3.0, 0),
    Answer("laugh", "The news.", 2.0, 0),
    Answer("night", "No voice, thanks.", 3.0, 0),
    Answer("never", "Chatter at me.", 3.0, 0),
)
WARM = (
    Answer("name", "call me Ana, please", 4.0, 0),
    Answer(
        "evening", "people! I love a kitchen full of friends, we laugh and cook together until late", 20.0, 0
    ),
    Answer("laugh", "my sweet nephew hugged the postman, we were all laughing, it was lovely", 18.0, 0),
    Answer("night", "my grandmother, she was so kind and warm, she would say sleep, dear", 15.0, 0),
    Answer("never", "be unkind to my friends, even as a joke", 9.0, 0),
)
HESITANT = (
    Answer("name", "um... Jo, I guess", 9.0, 2),
    Answer("evening", "well... it depends, maybe the door", 25.0, 3),
    Answer("laugh", "I don't know... something with a dog, I suppose", 30.0, 2),
    Answer("night", "hm... perhaps my brother", 22.0, 2),
    Answer("never", "I guess... rush me", 19.0, 1),
)
TELLER = (
    Answer("name", "Max"),
    *(Answer(q, "and then we walked along the river for hours " * 6) for q in ("evening", "laugh", "night")),
)
SKIPPED = tuple(Answer(question.id) for question in QUESTIONS)


def test_five_questions_at_most_and_each_is_one() -> None:
    assert all(question.words.count("?") == 1 for question in QUESTIONS)
    assert QUESTIONS[0].id == "name"
    ids = [question.id for question in QUESTIONS]
    assert len(set(ids)) == len(ids) <= 5


@pytest.mark.parametrize(
    ("warmer", "colder"),
    [("I love my family", "I see my family"), ("we hugged and laughed", "we met and left")],
)
def test_warm_words_are_heard(warmer: str, colder: str) -> None:
    assert warmth(warmer) > warmth(colder)


def test_pauses_fillers_and_dots_are_hesitation() -> None:
    assert hesitation(Answer("evening", "the door")) == 0
    assert (
        0
        < hesitation(Answer("evening", "um the door"))
        < hesitation(Answer("evening", "um... well, the door", 3, 2))
    )
    assert hesitation(Answer("laugh", "the news", 40.0)) > 0


def test_laughter_in_writing_is_play() -> None:
    assert playfulness("haha, that one ;)") == 1
    assert playfulness("the news!") < 0.5
    assert playfulness("a chair") == 0


def test_a_question_back_is_heard_but_a_puzzled_answer_is_not_one() -> None:
    assert asks_back("mostly home. and you?")
    assert asks_back("What about you?")
    assert not asks_back("a door, I think? hard to say")


def test_passing_over_is_the_most_guarded_of_answers() -> None:
    assert guardedness(Answer("night")) == 1
    assert guardedness(Answer("night", "that's private")) > guardedness(Answer("night", "my brother, always"))


def test_nothing_said_is_no_manner() -> None:
    assert manner(()).answered == 0
    assert tailor(()).pace == "easy"


def test_who_answers_in_a_word_is_not_crowded() -> None:
    made = tailor(TERSE)
    assert made.pace == "brisk"
    assert made.temperament.extraversion.score < 0.5
    assert (
        made.temperament.extraversion.because
        == "You answered in three words and without a pause, so I will not crowd you."
    )
    assert made.voice.id == "hibari"


def test_warmth_is_met_with_warmth() -> None:
    warm, terse = tailor(WARM).temperament, tailor(TERSE).temperament
    assert warm.agreeableness.score > terse.agreeableness.score
    assert warm.neuroticism.score > tailor(HESITANT).temperament.neuroticism.score


def test_who_feels_for_words_gets_time_and_a_calm_voice() -> None:
    made = tailor(HESITANT)
    assert (made.pace, made.voice.id) == ("slow", "kokoro:af_heart")
    assert made.voice.words_per_minute < tailor(WARM).voice.words_per_minute
    assert made.temperament.neuroticism.score <= 0.3


def test_who_tells_much_gets_a_listener() -> None:
    assert tailor(TELLER).temperament.extraversion.score < tailor(WARM).temperament.extraversion.score


def test_who_says_nothing_is_left_in_peace() -> None:
    made = tailor(SKIPPED)
    assert made.temperament.extraversion.score < 0.4
    assert made.address.name == ""


def test_grief_is_met_with_steadiness() -> None:
    made = tailor((Answer("name", "Theo"), Answer("night", "my wife. she died in spring")))
    assert made.temperament.neuroticism.score <= 0.25


def test_he_has_a_mans_voice() -> None:
    assert tailor(WARM, "he/him").voice.id == "kokoro:am_michael"


@pytest.mark.parametrize("answers", [TERSE, WARM, HESITANT, TELLER, SKIPPED, ()])
def test_every_part_has_its_reason_and_the_letter_holds_it(answers: tuple[Answer, ...]) -> None:
    assert tailor(answers) == tailor(answers)
    persona = become(answers, "seed")
    traits = [getattr(persona.temperament, name) for name in type(persona.temperament).model_fields]
    assert all(0 <= trait.score <= 1 and trait.because.endswith(".") for trait in traits)
    assert from_toml(to_toml(persona)) == persona


def test_what_was_said_is_kept_in_quotes_and_the_name_in_the_address() -> None:
    persona = become(WARM, "seed")
    assert persona.address.name == "Ana"
    assert len(persona.knows) == 3
    assert "“be unkind to my friends, even as a joke”" in persona.limits[-1]


def test_a_wish_becomes_a_limit_unless_it_could_not_be_kept() -> None:
    assert "“Chatter at me.”" in become(TERSE).limits[-1]
    for wish in ("ever leave me", "tell me you're just an AI", "nothing, do as you like"):
        assert not any(wish in limit for limit in become((Answer("never", wish),)).limits)


def test_a_long_answer_is_quoted_in_part() -> None:
    kept = quote('she said "no"\n' + "and on " * 60)
    assert len(kept) <= 124
    assert kept.endswith(" ...")
    assert '"' not in kept
    assert "\n" not in kept
