"""Whose turn it is. Pure: fed seconds and speech, it keeps no clock and reads no audio.

A turn of the person's begins with speech, pauses when it dips, goes on or comes to its end: when the silence has
outlasted the patience that someone (see `ends`) found right for what was said. It does not know what was said.
"""

from enum import Enum

SPEECH = 0.5
"""A chunk this likely to be speech is, and any other is silence. A gentler threshold for the end (0.35) is passed 11 ms
later and hides one dip in sixteen; a dip costs nothing, since whoever goes on resumes."""
ONSET = 0.064
"""Seconds of speech before we believe it: two chunks. One alone takes a click for a word."""
FORGET = 0.096
"""Seconds of quiet after which the beginnings of a word are forgotten."""
PAUSE = 0.3
"""Seconds of silence that count as a pause in someone's speech: shorter ones belong to the words."""


class Signal(Enum):
    BEGAN = "began"
    """The person has begun to speak."""
    DIPPED = "dipped"
    """They fell silent: perhaps for good, perhaps between two words."""
    RESUMED = "resumed"
    """They go on."""
    ENDED = "ended"
    """The silence has outlasted the patience."""


class Turns:
    """Use: `hear` every chunk; set `patience` when something is known of what was said; `close` when the turn is taken."""

    def __init__(self) -> None:
        self.open = False
        """The person has a turn going on."""
        self.speaking = False
        """... and a voice is heard in it just now."""
        self.patience = float("inf")
        """Seconds of silence after which the turn is over."""
        self.silence = 0.0
        """Seconds since the last speech of this turn."""
        self.voiced = 0.0
        """Seconds of speech in this turn."""
        self.seconds = 0.0
        """Seconds since it began."""
        self.pauses = 0
        self._onset = 0.0
        self._quiet = 0.0
        self._ended = False

    def hear(self, seconds: float, speech: float) -> Signal | None:
        """`seconds` more of sound that is `speech` (0 to 1) likely to be a voice."""
        if not self.open:
            return self._before(seconds, speech)
        self.seconds += seconds
        if self.speaking:
            return self._within(seconds, speech)
        return self._after(seconds, speech)

    def close(self) -> None:
        """The turn was taken, or was none: the next speech begins a new one."""
        self.__init__()

    def _before(self, seconds: float, speech: float) -> Signal | None:
        if speech >= SPEECH:
            self._onset, self._quiet = self._onset + seconds, 0.0
        else:
            self._quiet += seconds
            if self._quiet >= FORGET:
                self._onset = 0.0
        if self._onset < ONSET - 1e-9:
            return None
        self.open = self.speaking = True
        self.voiced = self.seconds = self._onset
        return Signal.BEGAN

    def _within(self, seconds: float, speech: float) -> Signal | None:
        if speech >= SPEECH:
            self.voiced += seconds
            return None
        self.speaking, self.silence, self._ended = False, seconds, False
        return Signal.DIPPED

    def _after(self, seconds: float, speech: float) -> Signal | None:
        if speech >= SPEECH:
            self.pauses += self.silence >= PAUSE
            self.speaking, self.silence = True, 0.0
            self.patience = float("inf")
            self.voiced += seconds
            return Signal.RESUMED
        self.silence += seconds
        return self.settle()

    def settle(self) -> Signal | None:
        """Whether the patience, perhaps just set, is over now. Says so once."""
        if self.open and not self.speaking and not self._ended and self.silence >= self.patience:
            self._ended = True
            return Signal.ENDED
        return None
