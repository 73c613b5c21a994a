"""Settings: where each comes from, and what is said when one is wrong."""

from pathlib import Path

import pytest

from os1.config import ENVIRONMENT, FILE, Settings, keep, read
from os1.errors import SetupError, StoreError, StoreFull, StoreReadOnly
from tests.machines import fill, seal, small_disk


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def settings(home: Path, **environment: str) -> Settings:
    return read({"OS1_HOME": str(home), **environment})


def test_with_nothing_said_everything_has_a_default() -> None:
    default = read({})
    assert default.home == Path("~/.os1").expanduser()
    assert (default.port, default.brain, default.openai_api_key) == (8316, "embedded", "")


def test_the_environment_goes_before_the_file_and_the_file_before_the_default(home: Path) -> None:
    (home / FILE).write_text('port = 9000\nbrain = "ollama"\n')
    assert (settings(home).port, settings(home).brain) == (9000, "ollama")
    assert settings(home, OS1_PORT="9001").port == 9001
    assert settings(home, OS1_PORT="").port == 9000, "an empty variable says nothing"


def test_every_setting_can_be_set_from_the_environment(home: Path) -> None:
    for name, field in ENVIRONMENT.items():
        value = {"port": "7777", "phone": "True"}.get(field, str(home / "x"))
        assert str(getattr(read({"OS1_HOME": str(home), name: value}), field)) == value


@pytest.mark.parametrize("port", ["abc", "-1", "65536", "80.5", "8316 8317", "١٢٣abc"])
def test_a_port_that_is_none_is_named(home: Path, port: str) -> None:
    with pytest.raises(SetupError, match="port"):
        settings(home, OS1_PORT=port)


@pytest.mark.parametrize(
    "content",
    [
        "port = ",
        "port",
        "[port",
        "port = 8316\nport = 8317",
        "\x00",
        "colour = 'coral'",
        "port = 'abc'",
        "port = []",
        "home = 7\nx = 1",
    ],
)
def test_a_bad_file_is_named_and_left_as_it_is(home: Path, content: str) -> None:
    (home / FILE).write_text(content)
    with pytest.raises(SetupError, match=FILE):
        settings(home)
    assert (home / FILE).read_text() == content


def test_a_file_that_is_no_text_is_named(home: Path) -> None:
    (home / FILE).write_bytes(b"port = 8316 # caf\xe9")
    with pytest.raises(SetupError, match=FILE):
        settings(home)


def test_a_folder_in_its_place_is_named(home: Path) -> None:
    (home / FILE).mkdir()
    with pytest.raises(SetupError, match=FILE):
        settings(home)


def test_a_home_in_no_ones_home_is_told() -> None:
    with pytest.raises(SetupError, match="OS1_HOME"):
        read({"OS1_HOME": "~no-such-person-here/os1"})


def test_a_secret_is_not_in_the_sentence(home: Path) -> None:
    (home / FILE).write_text('openai_api_key = ["sk-secret"]')
    with pytest.raises(SetupError) as caught:
        settings(home)
    assert "sk-secret" not in str(caught.value)


def test_a_choice_is_kept_beside_the_others(home: Path) -> None:
    (home / FILE).write_text("port = 9000\n")
    keep(home, brain="ollama")
    keep(home, brain="openai")
    assert (settings(home).port, settings(home).brain) == (9000, "openai")
    assert [path.name for path in home.iterdir()] == [FILE]


def test_on_a_full_or_sealed_disk_the_old_choice_stays(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        keep(disk, brain="ollama", openai_model="m" * 5000)
        ballast = fill(disk)
        refuses(disk, StoreFull)
        ballast.unlink()
        seal(disk, writable=False)
        refuses(disk, StoreReadOnly)


def refuses(home: Path, kind: type[StoreError]) -> None:
    before = (home / FILE).read_text()
    with pytest.raises(kind):
        keep(home, brain="openai")
    assert (home / FILE).read_text() == before
    assert settings(home).brain == "ollama"
