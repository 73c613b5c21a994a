"""What was measured in a call, out of what happened: a story a row, a verdict each."""

import pytest

from bench.voice_judge import (
    Disturbed,
    Outcome,
    Stop,
    Stretch,
    Utterance,
    of_stages,
    of_stops,
    of_turns,
    outcome,
    stop,
)
from bench.voice_table import page, rows

Known = tuple[float, str, bool]


def spoken(
    hers: list[Stretch], heard: list[Known] | None = None, pauses: list[Stretch] | None = None
) -> Outcome:
    """An utterance from 10 to 13 s."""
    known = [(13.2, "hello there", False)] if heard is None else heard
    return outcome(Utterance("hello there", 10.0, 13.0, pauses or [], hers, known))


def test_voice_to_voice_is_from_the_last_sound_of_the_one_to_the_first_of_the_other() -> None:
    found = spoken([(13.45, 16.0), (17.0, 18.0)])
    assert found.waited == pytest.approx(0.45)
    assert [found.cut_in, found.early, found.missed] == [False, False, False]


def test_a_turn_she_spoke_into_has_no_time() -> None:
    found = spoken([(11.5, 11.9), (13.4, 15.0)], pauses=[(11.2, 12.0)])
    assert found.cut_in
    assert found.in_pause
    assert found.waited is None
    assert not found.missed


def test_to_speak_into_words_is_no_better_than_into_a_pause() -> None:
    found = spoken([(12.5, 14.0)], pauses=[(11.2, 12.0)])
    assert found.cut_in
    assert not found.in_pause


def test_an_answer_that_does_not_come_is_missed() -> None:
    assert spoken([]).missed
    assert spoken([(19.5, 20.0)]).missed
    assert not spoken([(18.5, 20.0)]).missed


def test_words_that_were_closed_too_early_and_put_together_in_silence_are_told_apart() -> None:
    halves = [(12.0, "hello", False), (13.2, "there", True)]
    found = spoken([(13.5, 15.0)], heard=halves)
    assert found.early
    assert found.mended
    assert found.heard == "hello there"


@pytest.mark.parametrize(
    ("hers", "heard"),
    [
        ([(13.5, 15.0)], [(12.0, "hello", False), (13.2, "there", False)]),
        ([(12.2, 12.6), (13.5, 15.0)], [(12.0, "hello", False), (13.2, "there", True)]),
        ([(13.5, 15.0)], [(12.0, "hello", False)]),
    ],
)
def test_what_was_not_put_together_or_not_in_silence_is_not_mended(
    hers: list[Stretch], heard: list[Known]
) -> None:
    found = spoken(hers, heard)
    assert found.early
    assert not found.mended


def test_the_figures_of_a_set_count_cut_ins_beside_the_times() -> None:
    figures = of_turns([spoken([(13.4, 14.0)]), spoken([(13.6, 14.0)]), spoken([(11.0, 12.0)]), spoken([])])
    assert figures["v2v_p50_s"] == pytest.approx(0.5)
    assert figures["cut_in_rate"] == 0.25
    assert figures["missed_turns"] == 1
    assert figures["wer"] == 0


def test_an_opener_is_told_apart() -> None:
    plain = spoken([(13.4, 14.0)])
    figures = of_turns([plain, plain._replace(waited=0.1, opener=True)])
    assert figures["v2v_p50_s"] == pytest.approx(0.4)
    assert figures["opener_v2v_p50_s"] == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("hers", "gave_way", "verdict"),
    [
        ([(8.0, 10.2)], 10.15, Stop("stopped", 0.2)),
        ([(8.0, 9.9), (10.05, 10.25)], 10.2, Stop("stopped", 0.25)),
        ([(8.0, 10.2), (11.5, 14.0)], 10.15, Stop("stopped", 0.2)),
        ([(8.0, 14.0)], None, Stop("ignored")),
        ([(8.0, 10.02)], 10.1, Stop("over")),
        ([(8.0, 9.5)], 10.1, Stop("over")),
        ([(8.0, 10.8)], None, Stop("over")),
        ([(8.0, 14.0)], 13.8, Stop("ignored")),
    ],
)
def test_she_stops_when_her_last_sound_is_out(
    hers: list[Stretch], gave_way: float | None, verdict: Stop
) -> None:
    """The person begins at 10 s."""
    found = stop(10.0, hers, gave_way)
    assert found.how == verdict.how
    assert found.seconds == pytest.approx(verdict.seconds)


def test_who_was_silent_anyway_is_not_counted_as_quick() -> None:
    figures = of_stops([Stop("stopped", 0.2), Stop("over"), Stop("ignored")])
    assert figures["bargein_p50_s"] == 0.2
    assert (figures["bargein_count"], figures["bargein_ignored"], figures["bargein_unjudged"]) == (2, 1, 1)


def test_stages_are_told_by_where_they_end_and_how_long_they_took() -> None:
    figures = of_stages([{"words": (100, 130)}, {"words": (120, 160), "first word": (160, 300)}])
    assert figures["stage_words_end_p50_ms"] == 145
    assert figures["stage_words_took_p95_ms"] == 40
    assert figures["stage_first_word_turns"] == 1


def test_disturbances_are_counted_by_kind() -> None:
    figures = Disturbed([("cough", False), ("cough", True), ("music", False)], waited=1, turns=0).figures()
    assert figures["false_stops"] == 1
    assert figures["false_stops_cough"] == 1
    assert figures["false_stops_music"] == 0


def test_the_table_says_what_was_missed_and_the_page_when_the_machine_was_busy() -> None:
    figures = {
        "v2v_p50_s": 0.61,
        "cut_in_rate": 0.02,
        "stage_words_end_p50_ms": 130.0,
        "v2v_load_at_start": 3.0,
    }
    found = {title: (asked, measured) for title, asked, measured in rows(figures)}
    assert found["from the end of speech to her first audible sound"] == ("≤ 0.5 s", "0.610 s (missed)")
    assert found["stage “words”: ends after"] == ("", "130 ms")
    assert "busy before `v2v`" in page(figures)
