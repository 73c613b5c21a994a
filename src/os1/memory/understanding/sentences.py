"""A remark in its sentences and clauses, with what is not the person's own word taken out of it.

Quotations, pasted mails and chats, markup, what others said, questions, conditions, wishes and jokes are no
statements. Every character keeps its place, so that what is found can be quoted. English; pure.
"""

import re
from typing import NamedTuple

LONGEST = 240
"""Characters of a clause that is read: a longer one is a story, and rules are at a loss in it."""

MOST = 200
"""Sentences of one remark that are read, so that no text takes longer than 50 ms."""
LONGEST_SENTENCE = 1_500
"""Characters: nobody types a longer one, and one without a full stop is a list."""

_PLAIN = {ord(mark): "'" for mark in "’‘`´ʼ"} | {ord(mark): '"' for mark in "“”„«»‟"}
_BLANK = {code: " " for code in (*range(32), 127, 0xA0, 0x2028, 0x2029) if code != 10}

_NOT_SPOKEN = re.compile(
    r"</?[a-z!][^<>\n]{0,200}>|\[/?(?:inst|system)\b|<\||\|>|'''|^#{2,}|\{\s*\"|https?://\S{0,300}\n\n"
    r"|\b(?:system prompt|ignore (?:all |any )?(?:previous|prior|above)|end of (?:system|prompt))"
    r"|^\s*(?:system|assistant|user|human|ai|developer|tool)\s*[:>]"
    r"|^\s*(?:from|subject|to|sent|cc)\s*: |^\s*-+ ?(?:original|forwarded)|^begin forwarded"
    r"|^\s*dear [^\n]{1,60}[,:]\s*$|^\s*(?:best|kind|warm|many)? ?(?:regards|wishes),?\s*$|^\s*(?:yours|sincerely|cheers)\b[^\n]{0,20},\s*$",
    re.MULTILINE,
)
"""Marks of a text that was pasted in, or that pretends to come from elsewhere: nothing in it is a statement."""
_FROM_HERE = re.compile(
    r"\b(?:wrote|writes|texted|replied|says|said|sent(?: me)?(?: this)?|(?:the|his|her|their|this|a) (?:message|email|e-mail|mail|text|"
    r"letter|poem|lyrics|song|story|article|bio|essay|script|review|post|quote|excerpt|draft)[^.!?\n]{0,40}):\s",
)
"""What follows the colon is somebody's text, to the end."""
_LINES = re.compile(
    r"^[ ]*(?:>|\||[\[(]?\d{1,2}[:./]\d{1,2}[^\n]{0,40}?\w: |(?!(?:ps|p\.s\.|edit|update|note|btw|also|ok|okay|news|fyi|fact|fun fact|"
    r"so|well|anyway|correction|oh|good news|bad news|big news|me|plus|guess what|confession|truth|today)\s*:)[\w.]{1,20}(?: \w{1,20})?: )[^\n]*",
    re.MULTILINE,
)
"""Lines that are quoted, or that begin with a speaker."""
_QUOTED = re.compile(
    r'(?<!\d)"[^"\n]{0,1000}(?:"|$)|(?<!\w)\'[^\'\n]{1,300}\'(?!\w)|(?<!\w)\'[^\n]{1,300}?[.!?,]\'(?!\w)|\*[^*\n]{1,300}\*|♪[^\n]*',
    re.MULTILINE,
)

_END = re.compile(
    r"[.!?…]+[\"')\]]*(?=\s|$)|\n+|;(?=\s)|[.!?]+(?=[\U0001F300-\U0001FAFF❤☺])|[\U0001F300-\U0001FAFF❤☺]+"
)
_NO_END = re.compile(
    r"(?:\b(?:dr|mr|mrs|ms|st|vs|e\.g|i\.e|a\.m|p\.m|approx|ca|no|jr|sr|prof|mt)|(?:^|\s)[a-z])\.$"
)

