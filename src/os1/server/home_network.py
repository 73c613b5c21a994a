"""Where a phone finds this machine: its addresses on the home network, its name there, and a link as a square to scan.

It does not know what listens there.
"""

import io
import re
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import ifaddr
import segno

from os1.errors import SetupError

Address = IPv4Address | IPv6Address

HOME_NETWORKS = tuple(
    ip_network(network) for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)
"""What only exists inside somebody's walls (RFC 1918, RFC 4193). A house is never opened to any other by itself."""
NOT_A_ROOM = re.compile(
    r"docker|br-|veth|virbr|vmnet|vboxnet|lxc|cni|podman|tun|utun|wg|tailscale|zt", re.IGNORECASE
)
"""Interfaces that lead to containers, virtual machines and tunnels: no phone in the house is there."""
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def addresses(chosen: str = "") -> list[str]:
    """This machine's own on the home network, older kinds first; or those that were chosen, with commas between.
    Raises SetupError for what is no address, or one that the whole world can reach."""
    if chosen.strip():
        return [str(_checked(one.strip())) for one in chosen.split(",") if one.strip()]
    found = {ip_address(text) for text in _of_this_machine()}
    home = [one for one in found if any(one in network for network in HOME_NETWORKS)]
    return [str(one) for one in sorted(home, key=lambda one: (one.version, int(one)))]


def local_name() -> str:
    """What this machine is called without anybody's name server (vm.local), empty if it has no such name."""
    label = socket.gethostname().partition(".")[0].lower()
    return f"{label}.local" if LABEL.fullmatch(label) else ""


def in_a_link(host: str) -> str:
    """As a browser writes it."""
    return f"[{host}]" if ":" in host else host


def with_key(page: str, key: str) -> str:
    """The link to scan. What stands behind the # is never sent: the page without TLS does not get to know it."""
    return f"{page}#{key}"


def square(link: str) -> str:
    """The link for a terminal, to be scanned: two rows of the square in a line."""
    drawn = io.StringIO()
    segno.make(link, error="l", micro=False).terminal(drawn, compact=True)
    return drawn.getvalue()


def picture(link: str) -> str:
    """The same as SVG, dark on light whatever the page's colours are: some cameras read nothing else."""
    return segno.make(link, error="m", micro=False).svg_inline(scale=4, dark="#000", light="#fff")


def _of_this_machine() -> Iterable[str]:
    for adapter in ifaddr.get_adapters():
        if not NOT_A_ROOM.match(adapter.nice_name):
            yield from (str(ip.ip if ip.is_IPv4 else ip.ip[0]) for ip in adapter.ips)


def _checked(text: str) -> Address:
    try:
        address = ip_address(text)
    except ValueError as error:
        raise SetupError(f"“{text}” in the setting “phone_addresses” is not an address.") from error
    if address.is_global or address.is_unspecified or address.is_multicast:
        raise SetupError(
            f"“{text}” in the setting “phone_addresses” reaches beyond your walls. Name an address on your home network."
        )
    return address
