"""A model hub on this machine, with a store beside it, that can be made to misbehave.

Two servers, as at a real hub: one keeps the records and redirects, the other has the bytes.
"""

import hashlib
import io
import threading
import zipfile
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

COMMIT = "c0ffee" * 7


@dataclass
class ImitationHub:
    """What the hub has, how it behaves, and what it was asked."""

    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """By path, as in "/people/model/file.gguf"; the store serves the same ones."""
    record: str | None = None
    """The sha256 the hub claims, where it should not be the true one."""
    cuts: list[int] = field(default_factory=list[int])
    """Each further answer with bytes ends after so many of them."""
    knows_range: bool = True
    status: int = 200
    """What the store answers instead of bytes, if not 200."""
    asked: list[tuple[str, str, dict[str, str]]] = field(
        default_factory=list[tuple[str, str, dict[str, str]]]
    )
    """(who, method and path, headers in lower case) of every request."""

    def __enter__(self) -> "ImitationHub":
        self.servers = [
            ThreadingHTTPServer(("127.0.0.1", 0), type(who, (_Handler,), {"hub": self, "who": who}))
            for who in ("hub", "store")
        ]
        self.endpoint, self.store = (f"http://127.0.0.1:{server.server_port}" for server in self.servers)
        self.threads = [
            threading.Thread(target=server.serve_forever, args=(0.01,)) for server in self.servers
        ]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *trouble: object) -> None:
        for server in self.servers:
            server.shutdown()
            server.server_close()
        for thread in self.threads:
            thread.join()

    def ranges(self) -> list[str]:
        """The Range of each request for bytes, "" for none."""
        return [
            headers.get("range", "")
            for who, what, headers in self.asked
            if who == "store" and what[:3] == "GET"
        ]


class _Handler(BaseHTTPRequestHandler):
    hub: ImitationHub
    who: str
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Tests are quiet."""

    def do_HEAD(self) -> None:
        self._note()
        self._redirect()

    def do_GET(self) -> None:
        self._note()
        if self.who == "hub":
            self._redirect()
        else:
            self._bytes(self.hub.files.get(self.path))

    def _note(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.hub.asked.append((self.who, f"{self.command} {self.path}", headers))

    def _redirect(self) -> None:
        repo, _, rest = self.path.partition("/resolve/")
        path = f"{repo}/{rest.partition('/')[2]}"
        content = self.hub.files.get(path)
        if content is None:
            self._end(404, {})
            return
        told = {
            "Location": self.hub.store + path,
            "X-Repo-Commit": COMMIT,
            "X-Linked-Size": str(len(content)),
        }
        told["X-Linked-Etag"] = f'"{self.hub.record or hashlib.sha256(content).hexdigest()}"'
        self._end(302, told)

    def _bytes(self, content: bytes | None) -> None:
        if content is None or self.hub.status != 200:
            self._end(404 if content is None else self.hub.status, {})
            return
        etag = f'"{hashlib.md5(content).hexdigest()}"'
        start, status, told = 0, 200, {"ETag": etag}
        wanted = self.headers.get("Range", "")
        if wanted and self.hub.knows_range and self.headers.get("If-Range", etag) == etag:
            start, status = int(wanted.removeprefix("bytes=").rstrip("-")), 206
            told["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        self._end(status, told, content[start:])

    def _end(self, status: int, told: dict[str, str], content: bytes = b"") -> None:
        self.send_response(status)
        for name, value in {**told, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        cut = self.hub.cuts.pop(0) if content and self.hub.cuts else None
        self.wfile.write(content[:cut])
        self.close_connection = cut is not None


def wheel(member: str, content: bytes) -> bytes:
    """A wheel, as far as we open one."""
    return archive({member: content})


def archive(members: dict[str, bytes]) -> bytes:
    """A wheel that holds several files of data."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("package/__init__.py", "raise RuntimeError('the code of a package must never run')")
        for member, content in members.items():
            archive.writestr(member, content)
    return whole.getvalue()


def real_wheel(folder: Path, name: str, member: str, content: bytes, platform: str = "any") -> Path:
    """A wheel that pip accepts."""
    plain = name.replace("-", "_")
    path = folder / f"{plain}-1.0-py3-none-{platform}.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, content)
        archive.writestr(
            f"{plain}-1.0.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
        )
        archive.writestr(
            f"{plain}-1.0.dist-info/WHEEL",
            f"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-{platform}\n",
        )
        archive.writestr(f"{plain}-1.0.dist-info/RECORD", "")
    return path


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
