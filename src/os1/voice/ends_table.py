"""What each sign weighs, as `training/turn_ends/fit.py` found it. Not edited by hand; it knows no voice but those
of the 1036 silences it was fitted on, which were all synthetic."""

BIAS = 0.97

WEIGHTS: dict[str, float] = {
    "filler": -3.00,
    "joiner": -3.11,
    "determiner": -3.09,
    "preposition": -3.06,
    "copula": -2.53,
    "auxiliary": -1.77,
    "subject": -3.03,
    "degree": -2.18,
    "wanting": -1.16,
    "opens_that": -2.01,
    "bare_start": -3.24,
    "frame": -2.52,
    "subordinate": -2.28,
    "hanging_topic": -2.25,
    "ends_asking": -2.75,
    "no_verb": -0.36,
    "listing": -1.96,
    "mark_open": -0.72,
    "comma_sure": -1.48,
    "whole_question": 0.49,
    "tag": 1.02,
    "whole": 1.59,
    "answer": 2.30,
    "command": 0.77,
    "settled": 0.57,
    "turn_model": 0.25,
    "stop_sure": 0.90,
    "length": 0.97,
    "height": -0.79,
    "dimming": 0.08,
    "clear": -0.40,
    "held": 1.20,
    "seconds": 0.82,
}

SCALES: dict[str, tuple[float, float]] = {
    "height": (-3.901, 3.473),
    "dimming": (-5.02, 4.635),
    "clear": (0.701, 0.192),
    "held": (0.15, 0.098),
    "seconds": (1.2, 0.251),
}
"""Middle and spread of each figure of the sound."""
