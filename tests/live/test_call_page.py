"""Calls as a person has them: her page in Chromium, a voice in its microphone, and what comes out of its loudspeaker.

The brain is scripted, for her thoughts do not matter here; her ears, her mouth and the judge of silences are real.
"""

import asyncio
import os
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from os1.brain.base import Message
from os1.brain.testing import ScriptedBrain
from os1.events import Heard, Said
from os1.server.app import PAGE
from os1.server.prepare import VOICE, Models
from os1.voice.base import HEARD_RATE
from os1.voice.pcm import wav
from os1.voice.voices import Voice
from tests.houses import OpenHouse, open_door
from tests.live.booth import CHROMIUM, LENT, LISTENING, SPEAKING, WAIT, Booth, booth, with_a_tap
from tests.live.voices import (
    CAPTURED,
    at_rate,
    in_a_room,
    looks,
    spoken_by,
    understood,
    voice_files,
    word_errors,
)
from tests.voice.recordings import ARE_YOU_THERE, MY_SISTER, recording

MODELS = Path(os.environ.get("OS1_MODELS") or Path.home() / ".cache" / "os1" / "models")
BEFORE = 5.0
"""Seconds that the person lets her greet them before they speak."""
MISHEARD = 0.25
"""Of the words: the smallest ears, and the mouth that is quick rather than rich."""
SILENT_WITHIN = 300
"""Milliseconds from Stop to silence."""
HURRIED = 1.3
"""Times her mouth's own pace, where much is said: a test is in a hurry."""
STEADY = 0.5
"""Seconds without a sound of hers after which she has ended."""

JUNE = "June is a good month for it, the evenings are long and warm."
STORY = (
    "Once there was a small house by the sea. The man who lived in it kept bees. One winter they were "
    "quiet, and he sat beside them and read to them from a book about summer."
)

pytestmark = [
    pytest.mark.live,
    pytest.mark.browser,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: apt-get install chromium"),
]


class Talker(ScriptedBrain):
    """Gives the same answer however often she begins to think about it; the next once the test says so."""

    def __init__(self, *answers: str) -> None:
        super().__init__()
        self.answers = answers
        self.told = 0

    async def think(self, messages: Sequence[Message], most: int = 200) -> AsyncGenerator[str]:
        self.script = [self.answers[self.told]]
        async for words in super().think(messages, most):
            yield words


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    found = voice_files(tmp_path, MODELS)
    if missing := [name for name in VOICE if name not in found]:
        pytest.skip(f"{missing[0]} is not here: make models")
    return found


@pytest.fixture(autouse=True)
def _tapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os1.server.app.PAGE", with_a_tap(PAGE, tmp_path / "page"))


@asynccontextmanager
async def house(home: Path, files: dict[str, Path], brain: ScriptedBrain) -> AsyncGenerator[OpenHouse]:
    """With a voice that is awake."""
    async with open_door(home, brain, models=Models(None, "", None, voice=files)) as opened:
        async with asyncio.timeout(WAIT / 1000):
            await opened.house.voice.awake()
        yield opened


async def said(house: OpenHouse) -> list[Said]:
    events = await house.house.companion.store.read()
    return [happened.event for happened in events if isinstance(happened.event, Said)]


async def heard(house: OpenHouse) -> list[Heard]:
    events = await house.house.companion.store.read()
    return [happened.event for happened in events if isinstance(happened.event, Heard)]


async def has_said(house: OpenHouse, times: int) -> Said:
    """Her newest words, once they are kept."""
    async with asyncio.timeout(WAIT / 1000):
        while len(words := await said(house)) < times:  # noqa: ASYNC110  the house is not ours to wait for
            await asyncio.sleep(0.05)
    return words[-1]


async def calls(page: Page) -> None:
    await page.get_by_test_id("call").click()
    await expect(page.get_by_test_id("call-status")).to_have_attribute("data-state", "on", timeout=WAIT)


