"""Forgetting and keeping nothing, by word of mouth and in writing: what she asks first, what goes, and that it is gone."""

import asyncio
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from pathlib import Path

from os1.brain.testing import ScriptedBrain
from os1.companion.conversation import Conversation
from os1.companion.quiet import Quiet
from os1.events import Forgot, Met
from os1.frames import Begin, Say
from os1.memory.testing import SharedWords
from os1.server.house import forget_what_was_read
from os1.server.prepare import ENGINE_KEEPS
from os1.voice.scripted import ScriptedWire
from tests.houses import at_a_page, open_door
from tests.journeys.lives import A_DAY, life, never_told
from tests.journeys.test_calls import call, ended
from tests.scenes import at_a_window, awake, story

SECRET = "My brother Tom lives in Leeds and gambles."
ASK = "forget what I said about my brother"
SHOWN = "I’d forget one sentence of yours and two things I learned. It can’t be undone. Shall I?"
GONE = "All right. I’m letting it go."


def found(home: Path, *words: str) -> list[str]:
    """The files of a home in which any of the words stand, letter by letter."""
    return sorted(
        file.name
        for file in home.rglob("*")
        if file.is_file() and any(word.encode() in file.read_bytes() for word in words)
    )


async def files_with(home: Path, *words: str) -> list[str]:
    return await asyncio.to_thread(found, home, *words)


# --- asked, and answered ---


async def test_she_says_what_would_go_and_it_goes_after_a_yes(tmp_path: Path):
    async with life(tmp_path) as nora:
        await nora.says(SECRET, "I like jazz.")
        assert await nora.says(ASK) == SHOWN
        assert "you like jazz" in nora.known()
        assert len(nora.known()) > 1, "nothing is done yet"
        assert await nora.says("yes") == GONE
        assert nora.known() == ["you like jazz"]
        assert never_told(await nora.says("Where does Tom live?"))
        (receipt,) = await receipts(nora.conversation)
        assert (receipt.scope, receipt.facts) == ("person", 2)


async def test_a_no_keeps_it_and_a_later_yes_is_to_something_else(tmp_path: Path):
    async with life(tmp_path) as nora:
        await nora.says(SECRET, ASK)
        assert await nora.says("no") == "Then it stays with me."
        await nora.says("yes")
        assert any("Tom" in known for known in nora.known())
        assert await receipts(nora.conversation) == []


async def test_only_a_plain_yes_is_one(tmp_path: Path):
    async with life(tmp_path) as nora:
        await nora.says(SECRET)
        for other in ("please don't", "ok, but why?", "do you think I should?", "sure, you know him?", "hm"):
            await nora.says(ASK, other, "yes")
        assert await receipts(nora.conversation) == []
        await nora.says(ASK)
        assert await nora.says("Yes, please do it.") == GONE


async def test_what_was_never_told_cannot_be_forgotten(tmp_path: Path):
    async with life(tmp_path) as nora:
        await nora.says("I like jazz.")
        assert await nora.says("forget what I said about my boat") == "I don’t think I have anything of that."


async def test_to_forget_one_thing_leaves_what_was_said_last(tmp_path: Path):
    async with life(tmp_path) as nora:
        await nora.says("I like jazz.", "I live in Rome.", "forget that I like jazz", "yes")
        assert nora.known() == ["you live in Rome"]


async def test_what_she_learned_while_she_waited_goes_too(tmp_path: Path):
    async with life(tmp_path) as nora:
        await nora.says("We've got a boat and two cats.", "forget that we've got a boat")
        await nora.quiet("1. I has: a boat (true)")
        assert nora.known() == ["you have a boat"]
        await nora.says("yes")
        assert nora.known() == []


# --- aloud ---


async def test_aloud_she_asks_first_too(tmp_path: Path):
    async with spoken(tmp_path) as conversation, at_a_window(conversation) as person:
        await person.opens()
        await person.begins("shipped")
        await person.says(SECRET)
        hello, shown, gone = (ended(person, times) for times in (1, 2, 3))
        await call(conversation, hello, ASK, shown, "yes", gone)
        said = [text for kind, text in await story(conversation.companion.store) if kind == "said"]
        assert said[-2:] == [SHOWN, GONE]
        assert len(await receipts(conversation)) == 1
        assert "Tom" not in await words(conversation)


async def test_aloud_a_no_keeps_it(tmp_path: Path):
    async with spoken(tmp_path) as conversation, at_a_window(conversation) as person:
        await person.opens()
        await person.begins("shipped")
        await person.says(SECRET)
        waits = [ended(person, times) for times in (1, 2, 3, 4)]
        script = [waits[0], ASK, waits[1], "no", waits[2], "yes", waits[3]]
        await call(conversation, *script)
        assert await receipts(conversation) == []
        assert SECRET in await words(conversation)


