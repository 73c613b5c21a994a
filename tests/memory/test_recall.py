"""What comes to mind of a small life, by words alone. `test_meaning` asks more, of the real model of meaning."""

from datetime import UTC, datetime

import pytest

from os1.memory.finding import when, words
from os1.memory.finding.index import Index
from os1.memory.finding.quoting import remembered
from os1.memory.finding.recall import Cue, recall
from os1.memory.finding.vectors import to_int8
from os1.memory.records import Hit, Turn
from os1.memory.testing import SharedWords
from tests.memory.life import NOW, life

LIFE = {turn.seq: turn for turn in life()}


def lived(*more: str) -> Index:
    """The small life, and then these as well."""
    index, meaning = Index(), SharedWords()
    for turn in LIFE.values():
        index.add(turn.seq, turn.at, turn.speaker, turn.text, to_int8(meaning.embed([turn.text]))[0])
    for number, text in enumerate(more, start=len(LIFE) + 1):
        index.add(number, NOW, "person", text, to_int8(meaning.embed([text]))[0])
    return index


def cue(text: str, before: int | None = None, *, with_meaning: bool = True) -> Cue:
    return Cue(text, SharedWords().embed([text])[0] if with_meaning else None, NOW, before)


def thought_of(text: str, before: int | None = None, *, with_meaning: bool = True) -> list[str]:
    return [LIFE[hit.seq].text for hit in recall(lived(), cue(text, before, with_meaning=with_meaning))]


QUESTIONS = [
    ("Where did my sister move?", "moving to Porto"),
    ("What is Biscuit afraid of?", "afraid of umbrellas"),
    ("what is biscuit afraid of", "afraid of umbrellas"),
    ("What did I tell you about my grandfather?", "my grandfather's boat"),
    ("what did you promise me?", "I promise to ask you"),
    ("Who is Theo?", "Theo from work"),
    ("How did the interview go?", "a job interview"),
    ("Do you remember whose ashes we scattered?", "scattered his ashes"),
    ("What happened in April?", "I got the job"),
]


@pytest.mark.parametrize("with_meaning", [True, False], ids=["with meaning", "words alone"])
@pytest.mark.parametrize(("asked", "found"), QUESTIONS)
def test_a_question_finds_its_answer(asked: str, found: str, with_meaning: bool):
    hits = recall(lived(), cue(asked, with_meaning=with_meaning))
    told = " / ".join(LIFE[seq].text for hit in hits for seq in hit.turns)
    assert found in told


def test_a_question_about_a_time_brings_what_was_said_then():
    hits = recall(lived(), cue("What did we talk about in March?"))
    assert {f"{LIFE[seq].at:%B}" for hit in hits for seq in hit.turns} == {"March"}


@pytest.mark.parametrize(
    "asked",
    [
        "What's my favourite colour?",
        "How are you?",
        "what's up?",
        "Can you help me with Python?",
        "Why?",
        "?",
    ],
)
def test_a_question_about_nothing_that_was_said_finds_nothing(asked: str):
    assert thought_of(asked) == []


@pytest.mark.parametrize(
    ("remark", "found"),
    [
        ("Theo came by again", "Theo from work"),
        ("I had a coffee with Theo", "Theo from work"),
        ("I think Ana is angry with me", "My sister Ana"),
        ("all day I thought of Nazaré", "that beach in Nazaré"),
    ],
)
def test_a_remark_brings_back_whom_it_names(remark: str, found: str):
    assert any(found in text for text in thought_of(remark))


@pytest.mark.parametrize(
    "remark",
    [
        "hello",
        "I'm tired",
        "good morning",
        "Good night, sleep well",
        "thanks, that helps a lot",
        "lol ok",
        "I had pasta for lunch",
        "It's raining again",
        "I don't know what to say",
        "The tax office sent me another form",
        "I feel a bit sad today",
        "",
        "…",
    ],
)
def test_small_talk_brings_nothing(remark: str):
    assert thought_of(remark) == []


def test_words_in_common_are_no_reason_for_a_remark():
    assert thought_of("I forgot the dinner in the museum room") == []


