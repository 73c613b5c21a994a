"""What she knows, and how it changes: a life in a few sentences, then the questions."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from os1.events import Dated, Event, Forgot, Happened, Learned, Merged, Parted, Settled, Span
from os1.memory.knowledge import Fact, Knowledge

MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)


def day(number: int) -> datetime:
    return MONDAY + timedelta(days=number)


def said(what: str, value: str, on: int, about: str = "", **more: object) -> Learned:
    """Said on day `on`, as number 1000 + `on` of the log."""
    quote = Span(seq=1000 + on, start=0, end=20)
    return Learned.model_validate(
        {"about": about, "what": what, "value": value, "said": day(on), "quote": quote} | more
    )


def knowing(*events: Event, at: datetime | None = None) -> Knowledge:
    knowledge = Knowledge("salt")
    for seq, event in enumerate(events, start=1):
        when = at or getattr(event, "said", None) or MONDAY
        knowledge.take(Happened(seq=seq, at=when, event=event))
    return knowledge


def values(facts: list[Fact]) -> list[str]:
    return [fact.value for fact in facts]


def test_a_move_closes_the_old_home_which_stays_as_history():
    life = knowing(
        said("lives_in", "Lisbon", 1, since=Dated(day=date(2019, 1, 1), precision="year")),
        said("lives_in", "Porto", 40, since=Dated(day=date(2026, 2, 1), precision="month")),
    )
    (home,) = life.now("", "lives_in")
    (before,) = life.before("", "lives_in")
    assert (home.value, home.told()) == ("Porto", "you live in Porto")
    assert (before.value, before.told("they"), before.until) == (
        "Lisbon",
        "they lived in Lisbon",
        Dated(day=date(2026, 2, 1), precision="month"),
    )


def test_a_correction_replaces_what_was_mistaken_and_says_what_was_believed():
    life = knowing(said("age", "34", 1), said("age", "35", 2, mends=True))
    assert values(life.now("", "age")) == ["35"]
    assert life.before("", "age") == []
    assert values(life.once_believed("", "age")) == ["34"]


def test_what_was_called_wrong_does_not_come_back_from_the_same_words():
    life = knowing(said("works_at", "Siemens", 1), Settled(fact=1, how="wrong"), at=day(3))
    life.take(Happened(seq=9, at=day(5), event=said("works_at", "Siemens", 1, by="brain")))
    assert life.now("", "works_at") == []
    life.take(Happened(seq=10, at=day(8), event=said("works_at", "Siemens", 8)))
    assert values(life.now("", "works_at")) == ["Siemens"], "said anew, it counts anew"


def test_old_diaries_read_late_change_no_present():
    late = said("lives_in", "Rome", -900, by="brain")
    life = knowing(said("lives_in", "Porto", 10), late, at=day(12))
    assert values(life.now("", "lives_in")) == ["Porto"]
    assert values(life.before("", "lives_in")) == ["Rome"]


def test_what_was_told_as_over_is_past_and_ends_nothing():
    life = knowing(said("lives_in", "Porto", 10), said("lives_in", "Rome", 11, over=True))
    assert values(life.now("", "lives_in")) == ["Porto"]
    assert values(life.before("", "lives_in")) == ["Rome"]


def test_no_longer_ends_what_was_true():
    life = knowing(said("works_at", "the mill", 1), said("works_at", "mill", 30, over=True))
    assert life.now("", "works_at") == []
    assert values(life.before("", "works_at")) == ["the mill"]


def test_home_again_is_a_new_time_there():
    life = knowing(said("lives_in", "Porto", 1), said("lives_in", "Lisbon", 2), said("lives_in", "Porto", 3))
    assert values(life.timeline("", "lives_in")) == ["Porto", "Lisbon", "Porto"]
    assert [fact.state for fact in life.timeline("", "lives_in")] == ["past", "past", "now"]


def test_likes_stand_side_by_side_and_a_repetition_is_one_more_quote():
    life = knowing(said("likes", "plums", 1), said("likes", "rain", 2), said("likes", "Plums", 3, sure=0.6))
    plums, rain = life.now("", "likes")
    assert {plums.value, rain.value} == {"plums", "rain"}
    fact = next(fact for fact in (plums, rain) if fact.value == "plums")
    assert [quote.seq for quote in fact.quotes] == [1001, 1003]
    assert fact.sure > 0.8


def test_my_sister_gets_her_name_and_keeps_what_was_said_of_her():
    life = knowing(said("lives_in", "Porto", 1, about="my sister"), said("is_your", "sister", 2, about="Ana"))
    assert values(life.now("Ana", "lives_in")) == ["Porto"]
    assert values(life.now("my sister", "lives_in")) == ["Porto"]


def test_it_is_anna_and_not_ana():
    life = knowing(
        said("is_your", "sister", 1, about="Ana"),
        said("works_as", "a nurse", 2, about="Ana"),
        said("is_your", "sister", 3, about="Anna", mends=True),
    )
    assert life.people.who("my sister") == "anna"
    assert values(life.now("my sister", "works_as")) == ["a nurse"]


def test_two_names_of_one_person_are_merged_and_parted_again():
    life = knowing(said("is_your", "sister", 1, about="Ana"), said("likes", "cats", 2, about="Annie"))
    assert life.now("Ana", "likes") == []
    life.take(Happened(seq=8, at=day(4), event=Merged(name="Ana", other="Annie")))
    assert values(life.now("Ana", "likes")) == ["cats"]
    life.take(Happened(seq=9, at=day(4), event=Parted(name="Ana", other="Annie")))
    assert life.now("Ana", "likes") == []


def test_two_people_of_one_name_are_told_apart():
    life = knowing(
        said("is_your", "sister", 1, about="Ana"),
        said("works_as", "a baker", 2, about="Ana"),
        Parted(name="Ana", other="Ana from work", facts=(2,)),
    )
    assert values(life.now("Ana from work", "works_as")) == ["a baker"]
    assert life.now("Ana", "works_as") == []


def test_the_persons_own_edit_beats_what_was_drawn_from_earlier_words():
    edit = Learned(what="age", value="36", by="person", replaces=1)
    life = knowing(said("age", "34", 1), edit, at=day(5))
    life.take(Happened(seq=7, at=day(6), event=said("age", "34", 1, by="brain")))
    assert values(life.now("", "age")) == ["36"]
    assert values(life.once_believed("", "age")) == ["34"]


def test_forgetting_takes_the_fact_and_keeps_it_from_being_learned_again():
    fact = said("is_your", "brother", 1, about="Karl")
    life = knowing(fact)
    never = life.fingerprint(fact)
    life.take(Happened(seq=5, at=day(3), event=Forgot(scope="fact", seqs=(1, 1001), never=(never,))))
    assert list(life.facts()) == []
    life.take(Happened(seq=6, at=day(4), event=said("is_your", "brother", 1, about="Karl", by="brain")))
    assert list(life.facts()) == []
    assert "karl" not in never


def test_a_fact_that_loses_one_of_two_quotes_stays():
    life = knowing(said("likes", "plums", 1), said("likes", "plums", 2))
    life.take(Happened(seq=5, at=day(3), event=Forgot(scope="sentence", seqs=(1001,))))
    (fact,) = life.now("", "likes")
    assert [quote.seq for quote in fact.quotes] == [1002]


def test_used_to_be_true_and_let_it_rest_are_the_persons_to_say():
    life = knowing(said("likes", "plums", 1), Settled(fact=1, how="past"), Settled(fact=1, how="rest"))
    (fact,) = life.before("", "likes")
    assert fact.resting
    assert fact.confirmed


homes = st.lists(st.sampled_from(["Lisbon", "Porto", "Rome", "Oslo"]), min_size=1, max_size=4, unique=True)


@given(homes)
def test_the_order_in_which_she_notices_changes_nothing(places: list[str]) -> None:
    told = [said("lives_in", place, on) for on, place in enumerate(places)]
    lines = {
        tuple((fact.value, fact.state) for fact in knowing(*order, at=day(30)).timeline("", "lives_in"))
        for order in permutations(told)
    }
    assert len(lines) == 1
    assert next(iter(lines))[-1] == (places[-1], "now")
