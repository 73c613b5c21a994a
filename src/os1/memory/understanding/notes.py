"""What she notes of a talk in a quiet moment: one closed question to a brain, and its answer, checked. Pure.

The brain may be small, and is believed in little: which clauses tell anything and whom they can be about is settled
before (see `told`), the grammar lets it say nothing but a slot and a run of the clause's own words, and what comes
back is checked again as if it had been said without a grammar. Only the person's words are asked about; hers stand
there as the question that a short answer needs. It does not know which brain is asked, nor what is known already.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from os1.brain.base import Message
from os1.events import Learned, Span
from os1.memory.finding.wordlists import SMALL_TALK, STOP, TIMES
from os1.memory.records import Turn
from os1.memory.understanding.told import CUES, RELATION, Clause, about, agrees, clauses, is_name

SEGMENT = 8
"""Turns of the person in one question."""
LONGEST_VALUE = 8
"""Words of a value: what is longer is a story, and stays one."""
MOST_CLAUSES = 16
"""Clauses of a segment that are asked about: what more a torrent of words may tell is let go."""
LONGEST_CLAUSE = 200
"""Characters: some 40 words without a comma are no plain telling."""
ANSWER = 240
"""Tokens an answer may have: a fact for each of sixteen clauses."""
SURE = 0.6

VERBS = {
    "name": "is called", "nickname": "goes by", "age": "is aged", "from": "comes from", "speaks": "speaks",
    "is_your": "is my", "lives_in": "lives in", "lives_with": "lives with", "owns": "has", "works_as": "works as",
    "works_at": "works at", "studies": "studies", "studies_at": "studies at", "learns": "is learning",
    "allergic_to": "is allergic to", "has_health": "has the illness", "takes": "takes the medicine",
    "eats": "eats", "likes": "likes", "dislikes": "dislikes", "favourite": "has as favourite",
    "plays": "plays", "habit": "has the habit", "fears": "is afraid of", "wants": "wants", "plans": "plans",
    "boundary": "does not want to talk about",
}  # fmt: skip
"""How the question says each slot."""

MARKS = ("true", "passing", "unclear")
"""How sure the brain is; what is not marked as true is not learned."""
SYSTEM = (
    "You note facts about a speaker. For every numbered remark write what it states as true and lasting, in its own words,"
    " or: nothing. Say in brackets whether it is true, passing (only for"
    " now, a mood, a figure of speech) or unclear."
)
EXAMPLE = (
    "1. i'm a baker so i get up at four\n2. my dog Rufus loves the snow, he goes mad\n"
    "3. (Where do you live?) leeds, sadly\n4. i have a headache, i'm going to bed\n5. i love how quiet it is today",
    "1. I works as: baker (true)\n2. Rufus likes: the snow (true)\n3. I lives in: leeds (true)\n4. I plans: bed (passing)\n"
    "5. I likes: how quiet it is today (passing)",
)


class Note(NamedTuple):
    """One thing that may be answered: of `clause`, that `who` (empty: the speaker) has `slot`; its value is a run of
    words that begins at one of `starts` and ends with its clause at the latest."""

    clause: Clause
    who: str
    slot: str
    starts: tuple[int, ...]


def question(turns: Sequence[Turn]) -> tuple[list[Message], str] | None:
    """What to ask of a segment, and the grammar (GBNF) of the answer; None when nothing in it could be a fact."""
    notes = _notes(turns)
    if not notes:
        return None
    shown = "\n".join(_shown(number, clause, turns) for number, clause in _numbered(notes))
    messages = [
        Message("system", SYSTEM),
        Message("user", EXAMPLE[0]),
        Message("assistant", EXAMPLE[1]),
        Message("user", shown),
    ]
    return messages, "\n".join(_grammar(notes))


def facts(answer: str, turns: Sequence[Turn]) -> list[Learned]:
    """Those facts of the answer that hold: each stands in the words of its clause, where a fact of its kind may stand."""
    notes, found = _notes(turns), list[Learned]()
    by_number = dict(_numbered(notes))
    for line in answer.splitlines():
        number, dot, told = line.partition(". ")
        clause = by_number.get(int(number)) if dot and number.isascii() and number.isdigit() else None
        fact = next(_checked(told, [note for note in notes if note.clause is clause]), None)
        if fact and fact not in found:
            found.append(fact)
    return found


# --- what may be answered -------------------------------------------------------------------------------------------


def _notes(turns: Sequence[Turn]) -> list[Note]:
    return [
        Note(clause, who, slot, starts)
        for clause in _short(clauses(turns))
        for slot in clause.slots
        for who in _whom(clause, slot, turns)
        if agrees(clause, slot, who) and (starts := _starts(clause, slot))
    ]


def _short(found: Sequence[Clause]) -> list[Clause]:
    """Those that can be asked about: no screed, and no control characters, which no grammar can spell."""
    few = [
        clause for clause in found if len(clause.text) <= LONGEST_CLAUSE and not _CONTROL.search(clause.text)
    ]
    return few[:MOST_CLAUSES]


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


_WORD = re.compile(r"[^\W_](?:[^\s]*[^\W_])?")
_IS_MY = re.compile(
    rf"(?P<name>\b[A-Z][^\W\d_]+)(?:,| is| was) {RELATION.pattern}|{RELATION.pattern},? (?P<behind>[A-Z][^\W\d_]+)"
)


def _whom(clause: Clause, slot: str, turns: Sequence[Turn]) -> list[str]:
    if slot != "is_your":
        return about(clause, turns)
    names = (found["name"] or found["behind"] for found in _IS_MY.finditer(clause.text))
    return [name for name in names if is_name(name)]


def _starts(clause: Clause, slot: str) -> tuple[int, ...]:
    """Places in the turn at which a value of this slot may begin."""
    words = [clause.start + word.start() for word in _WORD.finditer(clause.text)]
    if slot == "is_your":
        found = RELATION.search(clause.text)
        return (clause.start + found.end() - len(_relation(found[0])),) if found else ()
    cue = CUES[slot].search(clause.text)
    first = (
        clause.start + cue.end() if cue else clause.start
    )  # without: her question has it, and this is the answer
    later = [
        word for word in words if word >= first and not _LOOSE.match(clause.turn.text[word : clause.end])
    ]
    return tuple(later[:1])


def _relation(said: str) -> str:
    return re.sub(
        r"^my (?:(?:little|big|older|younger|elder|twin|new|late) )?", "", said, flags=re.IGNORECASE
    )


def _ends(clause: Clause, start: int) -> list[int]:
    return [
        clause.start + word.end()
        for word in _WORD.finditer(clause.text)
        if clause.start + word.start() >= start
    ]


# --- how it is asked --------------------------------------------------------------------------------------------------


def _numbered(notes: Sequence[Note]) -> list[tuple[int, Clause]]:
    return list(enumerate(dict.fromkeys(note.clause for note in notes), start=1))


def _shown(number: int, clause: Clause, turns: Sequence[Turn]) -> str:
    place = turns.index(clause.turn)
    before = turns[place - 1] if place else None
    asked = ""
    if (
        before
        and before.speaker == "companion"
        and "?" in before.text
        and not clause.turn.text[: clause.start].strip()
    ):
        asked = f"({before.text[-120:].strip()}) "
    return f"{number}. {asked}{' '.join(clause.text.split())}"


def _grammar(notes: Sequence[Note]) -> Iterator[str]:
    """GBNF: for each clause in order `nothing`, or a fact; a value is a walk along the words of its clause."""
    numbered = _numbered(notes)
    yield f"mark ::= {' | '.join(_quoted(f' ({mark})') for mark in MARKS)}"
    yield "root ::= " + " ".join(f"c{number}" for number, _ in numbered)
    for number, clause in numbered:
        mine = [note for note in notes if note.clause is clause]
        told = (
            f"{_quoted(f'{_subject(note)} {VERBS[note.slot]}: ')} ({' | '.join(f'w{number}-{start}' for start in note.starts)}) mark"
            for note in mine
        )
        yield f'c{number} ::= "{number}. " ("nothing" | {" | ".join(told)}) "\\n"'
        yield from _walk(number, clause, {start for note in mine for start in note.starts})


def _walk(number: int, clause: Clause, starts: set[int]) -> Iterator[str]:
    words = [(clause.start + word.start(), clause.start + word.end()) for word in _WORD.finditer(clause.text)]
    for place, (start, end) in enumerate(words):
        if starts and start >= min(starts):
            after = words[place + 1][0] if place + 1 < len(words) else None
            word = _quoted(clause.turn.text[start:end])
            more = f" ({_quoted(clause.turn.text[end:after])} w{number}-{after})?" if after else ""
            yield f"w{number}-{start} ::= {word}{more}"


def _subject(note: Note) -> str:
    return note.who or "I"


def _quoted(text: str) -> str:
    """As GBNF writes it, which escapes as JSON does."""
    return json.dumps(text, ensure_ascii=False)


# --- what comes back ----------------------------------------------------------------------------------------------------


def _checked(told: str, notes: Sequence[Note]) -> Iterator[Learned]:
    """The fact that one part of an answer tells, if it may be one."""
    told, _, mark = told.rpartition(" (")
    for note in notes if mark == "true)" else ():
        value = told.removeprefix(f"{_subject(note)} {VERBS[note.slot]}: ")
        if value == told:
            continue
        text = note.clause.turn.text
        for start in note.starts:
            end = start + len(value)
            if end in _ends(note.clause, start) and text[start:end] == value:
                start, end = _trimmed(text, start, end)
                if _fits(note.slot, text[start:end], note.who) and _has_its_time(note):
                    yield _learned(note, start, end)


_LOOSE = re.compile(
    r"(?:so|of|by|just|really|very|only|also|still|ah|oh|well|yes|yeah|and|or|with|for|about)\b",
    re.IGNORECASE,
)
"""What a value does not begin with."""
_HANGING = re.compile(r"(?:\s(?:and|or|so|too|now|to|of|in|at|on|with|for|the|a|an|as|well|right|by|though|lol|haha|anymore|already|today|again|please|haha))+$", re.IGNORECASE)  # fmt: skip


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the little words that hang on to a value."""
    if hanging := _HANGING.search(text[start:end]):
        end = start + hanging.start()
    return start, end


