"""The house, open to the home network: TLS at every address of this machine there, and the page that explains it.

It looks each minute whether the addresses are still the same; calls on an address that stays are not disturbed. It does
not know what is served behind the TLS.
"""

import asyncio
import logging
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

from starlette.applications import Starlette
from starlette.types import ASGIApp

from os1.errors import OS1Error
from os1.server.door import Door, Sign
from os1.server.gate import Origins
from os1.server.home_network import in_a_link, local_name, picture, with_key
from os1.server.listening import FrontDoor, bound, configuration
from os1.server.phone_page import PhonePage
from os1.server.tls import Certificates

log = logging.getLogger(__name__)

LOOK_EVERY = 60.0
"""Seconds: as long as somebody would wait before they look themselves."""


class Reach(NamedTuple):
    """Where to listen. The ports are the same at every address; 0 takes a free one."""

    addresses: Callable[[], list[str]]
    """This machine's, at home; may take a moment."""
    secure: int
    """The port of her page, over TLS."""
    plain: int
    """The port of the page that explains it."""


class PhoneDoor:
    """`routes`: what is served, behind its gate; the gate knows `origins`, which change here."""

    def __init__(
        self, certificates: Certificates, door: Door, reach: Reach, routes: ASGIApp, origins: Origins
    ) -> None:
        self._certificates, self._door, self._reach = certificates, door, reach
        self._routes, self._origins = routes, origins
        self._page = PhonePage()
        self._open: dict[str, tuple[FrontDoor, FrontDoor]] = {}

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where she can be reached just now; none, while this machine is on no home network."""
        return tuple(self._open)

    @property
    def fingerprint(self) -> str:
        """Of the certificate that phones are to trust."""
        return self._page.fingerprint

    async def link(self) -> str:
        """Opens the page for phones, and then the door once; empty while there is no home network. Raises StoreError."""
        if not self._open:
            return ""
        return with_key(self._plain(), await asyncio.to_thread(self._door.new_link))

    async def to_scan(self) -> dict[str, object]:
        """For the page's menu. Raises StoreError."""
        link = await self.link()
        return {
            "open": bool(link),
            "addresses": list(self.addresses),
            "link": link,
            "qr_svg": picture(link) if link else "",
            "fingerprint": self.fingerprint,
        }

    @asynccontextmanager
    async def open(self) -> AsyncGenerator[None]:
        """Open to phones for as long as the block. Raises SetupError or StoreError if it cannot be opened."""
        try:
            async with asyncio.TaskGroup() as life:
                try:
                    await self.look(life)
                    following = life.create_task(self._follow(life), name="home network")
                    yield
                    following.cancel()
                finally:
                    self._close(self.addresses)
        finally:
            await asyncio.to_thread(self._door.take_down_sign)

    async def look(self, life: asyncio.TaskGroup) -> None:
        """Open where the machine has come to be, close where it no longer is, with a certificate to match."""
        found = await asyncio.to_thread(self._reach.addresses)
        self._close(tuple(one for one in self._open if one not in found))
        if not found:
            await asyncio.to_thread(self._door.take_down_sign)
        else:
            names = tuple(name for name in (*found, local_name()) if name)
            await asyncio.to_thread(self._certificates.renew, names)
            authority = await asyncio.to_thread(self._certificates.authority, names)
            self._certificates.load()
            self._page.trust(authority)
            for address in found:
                if address not in self._open:
                    self._listen(address, life)
            self._answer_to(names)
            await asyncio.to_thread(self._door.put_up_sign, Sign(self._plain(), self.fingerprint))

    async def _follow(self, life: asyncio.TaskGroup) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            try:
                await self.look(life)
            except OS1Error as error:
                log.warning("the house could not follow its addresses", extra={"code": error.code})

    def _listen(self, address: str, life: asyncio.TaskGroup) -> None:
        secure = bound(self._reach.secure, address)
        try:
            plain = bound(self._reach.plain, address)
        except OS1Error:
            secure.close()
            raise
        self._reach = self._reach._replace(
            secure=secure.getsockname()[1], plain=plain.getsockname()[1]
        )  # what was free is free at the other addresses too, nearly always
        hers = FrontDoor(configuration(self._routes, self._certificates.context))
        page = FrontDoor(configuration(Starlette(routes=self._page.routes)))
        life.create_task(_serve(hers, secure), name=f"phones at {address}")
        life.create_task(_serve(page, plain), name=f"page for phones at {address}")
        self._open[address] = hers, page

    def _close(self, addresses: tuple[str, ...]) -> None:
        for address in addresses:
            for server in self._open.pop(address):
                server.stop()
        if not self._open:
            self._origins.at_home, self._page.hosts = frozenset(), {}

    def _answer_to(self, names: tuple[str, ...]) -> None:
        hosts = [in_a_link(name) for name in names]
        self._origins.at_home = frozenset(f"https://{host}:{self._reach.secure}" for host in hosts)
        self._page.hosts = {
            f"{host}:{self._reach.plain}": f"https://{host}:{self._reach.secure}/" for host in hosts
        }

    def _plain(self) -> str:
        return f"http://{in_a_link(next(iter(self._open)))}:{self._reach.plain}/"


async def _serve(server: FrontDoor, listening: socket.socket) -> None:
    with listening:  # a server that is stopped before it began leaves it open
        await server.serve([listening])
