"""Who is who: names and the people behind them. "Annie" is Ana; "my sister" is Ana too, once that was said.

A person is known by a key: their name in plain lower case, or "my sister" while no name was said. The empty key is the
person themself. It does not know what is true of anyone.
"""

import re
from collections.abc import Iterable, Mapping

SELF = ""
RELATIVE = re.compile(r"^(?:my|our) (.+)$")
SAME_RELATION = {
    plain: word
    for word, others in {
        "mother": "mum mom mama mommy mummy ma",
        "father": "dad daddy papa pa",
        "grandmother": "grandma granny nan nana gran",
        "grandfather": "grandpa grandad granddad",
        "sister": "sis",
        "brother": "bro",
        "husband": "hubby",
        "wife": "wifey",
        "partner": "s.o. so",
        "child": "kid",
        "dog": "puppy pup doggo",
        "cat": "kitten kitty",
        "boss": "manager",
        "friend": "mate buddy pal",
    }.items()
    for plain in others.split()
}
"""How else a relation is called: asked after "my mum", she must think of "my mother"."""


def key_of(name: str) -> str:
    """A name as its key: "Ana's" and "ANA" are "ana", "my mum" is "my mother"."""
    plain = re.sub(r"['’]s?$", "", " ".join(name.split()).casefold()).strip(" .,!?")
    if plain in ("i", "me", "myself", "you", "the person"):
        return SELF
    if found := RELATIVE.match(plain):
        return f"my {relation(found[1])}"
    return plain


def relation(word: str) -> str:
    """ "mum" is "mother"; "older sister" is "sister": who she is does not change with the adjective."""
    plain = word.casefold().strip(" .,!?")
    head = plain.split()[-1] if plain.split() else plain
    return SAME_RELATION.get(plain) or SAME_RELATION.get(head) or (head if head in _KIN else plain)


_KIN = frozenset(
    [
        "mother",
        "father",
        "sister",
        "brother",
        "wife",
        "husband",
        "son",
        "daughter",
        "child",
        "aunt",
        "uncle",
        "cousin",
        "niece",
        "nephew",
        "grandmother",
        "grandfather",
        "girlfriend",
        "boyfriend",
        "partner",
        "fiance",
        "fiancee",
        "friend",
        "colleague",
        "boss",
        "neighbour",
        "neighbor",
        "flatmate",
        "roommate",
        "dog",
        "cat",
        "horse",
        "parrot",
        "rabbit",
        "hamster",
        "twin",
    ]
)


class People:
    """Names that were merged or parted by the person, and relations that got a name. A value: `with_` makes a new one."""

    def __init__(
        self, same: Mapping[str, str] | None = None, named: Mapping[str, frozenset[str]] | None = None
    ):
        self._same = dict(same or {})
        self._named = dict(named or {})
        """Relation to the keys of those who have it: sister -> {ana, rita}."""

    def merged(self, name: str, other: str) -> "People":
        """`other` is the same person as `name`."""
        into, from_ = self.who(name), key_of(other)
        return self if into == from_ else People({**self._same, from_: into}, self._named)

    def parted(self, other: str) -> "People":
        """`other` is somebody of their own (again)."""
        return People({key: to for key, to in self._same.items() if key != key_of(other)}, self._named)

    def related(self, name: str, value: str) -> "People":
        """`name` is the person's `value` (sister, colleague)."""
        kin = relation(value)
        having = self._named.get(kin, frozenset[str]()) | {key_of(name)}
        return People(self._same, {**self._named, kin: having})

    def who(self, name: str) -> str:
        """The key of whoever is meant: through merges, and from "my sister" to her name if there is one such sister."""
        key, seen = key_of(name), set[str]()
        while key in self._same and key not in seen:
            seen.add(key)
            key = self._same[key]
        if found := RELATIVE.match(key):
            having = {
                self.who(one) for one in self._named.get(relation(found[1]), ()) if not RELATIVE.match(one)
            }
            if len(having) == 1:
                return next(iter(having))
        return key

    def aliases(self, key: str) -> list[str]:
        """Other names that mean this person."""
        return sorted(other for other in self._same if self.who(other) == key)


def display(keys: Iterable[str], spelled: Mapping[str, str]) -> dict[str, str]:
    """How each key is written: as it was last spelled, else with capitals."""
    return {key: spelled.get(key) or (key if key.startswith("my ") else key.title()) for key in keys}
