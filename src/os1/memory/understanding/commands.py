"""What a remark asks of her memory: to forget something, to let it rest, to keep nothing, to say why.

Wishes that mean exactly that, and nothing that only sounds like it: "forget it", "don't forget to", "I forget his name".
English; pure. It does not know what is kept, nor what "that" is.
"""

import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from os1.memory.understanding.cutting import trimmed

Wish = Literal["forget", "rest", "wake", "wrong", "private_on", "private_off", "why", "learned", "known"]

Scope = Literal["", "that", "sentence", "topic", "person", "day", "all"]


class Command(NamedTuple):
    wish: Wish
    scope: Scope = ""
    """Of a forgetting. that: what was just said; all: everything there is."""
    subject: str = ""
    """As it was said: "my brother", "Tom", "yesterday"; empty for the person themself, or when it is "that"."""
    start: int = 0
    end: int = 0
    """Where the subject stands."""


_LEAD = (
    r"\s*(?:(?:ok(?:ay)?|please|pls|hey|so|and|but|no|oh|well|actually|also|look|listen|sorry|samantha|can we|could we|can you|could you|would you|will you|i want you to|"
    r"i'd like you to|i'd prefer (?:it )?if we|i would like you to|you should|just|maybe|hmm+|for now|from now on)[\s,.!]+)*"
)
_TAIL = r"(?:[\s,]*(?:please|pls|for now|for a (?:while|bit)|again|anymore|any more|ever again|ever|ok(?:ay)?|thanks|thank you|now|today|tonight|right now|from now on|at all|either|yet))*[\s.!?…]*$"
_THING = r"(?P<v>[^.!?\n]{1,80}?)"


def _c(pattern: str) -> re.Pattern[str]:
    return re.compile(_LEAD + pattern, re.IGNORECASE)


_DROP = r"(?:forget|delete|erase|remove|wipe|get rid of|scrub|unlearn)"
_FORGET_ALL = _c(
    rf"(?:{_DROP}|clear) (?:everything|all)(?: (?:you know|you have|you remember|i(?:'ve| have)? (?:ever )?(?:said|told you)|of it|your memories|my data|that i(?:'ve| have)? (?:ever )?told you))?(?: (?:about|on) me)?{_TAIL}|{_DROP} (?:my data|all your memor(?:y|ies)(?: of me)?|your memory(?: of me)?){_TAIL}|clear your memory{_TAIL}"
)
_FORGET_PERSON = _c(
    rf"{_DROP} (?:everything|all)(?: (?:you know|i(?:'ve| have)? (?:ever )?(?:said|told you)|that i(?:'ve| have)? (?:ever )?told you))? (?:about|on) {_THING}{_TAIL}|forget (?:about )?(?P<w>[A-Z][\w'-]+)(?: completely| altogether| entirely){_TAIL}"
)
_FORGET_DAY = _c(
    rf"{_DROP} (?:(?:what|everything|all)(?: that)? (?:i|we)(?:'ve| have)? (?:said|told you|talked about|discussed) )(?:on )?(?P<v>today|yesterday|last night|this (?:morning|afternoon|evening|week)|last week|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues|wednes|thurs|fri|satur|sun)day){_TAIL}|{_DROP} (?P<w>today|yesterday)(?:'s (?:talk|conversation|chat))?{_TAIL}"
)
_FORGET_TOPIC = _c(
    rf"{_DROP} (?:what|everything|all|anything|the thing|the things|the stuff|whatever)(?: that)? (?:i|we)(?:'ve| have|'d)? (?:just )?(?:said|told you|talked|talked about|mentioned|wrote|discussed)(?: to you)? (?:about|on|regarding) {_THING}{_TAIL}|{_DROP} (?:the )?(?:thing|part|bit|story|memory|memories|fact|conversation|talk|stuff) (?:about|of|with) (?P<w>[^.!?\n]{{1,80}}?){_TAIL}"
)
_FORGET_THAT_I = _c(
    rf"(?:{_DROP}|un-?remember) (?:that|what) (?P<v>(?:i|my|we|our)\b(?! (?:said|just said|asked|told you)\b)[^.!?\n]{{3,120}}?){_TAIL}"
)
_FORGET_THAT = _c(
    rf"(?:(?:delete|erase|remove|wipe) (?:that|this|it)(?: (?:from (?:your )?memory|message|one|sentence))?|forget (?:that|this|what i (?:just )?(?:said|told you|wrote)|i (?:just )?said (?:that|anything)|i ever said that|my last (?:message|sentence)|the last (?:thing|sentence|message)(?: i (?:said|wrote))?)|{_DROP} (?:what i (?:just )?said|my last (?:message|sentence)|the last (?:thing|sentence|message)(?: i (?:said|wrote))?)|don'?t remember (?:that|this)|unlearn that){_TAIL}"
)