async def test_a_wish_that_was_only_begun_asks_nothing(tmp_path: Path):
    """She thinks ahead while somebody pauses: what she would have asked then was never heard."""
    async with spoken(tmp_path) as conversation, at_a_window(conversation) as person:
        await person.opens()
        await person.begins("shipped")
        await person.says(SECRET)
        companion = conversation.companion
        assert "".join([piece async for piece in companion.reply(ASK)]) == SHOWN
        assert "".join([piece async for piece in companion.reply("yes")]) != GONE
        assert await receipts(conversation) == []


async def test_what_is_asked_for_once_is_done_once(tmp_path: Path):
    async with life(tmp_path) as nora:
        await nora.says(SECRET, ASK, "yes")
        companion = nora.conversation.companion
        await companion.said(companion.last_seq, GONE, cut_off=False)
        assert len(await receipts(nora.conversation)) == 1


async def test_something_typed_over_her_voice_keeps_what_was_heard_of_her_once(tmp_path: Path):
    long = "For me the sea is never twice the same, not in one hour of the day, and I like that."
    async with (
        awake(tmp_path / "companion.db", ScriptedBrain(long, "Noted.")) as conversation,
        at_a_window(conversation) as person,
    ):
        await person.opens()
        await person.begins("shipped")
        hello, more = ended(person, 1), ended(person, 3)
        wire, typed, sent = ScriptedWire(), person.saying("the train leaves at 9:14"), list[bool]()

        def types() -> bool:
            if not sent:
                sent.append(True)
                person.post(typed)
            return True

        await call(conversation, hello, "tell me about the sea", wire.plays(1.0), types, 3.0, more, wire=wire)
        said = [
            text for kind, text in await story(conversation.companion.store) if kind in ("said", "cut off")
        ]
        assert len(said) == 4, said


async def test_aloud_she_says_what_she_learned_and_why_she_said_so(tmp_path: Path):
    async with spoken(tmp_path) as conversation, at_a_window(conversation) as person:
        await person.opens()
        await person.begins("shipped")
        waits = [ended(person, times) for times in (1, 2, 3, 4)]
        script = [waits[0], "I like jazz", waits[1], "what did you learn today", waits[2]]
        await call(conversation, *script, "why did you say that", waits[3])
        said = [text for kind, text in await story(conversation.companion.store) if kind == "said"]
        assert said[-2] == "That you like jazz."
        assert said[-1].startswith(("Nothing you told me before", "Because"))


# --- gone means gone ---


async def test_after_it_no_byte_of_it_is_in_any_file(tmp_path: Path):
    """The log and its journal, the kept index, who she is, what an engine has read; not now, nor after a quiet night."""
    read = tmp_path / ENGINE_KEEPS / "engine.read"
    await asyncio.to_thread(read.parent.mkdir, parents=True)
    await asyncio.to_thread(read.write_text, SECRET)
    words_of_it = ("Tom", "Leeds", "gambles", "my brother")
    async with life(tmp_path, meaning=SharedWords()) as nora:
        companion = nora.conversation.companion
        companion.forgetting.append(lambda: asyncio.to_thread(forget_what_was_read, read.parent))
        await nora.says(SECRET, *A_DAY)
        await nora.quiet("2. I has: a boat (true)")
        await nora.meant()
        await companion.archive.settle()
        assert await files_with(tmp_path, *words_of_it) == ["companion.db-wal", "engine.read"]
        await nora.says(ASK, "yes")
        await companion.archive.settle()
        assert await files_with(tmp_path, *words_of_it) == []
        assert nora.brain.forgot == 1
        await nora.quiet(*["1. Tom lives in: Leeds (true)"] * 4, days=3)
        await nora.says("What do you remember of that first day?")
        assert not any("Tom" in message.text for message in nora.brain.asked[-1])
        assert not any("Tom" in known for known in nora.known())
        assert await files_with(tmp_path, *words_of_it) == []
    assert await files_with(tmp_path, *words_of_it) == []


async def test_every_window_begins_anew(tmp_path: Path):
    async with life(tmp_path) as nora, at_a_window(nora.conversation, "another-window") as other:
        await nora.says(SECRET)
        await other.opens()
        last = nora.conversation.companion.last_seq
        await nora.says(ASK, "yes")
        await other.until_event(Forgot)
        other.frames.clear()
        await other.opens(after=last)
        assert not any("Tom" in frame.model_dump_json() for frame in other.frames)


async def test_through_the_story_her_present_words_end_before_they_are_forgotten(tmp_path: Path):
    """She is just repeating it: what she says of it is kept, and goes with the rest."""
    brain = ScriptedBrain("So Tom lives in Leeds.")
    async with open_door(tmp_path, brain) as house, house.browser() as browser, at_a_page(house) as page:
        await page.opens()
        await page.send(Begin(how="shipped"))
        await page.until_event(Met)
        brain.script[0] = "So Tom lives in Leeds,| and gambles,| you say."
        await page.send(Say(n=1, text=SECRET))
        await page.until_shown("So Tom")
        origin = {"Origin": house.origin}
        shown = (await browser.post("/api/story/forgetting", json={"about": "Tom"}, headers=origin)).json()
        done = await browser.post(f"/api/story/forgetting/{shown['id']}", json={}, headers=origin)
        if done.status_code == 409:  # her words came to it meanwhile: they are shown first
            again = done.json()["again"]["id"]
            done = await browser.post(f"/api/story/forgetting/{again}", json={}, headers=origin)
        assert done.json()["residue"] == 0
        await house.house.companion.archive.kept()
        assert await files_with(tmp_path, "Tom", "Leeds") == []


