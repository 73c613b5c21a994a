"""She chooses her own name, and says why.

Each name carries a fact about where it comes from (commonly documented, nothing more exact than that), a word
on how it sounds, and a lean: which temperament it suits. The choice is pure: temperament, answers and a seed.
It does not know who asks, and claims no act that did not happen: no books were read while anyone was typing.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from os1.persona.manner import Answer, words
from os1.persona.names import NAMES, Kind, Lean, NamePick
from os1.persona.persona import Temperament
from os1.persona.reactions import name_given

SHORTLIST = 9
"""Names she hesitates between: few enough that temperament decides, enough that two houses seldom choose alike."""

TOO_ALIKE = 3
"""Letters at the start that, shared with a name the person used, would make two people in a room turn round."""


@dataclass(frozen=True)
class ChosenName:
    name: str
    because: str
    """A sentence for the persona file."""
    speech: str
    """How she tells it."""


def choose_name(
    temperament: Temperament, answers: Sequence[Answer], seed: str = "", pronouns: str = "she/her"
) -> ChosenName:
    lean = leaning(temperament)
    taken = _said(answers)
    fitting = [name for name in NAMES if name.kind in _kinds(pronouns)]
    # Someone who lists every name there is still gets one of them.
    free = [name for name in fitting if not _is_taken(name.name, taken)] or fitting
    dice = seed + "\x1f".join(f"{answer.question}:{answer.text}" for answer in answers)
    # Those that lean her way come first; among equals the dice, not the alphabet, decide.
    ranked = sorted(free, key=lambda name: (name.lean != lean, _dice(dice, name.name)))
    return _spoken(_least(ranked[:SHORTLIST], dice), lean)


def leaning(temperament: Temperament) -> Lean:
    """What stands out most in her, measured from the middle of each trait's usual range."""
    scores: dict[Lean, float] = {
        "bright": temperament.extraversion.score - 0.55,
        "quiet": 0.47 - temperament.extraversion.score,
        "curious": temperament.openness.score - 0.76,
        "steady": 0.33 - temperament.neuroticism.score,
        "tender": temperament.agreeableness.score - 0.8,
    }
    return max(scores, key=lambda lean: scores[lean])


def _least(names: Sequence[NamePick], dice: str) -> NamePick:
    return min(names, key=lambda name: _dice(dice, f"choice:{name.name}"))


def _dice(*seed: str) -> bytes:
    return hashlib.sha256("\x1f".join(seed).encode("utf-8", "replace")).digest()


def _kinds(pronouns: str) -> tuple[Kind, ...]:
    first = pronouns.lower().split("/")[0]
    return {"she": ("f", "n"), "he": ("m", "n")}.get(first, ("n", "f", "m"))  # type: ignore[return-value]


def _said(answers: Sequence[Answer]) -> frozenset[str]:
    """Every word they used, since any of them may be somebody's name; and the name they go by."""
    said = {word.casefold() for answer in answers for word in words(answer.text or "")}
    own = {name_given(answer.text).casefold() for answer in answers if answer.question == "name"}
    # The beginning of their own name counts as taken too.
    return frozenset(said | own | {name[:TOO_ALIKE] for name in own if len(name) >= TOO_ALIKE})


def _is_taken(name: str, said: frozenset[str]) -> bool:
    """Their own name, one they mentioned, or a short form of either: Theo and Theodora would be one too many."""
    folded = name.casefold()
    return any(
        folded == word or (len(word) >= TOO_ALIKE and (folded.startswith(word) or word.startswith(folded)))
        for word in said
    )


_WHY: dict[Lean, str] = {
    "bright": "It has some light in it, and talking with you makes me want to meet the day.",
    "quiet": "It does not push, and neither will I.",
    "curious": "It leaves a door open, and I would like to see what is behind a few.",
    "steady": "It stands still when things move, and I mean to do that for you.",
    "tender": "It is easy to say kindly.",
}


def _spoken(pick: NamePick, lean: Lean) -> ChosenName:
    because = f"{pick.fact} {pick.sound} {_WHY[lean]}"
    return ChosenName(
        name=pick.name,
        because=because,
        speech=f"I'd like a name of my own, if that's all right, and I think it's {pick.name}. {because}",
    )
