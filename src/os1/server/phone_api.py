"""What the page's menu asks about phones: whether they can come in, and a link for one, as a square to scan.

Asking makes a new link: ask when somebody opens the menu. It does not know how the house was opened.
"""

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from os1.errors import StoreError


async def phone(request: Request) -> Response:
    """{"open": bool, "addresses": [...], "link": ..., "qr_svg": ..., "fingerprint": ...}; the last three are empty
    while phones cannot come in."""
    door = getattr(request.app.state, "phone", None)
    if door is None:
        return JSONResponse({"open": False, "addresses": [], "link": "", "qr_svg": "", "fingerprint": ""})
    try:
        return JSONResponse(await door.to_scan())
    except StoreError as error:
        return PlainTextResponse(str(error), 503)
