"""Whether someone who fell silent is done, by the melody of how they said it: Smart Turn v3.2.

It hears the last eight seconds as a picture of 80 pitches in steps of 10 ms, as Whisper does. It is a weak judge alone:
of synthetic voices it takes one end in seven for a pause. It knows neither the words nor how long the silence is.
"""

import asyncio
import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from os1.errors import EarsUnavailable, ModelError
from os1.voice.base import HEARD_RATE, Sound
from os1.voice.onnx import Session

SECONDS = 8
"""What the model was trained on; shorter sound gets silence before it."""
LENGTH = SECONDS * HEARD_RATE
WINDOW = 400
"""Samples, 25 ms: two periods of the deepest voice."""
HOP = 160
"""Samples, 10 ms."""
MELS = 80
BREAK = 1000.0
"""Hertz at which Slaney's scale goes over from even steps to even ratios."""
BREAK_MEL = 15.0
"""That frequency on his scale: a mel is 66.7 Hz below it."""
RATIO = math.log(6.4) / 27
"""Above it, 27 mels are a factor of 6.4."""
FLOOR = 1e-10
"""Power that counts as nothing, so that it has a logarithm."""
DEPTH = 8.0
"""Decades of power under the loudest spot that are seen; the rest is noise."""


class SmartTurn:
    """One thread: a second one gains a third of 30 ms, and takes the brain's core for it."""

    def __init__(self, model: Path, threads: int = 1) -> None:
        """Reads the file, in some 0.1 s: call it in a thread. Raises ModelMissing or ModelRefused."""
        self._session = Session(model, threads)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="turns")

    async def over(self, sound: Sound) -> float:
        """Raises EarsUnavailable, should the model fail."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._over, sound)
        except RuntimeError as error:
            raise EarsUnavailable("The turn model was put away.") from error

    async def close(self) -> None:
        self._thread.shutdown(wait=False)  # what was asked is still answered: nobody is left waiting

    def _over(self, sound: Sound) -> float:
        try:
            (found,) = self._session.run({"input_features": features(sound)[np.newaxis]})
        except ModelError as error:
            raise EarsUnavailable(str(error)) from error
        return float(found[0, 0])


def features(sound: Sound) -> NDArray[np.float32]:
    """80 pitches in 800 steps: how loud each was, on a logarithmic scale of about -1 to 1."""
    last = np.zeros(LENGTH, dtype=np.float32)
    heard = sound[-LENGTH:]
    if len(heard):
        last[-len(heard) :] = heard
    last = (last - last.mean()) / np.sqrt(last.var() + 1e-7)
    # The silence before it is the same everywhere: one step of it stands for all.
    alike = max(0, (LENGTH - len(heard) - WINDOW // 2) // HOP)
    padded = np.pad(last, WINDOW // 2, mode="reflect")[alike * HOP :]
    frames = sliding_window_view(padded, WINDOW)[: LENGTH - alike * HOP : HOP] * HANN
    spectrum = np.fft.rfft(frames, axis=-1)
    power = PITCHES.of(spectrum.real**2 + spectrum.imag**2)
    logs = np.log10(np.maximum(power, FLOOR)).T
    logs = np.concatenate([np.repeat(logs[:, :1], alike, axis=1), logs], axis=1)
    return np.asarray((np.maximum(logs, logs.max() - DEPTH) + 4) / 4, dtype=np.float32)


def _to_hertz(mels: NDArray[np.float64]) -> NDArray[np.float64]:
    even = mels * (BREAK / BREAK_MEL)
    return np.where(mels < BREAK_MEL, even, BREAK * np.exp(RATIO * (mels - BREAK_MEL)))


class Pitches:
    """80 overlapping triangles over the spectrum, each with the same area.

    A frequency belongs to two of them at most: summing the stretches between their corners costs as little as one
    large multiplication, and starts no threads of the matrix library beside the brain's.
    """

    def __init__(self) -> None:
        highest = BREAK_MEL + math.log(HEARD_RATE / 2 / BREAK) / RATIO
        corners = _to_hertz(np.linspace(0, highest, MELS + 2))
        frequencies = np.linspace(0, HEARD_RATE / 2, WINDOW // 2 + 1)
        stretch = np.minimum(np.searchsorted(corners, frequencies, "right") - 1, MELS)
        rising = (frequencies - corners[stretch]) / (corners[stretch + 1] - corners[stretch])
        self._weights = np.stack([rising, 1 - rising]).astype(np.float32)[:, np.newaxis]
        self._stretches, self._starts = np.unique(stretch, return_index=True)
        self._heights = (2 / (corners[2:] - corners[:-2])).astype(np.float32)

    def of(self, power: NDArray[np.floating[Any]]) -> NDArray[np.float32]:
        """From (steps, frequencies) to (steps, pitches)."""
        sums = np.zeros((2, len(power), MELS + 1), dtype=np.float32)
        sums[:, :, self._stretches] = np.add.reduceat(power * self._weights, self._starts, axis=-1)
        rising, falling = sums
        return (rising[:, :-1] + falling[:, 1:]) * self._heights


HANN = np.hanning(WINDOW + 1)[:-1].astype(np.float32)
PITCHES = Pitches()
