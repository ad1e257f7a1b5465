"""Communities become findings about messages."""

from collections import Counter
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from analysis.corpus import when
from analysis.families import portrait
from analysis.finding import Finding, Member, Network
from analysis.sharing.chance import chance
from analysis.sharing.columns import Shares
from analysis.sharing.communities import Community
from analysis.sharing.explanation import explain
from analysis.sharing.labels import labels
from analysis.sharing.networks import Tier
from ingest import Message

LEAST_ACCOUNTS = 5
UNKNOWN_SOURCE = "Where these things come from is not in the data: a common source is not excluded."
FEW_ACCOUNTS = "Fewer than five accounts: told, and no ground for an alert."
_SHOWN = 5
_PREFIX = {True: "s_", False: "su_"}


def findings(
    shares: Shares, tier: Tier, by_id: Mapping[str, Message], *, window_seconds: float, version: str
) -> list[Finding]:
    """One finding a community, by its id."""
    official = _official(shares, by_id)
    found = [
        _finding(shares, tier, community, by_id, official, window_seconds=window_seconds, version=version)
        for community in tier.communities
    ]
    return sorted(found, key=lambda finding: finding.id)


def _finding(
    shares: Shares,
    tier: Tier,
    community: Community,
    by_id: Mapping[str, Message],
    official: NDArray[np.bool_],
    *,
    window_seconds: float,
    version: str,
) -> Finding:
    explained = explain(shares, tier.test, community)
    messages = sorted((by_id[member.message_id] for member in explained.members), key=when)
    weights = [message.weight for message in messages]
    first, last = portrait.span(messages)
    return Finding(
        id=_PREFIX[tier.source_known] + messages[0].id.removeprefix("m_"),
        detector="sharing",
        detector_version=version,
        members=explained.members,
        chance=chance(tier.test, community, window_seconds=window_seconds),
        medoid_id=_medoid(explained.members, messages),
        messages=sum(weights),
        texts=len({message.text for message in messages}),
        senders=len(community.accounts),
        first=first,
        last=last,
        peak=portrait.peak(messages),
        languages=portrait.counts((m.language or "und" for m in messages), weights),
        channels=portrait.counts((m.channel for m in messages), weights),
        sources=portrait.counts((m.source for m in messages), weights),
        shared=tuple(thing.value for thing in explained.objects[:_SHOWN]),
        differs=(),
        notes=_notes(tier, community),
        network=Network(
            accounts=tuple(shares.accounts[int(account)] for account in community.accounts),
            ties=explained.ties,
            objects=explained.objects,
            window_seconds=window_seconds,
            stability=round(community.stability, 4),
            source_known=tier.source_known,
            labels=labels(tier.test, community, official),
        ),
    )


def _notes(tier: Tier, community: Community) -> tuple[str, ...]:
    few = len(community.accounts) < LEAST_ACCOUNTS
    return (*([] if tier.source_known else [UNKNOWN_SOURCE]), *([FEW_ACCOUNTS] if few else []))


def _medoid(members: tuple[Member, ...], messages: list[Message]) -> str:
    """The message that most others lie closest to, then the earliest."""
    named = Counter(member.nearest_id for member in members)
    return max(reversed(messages), key=lambda message: named[message.id]).id


def _official(shares: Shares, by_id: Mapping[str, Message]) -> NDArray[np.bool_]:
    """By account: whether a message of it names an organisation."""
    place = {name: number for number, name in enumerate(shares.accounts)}
    official = np.zeros(len(shares.accounts), np.bool_)
    for message in by_id.values():
        if message.organisation is not None and message.author in place:
            official[place[message.author]] = True
    return official
