"""Whether words, as ears wrote them down, look like something whole: signs, each 0 or 1, and no verdict.

The last words say most: nobody stops for good at "about", "because" or "my". Punctuation says little, since ears end
almost everything with a full stop; only its absence, a comma, dots and a question mark are worth something. It knows
English by its commonest few hundred words and parses nothing: "I saw her duck" is beyond it, and so is any other
language, in which it sees hardly any sign at all.
"""

import re
from typing import NamedTuple

WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)*")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FILLERS = _set("um uh er erm hmm mm mmm ah eh uhm umm")
JOINERS = _set(
    "and but or because cause if unless although though whether than while whereas plus nor except since like until"
)
"""Join what was said to what comes."""
DETERMINERS = _set("a an the my your our their every its")
PREPOSITIONS = _set(
    "of to for with about at from into onto by in on under near without between among behind beside against toward "
    "towards during through across around over via upon within beyond after before"
)
PARTICLES = _set(
    "in on over around through after before by under near across behind up down out off away back"
)
"""May end a sentence where a verb takes them along: "come in", "the party's over"."""
COPULAS = _set(
    "is are was were am be been being i'm he's she's it's that's there's what's we're they're you're who's"
)
AUXILIARIES = _set(
    "can could will would shall should may might must do does did have has had isn't aren't wasn't weren't can't "
    "couldn't won't wouldn't shouldn't don't doesn't didn't haven't hasn't hadn't i'll you'll he'll she'll we'll they'll "
    "it'll i'd you'd he'd she'd we'd they'd i've you've we've they've gonna wanna gotta"
)
SUBJECTS = _set("i he she we they who whoever")
"""Do what a verb says, and it has not come yet."""
PRONOUNS = SUBJECTS | _set("you it this that there someone somebody everyone everybody nobody people")
DEGREES = _set(
    "very really such quite rather kinda sorta just even almost nearly pretty too so not never always ever only"
)
EMPHATIC = _set("really too so not just even never always")
"""Also end sentences: "not really", "I think so"."""
WANTING = _set(
    "want wants need needs said say says tell tells telling keep keeps put puts bring brings make makes seem seems "
    "feel feels sounds mean means called became become believe find prefer enjoy getting trying going wanted told been "
    "gave give let buy bought took"
)
"""Verbs that mostly want something after them."""
SAYING = _set(
    "think thinks thought know knows knew say says said tell told believe hope wish feel afraid sure glad her him me "
    "them you us promised heard remember realised realized decided so is was"
)
"""Before a "that" which opens a clause, rather than standing for a thing."""
QUESTIONS = _set("what who where when why how which whose what's who's where's how's when's whom")
ASKING = _set(
    "is are was were am do does did can could will would shall should may might must have has had isn't aren't wasn't "
    "don't doesn't didn't can't couldn't won't wouldn't shouldn't haven't hasn't"
)
SUBORDINATORS = _set("if when after before since because although while until unless once as")
STARTERS = _set("so well but and or okay oh yeah like then hey")
"""May stand before anything, and change nothing."""
MEASURES = _set("long much many far often old late soon big high fast hard bad well good")
"""After "how": what is asked for has not come yet, where a question lies within another."""
REACHING = _set("what who which where that one someone somebody thing man woman place no to street song book")
"""Words a preposition at the end may reach back to."""
LEAD_INS = _set(
    "so well but and or okay ok right anyway honestly actually basically you know i mean see look listen also then now "
    "like yeah oh hmm hold on let me think because"
)
"""An utterance of nothing but these has not begun yet."""
FRAMES = _set(
    "yesterday today tomorrow tonight last this next night morning evening afternoon week month year summer winter "
    "spring autumn fall weekend on in at the monday tuesday wednesday thursday friday saturday sunday ago days weeks "
    "months years one two three ten once sometimes usually mostly lately recently maybe perhaps still a few"
)
"""When, and nothing that happened."""
WHOLE = frozenset([
    "yes", "no", "yeah", "yep", "nope", "nah", "sure", "okay", "ok", "of course", "not really", "not yet",
    "not at all", "thank you", "thanks", "thanks a lot", "thank you so much", "maybe", "maybe later", "never",
    "never mind", "always", "sometimes", "absolutely", "exactly", "definitely", "probably", "probably not",
    "i think so", "i guess so", "i don't know", "i don't care", "i don't think so", "i'm not sure",
    "i have no idea", "no idea", "hello", "hi", "hey", "hello there", "hi there", "good morning", "good evening",
    "good night", "goodbye", "bye", "see you", "see you tomorrow", "see you later", "talk to you later", "please",
    "yes please", "no thanks", "no thank you", "sorry", "me too", "me neither", "i see", "right", "all right",
    "go on", "go ahead", "wait", "stop", "i do", "i don't", "i did", "i am", "i'm not", "it is", "it does",
    "i can't", "i know", "i know i know", "wow", "cool", "nice", "great", "good", "fine", "really", "seriously",
    "what", "why", "when", "how", "who", "where",
])  # fmt: skip
"""Short, and all there is to say."""
COMMANDS = _set(
    "tell play give let let's wish remind turn read wake don't describe cheer sing stop show help call wait sleep talk "
    "open close set start find make write explain say ask look try never come take go be put repeat"
)
VERBS = (
    COPULAS
    | AUXILIARIES
    | WANTING
    | _set(
        "think thought know knew go went come came see saw get got made like love hate hope wish left lost met ran sat "
        "stood told wrote read live work works help talk stay eat ate sleep slept fell felt heard keep kept broke drove "
        "quit wonder remember forget forgot spent taught let's thank that's spoke speak hurt hurts cost costs depends looks "
        "helps works plays speaks lives moved died gets goes comes takes hates loves likes wants remembers"
    )
)
THINGS_TO_END = _set(
    "it me him us them you here there home anymore anyway though yet already again now too either"
)
"""Words after which a clause seldom goes on without a new start."""