_NUMBER = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)\b", re.IGNORECASE)  # fmt: skip
_ME = re.compile(
    r"\b(?:i|i['’]\w+|you|your|he|she|they|it|me|him|her|them|us|this|that|these|those|there|here)\b",
    re.IGNORECASE,
)


_TRADE = re.compile(
    r"\b(?!(?:person|go-getter|supporter|helper|fighter|getter|mother|father|sister|brother|lover|loser|beginner|winner|foreigner|stranger|smoker|drinker|eater|believer"
    r"|survivor|member|owner|number|matter|disaster|monster|hamster|sleeper|sinner|quitter|keeper|early riser|morning|human|customer"
    r"|neighbor|romantic|vegetarian|pensioner|riser|latecomer|planner|listener|thinker|runner|reader|cancer|virgo|libra|later)\b)"
    r"(?:\w+(?:er|or|ist|ian|ian|eer|ress|man|woman|wife|smith)|nurse|vet|chef|cook|architect|pilot|clerk|judge|midwife|student|assistant"
    r"|consultant|accountant|coach|agent|analyst|poet|librarian|barista|au pair|mechanic|surgeon|monk|priest|nun|dev|paramedic|guard"
    r"|attendant|apprentice|scientist|chemist|sergeant|soldier|guide|trainee|model)\b",
    re.IGNORECASE,
)  # fmt: skip
"""A trade, by its ending or by name: people say "I'm a" of much else, and a small brain believes all of it."""
_VERBS = {"is", "are", "was", "were", "am", "be", "has", "have", "had", "do", "does", "did"}
_REACTS = {"the", "all", "how", "what", "when", "your", "seeing", "hearing", "and", "so"}
"""What follows when something at hand is liked: "I love the colours" says nothing of colours."""
_MOODS = {
    "cry",
    "die",
    "sleep",
    "scream",
    "know",
    "go",
    "be",
    "say",
    "ask",
    "tell",
    "talk",
    "hide",
    "disappear",
    "puke",
    "see",
}
"""What people want for an evening, not in life."""


