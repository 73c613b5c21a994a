"""The few hundred English words that recall treats apart: too common, too polite, irregular, of the calendar.

Tables only. It does not know what is done with them: `words` and `when` do.
"""


def _each(words: str) -> frozenset[str]:
    return frozenset(words.split())


STOP = _each(
    """a about above after again all also am an and any anyone anything are aren as at be because been before being
    both but by can cannot could couldn d did didn do does doesn doing don down during each either else even ever
    every few for from get gets getting go goes going gonna got had hadn has hasn have haven having he her here
    hers herself him himself his how i if in into is isn it its itself just let ll m many may maybe me might mine
    more most much must my myself neither no nor not now of off oh ok okay on once one only onto or other our ours
    out over own per quite rather re really s same say says said shall she should shouldn so some someone something
    still such t than that the their theirs them themselves then there these they thing things this those though
    through to too until up upon us ve very was wasn we well were weren what when where which while who whom whose
    why will with won would wouldn yeah yes yet you your yours yourself"""
)
"""Words that every second sentence has: they tell no memory from another, and their postings would be the longest."""

SMALL_TALK = _each(
    """afternoon alright awake aw bed bit bored bye cool course cute day evening exhausted feel feeling fine glad
    good goodbye goodnight great guess haha happy hello hey hi hmm hope hungry know later like lol long look love
    lovely mean mood morning nice night please pretty sad see sleep sleepy soon sorry sound sounds sure talk thank
    thanks think tired today tomorrow tonight true want way welcome wow yep"""
)
"""Words of greeting and passing mood. They are searched for, but alone they are no reason to think of anything."""

ASKED_FOR = _each("date happen happened kind name place sort time type")
"""Nouns of asking: "my dog's name" is about the dog."""

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
COUNTED = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
NOT_NAMES = frozenset([*MONTHS, *WEEKDAYS, "i", "god", "ok", "okay"])
"""Written with a capital, but nobody."""

IRREGULAR = {
    spelled: plain
    for plain, spellings in {
        "begin": "began begun", "break": "broke broken", "bring": "brought", "build": "built", "buy": "bought",
        "catch": "caught", "child": "children kid kids", "choose": "chose chosen", "come": "came",
        "die": "died dying", "draw": "drew drawn", "drink": "drank drunk", "drive": "drove driven", "eat": "ate eaten",
        "fall": "fell fallen", "father": "dad daddy papa", "find": "found", "fly": "flew flown",
        "forget": "forgot forgotten", "give": "gave given", "grow": "grew grown", "hear": "heard", "hold": "held",
        "keep": "kept", "know": "knew known", "lead": "led", "leave": "left", "lie": "lying", "lose": "lost",
        "make": "made", "man": "men", "marry": "married", "meet": "met", "mother": "mom mum mama mommy mummy",
        "pay": "paid", "person": "people", "ride": "rode ridden", "run": "ran", "see": "saw seen", "sell": "sold",
        "send": "sent", "sing": "sang sung", "sleep": "slept", "speak": "spoke spoken", "spend": "spent",
        "stand": "stood", "steal": "stole stolen", "study": "studied", "swim": "swam swum", "take": "took taken",
        "teach": "taught", "tell": "told", "think": "thought", "throw": "threw thrown", "try": "tried",
        "wear": "wore worn", "win": "won", "woman": "women", "write": "wrote written",
    }.items()
    for spelled in spellings.split()
}  # fmt: skip
"""The words of daily life that change in the middle. Asked "when did I buy", she must find "I bought"."""

TIMES = _each(
    """yesterday today tonight tomorrow last ago next since recently just morning night day days week weeks weekend
    month months year years monday tuesday wednesday thursday friday saturday sunday"""
).union(MONTHS)
"""Words by which a turn says when something happens; years do too."""
