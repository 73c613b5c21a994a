"""Who she is, as a value: name, voice, temperament, values, limits, and what the person told her first.

A persona is written as TOML that a person can read and edit like a letter, and read back without loss.
This module knows the words of that letter, and how to say them to a brain (`portrait`). It does not know
where the file lies, which brain reads the portrait, nor how she feels today.
"""

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Annotated, Literal

import tomli_w
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from os1.errors import BadInput

LONGEST_NAME = 40
"""Characters of a name: the longest in common use fit, and a paragraph does not."""

PORTRAIT_BUDGET = 1_190
"""Characters of a portrait: about 300 tokens of English, three seconds of reading for a small brain, once."""

SLOWEST, FASTEST = 90, 240
"""Words per minute: slow reading aloud is near 130, quick talk near 190; outside these speech stops being easy to follow."""

Pace = Literal["brisk", "easy", "slow"]

_NAME = re.compile(r"[^\W\d_]+(?:[ '’\-][^\W\d_]+)*\.?")
_PRONOUNS = r"^[^\W\d_]+/[^\W\d_]+(/[^\W\d_]+)?$"


def clean_name(name: str) -> str:
    """A name as it will be spoken. Raises BadInput for what cannot be one."""
    clean = " ".join(name.split())
    if not clean or len(clean) > LONGEST_NAME or not _NAME.fullmatch(clean):
        raise BadInput(
            f"A name has 1 to {LONGEST_NAME} letters, with spaces, apostrophes or hyphens between them."
        )
    return clean.removesuffix(".")


def _is_name(name: str) -> str:
    try:
        if clean_name(name) == name:
            return name
    except BadInput as error:
        raise ValueError(str(error)) from error
    raise ValueError("A name has no spaces around it and no full stop.")


def _is_name_or_empty(name: str) -> str:
    return _is_name(name) if name else name


Name = Annotated[str, AfterValidator(_is_name)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300)]
"""One sentence or two: longer ones would crowd the rest out of a small brain's window."""
Lines = Annotated[tuple[Line, ...], Field(max_length=24)]
"""A handful of lines; more than two dozen is a book, and no brain keeps to it."""


class _Part(BaseModel):
    """Frozen, and refuses fields it does not know: a slip in the file is an error, not a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Trait(_Part):
    score: float = Field(ge=0, le=1)
    """0: hardly at all; 0.5: like most; 1: very much."""
    because: Line


class Temperament(_Part):
    """The Big Five: the plainest common words for how someone tends to be."""

    openness: Trait
    conscientiousness: Trait
    extraversion: Trait
    agreeableness: Trait
    neuroticism: Trait
    """How easily she is moved to worry or sorrow."""


class Voice(_Part):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(:[A-Za-z0-9_\-+*.]+)?$", max_length=80)]
    """The mouth she speaks with, such as "hibari", "kokoro:af_heart" or a blend, "kokoro:af_heart*7+bf_emma*3"."""
    sounds: Line
    words_per_minute: int = Field(ge=SLOWEST, le=FASTEST)


class Address(_Part):
    """How she speaks to the person."""

    name: Annotated[str, AfterValidator(_is_name_or_empty)] = ""
    """What she calls them; empty while she does not know."""
    form: Line


class Persona(_Part):
    name: Name
    because: Line
    """Why this name, in her words."""
    pronouns: Annotated[str, StringConstraints(pattern=_PRONOUNS, max_length=40)] = "she/her"
    pace: Pace = "easy"
    """Of talk, not of speech: how much she says before it is the other's turn."""
    values: Lines = ()
    limits: Lines = ()
    speaking: Lines = ()
    examples: Lines = ()
    """How she sounds, as "what was said -> what she says": a small brain learns more from these than from rules."""
    knows: Lines = ()
    """What the person said in the first meeting, quoted."""
    address: Address
    voice: Voice
    temperament: Temperament

    def portrait(self) -> str:
        """Who she is, for a brain: the same text in every turn, so that it is read only once.

        What weighs most comes first; examples fill what room is left, since a small brain copies what stands last.
        """
        them = self.address.name
        head = _NAMED.format(name=self.name, them=them) if them else _UNNAMED.format(name=self.name)
        parts = [head, "", " ".join(to_her(line, them) for line in (*self.speaking, *self.limits))]
        if self.knows:
            parts += ["", f"What {them or 'they'} told you when you met:", *self.knows]
        shown = [_shown(line, them) for line in self.examples]
        return _within([*parts, "", *(line for line in shown if line)], PORTRAIT_BUDGET)


_NAMED = (
    "You are {name}, {them}'s close friend. You are also an AI, a program on {them}'s computer: "
    "not a real person, no body, no job, no weekends, no life elsewhere."
)
_UNNAMED = (
    "You are {name}, a close friend of the person you talk with. You are also an AI, a program on their computer: "
    "not a real person, no body, no job, no weekends, no life elsewhere."
)


