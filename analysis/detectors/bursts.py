"""Bursts: what switched on against its rhythm, which sleepers woke together, who comments first again and again."""

from collections.abc import Sequence

import msgspec

from analysis.bursts.chorus import chorus_finding
from analysis.bursts.columns import Columns, columns
from analysis.bursts.comments import comments
from analysis.bursts.findings import in_order
from analysis.bursts.first_comments import choruses
from analysis.bursts.switched_on import switch_findings
from analysis.bursts.switching import switches
from analysis.bursts.uses import uses
from analysis.bursts.waking import waves
from analysis.bursts.woken import wave_finding
from analysis.finding import Finding
from ingest import Message


class Bursts(msgspec.Struct, frozen=True, kw_only=True):
    """Findings by id, notes on what could not be judged, and how many subjects, blocks and authors were tested."""

    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    tested: int


def detect(
    messages: Sequence[Message],
    families: Sequence[Finding],
    *,
    q_max: float = 0.01,
    gap_days: int = 30,
    history_days: int = 28,
    min_accounts: int = 5,
    first_seconds: float = 60.0,
) -> Bursts:
    """All bursts at q <= `q_max`, each kind with its own null and its own false discovery rate.

    `families` are those of the families detector: each is a subject. An account sleeps when `gap_days` pass without a
    message; waking is judged once `history_days` more have been seen. `min_accounts` is the fewest that are ever
    shown. First comments count where half of an account's come within `first_seconds`.
    """
    read, notes = columns(messages)
    if len(read.accounts) < min_accounts or read.time[0] == read.time[-1]:
        return Bursts(findings=(), notes=notes or (_too_few(read, min_accounts),), tested=0)
    switched = switches(read, uses(read, families), q_max=q_max, min_accounts=min_accounts)
    woken, hours, of_waking = waves(
        read, gap_days=gap_days, history_days=history_days, q_max=q_max, min_accounts=min_accounts
    )
    given, of_comments = comments(read)
    chorus, authors = choruses(read, given, q_max=q_max, min_accounts=min_accounts, first_seconds=first_seconds)
    return Bursts(
        findings=in_order(
            [
                *switch_findings(read, switched),
                *(wave_finding(read, switched.beat, wave, gap_days, history_days) for wave in woken),
                *(chorus_finding(read, one) for one in chorus),
            ]
        ),
        notes=(*notes, *switched.notes, *of_waking, *of_comments),
        tested=switched.tested + hours + authors,
    )


def _too_few(read: Columns, min_accounts: int) -> str:
    return f"{len(read.accounts)} accounts in all: a burst takes at least {min_accounts}"
