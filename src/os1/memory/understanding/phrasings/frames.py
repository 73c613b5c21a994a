"""Fixed frames, whole sentences with a gap: "give me ... and I'm happy", "... is her home now", "new boss: ...".

What is told so has its subject anywhere, or none, so that no rule on subjects and verbs finds it. Each frame is one way
of speaking, and says which slot its gap fills. English; pure. It does not know who is known: whoever asks tells it.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from os1.memory.finding.wordlists import NOT_NAMES, STOP
from os1.memory.understanding import lexicon as lex
from os1.memory.understanding.cutting import Place, cut, passing
from os1.memory.understanding.lexicon import either
from os1.memory.understanding.phrasings.told import Said
from os1.memory.understanding.phrasings.work import not_employer
from os1.memory.understanding.subjects import bare_name, is_name

IsSomebody = Callable[[str], bool]
"""Whether a word, as it is written, is someone's name."""

_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = rf"(?:the )?(?P<v>(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}|{_MONTH} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?))"
_KINS = either(lex.RELATIONS | lex.PETS)
_WHO = rf"(?P<who>(?:(?:my|our) (?:(?:{either(lex.MODIFIERS)})[ -])*(?:{_KINS})(?: [\w-]+)?|[^\W\d_][\w-]*(?:(?-i: [A-Z][\w-]+))?))"
_V = r"(?P<v>(?=\S)[^.;!?()\n]{2,50}?)"
_ONE = r"(?P<v>(?=\S)[^,.;:!?()\n]{2,40}?)"
_END = r"(?= *(?:$|[.,;!?()…]|[\U0001F300-\U0001FAFF❤☺]))"
_NOW = r"(?:now|these days|from now on|at the moment|currently|again|today|this week|since \w+(?: \w+)?|as of \w+(?: \w+)?|last week|on \w+)"
_THEY = r"(?:he|she|they)"
_NAME = r"(?P<name>[^\W\d_][\w-]+)"
_FAV = r"(?:all[- ]time )?(?:fav|fave|favou?rite) (?P<kind>colou?r|food|film|movie|book|band|song|season|animal|drink|dish|author|singer|game|sport|place|city|flower|show|series|musician)"
_LOVE = r"(?:love|adore|like)s?"


COULD = re.compile(r"\bcould (?:talk|eat|go on|watch|read|listen|play|never)\b")
"""No wish, in these frames."""


class _Frame(NamedTuple):
    what: str
    pattern: re.Pattern[str]
    cut: str = "thing"
    sure: float = 0.8


def _f(what: str, pattern: str, cut_as: str = "thing", sure: float = 0.8) -> _Frame:
    for sign, part in (("<WHO>", _WHO), ("<V>", _V), ("<ONE>", _ONE), ("<END>", _END), ("<NOW>", _NOW),
                       ("<THEY>", _THEY), ("<DAY>", _DAY), ("<FAV>", _FAV), ("<NAME>", _NAME), ("<LOVE>", _LOVE)):  # fmt: skip
        pattern = pattern.replace(sign, part)
    return _Frame(what, re.compile(pattern, re.IGNORECASE), cut_as, sure)


