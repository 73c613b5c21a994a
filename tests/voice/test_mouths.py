"""What is particular to each mouth: its voices, its deliveries, its bad days."""

import asyncio
import io
import math
import tarfile
from collections.abc import AsyncGenerator
from pathlib import Path

import numpy as np
import pytest

from os1.errors import BadInput, ModelMissing, ModelRefused, MouthUnavailable, SetupError
from os1.persona.interview import WORDS_PER_MINUTE, tailor
from os1.persona.persona import Voice as Written
from os1.voice.base import SPOKEN_RATE, Delivery, Mouth, Sound
from os1.voice.delivery import measured
from os1.voice.ears import Moonshine
from os1.voice.kokoro import Kokoro, leaning, styles
from os1.voice.mouth import Hibari
from os1.voice.remote_mouth import RemoteMouth, Wanted
from os1.voice.testing import LiteralMouth, said_in, spoken
from os1.voice.voices import FASTEST, MAN, QUICK, SLOWEST, VOICES, Voice, chosen, pace_of, spoken_with
from os1.voice.waves import louder, pause_after, shaped, trimmed
from tests.voice.reciter import Reciter, a_reciter
from tests.voice.recordings import MODELS, plain

SENTENCE = "My sister is getting married in June."
LONG = "I was thinking about you today, and how the rain sounded in the garden."


async def said(mouth: Mouth, phrase: str, delivery: Delivery | None = None) -> Sound:
    pieces = [sound async for sound in mouth.say(phrase, delivery or Delivery())]
    return np.concatenate([np.zeros(0, np.float32), *pieces])


