"""Everything that Stemwacht needs on a server, in one go that may be repeated."""

from collections.abc import Iterator

from es_mappings.definitions import definitions
from es_mappings.lifecycle import has_lifecycle, install_lifecycle
from es_mappings.open_settings import bring_up_to_date
from es_mappings.outcome import line
from es_mappings.roles import has_security, install_roles
from es_mappings.templates import install_components, install_indices
from store.elasticsearch import Connection, live_version
from store.elasticsearch import migrate as migrate_collection


def install(connection: Connection, *, retention_days: int) -> Iterator[str]:
    """Make or bring up to date templates, indices, lifecycle and roles under the connection's prefix.

    Says of each whether it was made, changed, left, or is not available on this server; again changes nothing. Needs
    the rights of an administrator. No mapping is ever changed: a collection of an older version is told as "to do".
    """
    yield from install_components(connection)
    lifecycle: frozenset[str] = frozenset()
    if has_lifecycle(connection):
        yield from install_lifecycle(connection, retention_days=retention_days)
        lifecycle = frozenset(definitions("lifecycle"))
    else:
        yield line("not available", "lifecycle policies on this server; `stemwacht retention` removes what is old")
    yield from install_indices(connection, lifecycle=lifecycle)
    yield from bring_up_to_date(connection)
    if has_security(connection):
        yield from install_roles(connection)
    else:
        yield line("not available", "roles: this server asks nobody to sign in, so whoever reaches it sees all")


def migrate(connection: Connection) -> Iterator[str]:
    """Bring every collection to the version of its template; stop all workers before.

    Says of each what was copied and which indices nothing reads any more. Run `install` before and after it.
    """
    for name, wanted in definitions("indices", prefix=connection.options.prefix).items():
        version = wanted["template"]["mappings"].get("_meta", {}).get("version")
        if version is None or live_version(connection, name) in {None, version}:
            continue
        moved = migrate_collection(connection, name, version)
        yield line("changed", f"collection {name}: {moved.documents:,} documents are now of version {version}")
        yield line("to do", f"delete {', '.join(moved.old)} when all is well: nothing reads them any more")