_TO_JOB = r"(?:(?:first|second|third|last|my) (?:day|week|month|shift)|(?:day|week|month) (?:one|two|three|four|five|\d+)|\w+ (?:days|weeks|months) (?:in|into))"
FRAMES: tuple[_Frame, ...] = (
    # born
    _f("born", r"(?:on )?<DAY>(?: is|'s) (?:my|(?P<who>(?:my )?[\w-]+)'s) (?:birthday|bday)"),
    _f("born", r"<WHO>'?s? (?:birthday|bday|birth date)(?: is|'s|:|, it's| falls)? (?:actually )?(?:on )?<DAY>"),
    _f("born", r"(?:i|<WHO>) (?:was|were) born (?:on )?<DAY>"),
    _f("born", r"(?:i|<WHO>) (?:turns?|turned|will be|gets?|become|becomes) (?:\d+|a year older|older|another year older) on <DAY>"),
    _f("born", r"(?:we|you) (?:always )?celebrate <WHO>(?:'s birthday)? on <DAY>"),
    # home
    _f("lives_in", r".*?\b(?P<who>(?:(?:my|our) [\w-]+(?: [\w-]+)?|[\w-]+))'s? (?:place|flat|apartment|house|home) in <ONE>(?= (?:this|last|for|on|over|and|again|is|was|has)\b| *$|[.,!])", "place"),
    _f("lives_in", r"<WHO>(?:'s| is| has)? (?:just )?(?:rents?|renting|rented|got|bought|has|owns|found|shares|sharing) an? (?:\w+ )?(?:room|flat|house|apartment|place|studio|cottage),? (?:in|in the middle of) <ONE>(?= (?:with|of all places|and|now|near|that|above|over)\b| *$|[.,!])", "place"),
    _f("lives_in", r"(?:.*, )?<ONE>(?: is|'s) (?:my|our|(?P<they>his|her|their)) (?:new )?home(?: <NOW>| town now)?<END>", "place"),
    _f("lives_in", r"(?:.*, )?<ONE>(?: is|'s) home (?:now|these days|for now)<END>", "place"),
    _f("lives_in", r"(?:.*\b)?(?:at|back) home in <ONE><END>", "place"),
    _f("lives_in", r"(?:.*, )?(?:now |currently )?(?:living|settled|based) in <ONE>(?: <NOW>)?<END>", "place"),
    _f("lives_in", r"(?!i\b|we\b)<WHO>(?:'s| has| just| has just| finally)* (?:moved|relocated) (?:from [\w ]+ )?to <ONE>(?: (?:last|this|on|because)\b.*| <NOW>)?<END>", "place"),
    _f("lives_in", r"<WHO> (?:lives|resides|is living|is based|'s living|'s based|has settled|settled|stays) (?:\w+ )?in <ONE>(?: (?:with|and|now|since|for|these|by|near)\b.*)?<END>", "place", 0.85),
    _f("lives_in", r"(?:.*[:,] )?(?:no longer (?:living )?in|not in) [\w ]+, (?:but |i |we |i've )?(?:moved|live|living) (?:to|in) <ONE><END>", "place"),
    _f("from", r"(?:i was |i'm |i am )?(?:born and (?:raised|bred)|raised|brought up) in <ONE><END>", "place"),
    _f("from", r"(?:my|our) childhood (?:bedroom|home|house|street|room) (?:is |was )?in <ONE>(?= (?:is|was|has|got|that|and)\b| *$|[.,!])", "place"),
    _f("from", r"i (?:grew up|went to (?:primary |high )?school|spent my childhood|come from|was a child) (?:around |near )?in <ONE><END>", "place"),
    # work
    _f("works_at", r"(?:.*\b)?(?:i|we) work (?:for|at|over at) <ONE>(?= (?:now|and|as|since|these|in)\b| *$|[.,!])", "org"),
    _f("works_at", r"(?:another|one more|long|a long|a) (?:\w+ )?(?:mon|tues|wednes|thurs|fri|satur|sun)?day (?:at|of) (?!home|the beach|school|work|last)<ONE><END>", "org", 0.7),
    _f("works_at", r"(?:my|our) (?:desk|office|team|manager|boss|contract|colleagues|job|chair|badge|canteen|shift|shifts|locker) (?:at|with) <ONE>(?= (?:is|are|was|were|has|have|just|starts?|got|says?)\b| *$|[.,!])", "org"),
    _f("works_at", rf"{_TO_JOB} (?:at|with) (?!school|home|the gym|uni)<ONE>(?= (?:and|done|over|was|is|already|today|but)\b| *$|[.,!])", "org"),
    _f("works_at", r"new job[!.,: ]+ *(?:i'?m|it'?s|i work|i start(?:ed)?) (?:at|with|for) <ONE>(?: <NOW>)?<END>", "org"),
    _f("works_at", r"i(?:'m| am) (?:at|with) <ONE> now<END>", "org", 0.7),
    _f("works_at", r".*?\b(?:switched|changed) (?:jobs )?from (?P<old>[^,.;!?()]{2,40}?) to <ONE>(?: <NOW>)?<END>", "org", 0.7),
    _f("works_at", r".*?\b(?:left|quit) (?P<old>[^,.;!?()]{2,40}?)(?:,| and)(?: i'm| i am| now)* (?:working|work|am) (?:for|at|with) <ONE>(?= (?:now|since|as)\b| *$|[.,!])", "org"),
    _f("works_at", r"<WHO> (?:does|is doing) (?:something|\w+) (?:at|for) <ONE><END>", "org"),
    _f("works_at", r"(?:.*\b)?(?:picked|picking|pick|met|meeting|collect|collected) <WHO> (?:up )?(?:from|after|for lunch at) work(?:,| at)(?: the)? ?<ONE> (?=has|is|have|was|really)", "org"),
    _f("works_at", r"<WHO>(?:'s| has| just| finally)* (?:got|landed|took|started) (?:the|a|a new|that) job (?:at|with) <ONE>(?: <NOW>)?<END>", "org"),
    _f("works_at", r"<WHO>(?:'s| is| now| still)* (?:works?|working|started|got hired|joined|employed) (?:now )?(?:at|for|by) <ONE>(?= (?:now|and|as|since|these|in|this|last)\b| *$|[.,!])", "org"),
    _f("works_as", r"(?:.*\b)?(?:i|we) (?:earn|make) (?:my|a|our) (?:money|living|bread) (?:as|by being) (?P<v>an? [^,.;!?()]{2,40}?)<END>"),
    _f("works_as", r"(?:.*\b)?(?:worse|better) (?:things|jobs) than (?:being|to be) (?P<v>an? [^,.;!?()]{2,40}?)<END>"),
    _f("works_as", rf"{_TO_JOB} (?:as|of being|into being|being) (?P<v>an? [^,.;!?()]{{2,40}}?)(?= (?:and|done|over|today|but)\b| *$|[.,!])"),
    _f("works_as", r"(?:<WHO>)(?:'s| is| has| now| just| also)* (?:works?|working|started|starting|retrained|trained|got a job|got hired|hired|begun|began) as (?P<v>an? [^,.;!?()]{2,40}?)(?= (?:now|and|at|since|these|in|this|last|for|on)\b| *$|[.,!])"),
    _f("works_as", r"<WHO> (?:has|got|found|landed) a new (?:job|position|role)[!.,:]? *(?:(?:<THEY>|who) )?(?:works|working|is working|'s working|as|is|'s) (?:as )?(?P<v>an? [^,.;!?()]{2,40}?)(?= (?:now|at|since|in|this|for)\b| *$|[.,!])"),
    _f("works_as", r"<WHO> .*\bfor being (?P<v>an? [^,.;!?()]{2,40}?)<END>", sure=0.75),
    _f("works_as", r"i(?:'m| am| work as| became)(?: now)? (?P<v>an? [^,.;!?()]{2,40}?) (?:for a living|by trade|by profession)<END>"),
    # whom one likes what
    _f("likes", r"(?:.*\b)?i(?:'m| am) (?:such )?a (?:total |real |complete |big |absolute )?(?:sucker|fool) for <ONE><END>"),
    _f("likes", r"(?:just )?give me <ONE> and i(?:'m| am|'ll be| will be) (?:so |very |a )?(?:happy|content|fine|good|set|in heaven|over the moon)"),
    _f("likes", r"(?:i )?could (?:talk|go on|rant happily) (?:about|for hours about) <ONE> (?:forever|all day|all night|for hours)"),
    _f("likes", r"(?:i )?(?:can'?t|could never) (?:get enough of|say no to|live without|resist) <ONE><END>"),
    _f("likes", r"(?:there'?s )?(?:nothing|little) (?:beats|better than|makes me happier than) <ONE><END>"),
    _f("likes", r"<ONE>(?:,? they)? (?:always |really )?(?:makes?|made) my (?:day|week|heart sing)<END>"),
    _f("likes", r"you can (?:always )?make <WHO> (?:very )?happy with <ONE>(?:,|<END>)"),
    _f("likes", r"<WHO>(?:'s| is) (?:really |totally |completely )?(?:mad about|crazy about|obsessed with|into|a big fan of|fond of|a fan of) <ONE><END>"),
    _f("likes", r"<WHO> (?:really |absolutely |just )?(?:loves|adores|enjoys) (?!to\b|his\b|her\b|it\b|when\b|that\b|me\b|you\b|my\b|this\b)<ONE><END>"),
    _f("dislikes", r"(?:.*, )?<ONE> (?:drives?|driving) me (?:up the wall|mad|nuts|crazy|insane)<END>"),
    _f("dislikes", r"(?:there'?s |there is )?nothing worse than <ONE><END>"),
    _f("dislikes", r"(?:.*\b)?i(?:'ve| have)? (?:completely |totally )?(?:gone off|went off|grown sick of) <ONE>(?: completely| totally| entirely| lately)?<END>"),
    _f("dislikes", r"<ONE> (?:is|are)(?: just| really| so)? not (?:my thing|for me|my cup of tea)<END>"),
    _f("dislikes", r"i(?:'m| am) (?:really |just )?not (?:a (?:big |huge )?fan of|into|keen on) <ONE><END>"),
    _f("hobby", r"(?:.*\b)?(?:i|i'?ve|i have)?(?: just| recently| finally)? ?(?:taken|took|picked) up <ONE>(?: (?:recently|lately|again|this|last|back)\b.*)?<END>"),
    _f("hobby", r"(?:i )?(?:just )?started (?:doing )?<ONE> (?:this|last) (?:week|month|weekend|year)(?:,)? and (?:i'?m|i am) (?:hooked|in love|obsessed|loving it|addicted)"),
    _f("hobby", r"(?:i )?spent (?:the|my|all|most of) (?:\w+ )?(?:mon|tues|wednes|thurs|fri|satur|sun|week|to)?(?:day|end|evening|afternoon|morning) (?:on|doing|with) <ONE>,? as (?:always|usual|ever)<END>"),
    _f("hobby", r"(?:i )?(?:joined|in|go to|started) an? <ONE> (?:group|club|class|course|circle|society)\b"),
    _f("habit", r"(?:you know )?me,? i (?P<v>(?!'|am\b|was\b|have\b|can|will\b|would|just\b|love\b|hate\b|know\b|never\b|don'?t\b|always\b|need\b|like\b|think\b|tend\b|get\b)[^,.;!?()]{3,40}?)<END>"),
    _f("habit", r"(?:new (?:thing|habit|routine)[:,] )i (?P<v>(?!'|am\b|was\b|have\b|can|will\b|would|just\b|love\b|hate\b|live\b|work\b|know\b|think\b|report\b|feel\b|see\b|get\b)[^,.;!?()]{3,40}?) now<END>", sure=0.65),
    _f("habit", r"new (?:thing|habit|routine)[:,] (?:i )?(?P<v>[^,.;!?()]{3,40}?)(?: now)?<END>"),
    # body
    _f("has_health", rf"(?:.*\b)?(?:my|with|living with|i'?ve got|i have|this|the) (?:\w+ )?(?P<v>{either(lex.CONDITIONS)}) (?:kept|keeps|is (?:back|acting|bad|killing|flaring|playing)|acts|flared|flares|has been|got (?:worse|bad)|makes|means|is mostly|is (?:no|not) (?:joke|fun))\b"),
    _f("has_health", rf"(?:.*\b)?(?:because of|due to|thanks to|for|about|with) my (?P<v>{either(lex.CONDITIONS)})<END>"),
    _f("has_health", rf"i(?:'ve| have)(?: got)? (?P<v>{either(lex.CONDITIONS)}),? (?:so|which|and) "),
    _f("allergic_to", r"(?:.*\b)?one (?:bite|sniff|taste|crumb|spoonful|whiff) of <ONE> and (?:my|i)\b"),
    _f("allergic_to", r"<WHO> (?:got|gets|broke out in|breaks out in|came out in) (?:\w+ )?(?:hives|a rash|swollen lips|an? \w+ face) from <ONE>(?: again| today| yesterday)?(?:,|<END>)"),
    _f("allergic_to", r"(?:<WHO> |i )?can'?t (?:eat|have|touch|go near) <ONE>(?:,| because| since).*\ballerg"),
    _f("allergic_to", r"(?:.*\b)?there (?:was|were) <ONE> in (?:it|there|that)[,.] *i(?:'m| am) (?:\w+ )?allergic"),
    _f("allergic_to", r"(?:.*,) (?:i'?m |turns out i'?m )?allergic to <ONE><END>"),
    _f("allergic_to", r"<WHO>(?:'s| is) (?:\w+ )?allergic to <ONE>(?: (?:and|so|but|like|too|as)\b.*)?<END>", sure=0.85),
    _f("eats", rf"(?:.*\b)?(?:i'?m|i am|i'?ve (?:gone|turned|become)|i went|i eat|gone|turned|going) (?:fully |strictly |completely )?(?P<v>{either(lex.DIETS)})(?: (?:now|these days|since|from)\b.*)?<END>"),
    _f("eats", rf"(?:cooked|made|ordered|baked) (?:something|a|the)? ?(?P<v>{either(lex.DIETS)})\b.*\b(?:how|what) i eat"),
    _f("eats", rf"not (?:{either(lex.DIETS)}) (?:any ?more|any longer),? (?:i'm )?(?:now )?(?P<v>{either(lex.DIETS)})\b"),
    _f("speaks", rf"my (?P<v>{either(lex.LANGUAGES)}) (?:is|has (?:got|become)|gets) (?:\w+ )?(?:rusty|fluent|bad|terrible|ok|okay|good|decent|getting|better|basic|shaky|worse|broken)"),
    _f("studies", r"(?:.*[:,] )?i(?:'m| am)? ?(?:now )?(?:study|studying|started studying|switched to) (?P<v>(?!for\b|abroad|at\b|in\b|with\b|the\b|my\b|hard|here|a lot|late|this|it\b|more)[^,.;!?()\d]{3,30}?)(?= (?:now|in the evenings?|these days|part[- ]time)\b)"),
    _f("studies", r"(?:.*\b)?(?:exam|midterm|essay|paper|thesis|degree|lecture|seminar) (?:in|on) (?P<v>[^,.;!?()\d]{3,30}?)(?: (?:coming|due|tomorrow|next|on|this)\b.*)?,? .*\b(?:degree|term|studies|uni|semester)\b"),
    _f("owns", r"(?:.*\b)?i (?:own|bought(?: myself)?|inherited) (?P<v>an? (?!lot|bit|few|new (?:pair|pack)|ticket|coffee|loaf|pack|bottle|gift|present|round|drink|sandwich)[^,.;!?()]{3,30}?)(?= (?:today|now|last|and|from|for|that|which|yesterday)\b| *$|[.,!])"),
    _f("owns", r"(?:i )?picked up my <ONE> (?:today|yesterday|this morning|at last)<END>"),
    _f("owns", r"my (?P<v>(?!life|work|job|day|boss|commute|mother|father)[^,.;!?()]{3,30}?) takes? up (?:half|most|all|too much)"),
    # favourites
    _f("favourite", r"(?:.*[,.!] (?:but |and |so )?)?my <FAV>(?:'s| is| has to be| must be| will always be| became)(?: now| still)? <V>(?: <NOW>)?<END>"),
    _f("favourite", r"(?:.*\bdethroned[,.:]? )?<V>(?: is|'s|,? has become| became)(?: now| still)? my (?:new )?<FAV>(?: <NOW>| of all time| ever)?<END>"),
    _f("favourite", r"(?:i )?could (?:eat|watch|read|listen to|wear|play) <V> (?:every|all|for|over|any|again|forever).*\bmy <FAV>"),
    _f("favourite", r"<ONE>,? ?(?:obviously|definitely|of course|always|easily|no contest)?[.,!] my <FAV>(?: (?:since|forever|by far)\b.*|<END>)"),
    _f("favourite", r"(?:just )?(?:re)?(?:watched|read|rereading|rewatching|listened to|saw|seen|ate|made|ordered|cooked) <V> (?:for the|again|once more|twice).*\bmy <FAV>"),
    # people
    _f("boss", r"(?:.*\b)?(?:new|my new|our new) (?:boss|manager)(?: at work)?(?:,| is|:|'s(?: name is)?| called| named) (?:called |named )?<NAME><END>"),
    _f("boss", r"(?:.*\b)?(?:we'?ve |we |i'?ve |i )(?:got|have|finally have) a(?: new)? (?:boss|manager),? (?:called |named )?<NAME><END>"),
    _f("boss", r"(?:.*\b)?i (?:now )?(?:report|answer) to <NAME>(?: now)?<END>"),
    _f("boss", r"(?:.*\b)?<NAME>(?:'s| is) (?:my|our|the) (?:new )?(?:boss|manager)(?: (?:now|and|at)\b.*)?<END>"),
    _f("boss", r"(?:.*\b)?<NAME> (?:took|has taken|takes) over as (?:my |our |the )?(?:new )?(?:boss|manager)"),
)  # fmt: skip
"""In each, `v` is the gap, `who` the person it is about (nobody: the one who speaks), `kind` which favourite."""

