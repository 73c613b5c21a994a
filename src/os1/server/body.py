"""A request's body, read as far as it may be long. It does not know what is in it."""

from starlette.requests import Request

from os1.errors import TooLong

SHORT = 4096
"""Bytes of a body that names something: a brain, a voice and its pace."""


async def body_of(request: Request, most: int = SHORT) -> bytes:
    """Raises TooLong: nobody is listened to for ever."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > most:
            raise TooLong(f"At most {most:,} bytes are read here.")
    return body
