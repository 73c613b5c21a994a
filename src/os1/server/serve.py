"""Opens the house to this machine: a port on loopback, the routes, a link to come in by.

It does not know what is served.
"""

import asyncio
import errno
import gc
import os
import signal
import socket
import webbrowser
from collections.abc import Callable, Generator
from contextlib import contextmanager

import uvicorn

from os1.clock import RealClock
from os1.config import Settings
from os1.errors import SetupError
from os1.server.app import PAGE, app
from os1.server.door import Door
from os1.server.house import House, open_house
from os1.server.prepare import Models
from os1.server.terminal import Terminal

HOST = "127.0.0.1"
LARGEST_FRAME = 1_048_576
"""Bytes of one socket message: over a hundred times the longest that is accepted, so that a too long one can be
answered in a sentence instead of a closed line."""


async def serve(settings: Settings, models: Models, say: Callable[[str], object], *, browser: bool) -> None:
    """The house, until Ctrl-C or SIGTERM. Raises SetupError when it cannot open, StoreError when she cannot."""
    if not await asyncio.to_thread((PAGE / "index.html").exists):
        raise SetupError("Her page has not been built. Run `make run`, or `make web` to build it.")
    with bound(settings.port) as listening:
        port = listening.getsockname()[1]
        door = await asyncio.to_thread(Door, settings.home, RealClock())
        async with open_house(settings, models) as house:
            server = front_door(house, door, port)
            calm_collector()
            link = f"http://{HOST}:{port}/login?key={await asyncio.to_thread(door.new_link)}"
            say(link)
            if browser and can_open():
                await asyncio.to_thread(webbrowser.open, link)
            with on_stop(server.stop):
                await server.serve([listening])


class FrontDoor(uvicorn.Server):
    """uvicorn, which leaves the signals to the house: it would raise them again, and SIGTERM would end her in mid-word."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    def stop(self) -> None:
        """Finish what is being answered; asked again, do not wait for it."""
        self.force_exit = self.should_exit
        self.should_exit = True


def front_door(house: House, door: Door, port: int) -> FrontDoor:
    hosts = [f"{host}:{port}" for host in (HOST, "localhost", "[::1]")]
    return FrontDoor(configuration(app(house, door, hosts)))


async def talk(settings: Settings, models: Models) -> None:
    """The same house, with a terminal for its only window."""
    async with open_house(settings, models) as house:
        async with asyncio.TaskGroup() as life:
            terminal = life.create_task(Terminal(house).run(), name="terminal")
            with on_stop(terminal.cancel, signal.SIGTERM):
                await asyncio.wait([terminal])


def configuration(routes: object) -> uvicorn.Config:
    return uvicorn.Config(
        routes,  # pyright: ignore[reportArgumentType]
        ws="websockets-sansio",  # fewest bytes a conversation, and no long tail
        ws_per_message_deflate=False,  # her words are short: it saves nothing and costs memory
        ws_max_size=LARGEST_FRAME,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        log_config=None,
        access_log=False,  # an address may hold a key
        server_header=False,
        timeout_graceful_shutdown=3,
        lifespan="off",
    )


def bound(port: int) -> socket.socket:
    """A listening socket on loopback. Raises SetupError, with what to do, when the port is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise SetupError(
                f"Port {port} is in use, perhaps by a house that is already open (then `os1 login` gives a link to it)."
                f" To use another port: OS1_PORT={port + 1} make run"
            ) from error
        raise SetupError(f"Port {port} cannot be opened: {error.strerror}.") from error
    listening.listen(128)
    return listening


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
