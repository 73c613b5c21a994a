"""What each sign weighs, as `training/turn_ends/fit.py` found it. Not edited by hand; it knows no voice but those
of the 704 silences it was fitted on, which were all synthetic."""

BIAS = 1.51

WEIGHTS: dict[str, float] = {
    "filler": -3.00,
    "joiner": -3.07,
    "determiner": -3.08,
    "preposition": -2.69,
    "copula": -2.52,
    "auxiliary": -1.89,
    "subject": -3.00,
    "degree": -2.06,
    "wanting": -1.04,
    "opens_that": -2.00,
    "bare_start": -3.09,
    "frame": -2.51,
    "subordinate": -2.24,
    "hanging_topic": -2.08,
    "ends_asking": -2.66,
    "no_verb": -0.49,
    "listing": -1.61,
    "mark_open": -0.82,
    "question": 0.18,
    "tag": 1.01,
    "whole": 1.55,
    "answer": 1.48,
    "command": 0.65,
    "settled": 0.51,
    "mark_question": 0.21,
    "turn_model": 0.36,
    "length": 0.40,
    "height": -1.30,
    "dimming": -0.01,
    "clear": -0.61,
    "held": 0.97,
    "seconds": 0.74,
}

SCALES: dict[str, tuple[float, float]] = {
    "height": (-4.027, 3.054),
    "dimming": (-4.879, 4.486),
    "clear": (0.739, 0.186),
    "held": (0.15, 0.078),
    "seconds": (1.2, 0.256),
}
"""Middle and spread of each figure of the sound."""
