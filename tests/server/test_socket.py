"""A real socket, and what may come in by it. Each answers in a sentence or a close code, and the house lives on."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from os1.brain.base import Message
from os1.brain.testing import ScriptedBrain
from os1.errors import BadInput, OutOfOrder, TooLong
from os1.events import Happened, Said
from os1.frames import Begin, CaughtUp, Earlier, Ended, Kept, Open, Say, Trouble, Welcome, Words
from os1.frames import Page as OlderPage
from os1.server.gate import NOT_KNOWN
from tests.houses import OpenHouse, Page, at_a_page, dial, open_door
from tests.scenes import story

UNREADABLE = [
    "",
    "hello",
    "{",
    "null",
    "[]",
    "7",
    '"open"',
    "{}",
    '{"kind": "fly"}',
    '{"kind": null}',
    '{"kind": "say", "n": 1}',
    '{"kind": "say", "n": 0, "text": "zero"}',
    '{"kind": "say", "n": -3, "text": "minus"}',
    '{"kind": "say", "n": 1.5, "text": "a half"}',
    '{"kind": "say", "n": 1, "text": 7}',
    '{"kind": "say", "n": 1, "text": "x", "seconds": -1}',
    '{"kind": "say", "n": 1, "text": "x", "colour": "coral"}',
    '{"kind": "say", "n": 1, "text": "half a character \\ud83d"}',
    '{"kind": "open", "client": "short"}',
    '{"kind": "open", "client": "a-page-1", "after": -2}',
    '{"kind": "heard", "text": "an event is no command"}',
    '{"kind": "earlier", "before": 0}',
    "[" * 100_000,
    '{"kind": "' + "x" * 100_000 + '"}',
    '{"kind": "open", "client": "a-page-1", "' + "y" * 100_000 + '": 1}',
    '{"kind": "say", "n": 1' + "0" * 10_000 + ', "text": "x"}',
]
"""Frames that are no command."""


class Halting(ScriptedBrain):
    """Stops after the first piece of an answer, until `pause` is set again."""

    async def think(self, messages: Sequence[Message], most: int = 200) -> AsyncGenerator[str]:
        begun = False
        async for words in super().think(messages, most):
            yield words
            if not begun:
                self.pause.clear()
            begun = True


async def begins(page: Page) -> None:
    await page.opens()
    await page.send(Begin(how="shipped"))
    await page.until(Ended)


async def still_answers(house: OpenHouse) -> None:
    """The house lives: a new window is welcomed."""
    async with at_a_page(house, "another-page") as page:
        await page.opens()
        assert isinstance(page.frames[0], Welcome)


# --- what can be read, and what cannot ---


async def test_what_is_no_command_is_answered_in_a_sentence_and_the_line_holds(tmp_path: Path) -> None:
    async with open_door(tmp_path) as house, at_a_page(house) as page:
        for sent in UNREADABLE:
            seen = len(page.frames)
            await page.raw(sent)
            trouble = await page.until(Trouble, seen)
            assert trouble.code == "bad-input", sent[:80]
            assert trouble.text.startswith(BadInput.spoken)
            assert len(trouble.text) < 400, "what was sent is not sent back"
        await begins(page)


async def test_bytes_are_read_like_text(tmp_path: Path) -> None:
    async with open_door(tmp_path) as house, at_a_page(house) as page:
        await page.raw(b"\xff\xfe\x00")
        assert (await page.until(Trouble)).code == "bad-input"
        await page.raw(Open(client=page.client).model_dump_json().encode())
        await page.until(CaughtUp)


async def test_a_broken_character_closes_the_line_and_nothing_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_door(tmp_path) as house:
        async with at_a_page(house) as page:
            await page.opens()
            await page.raw(b'{"kind": "draft", "text": "\xc3\x28 a secret"}', text=True)
            assert await page.until_closed() == 1007
        await still_answers(house)
    assert "a secret" not in caplog.text


async def test_a_frame_of_two_megabytes_closes_the_line_and_nothing_else(tmp_path: Path) -> None:
    async with open_door(tmp_path) as house:
        async with at_a_page(house) as page:
            await page.opens()
            await page.send(Say(n=1, text="x" * 2_000_000))
            assert await page.until_closed() == 1009
        await still_answers(house)


async def test_a_window_says_open_first(tmp_path: Path) -> None:
    async with open_door(tmp_path) as house, at_a_page(house) as page:
        await page.send(Say(n=1, text="no hello?"))
        assert "`open` first" in (await page.until(Trouble)).text
        await begins(page)
        assert [kind for kind, _ in await story(house.house.companion.store)] == ["began", "said", "met"]


async def test_a_page_of_another_version_is_told_to_reload(tmp_path: Path) -> None:
    async with open_door(tmp_path) as house, at_a_page(house) as page:
        await page.send(Open(client=page.client, protocol=99))
        assert (await page.until(Trouble)).code == "bad-input"


# --- messages ---


@pytest.mark.parametrize(
    ("text", "error"),
    [("", BadInput), (" \n\t ", BadInput), ("x" * 8_001, TooLong), ("é" * 100_000, TooLong)],
    ids=["empty", "blank", "one too many", "a novel"],
)
async def test_a_message_she_cannot_take_in_is_answered_and_the_next_one_is_kept(
    tmp_path: Path, text: str, error: type[BadInput]
) -> None:
    async with open_door(tmp_path, ScriptedBrain("Here.")) as house, at_a_page(house) as page:
        await begins(page)
        await page.send(Say(n=1, text=text))
        trouble = await page.until(Trouble)
        assert (trouble.code, trouble.text, trouble.n) == (error.code, error.spoken, 1)
        await page.send(Say(n=1, text="shorter"))
        assert (await page.until(Kept)).n == 1


async def test_any_text_is_kept_as_it_was_written(tmp_path: Path) -> None:
    texts = ["\x00", "a\x00b", "\u202egnissab", "👩‍👩‍👧", "<script>alert(1)</script>", "\x1b[2J"]
    async with open_door(tmp_path, ScriptedBrain(*["I see."] * 6)) as house, at_a_page(house) as page:
        await begins(page)
        for n, text in enumerate(texts, start=1):
            await page.send(Say(n=n, text=text))
            await page.until(Kept, 0, lambda kept, n=n: kept.n == n)
        assert [text for kind, text in await story(house.house.companion.store) if kind == "heard"] == texts


async def test_an_impossible_way_of_writing_does_not_spoil_the_first_meeting(tmp_path: Path) -> None:
    impossible = [
        ("1e308", "0"),
        ("0", "9" * 300),
        ("1e999", "1"),
        ("1e-320", "0"),
        ("-0.0", "0"),
        ("1e308", "9" * 300),
    ]
    async with open_door(tmp_path, ScriptedBrain(*["Mm."] * 9)) as house, at_a_page(house) as page:
        await page.opens()
        await page.send(Begin(how="interview"))
        await page.until(Ended)
        for n, (seconds, hesitations) in enumerate(impossible, start=1):
            seen = len(page.frames)
            await page.raw(
                f'{{"kind": "say", "n": {n}, "text": "with my mother it was always simple", '
                f'"seconds": {seconds}, "hesitations": {hesitations}}}'
            )
            await page.until(Kept, seen)
            await page.until(Ended, seen)
        await still_answers(house)


async def test_the_same_number_twice_is_the_same_message(tmp_path: Path) -> None:
    async with open_door(tmp_path, ScriptedBrain("Once.")) as house, at_a_page(house) as page:
        await begins(page)
        for _ in range(3):
            await page.send(Say(n=1, text="only once"))
        await page.until_event(Said, since=len(page.frames) - 1)
        await page.send(Say(n=1, text="and with other words"))
        await page.send(Earlier(before=100))
        await page.until(OlderPage)
        assert len({kept.seq for kept in page.frames if isinstance(kept, Kept)}) == 1
        assert [text for kind, text in await story(house.house.companion.store) if kind == "heard"] == [
            "only once"
        ]


async def test_a_number_too_early_is_asked_for_again(tmp_path: Path) -> None:
    async with open_door(tmp_path) as house, at_a_page(house) as page:
        await begins(page)
        await page.send(Say(n=3, text="the third"))
        trouble = await page.until(Trouble)
        assert (trouble.code, trouble.n, trouble.expected) == (OutOfOrder.code, 3, 1)
        assert "heard" not in [kind for kind, _ in await story(house.house.companion.store)]


async def test_a_window_that_remembers_more_than_the_house_is_told_how_much_there_is(tmp_path: Path) -> None:
    async with open_door(tmp_path) as house, at_a_page(house) as page:
        await page.send(Open(client=page.client, after=99))
        trouble = await page.until(Trouble)
        assert (trouble.code, trouble.expected) == ("ahead-of-log", 0)
        await page.opens()


async def test_any_page_may_be_asked_for(tmp_path: Path) -> None:
    async with open_door(tmp_path) as house, at_a_page(house) as page:
        await begins(page)
        for before, there in [(1, 0), (2**31, 3), (2**63, 3), (10**40, 3)]:
            seen = len(page.frames)
            await page.send(Earlier(before=before))
            assert len((await page.until(OlderPage, seen)).events) == there


# --- a line that breaks ---


async def test_a_line_that_breaks_in_the_middle_of_her_words_goes_on_where_it_stopped(tmp_path: Path) -> None:
    brain = Halting("It was| a long| way| home.")
    async with open_door(tmp_path, brain) as house:
        async with at_a_page(house) as page:
            await begins(page)
            await page.send(Say(n=1, text="how was it"))
            reply = await page.until_shown("It was")
            last, seen = max(happened.seq for happened in page.events()), page.shown(reply)
            page.drop()
            await page.until_closed()
        brain.pause.set()
        async with at_a_page(house) as page:
            await page.opens(after=last, reply=reply, seen=seen)
            await page.until_event(Said)
            assert page.shown(reply) == "It was a long way home."
            pieces = [(words.start, words.text) for words in page.frames if isinstance(words, Words)]
            assert pieces[0][0] == len(seen), "nothing was sent twice"
            assert [happened.seq for happened in page.events()] == [last + 1]
        assert (await story(house.house.companion.store))[-2:] == [
            ("heard", "how was it"),
            ("said", "It was a long way home."),
        ]


async def test_words_sent_into_a_breaking_line_are_sent_again_and_kept_once(tmp_path: Path) -> None:
    """The page does not know whether its message arrived: it sends it again with its number."""
    async with open_door(tmp_path, ScriptedBrain("Yes?", "Yes.")) as house:
        async with at_a_page(house) as page:
            await begins(page)
            await page.send(Say(n=1, text="did you get this"))
            page.drop()
            await page.until_closed()
        async with at_a_page(house) as page:
            await page.opens()
            heard_n = next(frame.heard_n for frame in page.frames if isinstance(frame, Welcome))
            assert heard_n in (0, 1)
            await page.send(Say(n=1, text="did you get this"))
            await page.until(Kept)
            await page.until_event(Said, since=0)
        heard = [text for kind, text in await story(house.house.companion.store) if kind == "heard"]
        assert heard == ["did you get this"]


async def test_many_lines_that_break_leave_no_window_behind(tmp_path: Path) -> None:
    async with open_door(tmp_path) as house:
        for number in range(20):
            async with at_a_page(house, f"a-page-{number:02}") as page:
                await page.opens()
                page.drop()
                await page.until_closed()
        async with house.browser() as browser:
            async with asyncio.timeout(10):
                while "os1_windows 0.0" not in (await browser.get("/metrics")).text:
                    pass  # the house learns of it by its own reading


async def test_two_windows_see_the_same(tmp_path: Path) -> None:
    async with open_door(tmp_path, ScriptedBrain("To both of you.")) as house:
        async with at_a_page(house, "desk-page") as desk, at_a_page(house, "phone-page") as phone:
            await begins(desk)
            await phone.opens()
            await desk.send(Say(n=1, text="who is there"))
            await desk.until_event(Said, since=len(desk.frames))
            await phone.until(Happened, 0, lambda one: isinstance(one.event, Said) and one.event.reply == 4)
            assert phone.shown(4) == desk.shown(4) == "To both of you."


# --- who may come in ---


async def test_without_a_session_the_line_is_closed_and_says_why(tmp_path: Path) -> None:
    async with open_door(tmp_path) as house:
        for session in ("", "made-up", house.session + "x", "../links/x"):
            async with dial(house, session=session) as line:
                await line.wait_closed()
                assert line.close_code == NOT_KNOWN


async def test_another_pages_handshake_is_refused(tmp_path: Path) -> None:
    async with open_door(tmp_path) as house:
        for origin in ("https://evil.test", "null", "http://127.0.0.1", "http://127.0.0.1:1", "file://"):
            with pytest.raises(InvalidStatus) as refused:
                await dial(house, origin=origin)
            assert refused.value.response.status_code == 403
        await still_answers(house)


async def test_nothing_of_a_conversation_is_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="os1")
    async with (
        open_door(tmp_path, ScriptedBrain("I'll keep your secret.")) as house,
        at_a_page(house) as page,
    ):
        await begins(page)
        await page.send(Say(n=1, text="my secret is marzipan"))
        await page.until_event(Said, since=len(page.frames))
        await page.send(Say(n=9, text="marzipan again"))
        await page.until(Trouble)
        await page.raw(json.dumps({"kind": "say", "n": 2, "text": "marzipan", "marzipan": 1}))
        await page.until(Trouble, since=len(page.frames))
    assert "marzipan" not in caplog.text
    assert "secret" not in caplog.text
