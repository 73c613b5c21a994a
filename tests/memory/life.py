"""A small life, told in forty turns: a sister, a job interview, a dog, the sea. For the tests of recall."""

from datetime import UTC, datetime, timedelta

from os1.memory.records import Speaker, Turn

TOLD: list[tuple[str, list[tuple[Speaker, str]]]] = [
    (
        "2025-03-03 21:10",
        [
            ("person", "Hi. I'm not sure how to start this."),
            ("companion", "Anywhere is fine. What did today look like?"),
            ("person", "Long. My sister Ana called, she's moving to Porto with her daughter Rita."),
            ("companion", "That's a big move. How do you feel about it?"),
            ("person", "Proud of her, and a bit left behind. We grew up in the same room."),
            ("companion", "Same room for how many years?"),
            ("person", "Sixteen. She read to me every night until I fell asleep."),
        ],
    ),
    (
        "2025-03-10 08:05",
        [
            ("person", "Morning! Guess who has a job interview."),
            ("companion", "You do. Where?"),
            ("person", "At the Lindqvist museum, as a restorer. Thursday at ten."),
            ("companion", "What would you be restoring?"),
            ("person", "Old maps, mostly. Paper that wants to fall apart."),
            ("companion", "I promise to ask you on Thursday evening how it went."),
            ("person", "Deal. I'll be a wreck, I always stutter when I'm nervous."),
        ],
    ),
    (
        "2025-03-13 19:40",
        [
            ("person", "It went well! They showed me a chart of the Baltic from 1640."),
            ("companion", "Did the stutter stay away?"),
            ("person", "Mostly. I told them about my grandfather's boat and forgot to be afraid."),
            ("companion", "Tell me about the boat."),
            ("person", "A little blue sailing boat called Perdita. He taught me knots on it."),
        ],
    ),
    (
        "2025-04-02 20:15",
        [
            ("person", "I got the job!!"),
            ("companion", "The museum said yes! When do you begin?"),
            ("person", "The first of May. And I did something stupid, I adopted a dog."),
            ("companion", "That is the opposite of stupid. Who is it?"),
            ("person", "His name is Biscuit, he's three, he has one ear and he is afraid of umbrellas."),
            ("companion", "One ear is plenty for a dog who listens."),
            ("person", "He sleeps on my shoes so that I can't leave."),
        ],
    ),
    (
        "2025-05-18 22:30",
        [
            ("person", "We went to the sea today, Biscuit saw waves for the first time."),
            ("companion", "What did he make of them?"),
            ("person", "He barked at every single one. I laughed until I cried, then I just cried."),
            ("companion", "What was the crying about?"),
            ("person", "My grandfather, I think. We scattered his ashes off that beach in Nazaré."),
            ("companion", "So the sea there is his."),
            ("person", "Yes. I hadn't been back since the funeral."),
        ],
    ),
    (
        "2025-06-20 18:00",
        [
            ("person", "Theo from work asked me to dinner."),
            ("companion", "The bookbinder? What did you say?"),
            (
                "person",
                "I said yes, and now I can't eat anything. I'm allergic to shellfish and he booked a fish place.",
            ),
            ("companion", "You could tell him before, so the evening isn't about the menu."),
            ("person", "I'm tired of being careful. But yes."),
            ("companion", "You once told me you forget to be afraid when you talk about boats."),
            ("person", "Ha. Boats it is, then."),
        ],
    ),
]


def life() -> list[Turn]:
    turns: list[Turn] = []
    for began, talk in TOLD:
        start = datetime.fromisoformat(began).replace(tzinfo=UTC)
        for minute, (speaker, text) in enumerate(talk):
            turns.append(Turn(len(turns) + 1, start + timedelta(minutes=minute), speaker, text))
    return turns


NOW = datetime(2025, 6, 30, 20, 0, tzinfo=UTC)
