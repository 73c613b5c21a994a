"""What is made of many measurements: a middle, a tail, and a table that hides nothing."""

import pytest

from bench.figures import median, percentile
from bench.table import lines, page, remarks


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([7.0], 50, 7.0),
        ([1.0, 2.0, 3.0, 4.0], 50, 2.0),
        ([1.0, 2.0, 3.0, 4.0], 99, 4.0),
        ([3.0, 1.0, 2.0], 0, 1.0),
        ([float(n) for n in range(1, 101)], 95, 95.0),
    ],
)
def test_a_percentile_is_a_value_that_was_measured(
    values: list[float], share: float, expected: float
) -> None:
    assert percentile(values, share) == expected


@pytest.mark.parametrize(("values", "expected"), [([5.0], 5.0), ([9.0, 1.0, 5.0], 5.0), ([1.0, 4.0], 2.5)])
def test_a_median_lies_in_the_middle(values: list[float], expected: float) -> None:
    assert median(values) == expected


def test_a_figure_that_misses_what_was_asked_says_so() -> None:
    (line,) = lines({"ttft_p50_s": 0.61})
    assert line[1:] == ("≤ 0.5 s", "0.61 s (missed)")


def test_a_figure_that_is_met_is_told_plainly() -> None:
    (line,) = lines({"kill9_lost": 0.0})
    assert line[1:] == ("0", "0")


def test_a_busy_machine_is_named_above_the_table() -> None:
    busy = {"talk_load_at_start": 4.2, "turns_load_at_start": 0.3, "ttft_p50_s": 0.4}
    (said,) = remarks(busy)
    assert "`talk`" in said
    assert page(busy).index(said) < page(busy).index("| what |")
