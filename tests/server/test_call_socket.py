"""A call over a real socket of a real house: what is said, kept, broken off, taken up again, and refused."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from os1.brain.testing import ScriptedBrain
from os1.events import Heard, HungUp, Met, Said
from os1.frames import Begin, Calling, Hearing, Say, Trouble, Words
from os1.voice.signals import HangUp, Hush, Mute, Trace
from os1.voice.testing import silence, speech
from tests.houses import OpenHouse, Page, at_a_page, open_door
from tests.phones import Phone, ScriptedVoice, on_the_phone
from tests.scenes import story

SEA = "For me the sea is never twice the same, not in one hour of the day, and I like that."


async def met(house: OpenHouse) -> None:
    """They have met: Samantha as she comes."""
    async with at_a_page(house, "the-meeting") as page:
        await page.opens()
        await page.send(Begin(how="shipped"))
        await page.until_event(Met)


@asynccontextmanager
async def talking(
    home: Path, brain: ScriptedBrain, voice: ScriptedVoice | None = None
) -> AsyncGenerator[tuple[OpenHouse, Page, Phone]]:
    """They have met, a page is open, and a call has been dialled."""
    async with open_door(home, brain, voice=voice or ScriptedVoice()) as house:
        await met(house)
        async with at_a_page(house) as page, on_the_phone(house) as phone:
            await page.opens()
            await phone.dials()
            yield house, page, phone


async def log_of(house: OpenHouse) -> list[tuple[str, str]]:
    """What happened after they had met."""
    told = await story(house.house.companion.store)
    return told[3:]


async def test_a_call_from_hello_to_goodbye(tmp_path: Path):
    async with talking(tmp_path, ScriptedBrain("Often. Did you?")) as (house, page, phone):
        hello = await page.until_event(Said, since=len(page.frames) - 1)
        await phone.hears(speech("do you hear birds"))
        await phone.hears(silence(1.0))
        said = await page.until_event(Said, since=page.frames.index(hello) + 1)
        await phone.send(HangUp())
        await page.until_event(HungUp)
        assert said.event.model_dump()["spoken"] is True
        assert [frame.state for frame in page.frames if isinstance(frame, Calling)] == ["on", "off"]
        assert "do you hear birds" in [frame.text for frame in page.frames if isinstance(frame, Hearing)]
        assert "".join(w.text for w in page.frames if isinstance(w, Words)).endswith("Often. Did you?")
        assert await phone.until(Trace)
        kinds = [kind for kind, _ in await log_of(house)]
        assert kinds == ["called", "said", "heard", "said", "hung_up"]


async def test_who_calls_her_before_they_have_met_meets_her_by_voice(tmp_path: Path):
    async with open_door(tmp_path, voice=ScriptedVoice()) as house:
        async with at_a_page(house) as page, on_the_phone(house) as phone:
            await page.opens()
            await phone.dials()
            said = await page.until_event(Said)
            assert said.event.model_dump()["asks"] == "name"
            assert said.event.model_dump()["spoken"] is True


async def test_a_broken_line_is_taken_up_where_it_was(tmp_path: Path):
    async with open_door(tmp_path, ScriptedBrain(SEA), voice=ScriptedVoice()) as house:
        await met(house)
        async with on_the_phone(house) as phone:
            await phone.dials()
            await phone.until_frames(5)
            phone.plays = False
            await phone.hears(speech("tell me about the sea"))
            await phone.hears(silence(1.0))
            await phone.until_frames(60)
            came, played = phone.frames[-1], phone.frame
            phone.line.transport.abort()
            await phone.until_closed()
        async with at_a_page(house) as page:
            await page.opens()
            await page.until(Calling, that=lambda frame: frame.state == "away")
            async with on_the_phone(house, frame=played) as phone:
                answered = await phone.dials(speech=came[0], frames=came[1] + 1)
                assert (answered.again, answered.frame) == (True, played)
                said = await page.until_event(Said, since=len(page.frames) - 1)
                assert phone.frames[0] == (came[0], came[1] + 1), "not a frame twice, not one missing"
                assert said.event.model_dump()["text"] == SEA
                assert said.event.model_dump()["cut_off"] is False
                await phone.send(HangUp())
                await page.until_event(HungUp)


async def test_frames_that_come_twice_are_heard_once(tmp_path: Path):
    async with talking(tmp_path, ScriptedBrain("Yes.")) as (_, page, phone):
        await phone.hears(speech("are you there"))
        phone.frame = 0
        await phone.hears(speech("are you there"))
        await phone.hears(silence(1.0))
        heard = await page.until_event(Heard)
        assert heard.event.model_dump()["text"] == "are you there"


async def test_garbage_is_answered_once_and_the_call_goes_on(tmp_path: Path):
    async with talking(tmp_path, ScriptedBrain("Yes.")) as (_, page, phone):
        for garbage in (b"", b"x", b"\xff" * 5000, "{", '{"kind":"dial"}', "null", '{"kind":"played"}'):
            await phone.line.send(garbage)
        await phone.hears(speech("are you there"))
        await phone.hears(silence(1.0))
        await page.until_event(Heard)
        assert [signal.code for signal in phone.signals if isinstance(signal, Trouble)] == ["bad-input"]


async def test_a_flood_of_sound_is_survived(tmp_path: Path):
    async with talking(tmp_path, ScriptedBrain("Yes.")) as (_, page, phone):
        await phone.hears(silence(300))
        await phone.hears(speech("are you there"))
        await phone.hears(silence(1.0))
        await page.until_event(Heard)


async def test_stop_and_mute_are_obeyed(tmp_path: Path):
    async with talking(tmp_path, ScriptedBrain(SEA)) as (_, page, phone):
        await phone.until_frames(10)
        await page.until_event(Said, since=len(page.frames) - 1)
        phone.plays = False
        await phone.hears(speech("tell me about the sea"))
        await phone.hears(silence(1.0))
        await phone.until(Trace)
        await phone.send(Hush())
        await phone.send(Mute(muted=True))
        await page.until(Calling, that=lambda frame: frame.muted)
        said = await page.until_event(Said, since=len(page.frames) - 2)
        assert said.event.model_dump()["cut_off"] is True


async def test_a_second_window_takes_the_call(tmp_path: Path):
    async with open_door(tmp_path, voice=ScriptedVoice()) as house:
        await met(house)
        async with on_the_phone(house, "call-one") as one, on_the_phone(house, "call-two") as two:
            await one.dials()
            await two.dials()
            ended = await one.until_closed()
            assert ended
            assert ended.why == "elsewhere"


async def test_a_stranger_cannot_call(tmp_path: Path):
    async with open_door(tmp_path, voice=ScriptedVoice()) as house:
        stranger = OpenHouse(house.house, house.door, house.port, "not a session")
        async with on_the_phone(stranger) as phone:
            with pytest.raises((AssertionError, ConnectionClosed)):
                await phone.dials()
            await asyncio.wait_for(phone.until_closed(), 5)


async def test_a_fault_in_a_call_ends_the_call_and_not_the_house(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    voice = ScriptedVoice()
    voice.listening = lambda: 1 / 0  # type: ignore[assignment]
    async with talking(tmp_path, ScriptedBrain("Still here."), voice) as (_, page, phone):
        assert await phone.until_closed()
        await page.until_event(HungUp)
        await page.send(Say(n=1, text="are you there"))
        said = await page.until_event(Said, since=len(page.frames) - 1)
        assert said.event.model_dump()["text"] == "Still here."
    assert "a fault of ours in a call" in caplog.text