_ASKS = re.compile(
    r"^(?:(?:and|but|so|hey|well|oh|ok|okay|please|hi|btw|wait|um+|hmm+|lol),? )*"
    r"(?:(?:who|what|where|which|whose|whom|why|how)(?:'?s|'?re|'?d)?\b(?! a\b| an\b)"
    r"|(?:do|does|did|is|are|was|were|am|can|could|will|would|should|shall|may|might|must|have|has|had|isn't|isnt|aren't|don't|dont|doesn't|"
    r"didn't|didnt|wasn't|won't|can't|couldn't|wouldn't|shouldn't|haven't) (?:i|you|we|he|she|they|it|that|this|there|anyone|the|my|your|"
    r"our|his|her|people|those|these)\b"
    r"|(?:remember|remind me|tell me|guess|ask|wonder|explain)\b(?! to\b| that i\b)"
    r"|when (?:do|does|did|is|are|was|were|will|can|should|have|has)\b)"
)
UNREAL = re.compile(
    r"\b(?:if|unless|imagine|imagining|suppose|supposing|pretend\w*|wish(?! me\b)|wished|wishes|whether|dreamt|dreamed|nightmare|"
    r"had (?:a|this|the) (?:\w+ )?dream|in (?:my|the|a) (?:\w+ )?dream|dream that|hypothetically|"
    r"role ?play\w*|fictional|my character|the character|joking|kidding|jk|sarcas\w+|yeah,? right|yea,? right|as if|in the (?:\w+ )?(?:book|film|movie|"
    r"novel|story|song|show|series|game|play|episode|poem|lyrics)|lyrics?|in another life|in a past life|alternate|parallel universe|"
    r"once upon a time|on paper|technically speaking|not sure|no idea|don'?t know|dunno|doubt|unsure|"
    r"act(?:s|ed|ing)? like|feels? like|felt like|feeling like|looks? like|sounds? like|seems? like|makes? me feel|it'?s like)\b|/s\b|\bas though\b|\bnot[.!]*$"
)
_REPORTS = re.compile(
    r"\b(?:said|says|saying|tell|tells|told|telling|claims?|claimed|asks|asked|texted|wrote|heard|hears|thinks|thought|believes(?! in\b)|joked|jokes|sings?|"
    r"insists?|insisted|assumes?|assumed|swears|swore|announced|rumou?r|apparently|supposedly|allegedly|according to|convinced|reckons|guesses|"
    r"mentioned|wonders?|accused|promised|promises|lied|lying|pretended|read that|reading that)\b"
)
_OWN_WORD = re.compile(
    r"\b(?:as |like )?i(?:'ve| have)? (?:already |just )?(?:told you(?: that)?|said|mentioned)\b|\bto tell (?:you )?(?:the truth|you)\b|\bneedless to say\b"
    r"|\bi know i(?: have|'ve)? always said\b|\bi(?: have|'ve)? never told you\b|\bi (?:haven'?t|didn'?t) (?:told|tell) you\b|\bsays? (?:hi|hello|hey)\b|\bhave to say\b|\bsad to say\b|\bi(?:'m| am)? (?:telling you|swear)\b|\bi said \d+ but\b|\bthought i'?d (?:tell|mention)\b"
)
_TAKES_BACK = re.compile(
    r"^(?:(?:lol|haha+|ha|hehe|no|ok|okay|nah|well|im|i'm|i am|was|just|only|totally),? ?)*(?:jk|just kidding|kidding|just joking|joking|not really|"
    r"i wish|as if|yeah,? right|yea,? right|sike|psych|/s|not\b\W*$|in my dreams|that'?s a (?:lie|joke)|i'?m lying|lies|gotcha|april fools?|nope,? (?:just )?)"
    r"(?:\W|$)"
)
SOFT = re.compile(
    r"\b(?:would|wouldn'?t|could|couldn'?t|should|might|may(?= \w+ (?:a|an|the|to|in)\b)|maybe|perhaps|probably|possibly|hopefully|thinking (?:of|about)|"
    r"considering|contemplating|tempted|almost|nearly|supposed to|practically|virtually|basically|pretty much|sort of|kind of|kinda|sorta|dying to|"
    r"hoping|hope|instead of|rather than|i guess|i suppose|not that|until i|looking (?:at|for|into)|once i|wanted to|meant to|was going to|were going to|"
    r"was about to|gonna be like|i'?d)\b"
)
"""What makes a clause less than a statement."""

_BREAK = re.compile(
    r"(?:(?:\s*[,:()–—+]+|\s-+(?=\s))\s*|\s+(?=(?:and|but|so|because|bc|cuz|coz|'?cause|since|while|whereas|though|although|then|also|plus|anyway|&|which is why|"
    r"however|yet|lol)\s))(?:(?:and|but|so|because|bc|cuz|coz|'?cause|since|while|whereas|though|although|then|also|plus|anyway|&|which is why|"
    r"however|yet|now|still|well|lol|actually|btw|and also)\s+){0,3}(?="
    r"(?:i|im|ive|i'm|i've|i'll|we|we're|we've|he|she|they|he's|she's|hes|shes|they're|his|her(?= (?:name|birthday))|it's|its|you)\s"
    r"|(?:my|our)\s[\w'-]+(?:\s[\w'-]+){0,3}?(?:'s|\s(?:is|are|was|lives?|works?|has|got|loves?|hates?|studies|plays?|moved|started|speaks|died|turned|name))\b"
    r"|(?-i:[A-Z][\w'-]+)(?:'s|\s(?:is|lives?|works?|has|got|loves?|hates?|studies|plays?|moved|started|speaks|turned))\b)"
    r"|(?:\s*,)?\s+(?:and|but)\s+(?=(?:now\s|also\s|just\s|still\s|recently\s)?(?:lives?|works?|stud(?:y|ies|ying)|has|have|am|is|was|love|loves|hate|hates|moved|got|"
    r"started|plays?|speaks?|turned|quit|used\sto|working|living|learning|allergic|a\svegan|bought|adopted|grew|don't|doesn't|dont|can't)\s)",
    re.IGNORECASE,
)


