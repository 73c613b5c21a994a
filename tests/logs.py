"""Made-up logs, for what must hold whatever was said."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from os1.events import (
    Began,
    Brought,
    Called,
    Carded,
    Chaptered,
    Dated,
    Dreamt,
    Erased,
    Event,
    Forgot,
    Happened,
    Heard,
    HungUp,
    Learned,
    Merged,
    Met,
    Parted,
    Private,
    Promised,
    Said,
    Settled,
    Skipped,
    Span,
    Value,
)

MOMENT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

words = st.text(max_size=200)
"""Anything that is text: other alphabets, control characters, NUL, emoji; never half a character."""
numbers = st.integers(1, 2**53)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))
seconds = st.none() | st.floats(0, 1e9)

begans = st.builds(Began, how=st.sampled_from(["interview", "shipped", "named"]), name=st.none() | words)
heards = st.builds(
    Heard,
    text=words,
    client=st.just(""),
    n=st.just(0),
    seconds=seconds,
    hesitations=st.none() | st.integers(0, 10_000),
    answers=st.none() | words,
    spoken=st.booleans(),
    goes_on=st.booleans(),
)
calls = st.builds(Called, client=words)
goodbyes = st.builds(HungUp, seconds=st.floats(0, 1e9), why=st.sampled_from(["hung_up", "lost", "closed"]))
skips = st.builds(Skipped, question=words)
saids = st.builds(
    Said,
    text=words,
    reply=numbers,
    cut_off=st.booleans(),
    asks=st.none() | words,
    brain=st.none() | words,
    recalled=st.lists(numbers, max_size=5).map(tuple),
    spoken=st.booleans(),
)
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
mets = st.builds(
    Met,
    persona=st.dictionaries(words, plain, max_size=4),
    why=st.sampled_from(["interview", "shipped", "named", "edited"]),
)
promised = st.builds(Promised, text=words, heard=numbers, due=st.none() | st.dates())

spans = st.builds(Span, seq=numbers, start=st.integers(0, 100), end=st.integers(1, 9_000))
days = st.builds(Dated, day=st.dates(), precision=st.sampled_from(["day", "week", "month", "year"]))
broughts = st.builds(
    Brought,
    key=st.uuids().map(str),
    speaker=st.sampled_from(["person", "companion"]),
    name=words,
    text=words,
    source=words,
    talk=words,
)
cardeds = st.builds(
    Carded,
    key=st.uuids().map(str),
    name=words,
    card=words,
    picture=words,
    worn=st.booleans(),
)
learned = st.builds(
    Learned,
    about=words,
    what=words,
    value=words,
    quote=st.none() | spans,
    said=st.none() | moments,
    since=st.none() | days,
    until=st.none() | days,
    over=st.booleans(),
    mends=st.booleans(),
    replaces=st.none() | numbers,
    sure=st.floats(0, 1),
    by=st.sampled_from(["rules", "brain", "person"]),
)
settled = st.builds(Settled, fact=numbers, how=st.sampled_from(["true", "wrong", "past", "rest", "wake"]))
several = st.lists(numbers, max_size=5).map(tuple)
chapters = st.builds(
    Chaptered,
    level=st.sampled_from(["day", "week", "arc", "life"]),
    first=st.dates(),
    last=st.dates(),
    title=words,
    text=words,
    cites=several,
    by=st.sampled_from(["rules", "brain", "person"]),
)
forgots = st.builds(
    Forgot,
    scope=st.sampled_from(["sentence", "fact", "topic", "person", "day", "all"]),
    seqs=several,
    facts=numbers,
    chapters=numbers,
    never=st.lists(words, max_size=3).map(tuple),
)

KINDS: dict[type[Value], st.SearchStrategy[Event]] = {
    Began: begans,
    Heard: heards,
    Called: calls,
    HungUp: goodbyes,
    Skipped: skips,
    Said: saids,
    Met: mets,
    Promised: promised,
    Brought: broughts,
    Carded: cardeds,
    Learned: learned,
    Settled: settled,
    Chaptered: chapters,
    Merged: st.builds(Merged, name=words, other=words),
    Parted: st.builds(Parted, name=words, other=words, facts=several),
    Dreamt: st.builds(Dreamt, upto=numbers, of=st.sampled_from(["facts", "chapters"])),
    Private: st.builds(Private, on=st.booleans()),
    Erased: st.builds(Erased, was=words),
    Forgot: forgots,
}
events = st.one_of(*KINDS.values())
logs = st.lists(events, max_size=12)


def heard(text: str, n: int = 0, client: str = "") -> Heard:
    return Heard(text=text, client=client, n=n)


def said_in(happened: list[Happened]) -> list[str]:
    """The words of each event, for stories in which everything is heard."""
    return [one.event.text for one in happened if isinstance(one.event, Heard)]
