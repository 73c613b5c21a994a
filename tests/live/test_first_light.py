"""The whole of it, for real: a house process, the embedded brain, a browser; met, talked with, killed, remembered."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from os1.brain.catalogue import Catalogue

MODELS = Path(os.environ.get("OS1_MODELS") or Path.home() / ".cache" / "os1" / "models")
CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT = 90_000
"""Milliseconds a step may take on a busy machine: a cold brain reads 500 tokens first."""

KEPT = re.compile(r"\d+")
"""Her words have a number once they are in the log."""

pytestmark = [pytest.mark.live, pytest.mark.browser, pytest.mark.timeout(300)]


@asynccontextmanager
async def house(home: Path, port: int = 0) -> AsyncGenerator[tuple[asyncio.subprocess.Process, str]]:
    """`os1 run`, as a person starts it, and the link it prints."""
    environment = os.environ | {"OS1_HOME": str(home), "OS1_MODELS": str(MODELS), "OS1_PORT": str(port)}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "os1.cli",
        "run",
        "--no-browser",
        env=environment,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        assert process.stdout is not None
        async with asyncio.timeout(60):
            while b"/login?key=" not in (line := await process.stdout.readline()):
                assert line, "the house ended before it printed a link"
        yield process, line.decode().strip()
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()
        process._transport.close()  # pyright: ignore  # Python 3.11 leaves the pipe open otherwise


@asynccontextmanager
async def browser_page() -> AsyncGenerator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        page.set_default_timeout(WAIT)
        yield page
        await browser.close()


async def says(page: Page, words: str) -> str:
    """Types it, sends it, and returns what she answered once that is kept."""
    before = await page.get_by_test_id("her-words").get_attribute("data-seq")
    await page.get_by_test_id("composer").press_sequentially(words, delay=20)
    await page.keyboard.press("Enter")
    hers = page.get_by_test_id("her-words")
    await expect(hers).not_to_have_attribute("data-seq", before or "", timeout=WAIT)
    await expect(hers).to_have_attribute("data-seq", KEPT, timeout=WAIT)
    return await hers.inner_text()


@pytest.fixture
def brain(tmp_path: Path) -> None:
    catalogue = Catalogue(tmp_path, MODELS)
    if catalogue.installed(catalogue.find("qwen2.5-coder-1.5b")) is None:
        pytest.skip("the embedded brain is not here: make models")


@pytest.mark.usefixtures("brain")
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: apt-get install chromium")
async def test_met_talked_with_reloaded_killed_and_remembered(tmp_path: Path) -> None:
    home = tmp_path / "home"
    async with browser_page() as page:
        async with house(home) as (process, link):
            await page.goto(link)
            await page.get_by_test_id("begin-interview").click()
            await expect(page.get_by_test_id("her-words")).to_contain_text("I'm an AI", timeout=WAIT)
            await says(page, "Theo")
            for _ in range(3):
                question = await page.get_by_test_id("her-words").get_attribute("data-seq")
                await page.get_by_test_id("skip").click()
                await expect(page.get_by_test_id("her-words")).not_to_have_attribute(
                    "data-seq", question or ""
                )
                await expect(page.get_by_test_id("her-words")).to_have_attribute("data-seq", KEPT)
            await says(page, "never let me win at chess")
            name = await page.get_by_test_id("name").inner_text()
            assert name
            answer = await says(page, "My dog is called Biscuit and he ate my sandwich today.")
            assert answer

            await page.reload()
            await expect(page.get_by_test_id("your-turn").last).to_contain_text("Biscuit")
            await expect(page.get_by_test_id("her-words")).to_contain_text(answer[-20:])
            process.send_signal(signal.SIGKILL)
            await process.wait()

        port = int(link.split(":")[2].split("/")[0])
        async with house(home, port):
            await page.reload()
            await expect(page.get_by_test_id("name")).to_have_text(name)
            await expect(page.get_by_test_id("your-turn").last).to_contain_text("Biscuit")
            assert await says(page, "Do you remember what my dog is called?")
    assert name in (home / "persona.toml").read_text()