async def meets(page: Page, house: OpenHouse) -> None:
    await page.goto(await asyncio.to_thread(lambda: house.link))
    await page.get_by_test_id("begin-shipped").click()
    await has_said(house, 1)


async def test_a_sentence_is_heard_and_answered_aloud_and_stop_means_stop(
    tmp_path: Path, files: dict[str, Path]
) -> None:
    person = in_a_room(at_rate(recording(MY_SISTER), HEARD_RATE, CAPTURED), CAPTURED, BEFORE, 60)
    file = tmp_path / "person.wav"
    file.write_bytes(wav(person, CAPTURED))
    brain = Talker(JUNE, STORY)
    async with (
        house(tmp_path / "home", files, brain) as opened,
        booth(*LENT, f"--use-file-for-fake-audio-capture={file}%noloop") as person,
    ):
        page = person.page
        await meets(page, opened)
        await calls(page)

        greeting = await has_said(opened, 2)
        await heard_aloud(person, files, greeting.text)
        await expect(page.get_by_test_id("her-words")).to_contain_text(greeting.text[-12:])

        await expect(page.get_by_test_id("hearing")).to_contain_text("sister", timeout=WAIT)
        answer = await has_said(opened, 3)
        assert answer.text == JUNE
        assert answer.spoken
        assert word_errors(MY_SISTER, (await heard(opened))[-1].text) <= MISHEARD
        await expect(page.get_by_test_id("your-turn").last).to_contain_text("sister")
        await expect(page.get_by_test_id("her-words")).to_contain_text("long and warm")
        since = await heard_aloud(person, files, f"{greeting.text} {answer.text}")

        await page.get_by_test_id("mute").click()
        await expect(page.get_by_test_id("call-status")).to_contain_text("Your microphone is off")
        assert await person.tracks() == ["ended"]
        await page.get_by_test_id("mute").click()
        await expect(page.get_by_test_id("call-status")).to_have_attribute("data-muted", "false")
        assert await person.tracks() == ["ended", "live"]

        brain.told = 1  # the microphone begins anew: the sentence is said once more
        await expect(page.get_by_test_id("her-words")).to_contain_text("the sea", timeout=WAIT)
        await page.get_by_test_id("hush").click()
        cut = await has_said(opened, 4)
        assert cut.cut_off
        assert STORY.startswith(cut.text)
        await person.quiet(STEADY)
        after_stop = await person.silence_after_hush()
        print(f"\nStop to silence: {after_stop} ms; {looks(await person.heard(since))}")
        assert after_stop <= SILENT_WITHIN
        await expect(page.get_by_test_id("her-words")).to_contain_text("(interrupted)")

        await page.get_by_test_id("hang-up").click()
        await expect(page.get_by_test_id("call")).to_be_visible()
        await expect(page.get_by_test_id("conversation")).to_contain_text("you called")
        assert await person.tracks() == ["ended", "ended"]


async def heard_aloud(person: Booth, files: dict[str, Path], words: str, since: int = 0) -> int:
    """These words came out of the loudspeaker, whole and unbroken. Returns where it is now."""
    await person.quiet(STEADY)
    sound = await person.heard(since)
    made_of_it = await understood(files, sound)
    print(f"\n{looks(sound)}: “{made_of_it}”")
    assert word_errors(words, made_of_it) <= MISHEARD
    assert looks(sound).clicks == 0
    return await person.now()


ANSWERS = {
    "name": "My name is Daniel.",
    "evening": "I close the door, and read until I am tired.",
    "laugh": "Let's skip that.",
    "night": "I'd rather not say.",
    "never": "Never laugh at my cooking.",
}
"""What somebody says to her five questions, and how they pass on one."""
PERSON = "kokoro:am_michael"


def hurried(_voice: Voice, _words: int) -> float:
    return HURRIED