_KNOWS = re.compile(
    rf"(?:\b(?:my|our) (?P<kin1>(?:(?:{either(lex.MODIFIERS)}) )*(?:{_KINS}))(?:'s name is|,|:| is called| is named| called| named) (?P<n1>[^\W\d_][\w-]+)(?=,| *$|[.!]|\)|'s| (?:is|has|was|lives|works|who)\b)"
    rf"|\b(?:my|our) (?P<kin2>(?:(?:{either(lex.MODIFIERS)}) )*(?:{_KINS})) (?P<n2>[^\W\d_][\w-]+)(?![\w-])"
    rf"|(?P<n3>[^\W\d_][\w-]+)(?: \(|, )(?:who is |who's |she's |he's )?(?:my|our|an?|the) (?P<kin3>(?:(?:{either(lex.MODIFIERS)}) )*(?:{_KINS}))(?=\)|,| *$|[.!]| (?:from|of|at|who)\b)"
    rf"|(?P<n4>[^\W\d_][\w-]+)(?:'s| is) (?:a (?:\w+ )?(?P<kin4>friend|mate|buddy|colleague|coworker|neighbour|neighbor)|(?:my|our) (?P<kin5>(?:(?:{either(lex.MODIFIERS)}) )*(?:{_KINS})))(?=,| *$|[.!]| (?:of mine|from|at|and|now|who|actually)\b)"
    r"|(?P<n5>[^\W\d_][\w-]+),? (?:from (?P<w1>work|the office|my team|next door|upstairs|downstairs|across the (?:hall|street))|(?:who|whom) (?:i|we) (?P<w2>work|share an office) with|who (?P<w3>sits|works) (?:next to|opposite|across from|with) me|at (?P<w4>work))\b"
    r"|there'?s an? (?P<n6>[^\W\d_][\w-]+) (?:at|from) (?P<w5>work|the office)\b)",
    re.IGNORECASE,
)
_NEAR_BY = ("next door", "upstairs", "downstairs", "across")
_HE_IS = re.compile(
    rf"(?:and |so )?(?:he|she)(?:'s| is) (?:my|our) (?P<kin>(?:(?:{either(lex.MODIFIERS)}) )*(?:{_KINS}))(?=,| *$|[.!])",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:(?:ugh|ah|oh|mm+|yum|well),? )?(?P<v>(?!i\b|we\b|you\b|it\b|that|this|the\b|my\b|so\b|not\b|no\b|yes\b|what)[^\W\d_][\w' -]{2,30})[.!…]*$", re.IGNORECASE)  # fmt: skip
_LOVES_IT = re.compile(
    r"(?:[^,.!?]{3,30}, )?i (?:just |really |absolutely |so )*(?P<verb>love|adore|hate|despise|loathe|can'?t stand|detest) (?:it|them|those|that stuff)\b",
    re.IGNORECASE,
)
_NO_VALUE = re.compile(
    r"(?:my|your|his|her|their|our|me|you|him|them|it|this|that|what|how|when|if|us|being|to|one|everything|nothing|someone|having|not)\b",
    re.IGNORECASE,
)
_NO_TRADE = re.compile(
    r"an? (?:\w+ )*(?:lot|bit|person|human|adult|mother|father|parent|friend|mess|idiot|kid|child|joke|loser|genius|hero|saint|angel|monster|morning|night)$",
    re.IGNORECASE,
)


def people(plain: str, start: int, end: int, somebody: IsSomebody) -> Iterator[Said]:
    """Who is who, said in passing: "a drink with my mate Ravi", "Leo, the neighbour"."""
    for match in _KNOWS.finditer(plain, start, end):
        groups = {key: value for key, value in match.groupdict().items() if value}
        name_key = next(key for key in groups if key.startswith("n"))
        name = bare_name(groups[name_key])
        told_so = name_key == "n1" and "name" in match[0].lower()
        if not (somebody(name) or (told_so and is_name(name) and name.lower() not in _KIN_WORDS)):
            continue
        kin_key = next((key for key in groups if key.startswith("kin")), "")
        if kin_key:
            yield Said("is_your", match.span(kin_key), False, 0.85, about=name)
        else:
            where = next(key for key in groups if key.startswith("w"))
            near = groups[where].lower().startswith(_NEAR_BY)
            yield Said(
                "is_your",
                match.span(where),
                False,
                0.75,
                about=name,
                reads="neighbour" if near else "colleague",
            )


_KIN_WORDS = lex.RELATIONS | lex.PETS


def that_is(plain: str, start: int, end: int) -> Place | None:
    """The relation in "she's my mother", after a sentence about someone."""
    match = _HE_IS.match(plain, start, end)
    return match.span("kin") if match else None


def taste(low: str, before: Place, start: int, end: int) -> Said | None:
    """ "Window seats. I love them." """
    named, loves = _BARE.match(low, *before), _LOVES_IT.match(low, start, end)
    if not named or not loves or len(named["v"].split()) > 4 or passing(low, named.span("v")):
        return None
    likes = loves["verb"] in ("love", "adore")
    return Said("likes" if likes else "dislikes", named.span("v"), False, 0.7)


def taste_at_once(low: str, start: int, end: int) -> Said | None:
    """ "Ugh, wet socks, I hate them." """
    comma = low.rfind(", i ", start, end)
    return taste(low, (start, comma), comma + 2, end) if comma > start else None


def facts(  # noqa: PLR0913
    plain: str, low: str, start: int, end: int, somebody: IsSomebody, they: str = ""
) -> Iterator[tuple[Said, str]]:
    """What the frames find in a sentence; with whom it is about: "" the person, a name, "my sister". `they`: whom "her"
    means there."""
    seen: set[str] = set()
    for frame in FRAMES:
        if frame.what in seen or not (match := frame.pattern.match(plain, start, end)):
            continue
        groups = match.groupdict()
        who = they if groups.get("they") else _whom(groups.get("who") or "", somebody)
        if who is None or (groups.get("they") and not they):
            continue
        if frame.what == "boss":
            if somebody(match["name"]):
                seen.add(frame.what)
                yield Said("is_your", match.span("name"), False, 0.8, about=match["name"], reads="boss"), ""
            continue
        place = _gap(frame, low, match.span("v"))
        if place and _fits(frame.what, plain[slice(*place)], somebody):
            seen.add(frame.what)
            what = f"favourite:{match['kind'].lower()}" if frame.what == "favourite" else frame.what
            yield Said(what, place, False, frame.sure, begins=frame.what not in ("born", "from")), who


_OPINION = re.compile(
    r"(?:(?P<new>(?:i(?:'ve| have)? )?changed my mind(?: about \w+)?[.,:!-]+|(?:turns out |it turns out )?i was wrong[.,:]+) *|(?:(?:imo|imho|in my opinion|honestly|if you ask me|frankly)[,:]? |i (?:really |still |firmly |honestly |do )*(?:think|believe|reckon) (?:that )?))"
    r"(?P<v>(?:(?!i\b|you\b|it\b|it'?s|he\b|she\b|they\b|this\b|that\b|the\b|my\b|our\b|a\b|an\b|there\b|not\b|so\b|about\b|today|tomorrow|everyone|someone)[\w'-]+(?: [\w'-]+){0,3}? (?:is|are|should|makes?|needs?|deserves?|ruins?|do|does|beats?|brings?|must|saves?|helps?|kills?)|we need|there(?:'s| is)) [^.;!?()]{3,80}?)(?= *(?:$|[.;!?()]))",
    re.IGNORECASE,
)


def opinions(plain: str, start: int, end: int) -> Iterator[Said]:
    """ "Imo zoos should be closed"; of things in general, and not of this day."""
    match = _OPINION.match(plain, start, end)
    if not match or passing(plain.lower(), (match.start("v") + len(match["v"].split()[0]), match.end("v"))):
        return
    first = match["v"].lower().split()[0]
    general = first not in ("we", "there") or match["new"]
    if general and not _NO_VALUE.match(match["v"]):
        yield Said("believes", match.span("v"), False, 0.7, begins=False)


def _gap(frame: _Frame, low: str, place: Place) -> Place | None:
    if frame.what in ("works_as", "born", "favourite", "habit", "studies"):
        return place
    return cut(low, *place, frame.cut)


def _fits(what: str, value: str, somebody: IsSomebody) -> bool:
    if what in ("works_as",):
        return not _NO_TRADE.match(value) and len(value.split()) <= 5
    if what == "works_at" and not_employer(value.lower()):
        return False
    if what == "lives_in" and value.lower().split()[0] in lex.NO_PLACES | NOT_NAMES | {"the", "a", "my"}:
        return False
    words = value.split()
    return len(words) <= 6 and not _NO_VALUE.match(value) and not (len(words) == 1 and somebody(value) and what in ("likes", "dislikes"))  # fmt: skip


def only_one(text: str, somebody: IsSomebody) -> str:
    """Who is named in a text, if it is one: a name or "my sister"; else nobody."""
    kin = {f"my {match[1].lower()}": match[2] for match in _SOME_KIN.finditer(text)}
    names = {
        word for word in re.findall(r"[^\W\d_][\w-]+", text) if word.lower() not in STOP and somebody(word)
    }
    names -= {text.split()[0]} if text.split() and not somebody(text.split()[0].lower()) else set[str]()
    if len(names) == 1:
        return next(iter(names))
    return next(iter(kin)) if len(kin) == 1 and not names else ""


_SOME_KIN = re.compile(
    rf"\bmy ((?:(?:{either(lex.MODIFIERS)}) )*(?:{_KINS}))( [^\W\d_][\w-]+)?", re.IGNORECASE
)


def _whom(who: str, somebody: IsSomebody) -> str | None:
    """ "" the person, a name, "my sister"; None: what stands there is nobody."""
    if not who or who.lower() in ("my", "i"):
        return ""
    words = bare_name(who.removesuffix("'")).split()
    if words[0].lower() in ("my", "our"):
        named = words[-1] if len(words) > 2 and somebody(words[-1]) else ""
        kin = " ".join(words[1:]).lower()
        return named or (f"my {kin}" if kin.split()[-1] in _KIN_WORDS else None)
    return " ".join(words) if somebody(words[0]) else None
