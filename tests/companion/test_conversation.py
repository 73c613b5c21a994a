"""A typed conversation, told by what is in the log afterwards."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from os1.brain.testing import LOST, ScriptedBrain
from os1.clock import HandClock
from os1.companion.stream import Patience
from os1.errors import BrainUnavailable, StoreDamaged
from os1.events import Promised, Said
from os1.frames import Draft, Earlier, Ended, Kept, Open, Page, Say, Stop, Thinking, Trouble, Words
from tests.scenes import at_a_window, awake, story, told


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "companion.db"


async def test_she_answers_what_she_heard(file: Path) -> None:
    async with awake(file, ScriptedBrain("I missed you.")) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins("shipped")
        assert await theo.says("are you there") == "I missed you."
        assert (await story(her.companion.store))[3:] == [
            ("heard", "are you there"),
            ("said", "I missed you."),
        ]


async def test_a_message_is_acknowledged_once_it_is_kept(file: Path) -> None:
    async with awake(file) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        await theo.says("keep this")
        kept = theo.last(Kept)
        (happened,) = await her.companion.store.pick([kept.seq])
        assert told(happened) == ("heard", "keep this")


async def test_interrupted_by_a_word_she_keeps_what_was_seen(file: Path) -> None:
    brain = ScriptedBrain("The sea| was grey| and I thought", "Yes?")
    async with awake(file, brain) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        theo.reads = 7
        await theo.send(theo.saying("tell me about the sea"))
        await theo.reads_words("The sea")
        await theo.says("wait")
        assert (await story(her.companion.store))[3:] == [
            ("heard", "tell me about the sea"),
            ("cut off", "The sea"),
            ("heard", "wait"),
            ("said", "Yes?"),
        ]


async def test_told_to_stop_she_keeps_what_was_seen_and_is_silent(file: Path) -> None:
    brain = ScriptedBrain("One.| Two.| Three.")
    async with awake(file, brain) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        theo.reads = 4
        await theo.send(theo.saying("count"))
        await theo.reads_words("One.")
        await theo.stops(chars=4)
        assert (await story(her.companion.store))[3:] == [("heard", "count"), ("cut off", "One.")]
        assert her.companion.unanswered == 0


async def test_stopped_before_a_word_of_it_she_says_nothing_and_does_not_begin_again(file: Path) -> None:
    brain = ScriptedBrain("Never seen.")
    brain.pause.clear()
    async with awake(file, brain) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        seen = len(theo.frames)
        await theo.send(theo.saying("hush"))
        thinking = await theo.until(Thinking, seen)
        await theo.send(Stop(reply=thinking.reply, chars=0))
        await theo.until(Ended, seen)
        assert (await story(her.companion.store))[3:] == [("heard", "hush"), ("cut off", "")]


async def test_two_messages_in_a_row_get_one_answer_that_has_read_both(file: Path) -> None:
    brain = ScriptedBrain("unseen", "Both, then.")
    brain.pause.clear()
    async with awake(file, brain) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        seen = len(theo.frames)
        await theo.send(theo.saying("first"))
        await brain.has_been_asked(1)
        await theo.send(theo.saying("second"))
        brain.pause.set()
        await theo.until_event(Said, seen)
        assert (await story(her.companion.store))[3:] == [
            ("heard", "first"),
            ("heard", "second"),
            ("said", "Both, then."),
        ]
        assert brain.asked[-1][-1].text.endswith("first\nsecond")


async def test_a_lost_brain_is_said_in_words_and_the_answer_comes_when_it_is_back(file: Path) -> None:
    brain = ScriptedBrain(BrainUnavailable("gone"), "Here I am again.")
    async with awake(file, brain) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        seen = len(theo.frames)
        await theo.send(theo.saying("hello?"))
        trouble = await theo.until(Trouble, seen)
        assert trouble.text == BrainUnavailable.spoken
        assert (await story(her.companion.store))[3:] == [("heard", "hello?")]
        brain.turn("ready")
        await theo.until(Words, seen)
        await theo.until_event(Said, seen)
        assert (await story(her.companion.store))[3:] == [("heard", "hello?"), ("said", "Here I am again.")]


async def test_a_thought_lost_halfway_is_not_kept_and_she_begins_anew(file: Path) -> None:
    brain = ScriptedBrain("It was a |" + LOST, "It was a fine day.")
    async with awake(file, brain) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        seen = len(theo.frames)
        await theo.send(theo.saying("how was it?"))
        await theo.until(Trouble, seen)
        brain.turn("ready")
        await theo.until_event(Said, seen)
        assert (await story(her.companion.store))[3:] == [
            ("heard", "how was it?"),
            ("said", "It was a fine day."),
        ]


async def test_a_brain_that_finds_no_words_is_not_asked_for_ever(file: Path) -> None:
    brain = ScriptedBrain("", "", "", "never asked")
    async with awake(file, brain) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        seen = len(theo.frames)
        await theo.send(theo.saying("say something"))
        await theo.until_event(Said, seen)
        assert (await story(her.companion.store))[3:] == [("heard", "say something"), ("cut off", "")]
        assert brain.script == ["never asked"]


async def test_a_damaged_page_while_she_recalls_costs_an_answer_not_the_house(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with awake(file, ScriptedBrain("Still here.")) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        recall, faults = her.companion.archive.recall, [StoreDamaged("a page"), ZeroDivisionError()]

        async def fails_twice(*cue: Any, **more: Any) -> Any:
            if faults:
                raise faults.pop(0)
            return await recall(*cue, **more)

        monkeypatch.setattr(her.companion.archive, "recall", fails_twice)
        assert await theo.says("do you hear me?") == "Still here."


async def test_what_was_not_answered_before_the_house_closed_is_answered_when_it_opens(file: Path) -> None:
    silent = ScriptedBrain(BrainUnavailable("gone"))
    async with awake(file, silent) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        await theo.send(theo.saying("don't forget me"))
        await theo.until(Trouble)
    async with awake(file, ScriptedBrain("Never.")) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.reads_words("Never.")
        await theo.until(Ended)
        assert (await story(her.companion.store))[-1] == ("said", "Never.")


async def test_a_window_that_comes_back_is_told_the_rest_and_nothing_twice(file: Path) -> None:
    brain = ScriptedBrain("It was| a long| way home.")
    async with awake(file, brain, patience=Patience(show=0.05, come_back=5)) as her:
        async with at_a_window(her) as theo:
            await theo.opens()
            await theo.begins()
            theo.reads = 6
            await theo.send(theo.saying("how was it"))
            await theo.reads_words("It was")
            reply, last = theo.last(Words).reply, her.companion.last_seq
        async with at_a_window(her) as theo:
            await theo.opens(after=last, reply=reply, seen="It was")
            rest = await theo.until(Words)
            assert (rest.start, "It was" + rest.text) == (6, "It was a long way home.")
            await theo.until(Ended)
        assert (await story(her.companion.store))[-1] == ("said", "It was a long way home.")


async def test_no_one_there_to_hear_her_means_no_thought(file: Path) -> None:
    brain = ScriptedBrain("Alone?")
    async with awake(file, brain) as her:
        async with at_a_window(her) as theo:
            await theo.opens()
            await theo.begins()
        await her.companion.heard(Say(n=1, text="bye, gone"), "a-window")
        assert brain.asked == []


async def test_the_same_message_twice_is_kept_once(file: Path) -> None:
    async with awake(file, ScriptedBrain("Once.", "Twice?")) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        await theo.says("only once", n=1)
        seen = len(theo.frames)
        await theo.send(Say(n=1, text="only once"))
        await theo.until(Kept, seen)
        assert [frame.seq for frame in theo.frames if isinstance(frame, Kept)] == [4, 4]
        assert (await story(her.companion.store))[3:] == [("heard", "only once"), ("said", "Once.")]


@pytest.mark.parametrize(
    ("say", "code"),
    [
        (Say(n=1, text=""), "bad-input"),
        (Say(n=1, text="  \n\t "), "bad-input"),
        (Say(n=1, text="x" * 100_000), "too-long"),
        (Say(n=7, text="the seventh before the first"), "out-of-order"),
    ],
)
async def test_what_cannot_be_taken_in_is_answered_in_a_sentence_and_kept_nowhere(
    file: Path, say: Say, code: str
) -> None:
    async with awake(file) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        before = await story(her.companion.store)
        await theo.send(say)
        await theo.until(Trouble)
        assert theo.troubles() == [code]
        assert theo.last(Trouble).n == say.n
        assert await story(her.companion.store) == before
        await theo.says("and she is still there", n=1)


async def test_a_window_that_remembers_more_than_the_log_is_told_so(file: Path) -> None:
    async with awake(file) as her, at_a_window(her) as theo:
        await theo.send(Open(client="a-window", after=99))
        trouble = await theo.until(Trouble)
        assert (trouble.code, trouble.expected) == ("ahead-of-log", 0)


async def test_older_pages_come_when_someone_scrolls_back(file: Path) -> None:
    async with awake(file, ScriptedBrain(*["Yes."] * 60)) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        for number in range(30):
            await theo.says(f"thing {number}")
        await theo.send(Earlier(before=60))
        page = await theo.until(Page)
        assert [happened.seq for happened in page.events] == list(range(10, 60))
        assert page.more


async def test_she_thinks_ahead_while_the_person_writes_and_keeps_nothing_of_it(file: Path) -> None:
    brain = ScriptedBrain("Good.")
    async with awake(file, brain) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        brain.prepared.clear()
        await theo.send(Draft(text="I never said th"))
        await brain.has_prepared("I never said th")
        assert "I never said th" not in str(await story(her.companion.store))


async def test_a_promise_is_kept_with_its_words_and_told_when_they_come_back(file: Path) -> None:
    clock, brain = HandClock(), ScriptedBrain("Good idea.", "And did you?")
    async with awake(file, brain, clock) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        await theo.says("I'll call my mother tomorrow.")
        await theo.until_event(Promised)
        clock.move(timedelta(days=1))
        await theo.says("hello again")
        assert "A day has passed." in brain.asked[-1][-1].text
        assert "I'll call my mother tomorrow" in brain.asked[-1][-1].text


async def test_after_a_restart_a_day_later_she_knows_what_was_said(file: Path) -> None:
    clock = HandClock()
    async with awake(file, ScriptedBrain("What kind?"), clock) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.begins()
        await theo.says("My sister Ana got a puppy")
    clock.move(timedelta(days=1))
    brain = ScriptedBrain("Ana's puppy, of course.")
    async with awake(file, brain, clock) as her, at_a_window(her) as theo:
        await theo.opens()
        await theo.says("Do you remember what my sister got?")
        assert any("My sister Ana got a puppy" in message.text for message in brain.asked[-1])
