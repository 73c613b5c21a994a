"""A life brought to an open house, and by the command: looked at, brought, never twice, and told what went wrong."""

import asyncio
import base64
import json
import os
from pathlib import Path
from typing import Any

import httpx
import pytest

from os1.cli import main
from os1.events import Brought, Carded, Happened, Met
from os1.frames import Begin, Ended, Passed
from os1.memory.passages import png
from os1.memory.passages.cards import Card, read, write
from os1.server import suitcase
from os1.store.base import Log
from os1.store.sqlite import SQLiteStore
from tests.houses import OpenHouse, at_a_page, open_door
from tests.machines import another_house
from tests.memory.passages.brought import as_file, conversation, message
from tests.memory.passages.test_cards import V2

AT = 1_700_000_000.0
EXPORT = json.dumps(
    [
        conversation("Cake", message("a", "user", "How long does Odile's plum cake take?", at=AT)),
        conversation("Dog", message("b", "user", "A name for a dog?", at=AT + 9), message("c", "assistant", "Rex.", at=AT + 10)),
    ]
).encode()  # fmt: skip
CARD = write(Card(json.dumps(V2)), "png")


async def post(house: OpenHouse, body: bytes = b"", **asked: str) -> tuple[int, dict[str, Any]]:
    async with house.browser() as browser:
        answer = await browser.post(
            "/api/bring", params=asked, content=body, headers={"Origin": house.origin}
        )
    return answer.status_code, answer.json()


async def until(house: OpenHouse, *states: str) -> dict[str, Any]:
    async with asyncio.timeout(10), house.browser() as browser:
        while (told := (await browser.get("/api/bring")).json())["state"] not in states:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return told


async def brought(store: Log) -> list[str]:
    return [one.event.text for one in await store.read() if isinstance(one.event, Brought)]


async def test_looked_at_first_then_brought_then_known(tmp_path: Path) -> None:
    async with open_door(tmp_path) as house:
        store = house.house.companion.store
        status, told = await post(house, EXPORT, dry="1", name="my%20export.json")
        assert (status, told["state"], told["name"]) == (200, "seen", "my export.json")
        finding = told["finding"]
        assert (finding["messages"], finding["talks"], finding["known"]) == (3, 2, 0)
        assert finding["by"] == {"": 2, "ChatGPT": 1}
        assert await brought(store) == []
        status, told = await post(house, id=told["id"])
        assert status == 200
        told = await until(house, "done")
        assert told["done"] == 1.0
        assert await brought(store) == ["How long does Odile's plum cake take?", "A name for a dog?", "Rex."]
        _, told = await post(house, EXPORT, dry="1", name="again.json")
        assert told["finding"]["known"] == 3
        assert [
            file.name for file in await asyncio.to_thread(lambda: list(tmp_path.glob(".brought-*")))
        ] != []
        async with house.browser() as browser:
            gone = await browser.delete("/api/bring", headers={"Origin": house.origin})
        assert gone.json()["state"] == "empty"
        assert await asyncio.to_thread(lambda: list(tmp_path.glob(".brought-*"))) == []


async def test_in_one_go_and_windows_are_told_that_numbers_passed(tmp_path: Path) -> None:
    async with open_door(tmp_path) as house, at_a_page(house) as page:
        await page.opens()
        status, _ = await post(house, EXPORT, name="e.json")
        assert status == 200
        passed = await page.until(Passed)
        assert (passed.first, passed.last) == (1, 3)
        await until(house, "done")
        await page.send(Begin(how="shipped"))
        await page.until(Ended)
        found = await house.house.companion.archive.recall("What about Odile's plum cake?", house.house.companion._clock.now())  # pyright: ignore[reportPrivateUsage]  # fmt: skip
        assert found
        assert page.troubles() == []


async def test_a_card_is_proposed_and_put_on_only_when_asked_and_comes_out_again(tmp_path: Path) -> None:
    async with open_door(tmp_path) as house, at_a_page(house) as page:
        _, told = await post(house, CARD, dry="1", name="sera.png")
        assert told["proposal"]["name"] == "Seraphina"
        status, refused = await post(house, id=told["id"], persona="1")
        assert (status, refused["code"]) == (400, "bad-input")
        await page.opens()
        await page.send(Begin(how="shipped"))
        await page.until(Ended)
        status, _ = await post(house, id=told["id"], persona="1")
        assert status == 200
        met = await page.until(Happened, 0, lambda one: isinstance(one.event, Met) and one.event.persona["name"] == "Seraphina")  # fmt: skip
        assert met
        await until(house, "done")
        assert house.house.companion.persona is not None
        assert house.house.companion.persona.name == "Seraphina"
        (kept,) = [
            one.event for one in await house.house.companion.store.read() if isinstance(one.event, Carded)
        ]
        assert kept.worn
        assert base64.b64decode(kept.picture) == png.plain()
        async with house.browser() as browser:
            answer = await browser.get("/api/card?form=json")
        data = read(answer.content, "json").value["data"]
        assert data["character_book"] == V2["data"]["character_book"]
        assert data["extensions"]["chub/id"] == 17


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[", b"PK\x03\x04 cut", b"\x89PNG\r\n\x1a\n", b"\0\xff" * 99, EXPORT[:-90]]
)
async def test_broken_ones_are_told_in_a_sentence(tmp_path: Path, body: bytes) -> None:
    async with open_door(tmp_path) as house:
        status, told = await post(house, body, dry="1", name="x.json")
        if status == 200:
            assert told["finding"]["left"] or told["finding"]["messages"] == 0
        else:
            assert told["text"].endswith(".")
        assert (await post(house, EXPORT, dry="1", name="e.json"))[0] == 200


