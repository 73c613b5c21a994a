"""Our story as Nora has it: opened, read, put right, taken back, searched, and some of it forgotten for good.

A real house with her file, a real browser, wide and as narrow as a phone; the brain is scripted.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

from os1.brain.testing import ScriptedBrain
from os1.server.app import PAGE
from tests.houses import open_door
from tests.live.booth import CHROMIUM, QUIET
from tests.nora import move_in

PATIENCE_MS = 15_000
"""A step takes a blink; a forgetting, on a busy machine, a few seconds."""
SIZES = [(1280, 800), (390, 844)]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(180),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: apt-get install chromium"),
    pytest.mark.skipif(not (PAGE / "index.html").exists(), reason="the page is not built: make web"),
    pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"]),
]


class Nora:
    """At her page. What is not a move of hers is read from the screen."""

    def __init__(self, page: Page, home: Path) -> None:
        self.page = page
        self.home = home
        self.troubles: list[str] = []
        page.on("console", lambda line: self.troubles.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def at(self, name: str) -> Locator:
        return self.page.get_by_test_id(name).locator("visible=true")

    async def opens(self) -> None:
        await self.page.keyboard.press("Alt+o")
        await self.at("story").wait_for()

    async def goes(self, place: str) -> None:
        await self.page.locator(f"[data-place={place}]").click()

    def fact(self, told: str) -> Locator:
        line = self.page.get_by_test_id("fact-line").filter(has_text=told)
        return self.page.get_by_test_id("fact").filter(has=line).last

    async def does(self, told: str, action: str) -> None:
        """Opens a fact if it is shut, and does something about it."""
        fact = self.fact(told)
        line = fact.get_by_test_id("fact-line").first
        if await line.get_attribute("aria-expanded") == "false":
            await line.click()
        await fact.get_by_test_id(action).first.click()

    async def undoes(self) -> None:
        await self.at("undo").click()
        await expect(self.at("done")).to_contain_text("As it was before")

    def file(self) -> bytes:
        return b"".join(file.read_bytes() for file in self.home.glob("companion.db*"))

    async def fits(self) -> None:
        """Nothing is wider than the window."""
        wide = await self.page.evaluate("document.querySelector('[data-testid=story] main').scrollWidth")
        assert wide <= self.page.viewport_size["width"]  # pyright: ignore[reportOptionalSubscript]


@asynccontextmanager
async def noras(home: Path, size: tuple[int, int], brain: ScriptedBrain) -> AsyncGenerator[Nora]:
    await move_in(home)
    async with open_door(home, brain) as house, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        width, height = size
        page = await browser.new_page(viewport={"width": width, "height": height}, has_touch=width < 500)
        page.set_default_timeout(PATIENCE_MS)
        nora = Nora(page, home)
        await page.goto(await asyncio.to_thread(lambda: house.link))
        await nora.at("composer").wait_for()
        yield nora
        await browser.close()
        assert nora.troubles == [], "the page complained, or its policy did"


async def test_read_put_right_and_taken_back(tmp_path: Path, size: tuple[int, int]) -> None:
    async with noras(tmp_path, size, ScriptedBrain()) as nora:
        await nora.at("menu").click()
        await nora.at("open-story").click()
        await expect(nora.at("chapter").first).to_contain_text("The first customer")
        await nora.page.locator("[data-level=arc]").click()
        await nora.at("zoom-in").last.click()
        await expect(nora.at("chapter")).to_have_count(1)
        await nora.at("chapter-words").click()
        await expect(nora.at("quote").first).to_contain_text("we moved to Porto")
        await nora.at("chapter-edit").click()
        await nora.at("chapter-title").fill("A hundred boxes")
        await nora.at("chapter-save").click()
        await expect(nora.at("chapter")).to_contain_text("A hundred boxes")
        await expect(nora.at("chapter")).to_contain_text("in your own words")
        await nora.fits()

        await nora.goes("known")
        guitar = nora.fact("You are learning the guitar")
        await nora.does("You are learning the guitar", "fact-edit")
        await nora.at("fact-value").fill("the lute")
        await nora.page.keyboard.press("Enter")
        await expect(nora.fact("You are learning the lute")).to_be_visible()
        await nora.undoes()
        await expect(guitar).to_be_visible()

        await nora.does("You work at the Biblioteca do Porto", "fact-past")
        await expect(nora.at("earlier-facts").filter(has_text="earlier").first).to_be_visible()
        await nora.undoes()
        await expect(nora.fact("You work at the Biblioteca do Porto")).to_have_attribute("data-state", "now")

        await nora.does("You like black coffee", "fact-rest")
        await expect(nora.fact("You like black coffee")).to_contain_text("resting")
        await nora.undoes()
        await expect(nora.fact("You like black coffee")).not_to_contain_text("resting")

        await nora.does("You are 35", "fact-wrong")
        await expect(nora.fact("You are 34")).to_have_attribute("data-state", "now")
        await nora.page.keyboard.press("Escape")
        await expect(nora.page.get_by_test_id("story")).to_have_count(0)


async def test_people_are_joined_and_parted_and_all_is_found(tmp_path: Path, size: tuple[int, int]) -> None:
    async with noras(tmp_path, size, ScriptedBrain()) as nora:
        await nora.opens()
        await nora.goes("people")
        vasco = nora.page.locator("[data-person=vasco]")
        await vasco.get_by_test_id("person-name").click()
        await vasco.get_by_test_id("merge").click()
        await vasco.get_by_test_id("merge-with").select_option(label="Vasquinho")
        await vasco.get_by_test_id("merge-do").click()
        await expect(vasco).to_contain_text("also Vasquinho")
        await expect(vasco).to_contain_text("Vasco made a chair for the workshop.")
        await nora.undoes()
        await expect(nora.page.locator("[data-person=vasquinho]")).to_be_visible()

        await vasco.get_by_test_id("part").click()
        await vasco.get_by_role("checkbox", name="Vasco bakes the same almond cake.").check()
        await vasco.get_by_test_id("part-name").fill("Vasco the baker")
        await vasco.get_by_test_id("part-do").click()
        await expect(nora.page.locator("[data-person='vasco the baker']")).to_be_visible()
        await nora.undoes()
        await expect(nora.page.locator("[data-person='vasco the baker']")).to_have_count(0)
        await nora.fits()

        await nora.goes("learned")
        await expect(nora.at("learned-day")).to_have_text("What Samantha learned today")
        await nora.at("day-before").click()
        await expect(nora.at("learned-day")).to_contain_text("3 November")

        await nora.goes("find")
        await nora.at("find").fill("hazelnuts")
        await expect(nora.at("find-said").first).to_contain_text("properly allergic")
        await expect(nora.fact("You are allergic to hazelnuts")).to_be_visible()
        await nora.fits()


async def test_forgotten_before_her_eyes_and_in_the_file(tmp_path: Path, size: tuple[int, int]) -> None:
    async with noras(tmp_path, size, ScriptedBrain()) as nora:
        await nora.opens()
        await nora.goes("forget")
        await nora.at("forget-about").fill("almond cake")
        await nora.at("forget-about-look").click()
        await expect(nora.at("going")).to_contain_text("sentences")
        await expect(nora.at("forgetting")).to_contain_text("It cannot be undone")
        await nora.page.keyboard.press("Escape")
        await expect(nora.page.get_by_test_id("forgetting")).to_have_count(0)
        await expect(nora.at("story")).to_be_visible()
        assert b"taught me the almond cake" in nora.file(), "only looked at"

        await nora.goes("find")
        await nora.at("find").fill("almond cake")
        await nora.at("find-forget").first.click()
        await nora.at("forget-keep").click()

        await nora.goes("forget")
        await nora.at("forget-about").fill("almond cake")
        await nora.page.keyboard.press("Enter")
        await nora.at("forget-do").click()
        await expect(nora.at("receipt")).to_contain_text("Nothing of it can be found in her file any more")
        await expect(nora.at("receipt")).to_have_attribute("data-residue", "0")
        await nora.at("forgetting-close").click()
        assert b"the almond cake" not in nora.file()
        await nora.at("story-close").click()
        await expect(nora.at("note").last).to_have_text("Something was forgotten here.")
        await expect(nora.at("conversation")).not_to_contain_text("almond cake")

        await nora.opens()
        await nora.goes("forget")
        await nora.at("forget-all-look").click()
        await expect(nora.at("forget-do")).to_be_disabled()
        await nora.at("forget-name").fill("samantha")
        await nora.at("forget-do").click()
        await nora.at("receipt").wait_for()
        await nora.at("forgetting-close").click()
        await nora.goes("story")
        await expect(nora.at("empty")).to_contain_text("This is where your story will be")
        assert [word for word in (b"Porto", b"hazelnut", b"Clara") if word in nora.file()] == []


async def test_off_the_record_and_why_she_said_that(tmp_path: Path, size: tuple[int, int]) -> None:
    async with noras(tmp_path, size, ScriptedBrain("I won't keep the elephant.", "Good.")) as nora:
        why = nora.page.get_by_test_id("why").last
        await why.focus()
        await nora.page.keyboard.press("Enter")
        await expect(nora.at("behind")).to_contain_text("It came from what you had just said")
        letters = nora.page.locator("article", has_text="It fell apart at the page").get_by_test_id("why")
        await letters.focus()
        await nora.page.keyboard.press("Enter")
        await expect(nora.at("behind")).to_contain_text("Grandmother Celeste taught me")
        await expect(nora.at("behind")).to_contain_text("from your diary")

        await nora.at("menu").click()
        await nora.at("off-record").click()
        await expect(nora.at("off-record")).to_have_attribute("aria-checked", "true")
        await nora.page.keyboard.press("Escape")
        await expect(nora.at("off-the-record")).to_contain_text("nothing is kept")
        await nora.at("composer").fill("Nobody knows about the elephant")
        await nora.page.keyboard.press("Enter")
        await expect(nora.at("her-words")).to_contain_text("I won't keep the elephant.")
        await nora.at("menu").click()
        await nora.at("off-record").click()
        await nora.page.keyboard.press("Escape")
        await expect(nora.at("off-the-record")).to_have_count(0)
        await expect(nora.at("note").last).to_have_text("You were off the record for a while")
        await expect(nora.at("conversation")).not_to_contain_text("elephant")
        await nora.page.reload()
        await expect(nora.at("note").last).to_have_text("You were off the record for a while")
        await expect(nora.at("conversation")).not_to_contain_text("elephant")
        assert b"elephant" not in nora.file()
