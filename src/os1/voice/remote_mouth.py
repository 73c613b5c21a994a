"""A mouth behind an OpenAI-compatible endpoint: POST {base}/audio/speech, its sound taken as it comes.

Her words leave the house for it; that is the person's choice, made by naming the endpoint. Pace is the endpoint's,
loudness is set here; a whisper or more warmth is not to be had, and not pretended. It does not know which model speaks.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import NamedTuple

import httpx

from os1.errors import MouthUnavailable
from os1.voice.base import SPOKEN_RATE, Delivery, Sound
from os1.voice.endpoint import client_of, refusal
from os1.voice.pcm import from_pcm
from os1.voice.waves import louder

SILENCE = 5.0
"""Seconds without a byte until it counts as lost: a caller waits no longer for a word."""
PIECE = int(0.1 * SPOKEN_RATE) * 2
"""Bytes handed on at a time, 100 ms: sooner heard than a whole answer, and few enough pieces."""
LONGEST = 60 * SPOKEN_RATE * 2
"""Bytes one phrase can be: it takes 25 s at the slowest, and an endpoint that never ends must not be listened to."""
NO_SOUND = ("text/", "application/json", "application/xml")
"""What sound is not, by its content type: a page to log in at, an error told with a kind face."""
CONTAINERS = (b"RIFF", b"ID3", b"OggS", b"fLaC", b"\xff\xfb", b"\xff\xf3", b"{", b"<!", b"<h")
"""How other forms of sound, or none, begin: played as samples they would be a roar."""


class Wanted(NamedTuple):
    """What an endpoint is asked for."""

    model: str
    voice: str
    """By the endpoint's own name for it."""


class RemoteMouth:
    """Raises SetupError for an address or a key that is none. `patience`: seconds of silence from the endpoint."""

    heavy, here = False, False

    def __init__(
        self, name: str, base_url: str, wanted: Wanted, key: str = "", patience: float = SILENCE
    ) -> None:
        self.name = name
        self._wanted = wanted
        self._patience = patience
        self._http = client_of(name, base_url, key, patience)

    async def say(self, phrase: str, delivery: Delivery) -> AsyncGenerator[Sound]:
        if not any(letter.isalnum() for letter in phrase):
            return
        answer = await self._ask(phrase, delivery.pace)
        try:
            async with aclosing(self._sound(answer)) as sounds:
                async for sound in sounds:
                    yield louder(sound, delivery.loudness)
        except TimeoutError as error:
            raise MouthUnavailable(f"{self.name} fell silent for {self._patience:.0f} s.") from error
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise MouthUnavailable(f"{self.name} broke off: {type(error).__name__}.") from error
        finally:
            await answer.aclose()

    async def close(self) -> None:
        await self._http.aclose()

    async def _ask(self, phrase: str, pace: float) -> httpx.Response:
        """The answer, begun. A connection kept open may have been closed at the other end: then once more."""
        if self._http.is_closed:
            raise MouthUnavailable(f"{self.name} was put away.")
        fields = {
            "model": self._wanted.model, "voice": self._wanted.voice, "input": phrase, "response_format": "pcm", "speed": pace,
        }  # fmt: skip
        request = self._http.build_request("POST", "audio/speech", json=fields)
        try:
            async with asyncio.timeout(self._patience):
                try:
                    answer = await self._http.send(request, stream=True)
                except httpx.RemoteProtocolError:
                    answer = await self._http.send(request, stream=True)
        except TimeoutError as error:
            raise MouthUnavailable(f"{self.name} did not answer in {self._patience:.0f} s.") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise MouthUnavailable(f"{self.name} does not answer: {type(error).__name__}.") from error
        wrong = "" if answer.is_success else refusal(answer.status_code)
        if not wrong and answer.headers.get("content-type", "").startswith(NO_SOUND):
            wrong = "answered with something that is no sound."
        if wrong:
            await answer.aclose()
            raise MouthUnavailable(f"{self.name} {wrong}")
        return answer

    async def _sound(self, answer: httpx.Response) -> AsyncGenerator[Sound]:
        """Samples of 16 bit, little-endian, in whole pieces."""
        rest, whole = b"", 0
        pieces = answer.aiter_bytes()
        while (more := await self._next(pieces)) or rest:
            if not whole and (rest + more).startswith(CONTAINERS):
                raise MouthUnavailable(f"{self.name} answered with something that is no plain sound.")
            rest += more
            if len(rest) < PIECE and more:
                continue
            cut = len(rest) // 2 * 2
            whole += cut
            if whole > LONGEST:
                raise MouthUnavailable(f"{self.name} does not stop talking.")
            if cut:
                yield from_pcm(rest[:cut])
            rest = rest[cut:] if more else b""
        if not whole:
            raise MouthUnavailable(f"{self.name} said nothing.")

    async def _next(self, pieces: AsyncIterator[bytes]) -> bytes:
        """The next bytes, none at the end."""
        async with asyncio.timeout(self._patience):
            return await anext(pieces, b"")
