"""How a brain may tell a chapter in its own words, and what it must not: anything that is not in what is cited. Pure.

A small brain likes to embroider. Its version is kept only if every name, number and date in it, and nearly every word
about something, stands in the sources; otherwise the rules' version stays. It does not know which brain is asked.
"""

import re

from os1.brain.base import Message
from os1.events import Chaptered
from os1.memory.chapters import Due
from os1.memory.finding.words import WORD, content, stem_of
from os1.memory.slots import sentence

ANSWER = 160
"""Tokens of a title and four sentences."""
SHOWN = 2_400
"""Characters of what is told: some 600 tokens."""
OWN = 0.34
"""Of a sentence's words about something, how many may be the brain's own: "called", "spent", "felt"."""
LONGEST_TITLE = 60
SENTENCES = (2, 4)

SYSTEM = (
    'You write a short chapter of someone\'s diary for them, from their own words. Write to them as "you". Use only what'
    " stands in the notes: no other names, numbers, dates, feelings or reasons. A title of two to five words, then two to"
    " four plain sentences."
)
GRAMMAR = r"""root ::= "Title: " word (" " word (" " word (" " word (" " word)?)?)?)? "\n" line line (line line?)?
word ::= [A-Za-z'’-]+
line ::= ("You " | "Your ") [^\n.!?]+ "." " "?
"""
"""A small brain's title went on for ever, and its sentences began with "I"."""
EXAMPLE = (
    "Tuesday 5 May 2026\n- i repotted the lemon tree on the balcony, finally\n- my hands still smell of earth\n- you have a lemon tree",
    "Title: The lemon tree\nYou finally repotted the lemon tree on the balcony. Your hands still smelled of earth.",
)


def question(due: Due) -> tuple[list[Message], str]:
    """What to ask, and the grammar (GBNF) of the answer."""
    return [
        Message("system", SYSTEM),
        Message("user", EXAMPLE[0]),
        Message("assistant", EXAMPLE[1]),
        Message("user", _notes(due)),
    ], GRAMMAR


def told(answer: str, due: Due, plain: Chaptered) -> Chaptered:
    """The brain's version, if it holds; otherwise the plain one."""
    title, _, text = answer.strip().removeprefix("Title:").strip().partition("\n")
    title, text = title.strip(), " ".join(text.split())
    few = [part for part in re.split(r"(?<=[.!?])\s+", text) if part]
    least, most = SENTENCES
    well = (
        0 < len(title) <= LONGEST_TITLE
        and least <= len(few) <= most
        and text.endswith(".")
        and "?" not in text
    )
    if not well or not _holds(f"{title}. {text}", due):
        return plain
    return plain.model_copy(update={"title": title, "text": text, "by": "brain"})


def _notes(due: Due) -> str:
    quotes = [f"- {source.title + ': ' if source.title else ''}{source.text}" for source in due.sources]
    facts = [f"- {sentence(fact.what, fact.value, fact.about, past=fact.over)}" for fact in due.learned]
    return f"{_span(due)}\n" + "\n".join([*quotes, *facts])[:SHOWN]


def _span(due: Due) -> str:
    first = f"{due.first:%A} {due.first.day} {due.first:%B %Y}"
    return first if due.first == due.last else f"{first} to {due.last:%A} {due.last.day} {due.last:%B %Y}"


_SPOKEN_TO = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)
_ABOUT_ME = re.compile(r"\b(?:I|I['’]\w+|me|my|mine|we|our|us)\b")


def _holds(text: str, due: Due) -> bool:
    if not _SPOKEN_TO.search(text) or _ABOUT_ME.search(text):
        return False
    sources = _notes(due)
    written = {word.lower() for word in WORD.findall(sources)}
    if any(word.lower() not in written for word in _particular(text)):
        return False
    stems = {stem_of(word) for word in written}
    return all(_mostly(content(part), stems) for part in re.split(r"[.!?]\s+", text))


def _mostly(said: list[str], known: set[str]) -> bool:
    return sum(word not in known for word in said) <= OWN * len(said)


def _particular(text: str) -> list[str]:
    """Names, numbers, dates: words with a digit, and those with a capital that do not begin a sentence."""
    found = [word for word in WORD.findall(text) if any(letter.isdigit() for letter in word)]
    for part in re.split(r"[.!?:]\s+", text):
        found += [word for word in WORD.findall(part)[1:] if word[0].isupper()]
    return [re.sub(r"['’]s$", "", word) for word in found]
