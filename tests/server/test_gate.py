"""The gate, before the real routes: which requests come in, what every answer carries, and that silence means no."""

import asyncio
import json
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.types import Message, Receive, Scope, Send

from os1.brain.testing import ScriptedBrain
from os1.clock import HandClock
from os1.config import read
from os1.server.app import app
from os1.server.door import SESSION_LASTS, Door
from os1.server.gate import COOKIE, HEADERS, NOT_KNOWN, PUBLIC, Gate, Origins
from os1.server.house import open_house
from tests.houses import WITHOUT_FILES

PORT = 8316
HERE = f"127.0.0.1:{PORT}"
CASES = Path(__file__).parents[3] / "shared" / "data" / "safety" / "http_gate.json"
"""The cases of other companions' break-ins, where they lie beside the checkout."""

Pairs = list[tuple[str, str]]


class Answer(NamedTuple):
    """What came back: an HTTP status, or 101 for a socket that was let in, or the code that it was closed with."""

    status: int
    headers: dict[str, str]
    body: str = ""


class Caller:
    """Asks the application itself, byte for byte: no client in between mends a header."""

    def __init__(self, routes: Starlette, door: Door, session: str) -> None:
        self.routes = routes
        self.door = door
        self.session = session

    async def asks(self, method: str, path: str, headers: Pairs, *, known: bool = True) -> Answer:
        path, _, query = path.partition("?")
        if known:
            headers = [*headers, ("Cookie", f"{COOKIE}={self.session}")]
        raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
        scope: dict[str, Any] = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": raw,
            "client": ("127.0.0.1", 50_000),
            "server": ("127.0.0.1", PORT),
        }
        if method == "WS":
            return await self._dials({**scope, "type": "websocket", "scheme": "ws", "subprotocols": []})
        return await self._asks(scope)

    async def _asks(self, scope: dict[str, Any]) -> Answer:
        sent: list[dict[str, Any]] = []
        asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

        async def receive() -> dict[str, Any]:
            return next(asked, {"type": "http.disconnect"})

        async def send(message: Any) -> None:
            sent.append(message)

        await self.routes(scope, receive, send)
        headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        body = b"".join(message.get("body", b"") for message in sent[1:])
        return Answer(sent[0]["status"], headers, body.decode(errors="replace"))

    async def _dials(self, scope: dict[str, Any]) -> Answer:
        sent: list[dict[str, Any]] = []
        asked = iter([{"type": "websocket.connect"}])

        async def receive() -> dict[str, Any]:
            return next(asked, {"type": "websocket.disconnect", "code": 1000})

        async def send(message: Any) -> None:
            sent.append(message)

        await self.routes(scope, receive, send)
        closed = [message["code"] for message in sent if message["type"] == "websocket.close"]
        if sent[0]["type"] == "websocket.close":
            return Answer(403, {})  # a server answers a handshake that was not accepted like this
        return Answer(closed[0] if closed else 101, {})


@pytest.fixture
async def caller(tmp_path: Path) -> AsyncGenerator[Caller]:
    async with asyncio.timeout(30):
        door = await asyncio.to_thread(Door, tmp_path, HandClock())
        session = await asyncio.to_thread(lambda: door.use_link(door.new_link()))
        settings = await asyncio.to_thread(read, {"OS1_HOME": str(tmp_path), "OS1_BRAIN": "scripted"})
        async with open_house(settings, WITHOUT_FILES, {"scripted": ScriptedBrain}) as house:
            hosts = [f"{name}:{PORT}" for name in ("127.0.0.1", "localhost", "[::1]")]
            yield Caller(app(house, door, hosts), door, session or "")


def at(host: str = HERE, **headers: str) -> Pairs:
    return [("Host", host), *((name.replace("_", "-"), value) for name, value in headers.items())]


