"""Sharing: which accounts share the same things at the same moments, more than chance allows."""

from collections.abc import Sequence

import msgspec

from analysis.finding import Finding, Tie
from analysis.sharing.findings import findings
from analysis.sharing.networks import tiers
from analysis.sharing.reservations import reservations
from analysis.sharing.shares import distinct, shares
from ingest import Message

VERSION = "1"


class Sharing(msgspec.Struct, frozen=True, kw_only=True):
    """The communities as findings, every tie by its accounts, what could not be judged or was bounded, and how many
    pairs of accounts were tested.
    """

    findings: tuple[Finding, ...]
    ties: tuple[Tie, ...]
    notes: tuple[str, ...]
    tested: int


def detect(
    messages: Sequence[Message],
    families: Sequence[Finding],
    *,
    window_seconds: float = 60.0,
    q_max: float = 0.01,
    cap: int = 200,
    seed: int = 0,
) -> Sharing:
    """Communities of accounts tied at `q_max` and better by sharing within `window_seconds` of each other.

    A share followed within the window by more than `cap` others of the same thing is not paired with them; no group
    larger than that is sought. `families` are those of the families detector; a family is a thing that is shared. A
    finding whose network has `source_known` False, or fewer than five accounts, is no ground for an alert.
    """
    once = distinct(messages)
    given = shares(once, families, window_seconds=window_seconds)
    found = tiers(given, window_seconds=window_seconds, q_max=q_max, cap=cap, seed=seed)
    by_id = {message.id: message for message in once}
    results = [
        finding
        for tier in found
        for finding in findings(given, tier, by_id, window_seconds=window_seconds, version=VERSION)
    ]
    ties = [tie for finding in results if finding.network is not None for tie in finding.network.ties]
    return Sharing(
        findings=tuple(results),
        ties=tuple(sorted(ties, key=lambda tie: (tie.account_a, tie.account_b, tie.first))),
        notes=reservations(given, found, window_seconds=window_seconds, cap=cap),
        tested=sum(tier.test.tested for tier in found),
    )
