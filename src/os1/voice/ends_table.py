"""What each sign weighs, as `training/turn_ends/fit.py` found it. Not edited by hand; it knows no voice but those
of the 1036 silences it was fitted on, which were all synthetic."""

BIAS = 1.58

WEIGHTS: dict[str, float] = {
    "filler": -3.00,
    "joiner": -3.07,
    "determiner": -3.05,
    "preposition": -2.90,
    "copula": -2.52,
    "auxiliary": -1.84,
    "subject": -3.02,
    "degree": -2.13,
    "wanting": -0.99,
    "opens_that": -2.01,
    "bare_start": -3.16,
    "frame": -2.51,
    "subordinate": -2.21,
    "hanging_topic": -2.17,
    "ends_asking": -2.74,
    "no_verb": -0.45,
    "listing": -1.85,
    "mark_open": -0.67,
    "comma_sure": -0.92,
    "onward": -1.75,
    "whole_question": 0.48,
    "tag": 1.01,
    "whole": 1.48,
    "answer": 1.83,
    "command": 0.62,
    "settled": 0.53,
    "turn_model": 0.22,
    "stop_sure": 0.64,
    "length": 0.68,
    "height": -0.80,
    "dimming": 0.03,
    "clear": -0.37,
    "held": 1.08,
    "seconds": 0.72,
}

SCALES: dict[str, tuple[float, float]] = {
    "height": (-3.901, 3.473),
    "dimming": (-5.02, 4.635),
    "clear": (0.701, 0.192),
    "held": (0.15, 0.098),
    "seconds": (1.2, 0.251),
}
"""Middle and spread of each figure of the sound."""
