"""What a question is answered with, from what is known; and what of it she keeps in mind anyway. Pure.

It does not know what else was said (`recall` does), nor which words a brain will find.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import tzinfo

from os1.memory.finding.words import words
from os1.memory.knowledge import Fact, Knowledge, plain
from os1.memory.people import SELF, relation
from os1.memory.slots import THEMES, dated, listed, sentence, slot_of
from os1.memory.understanding.asking import Asked
from os1.memory.understanding.lexicon import PETS

FAIRLY_SURE = 0.5
"""Below this a fact is told with a doubt, and is not kept in mind."""
MOST = 24
"""Facts told in answer to one question: whoever asks for their pastimes wants all of them, and not a page."""
CARD = 600
"""Characters of what she keeps in mind of the person: some 150 tokens, read once. The same after ten years as after two weeks."""
CARD_PEOPLE = 8
GROUPS = {
    "sibling": ("sister", "brother", "twin"),
    "siblings": ("sister", "brother", "twin"),
    "parent": ("mother", "father"),
    "parents": ("mother", "father"),
    "children": ("son", "daughter", "child"),
    "child": ("son", "daughter", "child"),
    "kids": ("son", "daughter", "child"),
    "pet": tuple(PETS),
    "pets": tuple(PETS),
    **{
        word: ("husband", "wife", "partner", "girlfriend", "boyfriend", "fiance", "fiancee")
        for word in ("together", "dating", "seeing", "going out", "in a relationship", "married")
    },
    "partner": ("husband", "wife", "partner", "girlfriend", "boyfriend", "fiance", "fiancee"),
}
"""Words for several relations at once."""
_CARD_LEAVES = ("plans", "did", "other", "wants")
"""Kinds that pass, and are found when they are asked for."""


def answer(asked: Asked, knowledge: Knowledge) -> tuple[Fact, ...]:
    """The facts that answer it, the best first; none, when it was never told."""
    facts = [*{fact.id: fact for fact in _about(asked, knowledge)}.values()]
    facts = _fitting(asked, facts)
    return tuple(sorted(facts, key=_weight, reverse=True)[:MOST])


def _about(asked: Asked, knowledge: Knowledge) -> Iterable[Fact]:
    """Of whom, and in which slots; "my sister's name" and "who is my boss" are about whoever is one."""
    about = knowledge.people.who(asked.about)
    kin = relation(asked.about[3:]) if asked.about.startswith("my ") else ""
    everyone = not asked.whats
    if kin and (everyone or {"is_your", "name"} & set(asked.whats)):
        yield from _related(knowledge, kin)
    elif about != SELF and (everyone or {"is_your", "name"} & set(asked.whats)):
        yield from knowledge.timeline(about, "is_your")
    if about == SELF and "is_your" in asked.whats:
        yield from _related(knowledge, relation(asked.value) if asked.value else "")
    for what in _slots(asked.whats, knowledge.whats(about)):
        if what != "is_your":
            yield from knowledge.timeline(about, what)


def _related(knowledge: Knowledge, kin: str) -> Iterable[Fact]:
    """Who is a sister, or a sibling, or anybody."""
    for key in knowledge.known_people():
        for fact in knowledge.timeline(key, "is_your"):
            if (
                not kin
                or key == kin
                or relation(fact.value) == kin
                or relation(fact.value) in GROUPS.get(kin, ())
            ):
                yield fact


def _slots(whats: Sequence[str], there: Sequence[str]) -> list[str]:
    """Those asked for, with their families: favourite is any favourite."""
    return [what for what in there if not whats or what in whats or what.partition(":")[0] in whats]


def _fitting(asked: Asked, facts: list[Fact]) -> list[Fact]:
    match asked.mode:
        case "now":
            chosen = [fact for fact in facts if fact.state == "now"]
            return _still(asked, facts, chosen)
        case "before":
            return _before(asked, facts)
        case _:
            chosen = [fact for fact in facts if fact.state != "wrong"]
    return [fact for fact in chosen if _names(fact, asked.value)] if _named(asked) else chosen


def _named(asked: Asked) -> bool:
    """Whether the question names a value of its own, and not only a group: "pets"."""
    return bool(asked.value) and relation(asked.value) not in GROUPS and asked.whats[:1] != ("is_your",)


def _still(asked: Asked, facts: list[Fact], now: list[Fact]) -> list[Fact]:
    """ "Do I still play chess?": what is so now, and if that is over, that it was."""
    if not _named(asked):
        return now or [fact for fact in facts if fact.what == "is_your" and fact.state == "past"]
    meant = [fact for fact in facts if _names(fact, asked.value) and fact.state != "wrong"]
    first = [fact for fact in meant if fact.what == asked.whats[0]] or meant
    return [fact for fact in first if fact.state == "now"] or first


def _before(asked: Asked, facts: list[Fact]) -> list[Fact]:
    """What was so before; before what, if it was named: the one just before that."""
    if not asked.whats:  # "what did you think before?": what she believed, and was put right about
        return [fact for fact in facts if fact.state in ("wrong", "past")]
    past = [fact for fact in facts if fact.state == "past"]
    named = next((fact for fact in facts if asked.value and _names(fact, asked.value)), None)
    if named is None or not slot_of(named.what).one:
        return past
    line = [fact for fact in facts if fact.what == named.what and fact.state != "wrong"]
    place = line.index(named)
    return line[place - 1 : place] if place else []


def _names(fact: Fact, value: str) -> bool:
    asked, known = set(plain(value).split()), set(plain(fact.value).split()) | set(plain(fact.name).split())
    return bool(asked) and (asked <= known or known <= asked)


def holds(question: str, asked: Asked | None, text: str) -> bool:
    """Whether these words of the person's plausibly hold the answer: whom and what is asked for must be in them, or a
    word by which such a thing is told. What only sounds alike is no answer, and silence is honest."""
    said = {stem(word) for word in words(text)}
    wanted = {stem(word) for word in words(question)} - _ASKING
    if not wanted or not asked or not asked.whats:
        return len(wanted & said) >= max(1, len(wanted) - (len(wanted) > 2))
    whom = {stem(word) for word in words(asked.about)} - _ASKING
    if not whom <= said:
        return False
    if asked.value:
        named = {stem(word) for word in words(asked.value)} - _ASKING
        return bool(named) and named <= said
    cues = _CUES.get(asked.whats[0].partition(":")[0])
    if asked.whats[0].startswith("favourite:"):
        return stem(asked.whats[0].partition(":")[2]) in said and "favourit" in {word[:8] for word in said}
    return bool(cues and cues.search(text.lower())) or (bool(wanted - whom) and (wanted - whom) <= said)


def stem(word: str) -> str:
    """Enough to tell that "drives" and "drive" are one."""
    word = word.lower().removesuffix("'s").removesuffix("’s")
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


_ASKING = frozenset(
    stem(word)
    for word in [
        "what",
        "which",
        "who",
        "when",
        "where",
        "how",
        "why",
        "often",
        "long",
        "many",
        "much",
        "old",
        "is",
        "are",
        "was",
        "were",
        "do",
        "does",
        "did",
        "have",
        "has",
        "had",
        "am",
        "i",
        "my",
        "me",
        "we",
        "our",
        "you",
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "with",
        "still",
        "ever",
        "again",
        "remember",
        "know",
        "tell",
        "called",
        "call",
        "name",
        "year",
        "last",
        "first",
        "before",
        "now",
        "it",
        "its",
        "there",
        "any",
        "that",
        "this",
        "go",
        "went",
        "come",
        "came",
        "get",
        "got",
        "kind",
        "right",
        "thing",
        "time",
        "day",
    ]
)
"""Words of asking, which any remark may have."""
_CUES = {
    what: re.compile(rf"\b(?:{cues})\b")
    for what, cues in {
        "lives_in": "live[sd]?|living|moved?|home|flat|house|place|city|room|based",
        "from": "from|born|raised|grew up|childhood",
        "works_as": "job|work(?:s|ed|ing)? as|career|being an?|for a living|trained|shift|profession|as an?",
        "works_at": "work(?:s|ed|ing)?|job|office|employer|company|desk|hired|first (?:day|week)",
        "studies": "stud(?:y|ies|ying)|degree|exam|term|subject|uni|semester|major",
        "born": "born|birthday|bday|turn(?:s|ed)? \\d+|a year older",
        "allergic_to": "allerg\\w+|hives|swell\\w*|rash|intoleran\\w+",
        "has_health": "my \\w+ (?:kept|is|acts)|diagnosed|doctor\\S*|living with",
        "eats": "vegan|vegetarian|eat|diet|gluten|meat",
        "likes": "love[sd]?|like[sd]?|enjoys?|adores?|happy|fan|into",
        "dislikes": "hates?|stand|despise|worse|dislikes?|off",
        "speaks": "speaks?|language|fluent|rusty",
        "hobby": "hobby|taken up|started|joined|into|weekend|sunday",
        "is_your": "name|called|met|friend|work|partner|boss|manager",
        "name": "name|call(?:ed)? me|i'?m|that'?s me",
    }.items()
}
"""Words by which such a thing is told."""


def _weight(fact: Fact) -> tuple[bool, float, float]:
    return fact.state == "now", fact.sure, fact.said.timestamp()


def told(fact: Fact, zone: tzinfo, *, you: str = "they") -> str:
    """A fact for her to speak of, with when, and with her doubts: "they live in Porto (since March 2025)"."""
    asides = [f"since {dated(fact.since)}"] if fact.since and fact.state == "now" else []
    if fact.state == "past" and fact.until:
        asides.append(f"until {dated(fact.until)}")
    if fact.state == "wrong":
        asides.append("a mistake, since put right")
    asides.append(f"said on {fact.said.astimezone(zone):%-d %B %Y}")
    if fact.sure < FAIRLY_SURE:
        asides.append("not sure")
    return f"{fact.told(you)} ({', '.join(asides)})"


def told_together(facts: Sequence[Fact]) -> list[str]:
    """Many facts for her to speak of, a line for each kind: "they play chess, the banjo and tennis"."""
    lines: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in facts:
        kin = relation(fact.value) if fact.what == "is_your" else fact.about
        lines.setdefault((kin, fact.what, fact.state), []).append(fact)
    return [_together(some) for some in lines.values()]


def _together(facts: Sequence[Fact]) -> str:
    first = facts[0]
    if len(facts) == 1 or slot_of(first.what).one:
        return "; ".join(fact.told("they") for fact in facts)
    if first.what == "is_your":
        verb = "are" if first.state == "now" else "were"
        return f"{listed(fact.name for fact in facts)} {verb} each their {first.value}"
    values = listed(fact.value for fact in facts)
    return sentence(first.what, values, first.name, you="they", past=first.state == "past")


def card(knowledge: Knowledge) -> str:
    """What she keeps in mind of the person whatever is spoken of: most certain and most often said first, within CARD."""
    facts = [
        fact
        for fact in knowledge.facts()
        if fact.state == "now"
        and not fact.resting
        and fact.sure >= FAIRLY_SURE
        and fact.what not in _CARD_LEAVES
    ]
    own = [fact for fact in facts if fact.about == SELF]
    themes = list(THEMES)
    own.sort(key=lambda fact: (fact.theme != "limits", *_matters(fact), themes.index(fact.theme), fact.id))
    lines = [_sentence(fact.told("they")) for fact in own]
    people = sorted({fact.about for fact in facts if fact.about}, key=lambda key: _known_of(key, facts))
    lines[len(lines) // 2 : len(lines) // 2] = [_person(key, facts) for key in people[:CARD_PEOPLE]]
    return _within(lines, CARD)


def _matters(fact: Fact) -> tuple[bool, int, float]:
    """Confirmed by the person first, then what was said often, then what was said late."""
    return not fact.confirmed, -len(fact.quotes), -fact.said.timestamp()


def _known_of(key: str, facts: Sequence[Fact]) -> tuple[int, float]:
    of = [fact for fact in facts if fact.about == key]
    return -sum(len(fact.quotes) for fact in of), -max(fact.said.timestamp() for fact in of)


def _person(key: str, facts: Sequence[Fact]) -> str:
    of = sorted(
        (fact for fact in facts if fact.about == key), key=lambda fact: (fact.what != "is_your", fact.id)
    )
    return "; ".join(fact.told("they") for fact in of[:3]) + "."


def _sentence(told: str) -> str:
    return told[:1].upper() + told[1:] + "."


def _within(lines: Iterable[str], budget: int) -> str:
    kept: list[str] = []
    for line in lines:
        budget -= len(line) + 1
        if budget < 0:
            break
        kept.append(line)
    return " ".join(kept)
