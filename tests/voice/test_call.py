"""Whole calls: a scripted person at one end, a scripted answerer at the other, and what happened between them."""

import asyncio
from collections.abc import AsyncGenerator

import numpy as np

from os1.errors import BrainUnavailable, StoreFull
from os1.frames import Trouble
from os1.voice.attuning import Attuning
from os1.voice.base import Act, Ears, Mouth, Sound, Transcript
from os1.voice.call import Call, Parts
from os1.voice.listening import Listening
from os1.voice.scripted import Headphones, Line, ScriptedPatience, ScriptedWire
from os1.voice.signals import Trace
from os1.voice.testing import LiteralEars, LiteralMouth, ScriptedActivity, noise, silence, speech

Told = tuple[str, ...]


class Answerer:
    """A Responder that follows a script, and remembers what it was asked."""

    def __init__(self, *answers: str | BrainUnavailable) -> None:
        self.answers = list(answers)
        self.told: list[Told] = []
        self.thoughts: list[str | int] = []
        self.captions: list[str] = []
        self.calls: asyncio.Queue[int] = asyncio.Queue()
        self.full = False
        self.held: list[bool] = []

    async def think(self, heard: str | int) -> AsyncGenerator[str]:
        self.thoughts.append(heard)
        answer = self.answers[0] if self.answers else "I have no more lines."
        if isinstance(answer, BrainUnavailable):
            self.answers.pop(0)
            raise answer
        for number, word in enumerate(answer.split(" ")):
            await asyncio.sleep(0)
            yield word if number == 0 else " " + word

    async def anticipate(self, draft: str) -> None: ...

    async def expect(self, text: str) -> None: ...

    def hold(self, holding: bool) -> None:
        self.held.append(holding)

    def hearing(self, text: str) -> None:
        self.captions.append(text)

    async def heard(self, text: str, *, seconds: float, pauses: int, goes_on: bool) -> int:
        if self.full:
            raise StoreFull("no room")
        self.told.append(("heard", text, "goes on") if goes_on else ("heard", text))
        return len(self.told)

    def speaking(self, reply: int, text: str) -> None:
        self.captions.append(f"her: {text}")

    async def said(self, reply: int, text: str, *, cut_off: bool) -> None:
        if self.answers:
            self.answers.pop(0)
        self.told.append(("cut off", text) if cut_off else ("said", text))

    def lost(self, reply: int) -> None:
        self.told.append(("lost",))

    async def called_upon(self) -> int:
        return await self.calls.get()


async def talk(
    *script: Line,
    her: Answerer,
    judge: ScriptedPatience | None = None,
    ears: Ears | None = None,
    mouth: Mouth | None = None,
    wire: ScriptedWire | None = None,
) -> ScriptedWire:
    """The call as it happens, to its end."""
    wire = wire or ScriptedWire()
    wire.script = list(script)
    parts = Parts(
        ears or LiteralEars(), mouth or LiteralMouth(), judge or ScriptedPatience(), Attuning(lambda: 1.0)
    )
    await Call(wire, Listening(ScriptedActivity(), Headphones()), parts, her).run()
    return wire


def finished(her: Answerer, times: int = 1):
    """She has said so many things to their end."""
    return lambda: sum(told[0] in ("said", "cut off", "lost") for told in her.told) >= times


async def test_she_answers_what_she_heard():
    her = Answerer("I missed that bird.")
    await talk("did you hear the bird", finished(her), her=her)
    assert her.told == [("heard", "did you hear the bird"), ("said", "I missed that bird.")]


async def test_captions_follow_both():
    her = Answerer("Yes, I did.")
    await talk("did you hear the bird", finished(her), her=her)
    theirs = [caption for caption in her.captions if not caption.startswith("her:")]
    assert "did you hear the bird" in theirs
    assert theirs[0] != "did you hear the bird", "they come while the person still speaks"
    assert her.captions[-1] == "her: Yes, I did."


async def test_nothing_is_heard_of_her_before_the_words_are_kept():
    her = Answerer("Hello.")
    wire = await talk("hello there", 0.3, her=her, judge=ScriptedPatience(0.5))
    assert (wire.heard, her.thoughts) == ([], ["hello there"]), "she had thought already"
    assert her.told == [("heard", "hello there")], "kept when the call ended, and not answered"


async def test_a_sentence_that_goes_on_after_a_pause_is_one_turn():
    her = Answerer("Where to?")
    judge = ScriptedPatience(0.4, {"I was thinking": 1.5})
    await talk("I was thinking", 1.0, "of moving", finished(her), her=her, judge=judge)
    assert her.told == [("heard", "I was thinking of moving"), ("said", "Where to?")]
    assert her.thoughts[-1] == "I was thinking of moving"


async def test_who_goes_on_after_she_came_in_too_early_is_heard_out():
    her = Answerer("Oh, who to? Tell me everything.", "In June, how lovely.")
    judge = ScriptedPatience(0.3)
    await talk("my sister is getting married", 0.6, "in June", finished(her, 2), her=her, judge=judge)
    assert her.told[0] == ("heard", "my sister is getting married")
    assert ("heard", "in June", "goes on") in her.told
    assert her.told[-1][0] == "said"


async def test_interrupted_she_keeps_only_what_was_heard():
    her = Answerer("I think the sea is never twice the same, not for one hour of the day.", "Yes?")
    await talk("tell me about the sea", 0.4, 1.5, "wait a moment", finished(her, 2), her=her)
    kinds = [told[0] for told in her.told]
    assert kinds == ["heard", "cut off", "heard", "said"]
    heard_of_it = her.told[1][1]
    assert heard_of_it
    assert "I think the sea is never twice the same, not for one hour of the day.".startswith(heard_of_it)
    assert not heard_of_it.endswith("day.")


