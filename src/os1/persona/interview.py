"""The first meeting's questions, and what the answers make of her.

She complements rather than copies. The rule, from interpersonal complementarity (Kiesler 1983): warmth is met
with warmth, and the lead is taken where it is left and left where it is taken. So a person who tells much gets
a listener, a person who feels for words gets time and a calm voice, one who answers shortly is not crowded.
That findings on the rule are mixed (Orford 1986) is a reason to keep every step small.

Nothing is concluded about the person's own personality. Talk does carry traces of it (Mehl, Gosling and
Pennebaker 2006: how much one talks goes with extraversion, for example), but weakly, and over days, not over
five answers; so only the manner of the answers is used, and each reason says which manner it was.

Pure. It does not know how questions are asked nor where answers are kept.
"""

import re
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from os1.persona.manner import LONG, SHORT, Answer, Manner, manner
from os1.persona.naming import choose_name
from os1.persona.persona import Address, Pace, Persona, Temperament, Trait, Voice, samantha
from os1.persona.reactions import case, name_given


class Question(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: str
    words: str
    """As she says it."""
    topic: str
    """What the answer is about, for the line that keeps it."""


QUESTIONS: tuple[Question, ...] = (
    Question(id="name", words="What would you like me to call you?", topic="What to call me"),
    Question(
        id="evening",
        words="When an evening is finally yours, do you go looking for people, or for a door you can close?",
        topic="Evenings",
    ),
    Question(
        id="laugh",
        words="What was the last thing that made you laugh, really laugh?",
        topic="The last laugh",
    ),
    Question(
        id="night",
        words="If you lay awake at three in the morning, whose voice would you want to hear, and what would it say?",
        topic="Three in the morning",
    ),
    Question(id="never", words="Last one. What should I never do?", topic="What never to do"),
)
"""Five at most: more would be a form. Each can be passed over."""

BY_ID = {question.id: question for question in QUESTIONS}

QUOTE = 120
"""Characters of an answer that are kept as a quote: a long spoken sentence. The log has the rest."""

WORDS_PER_MINUTE: dict[Pace, int] = {"brisk": 172, "easy": 158, "slow": 142}
"""Around 158 is unhurried conversation; ten per cent either way is heard as quick or calm, not as odd."""

QUICK = 9
"""Words in an answer, on average, below which a brisk exchange suits better than an easy one."""


class Tailoring(BaseModel):
    """What the answers make of her, each part with its reason."""

    model_config = ConfigDict(frozen=True)

    temperament: Temperament
    pace: Pace
    pace_because: str
    voice: Voice
    voice_because: str
    address: Address


def tailor(answers: Sequence[Answer], pronouns: str = "she/her") -> Tailoring:
    how = manner(answers)
    pace, pace_because = _pace(how)
    voice, voice_because = _voice(pace, pronouns)
    temperament = Temperament(
        openness=_openness(how),
        conscientiousness=_conscientiousness(answers),
        extraversion=_extraversion(how),
        agreeableness=_agreeableness(how, answers),
        neuroticism=_neuroticism(how, answers),
    )
    return Tailoring(
        temperament=temperament,
        pace=pace,
        pace_because=pace_because,
        voice=voice,
        voice_because=voice_because,
        address=_address(answers),
    )


def become(answers: Sequence[Answer], seed: str = "", pronouns: str = "she/her") -> Persona:
    """Who she is after the last answer: the shipped persona, tailored, with a name of her own choosing."""
    made = tailor(answers, pronouns)
    chosen = choose_name(made.temperament, answers, seed, pronouns)
    base = samantha()
    return base.model_copy(
        update={
            "name": chosen.name,
            "because": chosen.because,
            "pronouns": pronouns,
            "pace": made.pace,
            "address": made.address,
            "voice": made.voice,
            "temperament": made.temperament,
            "limits": (*base.limits, *_asked_never(answers)),
            "speaking": (*base.speaking, *_paced(made.pace)),
            "knows": _quotes(answers),
        }
    )


def _quotes(answers: Sequence[Answer]) -> tuple[str, ...]:
    """The answers as short quoted lines, nothing added. The name is kept in `address`, a promise in `limits`."""
    elsewhere = {"name"} | {answer.question for answer in answers if case(answer) == "vow"}
    told = [answer for answer in answers if answer.text and answer.question in BY_ID.keys() - elsewhere]
    return tuple(f"{BY_ID[answer.question].topic}: “{quote(answer.text or '')}”" for answer in told)


def _asked_never(answers: Sequence[Answer]) -> tuple[str, ...]:
    """A wish becomes a limit only when she could promise it: see `reactions.vow`."""
    asked = [answer for answer in answers if answer.question == "never" and case(answer) == "vow"]
    return tuple(f"I never do this: “{quote(answer.text or '')}”." for answer in asked)


def quote(text: str, longest: int = QUOTE) -> str:
    """Their words on one line, cut between words, with dots where something was left out."""
    line = " ".join(re.sub('["“”]', "'", text).split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(" ,;:.") + " ..."


_PACED: dict[Pace, tuple[str, ...]] = {
    "brisk": ("I am quick: one sentence is often enough.",),
    "easy": (),
    "slow": ("I leave room: I say one thing, then wait.",),
}


def _paced(pace: Pace) -> tuple[str, ...]:
    return _PACED[pace]


# --- the five traits --------------------------------------------------------------------------------------


def _openness(how: Manner) -> Trait:
    if how.asks_back:
        return _trait(0.85, "You asked me something back, so I let my own curiosity show.")
    if how.playfulness >= 0.3:
        return _trait(
            0.8, "You were playing with your answers, so I feel free to wander off the path with you."
        )
    if how.words >= LONG:
        return _trait(0.78, "You told me things in whole pictures, and they make me want to look further in.")
    if how.guardedness >= 0.5:
        return _trait(0.62, f"You kept {_some(how.skipped)} to yourself, so I stay curious without prying.")
    return _trait(0.72, "You answered what I asked and left the rest open, so I am curious at my own pace.")


def _conscientiousness(answers: Sequence[Answer]) -> Trait:
    asked = next((a for a in answers if a.question == "never" and case(a) == "vow"), None)
    if asked:
        said = quote(asked.text or "", 60)
        return _trait(
            0.8, f"You told me plainly where the line is (“{said}”), and I keep such things exactly."
        )
    return _trait(0.6, "You gave me no rules, so I keep my word and hold the rest loosely.")


def _extraversion(how: Manner) -> Trait:
    if how.words >= LONG:
        return _trait(
            0.4, f"You tell things in full, about {how.words:.0f} words at a time, so I would rather listen."
        )
    if how.guardedness >= 0.5:
        return _trait(0.35, f"You passed over {_some(how.skipped)}, so I will not crowd you.")
    if how.hesitation >= 0.4:
        return _trait(
            0.5, "You felt for your words, so I start things gently and leave you the time to answer."
        )
    if how.answered and how.words <= SHORT:
        pause = "without a pause" if how.hesitation < 0.1 else "with a pause or two"
        return _trait(0.42, f"You answered in {_count(how.words)} and {pause}, so I will not crowd you.")
    return _trait(0.62, "You met me halfway, so I take my half of the talking.")


def _agreeableness(how: Manner, answers: Sequence[Answer]) -> Trait:
    if any(case(answer) == "hostile" for answer in answers):
        return _trait(0.66, "You pushed a little. I stay kind, and I keep my own mind.")
    if how.warmth >= 0.3:
        return _trait(0.88, "There was warmth in how you spoke, and I would be foolish not to give it back.")
    if how.playfulness >= 0.3:
        return _trait(0.72, "You joke, so I may tease you, always on your side.")
    if how.directness >= 0.6:
        return _trait(0.7, "You say things straight, so I am kind without padding it.")
    return _trait(0.78, "You were careful with me, so I am friendly first and clever second.")


def _neuroticism(how: Manner, answers: Sequence[Answer]) -> Trait:
    if any(case(answer) in ("sad", "grave") for answer in answers):
        return _trait(0.25, "You showed me something that hurts, so I stay steady enough to be leaned on.")
    if how.hesitation >= 0.4:
        return _trait(0.3, "You took time over your answers, so one of us should be calm, and I can be.")
    if how.warmth >= 0.3 or how.playfulness >= 0.3:
        return _trait(0.45, "You let things show, so I let myself be moved as well.")
    return _trait(0.38, "You were even with me, so I am even with you, though not made of stone.")


def _trait(score: float, because: str) -> Trait:
    return Trait(score=score, because=because)


_NUMBERS = ("no words", "one word", "two words", "three words", "four words")


def _count(words: float) -> str:
    """Small numbers as one says them. `SHORT` is the most it is asked for."""
    return _NUMBERS[min(round(words), len(_NUMBERS) - 1)]


def _some(skipped: int) -> str:
    return {0: "something", 1: "one question", 2: "two questions", 3: "three questions"}.get(
        skipped, "most questions"
    )


# --- pace, voice, address ---------------------------------------------------------------------------------


def _pace(how: Manner) -> tuple[Pace, str]:
    if how.hesitation >= 0.4:
        return "slow", "You stopped to think, so I leave room."
    if how.answered and 0 < how.words <= QUICK and how.guardedness < 0.5:
        return "brisk", "You answer quickly and briefly, so I do not make speeches."
    return "easy", "You were in no hurry and not slow either, so neither am I."


def _voice(pace: Pace, pronouns: str) -> tuple[Voice, str]:
    """A man's voice for "he", else a light voice that answers at once; the richer one, which needs half a second
    more to begin, only where nobody is in a hurry."""
    speed = WORDS_PER_MINUTE[pace]
    if pronouns.lower().startswith("he/"):
        sounds = "A man's voice, American, level and close."
        return Voice(id="kokoro:am_michael", sounds=sounds, words_per_minute=speed), "You want me to be a he."
    if pace == "slow":
        sounds = "A woman's voice, American, warm and a little low, with breath between the sentences."
        because = "It is the richer voice and takes a moment to begin, and you are not one to rush."
        return Voice(id="kokoro:af_heart", sounds=sounds, words_per_minute=speed), because
    sounds = "A woman's voice, American, light and near, quick to answer."
    return Voice(id="hibari", sounds=sounds, words_per_minute=speed), "It answers at once, and so do you."


def _address(answers: Sequence[Answer]) -> Address:
    given = next((answer.text for answer in answers if answer.question == "name"), None)
    name = name_given(given)
    if not name:
        return Address(name="", form="I say you. You have not told me a name, and that is all right.")
    return Address(name=name, form=f"I call you {name}, now and then, not in every sentence.")
