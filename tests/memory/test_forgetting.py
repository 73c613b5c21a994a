"""What goes when something is forgotten: a few remarks, a wish, and what is left."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from os1.clock import HandClock
from os1.errors import BadInput
from os1.events import (
    Brought,
    Chaptered,
    Erased,
    Event,
    Happened,
    Heard,
    Learned,
    Merged,
    Promised,
    Said,
    Span,
)
from os1.memory.archive import Archive
from os1.memory.forgetting import Concern, Wish, plan
from os1.memory.story import Story
from os1.store.sqlite import SQLiteStore

MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)


def log(*events: Event) -> list[Happened]:
    return [
        Happened(seq=seq, at=MONDAY + timedelta(minutes=seq), event=event)
        for seq, event in enumerate(events, start=1)
    ]


def after(wish: Wish, *events: Event) -> list[Event]:
    """The log once the wish was granted."""
    happened, concern = log(*events), Concern(wish, UTC)
    going = {one.seq: (one, cut) for one in happened if (cut := concern.of(one))}
    planned = plan(wish, going, happened, concern)
    return [planned.changes.get(one.seq, one.event) for one in happened]


def quoting(seq: int, text: str, quote: str, **what: str) -> Learned:
    start = text.index(quote)
    return Learned.model_validate({"quote": Span(seq=seq, start=start, end=start + len(quote)), **what})


TWO = "My brother Karl drinks. I had soup for lunch."


def test_only_the_sentences_that_speak_of_it_go():
    wish = Wish("person", names=("karl", "my brother"))
    assert after(wish, Heard(text=TWO), Said(text="Soup is good. How is your brother?", reply=1)) == [
        Heard(text="I had soup for lunch."),
        Said(text="Soup is good.", reply=1),
    ]


def test_he_is_still_the_brother_in_the_sentences_after():
    wish = Wish("person", names=("my brother",))
    assert after(
        wish,
        Heard(text="My brother called. He lost his job. It rained."),
        Said(text="He must be worried.", reply=1),
        Heard(text="Yeah, he is. Anyway, what's the weather?"),
    ) == [
        Erased(was="heard"),
        Erased(was="said"),
        Heard(text="Anyway, what's the weather?"),
    ]


def test_a_topic_goes_by_all_its_words_and_not_by_one():
    wish = Wish("topic", names=("the trip to Rome",))
    assert after(
        wish,
        Heard(text="The Rome trip was a disaster! I liked the trip to Oslo."),
        Heard(text="Rome is hot."),
    ) == [Heard(text="I liked the trip to Oslo."), Heard(text="Rome is hot.")]


def test_facts_promises_chapters_and_names_drawn_from_it_go_too():
    wish = Wish("person", names=("karl", "my brother"))
    left = after(
        wish,
        Heard(text="My brother is Karl. I'll visit Karl tomorrow. I like plums."),
        quoting(
            1,
            "My brother is Karl. I'll",
            "My brother is Karl.",
            about="Karl",
            what="is_your",
            value="brother",
        ),
        Promised(text="I'll visit Karl tomorrow.", heard=1),
        Chaptered(
            level="day",
            first=date(2026, 1, 5),
            last=date(2026, 1, 5),
            title="A day",
            text="Plums.",
            cites=(1,),
        ),
        Merged(name="Karl", other="Kalle"),
        Brought(key="d:1", speaker="person", text="Karl came by. It was late.", source="diary"),
    )
    assert left == [
        Heard(text="I like plums."),
        Erased(was="learned"),
        Erased(was="promised"),
        Erased(was="chaptered"),
        Erased(was="merged"),
        Erased(was="brought"),
    ]


def test_a_quote_moves_with_the_words_it_stands_in():
    text = "My brother Karl drinks. I live in Porto."
    learned = quoting(1, text, "I live in Porto.", what="lives_in", value="Porto")
    heard, moved = after(Wish("person", names=("karl",)), Heard(text=text), learned)
    assert isinstance(heard, Heard)
    assert isinstance(moved, Learned)
    assert moved.quote
    assert heard.text[moved.quote.start : moved.quote.end] == "I live in Porto."


def test_a_day_goes_whole():
    tomorrow = MONDAY + timedelta(days=1)
    happened = [
        *log(Heard(text="One."), Heard(text="Two.")),
        Happened(seq=3, at=tomorrow, event=Heard(text="Three.")),
    ]
    concern = Concern(Wish("day", day=MONDAY.date()), UTC)
    assert [one.seq for one in happened if concern.of(one)] == [1, 2]


# --- and really, in a file --------------------------------------------------------------------------------


class Home:
    """One person's store, archive and story."""

    def __init__(self, store: SQLiteStore) -> None:
        self.store = store
        self.archive = Archive(store, None)
        self.story = Story(store, self.archive, HandClock(MONDAY), UTC, self.write)

    async def write(self, *events: Event) -> list[Happened]:
        happened = await self.store.append(events, MONDAY)
        self.story.take(happened)
        return happened


@pytest.fixture
async def home(tmp_path: Path):
    home = Home(await SQLiteStore.open(tmp_path / "companion.db"))
    yield home
    await home.store.close()


async def test_no_byte_is_left_and_nothing_brings_it_back(home: Home, tmp_path: Path) -> None:
    secret = "My brother Karl keeps canary Quillwort-41 in the cellar."
    await home.write(Heard(text=f"{secret} I like plums."))
    learned = quoting(1, secret, secret, about="Karl", what="is_your", value="brother")
    await home.write(learned, Said(text=f"You said: {secret}", reply=1))
    planned = await home.story.plan(home.story.wish_about("my brother"))
    assert [going.text for going in planned.said] == [secret, f"You said: {secret}"]
    receipt = await home.story.forget(planned)
    assert (receipt.said, receipt.facts, receipt.residue) == (2, 1, 0)
    raw = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"Quillwort" not in raw
    assert b"Karl" not in raw
    await home.write(learned.model_copy(update={"by": "brain", "said": MONDAY}))
    assert [*home.story.knowledge.facts()] == []
    assert [one.event.kind for one in await home.store.read()][:3] == ["heard", "erased", "erased"]


async def test_what_is_repeated_elsewhere_word_for_word_goes_as_well(home: Home) -> None:
    secret = "I failed the exam twice."
    await home.write(Heard(text=secret), Heard(text=f"Like I said. {secret}"))
    planned = await home.story.plan(Wish("sentence", seqs=(1,)))
    await home.story.forget(planned)
    assert [one.event for one in await home.store.read()][:2] == [
        Erased(was="heard"),
        Heard(text="Like I said."),
    ]


async def test_to_forget_a_fact_is_to_forget_what_it_rests_on(home: Home) -> None:
    text = "I live in Porto. It rains."
    await home.write(Heard(text=text), quoting(1, text, "I live in Porto.", what="lives_in", value="Porto"))
    await home.story.forget(await home.story.plan(home.story.wish_for(2)))
    assert [one.event for one in await home.store.read()][:2] == [
        Heard(text="It rains."),
        Erased(was="learned"),
    ]
    with pytest.raises(BadInput):
        home.story.wish_for(2)


async def test_everything_is_everything(home: Home) -> None:
    await home.write(
        Heard(text="One."), Said(text="Two.", reply=1), quoting(1, "One.", "One.", what="other", value="One")
    )
    await home.story.forget(await home.story.plan(Wish("all")))
    assert {one.event.kind for one in await home.store.read()} == {"erased", "forgot"}


async def test_a_wish_about_nothing_is_refused(home: Home) -> None:
    with pytest.raises(BadInput):
        home.story.wish_about("  ")
