"""Family ids over time: an id that gave way to another lives on as an alias of it."""

from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from analysis import Finding
from stemwacht.alerting import is_activity
from stemwacht.collections import StoredMember, stored_finding
from store import Store

_PART = 500


def with_aliases(store: Store, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, each with the ids under which the store knew its messages before.

    A family's id follows from its earliest message. Where two merge, the older one's id stays by that rule; where an
    earlier message arrives late, the id moves to it. Either way the id that gave way becomes an alias.
    """
    now = {finding.id for finding in findings}
    return [_with_aliases(store, finding, now) for finding in findings]


def grown(store: Store, findings: Sequence[Finding]) -> list[Finding]:
    """The findings that hold every message of the families they continue, and more.

    A batch sees copies alone. Where it would take from a family what a reconcile put there (a rewording, a letter with
    much of its own), the family stays as it is until the next reconcile; so does one that the batch adds nothing to.
    """
    return [finding for finding in findings if _grew(store, finding)]


def _grew(store: Store, finding: Finding) -> bool:
    ids = {member.message_id for member in finding.members}
    before = sorted(set(previous_families(store, sorted(ids)).values()))
    known = [
        {member.message_id for member in stored_finding(document).members} for document in store.get("families", before)
    ]
    return all(members < ids for members in known)


def previous_families(store: Store, message_ids: Sequence[str]) -> Mapping[str, str]:
    """The family each message was last known to belong to."""
    found: dict[str, str] = {}
    for start in range(0, len(message_ids), _PART):
        for document in store.get("members", message_ids[start : start + _PART]):
            found[document.id] = msgspec.json.decode(document.body, type=StoredMember).family_id
    return found


def _with_aliases(store: Store, finding: Finding, now: set[str]) -> Finding:
    before = set(previous_families(store, [member.message_id for member in finding.members]).values())
    gone = sorted(before - now)
    inherited = {alias for document in store.get("families", [*gone, finding.id]) for alias in _aliases(document.body)}
    aliases = tuple(sorted((set(gone) | inherited) - now))
    return replace(finding, aliases=aliases) if aliases else finding


def _aliases(body: bytes) -> tuple[str, ...]:
    return msgspec.json.decode(body, type=Finding).aliases


def drop_stale(store: Store, findings: Sequence[Finding]) -> None:
    """Remove what the window no longer holds: families, networks, bursts, and memberships that ended."""
    known = {finding.id for finding in findings}
    families = [finding for finding in findings if not is_activity(finding)]
    members = {member.message_id for finding in families for member in finding.members}
    for collection in ("families", "activity"):
        store.delete(collection, [d.id for d in store.find(collection) if d.id not in known])
    store.delete("members", [d.id for d in store.find("members") if d.id not in members])
