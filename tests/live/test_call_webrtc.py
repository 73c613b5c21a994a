"""A call over WebRTC as a person has it: chosen in the page, or taken by itself when the first line is bad.

The house is open to phones, the page is Chromium; the brain is scripted, her ears and her mouth are real.
"""

import asyncio
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

pytest.importorskip("aiortc")

from playwright.async_api import Page, expect

from os1.config import Settings, read
from os1.server.app import PAGE
from os1.server.call_offer import Offers
from os1.server.prepare import VOICE
from os1.voice.base import HEARD_RATE
from tests.live.booth import BREAKING, CHROMIUM, LISTENING, SPEAKING, WAIT, booth, with_a_tap
from tests.live.test_call_page import (
    JUNE,
    MISHEARD,
    MODELS,
    SILENT_WITHIN,
    STEADY,
    STORY,
    Talker,
    calls,
    has_said,
    heard,
    house,
    meets,
)
from tests.live.voices import understood, voice_files, word_errors
from tests.voice.recordings import ARE_YOU_THERE, MY_SISTER, recording

__all__ = ["Offers"]
"""Read from disk before there is a house: what it brings along takes a second."""

WATCHED = """
(() => {
  const Peer = RTCPeerConnection;
  booth.peers = [];
  window.RTCPeerConnection = class extends Peer {
    constructor(...asked) {
      super(...asked);
      booth.peers.push(this);
    }
  };
})();
"""
"""What connects the page, for a test to look at and to break."""
SCRIPTS = (LISTENING, SPEAKING, BREAKING, WATCHED)

pytestmark = [
    pytest.mark.live,
    pytest.mark.browser,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: apt-get install chromium"),
]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    found = voice_files(tmp_path, MODELS)
    if missing := [name for name in VOICE if name not in found]:
        pytest.skip(f"{missing[0]} is not here: make models")
    return found


@pytest.fixture(autouse=True)
def _open_to_phones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def with_phones(given: Mapping[str, str]) -> Settings:
        return read({**given, "OS1_PHONE": "yes"})

    monkeypatch.setattr("tests.houses.read", with_phones)
    # The library looks up a browser's hidden address by something it keeps for the first loop that ever asked.
    monkeypatch.setattr("aioice.ice._mdns", threading.local())
    monkeypatch.setattr("os1.server.app.PAGE", with_a_tap(PAGE, tmp_path / "page"))


async def connections(page: Page) -> list[str]:
    return await page.evaluate("booth.peers.map(({ connectionState }) => connectionState)")


async def test_over_webrtc_she_is_heard_and_hears_and_stop_means_stop(
    tmp_path: Path, files: dict[str, Path]
) -> None:
    brain = Talker(JUNE, STORY)
    async with house(tmp_path / "home", files, brain) as opened, booth(scripts=SCRIPTS) as person:
        page, status = person.page, person.page.get_by_test_id("call-status")
        await meets(page, opened)
        await page.evaluate("localStorage.setItem('os1.webrtc', 'yes')")
        await page.reload()
        await calls(page)
        assert await connections(page) == ["connected"]

        greeting = await has_said(opened, 2)  # two words at times: too few to be judged by themselves
        await person.quiet(STEADY)
        await person.says(recording(MY_SISTER), HEARD_RATE)
        assert (await has_said(opened, 3)).text == JUNE
        assert word_errors(MY_SISTER, (await heard(opened))[-1].text) <= MISHEARD
        await person.quiet(STEADY)
        said = f"{greeting.text} {JUNE}"
        assert word_errors(said, await understood(files, await person.heard())) <= MISHEARD

        await page.get_by_test_id("mute").click()
        await expect(status).to_contain_text("Your microphone is off")
        assert await person.tracks() == ["ended"]
        await page.get_by_test_id("mute").click()
        await expect(status).to_have_attribute("data-muted", "false")

        brain.told = 1
        await person.says(recording(ARE_YOU_THERE), HEARD_RATE)
        await expect(page.get_by_test_id("her-words")).to_contain_text("the sea", timeout=WAIT)
        await page.get_by_test_id("hush").click()
        assert (await has_said(opened, 4)).cut_off
        await person.quiet(STEADY)
        assert await person.silence_after_hush() <= SILENT_WITHIN

        await page.get_by_test_id("hang-up").click()
        await expect(page.get_by_test_id("call")).to_be_visible()
        assert await person.tracks() == ["ended", "ended"]
        await expect(page.get_by_test_id("conversation")).to_contain_text("you called")


async def test_a_line_that_breaks_twice_is_left_for_webrtc_which_is_offered_again_when_it_breaks(
    tmp_path: Path, files: dict[str, Path]
) -> None:
    async with house(tmp_path / "home", files, Talker(JUNE)) as opened, booth(scripts=SCRIPTS) as person:
        page, status = person.page, person.page.get_by_test_id("call-status")
        await meets(page, opened)
        await calls(page)
        await has_said(opened, 2)
        for _ in range(2):
            await expect(status).to_have_attribute("data-state", "on", timeout=WAIT)
            await page.evaluate("booth.breaks()")
            await expect(status).to_have_attribute("data-state", "away")
            await page.evaluate("booth.mends()")
        await expect(status).to_contain_text("The call takes another way")
        await expect(status).to_have_attribute("data-state", "on", timeout=WAIT)
        assert await connections(page) == ["connected"]
        await has_said(opened, 3)

        await page.evaluate("booth.peers[0].close()")
        async with asyncio.timeout(WAIT / 1000):
            while await connections(page) != ["closed", "connected"]:  # noqa: ASYNC110  the page is not ours to wait for
                await asyncio.sleep(0.1)
        await expect(status).to_have_attribute("data-state", "on", timeout=WAIT)
        since = await person.now()
        await person.says(recording(MY_SISTER), HEARD_RATE)
        assert (await has_said(opened, 4)).text == JUNE
        await person.quiet(STEADY)
        assert word_errors(JUNE, await understood(files, await person.heard(since))) <= MISHEARD


async def test_where_webrtc_does_not_come_through_the_call_goes_the_usual_way(
    tmp_path: Path, files: dict[str, Path]
) -> None:
    async with house(tmp_path / "home", files, Talker(JUNE)) as opened, booth(scripts=SCRIPTS) as person:
        page, status = person.page, person.page.get_by_test_id("call-status")
        await meets(page, opened)
        await calls(page)
        await has_said(opened, 2)
        await page.evaluate("RTCPeerConnection.prototype.setRemoteDescription = async () => {}")
        await page.get_by_test_id("call-more").click()
        await page.get_by_test_id("webrtc").check()
        await expect(status).to_contain_text("The call takes another way")
        await expect(status).to_have_attribute("data-state", "on", timeout=WAIT)
        await expect(page.get_by_test_id("way")).to_contain_text("It does not come through")
        await has_said(opened, 3)
        await person.says(recording(MY_SISTER), HEARD_RATE)
        assert (await has_said(opened, 4)).text == JUNE
