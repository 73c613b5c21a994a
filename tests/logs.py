"""Made-up logs, for what must hold whatever was said."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from os1.events import Began, Called, Event, Happened, Heard, HungUp, Met, Promised, Said, Skipped, Value

MOMENT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

words = st.text(max_size=200)
"""Anything that is text: other alphabets, control characters, NUL, emoji; never half a character."""
numbers = st.integers(1, 2**53)
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

KINDS: dict[type[Value], st.SearchStrategy[Event]] = {
    Began: begans,
    Heard: heards,
    Called: calls,
    HungUp: goodbyes,
    Skipped: skips,
    Said: saids,
    Met: mets,
    Promised: promised,
}
events = st.one_of(*KINDS.values())
moments = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))
logs = st.lists(events, max_size=12)


def heard(text: str, n: int = 0, client: str = "") -> Heard:
    return Heard(text=text, client=client, n=n)


def said_in(happened: list[Happened]) -> list[str]:
    """The words of each event, for stories in which everything is heard."""
    return [one.event.text for one in happened if isinstance(one.event, Heard)]
