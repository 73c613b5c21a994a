"""What a window is sent when it opens: where the two of them stand, and what it has not seen.

It does not know what a window shows, nor what happens after.
"""

from collections.abc import AsyncIterator

from os1.brain.base import Brain
from os1.companion.companion import Companion
from os1.errors import BrainUnavailable
from os1.frames import SHOWN, BrainFrame, CaughtUp, Frame, Open, Welcome, told

PAGE = 50
"""Events in a page: about two screens of conversation."""


async def history(companion: Companion, command: Open) -> AsyncIterator[Frame]:
    """Ends once there is nothing newer: what happens after that, the window is told as it happens. Raises StoreError.

    After something was forgotten it begins anew, so that no window goes on showing it.
    """
    store, after = companion.store, command.after
    fresh = after < 0 or bool(await store.read(after, limit=1, kinds=("forgot",)))
    missed = await (store.before(limit=PAGE, kinds=SHOWN) if fresh else store.read(after, kinds=SHOWN))
    yield await _welcome(companion, command.client, fresh=fresh)
    known = None if fresh else after
    while missed:
        for frame in told(missed, known):
            yield frame
        known = missed[-1].seq
        missed = await store.read(known, kinds=SHOWN) if known < companion.last_seq else []
    yield CaughtUp(last=companion.last_seq)


async def _welcome(companion: Companion, client: str, *, fresh: bool) -> Welcome:
    heard_n = await companion.store.last_n(client)
    persona = companion.persona
    return Welcome(
        last=companion.last_seq,
        fresh=fresh,
        stage=companion.meeting.stage,
        name=persona.name if persona else None,
        heard_n=heard_n,
        private=companion.private,
        brain=brain_frame(companion.brain),
    )


def brain_frame(brain: Brain) -> BrainFrame:
    """How her brain is, with a sentence where there is something to say about it."""
    text = {"waking": "One moment, I'm waking up.", "ready": "", "lost": BrainUnavailable.spoken}[brain.state]
    return BrainFrame(state=brain.state, name=brain.name, text=text)
