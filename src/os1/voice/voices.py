"""The voices she can have: how each sounds, how fast and how loud it is by itself, and how several are blended.

    hibari                          her own quick voice
    kokoro:af_heart                 one of the richer ones
    kokoro:af_heart*7+bf_emma*3     seven parts of one and three of another

It does not know where the models lie, nor whether they are here.
"""

import math
import re
from typing import Literal, NamedTuple

from os1.errors import BadInput

QUICK = "hibari"
"""Begins at once. What she speaks with while nothing else is chosen."""
MAN = "kokoro:am_michael"
"""For who wants a he: the lowest and calmest of the well-made men's voices."""
FORMER = {"piper:joe": MAN}
"""Ids in personas from before they could be spoken."""
USUAL_LEVEL = -21.5
"""Decibels under full scale, while there is voice: what every voice is brought to."""
MOST_PARTS = 4
"""Voices in one blend: more of them sound like nobody."""
SLOWEST, FASTEST = 0.8, 1.25
"""Times a voice's own pace: outside, vowels begin to drag, or words to run together."""


class Voice(NamedTuple):
    id: str
    name: str
    sounds: str
    """For people, in a few words."""
    pronoun: Literal["she", "he"]
    mouth: Literal["hibari", "kokoro"]
    starts: Literal["quick", "rich"]
    """quick: within a twentieth of a second; rich: within half a second."""
    words_per_minute: int
    """Its own pace over several sentences, cut and paused as in a call. Measured for hibari, heart and michael; for the
    others from one sentence, less the share (8 %) that the pauses took of those."""
    level: float
    """Decibels under full scale, while there is voice, as its model gives it."""
    british: bool = False


def _rich(name: str, sounds: str, pronoun: Literal["she", "he"], wpm: int, level: float) -> Voice:
    person = name.partition("_")[2].capitalize()
    british = name.startswith("b")
    return Voice(f"kokoro:{name}", person, sounds, pronoun, "kokoro", "rich", wpm, level, british)


VOICES = (
    Voice(
        QUICK, "Hibari", "A woman's voice, American, light and near.", "she", "hibari", "quick", 216, -25.5
    ),
    _rich("af_heart", "A woman's voice, American, warm, with breath in it.", "she", 224, -22.0),
    _rich("af_bella", "A woman's voice, American, lively and a little higher.", "she", 214, -20.8),
    _rich("af_sarah", "A woman's voice, American, clear and high.", "she", 228, -20.3),
    _rich("af_aoede", "A woman's voice, American, soft and dark.", "she", 219, -17.0),
    _rich("af_kore", "A woman's voice, American, low and even.", "she", 214, -17.6),
    _rich("af_nova", "A woman's voice, American, low and level.", "she", 224, -26.0),
    _rich("af_nicole", "A woman's voice, American, hushed and slow, close to a whisper.", "she", 144, -19.7),
    _rich("bf_emma", "A woman's voice, British, clear and bright.", "she", 235, -19.7),
    _rich("bf_isabella", "A woman's voice, British, high and crisp.", "she", 233, -17.1),
    _rich("am_michael", "A man's voice, American, level and close.", "he", 200, -23.3),
    _rich("am_fenrir", "A man's voice, American, firm and forward.", "he", 213, -18.9),
    _rich("am_puck", "A man's voice, American, low and easy.", "he", 208, -18.0),
    _rich("bm_george", "A man's voice, British, dark and unhurried.", "he", 188, -20.4),
    _rich("bm_fable", "A man's voice, British, light, with much breath.", "he", 206, -21.5),
)
_BY_ID = {voice.id: voice for voice in VOICES}
_BLEND = re.compile(r"(?P<name>[a-z]{2}_[a-z]+)(?:\*(?P<weight>\d{1,3}(?:\.\d{1,2})?))?")


class Chosen(NamedTuple):
    """A voice as it is asked for: one, or several and how much of each; the shares make 1."""

    voice: Voice
    """As a whole."""
    parts: tuple[tuple[str, float], ...]
    """Names of styles, such as "af_heart", each with its share. Empty for a mouth that has one voice."""


def chosen(voice_id: str) -> Chosen:
    """Raises BadInput, with a sentence, for a voice that is none."""
    voice_id = FORMER.get(voice_id, voice_id)
    if voice_id == QUICK:
        return Chosen(_BY_ID[QUICK], ())
    mouth, _, blend = voice_id.partition(":")
    if mouth != "kokoro" or not blend:
        raise BadInput(
            f'There is no voice "{voice_id}". There are {QUICK}, and those of kokoro, such as {MAN}.'
        )
    parts = _parts(blend)
    heard = [(_BY_ID[f"kokoro:{name}"], share) for name, share in parts]
    first = max(heard, key=lambda part: part[1])[0]
    if len(heard) == 1:
        return Chosen(first, parts)
    whole = first._replace(
        id=voice_id,
        name=" and ".join(voice.name for voice, _ in heard),
        sounds="A blend: " + "; ".join(voice.sounds.rstrip(".").lower() for voice, _ in heard) + ".",
        words_per_minute=round(sum(voice.words_per_minute * share for voice, share in heard)),
        level=sum(voice.level * share for voice, share in heard),
    )
    return Chosen(whole, parts)


def _parts(blend: str) -> tuple[tuple[str, float], ...]:
    weights: dict[str, float] = {}
    for part in blend.split("+"):
        found = _BLEND.fullmatch(part)
        if not found:
            raise BadInput(f'"{part}" is no part of a blend. A blend reads like "af_heart*7+bf_emma*3".')
        if f"kokoro:{found['name']}" not in _BY_ID:
            there = ", ".join(voice.id.partition(":")[2] for voice in VOICES if voice.mouth == "kokoro")
            raise BadInput(f'There is no voice "{found["name"]}" to blend. There are {there}.')
        weights[found["name"]] = weights.get(found["name"], 0) + float(found["weight"] or 1)
    if len(weights) > MOST_PARTS:
        raise BadInput(f"A blend has at most {MOST_PARTS} voices; more of them sound like nobody.")
    total = sum(weights.values())
    if total <= 0:
        raise BadInput("A blend needs more than nothing of at least one voice.")
    return tuple((name, weight / total) for name, weight in weights.items() if weight)


def spoken_with(voice_id: str) -> Chosen:
    """For a persona that somebody may have edited: what it asks for, or else her own quick voice."""
    try:
        return chosen(voice_id)
    except BadInput:
        return chosen(QUICK)


def pace_of(voice: Voice, words_per_minute: int) -> float:
    """What a persona's pace is for this voice, in times the voice's own.

    Half of the ratio, on its own scale: who talks at 158 words a minute does not drag each word, but rests between
    them, and the voices, which hardly rest, sound drugged when all of it is asked of their vowels.
    """
    return min(FASTEST, max(SLOWEST, math.sqrt(words_per_minute / voice.words_per_minute)))
