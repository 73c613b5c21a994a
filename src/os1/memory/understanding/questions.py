"""What a question asks her memory for: by rules, else by the marks of the tagger.

It does not know the answers.
"""

from os1.memory.understanding.asking import Asked, Mode, understand
from os1.memory.understanding.tagged import SURE_WHO, called
from os1.memory.understanding.tagger import NOTHING, Tagged

SURE_ASKED = 0.5
"""From which a question is taken for what it seems to ask."""

_WAYS = {
    "relation": ("is_your", "works_as", "other"),
    "works_as": ("works_as", "works_at", "studies"),
    "works_at": ("works_at", "works_as"),
    "age": ("age", "born"),
    "from": ("from", "lives_in"),
    "likes": ("likes", "dislikes", "favourite", "hobby"),
    "dislikes": ("dislikes", "likes"),
    "hobby": ("hobby", "plays", "likes", "habit", "learns"),
    "plays": ("plays", "hobby"),
    "habit": ("habit", "hobby", "plays", "likes"),
    "owns": ("owns", "is_your"),
    "learns": ("learns", "hobby", "studies"),
    "believes": ("believes", "likes", "dislikes"),
    "has_health": ("has_health", "allergic_to"),
    "plans": ("plans", "did"),
}
_MODES: dict[str, Mode] = {
    "now": "now",
    "before": "before",
    "when": "when",
    "all": "all",
    "ever": "ever",
    "still": "now",
}


def asked_for(text: str, tagged: Tagged = NOTHING) -> Asked | None:
    """What a question asks her memory for, by the rules, else by its marks; None for no such thing, or none that is plain."""
    return understand(text) or _asked(text, tagged)


def _asked(text: str, tagged: Tagged) -> Asked | None:
    if tagged.mode == "none" or tagged.asks == "none" or tagged.sure < SURE_ASKED:
        return None
    spoken = {mark.slot: text[mark.start : mark.end] for mark in tagged.marks if mark.sure >= SURE_WHO}
    whom = called(spoken["who"]) if "who" in spoken else ""
    if whom is None:
        return None  # "she" is nobody who is named here
    slot = tagged.asks
    whats = _WAYS.get(slot, (slot,))
    if slot.startswith("favourite"):
        kind = slot.partition("_")[2] or spoken.get("kind", "").lower()
        whats = (f"favourite:{kind}",) if kind else ("favourite",)
    value = "" if slot == "relation" else spoken.get("value", "").lower()
    if slot == "owns" and whom:
        whats = ("owns",)  # what is theirs is not what they are to the person
    if slot in ("is_your", "name") and whom:
        whats = ("is_your", "name") if whom.startswith("my ") and not value else ("other",)
    if slot == "is_your" and not whom and not value:
        return None
    return Asked(whom, tuple(dict.fromkeys(whats)), _MODES[tagged.mode], value)
