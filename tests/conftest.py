"""What holds for every test: nothing reaches beyond this machine, nothing blocks the loop, nothing warns."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from blockbuster import blockbuster_ctx

HERE = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def nothing_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that would reach another machine fails, by name."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in HERE:
            raise AssertionError(f"a test reached for {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def nothing_blocks() -> Iterator[None]:
    """A synchronous call of ours on the event loop fails the test that made it."""
    with blockbuster_ctx("os1"):
        yield