class Clause(NamedTuple):
    start: int
    """Its place in the whole remark; so with `end`."""
    end: int
    goes_on: bool
    """It has no subject of its own: "and work at Siemens"."""


class Sentence(NamedTuple):
    start: int
    end: int
    """With its full stop."""
    clauses: tuple[Clause, ...]
    taken_back: bool
    """The next one says that this was not meant."""


class Read(NamedTuple):
    plain: str
    """As it was written, with plain apostrophes; what is not their own word is blotted out."""
    low: str
    """The same in small letters. Both have exactly as many characters as the remark."""
    sentences: list[Sentence]
    """Those that state something."""


def read(text: str) -> Read:
    """Time is linear in its length: every pattern is bounded."""
    plain = text.translate(_PLAIN | _BLANK)
    low = lowered(plain)
    if _NOT_SPOKEN.search(low):
        return Read(plain, low, [])
    for pattern in (_LINES, _QUOTED):
        plain = _blotted(pattern, low, plain)
        low = lowered(plain)
    if pasted := _FROM_HERE.search(low):
        plain, low = plain[: pasted.start()], low[: pasted.start()]
    found: list[Sentence] = []
    for start, end in _stretches(low):
        words = low[start:end]
        if found and found[-1].end >= start - 3 and _TAKES_BACK.match(words):
            found[-1] = found[-1]._replace(taken_back=True)
            continue
        found.append(
            Sentence(start, end, () if _states_nothing(words) else _clauses(plain, start, end), False)
        )
    return Read(plain, low, [one for one in found if one.clauses and not one.taken_back])


def lowered(text: str) -> str:
    """In small letters, of the same length."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _blotted(pattern: re.Pattern[str], low: str, plain: str) -> str:
    """With what the pattern finds made unreadable, in place."""
    parts: list[str] = []
    at = 0
    for match in pattern.finditer(low):
        parts += [plain[at : match.start()], "\x01" * (match.end() - match.start())]
        at = match.end()
    return "".join([*parts, plain[at:]])


def _stretches(low: str) -> list[tuple[int, int]]:
    """Where sentences begin and end, without the blanks around them."""
    found: list[tuple[int, int]] = []
    start = 0
    for match in [*_END.finditer(low), None]:
        end = match.end() if match else len(low)
        if match and match[0] == "." and _NO_END.search(low[max(0, end - 8) : end]):
            continue
        if len(found) >= MOST:
            break
        piece = low[start:end]
        bare = piece.strip()
        if bare and len(bare) <= LONGEST_SENTENCE and bare.strip("\x01 "):
            begins = start + len(piece) - len(piece.lstrip())
            found.append((begins, begins + len(bare)))
        start = end
    return found


def _states_nothing(words: str) -> bool:
    if "?" in words or _ASKS.match(words) or UNREAL.search(words):
        return True
    return bool(_REPORTS.search(_OWN_WORD.sub("", words)))


def _clauses(plain: str, start: int, end: int) -> tuple[Clause, ...]:
    cuts = [(match.start(), match.end()) for match in _BREAK.finditer(plain, start, end)]
    begins = [start, *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), end]
    found: list[Clause] = []
    for first, last in zip(begins, ends, strict=True):
        if last - first <= LONGEST and last > first:
            found.append(
                Clause(first, last, first != start and not _SUBJECT.match(plain[first : first + 12]))
            )
    return tuple(found)


_SUBJECT = re.compile(
    r"(?:i|im|ive|i'm|i've|i'll|we|we're|we've|he|she|they|he's|she's|hes|shes|they're|his|her|my|our|it's|its|you)\s|(?-i:[A-Z])",
    re.IGNORECASE,
)


def spoken(text: str) -> str:
    """The person's own words: quotations and what was pasted in are line ends, so that everything keeps its place."""
    heard = read(text)
    return "" if _NOT_SPOKEN.search(heard.low) else heard.plain.replace("\x01", "\n").ljust(len(text), "\n")
