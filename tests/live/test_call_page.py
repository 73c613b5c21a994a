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
from tests.houses import OpenHouse, open_door
from tests.live.booth import CHROMIUM, LENT, WAIT, Booth, booth, with_a_tap
from tests.live.voices import (
    CAPTURED,
    at_rate,
    in_a_room,
    looks,
    understood,
    voice_files,
    wav,
    word_errors,
)
from tests.voice.recordings import MY_SISTER, recording

MODELS = Path(os.environ.get("OS1_MODELS") or Path.home() / ".cache" / "os1" / "models")
BEFORE = 7.0
"""Seconds that the person lets her greet them before they speak."""
MISHEARD = 0.25
"""Of the words: the smallest ears, and the mouth that is quick rather than rich."""
SILENT_WITHIN = 300
"""Milliseconds from Stop to silence."""
STEADY = 0.5
"""Seconds without a sound of hers after which she has ended."""

JUNE = "June is a good month for it, the evenings are long and warm."
STORY = (
    "Once there was a small house by the sea. The man who lived in it kept bees, and every evening he "
    "walked down to the water. One winter the bees were quiet, and he sat beside them and read to them "
    "from a book about summer, page after page, until the light was gone."
)

pytestmark = [
    pytest.mark.live,
    pytest.mark.browser,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: apt-get install chromium"),
]


class Talker(ScriptedBrain):
    """Answers by what was said last, however often she begins to think about it. A second time she tells a story."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = [JUNE, STORY]
        self.said = 0
        """Answers that were kept: set by the test."""

    async def think(self, messages: Sequence[Message], most: int = 200) -> AsyncGenerator[str]:
        self.script = [self.answers[min(self.said, len(self.answers) - 1)]]
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
    brain = Talker()
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

        brain.said = 1  # the microphone begins anew: the sentence is said once more
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