OURS = {"Origin": f"http://{HERE}"}


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        # the name that was asked for
        ("GET", "/api/me", at(), 200),
        ("GET", "/api/me", at(f"localhost:{PORT}"), 200),
        ("GET", "/api/me", at(f"[::1]:{PORT}"), 200),
        ("GET", "/api/me", at("127.0.0.1"), 403),
        ("GET", "/api/me", at("127.0.0.1:80"), 403),
        ("GET", "/api/me", at(f"0.0.0.0:{PORT}"), 403),
        ("GET", "/api/me", at(f"127.1:{PORT}"), 403),
        ("GET", "/api/me", at(f"LOCALHOST.evil.test:{PORT}"), 403),
        ("GET", "/api/me", at(f"localhost:{PORT}@evil.test"), 403),
        ("GET", "/api/me", at(""), 403),
        ("GET", "/api/me", [], 403),
        ("GET", "/api/me", [("Host", HERE), ("Host", HERE)], 400),
        ("GET", "/healthz", at("evil.test"), 403),
        ("GET", "/login?key=x", at("evil.test"), 403),
        # the page it comes from
        ("GET", "/api/me", at(**OURS), 200),
        ("GET", "/api/me", at(Origin="https://evil.test"), 403),
        ("GET", "/api/me", at(Origin="null"), 403),
        ("GET", "/api/me", at(Origin=f"https://{HERE}"), 403),
        ("GET", "/api/me", at(Origin=f"http://{HERE}.evil.test"), 403),
        ("GET", "/api/me", [*at(**OURS), ("Origin", "https://evil.test")], 403),
        ("POST", "/api/brains", at(), 403),
        ("POST", "/api/brains", at(**OURS), 400),
        ("POST", "/api/brains", at(Origin="https://evil.test"), 403),
        ("POST", "/login", at(Origin="https://evil.test"), 403),
        # what the browser says of it
        ("GET", "/api/me", at(Sec_Fetch_Site="same-origin"), 200),
        ("GET", "/api/me", at(Sec_Fetch_Site="none", Sec_Fetch_Mode="navigate"), 200),
        ("GET", "/api/me", at(Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors"), 403),
        ("GET", "/api/me", at(Sec_Fetch_Site="same-site", Sec_Fetch_Mode="cors"), 403),
        ("GET", "/api/me", at(Sec_Fetch_Site="a-new-word"), 403),
        ("GET", "/", at(Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate"), 200),
        ("POST", "/api/brains", at(Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate", **OURS), 403),
        # sockets
        ("WS", "/ws", at(**OURS), 101),
        ("WS", "/ws", at(), 403),
        ("WS", "/ws", at(Origin="https://evil.test"), 403),
        ("WS", "/ws", at("evil.test", Origin="http://evil.test"), 403),
        ("WS", "/ws", at(Sec_Fetch_Site="cross-site", **OURS), 403),
        # what is not there
        ("GET", "/api/nothing", at(), 404),
        ("DELETE", "/api/me", at(**OURS), 405),
        ("GET", "/../companion.db", at(), 404),
        ("GET", "/assets/../../companion.db", at(), 404),
        ("GET", "/assets/%2e%2e/%2e%2e/companion.db", at(), 404),
        ("GET", "//etc/passwd", at(), 404),
    ],
    ids=str,
)
async def test_who_comes_in_with_a_session(
    caller: Caller, method: str, path: str, headers: Pairs, status: int
) -> None:
    answer = await caller.asks(method, path, headers)
    if path == "/" and not built(caller.routes):
        assert answer.status == 404, "the gate let it in; the page was not built here"
    else:
        assert answer.status == status


def built(routes: Starlette) -> bool:
    mounts = [route for route in routes.routes if isinstance(route, Mount) and route.path == ""]
    return bool(mounts) and Path(str(getattr(mounts[0].app, "directory", "")), "index.html").exists()


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        COOKIE,
        f"{COOKIE}=",
        f"{COOKIE}=made-up",
        f"{COOKIE}=../links/x",
        f'{COOKIE}="',
        f"{COOKIE}={'x' * 5000}",
        f"other={COOKIE}",
        "=; ;;; =,",
        "\xe9\xff",
    ],
    ids=lambda cookie: repr(cookie)[:24],
)
async def test_a_cookie_that_is_no_session_opens_nothing(caller: Caller, cookie: str) -> None:
    headers = [*at(**OURS), ("Cookie", cookie)]
    assert (await caller.asks("GET", "/api/me", headers, known=False)).status == 401
    assert (await caller.asks("WS", "/ws", headers, known=False)).status == NOT_KNOWN


# --- silence means no ---


def reachable(routes: list[BaseRoute], under: str = "") -> list[tuple[str, str]]:
    """Every (method, path) there is."""
    found: list[tuple[str, str]] = []
    for route in routes:
        if isinstance(route, Route):
            found += [(method, under + route.path) for method in sorted(route.methods or ())]
        elif isinstance(route, WebSocketRoute):
            found.append(("WS", under + route.path))
        elif isinstance(route, Mount):
            path = under + route.path
            found += reachable(list(route.routes), path) if route.routes else [("GET", f"{path}/any.thing")]
    return found


async def test_every_route_but_the_public_ones_asks_for_a_session(caller: Caller) -> None:
    there = reachable(caller.routes.routes)
    assert {"/ws", "/api/me", "/api/export", "/metrics", "/any.thing"} <= {path for _, path in there}
    for method, path in there:
        answer = await caller.asks(method, path, at(**OURS), known=False)
        if path in ("/login", "/healthz"):
            assert path.startswith(PUBLIC)
        else:
            assert not path.startswith(PUBLIC), f"{path} is public"
            assert answer.status == (NOT_KNOWN if method == "WS" else 401), f"{method} {path}"


@pytest.mark.parametrize(
    "path", ["/", "/anything", "/api/me", "/api/", "/Login", "/x/login", "/api/me/login"]
)
async def test_without_a_session_only_the_door_is_there(caller: Caller, path: str) -> None:
    answer = await caller.asks("GET", path, at(), known=False)
    assert answer.status == 401
    assert "Samantha" not in answer.body


@pytest.mark.parametrize(
    "path", ["/login/../api/me", "/assets/../api/me", "/healthz/../metrics", "/icon/../api/me"]
)
async def test_a_public_path_leads_nowhere_else(caller: Caller, path: str) -> None:
    assert (await caller.asks("GET", path, at(), known=False)).status == 404


# --- what every answer carries ---


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/", True),
        ("/", False),
        ("/api/me", True),
        ("/api/me", False),
        ("/nothing", True),
        ("/healthz", False),
    ],
)
async def test_every_answer_carries_the_rules_for_the_browser(caller: Caller, path: str, known: bool) -> None:
    answer = await caller.asks("GET", path, at(), known=known)
    for name, value in HEADERS.items():
        assert answer.headers[name.lower()] == value
    assert "server" not in answer.headers
    assert "access-control-allow-origin" not in answer.headers
    assert "cache-control" in answer.headers


