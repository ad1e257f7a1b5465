"""Certificates for servers on 127.0.0.1, and such as a client must refuse."""

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Kind = Literal["valid", "expired", "other host"]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Certificates:
    """The files of one server. `wrong_ca` is an authority of the same name that signed nothing here."""

    ca: Path
    wrong_ca: Path
    certificate: Path
    key: Path
    chain: Path

    @classmethod
    def at(cls, folder: Path) -> Self:
        """Where they lie in a folder, or will."""
        return cls(**{name: folder / f"{name}.pem" for name in cls.__dataclass_fields__})

    def write(self, kind: Kind) -> None:
        """Makes them, unless they are there. The key is in PKCS8; `chain` is key, certificate and authority in one."""
        if self.chain.exists():
            return
        self.ca.parent.mkdir(parents=True, exist_ok=True)
        authority, stranger = Authority.new(), Authority.new()
        certificate, key = authority.issue(kind)
        self.ca.write_bytes(authority.pem)
        self.wrong_ca.write_bytes(stranger.pem)
        self.certificate.write_bytes(certificate)
        self.key.write_bytes(key)
        self.chain.write_bytes(key + certificate + authority.pem)


@dataclass(frozen=True)
class Authority:
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def new(cls) -> Self:
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name("Test authority")
        usage = x509.KeyUsage(
            key_cert_sign=True,
            crl_sign=True,
            digital_signature=False,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            encipher_only=False,
            decipher_only=False,
        )
        unsigned = (
            _builder(name, name, key)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        return cls(key, unsigned.sign(key, hashes.SHA256()))

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def issue(self, kind: Kind) -> tuple[bytes, bytes]:
        """A server's certificate and its key, both PEM."""
        key = ec.generate_private_key(ec.SECP256R1())
        here: list[x509.GeneralName] = [
            x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
            x509.DNSName("localhost"),
        ]
        hosts = [x509.DNSName("elsewhere.example")] if kind == "other host" else here
        until = datetime.now(UTC) + (-DAY if kind == "expired" else 30 * DAY)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        unsigned = (
            _builder(_name("Test server"), self.certificate.subject, key, until)
            .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(issuer, critical=False)
        )
        signed = unsigned.sign(self.key, hashes.SHA256())
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return signed.public_bytes(serialization.Encoding.PEM), private


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, until: datetime | None = None
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 60 * DAY)
        .not_valid_after(until or now + 60 * DAY)
    )
