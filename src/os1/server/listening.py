"""Ports and the servers behind them. It does not know what is served."""

import errno
import socket
import ssl
from collections.abc import Generator
from contextlib import contextmanager

import uvicorn

from os1.errors import SetupError

HOST = "127.0.0.1"
LARGEST_FRAME = 1_048_576
"""Bytes of one socket message: over a hundred times the longest that is accepted, so that a too long one can be
answered in a sentence instead of a closed line."""


class FrontDoor(uvicorn.Server):
    """uvicorn, which leaves the signals to the house: it would raise them again, and SIGTERM would end her in mid-word."""

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        yield

    def stop(self) -> None:
        """Finish what is being answered; asked again, do not wait for it."""
        self.force_exit = self.should_exit
        self.should_exit = True


def configuration(routes: object, tls: ssl.SSLContext | None = None) -> uvicorn.Config:
    made = uvicorn.Config(
        routes,  # pyright: ignore[reportArgumentType]
        ws="websockets-sansio",  # fewest bytes a conversation, and no long tail
        ws_per_message_deflate=False,  # her words are short: it saves nothing and costs memory
        ws_max_size=LARGEST_FRAME,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        log_config=None,
        access_log=False,  # an address may hold a key
        server_header=False,
        proxy_headers=False,  # whether a line came over TLS is seen, not told
        timeout_graceful_shutdown=3,
        lifespan="off",
    )
    if tls:
        made.load()
        made.ssl = tls  # one context for all, whose certificate changes while they listen
    return made


def bound(port: int, host: str = HOST) -> socket.socket:
    """A listening socket, on loopback if nothing else is said. Raises SetupError, with what to do."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise SetupError(_in_use(port, host)) from error
        raise SetupError(f"Port {port} of {host} cannot be opened: {error.strerror}.") from error
    listening.listen(128)
    return listening


def _in_use(port: int, host: str) -> str:
    if host == HOST:
        return (
            f"Port {port} is in use, perhaps by a house that is already open (then `os1 login` gives a link to it)."
            f" To use another port: OS1_PORT={port + 1} make run"
        )
    return (
        f"Port {port} of {host}, for phones, is in use. To use others: OS1_PORT={port + 10} os1 run --phone"
    )
