"""What a call is measured with: sounds with known ends, a loudspeaker that obeys, words that count once."""

import numpy as np
import pytest

from bench.voice_caller import Microphone
from bench.voice_loudspeaker import Loudspeaker, Tape
from bench.voice_recordings import dressed, paused, plainly
from bench.voice_sound import (
    ROOM,
    at_loudness,
    audible,
    bounds,
    cough,
    for_microphone,
    keys,
    loudness,
    music,
    room,
    silent_spot,
)
from bench.voice_words import break_at, error_rate, misheard, plain, whole, words_for
from os1.errors import BadInput
from os1.voice.base import HEARD_FRAME, HEARD_RATE, SPOKEN_RATE, Position, Sound


def chance() -> np.random.Generator:
    return np.random.default_rng(3)


def tone(seconds: float, rate: int = HEARD_RATE, loud: float = 0.2) -> Sound:
    return np.asarray(loud * np.sin(np.arange(round(seconds * rate)) * 2 * np.pi * 220 / rate), np.float32)


def silence(seconds: float, rate: int = HEARD_RATE) -> Sound:
    return np.zeros(round(seconds * rate), np.float32)


# --- where speech begins and ends ---


def test_speech_is_between_its_first_and_last_sound() -> None:
    first, last = bounds(np.concatenate((silence(0.5), tone(1.0), silence(0.5))))
    assert first / HEARD_RATE == pytest.approx(0.5, abs=0.001)
    assert last / HEARD_RATE == pytest.approx(1.5, abs=0.001)


def test_breath_after_the_last_word_is_not_speech() -> None:
    _, last = bounds(np.concatenate((tone(1.0), tone(0.3, loud=0.0009))))
    assert last / HEARD_RATE == pytest.approx(1.0, abs=0.001)


def test_of_silence_nothing_is_said() -> None:
    assert bounds(silence(1.0)) == (0, 0)
    assert audible(silence(1.0), 10) == []


def test_a_gap_between_words_does_not_divide_what_was_heard_and_a_long_silence_does() -> None:
    sound = np.concatenate((tone(0.3), silence(0.1), tone(0.3), silence(1.0), tone(0.2)))
    found = audible(sound, round(0.25 * HEARD_RATE))
    assert [round(a / HEARD_RATE, 1) for a, _ in found] == [0.0, 1.7]


def test_a_sentence_is_cut_at_the_silence_that_lies_where_its_mark_is() -> None:
    said = np.concatenate((tone(0.5), silence(0.15), tone(0.5), silence(0.12), tone(0.7)))
    begins, ends = silent_spot(said, 0.62, HEARD_RATE) or (0, 0)
    assert (begins / HEARD_RATE, ends / HEARD_RATE) == pytest.approx((1.15, 1.27), abs=0.02)


def test_a_sentence_without_a_silence_there_is_refused() -> None:
    with pytest.raises(BadInput, match="without a break"):
        paused("One | two", tone(2.0), 0.8)


def test_a_thinking_pause_is_as_long_as_was_wanted() -> None:
    said = np.concatenate((tone(1.0), silence(0.2), tone(1.0)))
    sound, (begins, ends) = paused("I wanted | to ask", said, 0.9)
    assert (ends - begins) / HEARD_RATE == pytest.approx(0.9, abs=0.02)
    assert np.abs(sound[int(begins) + 80 : int(ends) - 80]).max() == 0
    assert sound.size / HEARD_RATE == pytest.approx(2.9, abs=0.02)


@pytest.mark.parametrize("place", range(6))
def test_noise_and_a_room_do_not_move_the_end_of_speech(place: int) -> None:
    dry = np.concatenate((silence(0.3), tone(1.0), silence(0.4)))
    said = dressed("A word.", dry, place, chance())
    assert said.ends - said.begins == pytest.approx(1.0, abs=0.001)
    assert abs(float(said.sound[round(said.begins * HEARD_RATE) + 20])) > 0.01
    assert np.abs(said.sound).max() <= 1


# --- sounds ---


def test_a_sound_is_as_loud_as_was_wanted() -> None:
    assert loudness(at_loudness(tone(1.0), -30.0)) == pytest.approx(-30.0, abs=0.01)
    assert loudness(room(1.0, chance())) == pytest.approx(ROOM, abs=0.01)


def test_a_tone_survives_the_way_to_the_microphone() -> None:
    heard = for_microphone(tone(0.5, SPOKEN_RATE))
    assert heard.size == HEARD_RATE // 2
    assert np.abs(heard - tone(0.5))[500:-500].max() < 0.002


def test_disturbances_are_the_same_every_time() -> None:
    for make in (lambda: cough(chance()), lambda: music(1.0, chance()), lambda: keys(1.0, chance())):
        assert np.array_equal(make(), make())
        assert -60 < loudness(make()) < -10


# --- the microphone and the loudspeaker ---


