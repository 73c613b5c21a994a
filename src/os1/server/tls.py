"""Certificates for phones: an authority of this house's own, made once, and the certificate that it vouches for.

Browsers give no microphone to a page that came without TLS, and no public authority vouches for an address at home.
So the house has its own authority, which a phone may trust. It can vouch for the home network and this machine's
own .local name, and for nothing else: whoever steals its key cannot pose as anybody's bank.
It does not know who listens, nor which phone trusts it.
"""

import ssl
from datetime import datetime, timedelta
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from os1.clock import Clock
from os1.errors import SetupError
from os1.server.home_network import HOME_NETWORKS
from os1.store.whole_file import unusable, write_whole

AUTHORITY_LASTS = timedelta(days=3650)
"""Ten years: trusting it anew is work for a person, and it can do little harm."""
CERTIFICATE_LASTS = timedelta(days=397)
"""The longest that all browsers accept."""
RENEW_BEFORE = timedelta(days=30)
"""Time to spare for a house that is seldom opened."""
CLOCKS_DIFFER = timedelta(days=1)
"""So much may a phone's clock be behind, or this machine's jump back."""
ANY_NAME = "house.invalid"
"""Stands for .local names where the machine has none: without one named, an authority could vouch for all."""


class Sealed(NamedTuple):
    """A certificate with its key."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def pem(self) -> str:
        """Both in one, so that they are written together or not at all."""
        key = self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),  # the file is the person's alone; a password would lie beside it
        )
        return (key + self.certificate.public_bytes(serialization.Encoding.PEM)).decode()


class Certificates:
    """Those of one home. Every method but `load` touches the disk, and belongs in a thread."""

    def __init__(self, home: Path, clock: Clock) -> None:
        self._folder = home / "tls"
        self._clock = clock
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        """For whoever listens; `load` changes what it shows to the next who comes."""

    def authority(self, names: tuple[str, ...]) -> x509.Certificate:
        """The one a phone is to trust. Raises StoreError, SetupError."""
        return self._authority(names).certificate

    def renew(self, names: tuple[str, ...]) -> bool:
        """Make what is missing, too old, or for other names than these (addresses, host names). True if something was
        made. Raises StoreError, SetupError."""
        authority, now = self._authority(names), self._clock.now()
        if self._good(authority, names, now):
            return False
        self._write("house.pem", sealed_for(names, authority, now))
        return True

    def load(self) -> None:
        """Show the newest from now on: two kilobytes, written a moment ago. Lines that are open stay open."""
        self.context.load_cert_chain(self._folder / "house.pem")

    def _authority(self, names: tuple[str, ...]) -> Sealed:
        now, file = self._clock.now(), self._folder / "authority.pem"
        try:
            known = _read(file)
        except FileNotFoundError:
            known = None
        except ValueError as error:
            raise SetupError(
                f"{file} is damaged. Remove it and start again; phones then have to trust a new certificate."
            ) from error
        if known and now < known.certificate.not_valid_after_utc - CERTIFICATE_LASTS and covers(known, names):
            return known
        return self._write("authority.pem", new_authority(names, now))

    def _good(self, authority: Sealed, names: tuple[str, ...], now: datetime) -> bool:
        try:
            known = _read(self._folder / "house.pem").certificate
            known.verify_directly_issued_by(authority.certificate)
        except (FileNotFoundError, ValueError, TypeError, InvalidSignature):
            return False  # not there, damaged, or of another authority: it is made anew
        young = known.not_valid_before_utc <= now <= known.not_valid_after_utc - RENEW_BEFORE
        return young and names_on(known) == set(names)

    def _write(self, name: str, sealed: Sealed) -> Sealed:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise unusable(error, self._folder) from error
        write_whole(self._folder / name, sealed.pem())
        return sealed


def new_authority(names: tuple[str, ...], now: datetime) -> Sealed:
    """One that can vouch for the home network, and for these names, and for nothing else."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = _called(f"OS1, this house only ({_dns(names) or 'at home'}, {now:%B %Y})")
    certificate = (
        _draft(who, who, key.public_key(), (now - CLOCKS_DIFFER, now + AUTHORITY_LASTS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_may(signing_others=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.NameConstraints(_permitted(names), None), critical=True)
        .sign(key, hashes.SHA256())
    )
    return Sealed(key, certificate)


def sealed_for(names: tuple[str, ...], authority: Sealed, now: datetime) -> Sealed:
    """What the house shows to a phone, for exactly these names."""
    key, start = ec.generate_private_key(ec.SECP256R1()), now - CLOCKS_DIFFER
    certificate = (
        _draft(
            authority.certificate.subject,
            _called("OS1 house"),
            key.public_key(),
            (start, start + CERTIFICATE_LASTS),
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_may(signing_others=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False
        )
        .sign(authority.key, hashes.SHA256())
    )
    return Sealed(key, certificate)


def covers(authority: Sealed, names: tuple[str, ...]) -> bool:
    """Whether this authority may vouch for all of these."""
    allowed = authority.certificate.extensions.get_extension_for_class(x509.NameConstraints).value
    permitted = {general.value for general in allowed.permitted_subtrees or ()}
    return all(name in permitted or any(_within(name, network) for network in permitted) for name in names)


def names_on(certificate: x509.Certificate) -> set[str]:
    alternatives = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return {str(general.value) for general in alternatives}


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256, in the pairs in which a phone shows it."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def _draft(
    issuer: x509.Name, subject: x509.Name, key: ec.EllipticCurvePublicKey, lasts: tuple[datetime, datetime]
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .issuer_name(issuer)
        .subject_name(subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(lasts[0])
        .not_valid_after(lasts[1])
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])  # the standard's longest


def _may(*, signing_others: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signing_others,
        key_cert_sign=signing_others,
        crl_sign=signing_others,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _permitted(names: tuple[str, ...]) -> list[x509.GeneralName]:
    """The home network, so that a new address needs no new trust; what was chosen beyond it; one name of its own."""
    chosen = {
        ip_network(name)
        for name in names
        if _is_address(name) and not any(_within(name, home) for home in HOME_NETWORKS)
    }
    networks = [x509.IPAddress(network) for network in (*HOME_NETWORKS, *sorted(chosen, key=str))]
    return [*networks, x509.DNSName(_dns(names) or ANY_NAME)]


def _within(name: str, network: object) -> bool:
    if not (_is_address(name) and isinstance(network, IPv4Network | IPv6Network)):
        return False
    return ip_address(name) in network


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _dns(names: tuple[str, ...]) -> str:
    return next((name for name in names if not _is_address(name)), "")


def _general(name: str) -> x509.GeneralName:
    return x509.IPAddress(ip_address(name)) if _is_address(name) else x509.DNSName(name)


def _read(file: Path) -> Sealed:
    """Raises FileNotFoundError, ValueError."""
    pem = file.read_bytes()
    key = serialization.load_pem_private_key(pem, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("not a key of ours")
    return Sealed(key, x509.load_pem_x509_certificate(pem))
