"""Certificates: trusted by whoever trusts the house, for its own names and no others, and never out of date."""

import ssl
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from os1.clock import HandClock
from os1.errors import SetupError, StoreFull, StoreReadOnly
from os1.server.tls import (
    CERTIFICATE_LASTS,
    RENEW_BEFORE,
    Certificates,
    Sealed,
    names_on,
    new_authority,
    sealed_for,
)
from tests.machines import fill, seal, small_disk

NAMES = ("192.168.1.5", "fd00::2", "vm.local")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def certificates(tmp_path: Path, clock: HandClock) -> Certificates:
    return Certificates(tmp_path, clock)


def shown(home: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate((home / "tls" / "house.pem").read_bytes())


def greeted(authority: x509.Certificate, house: ssl.SSLContext, name: str) -> str:
    """A phone that trusts only this authority asks for this name. Returns why it would not, or nothing."""
    phone = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    phone.load_verify_locations(cadata=authority.public_bytes(serialization.Encoding.DER))
    to_house, to_phone = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = house.wrap_bio(to_house, to_phone, server_side=True)
    theirs = phone.wrap_bio(to_phone, to_house, server_hostname=name)
    for _ in range(4):
        for end in (theirs, ours):
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                pass
            except ssl.SSLCertVerificationError as error:
                return error.verify_message
    assert theirs.version() == "TLSv1.3"
    return ""


def context(sealed: Sealed, folder: Path) -> ssl.SSLContext:
    file = folder / "other.pem"
    file.write_text(sealed.pem())
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(file)
    return made


@pytest.mark.parametrize("name", NAMES)
def test_a_phone_that_trusts_the_authority_trusts_the_house(
    certificates: Certificates, clock: HandClock, name: str
) -> None:
    today(clock)
    certificates.renew(NAMES)
    certificates.load()
    assert greeted(certificates.authority(NAMES), certificates.context, name) == ""


@pytest.mark.parametrize("name", ["192.168.1.6", "other.local", "example.org", "fd00::3"])
def test_but_not_by_another_name(certificates: Certificates, clock: HandClock, name: str) -> None:
    today(clock)
    certificates.renew(NAMES)
    certificates.load()
    assert "mismatch" in greeted(certificates.authority(NAMES), certificates.context, name)


@pytest.mark.parametrize("names", [NAMES, ("192.168.1.5",)])
@pytest.mark.parametrize(
    "name", ["example.org", "www.vm.local.example", "other.local", "93.184.216.34", "2606:4700::1"]
)
def test_whoever_steals_the_authority_cannot_pose_as_the_web(
    clock: HandClock, tmp_path: Path, name: str, names: tuple[str, ...]
) -> None:
    today(clock)
    authority = new_authority(names, clock.now())
    stolen = context(sealed_for((name,), authority, clock.now()), tmp_path)
    assert "permitted subtree violation" in greeted(authority.certificate, stolen, name)


def test_the_same_authority_for_as_long_as_it_holds(certificates: Certificates, clock: HandClock) -> None:
    first = certificates.authority(NAMES)
    for _ in range(8):
        clock.move(timedelta(days=364))
        certificates.renew(NAMES)
        assert certificates.authority(NAMES) == first
    clock.move(timedelta(days=364))
    assert certificates.authority(NAMES) != first, "it would end before what it vouches for"


def test_a_certificate_lasts_397_days_and_is_made_anew_a_month_before(
    certificates: Certificates, clock: HandClock, tmp_path: Path
) -> None:
    assert certificates.renew(NAMES)
    first = shown(tmp_path)
    assert first.not_valid_after_utc - first.not_valid_before_utc == CERTIFICATE_LASTS
    assert not certificates.renew(NAMES)
    clock.move(first.not_valid_after_utc - RENEW_BEFORE - clock.now())
    assert not certificates.renew(NAMES)
    clock.move(timedelta(minutes=1))
    assert certificates.renew(NAMES)
    assert shown(tmp_path).not_valid_after_utc > first.not_valid_after_utc


def test_a_new_address_is_on_the_next_one_and_needs_no_new_trust(
    certificates: Certificates, tmp_path: Path
) -> None:
    certificates.renew(NAMES)
    trusted, moved = certificates.authority(NAMES), ("10.0.0.7", "vm.local")
    assert certificates.renew(moved)
    assert names_on(shown(tmp_path)) == set(moved)
    assert certificates.authority(moved) == trusted
    assert not certificates.renew(moved)


@pytest.mark.parametrize("names", [("192.168.1.5", "another.local"), ("192.0.2.2", "vm.local")])
def test_a_name_it_may_not_vouch_for_needs_a_new_authority(
    certificates: Certificates, names: tuple[str, ...]
) -> None:
    certificates.renew(NAMES)
    before = certificates.authority(NAMES)
    assert certificates.renew(names)
    assert certificates.authority(names) != before
    assert not certificates.renew(names)


def test_a_clock_that_went_back_gets_a_certificate_that_is_already_good(
    certificates: Certificates, clock: HandClock
) -> None:
    certificates.renew(NAMES)
    clock.move(timedelta(days=-300))
    assert certificates.renew(NAMES)


def test_the_keys_are_the_person_s_alone(certificates: Certificates, tmp_path: Path) -> None:
    certificates.renew(NAMES)
    files = list((tmp_path / "tls").iterdir())
    assert {file.name for file in files} == {"authority.pem", "house.pem"}
    assert all(file.stat().st_mode & 0o077 == 0 for file in [*files, tmp_path / "tls"])


# --- failing machines ---


@pytest.mark.parametrize(
    "content", ["", "no", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_a_damaged_certificate_is_made_anew_and_a_damaged_authority_is_told(
    certificates: Certificates, tmp_path: Path, content: str
) -> None:
    certificates.renew(NAMES)
    (tmp_path / "tls" / "house.pem").write_text(content)
    assert certificates.renew(NAMES)
    (tmp_path / "tls" / "authority.pem").write_text(content)
    with pytest.raises(SetupError, match=r"authority\.pem"):
        certificates.renew(NAMES)


def test_a_certificate_of_another_authority_is_made_anew(
    certificates: Certificates, tmp_path: Path, clock: HandClock
) -> None:
    certificates.renew(NAMES)
    stranger = sealed_for(NAMES, new_authority(NAMES, clock.now()), clock.now())
    (tmp_path / "tls" / "house.pem").write_text(stranger.pem())
    assert certificates.renew(NAMES)


def test_on_a_full_or_a_sealed_disk_it_is_told(tmp_path: Path, clock: HandClock) -> None:
    with small_disk(tmp_path / "disk") as disk:
        certificates = Certificates(disk, clock)
        (disk / "tls").mkdir(mode=0o700)
        ballast = fill(disk)
        with pytest.raises(StoreFull):
            certificates.renew(NAMES)
        ballast.unlink()
        seal(disk, writable=False)
        with pytest.raises(StoreReadOnly):
            certificates.renew(NAMES)


def today(clock: HandClock) -> None:
    """OpenSSL looks at the real clock."""
    from os1.clock import RealClock

    clock.move(RealClock().now() - clock.now())