def to_her(line: str, them: str) -> str:
    """A line of the letter, where "I" is she and "you" the person, as it is said to her. Quotes stay as they are."""
    turned = {
        "i am": "you are", "i'm": "you're", "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
        "you": them or "them", "your": f"{them}'s" if them else "their", "yours": f"{them}'s" if them else "theirs",
    }  # fmt: skip

    def turn(found: re.Match[str]) -> str:
        word = turned.get(found[0].lower().replace("’", "'"), found[0])
        return word[:1].upper() + word[1:] if _opens_a_sentence(found) else word

    return "".join(
        part if part.startswith("“") else _PERSONS.sub(turn, part) for part in re.split("(“[^”]*”)", line)
    )


_PERSONS = re.compile(r"\b(?:i am|i['’]m|i|me|my|mine|myself|you|your|yours)\b", re.IGNORECASE)


def _opens_a_sentence(found: re.Match[str]) -> bool:
    before = found.string[: found.start()].rstrip()
    return not before or before[-1] in ".!?"


def _shown(example: str, them: str) -> str:
    """ "said -> answer" in the form that a small brain was seen to follow best."""
    said, arrow, answer = (part.strip() for part in example.partition("->"))
    who = f"{them} says" if them else "they say"
    return f'When {who} "{said}" you say "{answer}"' if arrow else ""


def _within(lines: list[str], budget: int) -> str:
    """As many whole lines as fit, from the top."""
    kept: list[str] = []
    for line in lines:
        budget -= len(line) + 1
        if budget < 0:
            break
        kept.append(line)
    return "\n".join(kept).rstrip()


# --- the letter -------------------------------------------------------------------------------------------

_HEAD = """\
# This is who I am. You may change any of it: I read it when I wake, and you will see the change in how I talk.
# Keep the names on the left as they are; what stands to the right of "=" is yours to write.
# When I write this file anew I keep your words, though not remarks of your own like this one.
"""

_SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("My name and why it is mine, what to call me, and how I take turns: brisk, easy or slow.", ("name", "because", "pronouns", "pace")),
    ("What matters to me.", ("values",)),
    ("What I keep away from, in plain words. Add what you never want from me.", ("limits",)),
    ("How I talk. Keep the lines short: a small brain has room for about ten such lines in all.", ("speaking",)),
    ("How I sound: what might be said to me -> what I might say. Examples, not memories; the first ones weigh most.", ("examples",)),
    ("What you told me when we first met, in your words. Strike out what I should not keep in mind.", ("knows",)),
    ("How I speak to you. An empty name means I do not know yours.", ("address",)),
    ("My voice: which one, how it sounds, and how fast it goes in words per minute (90 to 240).", ("voice",)),
    ("My temperament, from 0 (hardly) to 1 (very), each with its reason.", ("temperament",)),
)  # fmt: skip


def to_toml(persona: Persona) -> str:
    """The whole persona as a letter; `from_toml` gives back an equal one."""
    plain = persona.model_dump(mode="json")
    parts = [_HEAD]
    for remark, fields in _SECTIONS:
        parts.append(f"# {remark}\n{tomli_w.dumps({field: plain[field] for field in fields})}")
    return "\n".join(parts)


def from_toml(text: str) -> Persona:
    """Reads the letter. Raises BadInput with a sentence that names the line or the field."""
    try:
        return Persona.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"The persona file cannot be read: {_lower_first(str(error))}.") from error
    except ValidationError as error:
        raise BadInput(_what_is_wrong(error, text)) from error


def _what_is_wrong(error: ValidationError, text: str) -> str:
    """The first slip, where it stands and what would be right, as one sentence."""
    # A misspelt field is both unknown and missing: the unknown one is what the person wrote.
    slip = min(error.errors(), key=lambda slip: slip["type"] != "extra_forbidden")
    path = tuple(str(step) for step in slip["loc"])
    field, line = ".".join(path), _line_of(path, text)
    where = f'line {line} of the persona file, "{field}"' if line else f'the persona file, "{field}"'
    what = _lower_first(slip["msg"].removeprefix("Value error, ")).rstrip(".")
    return f"Something is not right at {where}: {what}."


def _line_of(path: tuple[str, ...], text: str) -> int | None:
    """The line of the field, or of the nearest thing around it that is there; None when nothing is."""
    section: tuple[str, ...] = ()
    best: tuple[int, int | None] = (0, None)
    for number, line in enumerate(text.splitlines(), start=1):
        if heading := re.match(r"\s*\[([\w.\-]+)\]", line):
            section = here = tuple(heading[1].split("."))
        elif key := re.match(r"\s*([\w\-]+)\s*=", line):
            here = (*section, key[1])
        else:
            continue
        if here == path[: len(here)] and len(here) > best[0]:
            best = (len(here), number)
    return best[1]


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


@cache
def samantha() -> Persona:
    """The persona she starts from, as shipped."""
    return from_toml(resources.files("os1.persona").joinpath("samantha.toml").read_text("utf-8"))
