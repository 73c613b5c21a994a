"""A phone on the home network: over TLS, by the names on the certificate, and nothing but one page without it."""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from starlette.routing import Route
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from os1.brain.testing import ScriptedBrain
from os1.cli import main
from os1.clock import HandClock, RealClock
from os1.config import read
from os1.errors import SetupError
from os1.server.app import app
from os1.server.door import Door
from os1.server.gate import COOKIE, Origins
from os1.server.home_network import HOME_NETWORKS, addresses, in_a_link, local_name, picture, square
from os1.server.house import open_house
from os1.server.listening import bound
from os1.server.phone import PhoneDoor, Reach
from os1.server.phone_api import phone as phone_api
from os1.server.phone_doctor import phones
from os1.server.phone_page import CERTIFICATE
from os1.server.serve import own_names
from os1.server.tls import Certificates
from tests.houses import WITHOUT_FILES

HERE = "127.0.0.1"
"""Stands for an address on the home network: nothing here leaves this machine."""


@dataclass
class AtHome:
    """A house that phones can reach, and where to find it."""

    phones: PhoneDoor
    door: Door
    certificates: Certificates
    found: list[str]
    page: str = ""
    secure: str = ""
    trusted: ssl.SSLContext = field(default_factory=lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))

    def phone(self, **cookies: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(verify=self.trusted, trust_env=False, cookies=cookies, timeout=10)

    async def session(self) -> str:
        return await asyncio.to_thread(lambda: self.door.use_link(self.door.new_link())) or ""


@asynccontextmanager
async def at_home(home: Path, found: list[str]) -> AsyncGenerator[AtHome]:
    environment = {"OS1_HOME": str(home), "OS1_BRAIN": "scripted"}
    settings = await asyncio.to_thread(read, environment)
    door = await asyncio.to_thread(Door, home, RealClock())
    certificates, origins = Certificates(home, RealClock()), Origins(own_names(8316))
    async with asyncio.timeout(30), open_house(settings, WITHOUT_FILES, {"scripted": ScriptedBrain}) as house:
        routes = app(house, door, origins)
        routes.router.routes.insert(0, Route("/api/phone", phone_api))
        phones = PhoneDoor(certificates, door, Reach(lambda: list(found), 0, 0), routes, origins)
        routes.state.phone = phones
        async with phones.open():
            there = AtHome(phones, door, certificates, found)
            if found:
                await come_to_trust(there)
            yield there


async def come_to_trust(there: AtHome) -> None:
    """As a person does: scan, take the certificate, follow the link."""
    there.page = (await there.phones.link()).partition("#")[0].rstrip("/")
    async with httpx.AsyncClient(trust_env=False) as camera:
        text = (await camera.get(there.page)).text
        certificate = (await camera.get(there.page + CERTIFICATE)).content
    there.secure = text.partition('id="in" href="')[2].partition('"')[0].rstrip("/")
    there.trusted.load_verify_locations(cadata=certificate)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[AtHome]:
    async with at_home(tmp_path, [HERE]) as there:
        yield there


# --- coming in ---


async def test_a_phone_that_trusts_the_certificate_comes_in_with_the_scanned_key(house: AtHome) -> None:
    key = (await house.phones.link()).partition("#")[2]
    async with house.phone() as phone:
        answer = await phone.get(f"{house.secure}/login?key={key}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        flags = {flag.strip().lower() for flag in answer.headers["set-cookie"].split(";")[1:]}
        assert {"secure", "httponly", "samesite=strict"} <= flags
        assert (await phone.get(f"{house.secure}/api/me")).status_code == 200
        again = await phone.get(f"{house.secure}/login?key={key}")
        assert (again.status_code, "os1 login --phone" in again.text) == (401, True)


async def test_a_phone_that_does_not_trust_it_is_warned(house: AtHome) -> None:
    async with httpx.AsyncClient(trust_env=False) as phone:
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            await phone.get(house.secure)


async def test_her_line_is_there_over_tls_and_for_our_own_page_alone(house: AtHome) -> None:
    cookie = {"Cookie": f"{COOKIE}={await house.session()}"}
    line = house.secure.replace("https", "wss") + "/ws"

    async def dials(origin: str) -> int:
        try:
            async with connect(
                line, origin=Origin(origin), additional_headers=cookie, ssl=house.trusted, proxy=None
            ):
                return 101
        except InvalidStatus as error:
            return error.response.status_code

    assert await dials(house.secure) == 101
    plain = house.secure.replace("https", "http")
    for stranger in (plain, house.page, "https://evil.test", f"http://{HERE}:8316"):
        assert await dials(stranger) == 403


@pytest.mark.parametrize(
    "host", ["evil.test", "192.168.1.99:{port}", "127.0.0.1:8316", "localhost:{port}", HERE, ""]
)
async def test_over_tls_it_answers_to_the_names_on_the_certificate(house: AtHome, host: str) -> None:
    port = house.secure.rpartition(":")[2]
    async with house.phone(**{COOKIE: await house.session()}) as phone:
        wrong = await phone.get(f"{house.secure}/api/me", headers={"Host": host.format(port=port)})
        assert wrong.status_code == 403
        if name := local_name():
            right = await phone.get(f"{house.secure}/api/me", headers={"Host": f"{name}:{port}"})
            assert right.status_code == 200


async def test_a_browser_led_here_by_the_page_without_tls_shows_its_session_when_asked_again(
    house: AtHome,
) -> None:
    """It keeps a SameSite=Strict cookie to itself while another page leads the way."""
    led = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    async with house.phone() as phone:
        first = await phone.get(f"{house.secure}/", headers=led)
        assert (first.status_code, 'http-equiv="refresh"' in first.text) == (401, True)
        for path, headers in (("/", {}), ("/", {"Sec-Fetch-Site": "same-origin"}), ("/api/me", led)):
            assert "refresh" not in (await phone.get(house.secure + path, headers=headers)).text


# --- without TLS ---


async def test_without_tls_there_is_one_page_and_one_file(house: AtHome) -> None:
    async with httpx.AsyncClient(trust_env=False, cookies={COOKIE: await house.session()}) as visitor:
        page = await visitor.get(house.page)
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
        assert house.phones.fingerprint in page.text
        for path in ("/api/me", "/login", "/ws", "/healthz", "/metrics", "/index.html", "/tls/authority.pem"):
            assert (await visitor.get(house.page + path)).status_code == 404
        assert (await visitor.post(house.page)).status_code == 405
        for path in ("/", CERTIFICATE):
            wrong = await visitor.get(house.page + path, headers={"Host": "evil.test"})
            assert wrong.status_code == 403


async def test_it_gives_out_a_certificate_and_no_key(house: AtHome, tmp_path: Path) -> None:
    async with httpx.AsyncClient(trust_env=False) as visitor:
        page, file = await visitor.get(house.page), await visitor.get(house.page + CERTIFICATE)
    assert file.headers["content-type"] == "application/x-x509-ca-cert"
    given = x509.load_der_x509_certificate(file.content)
    assert given.public_bytes(Encoding.PEM) in (tmp_path / "tls" / "authority.pem").read_bytes()
    assert "PRIVATE" not in page.text
    links = await asyncio.to_thread(lambda: list((tmp_path / "door" / "links").iterdir()))
    assert all(link.name not in page.text for link in links)


async def test_a_page_over_tls_is_not_had_without_it(house: AtHome) -> None:
    async with httpx.AsyncClient(trust_env=False) as visitor:
        with pytest.raises(httpx.TransportError):
            await visitor.get(house.secure.replace("https", "http"))


# --- the menu, and the terminal ---


async def test_the_menu_is_told_that_she_is_open_and_given_a_square(house: AtHome) -> None:
    async with house.phone() as stranger:
        assert (await stranger.get(f"{house.secure}/api/phone")).status_code == 401
    async with house.phone(**{COOKIE: await house.session()}) as phone:
        told = (await phone.get(f"{house.secure}/api/phone")).json()
    assert (told["open"], told["addresses"]) == (True, [HERE])
    assert told["link"].startswith(house.page + "/#")
    assert told["qr_svg"].startswith("<svg")


async def test_a_link_for_a_phone_from_another_process(
    house: AtHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OS1_HOME", str(tmp_path))
    assert await asyncio.to_thread(main, ["login", "--phone"]) == 0
    said = capsys.readouterr().out
    assert f"{house.page}/#" in said
    assert house.phones.fingerprint[:47] in said
    key = said.partition("#")[2].split()[0]
    assert await asyncio.to_thread(house.door.use_link, key)


async def test_a_house_that_is_closed_to_phones_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with at_home(tmp_path, [HERE]):
        pass
    monkeypatch.setenv("OS1_HOME", str(tmp_path))
    assert await asyncio.to_thread(main, ["login", "--phone"]) == SetupError.exit_code
    assert "os1 run --phone" in capsys.readouterr().err


# --- as the network changes ---


async def test_a_new_address_is_let_in_and_a_line_at_the_old_one_stays(house: AtHome, tmp_path: Path) -> None:
    cookie = {"Cookie": f"{COOKIE}={await house.session()}"}
    line = house.secure.replace("https", "wss") + "/ws"
    async with (
        asyncio.TaskGroup() as life,
        connect(
            line, origin=Origin(house.secure), additional_headers=cookie, ssl=house.trusted, proxy=None
        ) as talking,
    ):
        house.found.append("127.0.0.2")
        await house.phones.look(life)
        assert house.phones.addresses == (HERE, "127.0.0.2")
        assert (await house.phones.link()).startswith(f"{house.page}/#"), "the same ports everywhere"
        await (await talking.ping())
        shown = await asyncio.to_thread(ssl.get_server_certificate, (HERE, int(line.split(":")[2][:-3])))
        assert "127.0.0.2" in str(names(shown))
        house.found.remove("127.0.0.2")
        await house.phones.look(life)
        assert house.phones.addresses == (HERE,)
        await (await talking.ping())


def names(pem: str) -> object:
    certificate = x509.load_pem_x509_certificate(pem.encode())
    return certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value


async def test_away_from_home_nothing_is_open_until_the_machine_is_back(tmp_path: Path) -> None:
    async with at_home(tmp_path, []) as there, asyncio.TaskGroup() as life:
        assert (await there.phones.link(), await asyncio.to_thread(there.door.sign)) == ("", None)
        assert (await there.phones.to_scan())["open"] is False
        there.found.append(HERE)
        await there.phones.look(life)
        await come_to_trust(there)
        async with there.phone() as phone:
            assert (await phone.get(f"{there.secure}/healthz")).status_code == 200
        there.found.clear()
        await there.phones.look(life)
        assert (await there.phones.link(), await asyncio.to_thread(there.door.sign)) == ("", None)


async def test_a_port_in_use_is_told_and_nothing_is_left_open(tmp_path: Path) -> None:
    door, certificates = (
        await asyncio.to_thread(Door, tmp_path, HandClock()),
        Certificates(tmp_path, RealClock()),
    )
    with bound(0) as taken, bound(0) as free:
        port: int = free.getsockname()[1]
        free.close()
        reach = Reach(lambda: [HERE], port, taken.getsockname()[1])
        phones = PhoneDoor(certificates, door, reach, Route("/", phone_api), Origins(()))
        with pytest.RaisesGroup(SetupError):
            async with phones.open():
                pass
        bound(port).close()
    assert await asyncio.to_thread(door.sign) is None


# --- addresses and squares ---


def test_it_finds_only_what_is_at_home() -> None:
    found = [ip_address(one) for one in addresses()]
    assert all(any(one in network for network in HOME_NETWORKS) for one in found)


def test_addresses_may_be_chosen_but_not_the_world_s() -> None:
    assert addresses(" 192.168.7.7, fd00::2 ") == ["192.168.7.7", "fd00::2"]
    for wrong in ("8.8.8.8", "0.0.0.0", "::", "2606:4700::1", "kitchen", "192.168.1", "224.0.0.1"):
        with pytest.raises(SetupError, match="phone_addresses"):
            addresses(f"192.168.7.7,{wrong}")


def test_a_link_is_drawn_for_a_camera() -> None:
    link = f"http://{in_a_link('fd00::2')}:8318/#{'k' * 43}"
    rows = square(link).splitlines()
    assert len(rows) < 24, "it fits on an ordinary terminal"
    assert picture(link).startswith("<svg")


async def test_the_doctor_says_where_phones_come_in(tmp_path: Path) -> None:
    told: list[tuple[bool, str, str]] = []
    for phone, chosen in (("", ""), ("1", "192.168.7.7"), ("1", "8.8.8.8")):
        environment = {"OS1_HOME": str(tmp_path), "OS1_PHONE": phone, "OS1_PHONE_ADDRESSES": chosen}
        told.append(await phones(await asyncio.to_thread(read, environment)))
    assert [good for good, _, _ in told] == [True, True, False]
    assert "192.168.7.7, port 8317" in told[1][1]
    assert "8.8.8.8" in told[2][2]