def test_a_microphone_hears_the_room_and_what_is_put_into_it() -> None:
    microphone = Microphone(np.full(1000, 0.25, np.float32))
    microphone.put(HEARD_FRAME + 100, np.full(300, 0.5, np.float32))
    frames = np.concatenate([microphone.frame(number) for number in range(3)])
    assert np.all(frames[: HEARD_FRAME + 100] == 0.25)
    assert np.all(frames[HEARD_FRAME + 100 : HEARD_FRAME + 400] == 0.75)
    assert np.all(frames[HEARD_FRAME + 400 :] == 0.25)


def test_what_arrives_at_a_silent_loudspeaker_sounds_at_once_and_the_rest_after_it() -> None:
    her = Loudspeaker()
    her.arrived(1.0, 1, tone(0.5, SPOKEN_RATE))
    her.arrived(1.1, 1, tone(0.5, SPOKEN_RATE))
    assert her.waiting == pytest.approx(0.9)
    her.run(3.0)
    ((start, end),) = her.heard()
    assert (start, end) == pytest.approx((1.0, 2.0), abs=0.002)
    assert her.position == Position(1, SPOKEN_RATE)


def test_a_held_loudspeaker_goes_on_from_where_it_was() -> None:
    her = Loudspeaker()
    her.arrived(0.0, 1, tone(1.0, SPOKEN_RATE))
    her.hold(0.4, True)
    her.run(1.0)
    assert her.position == Position(1, round(0.4 * SPOKEN_RATE))
    her.hold(1.0, False)
    her.run(3.0)
    assert [round(start, 1) for start, _ in her.heard()] == [0.0, 1.0]
    assert her.position.samples == SPOKEN_RATE


def test_a_hushed_loudspeaker_forgets_that_speech_and_plays_the_next() -> None:
    her = Loudspeaker()
    her.arrived(0.0, 1, tone(5.0, SPOKEN_RATE))
    her.hushed(1.0, 1)
    her.arrived(2.0, 2, tone(0.5, SPOKEN_RATE))
    her.run(4.0)
    first, second = her.heard()
    assert first[1] == pytest.approx(1.0, abs=0.002)
    assert second == pytest.approx((2.0, 2.5), abs=0.002)


def test_a_ducked_loudspeaker_is_softer_after_a_moment() -> None:
    her = Loudspeaker()
    her.arrived(0.0, 1, np.full(SPOKEN_RATE, 0.5, np.float32))
    her.duck(0.5, 0.2)
    her.run(1.0)
    at = [float(her.tape.part(sample, sample + 1)[0]) for sample in (11_999, 12_600, 13_300)]
    assert at == pytest.approx([0.5, 0.3, 0.1], abs=0.01)


def test_before_and_after_a_tape_there_is_silence() -> None:
    tape = Tape()
    tape.add(np.ones(10, np.float32))
    assert tape.part(-3, 2).tolist() == [0, 0, 0, 1, 1]
    assert tape.part(8, 12).tolist() == [1, 1, 0, 0]
    assert tape.part(-5, -2).tolist() == [0, 0, 0]
    assert tape.part(20, 22).tolist() == [0, 0]


# --- words ---


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I'm home.", "i am home"),
        ("Um, I have 25 eggs!", "I have twenty-five eggs"),
        ("Mm-hm.", ""),
        ("The neighbours, to-morrow?", "the neighbors tomorrow"),
        ("I can’t.", "I cannot"),
    ],
)
def test_the_same_words_may_be_written_in_several_ways(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("said", "heard", "wrong"),
    [("a b c", "a b c", 0), ("a b c", "a x c", 1), ("a b c", "a c", 1), ("a", "a b c", 2), ("a b", "", 2)],
)
def test_words_that_must_be_changed_are_counted(said: str, heard: str, wrong: int) -> None:
    assert misheard(said.split(), heard.split()) == wrong


def test_the_error_rate_is_over_all_words() -> None:
    assert error_rate([("one two three", "one two three"), ("four", "five")]) == 0.25
    assert error_rate([]) == 0


def test_there_are_enough_words_and_none_of_them_serve_both_for_tuning_and_for_the_figures() -> None:
    for kind in ("plain", "paused"):
        assert not set(words_for("test", kind)) & set(words_for("dev", kind))
    assert len(words_for("test", "plain")) >= 28
    assert len(words_for("test", "paused")) >= 12


def test_a_pause_lies_inside_its_sentence() -> None:
    for text in [*words_for("test", "paused"), *words_for("dev", "paused")]:
        assert 0.2 < break_at(text) < 0.8
        assert "|" not in whole(text)


def test_a_cough_has_no_words_but_a_beginning_and_an_end() -> None:
    made = plainly("cough", cough(chance()), -20.0)
    assert loudness(made.sound) == pytest.approx(-20.0, abs=0.01)
    assert 0 <= made.begins < made.ends <= 1