async def test_two_windows_bring_something_in_the_same_moment_and_one_is_told_to_wait(tmp_path: Path) -> None:
    async with open_door(tmp_path) as house:
        answers = await asyncio.gather(
            *(post(house, EXPORT, dry="1", name=f"{one}.json") for one in range(4))
        )
        assert sorted({status for status, _ in answers}) in ([200], [200, 400])
        told = await until(house, "seen")
        assert told["finding"]["messages"] == 3
        assert len(await asyncio.to_thread(lambda: list(tmp_path.glob(".brought-*")))) == 1


async def test_too_much_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suitcase, "LARGEST_UPLOAD", 100)
    async with open_door(tmp_path) as house:
        assert (await post(house, EXPORT, dry="1"))[0] == 413
        assert await asyncio.to_thread(lambda: list(tmp_path.glob(".brought-*"))) == []


async def test_nobody_else_may_bring_anything(tmp_path: Path) -> None:
    async with open_door(tmp_path) as house:
        async with httpx.AsyncClient(base_url=house.origin, trust_env=False) as stranger:
            assert (await stranger.post("/api/bring", content=EXPORT)).status_code in (401, 403)
        async with house.browser() as browser:
            elsewhere = await browser.post(
                "/api/bring", content=EXPORT, headers={"Origin": "http://evil.example"}
            )
            assert elsewhere.status_code == 403
        status, told = await post(house, id="another")
        assert (status, told["code"]) == (400, "bad-input")


async def test_what_a_killed_house_left_lying_is_gone_at_the_next_start(tmp_path: Path) -> None:
    left = as_file(tmp_path / ".brought-abc", "a life")
    async with open_door(tmp_path) as house:
        await until(house, "empty")
        async with asyncio.timeout(5):
            while await asyncio.to_thread(left.exists):  # noqa: ASYNC110
                await asyncio.sleep(0.01)


# --- the command ---


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith(("OS1_", "OPENAI_", "OLLAMA_", "HF_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("OS1_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_the_command_shows_first_keeps_when_told_and_never_twice(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = str(as_file(tmp_path / "conversations.json", EXPORT))
    assert main(["bring", export, "--dry-run", "--zone", "Europe/Lisbon"]) == 0
    said = capsys.readouterr().out
    assert "3 messages in 2 talks, on 14 November 2023." in said
    assert "2 by you, 1 by ChatGPT" in said
    assert not (home / "companion.db").exists()
    assert main(["bring", export]) == 0  # nobody is there to say yes
    assert "Nothing was kept" in capsys.readouterr().out
    assert main(["bring", export, "--yes"]) == 0
    assert "3 new." in capsys.readouterr().out
    assert main(["bring", export, "--yes"]) == 0
    assert "nothing new" in capsys.readouterr().out


def test_what_the_command_cannot_do_is_told(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = as_file(tmp_path / "conversations.json", EXPORT)
    assert main(["bring", str(tmp_path / "gone.zip")]) == 2
    assert main(["bring", str(export), "--zone", "Mars/Phobos"]) == 2
    assert "os1 bring" not in capsys.readouterr().err
    assert main(["import", str(export)]) == 50
    assert "os1 bring" in capsys.readouterr().err
    with another_house(home / "companion.db"):
        assert main(["bring", str(export), "--yes"]) == 23
    assert "on her page" in capsys.readouterr().err


async def test_a_persona_by_the_command_is_there_at_the_next_start(home: Path, tmp_path: Path) -> None:
    card = str(await asyncio.to_thread(as_file, tmp_path / "sera.png", CARD))
    assert await asyncio.to_thread(main, ["bring", card, "--persona", "--yes"]) == 2
    async with open_door(home) as house, at_a_page(house) as page:
        await page.opens()
        await page.send(Begin(how="shipped"))
        await page.until(Ended)
    assert await asyncio.to_thread(main, ["bring", card, "--persona", "--yes"]) == 0
    out = tmp_path / "her.png"
    assert await asyncio.to_thread(main, ["export", "--card", str(out)]) == 0
    again = read(await asyncio.to_thread(out.read_bytes), "png")
    assert again.name == "Seraphina"
    assert again.value["data"]["not in any specification"] is None
    assert await asyncio.to_thread(main, ["export", "--card", str(tmp_path / "her.txt")]) == 2
    async with open_door(home) as house:
        assert house.house.companion.persona is not None
        assert house.house.companion.persona.name == "Seraphina"
    store = await SQLiteStore.open(home / "companion.db")
    assert [one.event.why for one in await store.read() if isinstance(one.event, Met)] == [
        "shipped",
        "edited",
    ]
    await store.close()
