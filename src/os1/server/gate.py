"""The gate before every route: the right host, the right origin, a known person; and what every answer carries.

Loopback is not a boundary: any page in any browser on this machine can reach 127.0.0.1. So the Host must be ours,
a socket or a change must come from our own page, and everything but the few public paths asks for a session.
The home network, where the house is open to it, comes in over TLS only, by the names that are on the certificate.
It does not know what the routes do, nor how the house came by its names.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "os1"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PUBLIC = ("/login", "/healthz", "/assets/", "/icon", "/manifest.webmanifest", "/favicon")
"""Paths that ask for no session: the door itself, the page's own files, and whether the house stands."""
NOT_KNOWN = 4401
"""The close code of a socket without a session, after HTTP's 401."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "font-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types svelte-trusted-html",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(self), geolocation=()",
}
SCHEMES = {"ws": "http", "wss": "https"}
"""The page's scheme, by its socket's."""

CLOSED = """<!doctype html><html lang="en"><meta charset="utf-8"><title>OS1</title>
<meta name="viewport" content="width=device-width">
<body><h1>This door opens with a link.</h1>
<p>It is in the terminal where she was started. It opens once; for another, run <code>os1 login</code> there; for a phone, <code>os1 login --phone</code>.</p>"""
ONCE_MORE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>OS1</title>
<meta http-equiv="refresh" content="0; url=/">"""
"""A browser that was led here by another page keeps its session to itself. Asked by this page, it shows it."""


class Origins:
    """What this house is called, as a browser writes it: scheme, host, port. Those of the home network come and go."""

    def __init__(self, hosts: Iterable[str]) -> None:
        self._own = frozenset(f"http://{host}" for host in hosts)
        self.at_home: frozenset[str] = frozenset()
        """https://..., replaced whole when the machine's addresses change."""

    def __contains__(self, origin: str) -> bool:
        return origin in self._own or origin in self.at_home

    def __iter__(self) -> Iterator[str]:
        yield from self._own | self.at_home


class Gate:
    """ASGI middleware. `hosts`: allowed Host headers, port included, or Origins. `knows`: whether a session may come in."""

    def __init__(
        self, app: ASGIApp, hosts: Origins | Iterable[str], knows: Callable[[str], Awaitable[bool]]
    ) -> None:
        self._app = app
        self._origins = hosts if isinstance(hosts, Origins) else Origins(hosts)
        self._knows = knows

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = await self._refusal(scope, headers)
        send_on = _with_headers(send, secure=scope.get("scheme") == "https")
        if refusal is None:
            await self._app(scope, receive, send_on)
        elif scope["type"] == "websocket":
            await self._refuse_socket(refusal.status_code, receive, send)
        else:
            await refusal(scope, receive, send_on)

    async def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Who it is for, where it comes from, who asks: in this order, so that a stranger's page learns nothing."""
        if len(headers.getlist("host")) > 1:
            return PlainTextResponse("One name at a time.", 400)
        origin = f"{SCHEMES.get(scope['scheme'], scope['scheme'])}://{headers.get('host', '')}"
        if origin not in self._origins:
            return PlainTextResponse("This house does not answer to that name.", 403)
        socket, path = scope["type"] == "websocket", scope["path"]
        safe = not socket and scope["method"] in SAFE
        if _foreign(origin, safe, headers) or (socket and "origin" not in headers):
            return PlainTextResponse("That came from another page.", 403)
        if not path.startswith(PUBLIC) and not await self._knows(session(headers)):
            return _who_are_you(path, socket, headers)
        if not safe and "origin" not in headers:
            return PlainTextResponse("A change must say which page it comes from.", 403)
        return None

    async def _refuse_socket(self, status: int, receive: Receive, send: Send) -> None:
        """A stranger's handshake is refused; our own page is told why, so that it can say so."""
        await receive()
        if status == 401:
            await send({"type": "websocket.accept"})
            await send({"type": "websocket.close", "code": NOT_KNOWN, "reason": "Log in first."})
        else:
            await send({"type": "websocket.close", "code": 1008})


def _foreign(origin: str, safe: bool, headers: Headers) -> bool:
    """From another site; but a link on another page may lead here, as long as it changes nothing."""
    if any(page != origin for page in headers.getlist("origin")):
        return True
    site = headers.get("sec-fetch-site", "none")
    if site in ("same-origin", "none"):
        return False
    return not (safe and headers.get("sec-fetch-mode") == "navigate" and "origin" not in headers)


def _who_are_you(path: str, socket: bool, headers: Headers) -> Response:
    """Nobody known, or somebody whose browser does not say so because another page led here (only to her page: what
    else there is keeps its session from such links)."""
    if socket or path.startswith("/api/"):
        return PlainTextResponse("Log in first.", 401)
    led_here = headers.get("sec-fetch-site", "none") in ("cross-site", "same-site")
    return HTMLResponse(ONCE_MORE if path == "/" and led_here else CLOSED, 401)


def session(headers: Headers) -> str:
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


def _with_headers(send: Send, *, secure: bool) -> Send:
    async def carry(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            if "cache-control" not in headers:
                headers["cache-control"] = "no-store"
            if secure:  # a session that was given over TLS is never shown without it
                message["headers"] = [_secured(name, value) for name, value in message["headers"]]
        await send(message)

    return carry


def _secured(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    return name, value + b"; Secure" if name.lower() == b"set-cookie" else value
