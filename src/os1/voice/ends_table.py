"""What each sign weighs, as `training/turn_ends/fit.py` found it. Not edited by hand; it knows no voice but those
of the 1036 silences it was fitted on, which were all synthetic."""

BIAS = 1.24

WEIGHTS: dict[str, float] = {
    "filler": -3.00,
    "joiner": -3.07,
    "determiner": -3.05,
    "preposition": -2.87,
    "copula": -2.52,
    "auxiliary": -1.87,
    "subject": -3.01,
    "degree": -2.16,
    "wanting": -1.10,
    "opens_that": -2.01,
    "bare_start": -3.11,
    "frame": -2.51,
    "subordinate": -2.25,
    "hanging_topic": -2.19,
    "ends_asking": -2.65,
    "no_verb": -0.42,
    "listing": -1.79,
    "mark_open": -0.87,
    "question": 0.17,
    "tag": 1.02,
    "whole": 1.54,
    "answer": 1.89,
    "command": 0.67,
    "settled": 0.56,
    "mark_question": 0.21,
    "turn_model": 0.29,
    "length": 0.70,
    "height": -0.76,
    "dimming": 0.01,
    "clear": -0.41,
    "held": 1.13,
    "seconds": 0.92,
}

SCALES: dict[str, tuple[float, float]] = {
    "height": (-3.901, 3.473),
    "dimming": (-5.02, 4.635),
    "clear": (0.701, 0.192),
    "held": (0.15, 0.098),
    "seconds": (1.2, 0.251),
}
"""Middle and spread of each figure of the sound."""
