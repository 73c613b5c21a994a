"""The model of meaning: refused when it is not one; and, with the real one, what a friend would think of."""

import os
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from os1.brain.catalogue import Catalogue
from os1.errors import ModelMissing, ModelRefused
from os1.memory.finding.index import Index
from os1.memory.finding.recall import Cue, recall
from os1.memory.finding.vectors import to_int8
from os1.memory.meaning import MiniLM, Mpnet
from os1.memory.testing import SharedWords
from tests.memory.life import NOW, life


def test_sentences_that_share_words_are_alike_for_the_stand_in():
    sea, waves, taxes = SharedWords().embed(["the sea at night", "night by the sea", "tax forms"])
    assert sea @ waves > 0.99
    assert abs(sea @ taxes) < 0.2
    assert SharedWords().embed([]).shape == (0, 384)


def test_a_model_that_is_not_there_is_missing(tmp_path: Path):
    with pytest.raises(ModelMissing, match="model of meaning is not at"):
        MiniLM(tmp_path / "nothing.onnx")


@pytest.mark.parametrize("content", [b"", b"a letter to my sister"])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, content: bytes):
    file = tmp_path / "letter.onnx"
    file.write_bytes(content)
    with pytest.raises(ModelRefused, match="is not a model of meaning"):
        MiniLM(file)


class Recorded:
    """A session that answers with what it was given."""

    def __init__(self, *_: object, **__: object) -> None:
        self.given: dict[str, NDArray[np.int64]] = {}

    def run(self, wanted: list[str], given: dict[str, NDArray[np.int64]]) -> list[NDArray[np.float32]]:
        self.given = given
        return [np.ones((1, given["input_ids"].shape[1], 768), dtype=np.float32)]


def test_the_larger_model_reads_the_same_word_pieces_by_its_own_numbers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    file, session = tmp_path / "mpnet-int8.onnx", Recorded()
    file.write_bytes(b"a model")

    def give(*_: object, **__: object) -> Recorded:
        return session

    monkeypatch.setattr("onnxruntime.InferenceSession", give)
    assert Mpnet(file).embed(["the sea"]).shape == (1, 768)
    assert session.given["input_ids"].tolist() == [[0, 2000, 2716, 2]]


# --- with the real model ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> MiniLM:
    """From the cache that `make models` fills."""
    folder = Path(os.environ.get("OS1_MODELS") or Path.home() / ".cache" / "os1" / "models")
    model = folder / Catalogue(home=folder, models=folder).find("minilm-int8").file
    if not model.is_file():
        pytest.skip("the model of meaning is not here: `make models` brings it")
    return MiniLM(model)


@pytest.fixture(scope="module")
def lived(real: MiniLM) -> Index:
    turns, index = life(), Index()
    for turn, vector in zip(turns, to_int8(real.embed([turn.text for turn in turns])), strict=True):
        index.add(turn.seq, turn.at, turn.speaker, turn.text, vector)
    return index


def told(index: Index, real: MiniLM, text: str) -> str:
    texts = {turn.seq: turn.text for turn in life()}
    hits = recall(index, Cue(text, real.embed([text])[0], NOW))
    return " / ".join(texts[seq] for hit in hits for seq in hit.turns)


@pytest.mark.live
def test_a_text_means_the_same_alone_and_in_company(real: MiniLM):
    alone, company = (
        real.embed(["My sister lives in Porto."]),
        real.embed(["Rain.", "My sister lives in Porto.", ""]),
    )
    assert np.array_equal(alone[0], company[1])
    assert np.allclose(np.linalg.norm(company, axis=1), 1, atol=1e-5)
    assert alone[0] @ real.embed(["Where does my sister live?"])[0] > 0.5


@pytest.mark.live
def test_a_very_long_text_is_read_as_far_as_it_goes(real: MiniLM):
    assert real.embed(["the sea " * 20_000]).shape == (1, 384)


@pytest.mark.live
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Where did my sister move?", "Porto"),
        ("what's my dog called", "His name is Biscuit"),
        ("Where are grandpa's ashes?", "that beach in Nazaré"),
        ("How did the interview go?", "Lindqvist museum"),
        ("I miss my grandpa today", "scattered his ashes"),
        ("My puppy chewed through the sofa", "I adopted a dog"),
        ("I'm thinking about my childhood bedroom", "We grew up in the same room"),
        ("theo came by again this morning", "Theo from work asked me to dinner"),
    ],
)
def test_she_thinks_of_what_was_meant(lived: Index, real: MiniLM, text: str, found: str):
    assert found in told(lived, real, text)


@pytest.mark.live
@pytest.mark.parametrize(
    "text",
    [
        "hello",
        "I'm tired",
        "good morning",
        "Good night, sleep well",
        "thanks, that helps a lot",
        "I had pasta for lunch",
        "It's raining again",
        "I don't know what to say",
        "The tax office sent me another form",
        "What's my favourite colour?",
        "Can you help me with Python?",
        "How are you?",
    ],
)
def test_she_is_not_reminded_of_something_all_the_time(lived: Index, real: MiniLM, text: str):
    assert told(lived, real, text) == ""
