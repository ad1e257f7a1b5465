"""sharing.csv: every pair of accounts that shared the same things together more than chance allows."""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from alerts.export.guarded import guarded
from alerts.export.replacing import replacing
from analysis import Finding, Tie

COLUMNS = ("account_a", "account_b", "shared", "first", "last", "p", "q", "community")


def write(path: Path, ties: Iterable[Tie], networks: Iterable[Finding]) -> int:
    """Writes a row for every tie, by accounts; returns the rows. `community` is the id of its finding, else empty.

    Accounts are pseudonyms. Times are RFC 3339 in UTC. UTF-8, comma, CRLF, as RFC 4180 has it. Raises OSError when it
    cannot be written.
    """
    community = _communities(networks)
    ordered = sorted(ties, key=lambda tie: (tie.account_a, tie.account_b))
    with replacing(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", errors="replace", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow(COLUMNS)
        writer.writerows([guarded(cell) for cell in _row(tie, community)] for tie in ordered)
        text.detach()
    return len(ordered)


def _communities(networks: Iterable[Finding]) -> Mapping[str, str]:
    """The community of each account: an account stands in one at most."""
    return {account: finding.id for finding in networks if finding.network for account in finding.network.accounts}


def _row(tie: Tie, community: Mapping[str, str]) -> tuple[str, ...]:
    home = community.get(tie.account_a, "")
    return (
        tie.account_a,
        tie.account_b,
        str(tie.shared),
        tie.first.isoformat(),
        tie.last.isoformat(),
        f"{tie.p:.3g}",
        f"{tie.q:.3g}",
        home if home == community.get(tie.account_b) else "",
    )
