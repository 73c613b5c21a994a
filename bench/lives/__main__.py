"""An excerpt of an invented life, for people to read: `python -m bench.lives --seed 1 --turns 60 [--from 4000]`."""

import argparse

from bench.lives.telling import life

options = argparse.ArgumentParser(description=__doc__)
options.add_argument("--seed", type=int, default=1)
options.add_argument("--turns", type=int, default=60)
options.add_argument("--from", type=int, default=1, dest="first", help="number of the first turn")
chosen = options.parse_args()
made = life(chosen.seed)
for turn in made.turns[chosen.first - 1 : chosen.first - 1 + chosen.turns]:
    print(
        f"{turn.number:>5} {turn.at:%a %d %b %H:%M}  {'  her: ' if turn.speaker == 'companion' else ''}{turn.text}"
    )
    for fact in made.facts:
        for told in fact.told:
            if told.turn == turn.number:
                print(
                    f"{'':>26}* {fact.about} {fact.kind}: {fact.value}{' (a mistake)' if fact.mistaken else ''}"
                )
    if turn.ends:
        print()
