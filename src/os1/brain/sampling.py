"""The next token, out of how likely the model finds each: a pure function, but for the dice it is given.

The order of the steps is llama.cpp's: repetition, the likeliest few, their share, their distance, temperature.
Sources: nucleus sampling (Holtzman et al. 2020), the repetition penalty of CTRL (Keskar et al. 2019), min-p (Nguyen
et al. 2024). It does not know what a token means.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

TEMPERATURE = 0.4
"""What a 1.5B model speaks best with: at 0.6 and above its answers grow longer and more like a help desk's."""
MOST = 40
"""Candidates that are looked at."""
SHARE = 0.9
"""Of the probability that the candidates together have: what lies beyond is not said."""
DISTANCE = 0.05
"""Of the likeliest one's probability that a candidate must have."""
REPEATED = 1.1
"""What a token that was just used loses: a small model goes in circles without it."""
RECENT = 64
"""Tokens that count as just used."""


def choose(logits: NDArray[np.float32], before: Sequence[int], dice: np.random.Generator) -> int:
    """`logits`: one per token of the vocabulary, left as they are. `before`: all tokens so far."""
    logits = logits.copy()
    used = np.unique(np.asarray(before[-RECENT:], dtype=np.int64))
    logits[used] = np.where(logits[used] > 0, logits[used] / REPEATED, logits[used] * REPEATED)
    few = np.argpartition(logits, -MOST)[-MOST:] if len(logits) > MOST else np.arange(len(logits))
    few = few[np.argsort(-logits[few])]
    likely = _probabilities(logits[few])
    within = np.cumsum(likely) - likely < SHARE  # the one that crosses the line is still among them
    near = likely >= DISTANCE * likely[0]
    few = few[within & near]
    return int(dice.choice(few, p=_probabilities(logits[few] / TEMPERATURE)))


def _probabilities(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    powers = np.exp((logits - logits.max()).astype(np.float64))
    return powers / powers.sum()
