"""What ears do with odd sound, with a draft, and with an endpoint that misbehaves."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import numpy as np
import pytest

from os1.errors import EarsUnavailable, ModelMissing, ModelRefused, SetupError
from os1.voice.base import HEARD_RATE, Marks, Sound, Transcript
from os1.voice.ears import (
    END,
    LONGEST,
    Alphabet,
    Found,
    Heard,
    Moonshine,
    after_all,
    audible,
    best,
    beyond,
    ended,
    loop_at_end,
    most_pieces,
    parts,
    transcript,
)
from os1.voice.pieces import BYTES, SPACE, Pieces
from os1.voice.remote_ears import RemoteEars
from os1.voice.testing import (
    LiteralEars,
    ScriptedActivity,
    ScriptedTurnModel,
    noise,
    silence,
    speech,
    words_in,
)
from tests.voice.recordings import ARE_YOU_THERE, MODELS, MY_SISTER, plain, recording
from tests.voice.transcriber import Transcriber, a_transcriber

FILES = [MODELS / f"moonshine-tiny-en-{part}" for part in ("encoder.ort", "decoder.ort", "tokenizer.bin")]

# --- pieces of words --------------------------------------------------------------------------------------

SINGLE = [bytes([number]) for number in range(256)]
SPELLED = [b"<unk>", b"<s>", b"</s>", *SINGLE, SPACE, SPACE + b"a", SPACE + b"are", b"re", b"<<ST_1>>"]


def packed(pieces: list[bytes]) -> bytes:
    return b"".join(bytes([len(piece)]) + piece for piece in pieces)


@pytest.fixture
def pieces(tmp_path: Path) -> Pieces:
    (tmp_path / "pieces.bin").write_bytes(packed(SPELLED))
    return Pieces.read(tmp_path / "pieces.bin")


@pytest.mark.parametrize("text", ["", "are", "a re", "ça va 日本 👩‍👩‍👧", "<s>"])
def test_text_becomes_pieces_and_text_again(pieces: Pieces, text: str):
    assert pieces.text(pieces.of(text)) == text


def test_the_longest_piece_is_taken_and_no_sign_of_the_model(pieces: Pieces):
    assert pieces.of("are") == [SPELLED.index(SPACE + b"are")]
    assert not set(pieces.of("<s> <<ST_1>>")) & {SPELLED.index(b"<s>"), SPELLED.index(b"<<ST_1>>")}
    assert all(number in BYTES or number > max(BYTES) for number in pieces.of("<unk>"))


def test_signs_are_never_read_aloud(pieces: Pieces):
    assert pieces.text([1, *pieces.of("are"), SPELLED.index(b"<<ST_1>>"), 2]) == "are"


def test_a_long_piece_has_a_length_of_two_bytes(tmp_path: Path):
    long = b"x" * 300
    (tmp_path / "pieces.bin").write_bytes(packed(SPELLED) + bytes([128 + 300 % 128, 300 // 128]) + long)
    known = Pieces.read(tmp_path / "pieces.bin")
    assert known.text([len(SPELLED)]) == long.decode()


@pytest.mark.parametrize("content", [b"", b"\x05ab", b"\x85", packed([b"no", b"bytes"])])
def test_a_file_of_something_else_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "pieces.bin").write_bytes(content)
    with pytest.raises(ModelRefused):
        Pieces.read(tmp_path / "pieces.bin")
    with pytest.raises(ModelMissing):
        Pieces.read(tmp_path / "nothing.bin")


# --- loops, limits, long sound ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "loop"),
    [
        ([], 0),
        ([7], 0),
        ([7] * 4, 0),
        ([7] * 5, 1),
        ([1, 2, 7, 7, 7, 7, 7], 1),
        ([1, 2] * 5, 2),
        ([9] + [1, 2, 3] * 5, 3),
        ([1, 2, 3] * 4 + [1, 2], 0),
        (list(range(40)), 0),
    ],
)
def test_what_nobody_says_so_often_is_a_loop(found: list[int], loop: int):
    assert loop_at_end(found) == loop


def test_nobody_says_more_than_so_much_in_a_second():
    assert most_pieces(HEARD_RATE) == 12
    assert most_pieces(10 * HEARD_RATE) == 71


def test_long_sound_is_cut_where_it_is_quietest():
    long = np.concatenate([noise(8), silence(0.4), noise(14)])
    first, second, third = parts(long)
    assert np.array_equal(np.concatenate([first, second, third]), long)
    assert 8 <= len(first) / HEARD_RATE <= 8.4
    assert all(len(part) <= LONGEST for part in parts(noise(200)))
    assert [len(part) for part in parts(noise(12))] == [LONGEST]
    assert [len(part) for part in parts(silence(0))] == [0]


def test_sound_that_has_grown_is_cut_where_it_was_before():
    long = np.concatenate([noise(8), silence(0.4), noise(9), silence(0.2), noise(8)])
    before: list[int] = []
    for seconds in range(1, 25):
        *whole, _ = [len(part) for part in parts(long[: seconds * HEARD_RATE])]
        assert whole[: len(before)] == before
        before = whole


def test_a_draft_is_about_the_beginning():
    assert beyond([1, 2, 3], [Found(1, 0.0), Found(2, 0.0)]) == [3]
    assert beyond([1, 2, 3], [Found(1, 0.0), Found(9, 0.0)]) == []
    assert beyond([], [Found(1, 0.0)]) == []


@pytest.mark.parametrize(
    ("sound", "heard"),
    [
        (silence(0), False),
        (silence(5), False),
        (noise(0.09), False),
        (noise(0.1), True),
        (noise(1) / 1000, False),
        (np.full(HEARD_RATE, np.nan, dtype=np.float32), False),
    ],
)
def test_what_nobody_could_hear_has_no_words(sound: Sound, heard: bool):
    assert audible(sound) is heard


def test_it_is_as_sure_as_its_pieces_and_less_of_what_it_makes_up():
    assert transcript("Yes.", [np.log(0.8), np.log(0.2)]).sure == pytest.approx(0.4)
    assert transcript("You", [0.0]).sure == 0.5
    assert transcript("Thank you for watching.", [0.0]).sure == 0.5
    assert transcript("You there?", [0.0]).sure == 1
    assert transcript("♪♪♪", [0.0]) == Transcript("", 0.0)
    assert transcript("", []) == Transcript("", 0.0)


# --- marks ------------------------------------------------------------------------------------------------


@pytest.fixture
def alphabet(pieces: Pieces) -> Alphabet:
    return Alphabet.of(pieces)._replace(onward=pieces.that_spell([" are"]))


ARE, DOT = SPELLED.index(SPACE + b"are"), SPELLED.index(b".")


def test_marks_are_weighed_wherever_a_piece_is_chosen(alphabet: Alphabet):
    logits = np.full((2, len(SPELLED)), -np.inf, dtype=np.float32)
    logits[0, [ARE, DOT]] = np.log([0.75, 0.25])
    logits[1, [DOT, SPELLED.index(b"?"), SPELLED.index(b",")]] = np.log([0.5, 0.125, 0.375])
    first, second = best(logits, alphabet)
    assert (first.piece, second.piece) == (ARE, DOT)
    assert np.exp([first.log, second.log]) == pytest.approx([0.75, 0.5])
    assert [*first.marks, *second.marks] == pytest.approx([0.25, 0, 0.75, 0.625, 0.375, 0])


def test_the_mark_that_counts_is_the_one_after_the_last_word(alphabet: Alphabet):
    word, mark, end = (Found(piece, 0.0, Marks(piece, 0, 0)) for piece in (ARE, DOT, END))
    assert ended([word, mark, end], alphabet) == Heard([word, mark], mark.marks)
    assert ended([word, end], alphabet) == Heard([word], end.marks)
    assert ended([word, mark, word, end], alphabet).marks == end.marks
    assert ended([word, word], alphabet) == Heard([word, word], None), "it was cut off before its end"
    assert ended([end], alphabet) == Heard([], None)


def test_of_long_sound_the_last_words_count():
    early, late = (Heard([Found(ARE, 0.0)], Marks(stop, 0, 0)) for stop in (0.1, 0.9))
    assert after_all([early, late, Heard([])]) == Marks(0.9, 0, 0)
    assert after_all([early, Heard([Found(ARE, 0.0)])]) is None
    assert after_all([]) is None


# --- the model itself -------------------------------------------------------------------------------------


@pytest.fixture
async def moonshine() -> AsyncGenerator[Moonshine]:
    ears = Moonshine(*FILES)
    yield ears
    await ears.close()


@pytest.mark.live
async def test_every_beginning_of_a_sentence_may_be_the_draft_of_the_next(moonshine: Moonshine):
    sound = recording(MY_SISTER)
    text = ""
    for end in range(HEARD_RATE // 2, len(sound) + HEARD_RATE // 4, HEARD_RATE // 4):
        text = (await moonshine.transcribe(sound[:end], text)).text
    assert text == (await moonshine.transcribe(sound)).text == MY_SISTER


@pytest.mark.live
async def test_it_tells_how_much_it_sounds_like_a_full_stop_with_a_draft_or_without(moonshine: Moonshine):
    sound = recording(MY_SISTER)
    for draft in ("", MY_SISTER, "My sister is getting."):
        marks = (await moonshine.transcribe(sound, draft)).marks
        assert marks
        # The weights are 8 bit: what is read in one go comes out a little otherwise than piece by piece.
        assert [*marks] == pytest.approx([0.9, 0.01, 0.0], abs=0.05)
    assert (await moonshine.transcribe(silence(1))).marks is None


@pytest.mark.live
async def test_somebody_who_does_not_stop_is_heard_to_the_end(moonshine: Moonshine):
    both = np.concatenate([recording(MY_SISTER), silence(0.3), recording(ARE_YOU_THERE), silence(0.3)])
    text = ""
    for times in (1, 3, 5, 7):
        text = (await moonshine.transcribe(np.tile(both, times), text)).text
    assert plain(text) == (plain(MY_SISTER) + plain(ARE_YOU_THERE)) * 7


@pytest.mark.live
async def test_noise_makes_no_stories(moonshine: Moonshine):
    chance = np.random.default_rng(1)
    for loudness in (0.003, 0.05, 0.3):
        hiss = (loudness * chance.standard_normal(10 * HEARD_RATE)).astype(np.float32)
        heard = await moonshine.transcribe(hiss)
        assert heard.sure < 0.45 or not heard.text
        assert len(plain(heard.text)) < 4


@pytest.mark.live
async def test_sound_that_is_not_even_a_number_is_silence(moonshine: Moonshine):
    broken = np.full(HEARD_RATE, np.nan, dtype=np.float32)
    assert (await moonshine.transcribe(broken)).text == ""
    assert plain((await moonshine.transcribe(recording(ARE_YOU_THERE))).text) == plain(ARE_YOU_THERE)


@pytest.mark.live
async def test_it_is_open_before_the_first_words(moonshine: Moonshine):
    await moonshine.open()
    assert (await moonshine.transcribe(recording(MY_SISTER))).text == MY_SISTER


async def test_ears_without_their_files_say_so(tmp_path: Path):
    (tmp_path / "odd.ort").write_bytes(b"this is no model")
    for file in (tmp_path / "nothing.ort", tmp_path / "odd.ort"):
        ears = Moonshine(file, file, file)
        with pytest.raises(EarsUnavailable):
            await ears.open()
        await ears.close()


# --- behind an endpoint -----------------------------------------------------------------------------------


@pytest.fixture
async def endpoint() -> AsyncGenerator[Transcriber]:
    async with a_transcriber() as endpoint:
        yield endpoint


async def hear(endpoint: Transcriber, text: str = ARE_YOU_THERE, *, patience: float = 10.0, key: str = ""):
    ears = RemoteEars("Ears at home", endpoint.url, "whisper-9", key, patience)
    try:
        return await ears.transcribe(speech(text))
    finally:
        await ears.close()


async def test_it_asks_as_the_api_wants_it(endpoint: Transcriber):
    heard = await hear(endpoint, key=" secret ")
    assert heard.text == ARE_YOU_THERE
    assert heard.sure == pytest.approx(np.exp(-0.1))
    (asked,) = endpoint.asked
    assert asked["model"] == "whisper-9"
    assert asked["language"] == "en"
    assert asked["authorization"] == "Bearer secret"


async def test_an_endpoint_that_knows_only_plain_answers_is_asked_for_those(endpoint: Transcriber):
    endpoint.offers = ["json"]
    ears = RemoteEars("Ears at home", endpoint.url, "whisper-9")
    for _ in range(2):
        assert await ears.transcribe(speech(ARE_YOU_THERE)) == Transcript(ARE_YOU_THERE, 1.0)
    await ears.close()
    assert [asked["response_format"] for asked in endpoint.asked] == ["verbose_json", "json", "json"]


async def test_an_endpoint_that_does_not_say_how_sure_it_is_is_believed(endpoint: Transcriber):
    endpoint.avg_logprob = None
    assert (await hear(endpoint)).sure == 1


async def test_silence_does_not_leave_the_house(endpoint: Transcriber):
    ears = RemoteEars("Ears at home", endpoint.url, "whisper-9")
    assert (await ears.transcribe(silence(3))).text == ""
    await ears.close()
    assert endpoint.asked == []


@pytest.mark.parametrize(
    "answer", ["", "<html>log in</html>", "[]", "7", '{"text": 7}', "[" * 5000, '{"text": ']
)
async def test_an_answer_that_is_none(endpoint: Transcriber, answer: str):
    endpoint.answers = answer
    with pytest.raises(EarsUnavailable, match="no transcript"):
        await hear(endpoint)


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (400, "model's name"),
        (401, "refused the key"),
        (302, "HTTP 302"),
        (404, "not at that address"),
        (429, "too much"),
        (500, "HTTP 500"),
    ],
)
async def test_a_refusal_is_told_without_what_the_endpoint_said(
    endpoint: Transcriber, status: int, sentence: str
):
    endpoint.status = status
    with pytest.raises(EarsUnavailable, match=sentence) as trouble:
        await hear(endpoint)
    assert "secret" not in str(trouble.value)


async def test_an_endpoint_that_hangs_is_given_up(endpoint: Transcriber):
    endpoint.hangs = True
    with pytest.raises(EarsUnavailable):
        await hear(endpoint, patience=0.05)


async def test_an_endpoint_that_is_not_there():
    ears = RemoteEars(
        "Ears at home", "http://127.0.0.1:9/v1", "whisper-9"
    )  # the discard port: nobody listens
    with pytest.raises(EarsUnavailable, match="does not answer"):
        await ears.transcribe(speech(ARE_YOU_THERE))
    await ears.close()


@pytest.mark.parametrize("address", ["", "no address", "ftp://here", "http://"])
def test_an_address_that_is_none(address: str):
    with pytest.raises(SetupError, match="Ears at home"):
        RemoteEars("Ears at home", address, "whisper-9")


# --- the voice for tests ----------------------------------------------------------------------------------


def test_speech_carries_its_words_through_16_bits_and_cuts():
    spoken = np.concatenate([silence(0.5), speech("Ça va? Yes,"), noise(1), speech("well.")])
    on_the_wire = np.rint(spoken * 32767).astype("<i2").astype(np.float32) / np.float32(32768)
    assert words_in(on_the_wire) == ["Ça", "va?", "Yes,", "well."]
    assert words_in(on_the_wire[: int(0.5 * HEARD_RATE) + 4800 * 2 + 4000]) == ["Ça", "va?"]
    assert len(speech("are you there")) == 3 * 4800


async def test_scripted_parts_do_what_they_were_told():
    activity = ScriptedActivity()
    assert activity.probability(speech("hello")[:512]) == 1
    assert activity.probability(silence(0.032)) == 0
    turns = ScriptedTurnModel(0.1, otherwise=0.7)
    assert [await turns.over(silence(1)) for _ in range(3)] == [0.1, 0.7, 0.7]
    ears = LiteralEars()
    ears.takes_noise_for = "You"
    assert await ears.transcribe(noise(1)) == Transcript("You", 0.2)
    ears.pause.clear()
    waiting = asyncio.create_task(ears.transcribe(speech("held back")), name="listen")
    await asyncio.sleep(0)
    assert not waiting.done()
    ears.pause.set()
    assert (await waiting).text == "held back"