def _fits(slot: str, value: str, who: str) -> bool:
    """Whether a value can be one of its slot."""
    words = [word.lower() for word in _WORD.findall(value)]
    if not words or len(words) > LONGEST_VALUE or value == who or _ME.search(value):
        return False
    if slot != "age" and all(
        word in STOP | TIMES | {"years", "year"} or _NUMBER.fullmatch(word) for word in words
    ):
        return False
    if words[0] in _VERBS | SMALL_TALK or all(word in STOP | SMALL_TALK | TIMES for word in words):
        return False
    return _is_one(slot, value, words)


def _is_one(slot: str, value: str, words: Sequence[str]) -> bool:
    """What each slot asks of its values."""
    match slot:
        case "age":
            return bool(_NUMBER.search(value)) and len(words) <= 3
        case "name" | "nickname":
            return len(words) <= 3 and not any(word in STOP for word in words)
        case "lives_in" | "from" | "works_at" | "studies_at":
            return len(words) <= 6 and words[-1] not in STOP and words[0] not in {"my", "our", "your"}
        case "works_as":
            return bool(_TRADE.search(value))
        case "habit":
            return len(words) > 1
        case "studies" | "learns":
            return words[0] not in {
                "hard",
                "a",
                "abroad",
                "late",
                "together",
                "another",
                "about",
                "new",
                "more",
                "to",
            }
        case "likes" | "dislikes":
            return words[0] not in _REACTS
        case "wants":
            return not any(word in _MOODS for word in words[:2])
        case _:
            return True


def _has_its_time(note: Note) -> bool:
    """A plan has one: "I'm going to keep going" is none."""
    return note.slot != "plans" or any(word.lower() in _TIMES for word in _WORD.findall(note.clause.text))


_TIMES = TIMES - {"just", "now", "since", "ago", "last", "recently"} | {"weekend", "summer", "winter", "spring", "autumn", "fall", "easter", "christmas"}  # fmt: skip


_PAST = re.compile(
    r"\bused to\b|\b(?:lived|worked|studied|owned|played)\b|\b(?:was|were) (?:an?|allergic|afraid)\b|\bhad (?:an?|two|three)\b"
    r"|\bwhen i was\b|\b(?:years|months) ago\b|\bback then\b",
    re.IGNORECASE,
)  # fmt: skip


def _learned(note: Note, start: int, end: int) -> Learned:
    turn = note.clause.turn
    return Learned(
        about=note.who,
        what=_kind(note),
        value=turn.text[start:end],
        quote=Span(seq=turn.seq, start=start, end=end),
        said=turn.at,
        over=bool(_PAST.search(note.clause.text)),
        sure=SURE,
        by="brain",
    )


def _kind(note: Note) -> str:
    """The slot, and of what kind the favourite is."""
    cue = CUES[note.slot].search(note.clause.text) if note.slot == "favourite" else None
    return f"favourite:{cue['kind'].lower()}" if cue else note.slot
