"""A made-up life, as it would be in her file after eleven months: what Nora told Samantha, what was learned from it, the
chapters it became. For the tests of Our story, and for looking at it."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from os1.events import (
    Began,
    Brought,
    Chaptered,
    Dated,
    Event,
    Heard,
    Learned,
    Met,
    Said,
    Span,
)
from os1.memory.by_sentence import sentences
from os1.persona.persona import samantha
from os1.store.sqlite import SQLiteStore

Drawn = tuple[str, str, str] | tuple[str, str, str, dict[str, Any]]
"""Whom it is about, what, the value; and how."""


@dataclass(frozen=True)
class Line:
    at: str
    who: str
    text: str
    drawn: list[Drawn] = field(default_factory=list[Drawn])
    recalls: list[str] = field(default_factory=list[str])
    """Of hers: beginnings of the lines that were in mind."""


def month(year: int, number: int) -> dict[str, Any]:
    return {"since": Dated(day=date(year, number, 1), precision="month")}


def year(number: int) -> dict[str, Any]:
    return {"since": Dated(day=date(number, 1, 1), precision="year")}


TODAY = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
"""So that there is something that was learned today."""


BROUGHT = [
    Line(
        "2019-07-14 22:40",
        "diary",
        "Grandmother Celeste taught me the almond cake today, and how to tell by the smell when it is done. She says recipes are letters.",
        [
            (
                "Celeste",
                "is_your",
                "grandmother",
                {"by": "brain", "sure": 0.86, "quote": "Grandmother Celeste taught"},
            ),
            (
                "Celeste",
                "did",
                "taught you the almond cake",
                {"by": "brain", "sure": 0.8, "quote": "Grandmother Celeste taught"},
            ),
            ("Celeste", "believes", "recipes are letters", {"by": "brain", "sure": 0.7}),
        ],
    ),
    Line(
        "2024-11-02 09:12",
        "chatgpt",
        "I work as a bookbinder's assistant and I want a workshop of my own one day.",
        [
            ("", "works_as", "a bookbinder’s assistant", {"by": "brain", "sure": 0.75, "quote": "I work as"}),
            ("", "wants", "a workshop of your own", {"by": "brain", "sure": 0.78, "quote": "I work as"}),
        ],
    ),
]

TALK = [
    Line("2026-01-05 20:02", "she", "Hello. I'm Samantha. What would you like me to know first?"),
    Line(
        "2026-01-05 20:04",
        "you",
        "I'm Nora. I was born in Évora but I live in Lisbon, up in Graça, on the fourth floor without a lift.",
        [
            ("", "name", "Nora", {"sure": 0.97}),
            ("", "from", "Évora", {"sure": 0.8}),
            ("", "lives_in", "Lisbon", year(2015) | {"sure": 0.92}),
        ],
    ),
    Line(
        "2026-01-05 20:05",
        "she",
        "Four flights. Then you arrive everywhere out of breath. What do you do up there?",
    ),
    Line(
        "2026-01-05 20:07",
        "you",
        "I restore old books. I live with my partner Teo and a cat called Miso who hates the bookbinding glue.",
        [
            ("", "works_as", "a book restorer", year(2025) | {"sure": 0.85, "quote": "I restore"}),
            ("Teo", "is_your", "partner", {"sure": 0.93}),
            ("", "lives_with", "Teo and Miso", {"sure": 0.82, "quote": "I live with"}),
            ("Miso", "is_your", "cat", {"sure": 0.9}),
            ("Miso", "dislikes", "bookbinding glue", {"sure": 0.77}),
        ],
    ),
    Line(
        "2026-01-19 07:48",
        "you",
        "Before you suggest breakfast places: I'm allergic to hazelnuts, properly allergic, ambulance allergic. And I'm vegetarian since school.",
        [
            ("", "allergic_to", "hazelnuts", {"sure": 0.98}),
            ("", "eats", "vegetarian", {"sure": 0.9}),
        ],
    ),
    Line("2026-01-19 07:49", "she", "Hazelnuts are off every table I set. Do you carry something for it?"),
    Line(
        "2026-01-19 07:51",
        "you",
        "I carry a pen in the green bag. Otherwise it's only coffee keeping me alive, black, no sugar. I get migraines when a storm comes.",
        [
            (
                "",
                "takes",
                "an adrenaline pen, in the green bag",
                {"by": "brain", "sure": 0.72, "quote": "I carry"},
            ),
            ("", "likes", "black coffee, no sugar", {"sure": 0.84, "quote": "Otherwise"}),
            ("", "has_health", "migraines when a storm comes", {"sure": 0.8, "quote": "I get"}),
        ],
    ),
    Line(
        "2026-01-31 22:15",
        "you",
        "My sister Inês called from Porto. She's pregnant! She is a nurse, she'll know more than the doctors. I'm going to be an aunt in June.",
        [
            ("Inês", "is_your", "sister", {"sure": 0.95}),
            ("Inês", "lives_in", "Porto", {"sure": 0.82}),
            ("Inês", "works_as", "a nurse", {"sure": 0.9}),
            (
                "Inês",
                "status",
                "pregnant",
                {"sure": 0.85, "over": True, "until": Dated(day=date(2026, 6, 11))},
            ),
        ],
    ),
    Line("2026-01-31 22:16", "she", "An aunt in June. How did your face look when she said it?"),
    Line(
        "2026-02-09 18:30",
        "you",
        "We did it: we moved to Porto. Boxes everywhere. From the kitchen you can see the river if you lean out dangerously.",
        [
            ("", "lives_in", "Porto", month(2026, 2) | {"sure": 0.96}),
            (
                "",
                "owns",
                "a kitchen from which you can see the river",
                {"by": "brain", "sure": 0.55, "quote": "From the kitchen"},
            ),
        ],
    ),
    Line("2026-02-09 18:31", "she", "Then it's your city and Inês's now. What did you unpack first?"),
    Line(
        "2026-02-09 18:34",
        "you",
        "The sewing frame, obviously. And grandmother's cake tin. My favourite smell is old paper and almonds, I think it's the same smell.",
        [
            ("", "favourite:smell", "old paper and almonds", {"sure": 0.87}),
            ("", "owns", "your grandmother’s cake tin", {"sure": 0.8, "quote": "And grandmother's"}),
        ],
    ),
    Line(
        "2026-03-02 21:05",
        "you",
        "First day at the municipal library! I work at the Biblioteca do Porto now, in the basement with the water-damaged ones. Duarte is my boss, he hums fado all day.",
        [
            ("", "works_at", "the Biblioteca do Porto", month(2026, 3) | {"sure": 0.95}),
            ("Duarte", "is_your", "boss", {"sure": 0.9}),
            ("Duarte", "habit", "hum fado all day", {"sure": 0.8, "quote": "Duarte is"}),
        ],
    ),
    Line(
        "2026-03-02 21:06",
        "she",
        "A basement full of half-drowned books and a man who hums. I'd read that novel.",
    ),
    Line(
        "2026-03-14 16:20",
        "you",
        "I'm learning the guitar, badly. Miso leaves the room. And on Sundays I swim in the sea even when it is stupid.",
        [
            ("", "learns", "the guitar", {"sure": 0.88}),
            ("", "habit", "swim in the sea on Sundays", {"sure": 0.86, "quote": "And on Sundays"}),
        ],
    ),
    Line(
        "2026-03-29 23:10",
        "you",
        "I'd rather not talk about my father. Not now. Ask me about anything else.",
        [("", "boundary", "your father", {"sure": 0.97, "quote": "my father"})],
    ),
    Line("2026-03-29 23:10", "she", "Then we leave that where it is. Tell me what the sea was like."),
    Line(
        "2026-04-17 19:00",
        "you",
        "My friend Amira is moving here too, for the architecture school. She plays the oud. We met in Beirut when I studied paper conservation.",
        [
            ("Amira", "is_your", "friend", {"sure": 0.92}),
            ("Amira", "studies", "architecture", {"sure": 0.75, "quote": "My friend Amira"}),
            ("Amira", "plays", "the oud", {"sure": 0.85, "quote": "She plays"}),
            ("", "studies", "paper conservation", {"over": True, "sure": 0.8}),
            ("", "did", "met Amira in Beirut", {"by": "brain", "sure": 0.76, "quote": "We met"}),
        ],
    ),
    Line(
        "2026-05-08 08:12",
        "you",
        "I'm 34 today and I've decided to be brave about the workshop. I plan to rent the ground floor in Rua das Flores by autumn.",
        [
            ("", "age", "34", {"sure": 0.95}),
            ("", "born", "8 May 1992", {"by": "brain", "sure": 0.68, "quote": "I'm 34"}),
            ("", "plans", "to rent the ground floor in Rua das Flores by autumn", {"sure": 0.88}),
        ],
    ),
    Line(
        "2026-05-08 08:13",
        "she",
        "Happy birthday, Nora. Brave looks good on you. What would the first sign above the door say?",
    ),
    Line(
        "2026-06-11 05:40",
        "you",
        "She's here. Inês had a girl, her name is Clara, my niece Clara, three kilos and furious. I cried in a taxi.",
        [
            ("Clara", "is_your", "niece", month(2026, 6) | {"sure": 0.97}),
            ("Clara", "born", "11 June 2026", {"by": "brain", "sure": 0.83, "quote": "Inês had"}),
            ("Inês", "did", "had a girl, Clara", {"sure": 0.9, "quote": "Inês had"}),
            (
                "",
                "did",
                "cried in a taxi when Clara was born",
                {"by": "brain", "sure": 0.66, "quote": "I cried"},
            ),
        ],
    ),
    Line(
        "2026-06-11 05:41", "she", "Three kilos and furious: she sounds ready. Go and hold her. I'll be here."
    ),
    Line(
        "2026-07-03 20:45",
        "you",
        "I hate beach umbrellas and people who narrate the weather. I love thunderstorms though, from inside, which is unfair given the migraines.",
        [
            ("", "dislikes", "beach umbrellas", {"sure": 0.83}),
            ("", "dislikes", "people who narrate the weather", {"sure": 0.8}),
            ("", "likes", "thunderstorms, from inside", {"sure": 0.85, "quote": "I love"}),
        ],
    ),
    Line(
        "2026-07-21 13:30",
        "you",
        "Teo got the job at the observatory! He works as a programmer there from September. He is afraid of heights, an observatory on a hill, imagine.",
        [
            ("Teo", "works_as", "a programmer", month(2026, 9) | {"sure": 0.9}),
            ("Teo", "works_at", "the observatory", month(2026, 9) | {"sure": 0.9, "quote": "Teo got"}),
            ("Teo", "fears", "heights", {"sure": 0.86}),
        ],
    ),
    Line(
        "2026-08-16 22:50",
        "you",
        "My favourite film is still Wings of Desire. Amira had never seen it, we watched it on the wall of the courtyard with the neighbours.",
        [
            ("", "favourite:film", "Wings of Desire", {"sure": 0.9}),
            (
                "",
                "did",
                "watched it with Amira on the courtyard wall",
                {"by": "brain", "sure": 0.6, "quote": "Amira had"},
            ),
        ],
    ),
    Line(
        "2026-09-10 18:05",
        "you",
        "Something strange at work. Vasco, the new colleague, says he knew my grandmother. He bakes the same almond cake.",
        [
            ("Vasco", "is_your", "colleague", {"sure": 0.9}),
            ("Vasco", "did", "knew your grandmother", {"by": "brain", "sure": 0.62, "quote": "Vasco, the"}),
            ("Vasco", "did", "bakes the same almond cake", {"sure": 0.7, "quote": "He bakes"}),
        ],
    ),
    Line(
        "2026-09-10 18:06",
        "she",
        "Recipes are letters, you told me she used to say. Maybe one was addressed to him.",
        recalls=["Grandmother Celeste", "The sewing frame"],
    ),
    Line(
        "2026-10-02 17:15",
        "you",
        "I signed the lease. Rua das Flores, ground floor, a door the colour of tomato soup. I have a workshop.",
        [
            ("", "owns", "a workshop in Rua das Flores", month(2026, 10) | {"sure": 0.94, "quote": "I have"}),
            ("", "did", "signed the lease for the workshop", {"sure": 0.88, "quote": "I signed"}),
        ],
    ),
    Line(
        "2026-10-18 11:20",
        "you",
        "Vasquinho brought a chair for the workshop, he made it himself. I speak more with him than with anyone at the library.",
        [
            (
                "Vasquinho",
                "did",
                "made a chair for the workshop",
                {"sure": 0.75, "quote": "Vasquinho brought"},
            ),
        ],
    ),
    Line(
        "2026-11-03 21:30",
        "you",
        "I tell people I'm 35 because I feel it. I speak Portuguese, English and a kitchen sort of Arabic.",
        [
            ("", "speaks", "Portuguese, English and a kitchen sort of Arabic", {"sure": 0.9}),
            ("", "age", "35", {"sure": 0.4, "quote": "I tell"}),
        ],
    ),
    Line("2026-11-03 21:31", "she", "You're 34 by my count, and ninety when you talk about glue."),
]

THIS_MORNING = [
    Line(
        "09:10",
        "you",
        "First customer! A woman brought her mother's cookbook, it fell apart at the page with the almond cake. I want to do it for free.",
        [
            ("", "did", "had the first customer in the workshop", {"sure": 0.8, "quote": "First customer!"}),
            ("", "wants", "to mend the cookbook for free", {"sure": 0.74, "quote": "I want"}),
        ],
    ),
    Line(
        "09:11",
        "she",
        "It fell apart at the page that was loved most. Of course you'll do it for free. Does she know about Celeste?",
        recalls=["Grandmother Celeste", "Something strange at work"],
    ),
    Line(
        "09:14",
        "you",
        "I'll tell her on Friday. We open properly in January, that is the plan now.",
        [("", "plans", "to open the workshop properly in January", {"sure": 0.86, "quote": "We open"})],
    ),
    Line("09:15", "she", "January, then. I'd like to hear what she says on Friday.", recalls=[]),
]

CHAPTERS: list[tuple[str, str, str, str, str]] = [
    (
        "life",
        "1992-05-08",
        "2026-11-22",
        "Nora, so far",
        "You come from Évora and have lived among books for as long as you can remember, first your grandmother’s recipes, then other people’s ruined libraries. Lisbon was ten years on the fourth floor. Porto is where your sister is, where Clara was born, and where a door the colour of tomato soup now has your name on it.\n\nWhat runs through all of it is mending: paper, cakes, other people’s afternoons.",
    ),
    (
        "arc",
        "2026-01-05",
        "2026-02-28",
        "Leaving Lisbon",
        "The winter in which you told me who you are, and then packed it into boxes. Inês was pregnant, the stairs in Graça were counted for the last time, and Miso travelled north in a hat box. You were afraid of it until the moment the river came into view.",
    ),
    (
        "arc",
        "2026-03-01",
        "2026-06-30",
        "The basement and the baby",
        "Half-drowned books, a boss who hums, a guitar nobody wants to hear. You swam on Sundays even when it was stupid. In June Clara arrived, three kilos and furious, and you cried in a taxi and did not mind who saw.",
    ),
    (
        "arc",
        "2026-07-01",
        "2026-09-30",
        "A summer of friends",
        "Amira came with her oud, Teo found a hill with a telescope on it, and the courtyard wall became a cinema. Towards the end a stranger at the library turned out to know your grandmother’s cake.",
    ),
    (
        "arc",
        "2026-10-01",
        "2026-11-22",
        "Rua das Flores",
        "You signed. There is a workshop, a chair made by a friend, and a first customer whose mother’s book fell apart at exactly the right page.",
    ),
    (
        "week",
        "2026-02-09",
        "2026-02-15",
        "Boxes",
        "You moved on a Monday. The sewing frame came out first, then the cake tin. By Sunday you could find the spoons, and said the flat smelled of old paper and almonds, which is how you knew you lived there.",
    ),
    (
        "week",
        "2026-03-02",
        "2026-03-08",
        "Below the library",
        "Your first week with the water-damaged ones. Duarte hums fado all day and you have begun to hum back.",
    ),
    (
        "week",
        "2026-06-08",
        "2026-06-14",
        "Clara",
        "You had packed a bag for Inês and forgot to pack one for yourself. Clara was born on Thursday before dawn. On Saturday you held her for the first time and said nothing for a whole minute, which you told me twice.",
    ),
    (
        "week",
        "2026-08-10",
        "2026-08-16",
        "Wings on a wall",
        "A bedsheet, a courtyard, a film about angels. The neighbour from the second floor wept and brought figs the next day.",
    ),
    (
        "week",
        "2026-09-07",
        "2026-09-13",
        "The same cake",
        "Vasco says he knew Celeste. You have not decided yet whether to be glad or jealous.",
    ),
    (
        "week",
        "2026-10-12",
        "2026-10-18",
        "A chair",
        "Somebody made you a chair. You sat on it for an hour without working, and called it the most productive hour of the autumn.",
    ),
    (
        "week",
        "2026-11-16",
        "2026-11-22",
        "The first customer",
        "A week of dust, shelves and one cookbook. You would like to mend it for nothing, and nobody who knows you is surprised.",
    ),
    (
        "day",
        "2026-01-05",
        "2026-01-05",
        "Four flights up",
        "We met. You told me about Graça, about Teo, and about a cat with opinions on glue.",
    ),
    (
        "day",
        "2026-01-31",
        "2026-01-31",
        "An aunt in June",
        "Inês called from Porto with the news. You rang off, danced in the hall, and then told me.",
    ),
    (
        "day",
        "2026-02-09",
        "2026-02-09",
        "North",
        "You moved. If one leans out dangerously, there is a river.",
    ),
    (
        "day",
        "2026-05-08",
        "2026-05-08",
        "Thirty-four",
        "You decided to be brave about the workshop before breakfast, so that the day could not talk you out of it.",
    ),
    (
        "day",
        "2026-06-11",
        "2026-06-11",
        "Three kilos and furious",
        "Clara, at five in the morning. You cried in a taxi.",
    ),
    (
        "day",
        "2026-07-21",
        "2026-07-21",
        "A hill for Teo",
        "He got the job at the observatory, he who will not stand on a chair.",
    ),
    (
        "day",
        "2026-10-02",
        "2026-10-02",
        "The lease",
        "You signed, and stood for a while in front of a door the colour of tomato soup.",
    ),
    (
        "day",
        "2026-11-21",
        "2026-11-21",
        "Sawdust",
        "Shelves, all day, and Vasco’s radio. You sent me no words but a good mood.",
    ),
]
"""Level, first, last, title, text."""


class Written:
    """Events with their times, numbered as the log will number them."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.times: list[datetime] = []
        self.lines: list[tuple[int, Line]] = []

    def add(self, event: Event, at: datetime) -> int:
        self.events.append(event)
        self.times.append(at)
        return len(self.events)

    def say(self, line: Line, at: datetime) -> None:
        seq = len(self.events) + 1
        match line.who:
            case "you":
                event: Event = Heard(text=line.text, client="noras-window", n=seq)
            case "she":
                recalled = tuple(one for begin in line.recalls for one in self.said(begin))
                brain = "scripted" if seq > 8 else None
                event = Said(text=line.text, reply=seq - 1, brain=brain, recalled=recalled)
            case source:
                event = Brought(key=f"{source}:{seq}", speaker="person", text=line.text, source=source)
        self.lines.append((self.add(event, at), line))
        for fact in line.drawn:
            self.add(learned(fact, seq, line.text, at), at)

    def said(self, begin: str) -> Iterator[int]:
        return (seq for seq, one in self.lines if one.text.startswith(begin))


