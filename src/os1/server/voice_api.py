"""What the page asks about voices: which there are, how one sounds, and to have another.

It does not know who may ask: the gate has decided that before. What is chosen becomes part of her persona.
"""

import json
import logging

import numpy as np
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from os1.errors import BadInput, MouthUnavailable, OS1Error
from os1.persona.persona import FASTEST, SLOWEST, Persona, Voice
from os1.server.body import body_of
from os1.server.house import House
from os1.server.voice import EmbeddedVoice
from os1.voice.base import SPOKEN_RATE, Delivery
from os1.voice.pcm import wav
from os1.voice.voices import VOICES, Chosen, chosen, pace_of

log = logging.getLogger(__name__)

SAMPLE = "Hello. This is how I would sound, on a quiet evening, with nothing to hurry for."


class VoiceApi:
    """Each method answers one path; `app` gives them their paths."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def voices(self, request: Request) -> Response:
        return JSONResponse(self._told())

    async def choose(self, request: Request) -> Response:
        """{"id": ..., "words_per_minute": ...}; either may be left out."""
        persona = self._house.companion.persona
        if persona is None:
            return JSONResponse({"code": "bad-input", "text": "She is nobody yet: meet her first."}, 400)
        try:
            asked = await _body(request)
            await self._house.companion.become(persona.model_copy(update={"voice": _voice(persona, asked)}))
        except OS1Error as error:
            return JSONResponse({"code": error.code, "text": str(error)}, 400)
        return JSONResponse(self._told())

    async def sample(self, request: Request) -> Response:
        """WAV: a sentence in the voice `id`, at `pace` words per minute."""
        voice = self._house.voice
        if not isinstance(voice, EmbeddedVoice):
            return PlainTextResponse("Her voice is elsewhere.", 404)
        try:
            wanted = chosen(request.query_params.get("id", voice.mouths.name))
            pace = _pace(wanted, request.query_params.get("pace", ""))
            sound = [piece async for piece in voice.mouths.sample(wanted, SAMPLE, Delivery(pace=pace))]
        except BadInput as error:
            return PlainTextResponse(str(error), 400)
        except MouthUnavailable as error:
            return PlainTextResponse(str(error), 503)
        return Response(wav(np.concatenate(sound), SPOKEN_RATE), media_type="audio/wav")

    def _told(self) -> dict[str, object]:
        persona, voice = self._house.companion.persona, self._house.voice
        current = voice.mouths.name if isinstance(voice, EmbeddedVoice) else ""
        shown = [one._asdict() | {"quick": one.starts == "quick"} for one in VOICES]
        if current and all(one["id"] != current for one in shown):
            blend = chosen(current).voice
            shown.append(blend._asdict() | {"quick": blend.starts == "quick"})
        listed = [
            {name: one[name] for name in ("id", "name", "sounds", "pronoun", "quick")}
            | {"current": one["id"] == current}
            for one in shown
        ]
        return {"voices": listed, "pace": persona.voice.words_per_minute if persona else None}


def _pace(wanted: Chosen, words: str) -> float:
    if not words:
        return 1.0
    if not words.isdecimal() or not SLOWEST <= int(words) <= FASTEST:
        raise BadInput(f"A pace has {SLOWEST} to {FASTEST} words per minute.")
    return pace_of(wanted.voice, int(words))


def _voice(persona: Persona, asked: dict[str, object]) -> Voice:
    """Her voice with what was asked for. Raises BadInput, in a sentence."""
    update: dict[str, object] = {}
    if isinstance(id := asked.get("id"), str):
        update |= {"id": id, "sounds": chosen(id).voice.sounds}
    if isinstance(pace := asked.get("words_per_minute"), int):
        _pace(chosen(str(update.get("id", persona.voice.id))), str(pace))
        update["words_per_minute"] = pace
    if not update:
        raise BadInput('Say which voice: {"id": "hibari"}, or how fast: {"words_per_minute": 160}.')
    return Voice.model_validate(persona.voice.model_dump() | update)


async def _body(request: Request) -> dict[str, object]:
    body = await body_of(request)
    try:
        asked = json.loads(body)
    except ValueError as error:
        raise BadInput("That is no JSON.") from error
    if not isinstance(asked, dict):
        raise BadInput('Say which voice: {"id": "hibari"}.')
    return {str(name): value for name, value in asked.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
