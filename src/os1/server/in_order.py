"""Packets of sound in their order, for a network that loses some: waits a moment for what is late, then goes on without.

Stands in for the library's own buffer, which stops at a lost packet until sixteen have come and loses those as well:
at one loss in five, three quarters of what was said. It does not know what is in a packet.
"""

from aiortc.jitterbuffer import JitterFrame
from aiortc.rtp import RtpPacket

WAITS = 3
"""Packets that may come after a missing one before it is given up: 60 ms, as much as a home network delays."""
LONG_AGO = 500
"""Packets, ten seconds: a number that far back is no late packet but a count begun anew."""
AROUND = 1 << 16
"""Packets are counted round and round in 16 bits."""


class InOrder:
    def __init__(self) -> None:
        self._waiting: dict[int, RtpPacket] = {}
        self._next: int | None = None

    def add(self, packet: RtpPacket) -> tuple[bool, JitterFrame | None]:
        """As the library asks: whether a picture must be sent anew (never), and the packet whose turn it is."""
        if self._next is None or AROUND // 2 <= self._ahead(packet.sequence_number) < AROUND - LONG_AGO:
            self._next, self._waiting = packet.sequence_number, {}
        if self._ahead(packet.sequence_number) < AROUND // 2:  # not one that was given up, come after all
            self._waiting[packet.sequence_number] = packet
        if self._next not in self._waiting and len(self._waiting) > WAITS:
            self._next = min(self._waiting, key=self._ahead)
        found = self._waiting.pop(self._next, None)
        if found is None:
            return False, None
        self._next = (self._next + 1) % AROUND
        return False, JitterFrame(data=found.payload, timestamp=found.timestamp)

    def _ahead(self, number: int) -> int:
        return (number - (self._next or 0)) % AROUND
