"""Our story over HTTP: everything she knows of Nora, and Nora's say over it. A real house, and her file read as bytes."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from os1.brain.testing import ScriptedBrain
from os1.errors import BadInput
from os1.events import Forgot, Private, Said
from os1.frames import Passed, Say, Welcome
from os1.server.forgettings import LASTS, MOST, Forgettings
from tests.houses import OpenHouse, at_a_page, open_door
from tests.nora import move_in


@dataclass
class Reader:
    """Nora, at her page."""

    house: OpenHouse
    browser: httpx.AsyncClient
    home: Path

    async def get(self, path: str = "", **asked: str) -> Any:
        answer = await self.browser.get(f"/api/story{path}", params=asked)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, body: object = None, status: int = 200) -> Any:
        answer = await self.browser.post(
            f"/api/story{path}", json={} if body is None else body, headers={"Origin": self.house.origin}
        )
        assert answer.status_code == status, answer.text
        return answer.json()

    async def fact(self, told: str) -> Any:
        """What is known in these words; of several the one that holds."""
        found = [one for one in (await self.get())["facts"] if one["told"] == told]
        return next((one for one in found if one["state"] == "now"), found[0] if found else None)

    async def person(self, name: str) -> Any:
        return next((one for one in (await self.get())["people"] if one["name"] == name), None)

    def bytes(self) -> bytes:
        return b"".join(file.read_bytes() for file in self.home.glob("companion.db*"))


@asynccontextmanager
async def noras(home: Path, *more: Any) -> AsyncGenerator[Reader]:
    await move_in(home, *more)
    async with open_door(home, ScriptedBrain("I see.", "Yes.")) as house, house.browser() as browser:
        await house.house.companion.archive.awake()
        yield Reader(house, browser, home)


async def states(nora: Reader, *told: str) -> list[str]:
    return [(await nora.fact(one) or {"state": "unknown"})["state"] for one in told]


# --- what she knows ---


async def test_everything_she_knows_with_its_quotes_and_their_days(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora:
        story = await nora.get()
        home = await nora.fact("you live in Porto")
        cake = await nora.fact("Celeste taught you the almond cake")
    assert (story["name"], story["private"]) == ("Samantha", False)
    assert [theme["title"] for theme in story["themes"]][:3] == ["About you", "People", "Home"]
    assert story["chapters"] == {"day": 8, "week": 7, "arc": 4, "life": 1}
    assert (len(story["facts"]), len(story["people"])) == (63, 9)
    assert (home["since"], home["theme"], home["by"], home["state"]) == (
        "February 2026",
        "home",
        "rules",
        "now",
    )
    (quote,) = home["quotes"]
    assert (quote["text"], quote["who"], quote["at"][:10], quote["source"]) == (
        "We did it: we moved to Porto.",
        "you",
        "2026-02-09",
        "",
    )
    assert cake["quotes"][0]["source"] == "diary"


async def test_what_was_so_before_is_told_with_when_it_ended(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora:
        before = await nora.fact("you lived in Lisbon")
    assert (before["state"], before["until"]) == ("past", "February 2026")


async def test_a_story_that_has_not_begun(tmp_path: Path) -> None:
    async with open_door(tmp_path) as house, house.browser() as browser:
        nora = Reader(house, browser, tmp_path)
        story = await nora.get()
        assert (story["facts"], story["people"], story["chapters"]["day"]) == ([], [], 0)
        assert (await nora.get("/chapters/week")) == {"chapters": [], "more": False}
        assert (await nora.get("/search", q="Ana"))["said"] == []
        assert (await nora.get("/learned"))["facts"] == []


async def test_what_she_learned_on_a_day_and_on_which_days_she_learned(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora:
        today = await nora.get("/learned")
        then = await nora.get("/learned", day=today["before"])
    assert [fact["told"] for fact in today["facts"]] == [
        "you had the first customer in the workshop",
        "you want to mend the cookbook for free",
        "you plan to open the workshop properly in January",
    ]
    assert (then["day"], then["after"]) == ("2026-11-03", today["day"])
    assert "you speak Portuguese, English and a kitchen sort of Arabic" in [
        fact["told"] for fact in then["facts"]
    ]


# --- the person's say ---


@pytest.mark.parametrize(
    ("how", "then"), [("wrong", "wrong"), ("past", "past"), ("true", "now"), ("rest", "now")]
)
async def test_a_fact_is_settled(tmp_path: Path, how: str, then: str) -> None:
    async with noras(tmp_path) as nora:
        guitar = await nora.fact("you are learning the guitar")
        await nora.post(f"/facts/{guitar['id']}/settle", {"how": how})
        after = next(one for one in (await nora.get())["facts"] if one["id"] == guitar["id"])
        assert (after["state"], after["resting"]) == (then, how == "rest")
        await nora.post(f"/facts/{guitar['id']}/settle", {"how": "wake"})
        assert not next(one for one in (await nora.get())["facts"] if one["id"] == guitar["id"])["resting"]


async def test_windows_keep_an_unbroken_log_while_the_story_is_changed(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora, at_a_page(nora.house) as page:
        await page.opens()
        last = (await page.until(Welcome)).last
        guitar = await nora.fact("you are learning the guitar")
        await nora.post(f"/facts/{guitar['id']}/settle", {"how": "past"})
        passed = await page.until(Passed, 0, lambda one: one.first == last + 1)
        assert passed.last == last + 1


async def test_an_edit_is_the_persons_word_and_can_be_taken_back(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora:
        boss = await nora.fact("Duarte tends to hum fado all day")
        new = (await nora.post(f"/facts/{boss['id']}/edit", {"value": "hum  morna, not fado"}))["fact"]
        mended = await nora.fact("Duarte tends to hum morna, not fado")
        assert (mended["id"], mended["by"], mended["confirmed"]) == (new, "person", True)
        assert mended["quotes"] == boss["quotes"], "the words it came from stay with it"
        assert await states(nora, "Duarte tends to hum fado all day") == ["wrong"]
        await nora.post(f"/facts/{boss['id']}/set-back", {"edited": new})
        assert await states(
            nora, "Duarte tends to hum fado all day", "Duarte tends to hum morna, not fado"
        ) == ["now", "wrong"]


async def test_an_edit_of_what_was_leaves_what_is(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora:
        lisbon = await nora.fact("you lived in Lisbon")
        new = (await nora.post(f"/facts/{lisbon['id']}/edit", {"value": "Lisbon, in Graça"}))["fact"]
        assert await states(nora, "you live in Porto", "you lived in Lisbon, in Graça") == ["now", "past"]
        assert (await nora.fact("you lived in Lisbon, in Graça"))["until"] == "February 2026"
        await nora.post(f"/facts/{lisbon['id']}/set-back", {"edited": new})
        assert await states(nora, "you live in Porto", "you lived in Lisbon") == ["now", "past"]


async def test_a_spelling_is_mended_in_place_and_what_rests_goes_on_resting(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora:
        film = await nora.fact("your favourite film is Wings of Desire")
        await nora.post(f"/facts/{film['id']}/settle", {"how": "rest"})
        same = await nora.post(f"/facts/{film['id']}/edit", {"value": "wings of desire"})
        assert same["fact"] == film["id"]
        assert (await nora.fact("your favourite film is wings of desire"))["resting"]
        await nora.post(f"/facts/{film['id']}/edit", {"value": "Paris, Texas"})
        assert (await nora.fact("your favourite film is Paris, Texas"))["resting"]


async def test_something_is_written_into_the_story(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora:
        await nora.post("/facts", {"what": "likes", "value": "figs"})
        figs = await nora.fact("you like figs")
        assert (figs["by"], figs["quotes"]) == ("person", [])
        for bad in ({"what": "nonsense", "value": "x"}, {"what": "likes", "value": " "}, {"value": "x"}):
            await nora.post("/facts", bad, 400)


async def test_two_names_become_one_person_and_two_again(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora:
        await nora.post("/people/merge", {"name": "vasco", "other": "vasquinho"})
        vasco = await nora.person("Vasco")
        assert (vasco["relations"], [one["name"] for one in vasco["aliases"]]) == (
            ["colleague"],
            ["Vasquinho"],
        )
        assert await nora.fact("Vasco made a chair for the workshop")
        assert await nora.person("Vasquinho") is None
        await nora.post("/people/part", {"name": "vasco", "other": "vasquinho"})
        assert await nora.fact("Vasquinho made a chair for the workshop")


async def test_one_name_becomes_two_people_and_one_again(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora:
        cake = await nora.fact("Vasco bakes the same almond cake")
        parted = {"name": "vasco", "other": "Vasco the baker", "facts": [cake["id"]]}
        await nora.post("/people/part", parted)
        assert (await nora.fact("Vasco the baker bakes the same almond cake"))["about"] == "vasco the baker"
        back = {"name": "vasco the baker", "other": "Vasco", "facts": [cake["id"]]}
        await nora.post("/people/part", back)
        assert (await nora.fact("Vasco bakes the same almond cake"))["about"] == "vasco"


async def test_chapters_newest_first_and_those_within_another(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora:
        weeks = (await nora.get("/chapters/week"))["chapters"]
        june = (await nora.get("/chapters/day", **{"from": "2026-06-08", "to": "2026-06-14"}))["chapters"]
        older = (await nora.get("/chapters/week", before="2026-06-08"))["chapters"]
        cited = (await nora.get("/chapters/week/2026-06-08/words"))["quotes"]
    assert [one["first"] for one in weeks] == sorted((one["first"] for one in weeks), reverse=True)
    assert [one["title"] for one in june] == ["Three kilos and furious"]
    assert [one["title"] for one in older] == ["Below the library", "Boxes"]
    assert cited[0]["text"].startswith("She's here. Inês had a girl")


async def test_a_chapter_in_the_persons_own_words(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora:
        own = {"title": "Clara!", "text": "She came on a Thursday. I was there " + "é" * 4_000}
        await nora.post("/chapters/week/2026-06-08", own)
        (week,) = (await nora.get("/chapters/week", **{"from": "2026-06-08", "to": "2026-06-14"}))["chapters"]
        assert (week["title"], week["text"], week["by"]) == (own["title"], own["text"], "person")
        await nora.post("/chapters/week/2026-06-08", {"title": "", "text": "x"}, 400)
        await nora.post("/chapters/week/2020-01-06", own, 400)


async def test_search_finds_what_was_said_with_what_stood_around_it_and_facts_and_chapters(
    tmp_path: Path,
) -> None:
    async with noras(tmp_path) as nora:
        found = await nora.get("/search", q="almond cake")
        first = found["said"][0]
        assert "almond cake" in first["text"]
        vasco = next(one for one in found["said"] if one["text"].startswith("Something strange"))
        assert vasco["after"]["text"].startswith("Recipes are letters")
        assert vasco["before"] is None, "what was said weeks earlier is another conversation"
        assert "Vasco bakes the same almond cake" in [one["told"] for one in found["facts"]]
        assert {one["title"] for one in (await nora.get("/search", q="tomato soup"))["chapters"]} == {
            "Nora, so far",
            "The lease",
        }
        assert await nora.get("/search", q="") == {"said": [], "facts": [], "chapters": []}
        assert (await nora.get("/search", q="zeppelin"))["said"] == []


async def test_why_she_said_that(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora:
        letters = next(
            one
            for one in await nora.house.house.companion.store.read(kinds=("said",))
            if isinstance(one.event, Said) and one.event.text.startswith("Recipes are")
        )
        behind = await nora.get(f"/behind/{letters.seq}")
        assert [quote["source"] for quote in behind["quotes"]] == ["diary", ""]
        answer = await nora.browser.get("/api/story/behind/1")
        assert (answer.status_code, answer.json()["text"]) == (400, "That is nothing she said.")


# --- forgetting ---


async def test_what_will_go_is_shown_and_then_no_byte_of_it_is_left(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora, at_a_page(nora.house) as page:
        await page.opens()
        shown = await nora.post("/forgetting", {"about": "Vasco"})
        texts = [one["text"] for one in shown["said"]]
        assert "Vasco, the new colleague, says he knew my grandmother." in texts
        assert "Vasco is your colleague" in shown["facts"]
        assert shown["sentences"] == len(texts)
        assert "Vasco, the new colleague" in nora.bytes().decode("utf-8", "replace"), "nothing has gone yet"
        receipt = await nora.post(f"/forgetting/{shown['id']}")
        assert (receipt["sentences"], receipt["facts"], receipt["residue"]) == (
            len(texts),
            len(shown["facts"]),
            0,
        )
        left = nora.bytes()
        assert [text for text in texts if text.encode() in left] == []
        assert b"knew your grandmother" not in left
        assert await nora.person("Vasco") is None
        assert (await page.until_event(Forgot)).event.model_dump()["scope"] == "person"
        await nora.post(f"/forgetting/{shown['id']}", {}, 400)


@pytest.mark.parametrize(
    ("wish", "goes", "stays"),
    [
        ({"about": "guitar"}, "I'm learning the guitar, badly.", "And on Sundays I swim in the sea"),
        ({"day": "2026-06-11"}, "I cried in a taxi.", "We did it: we moved to Porto."),
    ],
)
async def test_a_topic_or_a_day_goes(tmp_path: Path, wish: dict[str, str], goes: str, stays: str) -> None:
    async with noras(tmp_path) as nora:
        shown = await nora.post("/forgetting", wish)
        assert goes in [one["text"] for one in shown["said"]]
        assert (await nora.post(f"/forgetting/{shown['id']}"))["residue"] == 0
        assert goes.encode() not in nora.bytes()
        assert stays.encode() in nora.bytes()


async def test_a_fact_goes_with_its_sentence_and_a_sentence_with_its_facts(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora:
        oud = await nora.fact("Amira plays the oud")
        shown = await nora.post("/forgetting", {"fact": oud["id"]})
        assert ([one["text"] for one in shown["said"]], shown["facts"]) == (
            ["She plays the oud."],
            ["Amira plays the oud"],
        )
        await nora.post(f"/forgetting/{shown['id']}")
        assert await nora.fact("Amira plays the oud") is None
        sea = (await nora.fact("you tend to swim in the sea on Sundays"))["quotes"][0]
        shown = await nora.post("/forgetting", {name: sea[name] for name in ("seq", "start", "end")})
        assert shown["facts"] == ["you tend to swim in the sea on Sundays"]
        await nora.post(f"/forgetting/{shown['id']}")
        assert b"swim in the sea" not in nora.bytes()
        gone = await nora.post("/forgetting", {"seq": 10**12}, 400)
        assert gone["text"] == "That was never said, or is forgotten already."


async def test_everything_goes_only_with_her_name(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora:
        shown = await nora.post("/forgetting", {"everything": True})
        assert shown["confirm"] == "Samantha"
        for name in ("", "Sam", "yes"):
            refused = await nora.post(f"/forgetting/{shown['id']}", {"name": name}, 400)
            assert "Samantha" in refused["text"]
        assert (await nora.post(f"/forgetting/{shown['id']}", {"name": " samantha "}))["residue"] == 0
        story = await nora.get()
        assert (story["facts"], story["chapters"]["life"], story["name"]) == ([], 0, "Samantha")
        assert [word for word in (b"Porto", b"Vasco", b"hazelnut") if word in nora.bytes()] == []


async def test_what_came_to_it_meanwhile_is_shown_first(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora:
        shown = await nora.post("/forgetting", {"about": "guitar"})
        say = Say(n=1, text="The guitar has a broken string.")
        happened = await nora.house.house.companion.heard(say, "another-window")
        nora.house.house.conversation.tell_happened([happened])
        more = await nora.post(f"/forgetting/{shown['id']}", {}, 409)
        assert more["again"]["sentences"] == shown["sentences"] + 1
        assert b"learning the guitar" in nora.bytes()
        await nora.post(f"/forgetting/{more['again']['id']}")
        assert b"guitar" not in nora.bytes()


async def test_a_yes_means_what_was_shown_for_ten_minutes(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora:
        now = [0.0]
        forgettings = Forgettings(nora.house.house.companion, lambda: now[0])
        wish = nora.house.house.companion.story.wish_about("guitar")
        first = await forgettings.show(wish)
        now[0] = LASTS + 1
        with pytest.raises(BadInput, match="too long ago"):
            await forgettings.do(first.id)
        kept = [await forgettings.show(wish) for _ in range(MOST + 1)]
        with pytest.raises(BadInput):
            forgettings.find(kept[0].id)
        assert forgettings.find(kept[-1].id).plan.said


# --- off the record ---


async def test_off_the_record_nothing_is_kept_and_that_is_said(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora, at_a_page(nora.house) as page:
        await page.opens()
        assert (await nora.post("/private", {"on": True})) == {"private": True}
        await page.until_event(Private)
        assert (await nora.get())["private"]
        say = Say(n=1, text="Nobody must know about the elephant.")
        await nora.house.house.conversation.obey(nora.house.house.conversation._windows._open[0], say)  # pyright: ignore[reportPrivateUsage]
        assert b"elephant" not in nora.bytes()
        guitar = await nora.fact("you are learning the guitar")
        refused = await nora.post(f"/facts/{guitar['id']}/settle", {"how": "past"}, 400)
        assert refused["text"].startswith("You are off the record")
        async with at_a_page(nora.house, "a-second-window") as second:
            await second.opens()
            assert (await second.until(Welcome)).private
        assert (await nora.post("/private", {"on": False})) == {"private": False}
        assert b"elephant" not in nora.bytes()


# --- hostile ---


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/facts/3/settle", {"how": "burn"}),
        ("/facts/3/settle", ["wrong"]),
        ("/facts/999999/settle", {"how": "wrong"}),
        ("/facts/99999999999999999999999/settle", {"how": "wrong"}),
        ("/facts/3/edit", {"value": "x" * 301}),
        ("/facts/3/edit", {"value": "\n \t"}),
        ("/facts/3/set-back", {"edited": -1}),
        ("/people/merge", {"name": "teo", "other": "teo"}),
        ("/people/merge", {"name": "nobody", "other": "teo"}),
        ("/people/merge", {"name": "x" * 5_000, "other": "teo"}),
        ("/people/part", {"name": "teo", "other": "", "facts": []}),
        ("/people/part", {"name": "teo", "other": "Teo from work", "facts": [10**30]}),
        ("/chapters/week/2026-06-08", {"title": "x", "text": "y" * 9_000}),
        ("/chapters/week/never", {"title": "x", "text": "y"}),
        ("/chapters/decade/2026-06-08", {"title": "x", "text": "y"}),
        ("/forgetting", {}),
        ("/forgetting", {"about": "Teo", "day": "2026-01-05"}),
        ("/forgetting", {"about": "   "}),
        ("/forgetting", {"day": "yesterday"}),
        ("/forgetting", {"seq": 3, "start": -1, "end": 2}),
        ("/forgetting", {"everything": False}),
        ("/forgetting/no-such-plan", {}),
        ("/forgetting/..%2f..%2fetc", {}),
        ("/private", {"on": "perhaps"}),
        ("/private", {"on": True, "more": 1}),
    ],
)
async def test_what_cannot_be_done_is_told_and_changes_nothing(
    tmp_path: Path, path: str, body: object
) -> None:
    async with noras(tmp_path) as nora:
        last = nora.house.house.companion.last_seq
        refused = await nora.browser.post(
            f"/api/story{path}", json=body, headers={"Origin": nora.house.origin}
        )
        assert refused.status_code in (400, 404)
        if refused.status_code == 400:
            assert refused.json()["text"]
        assert nora.house.house.companion.last_seq == last


async def test_only_she_whose_story_it_is_may_ask(tmp_path: Path) -> None:
    async with noras(tmp_path) as nora:
        stranger = nora.house.browser(session="a-guess")
        async with stranger:
            assert (await stranger.get("/api/story")).status_code == 401
        elsewhere = await nora.browser.post(
            "/api/story/forgetting",
            json={"everything": True},
            headers={"Origin": "https://elsewhere.invalid"},
        )
        assert elsewhere.status_code == 403
        for raw in (b"", b"\xff\xfe", b"[" * 3_000, b'{"how": NaN}', b"x" * 200_000):
            answer = await nora.browser.post(
                "/api/story/private", content=raw, headers={"Origin": nora.house.origin}
            )
            assert answer.status_code == 400
        for asked in ({"day": "x"}, {"q": "x" * 5_000}):
            for path in ("/learned", "/search"):
                answer = await nora.browser.get(f"/api/story{path}", params=asked)
                assert answer.status_code in (200, 400)
