"""How she sounds, turn by turn: her persona's pace, her own state, and how the person speaks to her.

She goes some of the way towards the person, slowly, within bounds; whispered to, she whispers at once. Only what can
be heard is measured: how loud, how fast, with voice or without. No feeling is read from it: the mood is hers alone.
It does not know the words, nor the mouth that will say them.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from os1.voice.base import HEARD_RATE, Delivery, Sound

Array = NDArray[Any]

USUAL_PACE = 3.0
"""Words a second from the first sound of a turn to its last, in unhurried talk (2.5 with the silences around it):
what a person's pace is held against until theirs is known."""
LEARNING = 0.2
"""Of the difference, what one turn changes of what is usual for a person: five turns are a habit."""
COMING_CLOSER = 0.4
"""Of the difference, what one turn changes in her: she follows in three turns, and no single turn tips her over."""
SHARE_OF_LOUDNESS, SHARE_OF_PACE = 0.6, 0.4
"""How much of their change becomes hers: people meet halfway, and who copies wholly is felt to mock."""
SOFTEST, LOUDEST = -10.0, 4.0
"""Decibels she lets herself be drawn to: still heard across a room, and never shouting."""
SLOWER, FASTER = 0.88, 1.14
"""Times her pace, likewise: more is heard as an imitation."""
WHISPERED, VOICED = 0.6, 0.35
"""Degrees of a whisper over and under which a turn was one, or was none."""
VOICED_TURNS = 2
"""Turns with voice until she stops whispering: one loud word in a sleeping house is not the end of the night."""
SOFTER = -3.0
"""Decibels under the usual that a whisper lies at least; louder, and without voice, it is a noisy room."""
LOUDNESS_RANGE = 24.0
"""Decibels that a measurement may be off the usual; more is another microphone."""

PACES = (0.6, 1.6)
LOUDNESSES = (-18.0, 6.0)
"""What a mouth takes, as `Delivery` says."""

WINDOW, STEP = 640, 320
"""Samples, 40 and 20 ms: two periods of the lowest voice, and the step to the next look."""
LOWEST, HIGHEST = 80, 400
"""Hz of a voice's pitch."""
PERIODIC = 0.5
"""Likeness of a sound to itself one period later, from which it is voice; breath stays under 0.35."""
ACTIVE = 10 ** (-25 / 10)
"""Power under the loudest look at which somebody still speaks: voice spans 25 dB."""
LOW = 800
"""Hz: voice has most of its power below, a whisper nearly none."""
FEWEST = 8
"""Looks with sound, 0.16 s: less tells nothing."""


class Mood(NamedTuple):
    """Her own state, not the person's."""

    valence: float = 0.0
    """-1: sad; 1: glad."""
    arousal: float = 0.0
    """-1: drowsy, calm; 1: stirred."""


class Manner(NamedTuple):
    """How the person spoke in one turn."""

    loudness: float = 0.0
    """Decibels over or under what is usual for them, on this microphone."""
    pace: float = 1.0
    """Times their usual words a second."""
    whisper: float = 0.0
    """0: with voice; 1: with none."""


class Usual(NamedTuple):
    """What is usual for a person, as far as it is known."""

    level: float | None = None
    """Decibels under full scale while they speak; None before the first turn."""
    pace: float = USUAL_PACE
    """Words a second."""


class Measured(NamedTuple):
    level: float
    pace: float
    """Words a second; 0 if too short to tell."""
    whisper: float


class Attuned(NamedTuple):
    """How far she has come towards the person. Begin with `Attuned()`, then `attuned` after each turn."""

    loudness: float = 0.0
    pace: float = 1.0
    whisper: float = 0.0
    voiced_turns: int = VOICED_TURNS
    """Since they last whispered."""


def delivery(pace: float, mood: Mood, attuned: Attuned) -> Delivery:
    """`pace`: her persona's, in times the voice's own."""
    glad, stirred = _within(mood.valence, (-1, 1)), _within(mood.arousal, (-1, 1))
    return Delivery(
        pace=_within(pace * attuned.pace * (1 + 0.08 * stirred + 0.03 * glad), PACES),
        loudness=_within(attuned.loudness + 2.0 * stirred, LOUDNESSES),
        whisper=_within(attuned.whisper, (0, 1)),
        warmth=_within(0.35 * glad - 0.25 * stirred + 0.3 * attuned.whisper, (-1, 1)),
    )


