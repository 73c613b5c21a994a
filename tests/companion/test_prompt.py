"""What a brain is given: bounded, stable from the front, and true about time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from os1.companion.companion import settled
from os1.companion.prompt import (
    BLOCK,
    LONGEST_TURN,
    WINDOW_BYTES,
    Scene,
    clipped,
    passed,
    prompt,
    size,
    window,
)
from os1.memory.records import Hit, Remembered, Turn

ROME = ZoneInfo("Europe/Rome")
MONDAY = datetime(2026, 11, 23, 18, 30, tzinfo=UTC)


def turn(seq: int, text: str, at: datetime = MONDAY) -> Turn:
    return Turn(seq, at, "person" if seq % 2 else "companion", text)


def life(length: int, text: str = "a few words about the day") -> list[Turn]:
    return [turn(seq, f"{text} {seq}") for seq in range(1, length + 1)]


def test_the_whole_prompt_of_a_small_scene() -> None:
    scene = Scene(
        portrait="You are Samantha.",
        turns=[
            turn(1, "Hello."),
            turn(2, "Hello, Theo."),
            turn(3, "Do you know Ana?", MONDAY + timedelta(days=1)),
        ],
        remembered=[
            Remembered(
                (turn(9, "My sister Ana moved to Turin.", MONDAY - timedelta(days=30)),),
                Hit(9, (9,), 1, 1, ()),
            )
        ],
        promises=["23 November: “I'll call Ana.”"],
    )
    assert [tuple(message) for message in prompt(scene, ROME)] == [
        ("system", "You are Samantha."),
        ("user", "Hello."),
        ("assistant", "Hello, Theo."),
        (
            "user",
            "[Tuesday evening, 24 November 2026. A day has passed.]\n"
            "[You remember:\n"
            "24 October, they said: “My sister Ana moved to Turin.”\n"
            "They said they would:\n"
            "23 November: “I'll call Ana.”]\n"
            "Do you know Ana?",
        ),
    ]


def test_when_she_spoke_first_the_person_is_there_before_her() -> None:
    roles = [message.role for message in prompt(Scene("P", [turn(2, "Hello."), turn(3, "Hi.")]), ROME)]
    assert roles == ["system", "user", "assistant", "user"]


def test_turns_of_one_speaker_in_a_row_are_one_message() -> None:
    messages = prompt(Scene("P", [turn(1, "One."), turn(3, "Two.")]), ROME)
    assert messages[-1].text.endswith("One.\nTwo.")


def test_only_a_pause_worth_a_word_is_marked() -> None:
    assert passed(MONDAY, MONDAY + timedelta(minutes=29), ROME) == ""
    assert passed(MONDAY, MONDAY + timedelta(minutes=31), ROME).endswith("A little while has passed.]")
    assert passed(MONDAY, MONDAY + timedelta(minutes=70), ROME).endswith("An hour has passed.]")
    assert passed(MONDAY, MONDAY + timedelta(hours=4, minutes=50), ROME).endswith("5 hours have passed.]")
    assert passed(MONDAY, MONDAY + timedelta(hours=3), ROME).endswith("3 hours have passed.]")
    assert passed(MONDAY, MONDAY + timedelta(hours=7), ROME).endswith("A day has passed.]"), (
        "a night's sleep is a day"
    )
    assert passed(MONDAY, MONDAY + timedelta(days=9), ROME).endswith("9 days have passed.]")


@given(st.integers(1, 400), st.text(min_size=1, max_size=300))
def test_the_window_is_bounded_and_ends_with_the_last_words(length: int, text: str) -> None:
    shown = window(life(length, text), length)
    assert shown[-1].seq == length
    assert len(shown) <= 2 * BLOCK
    assert sum(map(size, shown)) <= max(WINDOW_BYTES, size(shown[-1]))


@given(st.integers(1, 300))
def test_from_one_turn_to_the_next_the_window_only_grows_or_moves_on(length: int) -> None:
    now, later = window(life(length), length), window(life(length + 1), length + 1)
    assert later[:-1] == now or later[0].seq > now[0].seq


def test_it_moves_on_once_in_a_block_not_at_every_turn() -> None:
    starts = [window(life(length), length)[0].seq for length in range(1, 20 * BLOCK)]
    assert len(set(starts)) <= 20


@given(st.text(max_size=6_000))
def test_a_long_turn_is_clipped_in_the_middle_for_any_script(text: str) -> None:
    short = clipped(text)
    assert len(short.encode()) <= max(len(text.encode()), LONGEST_TURN + 10)
    assert short[:10] == text[:10]
    assert short[-10:] == text[-10:]


def test_nothing_before_the_last_words_depends_on_what_is_remembered() -> None:
    turns = life(31)
    memory = Remembered((turn(1, "Long ago."),), Hit(1, (1,), 1, 1, ()))
    plain, reminded = prompt(Scene("P", turns), ROME), prompt(Scene("P", turns, [memory]), ROME)
    assert plain[:-1] == reminded[:-1]


def came_to_mind(seq: int, likeness: float, shared: tuple[str, ...] = ()) -> tuple[Remembered, ...]:
    return (Remembered((turn(seq, "Long ago."),), Hit(seq, (seq,), 1.0, likeness, shared)),)


def test_what_is_in_mind_stays_until_something_clearly_stronger_comes_up() -> None:
    first, as_good, better = came_to_mind(1, 0.4), came_to_mind(3, 0.5), came_to_mind(5, 0.4, ("dog", "name"))
    assert settled((), first) == first
    assert settled(first, ()) == first
    assert settled(first, as_good) == first
    assert settled(first, better) == better