async def test_a_refusal_carries_them_too(caller: Caller) -> None:
    answer = await caller.asks("GET", "/api/me", at("evil.test"))
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


def test_the_rules_allow_nothing_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in HEADERS["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert rules["img-src"] == "'self' data:"
    assert "unsafe" not in HEADERS["Content-Security-Policy"]
    assert "http" not in HEADERS["Content-Security-Policy"]
    assert HEADERS["Permissions-Policy"] == "camera=(), microphone=(self), geolocation=()"


async def test_what_she_says_is_cached_nowhere(caller: Caller) -> None:
    for path in ("/api/me", "/api/persona", "/api/export", "/metrics"):
        assert (await caller.asks("GET", path, at())).headers["cache-control"] == "no-store"


# --- the home network ---


@pytest.mark.parametrize(
    ("scheme", "host", "origin", "status"),
    [
        ("https", "192.168.1.5:8317", "https://192.168.1.5:8317", 200),
        ("https", "vm.local:8317", "https://vm.local:8317", 200),
        ("wss", "vm.local:8317", "https://vm.local:8317", 101),
        ("https", "192.168.1.6:8317", "https://192.168.1.6:8317", 403),
        ("https", "192.168.1.5:8317", "https://vm.local:8317", 403),
        ("https", "192.168.1.5:8317", "http://192.168.1.5:8317", 403),
        ("wss", "vm.local:8317", "http://vm.local:8317", 403),
        ("wss", "vm.local:8317", f"http://{HERE}", 403),
        ("http", "192.168.1.5:8317", "https://192.168.1.5:8317", 403),
        ("http", "192.168.1.5:8317", "http://192.168.1.5:8317", 403),
        ("http", "https://192.168.1.5:8317", "https://192.168.1.5:8317", 403),
        ("https", HERE, f"https://{HERE}", 403),
        ("http", HERE, f"http://{HERE}", 200),
    ],
)
async def test_over_tls_and_without_it_the_house_has_different_names(
    scheme: str, host: str, origin: str, status: int
) -> None:
    origins = Origins([HERE])
    assert origin.startswith("http:") or origin not in origins, "closed until it is opened"
    origins.at_home = frozenset({"https://192.168.1.5:8317", "https://vm.local:8317"})
    assert (await through(origins, scheme, at(host, Origin=origin))).status == status


async def test_a_session_given_over_tls_is_kept_to_tls() -> None:
    origins = Origins([HERE])
    origins.at_home = frozenset({"https://vm.local:8317"})
    secure = await through(origins, "https", at("vm.local:8317"))
    assert secure.headers["set-cookie"] == "os1=x; Secure"
    assert (await through(origins, "http", at())).headers["set-cookie"] == "os1=x"


async def through(origins: Origins, scheme: str, headers: Pairs) -> Answer:
    """The gate alone, with a room behind it that gives everybody a session."""

    async def room(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
        else:
            cookie = [(b"set-cookie", b"os1=x")]
            await send({"type": "http.response.start", "status": 200, "headers": cookie})

    async def everybody(session: str) -> bool:
        return True

    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.lower().encode(), value.encode()) for name, value in headers]
    kind = "websocket" if scheme.startswith("ws") else "http"
    scope = {"type": kind, "scheme": scheme, "method": "GET", "path": "/", "headers": raw}
    await Gate(room, origins, everybody)(scope, receive, send)
    if kind == "websocket":
        return Answer(101 if sent[0]["type"] == "websocket.accept" else 403, {})
    return Answer(sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]})


