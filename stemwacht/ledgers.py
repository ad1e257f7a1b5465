"""What was read, source by source: the ledgers of every ingest and pull, added up for all time or for one period."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce

from msgspec.structs import replace

from ingest import Coverage, Place, digest_of
from stemwacht import collections
from store import Document, Store


def keep_ledgers(store: Store, inputs: Iterable[Place], ledgers: Sequence[Coverage], now: datetime) -> None:
    """Remember the ledgers of one ingest of these inputs; the same again replace them, whatever their names.

    A ledger without times counts where it was read first, at `now`: read again it does not move.
    """
    run = hashlib.sha256("".join(sorted(digest_of(place).sha256 for place in inputs)).encode()).hexdigest()[:24]
    documents = [collections.coverage_document(run, ledger, read_at=now) for ledger in ledgers]
    undated = [document.id for document, ledger in zip(documents, ledgers, strict=True) if ledger.last is None]
    known = {document.id: document.at for document in store.get("coverage", undated)}
    store.upsert("coverage", [replace(one, at=known.get(one.id) or one.at) for one in documents])


def stored_coverage(store: Store) -> tuple[Coverage, ...]:
    """One ledger a source, by name: all that was ever read of it."""
    return _by_source(collections.stored_coverage(document) for document in store.find("coverage"))


def coverage_of(store: Store, start: datetime, end: datetime) -> tuple[Coverage, ...]:
    """One ledger a source, by name, of what bears on [start, end), aware UTC: what is read of other times changes none.

    A ledger whose messages may be of that time counts as a whole, one without times where it was read then. Gaps are
    cut to that time.
    """
    found = (_bearing_on(document, start, end) for document in store.find("coverage"))
    return _by_source(ledger for ledger in found if ledger is not None)


def _bearing_on(document: Document, start: datetime, end: datetime) -> Coverage | None:
    ledger = collections.stored_coverage(document)
    gaps = tuple(gap for gap in (one.within(start, end) for one in ledger.gaps) if gap is not None)
    read_then = ledger.last is None and document.at is not None and start <= document.at < end
    if read_then or ledger.reaches(start, end):
        return replace(ledger, gaps=gaps)
    return Coverage(source=ledger.source, read=0, kept=0, rejected=0, duplicate=0, gaps=gaps) if gaps else None


def _by_source(ledgers: Iterable[Coverage]) -> tuple[Coverage, ...]:
    by_source: dict[str, list[Coverage]] = {}
    for ledger in ledgers:
        by_source.setdefault(ledger.source, []).append(ledger)
    return tuple(reduce(Coverage.plus, by_source[source]) for source in sorted(by_source))
