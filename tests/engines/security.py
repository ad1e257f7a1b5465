"""What a secured server is asked to be, and what a client then needs."""

from dataclasses import dataclass, field

from tests.engines.certificates import Certificates, Kind


@dataclass(frozen=True)
class Security:
    """The certificate that the server shows, and its administrator's password."""

    certificate: Kind = "valid"
    password: str = field(default="correct-horse-battery", repr=False)

    def access(self, address: str, user: str, files: Certificates) -> "Access":
        return Access(address, user, self.password, str(files.ca), str(files.wrong_ca))


@dataclass(frozen=True)
class Access:
    """Where a server is, who its administrator is, and the authority to trust; `wrong_ca` is one to refuse by.

    All but the address are None for a server without security.
    """

    address: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: str | None = None
    wrong_ca: str | None = None