_REST = _c(
    rf"(?:(?:let'?s|can we|could we|i'?d (?:rather|prefer)(?: (?:we|you|if we))?|we (?:better|should)) (?:please )?(?:not|never|didn'?t|don'?t)(?: to)? (?:talk|speak|chat|go on|get into|discuss|mention|bring up)(?: (?:about|into))? {_THING}{_TAIL}|"
    rf"(?:don'?t|do not|never|stop) (?:you )?(?:ever )?(?:bring(?:ing)? up|mention(?:ing)?|talk(?:ing)? (?:to me )?about|ask(?:ing)?(?: me)? about|go(?:ing)? on about|remind(?:ing)? me (?:of|about)) (?P<w>[^.!?\n]{{1,80}}?){_TAIL}|"
    rf"(?:don'?t|do not|never) bring (?P<x>[^.!?\n]{{1,60}}?) up{_TAIL}|"
    rf"i (?:really )?(?:don'?t|do not|never) (?:want to|wanna|like to|like) (?:talk|talking|speak|speaking) about (?P<y>[^.!?\n]{{1,80}}?){_TAIL}|"
    rf"i'?d rather not (?:talk|speak) about (?P<z>[^.!?\n]{{1,80}}?){_TAIL}|let (?P<r>(?:my|the|that|this)[^.!?\n]{{0,60}}?|[A-Z][\w'-]+) rest{_TAIL})"
)
_WAKE = _c(
    rf"(?:(?:you can|we can|you may|we may|i'?m (?:ready|okay|ok|fine)(?: now)? to|it'?s (?:ok|okay|fine|alright) to|let'?s) (?:talk|speak|ask(?: me)?|mention|bring up)(?: about)? {_THING} again){_TAIL}"
)
_WRONG = _c(
    rf"(?:(?:no[,.!]* )?(?:that'?s|that is|this is|it'?s|that was) (?:wrong|not (?:true|right|correct|what i said|it)|incorrect|false|untrue|a mistake|made up|nonsense)|you(?:'re| are|r) (?:wrong|mistaken)(?: about (?:that|this))?|you(?:'ve)? got (?:that|it|this) wrong|you misunderstood(?: me| that)?|you remember(?:ed)? (?:that|it) wrong|that never happened|i never (?:said|told you) that){_TAIL}"
)
_PRIVATE = _c(
    rf"(?:(?:this is |we're |go |let'?s go |let'?s be |let'?s talk |say (?:that|this) )?(?:strictly )?off the record|(?:don'?t|do not) (?:keep|remember|save|store|record|write down|log)(?: any of)? (?:this|anything|what i(?:'m| am) (?:going to say|about to say|saying|telling you)|any of (?:this|it)|what comes next|the next (?:bit|part))(?: (?:conversation|talk|chat))?|"
    rf"(?:turn |switch )?(?:on )?private mode(?: on)?(?: please)?|turn private mode on|go private|stop (?:remembering|recording|keeping (?:this|notes|things))|between (?:you and me|us),? (?:don'?t|do not) (?:keep|remember) (?:this|it)){_TAIL}"
)
_PRIVATE_OFF = _c(
    rf"(?:you (?:can|may) (?:remember|keep (?:things|notes|this)|record|save things)(?: (?:things|everything))?(?: again| now)+|(?:back )?on the record|(?:turn |switch )?private mode off|(?:turn|switch) off private mode|(?:leave|end|stop) private mode|start (?:remembering|keeping) (?:things )?again|private mode is over){_TAIL}"
)
_WHY = _c(
    r"(?:why (?:did|do|would|are) you (?:just )?(?:say(?:ing)?|bring(?:ing)? up|mention(?:ing)?|ask(?:ing)?(?: me)?) (?:that|this|it|about that)(?: up)?|why(?:'d| did) you bring (?:that|it|this) up|what made you (?:say|think of|ask) (?:that|this)|where did (?:that|you get that) come from|where did you get that(?: from)?|how do you know that|how did you know that|what makes you (?:say|think) that|why do you think that)[\s.!?…]*$"
)
_LEARNED = _c(
    r"(?:what(?:'ve| have| did| do)? (?:you )?(?:learn(?:ed|t)?|have learn(?:ed|t)|pick(?:ed)? up|remember)(?: (?:about me|from me|new|anything new|of))? (?P<v>today|this week|yesterday|from (?:today|this (?:talk|conversation|chat))|so far today|just now)|(?:did you learn anything (?:about me |new )?(?P<w>today|this week|yesterday)))[\s.!?…]*$"
)
_KNOWN = _c(
    rf"(?:(?:(?:what|how much|what all|what else|everything) (?:do |did |have )?(?:you |u )?(?:know|remember|got|have|learned|learnt|kept|noted)(?: so far)?|tell me (?:what|everything|all) you (?:know|remember)|show me (?:what|everything) you (?:know|remember)|what(?:'s| is) in your memory|what (?:have|did) i (?:tell|told) you) (?:about|of|on) {_THING}(?: so far| already)?)[\s.!?…]*$|{_LEAD}(?:what do you know about me)(?P<w>)[\s.!?…]*$"
)

