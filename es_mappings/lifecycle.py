"""Policies by which a server removes old indices by itself, where it can."""

from collections.abc import Iterator

import msgspec

from es_mappings.comparing import holds
from es_mappings.definitions import Definition, definitions
from es_mappings.outcome import line
from store.elasticsearch import Connection

# `stemwacht retention` removes messages with all that hangs on them; the policy is for where it was not run.
_GRACE_DAYS = 7
_NO_SUCH = frozenset({400, 405, 500})


class _Policy(msgspec.Struct, frozen=True):
    policy: Definition


def has_lifecycle(connection: Connection) -> bool:
    """Whether the server has index lifecycle management."""
    return connection.send("GET", "/_ilm/status", accept=_NO_SUCH).status < 300


def install_lifecycle(connection: Connection, *, retention_days: int) -> Iterator[str]:
    """Make or change the policies; says what was done with each."""
    prefix, delete_after = connection.options.prefix, f"{retention_days + _GRACE_DAYS}d"
    for name, wanted in definitions("lifecycle", prefix=prefix, delete_after=delete_after).items():
        path, what = f"/_ilm/policy/{prefix}-{name}", f"lifecycle policy {prefix}-{name}, {delete_after}"
        answer = connection.send("GET", path, accept={404})
        known = msgspec.json.decode(answer.body, type=dict[str, _Policy]) if answer.status == 200 else {}
        there = known.get(f"{prefix}-{name}")
        if there is not None and holds(there.policy, wanted["policy"]):
            yield line("left", what)
            continue
        connection.send("PUT", path, wanted)
        yield line("made" if there is None else "changed", what)
