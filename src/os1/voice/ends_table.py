"""What each sign weighs: a first table, set by hand."""

BIAS = 2.0

WEIGHTS: dict[str, float] = {
    "filler": -4.0,
    "joiner": -4.0,
    "determiner": -4.0,
    "preposition": -4.0,
    "stranded": -0.3,
    "copula": -3.0,
    "auxiliary": -3.0,
    "subject": -3.0,
    "degree": -2.5,
    "wanting": -2.0,
    "opens_that": -3.0,
    "bare_start": -4.0,
    "frame": -4.0,
    "subordinate": -3.0,
    "hanging_topic": -3.0,
    "ends_asking": -3.0,
    "no_verb": -1.5,
    "listing": -2.0,
    "question": 1.0,
    "tag": 1.0,
    "whole": 2.0,
    "answer": 0.5,
    "command": 0.5,
    "settled": 0.5,
    "mark_question": 1.0,
    "mark_open": -1.5,
    "length": 0.0,
    "turn_model": 0.3,
    "movement": -0.3,
    "height": -0.3,
    "ground": -0.3,
    "dimming": -0.3,
}

SCALES: dict[str, tuple[float, float]] = {
    "movement": (-3.0, 4.0),
    "height": (-3.0, 4.0),
    "ground": (1.0, 3.0),
    "dimming": (-8.0, 4.0),
    "fade": (0.1, 0.06),
    "held": (0.3, 0.3),
    "voiced": (0.7, 0.2),
    "seconds": (1.5, 0.7),
}
