"""What someone said they would do, and by when: "I'll call my mother tomorrow".

Rules over one sentence at a time; a missed promise costs little, an invented one is an accusation, so anything
doubtful is none: questions, conditions, denials, hedges, dreams, what others say, what is past.
It does not know who speaks, nor whether a promise was kept. The day is passed in.
"""

import re
from datetime import date
from typing import NamedTuple

from os1.memory.understanding.due import due

LONGEST = 240
"""Characters of a promise: a sentence longer than this is a story that has "I will" in it."""


class Promise(NamedTuple):
    text: str
    """The sentence, or the part of it, word for word."""
    due: date | None


_CLAUSE = re.compile(r"(?<=[.!?…;\n])\s+|\n+|\s+[–—]\s+|,?\s+(?:but|so)\s+(?=i\b)", re.IGNORECASE)

_WILL = re.compile(
    r"""^(?:(?:ok(?:ay)?|yes|yeah|yep|right|alright|all\ right|sure|fine|well|oh|and|so|then|also|anyway|honestly|now
          |tonight|tomorrow|today|first|later|after(?:wards|\ that)|next\ week|this\ (?:evening|afternoon|weekend)
          |on\ \w+day|\w+day)\b[\s,:]*){0,3}
        (?:
            (?:i\ (?:hereby\ )?(?:promise|swear|vow)(?:\ you)?(?:,|\ that)?\ (?:to\b|i(?:'ll|\ will|'m\ going\ to)\b))
          | (?:i(?:'ll|\ will|\ shall)\ (?:(?:definitely|certainly|surely|finally|also|just|really|then|go\ and|try\ to
                |make\ sure\ (?:to|i)|have\ to)\ )*)
          | (?:i(?:'m|\ am)\ (?:definitely\ |finally\ |really\ )?(?:going\ to|gonna)\b)
          | (?:(?:please\ |can\ you\ |could\ you\ )?remind\ me\ (?:\w+\ ){0,3}?to\b)
          | (?:don'?t\ let\ me\ forget\ to\b)
          | (?:i\ (?:have\ to|need\ to|must|'ve\ got\ to)\ remember\ to\b)
        )""",
    re.IGNORECASE | re.VERBOSE,
)
_REQUEST = re.compile(r"^(?:please |can you |could you )?remind me\b|^don'?t let me forget\b", re.IGNORECASE)
_SOFT = re.compile(
    r"\b(?:if|unless|would|could|might|maybe|perhaps|probably|possibly|someday|some day|one day|eventually|hopefully"
    r"|i (?:think|guess|hope|wish|doubt|suppose|wonder)|in theory|or (?:not|something|else)|ever|whether|when pigs|we'?ll see"
    r"|depending|try not)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:won'?t|will not|shall not|shan'?t|not (?:going|gonna)|never|can'?t|cannot|nobody|nothing|no longer|promised? nothing)\b"
    r"|\b(?:i'll|i will|i'm going to|i'm gonna|to) not\b",
    re.IGNORECASE,
)
_NO_DEED = re.compile(
    # Not acts one can be held to: states, feelings, figures of speech, and what is only about this conversation.
    r"(?:i'll|i will|i shall|i'm going to|i am going to|i'm gonna|i am gonna) (?:\w+ly |just |always |still |also |really )*"
    r"(?:be\b(?! (?:calling|writing|sending|visiting|meeting|seeing|picking|at)\b)"
    r"|(?:miss|regret|love|hate|lose|die|cry|scream|explode|puke|throw up|collapse|fall|faint|sneeze|survive|live|manage|get over"
    r"|believe|know|need|want|like|enjoy|have (?:no|a|an|the|to admit)|admit|say|tell you|bet|give you that|remember (?:this|that|it|the|how"
    r"|her|him)|understand|see (?:if|what|how|about)|think about|consider|wait|assume|pass|take (?:that|it) (?:as|to)|get (?:fired|sick|old|lost"
    r"|mad|angry|there|used)|end up|become|turn \w+|feel|never|grant|go (?:mad|crazy|insane|nuts)|lose it|kill|murder|strangle"
    r"|hear (?:back|from)|find out|start crying)\b)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    # Someone else's words, or the speaker's own of another day: "I'll write tomorrow, he said."
    r"[,.\"”']\s(?:he|she|they|I|i|we|you|[A-Z][a-z]+|my \w+) (?:said|says|told|promised|wrote|texted|swore|thought)\b"
)
_BARE = re.compile(
    r"^(?:do|try|see|go|come|stop|get|make|take|keep)?\s*(?:it|that|this|so)?\W*$", re.IGNORECASE
)


def promises(text: str, said_on: date) -> list[Promise]:
    """The promises in what one speaker said on that day, in order."""
    found = [clause.strip(" ,") for clause in _CLAUSE.split(text)]
    return [
        Promise(clause, due(clause, said_on)) for clause in found if _is_promise(clause.replace("’", "'"))
    ]


def _is_promise(clause: str) -> bool:
    if len(clause) > LONGEST or not (begins := _WILL.match(clause)):
        return False
    asks = clause.rstrip(" \"'").endswith("?") and not _REQUEST.match(clause)
    doubts = _SOFT.search(_without_politeness(clause)) or _DENIED.search(clause) or _NO_DEED.search(clause)
    return not asks and not doubts and not _TOLD.search(clause) and not _BARE.match(clause[begins.end() :])


def _without_politeness(clause: str) -> str:
    """ "Could you remind me" asks for a promise to be kept, it does not doubt it."""
    return _REQUEST.sub("", clause)
