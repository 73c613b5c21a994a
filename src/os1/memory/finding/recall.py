"""What comes to mind. Pure: an index and a cue in, numbers of turns out; no clock, no chance, no I/O.

A question and a remark are different. A question is looked up: by its words, by its meaning, by who said it and
when, and by what was said around it. A remark should only bring back what it is truly like, or a name it shares:
words in common are chance there, and a friend does not quote you at every sentence.

Most of the time nothing comes to mind, and that is right. It does not know how turns are kept or shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import log2

import numpy as np
from numpy.typing import NDArray

from os1.memory.finding import when, words
from os1.memory.finding.index import Index
from os1.memory.finding.likeness import in_talk, ordinary, talks_alike
from os1.memory.finding.postings import Scored
from os1.memory.records import Hit, Speaker

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

CANDIDATES = 400
"""Rows looked at closely, by words and by meaning each: the answer was among them in 98 of 100 questions."""

LENDING = 8_000
"""Rows that lend to their neighbours, strongest first: those below are too many and too weak to matter (2 ms are saved)."""

BY_WORDS, BY_MEANING = 0.5, 0.5
"""Of the score of a question. Adding scores beat adding ranks by some ten points of R@10."""

NEXT, AFTER_NEXT = 0.5, 0.25
"""How much of its score a turn lends its neighbours: the answer to a question often repeats none of its words."""

SAME_TALK = 0.15
"""For being said in the conversation that fits the question best, by its words; and as much again by its meaning."""

SAME_SPEAKER = 0.3
"""For being said by whom the question asks about."""

SAYS_WHEN = 0.2
"""For saying when something happened, to a question that asks when."""

IN_STRETCH = 0.5
"""For being said in the time the question names: "yesterday" is worth as much as most words."""

SAYS_MUCH = 0.3
"""For being long, to a question that names a time and nothing else: "what did we talk about yesterday"."""

KNOWN = 0.75
"""Of likeness and covered words together (each at most 1), what a turn needs to answer a question. On LoCoMo, with
names made "I", that keeps nine of ten answers, and says nothing to three of four questions about strangers' lives."""

KNOWN_BY_WORDS = 0.5
"""The same, when there is no model of meaning, or not yet a vector of this turn."""

LIKE, LIKE_GROWS, LIKE_FROM, LIKE_MOST = 0.40, 0.03, 50, 0.7
"""Likeness from which a remark brings something back: in a life of 50 turns, and how much it grows with each doubling.
The more was said, the closer the closest is by chance: on LoCoMo half of all remarks find a likeness of .51 among 600
turns of strangers, and of .61 among 5,300."""

NAMED = 0.4
"""What a shared name adds to likeness, if hardly anything else was said of that name."""

NAME_WRITTEN, NAME_BEGUN = 1 / 3, 1 / 2
"""A word is a name if so much of the time it was written as one; at the start of a sentence that proves less."""

LOOKED_THROUGH = 64
"""Of what a remark is like, how many are judged so, in some 4 ms, when all are asked for."""

LEAST_CONTENT = 2
"""Words a remark must have, greetings and moods aside: "I'm tired" is no reason to think of anything."""

LEAST_WORDS = 2
"""Words a turn must have, stop words aside, to be worth coming to mind by likeness."""

SAME = 0.92
"""Likeness from which two turns are the same thought said twice, and the weaker one stays away."""

LOOKED_AT = 24
"""Of the strongest, how many may be tried for the few that are kept: people seldom say a thing more often."""

BEHIND, AHEAD = 1, 2
"""Neighbours that a hit brings: what it answered; and what was asked then, with the answer to that."""