class Words(NamedTuple):
    """Each 0 or 1, but the last."""

    filler: float
    joiner: float
    determiner: float
    preposition: float
    stranded: float
    """Ends in a preposition whose thing came before it: "the one I was talking about"."""
    copula: float
    auxiliary: float
    subject: float
    degree: float
    wanting: float
    """Ends in a verb that wants something, or as "I wanted to ask you" does."""
    opens_that: float
    bare_start: float
    """Nothing but "well", "so", "you know"."""
    frame: float
    """Nothing but a time or a place."""
    subordinate: float
    """Begins with "when", "if" ... and no main clause follows."""
    hanging_topic: float
    """Ends as "the thing is" does: "is" with its sentence before it."""
    ends_asking: float
    """Ends in the word that opens an inner question: "do you know what"."""
    no_verb: float
    listing: float
    """A list whose last item, the one with "and", has not come."""
    question: float
    tag: float
    """"..., isn't it?"."""
    whole: float
    """One of the short things that need no more."""
    answer: float
    """Short and without a verb, after a question of hers."""
    command: float
    settled: float
    """Ends in a word like "it", "there", "again"."""
    mark_question: float
    mark_open: float
    """Ears wrote a comma, dots or a dash at the end; or nothing, which to them is as good as a stop after a "yes"."""
    whole_question: float
    """A question that nothing is missing from."""
    length: float
    """Words, from 0 to 1 at six and above: beyond that their number says nothing more."""


def words_of(text: str) -> list[str]:
    return WORD.findall(text.lower().replace("’", "'"))


def look(text: str, asked: bool) -> Words:
    """`asked`: her own last words were a question."""
    sentence = _last_sentence(text)
    words = words_of(sentence)
    everything = words_of(text)
    ending = _ending(words, asked)
    opening = _opening(words, sentence, asked)
    verb = _has_verb(words)
    whole = " ".join(words) in WHOLE or " ".join(_without_fillers(words)) in WHOLE
    question = opening["question"]
    noun_answer = asked and not verb and not opening["bare_start"] and 0 < len(words) <= 6
    return Words(
        **ending,
        **opening,
        no_verb=float(not verb and not whole and not noun_answer and not question),
        listing=float(_listing(sentence)),
        tag=float(_tag(words)),
        whole=float(whole),
        answer=float(noun_answer),
        command=float(bool(words) and words[0] in COMMANDS and len(words) > 1),
        settled=float(bool(words) and words[-1] in THINGS_TO_END),
        mark_question=float(text.rstrip().endswith("?")),
        whole_question=float(
            bool(question) and len(words) > 2 and not any(ending.values()) and text.rstrip().endswith("?")
        ),
        mark_open=float(
            text.rstrip().endswith(("...", "…", ",", "-", "—", ":"))
            or (not whole and text.rstrip()[-1:].isalnum())
        ),
        length=min(len(everything), 6) / 6,
    )


def _last_sentence(text: str) -> str:
    """Ears put full stops where someone hesitates: a scrap after one is not a sentence of its own."""
    parts = [part for part in re.split(r"(?<=[.!?])\s+", text.strip()) if WORD.search(part.lower())]
    return parts[-1] if parts else ""


def _without_fillers(words: list[str]) -> list[str]:
    return [word for word in words if word not in FILLERS]


def _is_verb(word: str) -> bool:
    return (
        word in VERBS
        or (len(word) > 3 and word.endswith("ed"))
        or (len(word) > 4 and word.endswith("ing"))
        or word.endswith(("n't", "'ve", "'ll", "'d", "'m", "'re"))
    )


