"""The way to ears or a mouth behind somebody's OpenAI-compatible endpoint.

It does not know what is sent there. What an endpoint says of a failure is not passed on: it may quote the person,
and errors are logged.
"""

import httpx

from os1.errors import SetupError

CONNECT = 5.0
"""Seconds to reach an endpoint: a sleeping laptop on the same network answers within two."""
HERE = ("127.0.0.1", "localhost", "::1")
REFUSALS = {
    400: "does not accept the request; is the model's name right?",
    401: "refused the key.",
    403: "refused the key.",
    404: "is not at that address, or has no such model.",
    413: "says the sound is too long.",
    429: "says it was asked too much.",
}


def client_of(name: str, base_url: str, key: str, silence: float) -> httpx.AsyncClient:
    """`silence`: seconds without a byte before it counts as lost. Raises SetupError for an address that is none."""
    try:
        url = httpx.URL(base_url.rstrip("/") + "/")
    except httpx.InvalidURL as error:
        raise SetupError(f"The address of {name} is none: {error}.") from error
    if url.scheme not in ("http", "https") or not url.host:
        raise SetupError(f"The address of {name} must begin with http:// or https://.")
    key = key.strip()
    if not (key.isascii() and key.isprintable()):
        raise SetupError(f"The key of {name} has characters that no key has. Was it copied whole?")
    return httpx.AsyncClient(
        base_url=url,
        headers={"Authorization": f"Bearer {key}"} if key else {},
        timeout=httpx.Timeout(silence, connect=CONNECT),
        trust_env=url.host not in HERE,  # a proxy that the machine names is not for what is on the machine
    )


def refusal(status: int) -> str:
    """What an answer that is none means, to go after the endpoint's name."""
    return REFUSALS.get(status, f"answered HTTP {status}.")
