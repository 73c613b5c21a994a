"""A life brought along on her page, on a phone's width: chosen, shown, brought, known again, and remembered."""

import asyncio
import json
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from os1.memory.passages.cards import Card, write
from os1.server.app import PAGE
from tests.houses import open_door
from tests.live.test_first_light import CHROMIUM, browser_page
from tests.memory.passages.brought import as_file, conversation, message
from tests.memory.passages.test_cards import V2

AT = 1_700_000_000.0
WIDTH = 390

pytestmark = [
    pytest.mark.live,
    pytest.mark.browser,
    pytest.mark.timeout(120),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: apt-get install chromium"),
    pytest.mark.skipif(not (PAGE / "index.html").exists(), reason="her page is not built: make web"),
]


def an_export() -> list[dict[str, object]]:
    return [
        conversation(
            f"Talk {number}",
            message(
                f"u{number}", "user", f"What does Odile put into plum cake number {number}?", at=AT + number
            ),
            message(f"h{number}", "user", "hidden", metadata={"is_visually_hidden_from_conversation": True}),
            message(
                f"a{number}", "assistant", "Cardamom, and averylongwordthatdoesnotbreak" * 3, at=AT + number
            ),
        )
        for number in range(3000)
    ]


async def fits(page: Page) -> bool:
    return await page.evaluate("document.documentElement.scrollWidth") <= WIDTH


async def test_a_life_is_brought_along(tmp_path: Path) -> None:
    export = await asyncio.to_thread(as_file, tmp_path / "conversations.json", json.dumps(an_export()))
    card = await asyncio.to_thread(as_file, tmp_path / "sera.png", write(Card(json.dumps(V2)), "png"))
    async with browser_page() as page, open_door(tmp_path / "home") as house:
        store = house.house.companion.store
        await page.goto(await asyncio.to_thread(lambda: house.link))
        await page.get_by_test_id("begin-shipped").click()
        await page.get_by_test_id("menu").click()
        bring = page.get_by_test_id("bring")

        await page.get_by_test_id("bring-file").set_input_files(export)
        await expect(bring).to_contain_text("6,000 messages in 3,000 talks, on 14 November 2023.")
        await expect(bring).to_contain_text("3,000 by you, 3,000 by ChatGPT.")
        await bring.get_by_text("A few of them").click()
        await bring.get_by_text("What stays behind").click()
        await expect(bring).to_contain_text("3,000 hidden messages")
        assert await fits(page)
        await bring.screenshot(path=tmp_path / "seen.png")
        before = await store.last()
        await page.get_by_test_id("bring-it").click()
        await expect(page.get_by_test_id("brought")).to_contain_text("6,000 new messages")
        assert await store.last() == before + 6000

        await page.get_by_test_id("bring-file").set_input_files(export)
        await expect(page.get_by_test_id("bring-it")).to_have_text("She has it all")
        await page.get_by_test_id("bring-not").click()

        await page.get_by_test_id("bring-file").set_input_files(card)
        await page.get_by_test_id("bring-persona").check()
        await bring.get_by_text("How she would talk").click()
        await bring.screenshot(path=tmp_path / "card.png")
        await page.get_by_test_id("bring-it").click()
        await expect(page.get_by_test_id("brought")).to_contain_text("She is Seraphina now.")
        assert house.house.companion.persona is not None
        assert house.house.companion.persona.name == "Seraphina"

        broken = await asyncio.to_thread(as_file, tmp_path / "broken.zip", b"PK\x03\x04 cut off")
        await page.get_by_test_id("bring-file").set_input_files(broken)
        await expect(bring).to_contain_text("cut short or damaged")
        await expect(bring).not_to_contain_text("Seraphina")
        assert await fits(page)
        await bring.screenshot(path=tmp_path / "broken.png")
