"""An erased account out of what was found about accounts."""

from collections.abc import Set

from msgspec.structs import replace

from alerts import Alert
from analysis import Burst, Finding, Network


def names_any(finding: Finding, accounts: Set[str]) -> bool:
    """Whether the finding tells of one of these accounts."""
    seen = finding.network or finding.burst
    return seen is not None and not accounts.isdisjoint(seen.accounts)


def without_accounts(alert: Alert, accounts: Set[str]) -> Alert:
    """The alert without these pseudonyms: in no list of accounts and in no tie."""
    others = tuple(
        replace(other, network=_network(other.network, accounts), burst=_burst(other.burst, accounts))
        for other in alert.corroboration
    )
    return replace(
        alert,
        network=_network(alert.network, accounts),
        burst=_burst(alert.burst, accounts),
        corroboration=others,
    )


def _network(network: Network | None, gone: Set[str]) -> Network | None:
    if network is None:
        return None
    return replace(
        network,
        accounts=tuple(account for account in network.accounts if account not in gone),
        ties=tuple(tie for tie in network.ties if tie.account_a not in gone and tie.account_b not in gone),
    )


def _burst(burst: Burst | None, gone: Set[str]) -> Burst | None:
    if burst is None:
        return None
    return replace(burst, accounts=tuple(account for account in burst.accounts if account not in gone))
