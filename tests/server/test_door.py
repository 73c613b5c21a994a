"""The door: a link opens once and not for long; whoever is known stays known for a season."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from os1.clock import HandClock
from os1.errors import StoreError, StoreFull, StoreReadOnly
from os1.server.door import LINK_LASTS, SESSION_LASTS, TOUCH_EVERY, Door
from tests.machines import fill, seal, small_disk

MOMENT = timedelta(seconds=1)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def door(tmp_path: Path, clock: HandClock) -> Door:
    return Door(tmp_path, clock)


def come_in(door: Door) -> str:
    session = door.use_link(door.new_link())
    assert session is not None
    return session


def test_a_link_opens_the_door(door: Door) -> None:
    assert door.knows(come_in(door))


def test_a_link_opens_it_once(door: Door) -> None:
    link = door.new_link()
    assert door.use_link(link) is not None
    assert door.use_link(link) is None


def test_of_many_who_use_one_link_at_once_one_comes_in(door: Door, tmp_path: Path) -> None:
    link = door.new_link()
    with ThreadPoolExecutor(8) as crowd:
        sessions = [session for session in crowd.map(door.use_link, [link] * 40) if session]
    assert len(sessions) == 1
    assert door.knows(sessions[0])
    assert len(list((tmp_path / "door" / "sessions").iterdir())) == 1, (
        "no session is left for those who did not"
    )


def test_a_link_from_another_process_opens_it_too(door: Door, tmp_path: Path, clock: HandClock) -> None:
    """`os1 login` makes a link beside a house that is open."""
    link = Door(tmp_path, clock).new_link()
    assert door.use_link(link) is not None


def test_a_link_grows_old_in_ten_minutes(door: Door, clock: HandClock) -> None:
    young, old = door.new_link(), door.new_link()
    clock.move(LINK_LASTS)
    assert door.use_link(young) is not None
    clock.move(MOMENT)
    assert door.use_link(old) is None


def test_whoever_comes_back_within_a_season_is_known_for_another(door: Door, clock: HandClock) -> None:
    session = come_in(door)
    for _ in range(8):
        clock.move(SESSION_LASTS)
        assert door.knows(session)
    clock.move(SESSION_LASTS + MOMENT)
    assert not door.knows(session)
    clock.move(-2 * SESSION_LASTS)
    assert not door.knows(session), "once it is over it does not come back"


@pytest.mark.parametrize("secret", ["", "made up", "../links", "/etc/passwd", "\x00", "é", "a" * 100_000])
def test_a_made_up_secret_opens_nothing(door: Door, secret: str) -> None:
    come_in(door)
    assert door.use_link(secret) is None
    assert not door.knows(secret)


def test_a_link_is_no_session_and_a_session_no_link(door: Door) -> None:
    link, session = door.new_link(), come_in(door)
    assert not door.knows(link)
    assert door.use_link(session) is None


def test_no_secret_is_on_the_disk_and_what_is_there_is_hers_alone(door: Door, tmp_path: Path) -> None:
    secrets = [door.new_link(), come_in(door)]
    for file in (tmp_path / "door").rglob("*"):
        if file.is_file():
            assert file.stat().st_mode & 0o077 == 0
            assert not any(secret in file.name + file.read_text() for secret in secrets)


@pytest.mark.parametrize("content", ["", "yesterday", "2026-01-05", "2026-01-05T09:00:00", "\x00\xff"])
def test_a_session_file_that_is_no_moment_opens_nothing(door: Door, tmp_path: Path, content: str) -> None:
    session = come_in(door)
    (file,) = (tmp_path / "door" / "sessions").iterdir()
    file.write_text(content)
    assert not door.knows(session)


# --- failing machines ---


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as disk:
        yield disk


def test_a_full_disk_locks_no_one_out(disk: Path, clock: HandClock) -> None:
    door = Door(disk, clock)
    session, link = come_in(door), door.new_link()
    ballast = fill(disk)
    clock.move(2 * TOUCH_EVERY)
    assert door.knows(session)
    assert door.knows(session)
    with pytest.raises(StoreFull):
        door.new_link()
    clock.move(-2 * TOUCH_EVERY)
    assert use(door, link) in (None, "full")
    ballast.unlink()
    assert door.knows(session)
    assert door.use_link(link) is not None, "the link was not used up by a try that failed"


def use(door: Door, link: str) -> str | None:
    try:
        return door.use_link(link)
    except StoreFull:
        return "full"


def test_a_sealed_home_still_knows_who_was_known(disk: Path, clock: HandClock) -> None:
    door = Door(disk, clock)
    session, old = come_in(door), door.new_link()
    seal(disk, writable=False)
    clock.move(2 * TOUCH_EVERY)
    assert door.knows(session)
    assert door.use_link(old) is None
    with pytest.raises(StoreReadOnly):
        door.new_link()
    with pytest.raises(StoreError):
        Door(disk / "another", clock)