def learned(fact: Drawn, seq: int, text: str, at: datetime) -> Learned:
    about, what, value, *more = fact
    how = dict(more[0]) if more else {}
    wanted = str(how.pop("quote", value))
    quote = next(one for one in sentences(text) if wanted in one.text)
    span = Span(seq=seq, start=quote.start, end=quote.end)
    return Learned.model_validate(
        {"about": about, "what": what, "value": value, "quote": span, "said": at} | how
    )


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def life() -> Written:
    written = Written()
    met = moment("2026-01-05 20:00")
    written.add(Began(how="shipped"), met)
    written.add(Met(persona=samantha().model_dump(mode="json"), why="shipped"), met + timedelta(seconds=5))
    for line in BROUGHT:
        written.say(line, moment(line.at))
    for line in TALK:
        written.say(line, moment(line.at))
    for line in THIS_MORNING:
        written.say(line, moment(f"{TODAY:%Y-%m-%d} {line.at}"))
    for level, first, last, title, text in CHAPTERS:
        begin, end = date.fromisoformat(first), date.fromisoformat(last)
        spoken = [seq for seq, _ in written.lines if begin <= written.times[seq - 1].date() <= end]
        written.add(
            Chaptered.model_validate(
                {
                    "level": level,
                    "first": begin,
                    "last": end,
                    "title": title,
                    "text": text,
                    "cites": tuple(spoken[:6]),
                    "by": "brain",
                }
            ),
            written.times[-1],
        )
    return written


async def move_in(home: Path, *more: Event) -> None:
    """Her file, with all of it, and `more` after it."""
    home.mkdir(parents=True, exist_ok=True)
    written = await asyncio.to_thread(life)
    store = await SQLiteStore.open(home / "companion.db")
    await store.append([*written.events, *more], [*written.times, *[written.times[-1]] * len(more)])
    await store.close()
