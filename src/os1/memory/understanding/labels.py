"""The marks a tagger can put on words, in the order of its outputs. Tables: whoever fits it and whoever reads it share them.

It does not know how the marks are found, nor what is made of them.
"""

from typing import Literal

SPANS = ("outside", "value", "value goes on", "who", "who goes on")
"""Of each word piece."""
SLOTS = (
    "name", "nickname", "age", "born", "from", "speaks", "is_your", "lives_in", "lives_with", "works_as", "works_at",
    "studies", "studies_at", "learns", "owns", "allergic_to", "has_health", "takes", "eats", "likes", "dislikes",
    "favourite_colour", "favourite_food", "favourite_film", "favourite_book", "favourite_band", "favourite", "kind",
    "hobby", "plays", "habit", "believes", "fears", "wants", "plans", "value",
)  # fmt: skip
"""Of each piece of a value: her slots, a favourite's kind ("season"), and a thing that a question names."""
Status = Literal["now", "over", "not"]
STATUSES: tuple[Status, ...] = ("now", "over", "not")
"""Of a value: so now; so once; said in error, and never so."""
Owner = Literal["me", "before", "next"]
OWNERS: tuple[Owner, ...] = ("me", "before", "next")
"""Of a value: the person's own, or of whoever is marked before it, or after it."""
ASKS = ("none", "relation", *SLOTS)
"""Of a whole text: which slot it asks for; who somebody is."""
Mode = Literal["none", "now", "before", "when", "all", "ever", "still"]
MODES: tuple[Mode, ...] = ("none", "now", "before", "when", "all", "ever", "still")
"""Of a whole text: how it asks; `none` for whatever is no question about what she was told."""
HEADS = {
    "span": len(SPANS),
    "slot": len(SLOTS),
    "status": len(STATUSES),
    "owner": len(OWNERS),
    "asks": len(ASKS),
    "mode": len(MODES),
}
"""The model's outputs: names, and how many marks each chooses from. The last two are of the whole text."""