def heard_rate(sound: Sound) -> Sound:
    """From 24 to 16 kHz."""
    low = np.convolve(sound, np.sinc(np.arange(-24, 25) / 1.5) / 1.5 * np.hanning(49), "same")
    return np.interp(np.arange(len(sound) * 2 // 3) * 1.5, np.arange(len(sound)), low).astype(np.float32)


def brightness(sound: Sound) -> float:
    power = np.abs(np.fft.rfft(sound)) ** 2
    return float((power * np.fft.rfftfreq(len(sound), 1 / SPOKEN_RATE)).sum() / power.sum())


def level(sound: Sound) -> float:
    turn = measured(heard_rate(sound), 7)
    assert turn
    return turn.level


# --- voices -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.id)
def test_every_voice_can_be_chosen_and_written_into_a_persona(voice: Voice) -> None:
    assert chosen(voice.id).voice == voice
    assert Written(id=voice.id, sounds=voice.sounds, words_per_minute=158).id == voice.id


def test_a_blend_has_shares_that_make_one() -> None:
    blend = chosen("kokoro:af_heart*7+bf_emma*3")
    assert dict(blend.parts) == pytest.approx({"af_heart": 0.7, "bf_emma": 0.3})
    assert blend.voice.name == "Heart and Emma"
    assert not blend.voice.british
    assert chosen("kokoro:af_heart+bf_emma*3").voice.british
    assert Written(id=blend.voice.id, sounds="A blend.", words_per_minute=158)


def test_the_same_voice_twice_is_one_voice() -> None:
    assert dict(chosen("kokoro:af_heart+af_heart*2+bf_emma").parts) == pytest.approx(
        {"af_heart": 0.75, "bf_emma": 0.25}
    )


@pytest.mark.parametrize(
    ("voice_id", "why"),
    [
        ("", "no voice"),
        ("kokoro", "no voice"),
        ("kokoro:", "no voice"),
        ("siri", "no voice"),
        ("kokoro:af_nobody", "af_heart"),
        ("kokoro:af_heart*", "reads like"),
        ("kokoro:af_heart*-1", "reads like"),
        ("kokoro:af_heart*0", "more than nothing"),
        ("kokoro:af_heart*9999", "reads like"),
        ("kokoro:../../etc", "reads like"),
        ("kokoro:af_heart+af_bella+af_sarah+af_kore+af_nova", "at most 4"),
    ],
)
def test_a_voice_that_is_none_is_refused_with_a_sentence(voice_id: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        chosen(voice_id)
    assert spoken_with(voice_id).voice.id == QUICK


def test_older_personas_that_are_he_find_a_voice() -> None:
    assert chosen("piper:joe").voice.id == MAN
    assert chosen(MAN).voice.pronoun == "he"


@pytest.mark.parametrize("pronouns", ["she/her", "he/him", "they/them"])
def test_the_interview_gives_a_voice_that_is_there(pronouns: str) -> None:
    assert chosen(tailor([], pronouns).voice.id).voice.pronoun == ("he" if pronouns == "he/him" else "she")


def test_a_persona_s_pace_is_a_voice_s_pace_within_reason() -> None:
    brisk, easy, slow = (
        pace_of(VOICES[0], WORDS_PER_MINUTE["brisk"]),
        pace_of(VOICES[0], WORDS_PER_MINUTE["easy"]),
        pace_of(VOICES[0], WORDS_PER_MINUTE["slow"]),
    )
    assert FASTEST > brisk > easy > slow > SLOWEST
    assert pace_of(VOICES[0], VOICES[0].words_per_minute) == 1
    assert all(SLOWEST <= pace_of(voice, wpm) <= FASTEST for voice in VOICES for wpm in (90, 240))


# --- sound ------------------------------------------------------------------------------------------------


def tone(seconds: float, amplitude: float = 0.3) -> Sound:
    time = np.arange(round(seconds * SPOKEN_RATE)) / SPOKEN_RATE
    return (amplitude * np.sin(2 * np.pi * 220 * time)).astype(np.float32)


def test_silence_is_cut_off_and_the_ends_are_soft() -> None:
    sound = trimmed(np.concatenate([np.zeros(7200, np.float32), tone(0.5), np.zeros(9600, np.float32)]))
    assert 0.5 <= len(sound) / SPOKEN_RATE <= 0.57
    assert abs(sound[0]) < 0.01
    assert abs(sound[-1]) < 0.01


@pytest.mark.parametrize("samples", [0, 1, 119, 120, 5000])
def test_of_silence_nothing_is_left(samples: int) -> None:
    assert len(trimmed(np.zeros(samples, np.float32))) == 0


def test_louder_bends_and_never_clips() -> None:
    assert np.abs(louder(tone(0.1, 0.9), 12)).max() < 1
    assert louder(tone(0.1, 0.1), 6) == pytest.approx(tone(0.1, 0.1) * 10 ** (6 / 20), abs=1e-6)


def test_a_pause_belongs_to_its_mark() -> None:
    lengths = [len(pause_after(text, 1.0)) for text in ("and", "and,", "and.", "and.”")]
    assert lengths[0] == 0
    assert 0 < lengths[1] < lengths[2] == lengths[3]
    assert len(pause_after("and.", 0.8)) > lengths[2]


def test_shaping_by_nearly_nothing_changes_nearly_nothing() -> None:
    almost = shaped(tone(0.3), 0, 1e-9, np.random.default_rng(1))
    assert almost == pytest.approx(tone(0.3), abs=0.01)


# --- hibari -----------------------------------------------------------------------------------------------


@pytest.fixture
async def quick() -> AsyncGenerator[Hibari]:
    mouth = Hibari()
    yield mouth
    await mouth.close()


async def test_a_whisper_has_no_voice_and_is_softer(quick: Hibari) -> None:
    voice, whisper = await said(quick, LONG), await said(quick, LONG, Delivery(whisper=1))
    heard = [measured(heard_rate(sound), 13) for sound in (voice, whisper)]
    assert heard[0]
    assert heard[1]
    assert heard[0].whisper == 0
    assert heard[1].whisper > 0.5
    assert -16 < heard[1].level - heard[0].level < -6


async def test_warm_is_darker_than_cool(quick: Hibari) -> None:
    warm, usual, cool = [await said(quick, LONG, Delivery(warmth=warmth)) for warmth in (1, 0, -1)]
    assert brightness(warm) < brightness(usual) < brightness(cool)


async def test_pace_and_loudness_are_heard(quick: Hibari) -> None:
    usual = await said(quick, LONG)
    fast, soft = await said(quick, LONG, Delivery(pace=1.4)), await said(quick, LONG, Delivery(loudness=-12))
    assert len(fast) == pytest.approx(len(usual) / 1.4, rel=0.1)
    assert level(soft) - level(usual) == pytest.approx(-12, abs=1)


async def test_several_sentences_come_one_by_one(quick: Hibari) -> None:
    pieces = [sound async for sound in quick.say("That is good. It really is.", Delivery())]
    assert len(pieces) == 4, "two sentences, and the pause after each"


# --- kokoro -----------------------------------------------------------------------------------------------


def archive(at: Path, **voices: bytes) -> Path:
    with tarfile.open(at, "w:gz") as members:
        for name, content in voices.items():
            member = tarfile.TarInfo(f"package/voices/{name}.bin")
            member.size = len(content)
            members.addfile(member, io.BytesIO(content))
    return at


def test_only_the_wanted_voices_are_read(tmp_path: Path) -> None:
    table = np.ones((3, 256), "<f4")
    voices = archive(tmp_path / "voices.tgz", one=table.tobytes(), two=(2 * table).tobytes())
    assert {name: style.shape for name, style in styles(voices, {"two"}).items()} == {"two": (3, 256)}
    assert styles(voices, {"two"})["two"][0, 0] == 2


def test_voices_that_are_not_there_or_no_voices(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        styles(tmp_path / "nothing.tgz", {"one"})
    (tmp_path / "noise.tgz").write_bytes(b"no archive")
    with pytest.raises(ModelRefused):
        styles(tmp_path / "noise.tgz", {"one"})
    with pytest.raises(ModelRefused, match="two"):
        styles(archive(tmp_path / "one.tgz", one=bytes(1024)), {"one", "two"})
    with pytest.raises(ModelRefused):
        styles(archive(tmp_path / "cut.tgz", one=bytes(1000)), {"one"})


@pytest.mark.parametrize("delivery", [Delivery(), Delivery(whisper=1, warmth=1), Delivery(warmth=-1)])
def test_leaning_towards_others_she_stays_mostly_herself(delivery: Delivery) -> None:
    mix = leaning((("af_heart", 0.7), ("bf_emma", 0.3)), "af_heart", delivery)
    assert sum(share for _, share in mix) == pytest.approx(1)
    assert mix[0][1] + mix[1][1] > 0.4
    assert all(share >= 0 for _, share in mix)


@pytest.mark.live
@pytest.mark.parametrize("voice", ["kokoro:am_michael", "kokoro:af_heart*7+bf_emma*3"])
async def test_the_richer_voices_are_understood_even_in_a_whisper(voice: str) -> None:
    mouth = Kokoro(MODELS / "kokoro-82m-int8.onnx", MODELS / "kokoro-js-1.2.1.tgz", chosen(voice))
    parts = ("encoder.ort", "decoder.ort", "tokenizer.bin")
    ears = Moonshine(*[MODELS / f"moonshine-tiny-en-{part}" for part in parts])
    for delivery in (Delivery(), Delivery(whisper=1)):
        sound = heard_rate(await said(mouth, LONG, delivery))
        assert plain((await ears.transcribe(sound)).text) == plain(LONG)
    await mouth.close()
    await ears.close()


# --- behind an endpoint -----------------------------------------------------------------------------------


@pytest.fixture
async def endpoint() -> AsyncGenerator[Reciter]:
    async with a_reciter() as endpoint:
        yield endpoint


@pytest.fixture
async def remote(endpoint: Reciter) -> AsyncGenerator[RemoteMouth]:
    mouth = RemoteMouth(
        "a mouth elsewhere", endpoint.url, Wanted("a-model", "a-voice"), "a key", patience=0.3
    )
    yield mouth
    await mouth.close()


async def test_it_says_what_it_was_given_every_sample_of_it(endpoint: Reciter, remote: RemoteMouth) -> None:
    assert said_in(await said(remote, SENTENCE)) == SENTENCE.split()
    assert len(await said(remote, SENTENCE)) == len(spoken(SENTENCE))
    assert endpoint.keys[0] == "Bearer a key"


async def test_it_asks_as_it_should(endpoint: Reciter, remote: RemoteMouth) -> None:
    await said(remote, "Hello.", Delivery(pace=0.9, loudness=-6))
    assert endpoint.asked == [
        {"model": "a-model", "voice": "a-voice", "input": "Hello.", "response_format": "pcm", "speed": 0.9}
    ]


@pytest.mark.parametrize("status", [301, 400, 401, 404, 429, 500, 503])
async def test_a_refusal_does_not_quote_her(endpoint: Reciter, remote: RemoteMouth, status: int) -> None:
    endpoint.status = status
    with pytest.raises(MouthUnavailable) as refused:
        await said(remote, "a secret")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("after", [0, 5])
async def test_one_that_hangs_is_not_waited_for(endpoint: Reciter, remote: RemoteMouth, after: int) -> None:
    endpoint.hangs = after
    with pytest.raises(MouthUnavailable):
        await said(remote, SENTENCE)


@pytest.mark.parametrize("body", [b"", b"{}", b"RIFF....WAVE", b"<html>log in</html>", b"ID3....", b"\x01"])
async def test_what_is_no_plain_sound_is_not_played(
    endpoint: Reciter, remote: RemoteMouth, body: bytes
) -> None:
    endpoint.body = body
    with pytest.raises(MouthUnavailable):
        await said(remote, SENTENCE)


async def test_a_kind_answer_that_is_text_is_not_played(endpoint: Reciter, remote: RemoteMouth) -> None:
    endpoint.kind = "text/html"
    with pytest.raises(MouthUnavailable):
        await said(remote, SENTENCE)


async def test_one_that_never_ends_is_stopped(endpoint: Reciter, remote: RemoteMouth) -> None:
    endpoint.body, endpoint.endless = bytes(200_000), True
    with pytest.raises(MouthUnavailable, match="does not stop"):
        await said(remote, SENTENCE)


async def test_one_that_nobody_hears_any_more_is_told_so(endpoint: Reciter, remote: RemoteMouth) -> None:
    endpoint.body, endpoint.endless = bytes(10_000), True
    saying = remote.say(SENTENCE, Delivery())
    await anext(saying)
    await saying.aclose()
    await asyncio.wait_for(endpoint.broken_off.wait(), 10)


@pytest.mark.parametrize(("url", "key"), [("nowhere", ""), ("http://", ""), ("http://x", "a\nkey")])
def test_an_address_that_is_none(url: str, key: str) -> None:
    with pytest.raises(SetupError):
        RemoteMouth("a mouth elsewhere", url, Wanted("a-model", "a-voice"), key)


# --- for tests --------------------------------------------------------------------------------------------


async def test_the_literal_mouth_says_words_that_can_be_read_back() -> None:
    sound = await said(LiteralMouth(), SENTENCE)
    assert said_in(sound) == SENTENCE.split()
    assert len(sound) / SPOKEN_RATE == pytest.approx(0.1 * len(SENTENCE.split()))
    assert math.isclose(float(np.median(sound)), 0.05, rel_tol=0.01)
    sixteen_bit = (sound * 32767).round() / 32767
    assert said_in(sixteen_bit.astype(np.float32)) == SENTENCE.split()
