"""Opening the house where it cannot open: a sentence and an exit code for each. And closing it, politely asked."""

import asyncio
import io
import json
import os
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from os1 import errors
from os1.brain.testing import ScriptedBrain
from os1.cli import main
from os1.clock import RealClock
from os1.config import read
from os1.errors import OS1Error, SetupError
from os1.events import Happened, Said
from os1.frames import Begin, Ended, Say
from os1.server.door import Door
from os1.server.gate import Origins
from os1.server.house import open_house
from os1.server.serve import HOST, bound, in_reach, phone_door, serve
from os1.store.sqlite import SQLiteStore
from tests.brain.endpoint import an_endpoint, silent
from tests.houses import WITHOUT_FILES, OpenHouse, at_a_page, open_door
from tests.machines import another_house, fill, seal, small_disk
from tests.scenes import story

Command = Callable[..., tuple[int, str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, and nothing of the settings of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith(("OS1_", "OPENAI_", "OLLAMA_", "HF_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("OS1_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OS1_MODELS", str(tmp_path / "models"))
    return tmp_path / "home"


@pytest.fixture
def os1(home: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command. Returns its exit code, and what it said of a failure."""

    def run(*arguments: str) -> tuple[int, str]:
        code = main(list(arguments))
        said = capsys.readouterr().err
        assert "Traceback" not in said
        return code, said

    return run


# --- commands that cannot ---


def test_a_port_that_is_none(os1: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OS1_PORT", "abc")
    code, said = os1("login")
    assert code == errors.SetupError.exit_code
    assert "“port”" in said


def test_a_bad_settings_file(os1: Command, home: Path) -> None:
    home.mkdir()
    (home / "settings.toml").write_text("port = = 8316")
    code, said = os1("doctor")
    assert code == errors.SetupError.exit_code
    assert "settings.toml" in said


def test_a_home_that_cannot_be_made(os1: Command, home: Path) -> None:
    home.write_text("a file where her home should be")
    code, said = os1("export")
    assert code == errors.StoreReadOnly.exit_code
    assert str(home) in said


@pytest.mark.parametrize("command", [("run", "--no-browser"), ("talk",), ("login",)])
def test_a_sealed_home(os1: Command, home: Path, command: tuple[str, ...]) -> None:
    with small_disk(home):
        seal(home, writable=False)
        code, said = os1(*command)
        assert code == errors.StoreReadOnly.exit_code
        assert str(home) in said


def test_a_full_home(os1: Command, home: Path) -> None:
    with small_disk(home):
        fill(home)
        code, said = os1("login")
        assert code == errors.StoreFull.exit_code
        assert str(home) in said


def test_nobody_home_to_export(os1: Command, home: Path) -> None:
    code, said = os1("export", str(home.parent / "out.zip"))
    assert code == errors.ArchiveError.exit_code
    assert "nobody" in said
    assert not (home.parent / "out.zip").exists()


def test_an_archive_that_is_none(os1: Command, home: Path) -> None:
    (home.parent / "letter.zip").write_text("Dear Theodore,")
    code, said = os1("import", str(home.parent / "letter.zip"))
    assert code == errors.ArchiveError.exit_code
    assert "letter.zip" in said
    assert list(home.iterdir()) == []


def test_a_file_that_is_not_hers(os1: Command, home: Path) -> None:
    home.mkdir()
    (home / "companion.db").write_text("Dear Theodore,")
    code, said = os1("export", str(home.parent / "out.zip"))
    assert code == errors.StoreForeign.exit_code
    assert "companion.db" in said


def test_a_model_that_is_none(os1: Command, home: Path) -> None:
    (home.parent / "model.gguf").write_bytes(b"not a model at all")
    code, said = os1("models", "get", str(home.parent / "model.gguf"))
    assert code == errors.ModelRefused.exit_code
    assert "not a GGUF file" in said


def test_a_model_that_is_not_the_one_it_was(os1: Command, home: Path) -> None:
    model = home.parent / "model.gguf"
    model.write_bytes(b"GGUF, and a mind of its own")
    assert os1("models", "get", str(model)) == (0, "")
    model.write_bytes(b"GGUF, and another mind now")
    code, said = os1("models", "verify", str(model))
    assert code == errors.ModelRefused.exit_code
    assert "models trust" in said


def test_a_model_that_is_not_there(os1: Command, home: Path) -> None:
    for wanted in (str(home / "none.gguf"), "no-such-model"):
        assert os1("models", "get", wanted)[0] == errors.ModelMissing.exit_code
    assert os1("models", "get")[0] == errors.BadInput.exit_code


def test_a_shipped_model_with_other_bytes_is_put_aside(os1: Command, home: Path) -> None:
    models = home.parent / "models"
    models.mkdir()
    (models / "all-minilm-l6-v2-int8.onnx").write_bytes(b"something else")
    code, said = os1("models", "verify", "minilm-int8")
    assert code == errors.ModelRefused.exit_code
    assert "not the file that was promised" in said
    assert (models / "all-minilm-l6-v2-int8.onnx.refused").read_bytes() == b"something else"


def test_as_a_command_of_the_machine(home: Path) -> None:
    """Once as a process of its own: the sentence goes to stderr, alone, and the code to whoever started it."""
    environment = {**os.environ, "OS1_PORT": "abc"}
    asked = subprocess.run(
        [sys.executable, "-m", "os1.cli", "run"], env=environment, capture_output=True, text=True, check=False
    )
    assert (asked.returncode, asked.stdout) == (40, "")
    assert asked.stderr.startswith("os1: The setting “port” is not right")
    assert asked.stderr.count("\n") == 1


def test_every_error_has_a_code_of_its_own_and_something_to_say() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, OS1Error)]
    codes = [kind.code for kind in kinds if "code" in vars(kind)]
    assert len(codes) == len(set(codes))
    assert all(0 < kind.exit_code < 126 and kind.spoken for kind in kinds)


# --- a house that cannot open ---


def test_a_port_in_use_is_told_with_what_to_do() -> None:
    with bound(0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SetupError, match=rf"Port {port} is in use.*OS1_PORT={port + 1}"):
            bound(port)


def test_a_port_left_a_moment_ago_can_be_used_again() -> None:
    with bound(0) as first:
        port = first.getsockname()[1]
        with socket.create_connection((HOST, port)) as visitor:
            first.accept()[0].close()
            visitor.recv(1)
    with bound(port):
        pass


def test_it_listens_to_this_machine_only() -> None:
    with bound(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize("brain", ["openai", "ollama", "embedded", "hal"])
async def test_a_brain_that_was_not_named_is_told(tmp_path: Path, brain: str) -> None:
    settings = await asyncio.to_thread(read, {"OS1_HOME": str(tmp_path), "OS1_BRAIN": brain})
    with pytest.raises(SetupError, match=brain):
        async with open_house(settings, WITHOUT_FILES):
            pass
    assert list(tmp_path.iterdir()) == [], "no one is born into a house that cannot open"


async def test_a_second_house_is_told_and_the_first_goes_on(tmp_path: Path) -> None:
    async with open_door(tmp_path, ScriptedBrain("Still here.")) as house:
        with pytest.raises(errors.StoreInUse):
            async with open_door(tmp_path):
                pass
        async with at_a_page(house) as page:
            await page.opens()


async def test_a_house_beside_one_in_another_process_is_told(tmp_path: Path) -> None:
    await (await SQLiteStore.open(tmp_path / "companion.db")).close()
    with another_house(tmp_path / "companion.db"), pytest.raises(errors.StoreInUse):
        async with open_door(tmp_path):
            pass


@pytest.mark.parametrize("content", [b"", b"name = ", b"name = 'Samantha'\nlikes = 7", b"name = 'Ren\xe9e'"])
async def test_a_persona_file_that_cannot_be_read_is_named_and_nothing_of_hers_changes(
    tmp_path: Path, content: bytes
) -> None:
    async with open_door(tmp_path) as house, at_a_page(house) as page:
        await page.opens()
        await page.send(Begin(how="shipped"))
        await page.until(Ended)
        before = await story(house.house.companion.store)
    (tmp_path / "persona.toml").write_bytes(content)
    with pytest.raises(SetupError, match=r"persona\.toml"):
        async with open_door(tmp_path):
            pass
    assert (tmp_path / "persona.toml").read_bytes() == content
    (tmp_path / "persona.toml").unlink()
    async with open_door(tmp_path) as house:
        assert await story(house.house.companion.store) == before


# --- what a page asks for ---


async def test_another_brain_is_chosen_and_remembered(tmp_path: Path) -> None:
    brains = {"here": lambda: ScriptedBrain(name="here"), "there": lambda: ScriptedBrain(name="there")}
    async with open_door(tmp_path, brains) as house, house.browser() as browser:
        for body, status in [
            ('{"id": "there"}', 200),
            ('{"id": "hal"}', 400),
            ("no", 400),
            ("[]", 400),
            ("{}", 400),
        ]:
            answer = await browser.post("/api/brains", content=body, headers={"Origin": house.origin})
            assert answer.status_code == status
        long = await browser.post("/api/brains", content="x" * 100_000, headers={"Origin": house.origin})
        assert long.status_code == 400
        current = [
            brain["id"] for brain in (await browser.get("/api/brains")).json()["brains"] if brain["current"]
        ]
        assert current == ["there"]
    assert (await asyncio.to_thread(read, {"OS1_HOME": str(tmp_path)})).brain == "there"


async def test_everything_is_given_out_as_one_file_while_she_is_awake(tmp_path: Path) -> None:
    async with open_door(tmp_path, ScriptedBrain("Take it all.")) as house:
        async with at_a_page(house) as page:
            await spoken_to(page_of=house, text="may I have everything")
            await page.opens()
        async with house.browser() as browser:
            answer = await browser.get("/api/export")
        assert answer.headers["content-disposition"].startswith('attachment; filename="samantha-')
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            lines = [json.loads(line) for line in archive.read("events.jsonl").splitlines()]
        assert [line["event"].get("text") for line in lines][-2:] == ["may I have everything", "Take it all."]


async def spoken_to(page_of: OpenHouse, text: str) -> None:
    async with at_a_page(page_of, "first-page") as page:
        await page.opens()
        await page.send(Begin(how="shipped"))
        await page.until(Ended)
        await page.send(Say(n=1, text=text))
        await page.until(Happened, 0, lambda one: isinstance(one.event, Said) and one.event.reply == 4)


# --- to phones ---


async def test_it_is_open_to_phones_only_when_that_is_asked(tmp_path: Path) -> None:
    said: list[str] = []
    for phone, addresses in (("", ""), ("1", HOST)):
        environment = {"OS1_HOME": str(tmp_path), "OS1_BRAIN": "scripted", "OS1_PORT": "0"}
        environment |= {"OS1_PHONE": phone, "OS1_PHONE_ADDRESSES": addresses}
        settings = await asyncio.to_thread(read, environment)
        door = await asyncio.to_thread(Door, tmp_path, RealClock())
        async with open_house(settings, WITHOUT_FILES, {"scripted": ScriptedBrain}) as house:
            async with in_reach(house, door, 8316, lambda link, fingerprint: said.append(link)):
                assert bool(said) == bool(phone)
    async with httpx.AsyncClient(trust_env=False) as late:
        with pytest.raises(httpx.ConnectError):
            await late.get(said[0])


async def test_without_what_phones_need_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)
    for name in ("home_network", "phone", "tls"):
        monkeypatch.delitem(sys.modules, f"os1.server.{name}", raising=False)
    settings = await asyncio.to_thread(read, {"OS1_HOME": str(tmp_path)})
    door = await asyncio.to_thread(Door, tmp_path, RealClock())
    with pytest.raises(SetupError, match=r"segno.*os1\[phone\]"):
        phone_door(settings, door, 8316, Starlette(), Origins(()))


# --- closing it ---


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_politely_asked_to_end_she_writes_down_what_was_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    (tmp_path / "page").mkdir()
    (tmp_path / "page" / "index.html").write_text("<!doctype html>")
    monkeypatch.setattr("os1.server.serve.PAGE", tmp_path / "page")
    monkeypatch.setattr("os1.server.serve.calm_collector", lambda: None)  # it would calm the tests' own
    home, links = tmp_path / "home", asyncio.Queue[str]()
    home.mkdir()
    async with asyncio.timeout(20), an_endpoint() as endpoint:
        endpoint.script = ["I was| going to say"]
        endpoint.behaves = silent
        environment = {
            "OS1_HOME": str(home),
            "OS1_PORT": "0",
            "OS1_BRAIN": "openai",
            "OPENAI_BASE_URL": endpoint.url,
        }
        settings = await asyncio.to_thread(read, environment)
        async with asyncio.TaskGroup() as life:
            life.create_task(serve(settings, WITHOUT_FILES, links.put_nowait, browser=False), name="house")
            house = await let_in(await links.get(), home)
            async with at_a_page(house) as page:
                await page.opens()
                await page.send(Begin(how="shipped"))
                await page.until(Ended)
                await page.send(Say(n=1, text="what is it"))
                await page.until_shown("I was")
                os.kill(os.getpid(), number)
                assert await page.until_closed() == 1012
    store = await SQLiteStore.open(home / "companion.db")
    assert [words for _, words in await story(store)][-2:] == ["what is it", "I was"]
    await store.close()


async def let_in(link: str, home: Path) -> OpenHouse:
    """Through the door by its link, as a browser comes in."""
    async with httpx.AsyncClient(trust_env=False) as browser:
        answer = await browser.get(link)
    door = await asyncio.to_thread(Door, home, RealClock())
    return OpenHouse(None, door, httpx.URL(link).port or 0, answer.cookies["os1"])  # pyright: ignore[reportArgumentType]
