"""The few things a page asks for by name: who she is, which brain, everything as one file.

It does not know who may ask: the gate has decided that before.
"""

import asyncio
import json
import logging
import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import IO

from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)

from os1.config import keep
from os1.errors import BadInput, OS1Error, SetupError, StoreError
from os1.server.body import body_of
from os1.server.door import SESSION_LASTS, Door
from os1.server.gate import CLOSED, COOKIE
from os1.server.house import House, persona_text
from os1.store.carry import archive_name, pack

log = logging.getLogger(__name__)

PIECE = 256 * 1024
"""Bytes of an export sent at once."""


class Api:
    """Each method answers one path; `app` gives them their paths."""

    def __init__(self, house: House, door: Door) -> None:
        self._house = house
        self._door = door

    async def login(self, request: Request) -> Response:
        if request.method == "HEAD":  # whoever only looks at a link does not use it up
            return HTMLResponse("")
        try:
            session = await asyncio.to_thread(self._door.use_link, request.query_params.get("key", ""))
        except StoreError as error:
            return PlainTextResponse(str(error), 503)
        if session is None:
            return HTMLResponse(CLOSED, 401)
        answer = RedirectResponse("/", 303)
        lasts = int(SESSION_LASTS.total_seconds())
        answer.set_cookie(COOKIE, session, max_age=lasts, httponly=True, samesite="strict", path="/")
        return answer

    async def healthz(self, request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def metrics(self, request: Request) -> Response:
        ready = self._house.brains.state == "ready"
        text = self._house.metrics.text(brain_ready=ready, events=self._house.companion.last_seq)
        return Response(text, media_type="text/plain; version=0.0.4")

    async def me(self, request: Request) -> Response:
        return JSONResponse({"name": self._name(), "stage": self._house.companion.meeting.stage})

    async def persona(self, request: Request) -> Response:
        toml = persona_text(self._house.companion.persona)
        return JSONResponse({"toml": toml, "path": str(self._house.persona_file)})

    async def brains(self, request: Request) -> Response:
        return JSONResponse({"brains": _brains(self._house)})

    async def choose_brain(self, request: Request) -> Response:
        try:
            self._house.brains.choose(await _wanted(request))
        except (BadInput, SetupError) as error:
            return JSONResponse({"code": error.code, "text": str(error)}, 400)
        try:
            await asyncio.to_thread(keep, self._house.settings.home, brain=self._house.brains.in_use)
        except OS1Error as error:
            log.warning("this choice of a brain is not kept for the next start", extra={"code": error.code})
        return JSONResponse({"brains": _brains(self._house)})

    async def export(self, request: Request) -> Response:
        now = datetime.now(UTC)
        file = await asyncio.to_thread(tempfile.TemporaryFile)  # it lives as long as the answer
        try:
            await pack(self._house.companion.store, persona_text(self._house.companion.persona), now, file)
        except (OSError, StoreError) as error:
            file.close()
            return PlainTextResponse(f"She cannot be packed: {error}", 507)
        headers = {"Content-Disposition": f'attachment; filename="{archive_name(now, self._name())}"'}
        return StreamingResponse(_pieces(file), media_type="application/zip", headers=headers)

    def _name(self) -> str | None:
        persona = self._house.companion.persona
        return persona.name if persona else None


def _brains(house: House) -> list[dict[str, object]]:
    brains = house.brains
    return [
        {"id": id, "name": brains.name if id == brains.in_use else id, "current": id == brains.in_use}
        for id in brains.choices
    ]


async def _wanted(request: Request) -> str:
    """The id in a small JSON body. Raises BadInput for anything else."""
    body = await body_of(request)
    try:
        return str(json.loads(body)["id"])
    except (ValueError, TypeError, LookupError) as error:
        raise BadInput('Say which brain: {"id": "embedded"}.') from error


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        file.seek(0)
        while piece := await asyncio.to_thread(file.read, PIECE):
            yield piece