def test_what_is_in_mind_anyway_does_not_come_to_mind():
    theo = next(turn.seq for turn in LIFE.values() if "Theo" in turn.text)
    assert recall(lived(), cue("Who is Theo?", before=theo)) == []
    assert all(
        seq < 38 for hit in recall(lived(), cue("Tell me about the boat", before=38)) for seq in hit.turns
    )


def test_a_hit_brings_its_neighbours_but_not_from_another_day():
    (hit,) = recall(lived(), cue("Who is Theo?"))
    assert [LIFE[seq].text[:8] for seq in hit.turns] == ["Theo fro", "The book", "I said y"]
    assert hit.shared == ("theo",)


def test_the_same_thing_said_twice_comes_to_mind_once():
    index = lived(
        "My sister Ana called, she is moving to Porto.",
        "Yes.",
        "No.",
        "My sister Ana called, she is moving to Porto.",
    )
    hits = recall(index, cue("Where is my sister Ana moving?"))
    assert len({41, 44} & {hit.seq for hit in hits}) == 1


def test_whose_words_are_asked_for_matters():
    index = lived("I recommend the lighthouse.")
    again = "I recommend the lighthouse too."
    index.add(42, NOW, "companion", again, to_int8(SharedWords().embed([again]))[0])
    assert recall(index, cue("What did you recommend?"))[0].seq == 42
    assert recall(index, cue("What did I recommend?"))[0].seq == 41


def learnt(index: Index, seq: int, fact: str) -> int | None:
    return index.add_key(seq, fact, to_int8(SharedWords().embed([fact]))[0])


def test_what_was_learnt_from_a_turn_leads_to_its_words():
    index, asked = lived(), cue("Who is a vegetarian?")
    assert recall(index, asked) == []
    learnt(index, 36, "Theo is a vegetarian")
    (hit, *_) = recall(index, asked)
    assert LIFE[hit.seq].text.startswith("I said yes")


@pytest.mark.parametrize("how", ["the fact is withdrawn", "the turn is forgotten"])
def test_what_was_learnt_goes_with_the_turn_or_alone(how: str):
    index = lived()
    key = learnt(index, 36, "Theo is a vegetarian")
    assert key is not None
    if how == "the fact is withdrawn":
        index.keys.erase(key)
        index.keys.erase(key)
    else:
        index.erase(36)
        assert learnt(index, 36, "Theo is a vegetarian") is None
    assert len(index.keys) == 0
    assert recall(index, cue("Who is a vegetarian?")) == []


def test_what_was_learnt_later_than_what_is_in_mind_does_not_come_to_mind():
    index = lived()
    learnt(index, 36, "Theo is a vegetarian")
    assert recall(index, cue("Who is a vegetarian?", before=36)) == []


def test_what_tells_of_a_life_comes_before_what_only_asks():
    index = lived("Have you ever painted lighthouses?", "Ha.", "Yes, we painted lighthouses every summer.")
    assert recall(index, cue("Who painted lighthouses?"))[0].seq == 43


def test_one_more_lunch_is_not_what_a_remark_brings_back():
    lunch = [f"{food} soup for lunch, then back to the desk" for food in ("Pea", "Bean", "Leek") * 30]
    index = lived(*lunch, "He proposed over soup on the pier, desk lamp and all")
    hits = recall(index, cue("Soup for lunch at the desk"))
    assert not [hit for hit in hits if 40 < hit.seq <= 130]


def test_forgotten_is_forgotten():
    index = lived()
    for turn in LIFE.values():
        if "Theo" in turn.text:
            index.erase(turn.seq)
    assert recall(index, cue("Who is Theo?")) == []


def test_nothing_comes_to_mind_of_an_empty_life():
    assert recall(Index(), cue("Who is Theo?")) == []
    assert recall(Index(), cue("Theo came by again")) == []


# --- as many words as there is room for -------------------------------------------------------------------


def hit(seq: int, *turns: int) -> Hit:
    return Hit(seq, turns or (seq,), 1.0, 1.0, ())


