"""What is loud enough to be the person: not the television across the room, nor a voice behind a door. Pure.

A voice 15 dB under the one she talks with comes from several times as far. Whoever she talks with is learned from turns
that were confirmed (words, answered), never from sound alone: else a television that speaks first would be the person.
It also notices a microphone that is dead, or overdriven. It does not know whose voice it is, nor what is said.
"""

from dataclasses import dataclass, replace

import numpy as np

from os1.voice.base import Sound

NOTHING = -120.0
"""dBFS of no sound at all. One sample in 512 that is off by one step of 16 bit is at -117."""
AUDIBLE = -45.0
"""dBFS that is near enough while nobody is known: soft speech a metre away is at -40, a quiet room at -60."""
UNDER = 15.0
"""Decibels under the person's usual voice that are still theirs: they turn away (6), speak softly (6), begin a word."""
WHISPER = 20.0
"""The same when they have not been heard for long: a whisper, or they have moved away ..."""
LONG = 30.0
"""... which is so many seconds; a television is told apart less well then, so this is longer than an answer takes ..."""
EASING = 0.5
"""... and comes by so many decibels a second: by two sentences, not between two words."""
OVER_NOISE = 6.0
"""Decibels over the noise of the room: twice as loud as the fan it is to be told from."""
CEILING = -35.0
"""dBFS up to which the noise of the room counts while nobody is known: speech over loud music must still be near."""
SPEECH, QUIET = 0.5, 0.2
"""Probability from which a chunk is speech, and under which it is the room."""
FALLING, RISING = 0.5, 8.0
"""Seconds in which the noise floor follows the room down, and up: a bus that passes is not the room."""
LETTING_GO = 40.0
"""Decibels a second at which a voice that was near fades: the soft sounds inside its words (0.2 s) stay near, and how
a sentence ends is heard by its speech and not by its loudness."""
LEARNING = 20.0
"""Seconds of confirmed speech in which the usual voice follows the person: some five turns."""
DEAD, DEAD_LATER = 3.0, 60.0
"""Seconds of no sound at all until the microphone is dead: before anything was ever heard, and after. Some microphones
cut what is no speech to nothing, so that a person who listens looks like that."""
FULL = 0.99
"""Amplitude at which a sample is taken for cut off."""
OVERDRIVEN = 0.01
"""Share of cut off samples in speech that is heard as a crackle."""
CLIPPING = 2.0
"""Seconds over which that share is taken: one plosive into the microphone is not worth a word."""


def level(sound: Sound) -> float:
    """How loud, in dBFS: 0 for a full square wave, NOTHING for none."""
    power = float(np.mean(np.square(sound, dtype=np.float64))) if len(sound) else 0.0
    return float(max(NOTHING, 10 * np.log10(power))) if power > 0 else NOTHING


def cut_off(sound: Sound) -> float:
    """Share of the samples at full scale, 0 to 1."""
    return float(np.mean(np.abs(sound) >= FULL)) if len(sound) else 0.0


@dataclass(frozen=True, slots=True)
class Nearness:
    """Use: `near` for each chunk; `after` it; `confirmed` once what was said was taken for the person's."""

    floor: float = -60.0
    """dBFS of the room without a voice; at first a quiet one."""
    usual: float | None = None
    """dBFS of the person's voice, once it is known."""
    unheard: float = 0.0
    """Seconds since a voice was near."""
    _held: float = NOTHING
    """dBFS of the voice that was near, fading."""
    _voice: float = 0.0
    """Sum of decibels times seconds of what was near since the last turn ..."""
    _spoken: float = 0.0
    """... and its seconds."""
    _nothing: float = 0.0
    _ever: bool = False
    _clipped: float = 0.0

    @property
    def threshold(self) -> float:
        """dBFS from which a voice is the person's."""
        if self.usual is None:
            return max(AUDIBLE, min(self.floor + OVER_NOISE, CEILING))
        under = min(WHISPER, UNDER + EASING * max(0.0, self.unheard - LONG))
        return max(self.usual - under, min(self.floor + OVER_NOISE, self.usual - OVER_NOISE))

    def near(self, level: float) -> bool:
        """Whether a chunk this loud, in dBFS, may be the person."""
        return max(level, self._held) >= self.threshold

    @property
    def dead(self) -> bool:
        """Not even noise comes from the microphone."""
        return self._nothing >= (DEAD_LATER if self._ever else DEAD)

    @property
    def overdriven(self) -> bool:
        """The microphone is set too loud: her ears hear crackling."""
        return self._clipped >= OVERDRIVEN

    def after(self, level: float, speech: float, seconds: float, clipped: float = 0.0) -> "Nearness":
        """After a chunk of so many seconds: its dBFS, probability of speech and share of samples `cut_off`."""
        spoke = speech >= SPEECH
        near = spoke and level >= self.threshold
        share = min(1.0, seconds / CLIPPING)
        return replace(
            self,
            floor=self._floor_after(level, seconds) if speech < QUIET else self.floor,
            unheard=0.0 if near else self.unheard + seconds,
            _held=max(self._held - LETTING_GO * seconds, level if near else NOTHING),
            _voice=self._voice + (level * seconds if near else 0.0),
            _spoken=self._spoken + (seconds if near else 0.0),
            _nothing=0.0 if level > NOTHING else self._nothing + seconds,
            _ever=self._ever or level > NOTHING,
            _clipped=self._clipped + share * (clipped - self._clipped) if spoke else self._clipped,
        )

    def _floor_after(self, level: float, seconds: float) -> float:
        if level <= NOTHING:
            return self.floor
        share = min(1.0, seconds / (FALLING if level < self.floor else RISING))
        return self.floor + share * (level - self.floor)

    def confirmed(self) -> "Nearness":
        """What was near since the last turn was the person: this is how loud they are."""
        if not self._spoken:
            return self
        voice = self._voice / self._spoken
        share = min(1.0, self._spoken / LEARNING)
        usual = voice if self.usual is None else self.usual + share * (voice - self.usual)
        return replace(self, usual=usual, _voice=0.0, _spoken=0.0)

    def forgotten(self) -> "Nearness":
        """It was nothing: a cough, the television, her own voice."""
        return replace(self, _voice=0.0, _spoken=0.0)
