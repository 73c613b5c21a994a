"""Cards she came with or could put on: a proposal of who she would be, and her own card, written out again.

It does not know where the cards came from, nor who asks.
"""

import base64
import binascii
from pathlib import Path

from os1.errors import BadInput
from os1.events import Carded
from os1.memory.passages.cards import Card, Form, from_json, write
from os1.memory.passages.character import card_of
from os1.persona.persona import Persona
from os1.store.base import Log

FORMS: dict[str, Form] = {".json": "json", ".png": "png", ".charx": "charx"}
MEDIA: dict[Form, str] = {"json": "application/json", "png": "image/png", "charx": "application/zip"}


def form_of(file: Path) -> Form:
    """By its ending. Raises BadInput for another."""
    if form := FORMS.get(file.suffix.lower()):
        return form
    raise BadInput("A card is written as .png, .json or .charx: let the file's name end like that.")


async def her_card(store: Log, persona: Persona | None, form: Form) -> bytes:
    """Her as a card, on the one that came along last, so that nothing of that is lost. Raises BadInput, StoreError."""
    if persona is None:
        raise BadInput("She is nobody yet: meet her first.")
    for happened in await store.before(limit=1, kinds=("carded",)):
        if isinstance(happened.event, Carded):
            return write(card_of(persona, _kept(happened.event), worn=happened.event.worn), form)
    return write(card_of(persona, None, worn=False), form)


def _kept(event: Carded) -> Card | None:
    """None for a card that was forgotten since, or that another program wrote into the log."""
    try:
        card = from_json(event.card.encode())
        return Card(card.text, base64.b64decode(event.picture, validate=True))
    except (BadInput, binascii.Error):
        return None
