"""What someone tells plainly, and what it could be about: cut out of a turn before any brain is asked. Pure, English.

Out stay questions, conditions, wishes, quoted and reported speech, jokes taken back and most denials: whoever learns
from what is left cannot take them for facts. A cue word says which slots a clause may fill; whether it does, a brain
is asked. It does not know the brain, nor whether what was told is true.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from os1.memory.finding.wordlists import NOT_NAMES, SMALL_TALK, STOP
from os1.memory.records import Turn
from os1.memory.understanding.sentences import spoken
from os1.memory.understanding.subjects import is_name as can_be_a_name


class Clause(NamedTuple):
    """A part of a turn, told plainly: characters `start` to `end` of its text, and the slots it may fill."""

    turn: Turn
    start: int
    end: int
    opens: bool
    """It is the first of its sentence: what comes later without a subject goes on about someone else's."""
    slots: tuple[str, ...]

    @property
    def text(self) -> str:
        return self.turn.text[self.start : self.end]


def _i(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


RELATIONS = (
    "mother|mum|mom|father|dad|sister|brother|son|daughter|wife|husband|partner|boyfriend|girlfriend|fiance|fiancee"
    "|grandmother|grandma|granny|grandfather|grandpa|aunt|uncle|cousin|niece|nephew|best friend|friend|flatmate"
    "|roommate|housemate|boss|colleague|neighbour|neighbor|teacher|therapist|kid|twin|ex|dog|cat|horse|rabbit|parrot"
)
RELATION = _i(rf"\bmy (?:(?:little|big|older|younger|elder|twin|new|late) )?(?:{RELATIONS})\b(?!['’])")
"""Someone of theirs; "my sister's flat" is not the sister."""

_ADVERBS = r"(?:(?:also|really|still|just|now|actually|currently|both|totally|absolutely|only|simply|always|already|mostly) )*"


def _does(plain: str = "", third: str = "", being: str = "", *, elliptic: bool = False) -> re.Pattern[str]:
    """A verb right behind whoever does it: "share my love and family" loves nobody, "sounds like a plan" likes nothing.

    `plain`: after I, we, they; `third`: after he, she and names; `being`: after a form of to be or to have.
    `elliptic`: `plain` at the beginning, too: "moved to Porto in May".
    """
    names = rf"\b(?:he|she|{RELATIONS}|(?-i:[A-Z][^\W\d_]+))\s+"
    ways = [
        rf"\b(?:i|we|they)\s+{_ADVERBS}(?:{plain})" if plain else "",
        rf"{names}{_ADVERBS}(?:{third})" if third else "",
        rf"(?:['’](?:m|ve|s|re)|\b(?:am|is|are|been))\s+{_ADVERBS}(?:{being})" if being else "",
    ]
    if elliptic:
        ways.append(rf"^\W*{_ADVERBS}(?:{plain})")
    return _i("|".join(way for way in ways if way))


CUES: dict[str, re.Pattern[str]] = {
    "name": _i(r"\bmy (?:real |full |first )?name(?: is|['’]s) |\bi['’]?m called "),
    "nickname": _i(r"\bcalls? me |\bi go by "),
    "age": _i(
        r"\b(?:am|is|i['’]?m|(?:s?he)['’]?s|turn(?:s|ed)?|just turned) (?:already |only |just |almost )?(?=(?:\d{1,2}|(?:twenty|thirty"
        r"|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ]\w+)?|\w+teen|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
        r"\b(?! (?:of|times?|minutes?|hours?|days?|weeks?|months?|percent|km|kg|miles?|metres?|and a half (?:hours|miles))))"
    ),
    "from": _i(r"\b(?:am|is|are|i['’]m|s?he['’]s|they['’]re|we['’]re|come|comes) (?:originally |actually |also )?from \b|\bborn in |\bgrew up in |\bborn and raised in "),
    "speaks": _does("speak (?:fluent )?(?!(?:to|with|up|about|of|for)\\b)", "speaks (?:fluent )?(?!(?:to|with|up|about|of|for)\\b)"),
    "is_your": RELATION,
    "lives_in": _does(
        r"(?:used to live|live|lived|have lived) (?:\w+ )?(?:in|on|near) |(?:\w+ )?moved (?:\w+ )?to |have a (?:flat|apartment|house|place) in ",
        r"(?:used to live|lives|lived|has lived) (?:\w+ )?(?:in|on|near) |(?:\w+ )?moved (?:\w+ )?to |has a (?:flat|apartment|house|place) in ",
        r"(?:living|based|settled) (?:\w+ )?in |in (?=(?-i:[A-Z])\w+ (?:for|since)\b)",
        elliptic=True,
    ),
    "lives_with": _does(
        r"(?:used to live|live|lived) (?:\w+ ){0,4}?with |moved in with |share (?:a|the) (?:flat|house|room) with ",
        r"(?:used to live|lives|lived) (?:\w+ ){0,4}?with |moved in with |shares (?:a|the) (?:flat|house|room) with ",
        r"living (?:\w+ ){0,4}?with ",
        elliptic=True,
    ),
    "owns": _i(
        r"\b(?:have|has|['’]ve got|got|own|owns|adopted|bought) (?=(?:\w+ ){1,4}?(?:cats?|dogs?|horses?|rabbits?|parrots?|hamsters?"
        r"|chickens?|bike|bicycle|car|van|boat|house|garden|piano|guitar|motorbike|allotment|caravan|cottage|camera)\b)"
    ),
    "works_as": _i(
        r"\b(?:i['’]?m|i am|(?:s?he)['’]?s|is|was) (?:also |still )?an? (?=\w+)|\bwork(?:s|ed|ing)? as (?:an? )?|\btrained as (?:an? )?"
    ),
    "works_at": _does("work (?:at|for|in) ", "works (?:at|for|in) ", "(?:working|an? (?:nurse|doctor|teacher|chef|cook)) (?:at|for|in) ", elliptic=True),
    "studies": _does("study |studied |have a degree in |majored in ", "studies |studied ", "studying ", elliptic=True),
    "studies_at": _i(r"\bstud(?:y|ies|ied|ying) (?:\w+ ){0,3}?at\b|\b(?:student|graduated) (?:at|from)\b"),
    "learns": _does("", "", "(?:learning|teaching myself) "),
    "allergic_to": _does("", "", r"(?:\w+ly )?(?:allergic|intolerant) to "),
    "has_health": _i(
        r"\b(?:have|has|had|['’]ve(?: got)?|got|diagnosed with|suffer(?:s|ed)? from) (?=(?:\w+ ){0,3}?(?:diabetes|asthma|migraines?|adhd"
        r"|epilepsy|arthritis|depression|anxiety|tinnitus|cancer|celiac|coeliac|insomnia|hypertension|lupus|psoriasis|eczema|autism"
        r"|dyslexia|endometriosis|parkinson\S*|alzheimer\S*|dementia|ptsd|ocd)\b)"
    ),
    "takes": _i(
        r"\btakes? (?!(?:care|off|out|part|place|it|a|an|the|me|him|her|them|up|my|his|over|after|too|so|all|some|my|that"
        r"|this|time|ages|forever|long|pictures|photos|notes|turns|lessons|classes|every|note)\b)(?=\w+.*\b(?:every|daily|each|for my"
        r"|twice|once|morning|night|tablets?|pills?|\d+ ?mg)\b)"
    ),
    "eats": _i(r"\b(?:am|['’]m|is|['’]s|been|are) (?:an? |strictly |mostly )?(?=(?:vegan|vegetarian|pescatarian|gluten[- ]free)\b)|\bkeeps? (?=halal|kosher)|\beats? (?=halal|kosher)"),
    "likes": _does("(?:love|like|enjoy|adore) ", "(?:loves|likes|enjoys|adores) ", "(?:really )?(?:into|crazy about|obsessed with|an? (?:huge|big) fan of) "),
    "dislikes": _does(
        "(?:hate|can['’]?t stand|cannot stand|loathe|dislike|don['’]?t (?:really )?(?:like|enjoy)) ",
        "(?:hates|can['’]?t stand|cannot stand|loathes|dislikes|doesn['’]?t (?:really )?(?:like|enjoy)) ",
    ),
    "favourite": _i(r"\bmy (?:absolute |all[- ]time )?favou?rite (?P<kind>\w+)(?: of all time| ever)? (?:is|are)(?: still| probably)? "),
    "plays": _does("play (?:the )?(?!(?:along|with|a (?:role|part))\\b)", "plays (?:the )?(?!(?:along|with|a (?:role|part))\\b)"),
    "habit": _i(
        r"\bi always (?=\w+)|\bi (?=\w+(?: \w+){0,5} every (?:single )?(?:morning|evening|night|day|week|sunday|monday|friday|saturday)\b)"
        r"|\b(?:i|we) (?:(?:also|still|really|often|sometimes|always) )*(?=(?:sing|paint|knit|collect|garden|climb|hike|dance|sail|draw|bake|fish"
        r"|sew|surf|crochet|go (?:run|swim|climb|hik|danc|sail|surf|fish|cycl)\w*ing)\b)"
    ),
    "fears": _does("have a phobia of ", "has a phobia of ", r"(?:\w+ly )?(?:afraid|scared|terrified|frightened) of "),
    "wants": _i(r"\b(?:i|s?he) (?:\w+ly )?(?:want|hope)s? (?=to )"),
    "plans": _i(
        r"\b(?:i|we|s?he|they)(?: am| is| are|['’]m|['’]re|['’]s)? (?:\w+ly )?(?:going|planning|plans?) "
        r"(?=to (?!(?:the|a|an|my|our|his|her|their|bed|sleep|work|be)\b)[a-z])"
        r"|\b(?:i|we)['’]?(?:m|re) (?=\w+ing\b.*\b(?:tomorrow|next|this (?:week|weekend|month|year|summer|winter|spring|autumn|fall|evening"
        r"|afternoon)|on \w+day|in (?:january|february|march|april|may|june|july|august|september|october|november|december))\b)"
    ),
    "boundary": _i(r"\bdon['’]?t (?:you )?(?:ever )?(?:(?:ask|talk)(?: to)?(?: me)? about|mention|bring up) |\brather not (?:talk|speak) about |\bdon['’]?t want to (?:talk|speak) about "),
}  # fmt: skip
"""Which words a clause must have to fill a slot. `born`, `status`, `believes`, `did` and `other` are left to others: a
small brain files there whatever it cannot place."""

ASKED: dict[str, re.Pattern[str]] = {
    "name": _i(r"\bwhat(?: is|['’]s) your name\b|\b(?:what|how) (?:should|shall|may|can) i call you\b"),
    "from": _i(r"\bwhere (?:are you|do you come|does it come) from\b|\bwhere were you born\b|\bwhere did you grow up\b"),
    "lives_in": _i(r"\bwhere (?:do you live|are you living|are you based)\b"),
    "works_as": _i(r"\bwhat do you do(?: for (?:a living|work))?$|\bwhat(?: is|['’]s) your (?:job|work|profession)\b"),
    "works_at": _i(r"\bwhere do you work\b"),
    "studies": _i(r"\bwhat (?:do|are) you stud(?:y|ying)\b"),
    "owns": _i(r"\bdo you have (?:any )?(?:pets?|animals?)\b"),
}  # fmt: skip
"""What she may have asked, so that a word or two are a whole answer."""
ANSWERING = 6
"""Words of such an answer; a longer one is a sentence, and has a verb."""

ANYWHERE = {"is_your"}
"""Told by the mere naming, whatever the sentence says of them."""
DENIALS = {"allergic_to", "dislikes", "boundary", "eats"}
"""What may be told by a denial: "I can't eat nuts"."""

_SENTENCE = re.compile(r"[^.!?…\n]*(?:\d\.\d[^.!?…\n]*)*[.!?…\n]*")
_PART = re.compile(r"(?:,|;|:|\s[-–—]|\(|\)|\s(?:but|though|because|so|while|and (?=(?:i|my|we|he|she|they)\b)))(?:\s|$)", re.IGNORECASE)  # fmt: skip
_CONDITION = _i(
    r"\b(?:if|unless|imagine|suppose|supposing|pretend(?:ing)?|another life|another world|in theory|dreamt|dreamed)\b"
)
"""What it is said under holds for the whole sentence."""
_FILLER = _i(r"\bif (?:that|it) matters\b|\bif i['’]?m honest\b|\bif you (?:ask me|must know|care)\b")
_IMAGINED = _i(
    r"\b(?:would|wouldn['’]?t|could|might|may|maybe|perhaps|possibly|probably|supposedly|wish|wishes|should|shouldn['’]?t|ought"
    r"|almost|nearly|i (?:guess|bet|suppose)|whether|apparently|hopefully)\b"
    r"|\b(?:i|you|we|he|she|they|it|that|who)['’]d\b(?! (?:been|had)\b)"
)
_REPORTED = _i(
    r"\b(?:said|says|saying|told|tells|claims?|claimed|thinks?|thought|heard|reads?|wrote|writes|asked|asks|according|convinced"
    r"|believes?|swears?|joked|jokes|quote|lyrics?|song|film|movie|book|novel|character|game|story|dream)\b"
)
_SAYS = _i(
    r"^\W*(?:\w+ )?(?:said|says|told|claims?|claimed|thinks?|thought|wrote|writes|swears?)(?: \w+)?\W*$"
)
"""Someone else's words, told afterwards: "he's a spy, she says"."""
_DENIED = _i(
    r"\b(?:not|never|no|nobody|none|neither|nor|without|hardly|cannot|stopped|quit|no longer)\b|n['’]t\b|\b(?:dont|doesnt|isnt|cant|wont|didnt|wasnt|arent)\b"
)
_JOKE = _i(r"\b(?:jk|j/k|kidding|joking|just a joke|only a joke|not seriously|scratch that|not really)\b")
_ASKS = _i(
    r"^\W*(?:(?:and|but|so|hey|well|oh|ok|okay|please)\W+)*(?:who|what|when|where|which|why|how|do|does|did|is|are|was|were|have|has"
    r"|can|could|will|would|should|shall|guess)\b"
)
"""`words.is_question` with what people leave out when they type."""


def clauses(turns: Sequence[Turn]) -> list[Clause]:
    """What the person tells plainly in these turns, with what it could be about, in order."""
    found: list[Clause] = []
    for place, turn in enumerate(turns):
        if turn.speaker == "person" and not _taken_back(turns, place):
            found += _of(turn, _asked_before(turns, place))
    return found


def _taken_back(turns: Sequence[Turn], place: int) -> bool:
    """By a joke's own admission, here or in the person's next words."""
    later = next((turn.text for turn in turns[place + 1 :] if turn.speaker == "person"), "")
    return bool(_JOKE.search(turns[place].text) or _JOKE.search(later[:40]))


def _asked_before(turns: Sequence[Turn], place: int) -> str:
    """Her question, if a mere word or two can be its answer: where, what, who."""
    before = turns[place - 1] if place else None
    if not before or before.speaker != "companion" or not before.text.rstrip().endswith("?"):
        return ""
    asked = before.text.rstrip().rstrip("?")
    asked = asked[max(asked.rfind(mark) for mark in ".!?\n") + 1 :]
    return asked if _WANTS_A_WORD.search(asked) and not _NO.match(turns[place].text) else ""


_WANTS_A_WORD = _i(r"\b(?:where|what|who|which)\b|\bdo you have\b")
_NO = _i(r"^\W*(?:no|nope|nah|not|none|nothing|same|dunno|don['’]?t know)\b")


def _of(turn: Turn, asked: str) -> list[Clause]:
    text = spoken(turn.text)
    found: list[Clause] = []
    for sentence in _SENTENCE.finditer(text):
        parts = _parts(text, sentence.start(), sentence.end())
        asks = sentence[0].rstrip().endswith("?") or bool(_ASKS.match(sentence[0]))
        doubtful = asks or bool(_CONDITION.search(_FILLER.sub("", sentence[0])))
        for place, (start, end) in enumerate(parts):
            after = text[slice(*parts[place + 1])] if place + 1 < len(parts) else ""
            doubtful = doubtful or bool(_REPORTED.search(text[start:end]))  # and so is what follows
            doubt = doubtful or bool(_IMAGINED.search(text[start:end]) or _SAYS.match(after))
            if slots := _slots(text[start:end], asked, doubt):
                found.append(Clause(turn, start, end, place == 0, tuple(slots)))
        asked = ""  # only the first sentence answers
    return found


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for cut in [*_PART.finditer(text, start, end), None]:
        found.append((start, cut.start() if cut else end))
        start = cut.end() if cut else end
    return found


def _slots(clause: str, asked: str, doubtful: bool) -> list[str]:
    denied, short = bool(_DENIED.search(clause)), bool(asked) and len(clause.split()) <= ANSWERING
    few = [
        slot
        for slot, cue in CUES.items()
        if cue.search(clause) or (short and slot in ASKED and ASKED[slot].search(asked))
    ]
    if doubtful:
        few = [slot for slot in few if slot in ANYWHERE]
    return [slot for slot in few if not denied or slot in DENIALS | ANYWHERE]


_NAME = re.compile(r"\b[A-Z][^\W\d_]+(?:[-'’][A-Z][^\W\d_]+)?\b")


_SUBJECT = _i(
    r"\b(?P<me>i|i['’](?:m|ve|ll)|me|we|we['’](?:re|ve))\b|\b(?P<they>he|she|s?he['’]s)\b|\b(?P<whose>his|her|their|your)\b|\b(?P<you>you|they|it|people|everyone)\b"
)


def about(clause: Clause, turns: Sequence[Turn]) -> list[str]:
    """Whom a clause can be about, from its first subject: "" for the speaker, "my sister" or a name as it was said; for
    "he" and "she" those named there or in the two turns before. Empty: nobody who can be told."""
    named = [(found.start(), found[0]) for found in RELATION.finditer(clause.text)]
    named += [
        (found.start() - clause.start, found[0])
        for found in _NAME.finditer(clause.turn.text, clause.start, clause.end)
        if is_name(found[0]) and _meant(found, clause.turn.text, turns)
    ]
    subject = _SUBJECT.search(clause.text)
    first = min(named, default=None)
    if first and (not subject or first[0] < subject.start()) and _LEADING.fullmatch(clause.text[: first[0]]):
        return _called(clause.text, first)
    if subject is None:
        return [""] if clause.opens else []
    if subject["they"]:
        return _near(clause, turns)
    return [""] if subject["me"] else []


_LEADING = _i(
    r"\W*(?:(?:and|but|so|then|also|well|oh|because|though|anyway|actually|yes|no|ok|today|now)\W+)*"
)
"""What may stand before a subject: "in Manchester" is nobody."""


def _called(text: str, first: tuple[int, str]) -> list[str]:
    """ "my sister Nora" is Nora."""
    behind = _NAME.match(text, first[0] + len(first[1]) + 1)
    return [behind[0]] if behind and is_name(behind[0]) and first[1].lower().startswith("my ") else [first[1]]


_THIRD = re.compile(r"\b(?:is|has|lives|works|loves|likes|hates|plays|takes|speaks|studies|enjoys|wants|hopes|adores)\b", re.IGNORECASE)  # fmt: skip
_FIRST = re.compile(r"\b(?:i|i['’](?:m|ve)|am|we|we['’](?:re|ve))\b", re.IGNORECASE)


def agrees(clause: Clause, slot: str, who: str) -> bool:
    """Whether the verb can be theirs: "my accent is a soup" is not of the speaker."""
    cue = CUES[slot].search(clause.text)
    if cue is None:
        return not who  # her question was to the person
    if slot in ("is_your", "name", "favourite"):
        return True
    return not (_FIRST if who else _THIRD).search(cue[0])


_SHE = _i(r"\b(?:mother|mum|mom|sister|daughter|wife|girlfriend|fiancee|grandm\w+|granny|aunt|niece)\b")
_HE = _i(r"\b(?:father|dad|brother|son|husband|boyfriend|fiance|grandfather|grandpa|uncle|nephew)\b")
_THEIRS = _i(rf"\b(?:his|her|their) (?:\w+ )?(?:{RELATIONS})\b")


def _near(clause: Clause, turns: Sequence[Turn]) -> list[str]:
    """Whom "she" means: the one who was named, if it is one. "His sister, she" is somebody else's."""
    spoken = [turn for turn in turns if turn.speaker == "person" and turn.seq < clause.turn.seq][-2:]
    before = clause.turn.text[: clause.start]
    if _THEIRS.search(before):
        return []
    for text in [before, *(turn.text for turn in reversed(spoken))]:
        found = [_called(text, (one.start(), one[0]))[0] for one in RELATION.finditer(text)]
        found += [name for name in _names(text, turns) if name not in " ".join(found)]
        wrong = _HE if re.search(r"\bshe\b", clause.text, re.IGNORECASE) else _SHE
        if few := list(dict.fromkeys(one for one in found if not wrong.search(one))):
            return few if len(few) == 1 else []
    return []


def _names(text: str, turns: Sequence[Turn]) -> list[str]:
    return [
        name[0]
        for name in _NAME.finditer(text)
        if is_name(name[0]) and not _PLACE.search(text[: name.start()]) and _meant(name, text, turns)
    ]


def _meant(name: re.Match[str], text: str, turns: Sequence[Turn]) -> bool:
    """A capital that begins a sentence means a name only where people begin theirs without, or where it is written with one
    in the middle of another."""
    if not _BEGINS.search(text[: name.start()]):
        return True
    if any(_LOWER.search(turn.text) for turn in turns if turn.speaker == "person"):
        return True
    return any(re.search(rf"[a-z,] {re.escape(name[0])}\b", turn.text) for turn in turns)


_LOWER = re.compile(r"(?:^|[.!?…]\s+)[a-z]|\bi\b")
"""People who write like this give a capital to names only."""
_BEGINS = re.compile(r"(?:^|[.!?…:\n\"“(])\W*$")
_PLACE = _i(r"\b(?:in|at|to|from|near|called|named|of|on|for)\s+(?:the\s+)?$")
"""Before a name: a town, or what somebody calls a boat."""


def is_name(word: str) -> bool:
    """Written like one, and no everyday word that only begins a sentence."""
    return word[:1].isupper() and can_be_a_name(word) and word.lower() not in NOT_NAMES | SMALL_TALK | STOP
