"""Roles and API keys: each may do what its work needs, and no more."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from es_mappings.comparing import flat
from es_mappings.definitions import Definition, definitions
from es_mappings.outcome import line
from store import StoreError
from store.elasticsearch import Connection

_NO_SUCH = frozenset({400, 404, 405, 500})


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """A key as the server gives it once: `encoded` is what goes into elasticsearch.api_key."""

    id: str
    name: str
    encoded: str
    expires: datetime | None

    def __repr__(self) -> str:
        return f"ApiKey(id={self.id!r}, name={self.name!r}, expires={self.expires!r})"


class _Made(msgspec.Struct, frozen=True):
    id: str
    encoded: str
    expiration: int | None = None


def has_security(connection: Connection) -> bool:
    """Whether the server knows users and roles."""
    return connection.send("GET", "/_security/_authenticate", accept=_NO_SUCH).status < 300


def install_roles(connection: Connection) -> Iterator[str]:
    """Make or change the roles; says what was done with each."""
    prefix = connection.options.prefix
    for name, wanted in definitions("roles", prefix=prefix).items():
        path, what = f"/_security/role/{prefix}-{name}", f"role {prefix}-{name}"
        answer = connection.send("GET", path, accept={404})
        known = msgspec.json.decode(answer.body, type=dict[str, Definition]) if answer.status == 200 else {}
        there = known.get(f"{prefix}-{name}")
        if there is not None and _rights(there) == _rights(wanted):
            yield line("left", what)
            continue
        connection.send("PUT", path, wanted)
        yield line("made" if there is None else "changed", what)


def rights(prefix: str, role: str) -> Mapping[str, tuple[str, ...]]:
    """The rights of a role on indices, by pattern, as a probe of the server takes them."""
    return {names: tuple(entry["privileges"]) for entry in _role(prefix, role)["indices"] for names in entry["names"]}


def create_api_key(connection: Connection, role: str, *, name: str, days: int | None = None) -> ApiKey:
    """A new key with the rights of the role, for so many days; whoever makes it must have those rights too.

    It is shown once and nowhere kept. StoreError where the server knows no users, or the right is missing.
    """
    wanted: dict[str, Any] = {
        "name": name,
        "role_descriptors": {role: _role(connection.options.prefix, role)},
        "metadata": {"application": "stemwacht", "role": role},
    }
    if days is not None:
        wanted["expiration"] = f"{days}d"
    if not has_security(connection):
        raise StoreError("this server asks nobody to sign in, so it has no API keys: switch its security on first")
    made = msgspec.json.decode(connection.send("POST", "/_security/api_key", wanted).body, type=_Made)
    expires = None if made.expiration is None else datetime.fromtimestamp(made.expiration / 1000, UTC)
    return ApiKey(id=made.id, name=name, encoded=made.encoded, expires=expires)


def _role(prefix: str, role: str) -> Definition:
    known = definitions("roles", prefix=prefix)
    if role not in known:
        raise ValueError(f"no role {role!r}; there are: {', '.join(known)}")
    return known[role]


def _rights(role: Definition) -> object:
    entries = [(sorted(entry["names"]), sorted(entry["privileges"])) for entry in role["indices"]]
    return sorted(role["cluster"]), sorted(entries), flat(role["metadata"])
