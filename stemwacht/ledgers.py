"""What was read in all, source by source: the ledgers of every ingest, added up."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

from ingest import Coverage, Place, digest_of
from stemwacht import collections
from store import Store


def keep_ledgers(store: Store, inputs: Iterable[Place], ledgers: Sequence[Coverage]) -> None:
    """Remember the ledgers of one ingest of these inputs; the same again replace them, whatever their names."""
    run = hashlib.sha256("".join(sorted(digest_of(place).sha256 for place in inputs)).encode()).hexdigest()[:24]
    store.upsert("coverage", [collections.coverage_document(run, ledger) for ledger in ledgers])


def stored_coverage(store: Store) -> tuple[Coverage, ...]:
    """One ledger a source, by name: all that was ever read of it."""
    by_source: dict[str, list[Coverage]] = {}
    for document in store.find("coverage"):
        ledger = collections.stored_coverage(document)
        by_source.setdefault(ledger.source, []).append(ledger)
    return tuple(_sum(source, by_source[source]) for source in sorted(by_source))


def _sum(source: str, ledgers: Sequence[Coverage]) -> Coverage:
    placeholders: Counter[str] = Counter()
    not_messages: Counter[str] = Counter()
    for ledger in ledgers:
        placeholders.update(dict(ledger.placeholders))
        not_messages.update(dict(ledger.not_messages))
    return Coverage(
        source=source,
        read=sum(ledger.read for ledger in ledgers),
        kept=sum(ledger.kept for ledger in ledgers),
        rejected=sum(ledger.rejected for ledger in ledgers),
        duplicate=sum(ledger.duplicate for ledger in ledgers),
        placeholders=tuple(sorted(placeholders.items())),
        not_messages=tuple(sorted(not_messages.items())),
        first=min((ledger.first for ledger in ledgers if ledger.first is not None), default=None),
        last=max((ledger.last for ledger in ledgers if ledger.last is not None), default=None),
        gaps=tuple(gap for ledger in ledgers for gap in ledger.gaps),
    )