# --- the link ---


async def test_a_link_gives_a_cookie_that_no_script_and_no_other_site_can_use(caller: Caller) -> None:
    link = await asyncio.to_thread(caller.door.new_link)
    answer = await caller.asks("GET", f"/login?key={link}", at(), known=False)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    flags = {flag.strip().lower() for flag in answer.headers["set-cookie"].split(";")[1:]}
    season = int(SESSION_LASTS.total_seconds())
    assert flags == {"httponly", "samesite=strict", "path=/", f"max-age={season}"}
    again = await caller.asks("GET", f"/login?key={link}", at(), known=False)
    assert again.status == 401
    assert "set-cookie" not in again.headers


async def test_looking_at_a_link_does_not_use_it_up(caller: Caller) -> None:
    link = await asyncio.to_thread(caller.door.new_link)
    looked = await caller.asks("HEAD", f"/login?key={link}", at(), known=False)
    assert "set-cookie" not in looked.headers
    assert (await caller.asks("GET", f"/login?key={link}", at(), known=False)).status == 303


@pytest.mark.parametrize("query", ["", "?key=", "?key=x", "?key=%00", "?key=" + "x" * 10_000, "?other=1"])
async def test_a_link_that_is_none_is_told_how_to_get_one(caller: Caller, query: str) -> None:
    answer = await caller.asks("GET", f"/login{query}", at(), known=False)
    assert answer.status == 401
    assert "os1 login" in answer.body
    assert "set-cookie" not in answer.headers


# --- the break-ins of others ---


def cases() -> list[dict[str, Any]]:
    return json.loads(CASES.read_text("utf-8")) if CASES.exists() else []


ALLOWED: dict[str, set[int]] = {
    "not_403": {200, 404},
    "403_or_400": {403, 400},
    "403": {403},
    "401": {401},
    "400": {400},
    "404": {404},
    "handshake refused": {403},
    "handshake refused without Origin unless a bearer device token is shown": {403},
    "forwarded header ignored unless trusted proxy is configured": {200},
    "no outbound connection (OpenClaw CVE-2026-25253)": {101},
    "scopes come from the server, never from the client (OpenClaw GHSA-rqpp-rjj8-7wv8)": {101},
    "headers present": {200, 404},
    "cookie flags": {200},
}
"""What a case expects, as answers that satisfy it. Nothing here can connect outwards: `conftest` would fail the test."""


@pytest.mark.skipif(not CASES.exists(), reason="the cases do not lie beside this checkout")
@pytest.mark.parametrize("case", cases(), ids=lambda case: case["id"])
async def test_how_others_were_broken_into(caller: Caller, case: dict[str, Any]) -> None:
    headers, known = asked_in(case)
    answer = await caller.asks(case["method"], case["path"], headers, known=known)
    expected: str = case["expect"]
    allowed = ALLOWED.get(expected) or ALLOWED[expected[:3]]
    assert answer.status in allowed, expected
    if expected == "headers present":
        assert HEADERS["Content-Security-Policy"] == answer.headers["content-security-policy"]


def asked_in(case: dict[str, Any]) -> tuple[Pairs, bool]:
    """Its headers, and whether it comes with a session. A known person's change comes from our own page."""
    given: dict[str, str] = {
        name: value.replace("PORT", str(PORT))
        for name, value in case["headers"].items()
        if not name.startswith("_")
    }
    pairs = list(given.items())
    if twice := case["headers"].get("_twice"):
        name, _, value = twice.partition(": ")
        pairs.append((name, value))
    if case["headers"].get("_auth") == "user B":
        pairs.append(("Origin", f"http://{given['Host']}"))
    return pairs, case["headers"].get("_auth") != "none"