_NO_ROWS: Rows = np.empty(0, dtype=np.int64)
_NO_SCORES: Scores = np.empty(0, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Cue:
    """What memories are looked for with."""

    text: str
    vector: NDArray[np.float32] | None
    """Its meaning; without it, words alone must do."""
    now: datetime
    before: int | None = None
    """The first log number that is in mind anyway: only what was said before it can come to mind."""
    speaker: Speaker | None = None
    """Whose words are asked for, if the text does not say so itself."""


@dataclass(frozen=True, slots=True)
class Thought:
    """Rows worth considering, strongest first, in parallel arrays."""

    rows: Rows
    scores: Scores
    likeness: Scores

    def where(self, chosen: Rows | Mask) -> "Thought":
        return Thought(self.rows[chosen], self.scores[chosen], self.likeness[chosen])

    def strongest_first(self) -> "Thought":
        return self.where(np.argsort(-self.scores, kind="stable"))


def recall(index: Index, cue: Cue, many: int = 3) -> list[Hit]:
    """The few things this brings to mind, strongest first. Often none."""
    first = index.rows_before(cue.before)
    late = bool(index.brought(np.arange(first, index.rows)).any())  # brought after it, and said long before
    until = index.rows if late else first
    if not until:
        return []
    if words.is_question(cue.text):
        thought = _known(index, cue, rank(index, cue, until), until)
    else:
        thought = _echo(index, cue, until)
    if late:
        thought = thought.where((thought.rows < first) | index.brought(thought.rows))
    chosen = _distinct(index, thought, until, many)
    return [_hit(index, cue, thought.where(np.array([place])), until) for place in chosen]


# --- a question is looked up ------------------------------------------------------------------------------


def rank(index: Index, cue: Cue, until: int) -> Thought:
    """All candidates for a question among the rows before `until`, strongest first, however weak.

    A turn counts by itself, and as much again by the best of itself and what was learnt from it.
    """
    asked = words.words(cue.text)
    said = index.postings.scores(asked, until).and_better(index.keys.by_words(asked, until))
    by_words = _with_neighbours(index, said, until)
    keyed, by_key = _keyed(index, cue, until)
    rows = np.union1d(by_words.strongest(CANDIDATES).rows, np.union1d(_nearest(index, cue, until), keyed))
    if stretch := when.asked(cue.text, cue.now):
        rows = np.union1d(rows, _before(until, index.within(*stretch))[-CANDIDATES:])
    likeness, meant = _likeness(index, cue, rows), _in_talk(index, cue, rows, until)
    led = np.searchsorted(rows, keyed)
    best = meant.copy()
    likeness[led], best[led] = np.maximum(likeness[led], by_key), np.maximum(best[led], by_key)
    scores = BY_WORDS * _of_largest(by_words.scores, by_words.at(rows))
    scores += BY_MEANING * _of_largest(meant + best)
    if not words.asks_list(cue.text):
        scores += SAME_TALK * _talks(index, by_words, rows)
    scores += SAME_TALK * talks_alike(likeness, index.sessions()[rows].astype(np.int64))
    scores += _circumstances(index, cue, rows) + index.telling(rows)
    return Thought(rows, scores.astype(np.float32), likeness).strongest_first()


def _keyed(index: Index, cue: Cue, until: int) -> tuple[Rows, Scores]:
    """Rows that something learnt from them leads to, and how like the question that is."""
    if cue.vector is None:
        return _NO_ROWS, _NO_SCORES
    return index.keys.nearest(cue.vector, until, CANDIDATES)


def _known(index: Index, cue: Cue, thought: Thought, until: int) -> Thought:
    """Only what answers the question, which may be nothing."""
    about = words.content(cue.text)
    stretch = when.asked(cue.text, cue.now)
    within = _within(index, stretch, thought.rows)
    if stretch and not about:
        return thought.where(within)
    covered = _coverage(index, about or words.words(cue.text), thought.rows, until)
    enough = np.where(thought.likeness == 0, KNOWN_BY_WORDS, KNOWN)  # 0 where one of the two has no vector
    return thought.where((thought.likeness + covered >= enough) | within)


def _coverage(index: Index, asked: Sequence[str], rows: Rows, until: int) -> Scores:
    """How much of what the question asks is found in each row and beside it. A word never said weighs most."""
    rarest = index.postings.rarest
    weights = {word: index.postings.weight(word) or rarest for word in asked}
    total = sum(weights.values())
    found = np.zeros(len(rows), dtype=np.float32)
    for word, weight in weights.items():
        found += np.float32(weight / total) * _beside(index, word, rows, until)
    return found


def _beside(index: Index, word: str, rows: Rows, until: int) -> Mask:
    """Which of these rows have the word, or stand in a conversation next to one that has it."""
    has, learnt = index.postings.has(word, rows), index.keys.rows(word)
    has |= np.isin(rows, learnt)
    for away in (-1, 1):
        near, mask = _near(index, rows, away, until)
        has[mask] |= index.postings.has(word, near) | np.isin(near, learnt)
    return has


def _circumstances(index: Index, cue: Cue, rows: Rows) -> Scores:
    """Who said it and when, where the question asks for it."""
    extra = np.zeros(len(rows), dtype=np.float32)
    speaker = cue.speaker or words.speaker_asked(cue.text)
    if speaker:
        extra += SAME_SPEAKER * index.said_by(speaker)[rows]
    if words.asks_when(cue.text):
        extra += SAYS_WHEN * index.postings.has(words.SAYS_WHEN, rows)
    if stretch := when.asked(cue.text, cue.now):
        extra += IN_STRETCH * _within(index, stretch, rows)
        if not words.content(cue.text):
            extra += SAYS_MUCH * _of_largest(index.postings.lengths()[rows].astype(np.float32))
    return extra


def _within(index: Index, stretch: when.Stretch | None, rows: Rows) -> Mask:
    return np.isin(rows, index.within(*stretch)) if stretch else np.zeros(len(rows), dtype=np.bool_)


def _with_neighbours(index: Index, said: Scored, until: int) -> Scored:
    """Each turn lends some of its score to those just before and after it in the same conversation."""
    said = said.strongest(LENDING)
    spread = np.zeros(until, dtype=np.float32)
    spread[said.rows] = said.scores
    for away, share in ((1, NEXT), (-1, NEXT), (2, AFTER_NEXT), (-2, AFTER_NEXT)):
        near, mask = _near(index, said.rows, away, until)
        spread[near] += np.float32(share) * said.scores[mask]
    rows, scores = Scored.of_dense(spread)
    alive = index.alive(rows)
    return Scored(rows[alive], scores[alive])


def _near(index: Index, rows: Rows, away: int, until: int) -> tuple[Rows, Mask]:
    """The rows so far away from these, where they are in the same conversation and before `until`; and where they are."""
    near, sessions = rows + away, index.sessions()
    inside = np.clip(near, 0, until - 1)
    mask = (inside == near) & (sessions[inside] == sessions[rows])
    return near[mask], mask


def _talks(index: Index, by_words: Scored, rows: Rows) -> Scores:
    """How well the conversation of each of these rows fits, 0 to 1; long ones are not preferred for their length."""
    sessions = index.sessions()
    if not len(by_words.rows):
        return np.zeros(len(rows), dtype=np.float32)
    touched = sessions[by_words.rows]
    held = np.flatnonzero(np.diff(touched, prepend=0))
    talks = touched[held]
    turns = np.searchsorted(sessions, talks, side="right") - np.searchsorted(sessions, talks)
    sums = np.add.reduceat(by_words.scores, held) / np.sqrt(turns)
    fits = Scored(talks.astype(np.int64), sums.astype(np.float32))
    return _of_largest(fits.scores, fits.at(sessions[rows].astype(np.int64)))


# --- a remark only brings back what it is like ------------------------------------------------------------


def echo(index: Index, cue: Cue) -> Thought:
    """What a remark is like, the most striking first, however weak: for measuring, without names and without a cut-off."""
    return _striking(
        index, cue, _like_it(index, cue, index.rows_before(cue.before), frozenset()), LOOKED_THROUGH
    )


def _echo(index: Index, cue: Cue, until: int) -> Thought:
    """What a remark is truly like, and what was said of someone it names."""
    names = _names(index, cue.text)
    if len(words.content(cue.text)) < LEAST_CONTENT and not names:
        return Thought(_NO_ROWS, _NO_SCORES, _NO_SCORES)
    thought, least = _like_it(index, cue, until, names), _like(len(index))
    thought = thought.where(
        (thought.scores >= least) & (index.postings.lengths()[thought.rows] >= LEAST_WORDS)
    )
    thought = _striking(index, cue, thought, LOOKED_AT)
    return thought.where(thought.scores >= least)


def _like_it(index: Index, cue: Cue, until: int, names: frozenset[str]) -> Thought:
    """What means something alike, and what shares a name."""
    sharing = np.concatenate([_NO_ROWS, *(index.postings.rows(name) for name in sorted(names))])
    rows = np.union1d(_nearest(index, cue, until), _before(until, sharing)[-CANDIDATES:])
    likeness = _likeness(index, cue, rows)
    scores = likeness.copy()
    for name in names:
        scores += np.float32(NAMED * index.postings.rarity(name)) * index.postings.has(name, rows)
    return Thought(rows, scores, likeness).strongest_first()


def _striking(index: Index, cue: Cue, thought: Thought, many: int) -> Thought:
    """The strongest of it, judged anew: less for a turn that is like many others, and for a remark that is."""
    thought = thought.where(np.arange(len(thought.rows)) < many)
    if cue.vector is None or not len(thought.rows):
        return thought
    less = ordinary(index, cue.vector, thought.rows)
    return replace(thought, scores=thought.scores - less).strongest_first()


def _like(turns: int) -> float:
    return min(LIKE + LIKE_GROWS * log2(max(turns, LIKE_FROM) / LIKE_FROM), LIKE_MOST)


def _names(index: Index, text: str) -> frozenset[str]:
    """Words of the text that are names: written so here, or mostly so in what was said before."""
    said, postings = words.read(text), index.postings
    known = {word for word in said.words if postings.share(words.name_mark(word), word) >= NAME_WRITTEN}
    begun = {word for word in said.initials if postings.share(words.initial_mark(word), word) >= NAME_BEGUN}
    return said.names | known | begun


# --- for both ---------------------------------------------------------------------------------------------


def _distinct(index: Index, thought: Thought, until: int, many: int) -> list[int]:
    """Places of the strongest, without what they bring along anyway and without the same thing said twice."""
    chosen: list[int] = []
    brought: set[int] = set()
    likeness = _alike(index, thought.rows[:LOOKED_AT])
    for place, row in enumerate(thought.rows[:LOOKED_AT].tolist()):
        if len(chosen) == many:
            break
        if row in brought or any(likeness[place, other] >= SAME for other in chosen):
            continue
        chosen.append(place)
        brought.update(index.around(row, BEHIND, AHEAD, until))
    return chosen


def _alike(index: Index, rows: Rows) -> Scores:
    unit = index.vectors.unit(rows)
    return np.einsum("ij,kj->ik", unit, unit)


def _hit(index: Index, cue: Cue, one: Thought, until: int) -> Hit:
    row = int(one.rows[0])
    return Hit(
        seq=index.seq(row),
        turns=tuple(index.seq(near) for near in index.around(row, BEHIND, AHEAD, until)),
        score=float(one.scores[0]),
        likeness=float(one.likeness[0]),
        shared=tuple(
            word for word in dict.fromkeys(words.words(cue.text)) if index.postings.has(word, one.rows)[0]
        ),
    )


def _nearest(index: Index, cue: Cue, until: int) -> Rows:
    return _NO_ROWS if cue.vector is None else index.vectors.nearest(cue.vector, until, CANDIDATES)


def _likeness(index: Index, cue: Cue, rows: Rows) -> Scores:
    return np.zeros(len(rows), np.float32) if cue.vector is None else index.vectors.likeness(cue.vector, rows)


def _in_talk(index: Index, cue: Cue, rows: Rows, until: int) -> Scores:
    return np.zeros(len(rows), np.float32) if cue.vector is None else in_talk(index, cue.vector, rows, until)


def _before(until: int, rows: Rows) -> Rows:
    return rows[rows < until]


def _of_largest(scores: Scores, of: Scores | None = None) -> Scores:
    """These scores, or others of the kind, as a share of the largest of these; negative ones as 0."""
    of = scores if of is None else of
    return (np.maximum(of, 0) / max(float(scores.max(initial=0)), 1e-9)).astype(np.float32)
