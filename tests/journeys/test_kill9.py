"""The house is killed in mid-conversation, again and again: whatever it acknowledged is there when it comes back."""

from bench.kill9 import run


def test_fifty_deaths_cost_no_word() -> None:
    found = run(kills=50, seed=8316)
    assert found["kills"] == 50
    assert found["acknowledged"] > 50, "she was killed before anything was said"
    assert (found["lost"], found["corrupt"], found["refused"]) == (0, 0, 0)


def test_a_house_that_acknowledges_before_it_writes_is_caught() -> None:
    found = run(kills=10, seed=8316, careless=True)
    assert found["lost"] > 0
