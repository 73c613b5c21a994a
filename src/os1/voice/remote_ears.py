"""Ears behind an OpenAI-compatible endpoint: POST {base}/audio/transcriptions.

The person's voice leaves the house for it; that is their choice, made by naming the endpoint. Silence is never sent.
It does not know which model listens there.
"""

import asyncio
import math

import httpx
from pydantic import BaseModel, ValidationError

from os1.errors import EarsUnavailable
from os1.voice.base import HEARD_RATE, Sound, Transcript
from os1.voice.ears import audible
from os1.voice.endpoint import client_of, refusal
from os1.voice.pcm import wav

ANSWER = 10.0
"""Seconds for one answer: whoever waits longer for a word has long said the next."""
LANGUAGE = "en"
"""The language she speaks; a model that must guess it guesses wrong on short sentences."""
WITH_SEGMENTS, PLAIN = "verbose_json", "json"
"""Two forms of an answer; the first says how sure it is, and not every endpoint offers it."""
NOT_OFFERED = (400, 415, 422)
"""What an endpoint answers to a form it does not have."""


class _Segment(BaseModel):
    avg_logprob: float | None = None
    start: float = 0
    end: float = 0


class _Answer(BaseModel):
    text: str
    segments: list[_Segment] | None = None


class RemoteEars:
    """Raises SetupError for an address or a key that is none. `patience`: seconds for one answer."""

    def __init__(self, name: str, base_url: str, model: str, key: str = "", patience: float = ANSWER) -> None:
        self.name = name
        self._model = model
        self._patience = patience
        self._form = WITH_SEGMENTS
        self._http = client_of(name, base_url, key, patience)

    async def transcribe(self, sound: Sound, earlier: str = "") -> Transcript:
        """`earlier` is not sent: these models take a hint for what was said before the sound, not within it."""
        if not audible(sound):
            return Transcript("", 0.0)
        recording = await asyncio.to_thread(wav, sound, HEARD_RATE)
        try:
            async with asyncio.timeout(self._patience):
                answer = await self._ask(recording)
        except TimeoutError as error:
            raise EarsUnavailable(f"{self.name} did not answer in {self._patience:.0f} s.") from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise EarsUnavailable(f"{self.name} does not answer: {type(error).__name__}.") from error
        return self._read(answer)

    async def close(self) -> None:
        await self._http.aclose()

    async def _ask(self, recording: bytes) -> httpx.Response:
        answer = await self._post(recording, self._form)
        if self._form == WITH_SEGMENTS and answer.status_code in NOT_OFFERED:
            answer = await self._post(recording, PLAIN)
            if answer.is_success:
                self._form = PLAIN
        return answer

    async def _post(self, recording: bytes, form: str) -> httpx.Response:
        """A connection kept open may have been closed at the other end while we wrote: then once more, on a new one."""
        fields = {"model": self._model, "response_format": form, "language": LANGUAGE, "temperature": "0"}
        files = {"file": ("speech.wav", recording, "audio/wav")}
        if self._http.is_closed:
            raise EarsUnavailable(f"{self.name} was put away.")
        try:
            return await self._http.post("audio/transcriptions", data=fields, files=files)
        except httpx.RemoteProtocolError:
            return await self._http.post("audio/transcriptions", data=fields, files=files)

    def _read(self, answer: httpx.Response) -> Transcript:
        if not answer.is_success:
            raise EarsUnavailable(f"{self.name} {refusal(answer.status_code)}")
        try:
            said = _Answer.model_validate_json(answer.content)
        except ValidationError as error:
            raise EarsUnavailable(f"{self.name} said something that is no transcript.") from error
        text = said.text.strip()
        return Transcript(text, sureness(said.segments or []) if text else 0.0)


def sureness(segments: list[_Segment]) -> float:
    """The segments' mean, each as long as it is; 1 if nothing is said about it."""
    told = [
        (one.avg_logprob, max(one.end - one.start, 0.01)) for one in segments if one.avg_logprob is not None
    ]
    if not told:
        return 1.0
    mean = sum(log * length for log, length in told) / sum(length for _, length in told)
    return math.exp(mean) if mean < 0 else 1.0
