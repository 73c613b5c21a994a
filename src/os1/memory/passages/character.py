"""From a card to a persona, and from her persona to a card. A proposal: the person decides what becomes of it.

Her limits are never taken from a card, and that she is an AI is said by `Persona.portrait`, whatever a card says.
It does not know where a persona or a card is kept.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError

from os1.errors import BadInput
from os1.memory.passages.base import Character, whole
from os1.memory.passages.cards import Card, as_v3
from os1.memory.passages.loose import Fields, fields, text
from os1.persona.persona import LONGEST_NAME, Persona, clean_name, to_her

SPEAKING = 420
"""Characters of lines that a character brings at most: they share the portrait that a brain reads with her own."""
LONGEST_LINE, MOST_LINES = 300, 24
"""As in `os1.persona.persona`: a sentence or two; a handful."""
OURS = "os1"
"""Our place among a card's extensions: her whole persona, so that nothing of her is lost on the way."""

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+[\"”’')*]*|\n|$)")
_LABEL = re.compile(r"^[\[({]?\s*([\w /'-]{2,24})\s*[:=(]\s*(.+?)[\])}]?$")


def character_of(card: Card) -> Character:
    """Who is on the card, in lines: how they are first, then what is told about them."""
    data, name = card.data, card.name
    told = "\n".join(whole(text(data.get(field))) for field in ("personality", "description"))
    lines = tuple(lines_of(_filled(told, name)))
    return Character(
        name, lines, tuple(_examples(_filled(whole(text(data.get("mes_example"))), name), name)), _hers(data)
    )


def lines_of(told: str) -> Iterator[str]:
    """Sentences, each short enough for a persona. Longer ones are left on the card: cut, they would say something else."""
    for found in _SENTENCE.finditer(told):
        line = " ".join(found[0].split()).strip("*#- ")
        if labelled := _LABEL.match(line):
            line = f"{labelled[1].strip().capitalize()}: {labelled[2].strip()}"
        if 3 <= len(line) <= LONGEST_LINE and any(letter.isalpha() for letter in line):
            yield line


def proposed(character: Character, now: Persona) -> Persona:
    """Her as that character: name, ways and examples are theirs; voice, limits and what she knows of you stay.

    Her own lines about how she talks follow theirs: a small brain needs to be told to keep it short.
    """
    if character.persona and (hers := _persona(character.persona)):
        return hers
    try:
        name = clean_name(re.sub(r"[^\w .'’\-]|[\d_]", " ", character.name)[:LONGEST_NAME])
    except BadInput:
        name = now.name
    changes: dict[str, Any] = {"name": name}
    if name != now.name:
        changes["because"] = f"You brought {name} along, and I took up the name."
    if character.examples:
        changes["examples"] = character.examples[:MOST_LINES]
    lines = tuple(_as_many_as_fit(character.lines, SPEAKING))
    while True:
        speaking = (*lines, *now.speaking)[:MOST_LINES]
        persona = Persona.model_validate(now.model_dump() | changes | {"speaking": speaking})
        if not lines or _is_said(persona):
            return persona
        lines = lines[:-1]


def _is_said(persona: Persona) -> bool:
    """Whether there is room for all her lines and limits in what a brain reads: a portrait leaves out what does not fit."""
    them = persona.address.name
    return all(to_her(line, them) in persona.portrait() for line in (*persona.speaking, *persona.limits))


def card_of(persona: Persona, original: Card | None, *, worn: bool) -> Card:
    """Her as a V3 card. What the card that came along has, known to us or not, goes back with her.

    `worn`: she became who is on that card, so that what it tells is about her; else only what it holds besides is kept.
    """
    value: dict[str, Any] = as_v3(original) if original else {"spec": "chara_card_v3", "spec_version": "3.0"}
    data: dict[str, Any] = {**_EMPTY, **fields(value.get("data"))}
    if not worn:
        data |= _told(persona) | {
            "personality": "",
            "scenario": "",
            "first_mes": "",
            "alternate_greetings": [],
        }
    data["name"] = persona.name
    ours = {OURS: {"persona": persona.model_dump(mode="json")}}
    data["extensions"] = {**fields(data.get("extensions")), **ours}
    written = json.dumps({**value, "data": data}, ensure_ascii=False, indent=1)
    return Card(whole(written), original.picture if original else b"", original.others if original else ())


_EMPTY: dict[str, Any] = {
    "name": "", "description": "", "personality": "", "scenario": "", "first_mes": "", "mes_example": "",
    "creator_notes": "", "system_prompt": "", "post_history_instructions": "", "alternate_greetings": [], "tags": [],
    "creator": "", "character_version": "", "extensions": {}, "group_only_greetings": [],
}  # fmt: skip


def _told(persona: Persona) -> dict[str, Any]:
    """Her in a card's own fields, in her words."""
    lines = (persona.because, *persona.values, *persona.speaking, *persona.limits)
    said = (example.partition("->") for example in persona.examples)
    talks = [
        f"<START>\n{{{{user}}}}: {one.strip()}\n{{{{char}}}}: {answer.strip()}"
        for one, arrow, answer in said
        if arrow
    ]
    return {"description": "\n".join(lines), "mes_example": "\n".join(talks)}


def _filled(told: str, name: str) -> str:
    """The card's placeholders, said: {{char}} is their name, {{user}} is you."""
    told = re.sub(r"\{\{char\}\}|<char>|<bot>", lambda _: name, told, flags=re.IGNORECASE)
    return re.sub(r"\{\{user\}\}|<user>", "you", told, flags=re.IGNORECASE)


def _examples(told: str, name: str) -> Iterator[str]:
    """What was said to them and what they answered, where both fit on a line."""
    said = ""
    turns = re.compile(rf"^(you|{re.escape(name or 'you')}):[ \t]*", re.IGNORECASE | re.MULTILINE)
    for talk in re.split(r"<START>", told, flags=re.IGNORECASE):
        parts = turns.split(talk)[1:]
        for who, words in zip(parts[::2], parts[1::2], strict=False):
            words = " ".join(words.replace("->", " ").split())
            if who.lower() == "you":
                said = words
            elif said and words and len(line := f"{said} -> {words}") <= LONGEST_LINE:
                yield line
                said = ""


def _as_many_as_fit(lines: Iterable[str], characters: int) -> Iterator[str]:
    for number, line in enumerate(lines):
        characters -= len(line) + 1
        if characters < 0 or number >= MOST_LINES:
            return
        yield line


def _hers(data: Fields) -> str:
    """Her own persona, on a card that she was written on."""
    ours = fields(fields(data.get("extensions")).get(OURS))
    persona = fields(ours.get("persona"))
    return json.dumps(persona) if persona else ""


def _persona(written: str) -> Persona | None:
    try:
        return Persona.model_validate_json(written)
    except ValidationError:
        return None