_THAT = re.compile(
    r"(?:it|this|that|these things|those things|them|such things|this stuff|that stuff|this topic|that topic|anything|everything|something|nothing|something else|work right now)$",
    re.IGNORECASE,
)
_NOT_A_THING = re.compile(r"(?:if|how|when|why|what|whether|to|you|being|because|having)\b", re.IGNORECASE)
_ALL_OF_ME = re.compile(r"(?:me|myself|us)$", re.IGNORECASE)
_KIN = re.compile(r"(?:my|our) [\w' -]{2,40}$|[A-Z][\w'-]+(?: [A-Z][\w'-]+)?$")
_HYPOTHETIC = re.compile(r"\b(?:did you|do you (?:ever|sometimes)|have you|you always|you never|why do you|will you ever|would you ever|what if|if you|do not (?:forget|delete)|don'?t (?:forget|delete|erase|wipe)|never (?:forget|delete))\b", re.IGNORECASE)  # fmt: skip
LONGEST = 200
"""Characters of a remark that can be a wish of this kind: a longer one tells something."""


def command(text: str) -> Command | None:
    """What is asked of her memory, if the whole remark (or its first or last sentence) asks it."""
    plain = text.replace("’", "'").replace("\x00", " ")
    if len(plain) > LONGEST:
        return None
    for start, end in _sentences(plain):
        meant = any(pattern.match(plain[:end], start) for pattern in (_ASKS_HER, _REST, _PRIVATE))
        if _HYPOTHETIC.search(plain, start, end) and not meant:
            continue
        if found := _command(plain[:end], start):
            return found
    return None


_ASKS_HER = re.compile(_LEAD + r"(?:what|why|how|where|did you learn|tell me|show me)\b", re.IGNORECASE)
_Read = Callable[[Wish, "re.Match[str]", str], Command | None]
_END = re.compile(r"[.!?…\n]+(?:\s+|$)")


