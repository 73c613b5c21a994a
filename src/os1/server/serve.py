"""Opens the house to this machine: a port on loopback, the routes, a link to come in by.

It does not know what is served.
"""

import asyncio
import gc
import os
import signal
import webbrowser
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette

from os1.clock import RealClock
from os1.config import Settings
from os1.errors import SetupError
from os1.server.app import PAGE, app
from os1.server.door import Door
from os1.server.gate import Origins
from os1.server.house import House, open_house
from os1.server.listening import HOST, FrontDoor, bound, configuration
from os1.server.prepare import Models
from os1.server.terminal import Terminal
from os1.voice.soundcard import SoundCard

if TYPE_CHECKING:
    from os1.server.phone import PhoneDoor


async def serve(
    settings: Settings,
    models: Models,
    say: Callable[[str], object],
    say_phone: Callable[[str, str], object] = lambda link, fingerprint: None,
    *,
    browser: bool,
) -> None:
    """The house, until Ctrl-C or SIGTERM. `say` and `say_phone` are given the links to come in by. Raises SetupError when it cannot open, StoreError when she cannot."""
    if not await asyncio.to_thread((PAGE / "index.html").exists):
        raise SetupError("Her page has not been built. Run `make run`, or `make web` to build it.")
    with bound(settings.port) as listening:
        port = listening.getsockname()[1]
        door = await asyncio.to_thread(Door, settings.home, RealClock())
        async with open_house(settings, models) as house, in_reach(house, door, port, say_phone) as server:
            calm_collector()
            link = f"http://{HOST}:{port}/login?key={await asyncio.to_thread(door.new_link)}"
            say(link)
            if browser and can_open():
                await asyncio.to_thread(webbrowser.open, link)
            with on_stop(server.stop):
                await server.serve([listening])


def front_door(house: House, door: Door, port: int) -> FrontDoor:
    return FrontDoor(configuration(app(house, door, Origins(own_names(port)))))


def own_names(port: int) -> list[str]:
    return [f"{host}:{port}" for host in (HOST, "localhost", "[::1]")]


@asynccontextmanager
async def in_reach(
    house: House, door: Door, port: int, say_phone: Callable[[str, str], object]
) -> AsyncGenerator[FrontDoor]:
    """The house's own front door; and where it is to be open to phones, that one too, for as long as the block."""
    origins = Origins(own_names(port))
    routes = app(house, door, origins)
    server = FrontDoor(configuration(routes))
    if not house.settings.phone:
        yield server
        return
    phone = phone_door(house.settings, door, port, routes, origins)
    routes.state.phone = phone
    async with phone.open():
        say_phone(await phone.link(), phone.fingerprint)
        yield server


def phone_door(settings: Settings, door: Door, port: int, routes: Starlette, origins: Origins) -> "PhoneDoor":
    """Raises SetupError when what it needs is not installed."""
    try:
        from os1.server.home_network import addresses  # noqa: PLC0415
        from os1.server.phone import PhoneDoor, Reach  # noqa: PLC0415
        from os1.server.tls import Certificates  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise SetupError(
            f"For phones she needs something more ({error.name}): pip install 'os1[phone]'"
        ) from error
    secure, plain = (port + 1, port + 2) if settings.port else (0, 0)
    reach = Reach(lambda: addresses(settings.phone_addresses), secure, plain)
    return PhoneDoor(Certificates(settings.home, RealClock()), door, reach, routes, origins)


async def talk(settings: Settings, models: Models, *, aloud: bool = False) -> None:
    """The same house, with a terminal for its only window. `aloud`: and this machine's microphone and loudspeaker.

    Raises SetupError when there are none.
    """
    card = SoundCard() if aloud else None
    if card:
        await card.open()
    try:
        async with open_house(settings, models) as house:
            async with asyncio.TaskGroup() as life:
                terminal = life.create_task(Terminal(house, card=card).run(), name="terminal")
                with on_stop(terminal.cancel, signal.SIGTERM):
                    await asyncio.wait([terminal])
    finally:
        if card:
            await card.close()


def calm_collector() -> None:
    """What is alive now stays alive: the collector need not look at it again, and stops the loop less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 1000)


def can_open() -> bool:
    """Whether this machine has a screen to open a page on."""
    return (
        os.name == "nt"
        or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
        or os.uname().sysname == "Darwin"
    )


@contextmanager
def on_stop(stop: Callable[[], object], *signals: int) -> Generator[None]:
    """SIGTERM ends a house as Ctrl-C does: she writes down what was shown."""
    loop, signals = asyncio.get_running_loop(), signals or (signal.SIGINT, signal.SIGTERM)
    for number in signals:
        loop.add_signal_handler(number, stop)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)