# --- off the record ---


async def test_off_the_record_it_is_known_while_it_lasts_and_nowhere_afterwards(tmp_path: Path):
    async with life(tmp_path, meaning=SharedWords()) as nora:
        assert (
            await nora.says("off the record") == "Off the record, then. I’ll keep nothing until you say so."
        )
        await nora.says("My boss Karl is stealing.", "What shall I do?")
        assert any("Karl" in message.text for message in nora.brain.asked[-1]), "known while it lasts"
        assert nora.known() == []
        assert await files_with(tmp_path, "Karl", "stealing") == []
        assert "is gone" in await nora.says("back on the record")
        await nora.says("What shall I do?")
        assert not any("Karl" in message.text for message in nora.brain.asked[-1])
        await nora.quiet()
        assert await files_with(tmp_path, "Karl", "stealing") == []
        assert nora.brain.forgot == 1


async def test_a_house_that_closes_off_the_record_opens_off_the_record_and_knows_nothing(tmp_path: Path):
    async with life(tmp_path) as nora:
        await nora.says("off the record")
        rested = nora.brain.rested
        await nora.says("My boss Karl is stealing.")
    assert nora.brain.rested == rested, "what the brain has read of it goes to no disk"
    async with life(tmp_path, met=True) as nora:
        assert nora.conversation.companion.private
        await nora.says("What did I just say?")
        assert not any("Karl" in message.text for message in nora.brain.asked[-1])
        assert await files_with(tmp_path, "Karl") == []


async def test_off_the_record_a_message_sent_again_is_not_taken_twice(tmp_path: Path):
    async with life(tmp_path) as nora:
        await nora.says("off the record", "My boss Karl is stealing.")
        before = nora.conversation.companion.last_seq
        await nora.person.send(nora.person.saying("My boss Karl is stealing.", n=2))
        assert nora.conversation.companion.last_seq == before


async def test_off_the_record_a_forgetting_leaves_nothing_of_the_rest_behind(tmp_path: Path):
    async with life(tmp_path) as nora:
        await nora.says("off the record", "My boss Karl is stealing. The cake was good.")
        await nora.says("forget what I said about Karl", "yes")
        assert await files_with(tmp_path, "Karl", "cake") == []
        await nora.says("And now?")
        assert any("cake" in message.text for message in nora.brain.asked[-1])
        assert not any("Karl" in message.text for message in nora.brain.asked[-1])


# --- quiet ---


async def test_quiet_work_is_dropped_as_soon_as_somebody_stirs_and_begins_anew_when_it_is_still():
    begun, dropped, resting = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def work() -> bool:
        begun.set()
        try:
            await resting.wait()
        except asyncio.CancelledError:
            dropped.set()
            raise
        return False

    quiet = Quiet(work, busy=lambda: False, still=0.01)
    async with asyncio.timeout(10), asyncio.TaskGroup() as life:
        living = life.create_task(quiet.run(), name="quiet work")
        await begun.wait()
        quiet.stir()
        async with quiet.working:
            assert dropped.is_set(), "whoever holds this knows that none is going on"
            begun.clear()
        await begun.wait()
        living.cancel()


async def test_what_is_noted_as_somebody_stirs_is_kept_whole_or_not_at_all(tmp_path: Path):
    async with life(tmp_path) as nora:
        await nora.says("We've got a boat and two cats.")
        nora.clock.move(timedelta(days=1))
        nora.brain.script[:0] = ["1. I has: a boat (true)"]
        nora.brain.pause.clear()
        work = asyncio.create_task(nora.conversation.companion.quiet_work(), name="quiet work")
        async with asyncio.timeout(10):
            while not nora.brain.noted:  # noqa: ASYNC110 - nobody tells that a note was begun
                await asyncio.sleep(0.01)
        work.cancel()
        await asyncio.wait([work])
        nora.brain.pause.set()
        assert "learned" not in await nora.kinds()
        nora.brain.script[:0] = ["Good morning."]
        assert await nora.says("Good morning.") == "Good morning."


# --- means ---


def spoken(home: Path) -> AbstractAsyncContextManager[Conversation]:
    return awake(home / "companion.db", ScriptedBrain(*["I see."] * 50))


async def receipts(conversation: Conversation) -> list[Forgot]:
    kept = await conversation.companion.store.read(kinds=("forgot",))
    return [one.event for one in kept if isinstance(one.event, Forgot)]


async def words(conversation: Conversation) -> str:
    return "\n".join(text for _, text in await story(conversation.companion.store))