async def test_the_first_meeting_by_voice_from_her_hello_to_her_name(
    tmp_path: Path, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os1.server.voice.pace_of", hurried)
    answers = dict(zip(ANSWERS, await spoken_by(files, PERSON, *ANSWERS.values()), strict=True))
    async with (
        house(tmp_path / "home", files, Talker()) as opened,
        booth(scripts=(LISTENING, SPEAKING)) as person,
    ):
        page = person.page
        await page.goto(await asyncio.to_thread(lambda: opened.link))
        await page.get_by_test_id("begin-voice").click()
        asked, made_of_it, since = "", "", 0
        for times, question in enumerate(ANSWERS, 1):
            hers = await has_said(opened, times)
            assert hers.asks == question
            assert hers.spoken
            await expect(page.get_by_test_id("her-words")).to_contain_text(hers.text[-20:], timeout=WAIT)
            await person.quiet(STEADY)
            asked += f" {hers.text}"
            made_of_it += f" {await understood(files, await person.heard(since))}"
            await person.says(answers[question])
            since = await person.now()
        assert word_errors(asked, made_of_it) <= MISHEARD
        await expect(page.get_by_test_id("name")).not_to_be_empty(timeout=WAIT)

        told = {one.answers: one.text for one in await heard(opened)}
        assert told.keys() == {"name", "evening", "never"}
        for question in ("evening", "never"):
            assert word_errors(ANSWERS[question], told[question]) <= MISHEARD
        persona = opened.house.companion.persona
        assert persona
        assert persona.address.name == "Daniel"
        assert persona.name == await page.get_by_test_id("name").inner_text()
        await expect(page.get_by_test_id("conversation")).to_contain_text("you let that one pass")


async def test_a_line_that_breaks_in_the_middle_of_a_sentence_loses_no_word_of_either(
    tmp_path: Path, files: dict[str, Path]
) -> None:
    brain = Talker(STORY, JUNE)
    async with (
        house(tmp_path / "home", files, brain) as opened,
        booth(scripts=(LISTENING, SPEAKING)) as person,
    ):
        page, status = person.page, person.page.get_by_test_id("call-status")
        await meets(page, opened)
        await calls(page)
        await has_said(opened, 2)
        since = await person.now()
        await person.says(recording(ARE_YOU_THERE), HEARD_RATE)
        await expect(page.get_by_test_id("her-words")).to_contain_text("house", timeout=WAIT)
        await page.context.set_offline(True)
        await expect(status).to_have_attribute("data-state", "away")
        await expect(status).to_contain_text("The line broke. One moment, I keep what you say.")
        await page.context.set_offline(False)
        await expect(status).to_have_attribute("data-state", "on", timeout=WAIT)
        story = await has_said(opened, 3)
        assert story.text == STORY
        assert not story.cut_off
        await heard_aloud(person, files, STORY, since)

        brain.told = 1
        await page.context.set_offline(True)
        await expect(status).to_have_attribute("data-state", "away")
        await person.says(recording(MY_SISTER), HEARD_RATE)
        await page.context.set_offline(False)
        assert (await has_said(opened, 4)).text == JUNE
        assert word_errors(MY_SISTER, (await heard(opened))[-1].text) <= MISHEARD


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "I find no microphone here. Plug one in, then call again."),
        (
            LENT[:1],
            "The microphone is off for this page. Allow it beside the address above, then call again.",
        ),
    ],
)
async def test_without_a_microphone_she_says_why(
    tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    async with open_door(tmp_path / "home") as opened, booth(*arguments) as person:
        page = person.page
        await meets(page, opened)
        await page.get_by_test_id("call").click()
        await expect(page.get_by_test_id("call-status")).to_contain_text(sentence, timeout=WAIT)
        await page.get_by_role("button", name="All right").click()
        await page.get_by_test_id("composer").fill("Then I write.")
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("her-words")).to_contain_text("no more lines", timeout=WAIT)
