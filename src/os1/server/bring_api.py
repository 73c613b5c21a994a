"""What the page asks when someone brings their life along: what is in it, to have it, and how far she is.

It does not know who may ask: the gate has decided that before. What is uploaded is data, and goes to the suitcase.
"""

import asyncio
from urllib.parse import unquote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from os1.companion.wardrobe import FORMS, MEDIA, her_card
from os1.errors import BadInput, OS1Error, StoreError, TooLong
from os1.memory.passages.base import label
from os1.memory.passages.finding import shown
from os1.server.house import House

LINES = 6
"""Of how she would talk, as many as a person reads before deciding."""


class BringApi:
    """Each method answers one path; `app` gives them their paths."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._suitcase = house.suitcase

    async def state(self, request: Request) -> Response:
        return JSONResponse(self._told())

    async def bring(self, request: Request) -> Response:
        """`dry=1`: the body is looked at, its name in `name`, the person's zone in `zone`. `id`: that is brought, and with
        `persona=1` she becomes who comes along. Neither: the body is looked at and brought."""
        asked = request.query_params
        try:
            if not asked.get("id"):
                name = label(shown(unquote(asked.get("name", "")))).rpartition("/")[2] or "what you brought"
                zone = await asyncio.to_thread(_zone, asked.get("zone", ""))
                await self._suitcase.pack(name, request.stream(), zone)
            if not asked.get("dry"):
                self._suitcase.open(asked.get("id") or self._suitcase.id, worn=bool(asked.get("persona")))
        except OS1Error as error:
            status = 413 if isinstance(error, TooLong) else 507 if isinstance(error, StoreError) else 400
            return JSONResponse({"code": error.code, "text": str(error)}, status)
        return JSONResponse(self._told())

    async def put_down(self, request: Request) -> Response:
        try:
            await self._suitcase.put_down()
        except BadInput as error:
            return JSONResponse({"code": error.code, "text": str(error)}, 400)
        return JSONResponse(self._told())

    async def card(self, request: Request) -> Response:
        """Her as a character card: `form` is png, json or charx."""
        companion = self._house.companion
        form = FORMS.get(f".{request.query_params.get('form', 'png')}")
        if form is None:
            return PlainTextResponse("A card is a png, a json or a charx.", 400)
        try:
            card = await her_card(companion.store, companion.persona, form)
        except OS1Error as error:
            return PlainTextResponse(str(error), 400)
        headers = {"Content-Disposition": f'attachment; filename="card.{form}"'}
        return Response(card, media_type=MEDIA[form], headers=headers)

    def _told(self) -> dict[str, object]:
        case, proposal = self._suitcase, self._suitcase.proposal()
        return {
            "state": case.state,
            "id": case.id,
            "name": case.name,
            "done": round(case.done, 3),
            "text": case.text,
            "finding": case.finding.model_dump(mode="json") if case.finding else None,
            "proposal": {"name": proposal.name, "lines": [shown(line) for line in proposal.speaking[:LINES]]}
            if proposal
            else None,
        }


def _zone(name: str) -> ZoneInfo | None:
    """The browser's, if it is one that is known here; else the house's will do."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
