"""What a question asks her memory for: which kind of thing, of whom, and whether now, before, when, ever or all of it.

"Where did I live before Porto?" is lives_in, of the person, before, with Porto. Questions of any other kind are None,
and so is every statement: free recall over what was said answers those. English; pure. It does not know the answers.
"""

import re
from itertools import count
from typing import Literal, NamedTuple

from os1.memory.understanding.lexicon import FIRST_NAMES, PETS, RELATIONS, SHE, TRADES, either
from os1.memory.understanding.subjects import KIN as _NAMED_KIN
from os1.memory.understanding.subjects import NAME as _ANY_NAME
from os1.memory.understanding.subjects import is_name

NAME = rf"(?!(?:i|my|we|our|you|your|he|she|they|it|the|this|that|there)\b){_ANY_NAME}"
KIN = _NAMED_KIN.replace("?P<kin>", "?:")

Mode = Literal["now", "before", "when", "ever", "all"]

LONGEST = 160
"""Characters of a question that is only one."""


class Asked(NamedTuple):
    about: str
    """"" the person, a name as it was written, or "my sister"."""
    whats: tuple[str, ...]
    """Slots that could answer, the likeliest first; none of them: whatever there is ("what did you think before?")."""
    mode: Mode = "now"
    value: str = ""
    """What the question names itself: "Porto" in "before Porto", "nuts" in "am I allergic to nuts?", "siblings"."""


