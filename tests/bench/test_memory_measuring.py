"""The measuring of memory: the pairs share no word, a conversation is read, and without data nothing is measured."""

import json
from pathlib import Path
from typing import Any

import pytest

from bench import memory_echo, memory_locomo
from os1.memory.finding import words
from os1.memory.meaning import Meaning
from os1.memory.testing import SharedWords

SAID = {
    "speaker_a": "Ada",
    "speaker_b": "Bo",
    "session_1_date_time": "1:56 pm on 8 May, 2023",
    "session_1": [
        {"speaker": "Ada", "dia_id": "D1:1", "text": "I keep bees on the roof."},
        {"speaker": "Bo", "dia_id": "D1:2", "text": "How many?", "blip_caption": "a photo of a hive"},
        {"speaker": "Ada", "dia_id": "D1:3", "text": "Four hives, since April."},
    ],
}
TALK: dict[str, Any] = {
    "conversation": SAID,
    "qa": [
        {"question": "What does Ada keep on the roof?", "evidence": ["D1:1"], "category": 4},
        {"question": "What does Bo keep on the roof?", "evidence": ["D1:1"], "category": 5},
        {"question": "Who knows?", "evidence": [], "category": 3},
    ],
    "observation": {
        "session_1_observation": {"Ada": [["Ada is a beekeeper.", "D1:1"], ["Two turns.", ["D1:1", "D1:3"]]]}
    },
}


def stand_in(model: Path | None) -> Meaning:
    return SharedWords()


def absent(model: Path | None) -> None:
    return None


def test_three_hundred_pairs_share_no_word():
    lives = memory_echo.lives()
    assert [len(life.pairs) for life in lives] == [30] * 10
    for life in lives:
        for remark, numbers in life.pairs:
            told = {word for number in numbers for word in words.words(life.turns[number - 1][1])}
            assert not told & set(words.words(remark)), remark


def test_the_lives_are_always_the_same():
    first = memory_echo.lives()[0].turns
    memory_echo.lives.cache_clear()
    assert memory_echo.lives()[0].turns == first


def test_words_alone_do_not_find_what_shares_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(memory_echo, "embedder", stand_in)
    figures = memory_echo.measure()
    assert figures["echo_hit10"] < 15
    assert figures["echo_right"] == 0


def test_a_conversation_is_read_and_measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    file = tmp_path / "talks.json"
    file.write_text(json.dumps([TALK] * 6))
    talk = memory_locomo.conversations(file)[0]
    assert talk.speakers == ["person", "companion", "person"]
    assert talk.texts[1] == "How many? [a photo of a hive]"
    assert [question.category for question in talk.questions] == [4, 5]
    assert [sorted(fact.evidence) for fact in talk.facts] == [[1], [1, 3]]
    monkeypatch.setattr(memory_locomo, "embedder", stand_in)
    monkeypatch.setattr(memory_locomo, "KINDS", {4: "single"})
    figures = memory_locomo.measure(file)
    assert (figures["locomo_r10"], figures["locomo_mrr"], figures["locomo_facts_r1024"]) == (100, 100, 100)


def test_without_the_data_or_the_model_nothing_is_measured(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(memory_locomo, "embedder", stand_in)
    assert memory_locomo.measure(None) == {}
    monkeypatch.setattr(memory_echo, "embedder", absent)
    assert memory_echo.measure() == {}
