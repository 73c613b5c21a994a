"""Whole calls with a companion who remembers: the first meeting by voice, a talk, an interruption, something typed."""

from collections.abc import Callable
from pathlib import Path

from os1.brain.testing import LOST, ScriptedBrain
from os1.companion.conversation import Conversation
from os1.companion.line import Line
from os1.events import Happened, Said
from os1.frames import Ended, Frame
from os1.voice.base import Act
from os1.voice.call import Call
from os1.voice.scripted import Line as Scripted
from os1.voice.scripted import ScriptedWire
from tests.phones import ScriptedVoice
from tests.scenes import Person, at_a_window, awake, story

SEA = "For me the sea is never twice the same, not in one hour of the day, and I like that very much."


async def call(
    conversation: Conversation, *script: Scripted, wire: ScriptedWire | None = None
) -> ScriptedWire:
    """A call with this script, from hello to goodbye."""
    line, voice, wire = Line(conversation, "a-window", "call-one"), ScriptedVoice(), wire or ScriptedWire()
    wire.script = list(script)
    await line.open()
    await Call(wire, voice.listening(), voice.parts(), line).run()
    await line.close(12.0, "hung_up")
    return wire


def ended(person: Person, times: int) -> Callable[[], bool]:
    """She has come to the end of so many speeches since the window opened, and they are kept."""
    before = count(person.frames)
    return lambda: count(person.frames) >= before + times


def count(frames: list[Frame]) -> int:
    return sum(isinstance(frame, Ended) and frame.chars > 0 for frame in frames)


async def test_the_first_meeting_by_voice_from_start_to_end(tmp_path: Path):
    async with awake(tmp_path / "her.db") as conversation, at_a_window(conversation) as person:
        await person.opens()
        await conversation.companion.began("interview", None)
        waits = [ended(person, times) for times in range(1, 7)]
        answers = [
            "my name is Theo",
            "a quiet evening with my sister",
            "I'd rather not say",
            "by the sea",
            "a bit shy",
        ]
        script: list[Scripted] = [waits[0]]
        for answer, wait in zip(answers, waits[1:], strict=True):
            script += [answer, wait]
        await call(conversation, *script)
        assert conversation.companion.persona
        assert conversation.companion.persona.address.name == "Theo"
        events = await story(conversation.companion.store)
        kinds = [kind for kind, _ in events]
        assert kinds.count("heard") == 4
        assert kinds.count("skipped") == 1, "she was asked aloud to pass on"
        assert kinds[-2:] == ["met", "hung_up"]


async def test_a_call_is_remembered_as_it_was(tmp_path: Path):
    brain = ScriptedBrain(SEA, "Good night.")
    async with awake(tmp_path / "her.db", brain) as conversation, at_a_window(conversation) as person:
        await person.opens()
        await person.begins("shipped")
        hello, answer, goodbye = (ended(person, times) for times in (1, 2, 3))
        wire = ScriptedWire()
        into = wire.plays(1.0)
        script = (hello, "tell me about the sea", into, "hold on a moment", answer, 1.5, goodbye)
        await call(conversation, *script, wire=wire)
        events = (await story(conversation.companion.store))[3:]
        assert [kind for kind, _ in events] == [
            "called",
            "said",
            "heard",
            "cut off",
            "heard",
            "said",
            "hung_up",
        ]
        cut = events[3][1]
        assert SEA.startswith(cut)
        assert 0 < len(cut) < len(SEA)


async def test_she_knows_that_she_was_interrupted(tmp_path: Path):
    brain = ScriptedBrain(SEA, "Yes?")
    async with awake(tmp_path / "her.db", brain) as conversation, at_a_window(conversation) as person:
        await person.opens()
        await person.begins("shipped")
        waits = [ended(person, times) for times in (1, 3)]
        wire = ScriptedWire()
        script = (waits[0], "tell me about the sea", wire.plays(1.0), "hold on a moment", waits[1])
        await call(conversation, *script, wire=wire)
        last = brain.asked[-1]
        assert last[-2].role == "assistant"
        assert last[-2].text.endswith("—")


async def test_something_typed_in_a_call_is_answered_aloud(tmp_path: Path):
    brain = ScriptedBrain("Noted.")
    async with awake(tmp_path / "her.db", brain) as conversation, at_a_window(conversation) as person:
        await person.opens()
        await person.begins("shipped")
        hello, answer = ended(person, 1), ended(person, 2)
        typed = person.saying("the train leaves at 9:14")
        sent: list[bool] = []

        def types() -> bool:
            if not sent:
                sent.append(True)
                person.post(typed)
            return True

        wire = await call(conversation, hello, types, answer)
        events = (await story(conversation.companion.store))[3:]
        assert events[2:4] == [("heard", "the train leaves at 9:14"), ("said", "Noted.")]
        assert len(wire.heard) > 10


async def test_a_thought_lost_in_a_call_is_found_again(tmp_path: Path):
    brain = ScriptedBrain(LOST, "There you are.")
    async with awake(tmp_path / "her.db", brain) as conversation, at_a_window(conversation) as person:
        await person.opens()
        await person.begins("shipped")
        hello, answer = ended(person, 1), ended(person, 2)

        def heals() -> bool:
            if brain.state == "lost":
                brain.turn("ready")
            return answer()

        await call(conversation, hello, "are you there", heals)
        events = (await story(conversation.companion.store))[3:]
        assert events[2:4] == [("heard", "are you there"), ("said", "There you are.")]


async def test_after_the_call_she_writes_again(tmp_path: Path):
    brain = ScriptedBrain("In writing.")
    async with awake(tmp_path / "her.db", brain) as conversation, at_a_window(conversation) as person:
        await person.opens()
        await person.begins("shipped")
        await call(conversation, ended(person, 1), Act("hang_up"))
        assert await person.says("and now?") == "In writing."
        spoken = [
            frame.event.spoken
            for frame in person.frames
            if isinstance(frame, Happened) and isinstance(frame.event, Said)
        ]
        assert spoken == [False, True, False]