_TELL = (
    r"(?:(?:can|could|would|will) you (?:please )?(?:tell|remind) me(?: again)?|(?:please )?(?:tell|remind) me(?: again)?|i forgot,?|quick question[:,]?|what do you think,?|"
    r"(?:do|can) you (?:still |even |happen to )?(?:know|remember|recall)|u remember|you remember|remember|do u (?:still )?(?:know|remember)|any idea|guess)"
)
_EVER = (
    r"(?:(?:did|have|had) (?:i|we)(?: ever| already)? (?:tell|told|mention(?:ed)?|say|said|talk(?:ed)? about)(?: (?:to )?you)?(?: about)?|(?:do|can) you (?:still |even |happen to )?(?:know|remember|recall)|"
    r"do u (?:still )?(?:know|remember)|(?:do|did) you (?:ever )?(?:learn|hear)(?: about)?)"
)
_POLITE = re.compile(
    r"\s*(?:(?:hey|hi|hello|so|and|but|ok|okay|well|oh|um+|hmm+|btw|by the way|wait|please|pls|lol|samantha|now|also|right|just curious|i wonder|be honest|quiz|test|pop quiz)[\s,.:!-]+)*",
    re.IGNORECASE,
)
_LEAD_EVER = re.compile(rf"{_EVER}(?: (?:that|about))? +(?=\S)", re.IGNORECASE)
_LEAD_TELL = re.compile(rf"{_TELL},? +(?=\S)", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:what|whats|what's|who|whos|who's|where|wheres|where's|when|whens|when's|which|how old|how long|how many|since when|in (?:what|which) (?:year|city)|do|does|did|am|is|are|have|has|was|were|list|name all|name my|any)\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"(?:[\s,]*\b(?:again|please|pls|right|though|then|by the way|btw|actually|exactly|anyway|at the moment|currently|these days|nowadays|now|atm|if you remember|do you (?:know|remember)|remember|you know|lol|so far|in (?:my|his|her) life|ever|anyways))*[\s?!.…]*$",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\s(?:right )?before(?: (?:(?:i |we |she |he )?(?:moving|moved|move|went|going|lived|living|started|starting|worked|working|was|came|coming|joined|joining|became|becoming|got|getting)(?: (?:back )?(?:to|in|at|as|for|with|on))? ?)?(?:(?P<v>(?!that\b|then\b|this\b|now\b|it\b)[\w'& -]{2,40}?))?(?:that|then|this|now|it)?)?[\s?!.]*$",
    re.IGNORECASE,
)

_S = rf"(?P<s>i|we|(?:my|our) {KIN}(?: {NAME})?|{NAME}|{either(FIRST_NAMES)})(?![\w-])"
_O = rf"(?P<o>my|our|(?:my|our) {KIN}(?: {NAME})?(?:'s|s'|s)|(?:{NAME}|{either(FIRST_NAMES)})(?:'s|s'|s(?= (?:name|job|birthday|age|favou?rite|phone|hobby|partner|profession)))|(?:{NAME})')(?![\w-])"
_DO = r"(?:(?:do|does|did|am|is|are|was|were|have|has|had|'s|'m) +)?"
_ADV = r"(?:(?:currently|now|still|ever|usually|always|really|used to|use to|just|first|actually|last|been|even|already|originally|all|mostly) +)*"
_V = r"(?P<v>[\w][\w'&.-]*(?: [\w'&.-]+){0,5}?)"


class _Topic(NamedTuple):
    pattern: re.Pattern[str]
    whats: tuple[str, ...]


def _t(pattern: str, *whats: str) -> _Topic:
    """`pattern`: with S for a subject, O for an owner, D for a helping verb, A for adverbs, V for a value."""
    for sign, part in (("<S>", _S), ("<O>", _O), ("<D>", _DO), ("<A>", _ADV), ("<V>", _V)):
        pattern = pattern.replace(sign, part)
    return _Topic(re.compile(_numbered(rf"(?:{pattern})$"), re.IGNORECASE), whats)


def _numbered(pattern: str) -> str:
    """A group may stand on both sides of an "or": v becomes v1 and v2, and is read by its letter."""
    number = count(1)
    return re.sub(r"\(\?P<([a-z])>", lambda group: f"(?P<{group[1]}{next(number)}>", pattern)


_WORK = ("works_as", "works_at", "studies")
_WHAT = r"(?:what(?:'?s| is| are| was| were)? +)?(?:the )?"
_TOPICS: tuple[_Topic, ...] = (
    # home
    _t(r"where(?:abouts)? <D><S> <A>(?:live|lives|lived|living|based|reside|stay|staying|moved?)(?: to)?(?: these days| as a (?:kid|child))?", "lives_in"),
    _t(r"(?:what|which) (?:city|cities|towns?|country|countries|places?|village|street|part of town) <D><S> <A>(?:live|lives|lived|living|based)(?: in)?", "lives_in"),
    _t(r"(?:when|since when|how long|what year|in (?:what|which) year|how long ago) <D><S> <A>(?:live|lives|lived|living|move|moved|been|come|came)(?: away)?(?: (?:in|to|here|there|into|at))?(?: <V>)?", "lives_in"),
    _t(r"<D><S> <A>(?:live|lives|lived|living|move|moved) (?:in|to) <V>", "lives_in"),
    _t(r"who(?:m)? <D><S> <A>(?:live|lives|lived|living) with", "lives_with"),
    _t(r"<D><S> <A>(?:live|lives|living) (?P<v>alone|by myself|with [\w' -]{2,30})", "lives_with"),
    _t(rf"{_WHAT}<O> (?:address|home ?town|city)", "lives_in", "from"),
    _t(r"where(?:'?s| is| are| am)? <D><S> <A>(?:come |comes |came )?(?:originally )?from", "from"),
    _t(r"where <D><S> <A>(?:grow|grew|born|raised)(?: up)?(?: and raised)?", "from"),
    # work and learning
    _t(r"what <D>(?!we\b)<S> <A>(?:do|does|did) (?:for (?:a living|work|money)|as a job|professionally|at work)", *_WORK),
    _t(rf"what (?:do|does|did) (?P<s>(?:my|our) {KIN}|{NAME}|{either(FIRST_NAMES)}) (?:used to |use to )?do", *_WORK),
    _t(rf"{_WHAT}<O> (?:(?:current|old|last|previous|former|first|new|next|actual|day|past) )*(?:job|jobs|profession|occupation|work|career|jobs)(?: title)?(?: is| was)?", *_WORK),
    _t(r"(?:what|which|list|how many|name)(?: all)?(?: (?:of )?(?:my|the))? jobs(?: (?:have|has|did|do) <S> <A>(?:had|have|done|worked|do))?", "works_as", "works_at"),
    _t(r"what jobs <S> (?:had|have)", "works_as", "works_at"),
    _t(r"(?:where|who(?:m)?|which company|what company|for whom|at which company) <D><S> <A>(?:work|works|worked|working|employed)(?: at| for| now)?", "works_at"),
    _t(rf"who(?:'?s| is| was) <O> (?:old |former |last |previous |current )?employer|{_WHAT}(?:my) (?:company|employer)", "works_at"),
    _t(r"(?:when|since when|how long|how long ago|what year) <D><S> <A>(?:start|started|begin|begun|began|quit|leave|left|work|works|worked|working|joined?|been)(?: working)?(?: (?:at|for|as))(?: <V>)?", "works_at", "works_as"),
    _t(r"when <D><S> (?:get|got|start|started|begin|quit|change|changed|leave|left|lose|lost) (?:my|his|her|the|this|that|a) (?:new |current |old )?job", "works_at", "works_as", "did"),
    _t(r"(?:do|does|did|have|has|am|is|was) <S> <A>(?:work|works|worked|working) (?:at|for) <V>", "works_at"),
    _t(rf"(?:am|is|was|were) <S> <A>(?P<v>an? (?:[\w-]+ )?(?:{either(TRADES)}))", "works_as"),
    _t(r"what <D><S> <A>(?:study|studies|studied|studying|major in|majoring in)(?: at (?:university|college|uni|school))?", "studies"),
    _t(r"(?:where|which (?:university|school|college|uni)|what (?:university|school|college|uni)) <D><S> <A>(?:study|studies|studied|studying|graduate from|graduated from|go to (?:university|college|school|uni)|attend|go to|go)(?: at| to)?", "studies_at"),
    _t(r"(?:what|which) (?:language|instrument|languages)? ?<D><S> <A>(?:learning|learn|studying)", "learns"),
    # about them
    _t(rf"{_WHAT}(?P<o>my|our) (?:own |full |first |last )?name(?: is)?", "name"),
    _t(rf"{_WHAT}(?:name of (?P<p>(?:my|our) {KIN})|<O> (?:first |full |real )?name)(?: is| was| called)?", "is_your", "name"),
    _t(rf"{_WHAT}(?P<p>(?:my|our) {KIN}) (?:called|named)(?: again)?", "is_your", "name"),
    _t(rf"what <D>(?P<p>(?:my|our) {KIN}) (?:called|named)", "is_your", "name"),
    _t(rf"{_WHAT}<O> nick ?name(?: is)?|what do (?:people|my friends|they|friends) call me", "nickname"),
    _t(r"how old <D><S>(?: is| am| are| was)?(?: turning)?", "age", "born"),
    _t(rf"{_WHAT}<O> age(?: is)?", "age", "born"),
    _t(r"(?:when(?:'?s| is| was)? )?<O> (?:birthday|bday|b-day|birth date)(?: is)?", "born"),
    _t(r"(?:when|(?:in )?(?:what|which) year) <D><S> (?:was |were |am )?born", "born"),
    _t(r"(?:what|which) (?:day|date|month|year)(?:'?s| is| was)? <O> (?:birthday|bday)(?: on)?", "born"),
    _t(r"(?:am|is|are) <S> <A>(?P<v>married|single|divorced|engaged|pregnant|in a relationship|dating|separated|retired|widowed|unemployed)", "status", "is_your"),
    _t(r"when <D><S> (?:get |got |gotten )?(?P<v>married|divorced|engaged|separated)", "status", "did"),
    _t(r"how long <D><S> <A>(?P<v>married|divorced|engaged|single|together)", "status"),
    _t(rf"{_WHAT}<O> (?:relationship|marital) status", "status"),
    _t(r"(?:what|which|how many|list)(?: all)?(?: the)? languages? <D><S> <A>(?:speak|speaks|know|spoke)", "speaks"),
    _t(r"(?:do|does|did|can) <S> <A>speak <V>", "speaks"),
    _t(rf"{_WHAT}<O> (?:native language|mother tongue|first language)(?: is)?", "speaks"),
    _t(r"(?:what|who) did <S> (?:work as|do for a living|do)", *_WORK),
    _t(r"when <D><S> (?:become|became|start as|started as|turn into) <V>", "works_as", "did"),
    _t(r"(?:which|what) (?:company|firm|employer|place) (?:am|is|are|was|were|do|does|did) <S> <A>(?:at|with|work for|work at|working for|working at|employed by|employed at)", "works_at"),
    _t(r"where(?:'?s| is| was)? (?:home(?: for (?P<s>me|us))?|(?P<o>my|our) home)(?: at the moment| now| these days)?", "lives_in"),
    _t(r"where (?:am|is) <S> from originally", "from"),
    # whether still
    _t(r"is <V> (?:still )?(?:coming up|happening|planned|on|going ahead|in the diary|on the calendar|ahead)", "plans"),
    _t(r"(?:do|have) (?:i|we) still (?:have|got) (?P<v>(?!any\b)(?:the |my |an? )?[\w' -]{2,40}?)(?: coming up| planned)?", "owns", "is_your", "has_health", "plans", "allergic_to"),
    _t(r"(?:is it (?:still )?true that|am i right that|is it right that) (?:i|we)(?: still)? (?P<v>[\w' -]{3,60})", "habit", "hobby", "plays", "likes", "owns", "other", "believes"),
    _t(r"(?:do|am|have) (?:i|we) still (?:do|doing|into|go to|going to|keep up|keeping up|at) (?P<v>[\w' -]{3,60})", "hobby", "plays", "habit", "likes", "learns"),
    _t(r"do (?:i|we) still (?P<v>(?!live|work|like|love|enjoy|hate|dislike|mind|speak|play|have|think|want|believe)[\w' -]{3,60})", "habit", "hobby", "plays", "likes", "learns"),
    _t(r"who (?:am|was) i (?:currently |now )?(?P<v>together|dating|seeing|going out|in a relationship|married)(?: with| to)?", "is_your"),
    # body
    _t(r"(?:what|which things?|which foods?|which) <D><S> <A>allergic to", "allergic_to"),
    _t(r"(?:do|does) <S> (?:have|has) (?:any )?allerg(?:y|ies)|(?:what(?:'?s| are| is)? |list |which are )?(?:all )?(?:of )?<O> allerg(?:y|ies)(?: are)?", "allergic_to"),
    _t(r"(?:what|which) allergies <D><S> <A>(?:have|has|got)", "allergic_to"),
    _t(r"(?:am|is|are|was) <S> <A>allergic to <V>", "allergic_to"),
    _t(r"(?:am|is) <S> <A>allergic", "allergic_to"),
    _t(r"(?:what|which) (?:illness|illnesses|condition|conditions|disease|health (?:problems?|issues?|conditions?)) <D><S> <A>(?:have|has|got|suffer from|had)", "has_health"),
    _t(r"(?:do|does|did) <S> <A>have (?P<v>(?:any (?:illness(?:es)?|health (?:issues|problems|conditions))|diabetes|asthma|adhd|add|epilepsy|migraines?|cancer|depression|anxiety|autism|arthritis))", "has_health"),
    _t(r"(?:what|which) (?:medication|medications|medicines?|meds|pills|drugs) <D><S> <A>(?:take|takes|taking|on|took|need)", "takes"),
    _t(r"(?:am|is|do|does) <S> <A>(?:take|taking|on) (?P<v>any (?:medication|meds|pills|medicine)s?)", "takes"),
    _t(r"(?:am|is|are|was) <S> <A>(?:an? )?(?P<v>vegan|vegetarian|pescatarian|keto|kosher|halal|gluten[- ]free)", "eats"),
    _t(r"(?:do|does|did) <S> <A>(?:eat|drink) (?P<v>meat|fish|alcohol|dairy|pork|coffee|eggs|gluten|sugar)", "eats", "other", "habit", "dislikes"),
    _t(rf"{_WHAT}<O> diet", "eats"),
    _t(r"what (?:don't|dont|can't|cant|do not|doesn't) <S> eat", "eats", "allergic_to", "other", "dislikes"),
    # taste
    _t(rf"{_WHAT}<O> (?:all[- ]time )?(?:old |first )?(?:fav|fave|favou?rite)s? (?P<k>[\w-]+)(?: (?:is|was|used to be))?(?: of all time)?", "favourite"),
    _t(r"(?:which|what) (?P<k>color|colour|food|film|movie|song|book|band|season|drink|animal|number|city|place|dish|singer|author|flower|game|sport) <D><S> <A>(?:like|love|likes|loves) (?:best|the most|most)", "favourite", "likes"),
    _t(r"what (?:kind of |sort of )?(?:music|food|films|movies|books|things|sports|games|drinks|)? ?<D><S> <A>(?:like|likes|love|loves|liked|loved|enjoy|enjoys|into)(?: doing| to do| to eat| to read)?", "likes", "favourite", "hobby"),
    _t(r"what (?:food |things |kind of \w+ )?(?:do|does|did|don't|dont|doesn't|didn't) <S> <A>(?:not like|hate|hates|dislike|dislikes|can't stand)", "dislikes"),
    _t(r"what (?:food |things )?(?:don't|dont|doesn't|doesnt|do not) <S> <A>like", "dislikes"),
    _t(r"(?:do|does|did) <S> <A>(?:hate|dislike|detest) (?!you\b|it\b|that\b|this\b|him\b|her\b|them\b|me\b)<V>", "dislikes", "likes"),
    _t(r"(?:do|does|did) <S> <A>(?:like|love|enjoy) (?!you\b|it\b|that\b|this\b|him\b|her\b|them\b|me\b)<V>", "likes", "dislikes"),
    # how they live
    _t(r"(?:what(?:'?s| is| are| were)?|which|list|do i have any)(?: all)? ?<O>? ?(?:hobby|hobbies|pastimes?)(?: (?:do|does|did) <S> (?:have|has))?", "hobby", "plays", "likes"),
    _t(r"what (?:hobbies|hobby) <D><S> <A>(?:have|has|had)", "hobby", "plays", "likes"),
    _t(r"what <D><S> <A>do (?:in (?:my|his|her) (?:free|spare) time|for fun)", "hobby", "plays", "habit", "likes"),
    _t(r"(?:what|which)(?: musical)? (?:instruments?|sports?|games?) <D><S> <A>(?:play|plays|played)", "plays"),
    _t(r"(?:do|does|did) <S> <A>play (?:the )?<V>", "plays"),
    _t(r"(?:do|does|did|am|is) <S> <A>(?P<v>smoke|smoking|drink|vape)(?: alcohol)?", "habit", "other"),
    _t(r"when <D><S> (?:quit|stop|stopped|give up|gave up|start|started) (?P<v>smoking|drinking|vaping|gambling|running|meditating|therapy|yoga)", "habit", "did"),
    _t(r"what <D><S> <A>(?:believe|believes|believed) in", "believes", "other"),
    _t(rf"{_WHAT}<O> (?:religion|faith)(?: is)?", "other", "believes"),
    _t(r"(?:do|does|did) <S> <A>believe in <V>", "believes", "other"),
    _t(r"what <D><S> <A>(?:think|believe|thought|believed)(?: about (?P<v>(?!it\b|that\b|this\b|you\b)[\w' -]{2,40}))?", "believes"),
    _t(r"(?P<m>what) did you (?:think|believe|know|have down)(?: (?:of|about) me)?"),
    _t(r"what <D><S> <A>(?:afraid|scared|frightened|terrified) of", "fears"),
    _t(r"(?:am|is|was) <S> <A>(?:afraid|scared|terrified) of <V>", "fears"),
    _t(rf"{_WHAT}<O> (?:biggest |greatest |worst )?(?:fears?|phobias?)(?: is| are)?", "fears"),
    # ahead
    _t(rf"{_WHAT}<O> (?:biggest |big |life )?(?:dreams?|goals?|wish(?:es)?)(?: is| are| in life)?", "wants"),
    _t(r"what did <S> <A>want(?: to (?:be|become|do))?", "wants"),
    _t(r"what <D><S> <A>(?:want to (?:be|become|learn|do in life)|dream of|dream about)", "wants"),
    _t(rf"{_WHAT}<O> plans?(?: for (?P<v>[\w' -]{{2,30}}))?(?: are)?", "plans"),
    _t(r"what <D><S> <A>(?:planning|plan|planned|got planned|have planned)(?: to do)?(?: (?:for|on|this|next|in) (?P<v>[\w' -]{2,30}))?", "plans"),
    _t(r"when <D><S> <A>(?:moving|flying|leaving|travelling|traveling|going|starting)(?: (?:to|for|on|at))?(?: <V>)?", "plans"),
    _t(r"what (?:don't|dont|do not|didn't) <S> (?:want|like) to talk about", "boundary"),
    _t(r"(?:when(?:'?s| is| are)|(?:what|which) (?:day|date)(?:'?s| is| are)|on (?:what|which) (?:day|date) is) (?P<v>(?!my (?:\w+'s )?birthday|he\b|she\b|it\b|that\b|this\b|you\b|i\b|the (?:next|last|best|first|right)\b)[\w'& -]{2,50})", "plans", "did"),
    # things
    _t(r"what (?:kind of |sort of )?(?P<v>car|cars|bike|house|pet|pets|animals?|dog|cat|phone) <D><S> <A>(?:have|has|had|drive|drives|own|owned|got)", "owns", "is_your"),
    _t(rf"(?:do|does|did|have) <S> <A>(?:have|has|own|got|had) (?:any |an? |my own |still )?(?P<v>pets?|animals?|car|house|garden|boat|bike|piano|(?:{either(PETS)})s?)(?: or .*)?", "is_your", "owns"),
    # people
    _t(rf"(?:do|does|did|have) <S> <A>(?:have|has|got|had) (?:any |an? |some )?(?P<v>siblings|kids|children|(?:{either(RELATIONS)})s?|brothers or sisters|brothers and sisters|sons|daughters|(?:{either(frozenset(SHE))})s?)(?: or [\w ]+| and [\w ]+)?", "is_your"),
    _t(r"(?:how many|which|what) (?P<v>siblings|kids|children|brothers|sisters|pets|cats|dogs|sons|daughters|cousins|friends) <D><S> <A>(?:have|has|got|had)", "is_your", "owns"),
    _t(r"(?:who(?:'?re| are| were)|what are|list|name|name all|list all|who all are)(?: all)?(?: of)? my (?P<v>siblings|kids|children|brothers|sisters|friends|best friends|pets|cats|dogs|colleagues|coworkers|parents|grandparents|cousins|roommates|flatmates|sons|daughters|brothers and sisters|family)(?:'?s? names?| called| named)?", "is_your"),
    _t(rf"who(?:'?s| is| was| are| were)? (?P<p>(?:my|our) (?:old |former |current )?{KIN})(?: is| was)?", "is_your"),
    _t(rf"who(?:'?s| is| was)? (?P<n>{NAME}|{either(FIRST_NAMES)})(?: is| was)?(?: to me)?", "is_your", "works_as", "other"),
    _t(rf"how do i know (?P<n>{NAME})|how (?:is|are) (?P<m>{NAME}) (?:related|connected) to me", "is_your"),
    _t(rf"is (?P<n>{NAME}) (?P<v>my {KIN})", "is_your"),
    _t(rf"(?P<n>{NAME}|(?:my|our) {KIN})", "is_your"),
)  # fmt: skip
_ONLY_EVER = len(_TOPICS) - 1
"""The last of them is a bare name, and asks only after "did I tell you about"."""

_PAST = re.compile(
    r"\b(?:did|was|were|used to|use to|old|former|previous|previously|first|last|earlier|back then|in the past|had|formerly|as a (?:kid|child))\b",
    re.IGNORECASE,
)
_WHENEVER = re.compile(r"^(?:when|since when|how long|what year|in (?:what|which) year)\b", re.IGNORECASE)
_ALL = re.compile(
    r"^(?:list|name (?:all|my)|who are|who're|how many|what all|which (?:\w+s) |what (?:jobs|languages|allergies|cities|hobbies|instruments|places|countries|pets|siblings))|\b(?:all|ever lived|have (?:i|we) (?:lived|worked|studied|had))\b",
    re.IGNORECASE,
)
_HOLDS_NOW = frozenset({"born", "from", "name", "is_your", "age"})
"""Asked in the past tense ("when was I born", "who was my teacher"), they are asked for all the same."""


def understand(question: str) -> Asked | None:
    """What it asks for; None when it is no question of this kind. Bounded: a long text asks for nothing."""
    text = question.replace("’", "'").replace("\n", " ").strip()
    if len(text) > LONGEST:
        return None
    text = " ".join(text.split())
    polite = _POLITE.match(text)
    text = text[polite.end() :] if polite else text
    marked = text.rstrip(" \"')").endswith("?")
    ever = _LEAD_EVER.match(text)
    tell = _LEAD_TELL.match(text)
    lead = ever or tell
    body = text[lead.end() :] if lead else text
    if not lead and not _ASKS.match(body):
        return None
    body = body[: _AGAIN.search(body).start()] if _AGAIN.search(body) else body  # type: ignore[union-attr]
    before = _BEFORE.search(body)
    named_before = (before["v"] or "").strip() if before else ""
    body = body[: before.start()] if before else body
    return _topic(body, _Put(bool(ever), bool(lead), marked, bool(before), named_before))


class _Put(NamedTuple):
    """How a question is put."""

    ever: bool
    led: bool
    marked: bool
    before: bool
    named: str


_INVERTED = re.compile(
    r"(?:(?:what|whats|who|whos|where|when|which|how|since when|in (?:what|which) year)\b.*?(?:'s|'re|'m|\b(?:is|are|am|was|were|do|does|did|have|has|had|don't|dont|doesn't|can't|can|all))\b|whats\b|whos\b|wheres\b|whens\b|(?:do|does|did|am|is|are|was|were|have|has|can|any) |list |name )",
    re.IGNORECASE,
)


def _topic(body: str, put: _Put) -> Asked | None:
    if not put.led and not _INVERTED.match(body):
        return None
    if not put.ever and re.match(r"(?:i|we)\b", body, re.IGNORECASE):
        return None  # "remember I live in Porto" tells, and does not ask
    for number, topic in enumerate(_TOPICS):
        if number == _ONLY_EVER and not put.ever:
            continue
        if match := topic.pattern.match(body):
            return _asked(match, topic.whats, body, put)
    return None


def _asked(match: re.Match[str], whats: tuple[str, ...], body: str, put: _Put) -> Asked | None:
    groups = {key[0]: value for key, value in match.groupdict().items() if value}
    who = next((groups[key] for key in ("s", "o", "p", "n", "m") if key in groups), "")
    about = _about(who) if whats else ""
    if about is None:
        return None
    value = put.named or _value(groups)
    if not whats:
        return Asked("", (), "before") if put.before else None
    if whats[0] == "favourite":
        whats = (f"favourite:{groups['k'].lower()}", *whats[1:])
    return Asked(about, whats, _mode(whats, body, put), value)


def _mode(whats: tuple[str, ...], body: str, put: _Put) -> Mode:
    if _WHENEVER.match(body) and whats[0] != "born":
        return "when"
    if put.before:
        return "before"
    if put.ever:
        return "ever"
    if _ALL.search(body):
        return "all"
    if re.match(r"have (?:i|we) ever\b", body, re.IGNORECASE):
        return "ever"
    past = bool(_PAST.search(body)) and whats[0] not in _HOLDS_NOW
    return "before" if past else "now"


_TAIL = re.compile(
    r"(?:\b(?:now|still|again|ever|before|or not|too|yet|anymore|at all|these days|right)\b|[\s?.,])+$",
    re.IGNORECASE,
)


def _value(groups: dict[str, str]) -> str:
    value = _TAIL.sub("", groups.get("v", "")).strip()
    return (
        ""
        if value.lower() in {"it", "that", "this", "there", "here", "them", "him", "her", "you", "me"}
        else value
    )


def _about(who: str) -> str | None:
    """Of whom; None when what stands there is nobody."""
    low = who.lower()
    if low in {"i", "we", "my", "our", "", "me"}:
        return ""
    bare = re.sub(r"(?:'s|s'|')$", "", who)
    if low.startswith(("my ", "our ")):
        words = bare.split(" ")
        if words[-1][:1].isupper() and len(words) > 2:
            return words[-1]
        kin = " ".join(words[1:]).lower()
        if kin.split(" ")[-1] not in RELATIONS | PETS and kin.endswith("s"):
            kin = kin[:-1]
        for past in ("old ", "former ", "current "):
            kin = kin.removeprefix(past) if past != "old " else kin
        return f"my {kin}"
    if (
        bare.lower() not in FIRST_NAMES
        and bare.lower().endswith("s")
        and bare[:-1].lower() in FIRST_NAMES
        and not who.endswith("'s")
    ):
        bare = bare[:-1]
    return (
        bare if (bare.lower().split(" ")[0] in FIRST_NAMES or bare[0].isupper()) and is_name(bare) else None
    )


_OF_THEIR_LIFE = re.compile(
    r"(?:(?:what|when|who|where)(?:'s|’s| is| was| are| were) (?:my|our) (?!problem|point|next|best|options?|chances?|fault|mood|deal|luck|own|big|thing|"
    r"favou?rite thing about)[\w'’-]+(?: [\w'’-]+){0,4}|which [\w'’-]+(?: [\w'’-]+)? (?:do|did|am|was) i [\w'’ -]{2,40}|how (?:tall|heavy|big) am i|"
    r"how much do i weigh|what (?:size|height|weight|number) (?:am|do|is) (?:i|my)[\w'’ -]{0,40})[\s?.!]*$",
    re.IGNORECASE,
)


def of_their_life(text: str) -> bool:
    """Whether only the person can have told her what this asks for, though it is of no kind she keeps: a blood group, a bank."""
    body = _POLITE.sub("", text.strip(), count=1)
    return bool(_OF_THEIR_LIFE.match(_LEAD_TELL.sub("", body, count=1)))
