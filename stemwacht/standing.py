"""How the monitor stands: what waits, what is kept, when what was last done."""

from collections import Counter
from datetime import datetime

import msgspec

from alerts import is_current
from ingest import DEAD_LETTERS, MESSAGES
from ingest.log import Log
from stemwacht import alerting, replaying
from stemwacht.cadence import ACTIVITY, NEWS, RECONCILE, last_done
from stemwacht.ledgers import stored_coverage
from stemwacht.watching import GROUP
from store import Store


class SourceState(msgspec.Struct, frozen=True, kw_only=True):
    """What was read of a source in all, the newest message of it, and how many gaps are known."""

    source: str
    read: int
    kept: int
    rejected: int
    newest: datetime | None
    gaps: int


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """The state of log and store; times are aware UTC, None for never."""

    waiting: int
    dead_letters: int
    messages: int
    families: int
    alerts: dict[str, int]
    received: datetime | None
    looked_at_accounts: datetime | None
    reconciled: datetime | None
    sources: tuple[SourceState, ...]


def standing(log: Log, store: Store) -> Standing:
    """How log and store stand now."""
    current = [alert for alert in alerting.standing_alerts(store) if is_current(alert)]
    return Standing(
        waiting=log.lag(MESSAGES, GROUP),
        dead_letters=log.lag(DEAD_LETTERS, replaying.GROUP),
        messages=store.count("messages"),
        families=store.count("families"),
        alerts=dict(sorted(Counter(alert.status for alert in current).items())),
        received=last_done(store, NEWS),
        looked_at_accounts=last_done(store, ACTIVITY),
        reconciled=last_done(store, RECONCILE),
        sources=tuple(
            SourceState(
                source=one.source,
                read=one.read,
                kept=one.kept,
                rejected=one.rejected,
                newest=one.last,
                gaps=len(one.gaps),
            )
            for one in stored_coverage(store)
        ),
    )
