"""What `os1 doctor` says of phones: whether they may come in, where, and what is missing. It changes nothing."""

import asyncio
import importlib.util

from os1.config import Settings
from os1.errors import SetupError

NEEDED = ("cryptography", "ifaddr", "segno")


async def phones(settings: Settings) -> tuple[bool, str, str]:
    """Good or not, what was looked at, and what to do: as a `doctor.Finding`."""
    if not settings.phone:
        return True, "phones: not let in (os1 run --phone does)", ""
    if missing := [name for name in NEEDED if importlib.util.find_spec(name) is None]:
        return False, "phones", f"Something is not installed ({', '.join(missing)}): pip install 'os1[phone]'"
    from os1.server.home_network import addresses  # noqa: PLC0415

    try:
        found = await asyncio.to_thread(addresses, settings.phone_addresses)
    except SetupError as error:
        return False, "phones", str(error)
    if not found:
        return (
            False,
            "phones",
            "This machine has no address on a home network just now; she looks every minute.",
        )
    return True, f"phones: let in at {', '.join(found)}, port {settings.port + 1}", ""
