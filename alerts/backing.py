"""A network that a common source might explain, and families among its messages that nothing explains."""

from collections.abc import Sequence

from msgspec.structs import replace

from alerts.benign import common_source
from alerts.judging import Judged

LEAST_FAMILIES = 2


def backed(judged: Sequence[Judged]) -> list[Judged]:
    """The findings, where a network that only a common source might explain alerts if its families do.

    That accounts coincide proves little while the origin of what they share is not in the data. Where at least two
    families, most of whose messages are the network's, are alerts by themselves, their texts settle that, and the
    network shows that they are one campaign.
    """
    families = [item for item in judged if item.status.status == "alert" and item.finding.network is None]
    return [_backed(item, families) if _waits(item) else item for item in judged]


def _waits(item: Judged) -> bool:
    held = {check.name for check in item.status.benign if check.verdict == "supported"}
    holding = held & set(item.rule.holds_back) if item.rule else set()
    return item.finding.network is not None and item.status.status == "explained" and holding == {common_source.NAME}


def _backed(network: Judged, families: Sequence[Judged]) -> Judged:
    own = {member.message_id for member in network.finding.members}
    inside = sum(
        2 * sum(member.message_id in own for member in family.finding.members) > len(family.finding.members)
        for family in families
        if family.finding.burst is None
    )
    if inside < LEAST_FAMILIES:
        return network
    reason = f"A common source is not excluded, but {inside} families of its messages are alerts by themselves."
    return replace(network, status=replace(network.status, status="alert", reasons=(reason,)))
