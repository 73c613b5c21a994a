"""The kinds of things she can know of someone, and how each is said: "lives in", "is allergic to".

A slot is named by its verb. Some hold one value at a time: to live in Porto ends living in Lisbon. `favourite:` and
`other:` are families: favourite:colour and favourite:film are slots of their own.
Tables and plain sentences. It does not know who is known for what, nor how it was learned.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from os1.events import Dated

Theme = Literal["you", "home", "work", "people", "health", "taste", "life", "ahead", "limits"]
THEMES: dict[Theme, str] = {
    "you": "About you",
    "people": "People",
    "home": "Home",
    "work": "Work and learning",
    "health": "Body and health",
    "taste": "What you like, and don’t",
    "life": "How you live",
    "ahead": "Ahead",
    "limits": "What to leave alone",
}
"""In the order they are shown."""


class Slot(NamedTuple):
    name: str
    theme: Theme
    one: bool
    """Whether it holds one value at a time."""
    now: tuple[str, str]
    """The verb after "you" or "they", and after a name."""
    past: tuple[str, str]


def _slot(name: str, theme: Theme, forms: str, *, one: bool = False) -> Slot:
    """`forms`: "live in, lives in, lived in[, lived in]"."""
    you, third, past, *past_third = (form.strip() for form in forms.split(","))
    return Slot(name, theme, one, (you, third), (past, past_third[0] if past_third else past))


_BE = "are {}, is {}, were {}, was {}"


def _be(rest: str) -> str:
    return _BE.replace(" {}", f" {rest}" if rest else "")


SLOTS: dict[str, Slot] = {
    slot.name: slot
    for slot in (
        _slot("name", "you", _be("called"), one=True),
        _slot("nickname", "you", "go by, goes by, went by"),
        _slot("age", "you", _be(""), one=True),
        _slot("born", "you", "were born on, was born on, were born on, was born on", one=True),
        _slot("from", "you", "come from, comes from, came from", one=True),
        _slot("status", "you", _be(""), one=True),
        _slot("speaks", "you", "speak, speaks, spoke"),
        _slot("is_your", "people", "are, is, were, was"),
        _slot("lives_in", "home", "live in, lives in, lived in", one=True),
        _slot("lives_with", "home", "live with, lives with, lived with"),
        _slot("owns", "home", "have, has, had"),
        _slot("works_as", "work", "work as, works as, worked as", one=True),
        _slot("works_at", "work", "work at, works at, worked at", one=True),
        _slot("studies", "work", "study, studies, studied", one=True),
        _slot("studies_at", "work", "study at, studies at, studied at", one=True),
        _slot("learns", "work", "are learning, is learning, were learning, was learning"),
        _slot("allergic_to", "health", _be("allergic to")),
        _slot("has_health", "health", "have, has, had"),
        _slot("takes", "health", "take, takes, took"),
        _slot("eats", "health", _be(""), one=True),
        _slot("likes", "taste", "like, likes, liked"),
        _slot("dislikes", "taste", "don’t like, doesn’t like, didn’t like"),
        _slot("favourite", "taste", "like best, likes best, liked best", one=True),
        _slot("hobby", "life", "spend time on, spends time on, spent time on"),
        _slot("plays", "life", "play, plays, played"),
        _slot("habit", "life", "tend to, tends to, used to"),
        _slot("believes", "life", "think, thinks, thought"),
        _slot("fears", "life", _be("afraid of")),
        _slot("wants", "ahead", "want, wants, wanted"),
        _slot("plans", "ahead", "plan, plans, planned"),
        _slot(
            "boundary",
            "limits",
            "would rather not talk about, would rather not talk about, would rather not talk about",
        ),
        _slot("did", "life", ", , , "),
        _slot("other", "life", ", , , "),
    )
}


_IN = {
    "works_as": _slot("works_as", "work", "work, works, worked", one=True),
    "believes": _slot("believes", "life", "believe, believes, believed"),
}
"""Said with an "in" of its own: "you work in finance", "you believe in ghosts"."""


def slot_of(what: str) -> Slot:
    """Its own, or its family's. A kind that a newer OS1 wrote is "other": nothing is lost over it."""
    return SLOTS.get(what) or SLOTS.get(what.partition(":")[0]) or SLOTS["other"]


def sentence(what: str, value: str, about: str = "", *, you: str = "you", past: bool = False) -> str:
    """What is known, in words: "you live in Lisbon", "Ana is your sister", "they lived in Rome".

    `about`: whom, empty for the person; `you`: how the person is spoken of, "you" or "they".
    """
    slot = _IN.get(what, slot_of(what)) if value.startswith("in ") else slot_of(what)
    if what == "is_your":
        your = "your" if you == "you" else "their"
        return f"{about} {slot.past[1] if past else slot.now[1]} {your} {value}"
    who = about or you
    verb = (slot.past if past else slot.now)[bool(about)]
    if slot.name == "favourite":
        kind = what.partition(":")[2] or "thing"
        of = f"{about}’s" if about else ("your" if you == "you" else "their")
        return f"{of} favourite {kind} {'was' if past else 'is'} {value}"
    if not verb:
        return f"{who} {value}" if slot.name == "did" else f"{who}: {value}"
    return f"{who} {verb} {value}"


def dated(when: Dated | None) -> str:
    """A day as exactly as it is known: "3 March 2025", "March 2025", "2025"."""
    if when is None:
        return ""
    day = when.day
    return {
        "day": f"{day.day} {day:%B %Y}",
        "week": f"the week of {day.day} {day:%B %Y}",
        "month": f"{day:%B %Y}",
        "year": f"{day:%Y}",
    }[when.precision]


def listed(things: Iterable[str]) -> str:
    """As in "a, b and c"."""
    *rest, last = [*things] or [""]
    return f"{', '.join(rest)} and {last}" if rest else last