def attuned(before: Attuned, manner: Manner) -> Attuned:
    """After one more turn of theirs."""
    whispered = manner.whisper >= WHISPERED
    voiced_turns = 0 if whispered else before.voiced_turns + (manner.whisper < VOICED)
    whisper = 1.0 if whispered else (before.whisper if voiced_turns < VOICED_TURNS else 0.0)
    # A whisper is soft of itself: it must not make her softer twice, nor quiet for the turns after it.
    loudness = 0.0 if whisper else _within(manner.loudness * SHARE_OF_LOUDNESS, (SOFTEST, LOUDEST))
    pace = _within(1 + (manner.pace - 1) * SHARE_OF_PACE, (SLOWER, FASTER))
    return Attuned(
        loudness=_within(_closer(before.loudness, loudness), (SOFTEST, LOUDEST)),
        pace=_within(_closer(before.pace, pace), (SLOWER, FASTER)),
        whisper=whisper,
        voiced_turns=min(voiced_turns, VOICED_TURNS),
    )


def manner_of(sound: Sound, words: int, usual: Usual) -> Manner:
    """How they spoke in this turn, 16 kHz. Takes a few ms for each ten seconds."""
    return held_against(usual, measured(sound, words))


def held_against(usual: Usual, turn: Measured | None) -> Manner:
    if turn is None:
        return Manner()
    known = usual.level is not None
    over = turn.level - usual.level if usual.level is not None else 0.0
    return Manner(
        loudness=_within(over, (-LOUDNESS_RANGE, LOUDNESS_RANGE)),
        pace=_within(turn.pace / usual.pace, (0.4, 2.5)) if turn.pace else 1.0,
        whisper=0.0 if known and over > SOFTER else turn.whisper,
    )


def usual_after(usual: Usual, turn: Measured | None) -> Usual:
    """What is usual, one turn later. Whispers are not: they teach nothing about a voice."""
    if turn is None or turn.whisper >= VOICED:
        return usual
    level = turn.level if usual.level is None else usual.level + LEARNING * (turn.level - usual.level)
    pace = usual.pace + LEARNING * (_within(turn.pace, (1.2, 5.0)) - usual.pace) if turn.pace else usual.pace
    return Usual(level, pace)


def measured(sound: Sound, words: int) -> Measured | None:
    """None when there is too little sound to tell."""
    if len(sound) < WINDOW:
        return None
    looks: Array = np.lib.stride_tricks.sliding_window_view(sound, WINDOW)[::STEP]
    looks = looks - looks.mean(axis=1, keepdims=True)
    power = np.einsum("ij,ij->i", looks, looks) / WINDOW
    active = np.flatnonzero(power > max(float(np.quantile(power, 0.98)) * ACTIVE, 1e-8))
    if len(active) < FEWEST:
        return None
    seconds = (active[-1] - active[0] + 1) * STEP / HEARD_RATE
    likeness, low = _voicing(looks[active])
    voiced = (likeness > PERIODIC) & (low > 0.2)
    share = float(np.mean(voiced))
    louder = power[active][voiced] if share > 0.2 else power[active]
    return Measured(
        level=float(10 * np.log10(np.asarray(louder).mean())),
        pace=float(words / seconds) if words >= 3 and seconds > 0.6 else 0.0,
        whisper=float(_within((0.35 - share) / 0.25, (0, 1))) if words else 0.0,
    )


def _voicing(looks: Array) -> tuple[Array, Array]:
    """For each look: how like itself it is one period of a voice later, and the share of its power that lies low."""
    windowed = looks * np.hanning(WINDOW).astype(np.float32)
    power = np.abs(np.fft.rfft(windowed, 2 * WINDOW, axis=1)) ** 2
    alike = np.fft.irfft(power, axis=1)[:, :WINDOW]
    taper = np.fft.irfft(np.abs(np.fft.rfft(np.hanning(WINDOW), 2 * WINDOW)) ** 2)[:WINDOW]
    periods = slice(HEARD_RATE // HIGHEST, HEARD_RATE // LOWEST + 1)
    alike = alike[:, periods] / (taper[periods] / taper[0]) / np.maximum(alike[:, :1], 1e-9)
    pitches = np.fft.rfftfreq(2 * WINDOW, 1 / HEARD_RATE)
    low = power[:, pitches < LOW].sum(axis=1) / np.maximum(power.sum(axis=1), 1e-9)
    return alike.max(axis=1).astype(np.float32), low.astype(np.float32)


def _closer(before: float, aim: float) -> float:
    return before + COMING_CLOSER * (aim - before)


def _within(value: float, bounds: tuple[float, float]) -> float:
    return min(bounds[1], max(bounds[0], value))
