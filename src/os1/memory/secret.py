"""A fingerprint of words: it tells whether two are the same, and not what they are.

Keyed with the companion's own salt (HMAC-SHA-256, RFC 2104), so that fingerprints of two companions cannot be compared.
Whoever has the file can still try words one by one: a fingerprint hides a sentence well, and a first name badly.
"""

import hmac
from hashlib import sha256


def fingerprint(salt: str, *parts: str) -> str:
    """16 bytes of it, in hexadecimal: enough that two things never share one by chance."""
    return hmac.new(salt.encode(), "\x00".join(parts).encode(), sha256).hexdigest()[:32]
