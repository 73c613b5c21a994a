"""Her own voice, taken out of the microphone.

What she says is given in step with the microphone, from the moment it is handed to the wire: for every 20 ms of the
microphone the next 20 ms of hers, silence when there are none or while she is held. The room, the buffers and the
network add a delay, found here and not told: anything up to half a second after that. The cancelling is WebRTC's
(AEC3, out of LiveKit's package); what it leaves is found by `leak`, which also does what it can on machines that
package is not built for. It does not know what is said, nor whether anybody speaks.
"""

import atexit
import logging
from functools import cache

import numpy as np

from os1.voice.base import HEARD_FRAME, HEARD_RATE, SPOKEN_FRAME, SPOKEN_RATE, Sound
from os1.voice.leak import Leak
from os1.voice.pcm import from_pcm, to_pcm
from os1.voice.rates import Rates

try:
    from livekit.rtc import _ffi_client, apm, audio_frame
except ImportError:  # not built for this machine, or installed without a voice
    _ffi_client = apm = audio_frame = None

log = logging.getLogger(__name__)

STEP = HEARD_RATE // 100
"""Samples that WebRTC takes at a time, 10 ms."""


class Aec3:
    """WebRTC's canceller: 0.2 ms for 20 ms. Delays the microphone by 8 ms. Raises RuntimeError."""

    def __init__(self) -> None:
        """Loads the library, 50 ms: call it in a thread."""
        assert apm
        assert audio_frame
        self._frame = audio_frame.AudioFrame
        self._module = apm.AudioProcessingModule(echo_cancellation=True)
        leave_in_peace()

    def __call__(self, near: Sound, far: Sound) -> Sound:
        """20 ms of each, 16 kHz."""
        clean = np.empty(len(near), np.float32)
        for at in range(0, len(near), STEP):
            self._module.process_reverse_stream(
                self._frame(bytearray(to_pcm(far[at : at + STEP])), HEARD_RATE, 1, STEP)
            )
            frame = self._frame(bytearray(to_pcm(near[at : at + STEP])), HEARD_RATE, 1, STEP)
            self._module.process_stream(frame)
            clean[at : at + STEP] = from_pcm(frame.data)
        return clean


@cache
def leave_in_peace() -> None:
    """The library tidies up when this process ends, and a thread of its may then still want to tell Python of it, which is
    gone: now and then that aborts the process. It has nothing to tidy up that the end of a process does not."""
    atexit.register(lambda: setattr(getattr(_ffi_client, "FfiClient", None), "_ffi_disposed", True))


class EchoCanceller:
    """One call's, made in a thread. Use, for every 20 ms: `far`, then `near`. `far` may be given more at once."""

    def __init__(self) -> None:
        self._cancel = Aec3() if apm else None
        self._leak = Leak()
        self._lower = Rates(SPOKEN_RATE, HEARD_RATE)
        self._far = np.zeros(0, np.float32)

    def far(self, sound: Sound) -> None:
        """What she says next, 24 kHz."""
        self._far = np.concatenate([self._far, sound])

    def near(self, frame: Sound) -> Sound:
        """HEARD_FRAME samples of the microphone, less what she said until now."""
        hers, self._far = self._far[:SPOKEN_FRAME], self._far[SPOKEN_FRAME:]
        far = self._lower(np.pad(hers, (0, SPOKEN_FRAME - len(hers))))
        clean = self._leak(self._less(frame, far), frame, far)
        return clean if frame.any() else np.zeros(HEARD_FRAME, np.float32)

    def _less(self, frame: Sound, far: Sound) -> Sound:
        if self._cancel is None:
            return frame
        try:
            return self._cancel(frame, far)
        except RuntimeError:
            log.warning("the echo canceller gave up; her echo is only silenced from now on")
            self._cancel = None
            return frame
