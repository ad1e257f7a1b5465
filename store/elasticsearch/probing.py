"""Whether the server can be worked with: asked once at the start, answered within seconds."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from store.elasticsearch.connection import Connection
from store.elasticsearch.options import ElasticsearchOptions
from store.errors import StoreError

_LONGEST_SECONDS = 10.0
_OLDEST = (9, 4)  # the first that can do without a graph over few vectors

Rights = Mapping[str, Sequence[str]]


class Probed(msgspec.Struct, frozen=True, kw_only=True):
    """What a server said of itself; `user` is None where it asks nobody to sign in."""

    version: str
    status: str
    user: str | None


class _Health(msgspec.Struct, frozen=True):
    status: str = "red"


class _Node(msgspec.Struct, frozen=True):
    version: str


class _Nodes(msgspec.Struct, frozen=True):
    nodes: dict[str, _Node]


class _Held(msgspec.Struct, frozen=True):
    username: str
    index: dict[str, dict[str, bool]] = {}


def probe(options: ElasticsearchOptions, rights: Rights | None = None) -> Probed:
    """What the server says of itself; StoreError within seconds names what keeps it from being used, and the fix.

    `rights` are those that are needed, by the pattern of the indices that they are needed for.
    """
    seconds = min(options.timeout_seconds, _LONGEST_SECONDS)
    connection = Connection(msgspec.structs.replace(options, timeout_seconds=seconds))
    try:
        return _probed(connection, rights or {})
    finally:
        connection.close()


def _probed(connection: Connection, rights: Rights) -> Probed:
    where = ", ".join(connection.options.hosts)
    params = {"wait_for_status": "yellow", "timeout": "3s"}
    health = msgspec.json.decode(
        connection.send("GET", "/_cluster/health", params=params, accept={408}).body, type=_Health
    )
    version = _version(connection)
    if _release(version) < _OLDEST:
        raise StoreError(f"{where}: it is Elasticsearch {version}: upgrade it to {_OLDEST[0]}.{_OLDEST[1]} or later")
    if health.status == "red":
        raise StoreError(
            f"{where}: the cluster is red, so a part of some index is missing: start the node that holds it; "
            "GET /_cluster/allocation/explain says which"
        )
    return Probed(version=version, status=health.status, user=_user(connection, where, rights))


def _version(connection: Connection) -> str:
    params = {"filter_path": "nodes.*.version"}
    nodes = connection.read("GET", "/_nodes", type=_Nodes, params=params).nodes.values()
    return min((node.version for node in nodes), key=_release)


def _release(version: str) -> tuple[int, int]:
    major, minor = version.split(".")[:2]
    return int(major), int(minor)


def _user(connection: Connection, where: str, rights: Rights) -> str | None:
    """Who signed in, when nothing is missing; None where the server knows no users."""
    wanted = [{"names": [names], "privileges": list(kinds)} for names, kinds in rights.items()]
    body: dict[str, Any] = {"cluster": [], "index": wanted}
    answer = connection.send("POST", "/_security/user/_has_privileges", body, accept={400, 404, 405, 500})
    if answer.status >= 300:
        return None
    held = msgspec.json.decode(answer.body, type=_Held)
    lacking = {names: [kind for kind, has in kinds.items() if not has] for names, kinds in held.index.items()}
    told = [f"{' and '.join(kinds)} on {names}" for names, kinds in lacking.items() if kinds]
    if told:
        raise StoreError(
            f"{where}: {held.username!r} lacks the right to {', '.join(told)}: give the user or the API key the role "
            "that has it"
        )
    return held.username