async def test_a_cough_softens_her_and_she_goes_on():
    her = Answerer("I think the sea is never twice the same.")
    wire = await talk("tell me about the sea", 0.4, 0.8, noise(0.4), finished(her), her=her)
    assert her.told == [
        ("heard", "tell me about the sea"),
        ("said", "I think the sea is never twice the same."),
    ]
    assert (wire.gain, wire.holding) == (1.0, False)


async def test_a_nod_does_not_stop_her():
    her = Answerer("I think the sea is never twice the same.")
    await talk("tell me about the sea", 0.4, 0.8, "yeah", finished(her), her=her)
    assert her.told[-1] == ("said", "I think the sea is never twice the same.")


async def test_her_own_words_from_the_loudspeaker_do_not_stop_her():
    her = Answerer("I think the sea is never twice the same.")
    await talk("tell me about the sea", 0.4, 0.8, "I think the sea", finished(her), her=her)
    assert her.told[-1] == ("said", "I think the sea is never twice the same.")


async def test_noise_alone_begins_no_turn():
    her = Answerer()
    await talk(1.0, noise(3.0), 1.0, noise(0.5), 2.0, her=her)
    assert (her.told, her.thoughts) == ([], [])


async def test_stop_is_silence_and_an_answer_that_was_cut():
    her = Answerer("I think the sea is never twice the same.")
    wire = await talk("tell me about the sea", 1.2, Act("hush"), 1.0, her=her)
    assert her.told[-1][0] == "cut off"
    assert wire.quiet


async def test_a_lost_brain_is_said_aloud_and_not_kept():
    her = Answerer(BrainUnavailable("gone"))
    wire = await talk("are you there", finished(her), her=her)
    assert her.told == [("heard", "are you there"), ("lost",)]
    assert len(wire.heard) > 0
    assert [signal.code for signal in wire.signals if isinstance(signal, Trouble)] == ["brain-unavailable"]


async def test_ears_that_fail_are_told_of_and_asked_again():
    her, ears = Answerer("Hello."), LiteralEars()
    ears.lost = True
    heal = lambda: (setattr(ears, "lost", False), True)[1]  # noqa: E731
    wire = await talk("can you", 1.0, heal, "can you hear me", finished(her), her=her, ears=ears)
    assert her.told[-1] == ("said", "Hello.")
    assert "ears-unavailable" in {signal.code for signal in wire.signals if isinstance(signal, Trouble)}


async def test_words_that_cannot_be_kept_are_not_answered():
    her = Answerer("Hello.")
    her.full = True
    wire = await talk("are you there", 2.0, her=her)
    assert (her.told, wire.heard) == ([], [])
    assert next(signal.code for signal in wire.signals if isinstance(signal, Trouble)) == "store-full"


async def test_called_upon_she_speaks_first():
    her = Answerer("Good morning.")
    her.calls.put_nowait(1)
    await talk(finished(her), her=her)
    assert her.told == [("said", "Good morning.")]


async def test_something_typed_takes_the_floor():
    her = Answerer("I think the sea is never twice the same, not for one hour.", "Noted.")
    typed = lambda: (her.calls.put_nowait(7), True)[1]  # noqa: E731
    await talk("tell me about the sea", 1.2, typed, finished(her, 2), her=her)
    assert [told[0] for told in her.told] == ["heard", "cut off", "said"]


async def test_hanging_up_in_the_middle_of_a_sentence_keeps_it():
    her = Answerer()
    await talk("I wanted to tell you", 0.1, Act("hang_up"), her=her)
    assert her.told == [("heard", "I wanted to tell you")]


async def test_half_an_hour_without_a_stop_is_kept_on_the_way():
    her = Answerer("That was a lot.")
    long = " ".join(f"word{number}" for number in range(1500))
    breath = silence(0.02)  # between two words: too short to be a pause
    sound = [part for word in long.split() for part in (speech(word), breath)]
    await talk(np.concatenate(sound), finished(her), her=her)
    heard = [told[1] for told in her.told if told[0] == "heard"]
    assert len(heard) > 2
    assert " ".join(heard).split() == long.split()
    assert [told[2:] for told in her.told if told[0] == "heard"][1] == ("goes on",)


async def test_each_turn_tells_where_its_time_went():
    her = Answerer("Hello.")
    wire = await talk("are you there", finished(her), her=her)
    (trace,) = [signal for signal in wire.signals if isinstance(signal, Trace)]
    assert {"noticed", "words", "first word", "voice", "kept"} <= {stage.name for stage in trace.stages}


async def test_clipped_and_silent_sound_do_no_harm():
    her = Answerer()
    full = np.ones(16_000, np.float32)
    await talk(full, -full, 0.5, np.full(16_000, np.nan, np.float32), 0.5, her=her)
    assert her.told == []


class Lingering(LiteralEars):
    """Ears that never come to an end with the first thing they are given."""

    async def transcribe(self, sound: Sound, earlier: str = "") -> Transcript:
        if not self.asked:
            self.asked.append((sound, earlier))
            await asyncio.Event().wait()
        return await super().transcribe(sound, earlier)


async def test_what_is_half_understood_does_not_keep_the_last_word_waiting():
    her, ears = Answerer("I missed that bird."), Lingering()
    await talk("did you hear the bird", finished(her), her=her, ears=ears)
    assert her.told == [("heard", "did you hear the bird"), ("said", "I missed that bird.")]


async def test_a_voice_on_this_machine_has_it_to_itself_until_she_is_heard():
    her, mouth = Answerer("Hello. I was thinking of the sea."), LiteralMouth()
    await talk("are you there", finished(her), her=her, mouth=mouth)
    assert her.held == []
    mouth.here = True
    await talk("and now", finished(her, 2), her=her, mouth=mouth)
    assert her.held == [True, False]
