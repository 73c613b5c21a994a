"""Her words as they come, cut into phrases that a mouth can begin on.

The first is short, so that she is soon heard; the second may be longer, since the first is being played; from then on
whole sentences. Nothing is added, changed or lost: the phrases, joined, are what came in, so that positions in them
are positions in what is shown and kept. It knows English by a few dozen small words, and not how anything sounds.
"""

import re
from typing import NamedTuple

from os1.voice.speakable import speakable

LONGEST = 400
"""Characters a phrase may have, 25 s of speech: longer text without any mark is no speech, and is cut as it is."""
ASIDE = 80
"""Characters something that opens (a bracket, a star) may take until it closes; after that it was a slip."""


class _Size(NamedTuple):
    """Words a phrase has at least, by what it ends with."""

    sentence: int
    clause: int
    edge: int
    patience: int
    """Words past that one, until it is cut where there is no edge."""


_SIZES = (_Size(2, 2, 5, 2), _Size(2, 5, 12, 6), _Size(3, 10, 25, 6))
"""First, second, all others. Two words take half a second to say, in which a small brain finds a dozen more; five
give the second sentence its melody; tiny sentences ("No. I do.") are said in one go with the next."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


ALONE = _set(
    "ah aha aw bye good goodbye great hello hey hi hm hmm huh mhm mm mmm no nope now oh ohh okay ok ooh "
    "ouch really right so sure thanks true uh um well what wow yeah yep yes"
)
"""Words that stand well alone, with a breath after them."""

_EDGES = _set(
    "and but or because if when while until unless although though since so that which who where how why "
    "whether with without in on at for from about into onto over under after before between through "
    "during around by of as like than the a an my your our their his this these those some every i i'm "
    "i'll i've i'd he he's she she's we we're we'll we've they they're you're you'll you've it's there's "
    "that's"
)
"""Words before which one may take a breath."""
_BINDING = _EDGES | _set(
    "to no not very really so too just such is are was were be been am do does did don't doesn't didn't "
    "can can't could will won't would should may might must have has had let let's what want going you it "
    "it'd her its any more most quite rather even only also never always still mr mrs ms dr"
)
"""Words that lean on the next one: no breath after them."""

_ABBREVIATIONS = _set(
    "mr mrs ms dr prof st sr jr rev gen col lt sgt capt mt vs etc e.g i.e eg ie vol approx dept inc "
    "ltd a.m p.m jan feb apr jun jul aug sep sept oct nov dec"
)

_END = re.compile(
    r"(?P<sentence>\.{1,2}(?!\.)|[!?]+|\n+)(?P<closing>[\"'”’)\]*_]*)|[,;:…]+|\.{3,}|[—–]|(?<=\s)-+(?=\s)"
)
_WORD = re.compile(r"\S+")
_ASIDE = re.compile(
    rf"(?<!\w)\*+[^\s*][^*\n]{{0,{ASIDE}}}\*+|\([^()\n]{{0,{ASIDE}}}\)|\[[^\]\n]{{0,{ASIDE}}}\](?:\([^)\s]*\))?|```.*?```|"
    rf"`[^`\n]{{0,{ASIDE}}}`|\S*(?:://|www\.|@)\S*",
    re.DOTALL,
)
"""What must stay in one piece, whole ..."""
_OPENED = re.compile(
    rf"(?:(?<!\w)\*+(?:[^\s*][^*\n]{{0,{ASIDE}}})?|\([^()\n]{{0,{ASIDE}}}|\[[^\]\n]{{0,{ASIDE}}}(?:\]\([^)\s]*)?|```.*|"
    rf"`[^`\n]{{0,{ASIDE}}}|\S*(?:://|www\.|@)\S*)\Z",
    re.DOTALL,
)
"""... or not yet closed."""


class Phrases:
    """One for each answer. `alone`: it may begin on a single word; not for a mouth that takes long over any phrase."""

    def __init__(self, *, alone: bool = True) -> None:
        self._alone = alone
        self._text = ""
        self._given = 0

    def take(self, piece: str) -> list[str]:
        """The phrases that are complete with this piece. The first one is given as soon as its mark is there; a mark
        that could still become something else ("3." and "5") waits, and so does every later one, for what follows."""
        phrases: list[str] = []
        for start in range(0, len(piece), LONGEST):  # a book in one piece must not be searched as a whole
            self._text += piece[start : start + LONGEST]
            while cut := self._cut():
                phrases.append(self._text[:cut])
                self._text = self._text[cut:]
                self._given += 1
        return phrases

    def rest(self) -> list[str]:
        """What is left at the end."""
        left, self._text = self._text, ""
        return [left] if left else []

    def _cut(self) -> int:
        """Where the next phrase ends, 0 while it goes on."""
        asides = [found.span() for found in _ASIDE.finditer(self._text)]
        opened = _OPENED.search(self._text)
        if opened and not any(start <= opened.start() < end < len(self._text) for start, end in asides):
            asides.append((opened.start(), len(self._text) + 1))
        size = _SIZES[min(self._given, len(_SIZES) - 1)]
        cut = self._at_mark(size, asides) or self._at_edge(size, asides)
        if not cut and len(self._text) > LONGEST:
            return self._text.rfind(" ", 1, LONGEST) + 1 or LONGEST
        return cut

    def _at_mark(self, size: _Size, asides: list[tuple[int, int]]) -> int:
        for mark in _END.finditer(self._text):
            if _within(mark.end(), asides) or not self._ends(mark):
                continue
            words = _words(self._text[: mark.end()])
            least = size.sentence if mark["sentence"] else size.clause
            if len(words) >= least or (not self._given and self._alone and words and words[0] in ALONE):
                return mark.end()
        return 0

    def _ends(self, mark: re.Match[str]) -> bool:
        """Whether a breath may be taken after this mark."""
        before = self._text[: mark.start()].rsplit(maxsplit=1)
        word = before[-1].strip("\"'“‘(*_").lower() if before else ""
        after = self._text[mark.end() : mark.end() + 1]
        if not after and (self._given or word[-1:].isdigit()):
            return False  # it can wait, or must
        if mark[0] in (".", ",", ":") and after and not after.isspace():
            return False  # 3.5, 1,000, 10:30, example.com
        if mark[0].startswith(".") and len(mark[0]) < 3:
            initial = len(word) == 1 and word != "i"
            return not (initial or "." in word or word in _ABBREVIATIONS)
        return not (mark[0] == ":" and word in ("http", "https"))

    def _at_edge(self, size: _Size, asides: list[tuple[int, int]]) -> int:
        """Without a mark for so long: before a word that opens something, not after one that leans on the next."""
        words = [word for word in _WORD.finditer(self._text) if word.end() < len(self._text)]
        for at in range(size.edge, len(words)):
            last, following = words[at - 1], words[at]
            leans = _bare(last[0]) in _BINDING
            opens = _bare(following[0]) in _EDGES or at >= size.edge + size.patience
            if opens and not leans and not _within(last.end(), asides):
                return last.end()
        return 0


def _within(cut: int, asides: list[tuple[int, int]]) -> bool:
    return any(start < cut < end for start, end in asides)


def _words(text: str) -> list[str]:
    """Those that will be heard."""
    return [bare for word in speakable(text).split() if (bare := _bare(word))]


def _bare(word: str) -> str:
    return word.lower().replace("’", "'").strip("\"'“”‘.,;:!?…—–-()*_")
