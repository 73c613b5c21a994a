"""Whether the person has said what they wanted to say: the judge of silences.

Three witnesses: the words (`clauses`), the sound of their end (`prosody`), and the turn model's own opinion. None is
enough: ears write a full stop after unfinished halves, a comma may sound like an end, and the turn model takes many
halves for wholes. Together, weighed by a table that `training/turn_ends` fits, they say how likely it is that the turn
is over, and so how long a silence must be before she may speak. Pure, and quick enough to be asked again whenever one
of the witnesses has something new to say. It does not know what was meant, and knows no language but English.
"""

import math
from typing import NamedTuple

from os1.voice.base import Marks
from os1.voice.clauses import look
from os1.voice.ends_table import BIAS, SCALES, WEIGHTS
from os1.voice.prosody import Prosody

SURE = 0.35
"""Seconds. Her answer is not ready sooner than 0.35 to 0.45 s after the last word, so this costs nothing; less would
cut in between two sentences said in one breath."""
LIKELY = 0.7
"""Seconds: the shorter thinking pauses are over, and she still answers within 0.8 s."""
UNSURE = 1.3
"""Seconds: thinking pauses last 0.5 to 1.2 s. Anything between would cost time and save few of them."""
OPEN = 1.8
"""Seconds after words that cannot be the last. Who stops there for good is asked by her silence."""
SURE_FROM, LIKELY_FROM, UNSURE_FROM = 0.85, 0.6, 0.15
"""Probabilities from which each holds, chosen on the voices that were fitted: of whole utterances one in twelve lies under
the second, one in five under the first."""


USUAL_STOP, USUAL_COMMA, USUAL_ONWARD = 0.65, 0.03, 0.001
"""Probabilities in the middle of ends and stops alike."""


class Evidence(NamedTuple):
    text: str
    """What was understood so far."""
    turn_model: float | None
    """0 to 1 by the turn model; None: it was not asked."""
    prosody: Prosody | None
    asked: bool
    """Her own last words were a question."""
    marks: Marks | None = None
    """What ears would end it with, if they tell."""


def over(evidence: Evidence) -> float:
    """0 to 1: how likely it is that nothing more will come."""
    score = BIAS + sum(WEIGHTS[name] * value for name, value in signs(evidence).items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def patience(evidence: Evidence) -> float:
    """Seconds of silence, counted from the last word, after which she may speak."""
    likely = over(evidence)
    if evidence.marks is not None and evidence.marks.comma > evidence.marks.stop:
        likely = min(likely, UNSURE_FROM)  # none of 694 ends was heard so
    for enough, seconds in ((SURE_FROM, SURE), (LIKELY_FROM, LIKELY), (UNSURE_FROM, UNSURE)):
        if likely >= enough:
            return seconds
    return OPEN


def signs(evidence: Evidence) -> dict[str, float]:
    """All that is weighed, by name; what is not known is left out and weighs nothing."""
    words = look(evidence.text, evidence.asked)
    found: dict[str, float] = words._asdict()
    if evidence.turn_model is not None:
        found["turn_model"] = _logit(evidence.turn_model)
    if evidence.marks is not None:
        found["stop_sure"] = _odds(evidence.marks.stop, USUAL_STOP)
        found["comma_sure"] = _odds(evidence.marks.comma, USUAL_COMMA)
        # Only what is there counts: where a comma is likely, such a word is not, and yet more will come.
        found["onward"] = math.log(max(evidence.marks.onward, USUAL_ONWARD) / USUAL_ONWARD) / 2
    # A question may end high or low, and "yes" is short: about those the sound has nothing to add.
    if evidence.prosody is not None and not words.whole and not words.whole_question:
        heard = evidence.prosody._asdict()
        found |= {name: _scaled(name, value) for name, value in heard.items() if name in SCALES}
    return {name: value for name, value in found.items() if name in WEIGHTS}


def _scaled(name: str, value: float) -> float:
    middle, spread = SCALES[name]
    return max(-2.5, min(2.5, (value - middle) / spread))


def _odds(probability: float, usual: float) -> float:
    """Half the logarithm of the odds over the usual ones: not to know is then worth nothing either way."""
    return (math.log((probability + 0.01) / (1.01 - probability)) - math.log(usual / (1 - usual))) / 2


def _logit(probability: float) -> float:
    """Even at 0, and within 3 either way: the model is often very sure of itself and wrong."""
    kept = min(max(probability, 0.0474), 0.9526)
    return math.log(kept / (1 - kept))