def said(*texts: str) -> dict[int, Turn]:
    return {number: Turn(number, NOW, "person", text) for number, text in enumerate(texts, start=1)}


def test_each_memory_comes_before_the_neighbours_of_any():
    found = remembered([hit(2, 1, 2, 3), hit(4, 4)], said("a" * 10, "b" * 10, "c" * 10, "d" * 10), 30)
    assert [memory.hit.turns for memory in found] == [(1, 2), (4,)]


def test_a_long_memory_is_cut_at_a_word():
    (memory,) = remembered([hit(1)], said("once upon a time " * 20), 150)
    assert memory.turns[0].text.endswith("time once upon a…")
    assert len(memory.turns[0].text) <= 150


def test_a_memory_whose_words_are_gone_is_left_out():
    assert remembered([hit(9), hit(1, 1, 9)], said("still here"), 100)[0].hit.turns == (1,)


# --- words and times --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ana’s dogs were running", ("ana", "dog", "run")),
        ("We moved; we're moving. I move!", ("mov", "mov", "mov")),
        ("I bought my mum berries", ("buy", "mother", "berry")),
        ("and/or the O'Neill's class", ("oneill", "class")),
        ("Москва, café 42", ("москва", "café", "42")),
        ("the and of it", ()),
    ],
)
def test_words_are_told_apart_by_what_they_mean(text: str, found: tuple[str, ...]):
    assert words.words(text) == found


@pytest.mark.parametrize(
    ("more", "less"),
    [
        ("I painted the boat with my brother in Porto.", "That looks great!"),
        ("I painted it.", "Painted it?"),
        ("We drove all night and slept at the harbour.", "Drove where, and why?"),
    ],
)
def test_some_turns_tell_more_than_others(more: str, less: str):
    assert words.telling(more, words.read(more)) > words.telling(less, words.read(less)) + 0.05


@pytest.mark.parametrize(
    "text",
    [
        "What books have I read?",
        "how many times did I move",
        "In what ways do I relax?",
        "Where has Ana lived?",
    ],
)
def test_some_questions_ask_for_several_things(text: str):
    assert words.asks_list(text)


@pytest.mark.parametrize(
    "text", ["What is my sister called?", "When was the interview?", "What was his address?", ""]
)
def test_others_ask_for_one(text: str):
    assert not words.asks_list(text)


def test_a_name_is_a_capital_that_no_sentence_begins_with():
    reading = words.read("Yesterday I met Theo. Biscuit barked, I think in May")
    assert reading.names == {"theo"}
    assert reading.initials == {"yesterday", "biscuit"}
    assert reading.says_when


@pytest.mark.parametrize(
    "text", ["where is she", "And what did he say", "you knew, didn't you?", "tell me about Ana"]
)
def test_a_question_needs_no_question_mark(text: str):
    assert words.is_question(text)


@pytest.mark.parametrize("text", ["I know where she is", "Whatever.", "Isabel called", "doing fine"])
def test_a_remark_is_no_question(text: str):
    assert not words.is_question(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("what did I say yesterday?", "06-29", "06-29"),
        ("last week", "06-23", "06-29"),
        ("what happened last month?", "05-01", "05-31"),
        ("in April", "04-01", "04-30"),
        ("in December", "2024-12-01", "2024-12-31"),
        ("in May 2024", "2024-05-01", "2024-05-31"),
        ("two weeks ago", "06-13", "06-19"),
        ("a couple of days ago", "06-28", "06-28"),
        ("on Monday", "06-23", "06-23"),
        ("last Sunday", "06-29", "06-29"),
        ("this year", "01-01", "06-30"),
    ],
)
def test_a_stretch_of_time_is_understood(text: str, first: str, last: str):
    stretch = when.asked(text, NOW)
    assert stretch
    assert f"{stretch[0]:%Y-%m-%d}".endswith(first)
    assert f"{stretch[1] - datetime.resolution:%Y-%m-%d}".endswith(last)


def test_no_time_is_no_stretch():
    assert when.asked("may I ask you something", datetime(2025, 1, 1, tzinfo=UTC)) is None
