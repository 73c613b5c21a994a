"""A made-up life: everyday talk between a person and a companion, as many exchanges as are asked for.

Varied enough that no sentence comes twice in ten thousand, plain enough to read like someone's evenings. A few things
are told in it that are asked about later. It does not know what is measured with it.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from os1.events import Began, Happened, Heard, Met, Said
from os1.persona.persona import Persona

TALK = 10
"""Exchanges in one conversation; the next begins a day later."""
MINUTE = timedelta(minutes=1)

TOLD = (
    ("My sister Helene moved to Lisbon with her twins.", "Twins in a new city. Is she managing?"),
    ("I'm restoring an old cello, the neck was broken in two places.", "What broke it?"),
    ("Grandmother's recipe for plum cake burned with the house.", "Could you cook it from memory?"),
    ("My dog Pascal is afraid of thunder, he hides in the bath.", "A bath is a fine fortress."),
    ("I failed the driving test a third time today.", "Third time. What did they object to?"),
    ("Doctor Brandt says the knee needs another operation in spring.", "And what does the knee say?"),
    ("I have never told my father that I quit the law firm.", "What would he hear, if you did?"),
    (
        "We named the boat Marigold, because it was the first word Ida could say.",
        "Then it could have no other name.",
    ),
)
"""What is told early, and asked about in `ASKED`."""
ASKED = (
    "How did Helene like Lisbon again, did I tell you?",
    "What was broken on the cello?",
    "Do you remember what burned with grandmother's house?",
    "It thundered all night, poor Pascal.",
    "What was our boat called, and why?",
    "Who said that about my knee?",
)
SMALL_TALK = (
    "Good morning. I slept badly.",
    "What should I cook tonight? There are only eggs and an onion.",
    "I'm home.",
    "It has been raining since noon and I like it.",
    "Tell me something I don't know.",
    "I think I'm coming down with a cold.",
    "Do you ever get bored?",
    "That was a long day, my back hurts.",
    "I want to learn how to draw hands.",
    "Wait, someone is at the door.",
)
"""What hardly ever brings anything to mind."""
EVENING = (
    "Hey, it's me. I just got home and I'm still in my coat.",
    "My back hurts from sitting on the floor all afternoon.",
    "What was our boat called again, and who chose the name?",
    "I made soup with the last of the carrots, it came out too salty.",
    "Theo called and talked for an hour about his new lamp.",
    "It is thundering outside, poor Pascal is in the bath again.",
    "Do you think I should tell my father about the law firm?",
    "I can't stop thinking about what to say to him.",
    "Maybe I'll write him a letter first and call later.",
    "What was broken on the cello when it came to me?",
    "I glued the second crack today and it held for an hour.",
    "Tell me honestly, am I being a coward?",
    "The neighbours upstairs are dancing, I can hear their shoes.",
    "I miss living near the water, the mornings were so quiet there.",
    "Helene sent a picture of the twins in yellow raincoats.",
    "How many times did I fail the driving test by now?",
    "I have another lesson on Thursday, at seven in the morning.",
    "If you could see one city, which one would it be?",
    "I was thinking of baking something for Ida's birthday.",
    "Could I bake grandmother's plum cake without the recipe?",
    "I remember the smell better than anything she wrote down.",
    "My knee clicked on the stairs, twice.",
    "When did doctor Brandt want to operate on it?",
    "I don't want to be in a hospital in spring.",
    "Say something kind, please.",
    "I found a photograph of the old house behind the stove.",
    "There is a dog in it that I don't recognise at all.",
    "What would you like to know about me that I haven't told you?",
    "That's a good question, give me until tomorrow for it.",
    "I'm going to bed now, the candle is almost gone.",
)
"""One long talk, as it is typed. Some of it brings memories to mind."""
COMING_IN = (
    "I'm back.",
    "Good evening, it's me again.",
    "Are you there?",
    "Hi! I forgot to tell you something.",
    "Back again, the tea is ready now.",
)
"""What someone says as soon as the page is there."""


def each(words: str, between: str = " ") -> list[str]:
    return words.split(between)


PEOPLE = each("Ana Theo Rita Marta Omar Lena Jonas Priya Sven Chiara Kofi Ingrid Pavel Noor Emil Dora")
PLACES = each(
    "the market,the office,the river,the old station,the library,the harbour,the clinic,the roof", ","
)
THINGS = each(
    "letter lamp bicycle kitchen photograph window book camera loaf song blanket ticket clock garden piano kettle "
    "coat chair map suitcase violin drawer candle umbrella radio mirror stove fence ladder parcel"
)
KINDS = each(
    "old blue broken borrowed tiny wooden forgotten loud new expensive cold bright strange heavy crooked"
)
DEEDS = each("found lost mended sold hid painted borrowed dropped carried wrapped photographed cleaned")
MOODS = each("tired calm restless proud lonely cheerful worried relieved angry hopeful empty light")
TIMES = each(
    "this morning,last night,on the way home,before breakfast,after work,on Sunday,at noon,by accident", ","
)

SAID_BY_PERSON = (
    "I saw {p} at {w} {t}, with the {k} {o} under one arm.",
    "{p} {d} my {k} {o} {t} and never said a word about it.",
    "I couldn't sleep. I kept thinking about {p} and the {k} {o} we {d} at {w}.",
    "Work was {m2}. {p} wants the report about {w} by Friday, and I left it beside the {o}.",
    "I feel {m}, and I don't know why. Maybe it's {p}, maybe it's {w}.",
    "Guess what I {d} {t}: a {k} {o}, behind {w}!",
    "Do you think I should give {p} the {k} {o}?",
    "I'll call {p} tomorrow about the {o}.",
    "We ate at {w}, {p} and I, and talked about the {k} {o} until they closed.",
    "The {o} is {k} again. I {d} it {t}, and now I'm {m}.",
    "Nothing much {t}. I {d} a {o}. I was {m} for an hour and then I wasn't.",
    "{p} asked me whether I'm {m}. I said the {k} {o} at {w} had more feelings than I do.",
)  # fmt: skip
SAID_BY_HER = (
    "A {k} {o}. What did {p} say to that?",
    "That sounds {m}. Or was it only the end of the day?",
    "I keep seeing the {o} at {w}. Was it as {k} as you make it?",
    "{p} again. You speak of {p} differently lately.",
    "Tell me about {w}, the part you left out.",
    "I'd have {d} it too, I think. {t}, of all times.",
    "You sound {m}. I'm listening.",
)


def made_up(forms: Sequence[str], chance: random.Random) -> str:
    words = {
        "p": PEOPLE, "w": PLACES, "o": THINGS, "k": KINDS, "d": DEEDS, "m": MOODS, "m2": MOODS, "t": TIMES
    }  # fmt: skip
    return chance.choice(forms).format(**{name: chance.choice(some) for name, some in words.items()})


def exchanges(many: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    """What the person said, and what she answered. What is told in `TOLD` lies near the beginning."""
    for number in range(many):
        place, odd = divmod(number, 3)
        if odd == 1 and place < len(TOLD):
            yield TOLD[place]
        else:
            yield made_up(SAID_BY_PERSON, chance), made_up(SAID_BY_HER, chance)


def log(many: int, persona: Persona, ends: datetime, seed: int = 8316) -> list[Happened]:
    """The whole log of so many exchanges, a conversation a day, the last of them a day before `ends`."""
    chance = random.Random(seed)
    begins = ends - timedelta(days=many // TALK + 2)
    met = Met(persona=persona.model_dump(mode="json"), why="shipped")
    log = [
        Happened(seq=1, at=begins, event=Began(how="shipped")),
        Happened(seq=2, at=begins, event=Said(text="Hello. I'm here.", reply=1)),
        Happened(seq=3, at=begins, event=met),
    ]
    for number, (asked, answered) in enumerate(exchanges(many, chance)):
        at = begins + timedelta(days=1 + number // TALK) + number % TALK * MINUTE
        heard = len(log) + 1
        log.append(Happened(seq=heard, at=at, event=Heard(text=asked, seconds=6.0)))
        log.append(Happened(seq=heard + 1, at=at + MINUTE / 4, event=Said(text=answered, reply=heard)))
    return log


def noon(now: datetime) -> datetime:
    """The hour does not matter to what is measured, as long as it is the same one."""
    return now.astimezone(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
