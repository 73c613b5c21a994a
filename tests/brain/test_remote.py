"""A brain elsewhere, and every way in which elsewhere fails; and one brain changed for another while she is awake."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, asynccontextmanager, closing
from socket import socket

import pytest

from os1.brain.base import Brain
from os1.brain.remote import RemoteBrain
from os1.brain.switch import Switch
from os1.brain.testing import ScriptedBrain
from os1.errors import BadInput, BrainUnavailable, SetupError
from tests.brain.endpoint import (
    Endpoint,
    Stream,
    an_endpoint,
    confesses,
    cut,
    endless,
    garbage,
    silent,
    torn,
    wordless,
)
from tests.brain.thoughts import HELLO, PATIENCE, gather_words, thought


@asynccontextmanager
async def elsewhere(key: str = "") -> AsyncGenerator[tuple[Endpoint, RemoteBrain]]:
    async with an_endpoint() as endpoint, asyncio.timeout(PATIENCE):
        brain = RemoteBrain("elsewhere", endpoint.url, "a-model", key)
        try:
            yield endpoint, brain
        finally:
            await brain.close()


async def test_the_request_is_the_one_everybody_understands() -> None:
    async with elsewhere(key="a-key\n") as (endpoint, brain):
        endpoint.key = "a-key"
        endpoint.script = ["Yes."]
        assert await thought(brain, most=33) == "Yes."
        assert endpoint.asked == [
            {
                "model": "a-model",
                "messages": [
                    {"role": "system", "content": "You are brief."},
                    {"role": "user", "content": "Hello?"},
                ],
                "stream": True,
                "max_tokens": 33,
            }
        ]


async def test_a_note_asks_for_its_grammar_and_an_endpoint_that_refuses_it_is_not_asked_for_it_again() -> (
    None
):
    async with elsewhere() as (endpoint, brain):
        endpoint.knows_grammars = False
        for line in ("yes", "no"):
            endpoint.script.append(line)
            assert await brain.note(HELLO, 'root ::= "yes" | "no"', 4) == line
        assert [("grammar" in body, body["temperature"]) for body in endpoint.asked] == [
            (True, 0),
            (False, 0),
            (False, 0),
        ]
        assert brain.state == "ready"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 429, 500, 502, 503, 301, 307])
async def test_a_refusal_is_told_by_its_kind_and_quotes_nothing(status: int) -> None:
    async with elsewhere(key="sk-secret") as (endpoint, brain):
        endpoint.status = status
        with pytest.raises(BrainUnavailable) as caught:
            await thought(brain)
        assert brain.state == "lost"
        assert "Hello?" not in str(caught.value), "what an endpoint echoes is not logged"
        assert "sk-secret" not in repr(caught.value) + str(caught.value.__cause__)
        assert endpoint.paths == ["/v1/chat/completions"], "it is not followed elsewhere with the key"


async def test_a_wrong_key_is_told_as_that() -> None:
    async with elsewhere(key="wrong") as (endpoint, brain):
        endpoint.key = "right"
        with pytest.raises(BrainUnavailable, match="refused the key"):
            await thought(brain)


@pytest.mark.parametrize(
    ("behaves", "heard"),
    [(cut, "I was"), (torn, "I was"), (confesses, "I was"), (wordless, ""), (garbage, "")],
    ids=lambda value: getattr(value, "__name__", ""),
)
async def test_an_answer_that_is_not_whole_is_told_as_lost_after_what_was_heard(
    behaves: Stream, heard: str
) -> None:
    async with elsewhere() as (endpoint, brain):
        endpoint.behaves, endpoint.script = behaves, ["I was| about to say"]
        words: list[str] = []
        with pytest.raises(BrainUnavailable):
            await gather_words(brain, words)
        assert "".join(words) == heard
        assert brain.state == "lost"


async def test_a_line_that_goes_silent_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os1.brain.remote.SILENCE", 0.1)
    async with elsewhere() as (endpoint, brain):
        endpoint.behaves, endpoint.script = silent, ["I was"]
        words: list[str] = []
        with pytest.raises(BrainUnavailable, match="ReadTimeout"):
            await gather_words(brain, words)
        assert words == ["I was"]
        endpoint.hurry.set()


async def test_one_who_never_stops_is_stopped() -> None:
    async with elsewhere() as (endpoint, brain):
        endpoint.behaves = endless
        assert len(await thought(brain, most=20)) <= 20 * 16 + 10
        await endpoint.broken_off.wait()


async def test_letting_go_of_a_thought_lets_go_of_the_line() -> None:
    """An endpoint is not left to think, and be paid, for no one."""
    async with elsewhere() as (endpoint, brain):
        endpoint.behaves = endless
        async with aclosing(brain.think(HELLO)) as thinking:
            await anext(thinking)
        await endpoint.broken_off.wait()


async def test_nobody_there_is_told_as_that() -> None:
    with closing(socket()) as nobody:
        nobody.bind(("127.0.0.1", 0))
        brain = RemoteBrain("nobody", f"http://127.0.0.1:{nobody.getsockname()[1]}/v1", "a-model")
        with pytest.raises(BrainUnavailable, match="nobody does not answer"):
            await thought(brain)
        assert not await brain.answers()
        await brain.close()


async def test_it_is_asked_now_and_then_and_is_back_when_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os1.brain.remote.KNOCK_AFTER", (0.01, 0.02))
    async with elsewhere() as (endpoint, brain):
        living = asyncio.create_task(brain.run(), name="brain")
        endpoint.status = 500
        with pytest.raises(BrainUnavailable):
            await thought(brain)
        await endpoint.knocked(3)
        assert brain.state == "lost"
        endpoint.status, endpoint.script = 200, ["Back."]
        await brain.ready()
        assert await thought(brain) == "Back."
        living.cancel()
        await asyncio.wait([living])


async def test_after_it_was_put_away_it_says_so() -> None:
    async with elsewhere() as (_, brain):
        await brain.close()
        with pytest.raises(BrainUnavailable, match="put away"):
            await thought(brain)


@pytest.mark.parametrize(
    "url", ["", "nowhere", "ftp://127.0.0.1/v1", "http://", "http://[::1", "http://127.0.0.1:port", "\x00"]
)
def test_an_address_that_is_none_is_a_matter_of_the_settings(url: str) -> None:
    with pytest.raises(SetupError, match="address"):
        RemoteBrain("elsewhere", url, "a-model")


@pytest.mark.parametrize("key", ["sk-\x01secret", "sk-sécret", "sk-a\nsk-b"])
def test_a_key_that_is_none_is_a_matter_of_the_settings_and_is_not_repeated(key: str) -> None:
    with pytest.raises(SetupError) as caught:
        RemoteBrain("elsewhere", "http://127.0.0.1:1/v1", "a-model", key)
    assert "sk-" not in str(caught.value)


async def test_a_proxy_of_the_machine_is_not_for_what_is_on_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    async with elsewhere() as (endpoint, brain):
        endpoint.script = ["Directly."]
        assert await thought(brain) == "Directly."


# --- changed while awake ---


@asynccontextmanager
async def chosen(switch: Switch) -> AsyncGenerator[None]:
    async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as life:
        living = life.create_task(switch.run(), name="switch")
        await switch.ready()
        yield
        living.cancel()


async def test_another_brain_thinks_the_next_thought() -> None:
    switch = Switch(
        {"a": lambda: ScriptedBrain("A.", name="a"), "b": lambda: ScriptedBrain("B.", name="b")}, "a"
    )
    async with chosen(switch):
        assert await thought(switch) == "A."
        switch.choose("b")
        assert (switch.name, switch.in_use, switch.state) == ("b", "b", "waking")
        await switch.ready()
        assert await thought(switch) == "B."


async def test_a_brain_that_is_not_there_cannot_be_chosen_and_nothing_changes() -> None:
    def broken() -> Brain:
        raise SetupError("no address")

    switch = Switch({"a": lambda: ScriptedBrain("A."), "broken": broken}, "a")
    async with chosen(switch):
        with pytest.raises(BadInput, match="There are: a, broken"):
            switch.choose("c")
        with pytest.raises(SetupError):
            switch.choose("broken")
        assert (switch.in_use, switch.state) == ("a", "ready")
        assert await thought(switch) == "A."


async def test_chosen_in_the_middle_of_a_thought_that_thought_ends_well_or_is_lost() -> None:
    async with an_endpoint() as endpoint:
        endpoint.behaves, endpoint.script = silent, ["I was"]
        choices: dict[str, Callable[[], Brain]] = {
            "far": lambda: RemoteBrain("far", endpoint.url, "a-model"),
            "near": lambda: ScriptedBrain("Near."),
        }
        switch = Switch(choices, "far")
        async with chosen(switch):
            thinking = switch.think(HELLO)
            assert await anext(thinking) == "I was"
            switch.choose("near")
            await switch.ready()
            with pytest.raises(BrainUnavailable):
                await anext(thinking)
            assert switch.state == "ready", "the old one's end is not the new one's"
            assert await thought(switch) == "Near."