def _has_verb(words: list[str]) -> bool:
    """A verb we know, or anything at all after "I", "she", "they"."""
    after_subject = any(word in SUBJECTS or word == "you" for word in words[:-1])
    return (
        after_subject or any(_is_verb(word) for word in words) or (words[:1] != [] and words[0] in COMMANDS)
    )


def _ending(words: list[str], asked: bool) -> dict[str, float]:
    last = words[-1] if words else ""
    before = words[:-1]
    previous = before[-1] if before else ""
    echo = _echoes(words, asked)
    topic = (
        last in {"is", "was"}
        and len(words) > 2
        and previous not in PRONOUNS
        and not QUESTIONS & set(words[1:])
    )
    preposition = last in PREPOSITIONS
    stranded = preposition and (last in PARTICLES or bool(REACHING & set(before)))
    signs = {
        "filler": last in FILLERS,
        "joiner": last in JOINERS,
        "determiner": len(words) > 1
        and (last in DETERMINERS or (last in {"those", "these"} and previous == "of")),
        "preposition": preposition and not stranded,
        "stranded": stranded,
        "copula": last in COPULAS and not topic and not echo and not QUESTIONS & set(before),
        "auxiliary": last in AUXILIARIES
        and not echo
        and previous not in {"to", "who", "what"}
        and not (last in {"have", "do"} and ASKING & set(before)),
        "subject": last in SUBJECTS,
        "degree": last in DEGREES and not (last in EMPHATIC and len(words) <= 3),
        "wanting": (last in WANTING and not QUESTIONS & set(words[-5:-1]) and previous not in {"to", "not"})
        or _announces(words),
        "opens_that": last == "that" and previous in SAYING and not _asks(words),
        "hanging_topic": topic,
        "ends_asking": (last in QUESTIONS and len(words) > 2 and not (previous == "know" and words[0] == "i"))
        or (last in MEASURES and previous == "how" and len(words) > 3),
    }
    return {name: float(value) for name, value in signs.items()}


def _announces(words: list[str]) -> bool:
    """ "I wanted to ask you": and what it is comes now, unless it was named before."""
    return (
        words[-1:] == ["you"]
        and words[-2:-1] in (["ask"], ["tell"])
        and not (REACHING | QUESTIONS) & set(words[:-2]) - {"to"}
        and not _asks(words)
    )


def _echoes(words: list[str], asked: bool) -> bool:
    """ "Yes, I do.", "... so I did": a verb that stands for one already said."""
    if len(words) < 2 or words[-1] not in AUXILIARIES | COPULAS or words[-2] not in PRONOUNS:
        return False
    return (
        (asked and len(words) <= 4)
        or words[0] in {"yes", "no", "yeah", "nope", "sure"}
        or words[-3:-2] == ["so"]
    )


def _kept(words: list[str]) -> list[str]:
    kept = _without_fillers(words)
    while kept and kept[0] in STARTERS:
        kept = kept[1:]
    return kept


def _asks(words: list[str]) -> bool:
    first, second = (*_kept(words), "", "")[:2]
    wondering = first in QUESTIONS and not (first in {"when", "what", "who"} and second in PRONOUNS)
    return wondering or (first in ASKING and second != "")


def _opening(words: list[str], sentence: str, asked: bool) -> dict[str, float]:
    kept = _kept(words)
    asks = _asks(words)
    bare = (not kept or all(word in LEAD_INS for word in words)) and " ".join(words) not in WHOLE
    answered = asked and kept[:1] == ["because"]
    subjects = sum(word.split("'")[0] in PRONOUNS for word in kept[:-1])
    under = kept[:1] != [] and kept[0] in SUBORDINATORS and not asks and not answered
    return {
        "question": float(asks),
        "bare_start": float(bare),
        "frame": float(not asked and bool(kept) and not bare and all(word in FRAMES for word in kept)),
        "subordinate": float(under and "," not in sentence.rstrip(" .,") and subjects < 2),
    }


def _listing(sentence: str) -> bool:
    """ "Eggs, milk" is still going; "eggs, milk and flour" is not."""
    parts = [words_of(part) for part in sentence.split(",")]
    if len(parts) < 2 or not parts[-1]:
        return False
    last = parts[-1]
    if last[0] == "please" or last == parts[-2] or (parts[-2] and parts[-2][-1] in FILLERS):
        return False
    closed = any(word in {"and", "or"} for word in last)
    return (
        len(last) <= 2
        and not closed
        and not any(_is_verb(word) or word in PRONOUNS for word in last)
        and len(words_of(sentence)) > 3
    )


def _tag(words: list[str]) -> bool:
    return len(words) > 3 and words[-1] in PRONOUNS and words[-2] in ASKING and words[-2].endswith("n't")