def _sentences(plain: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = 0
    for match in [*_END.finditer(plain), None]:
        end = match.end() if match else len(plain)
        if plain[start:end].strip():
            found.append((start, len(plain[:end].rstrip())))
        start = end
    return [found[0], found[-1]] if len(found) > 1 else found


def _command(plain: str, at: int) -> Command | None:
    """The first that fits, the narrowest before the widest."""
    if _NOT_A_WISH.match(plain, at):
        return None
    for wish, pattern, read in _WISHES:
        if (match := pattern.match(plain, at)) and (found := read(wish, match, plain)):
            return found
    return None


_NOT_A_WISH = re.compile(
    _LEAD
    + r"(?:don'?t mention it[\s.!]*$|forget (?:it|about it|me|you|him|her|them)[\s.!]*$|forget (?:to|how|the fact that you|his|her|their|where|when|why|who|which)\b)",
    re.IGNORECASE,
)


def _about(wish: Wish, scope: Scope, match: re.Match[str], plain: str) -> Command | None:
    start, end = _span(match)
    end = trimmed(plain.lower() if len(plain.lower()) == len(plain) else plain, start, end)
    subject = plain[start:end]
    if scope == "topic" and (_THAT.match(subject) or not subject):
        if wish == "rest":
            return Command("rest", "that")
        return Command(wish, "that") if wish == "forget" else None
    if scope == "topic" and _NOT_A_THING.match(subject):
        return None
    return Command(wish, scope, subject, start, end)


def _of_subject(wish: Wish, match: re.Match[str], plain: str) -> Command | None:
    start, end = _span(match)
    subject = plain[start:end]
    if _ALL_OF_ME.match(subject) or not subject:
        return Command(wish, "all") if wish == "forget" else Command(wish, "person")
    if _THAT.match(subject):
        return Command(wish, "that") if wish == "forget" else None
    if wish == "known" and (_NOT_A_THING.match(subject) or not _KIN.match(subject)):
        return None
    return Command(wish, "person" if _KIN.match(subject) else "topic", subject, start, end)


def _span(match: re.Match[str]) -> tuple[int, int]:
    return next(
        (match.span(name) for name, found in match.groupdict().items() if found is not None),
        (match.end(), match.end()),
    )


def _scoped(scope: Scope) -> _Read:
    return lambda wish, match, plain: _about(wish, scope, match, plain)


def _plainly(scope: Scope = "") -> _Read:
    return lambda wish, match, plain: Command(wish, scope)


_WISHES: tuple[tuple[Wish, re.Pattern[str], _Read], ...] = (
    ("forget", _FORGET_ALL, _plainly("all")),
    ("forget", _FORGET_PERSON, _of_subject),
    ("forget", _FORGET_DAY, _scoped("day")),
    ("forget", _FORGET_TOPIC, _scoped("topic")),
    ("forget", _FORGET_THAT, _plainly("that")),
    ("forget", _FORGET_THAT_I, _scoped("sentence")),
    ("private_off", _PRIVATE_OFF, _plainly()),
    ("private_on", _PRIVATE, _plainly()),
    ("wrong", _WRONG, _plainly()),
    ("why", _WHY, _plainly()),
    ("learned", _LEARNED, _plainly()),
    ("wake", _WAKE, _scoped("topic")),
    ("rest", _REST, _scoped("topic")),
    ("known", _KNOWN, _of_subject),
)


def let_rest(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the thing stands that a sentence asks to leave alone: "let's not talk about my father"."""
    match = _REST.match(text[:end], start)
    found = _about("rest", "topic", match, text[:end]) if match else None
    return (found.start, found.end) if found and found.subject and _LASTING.search(found.subject) else None


_LASTING = re.compile(
    r"^(?!(?:work|politics|it|dinner|food|him|her|them|me|us|business|feelings)\b(?! ))", re.IGNORECASE
)
