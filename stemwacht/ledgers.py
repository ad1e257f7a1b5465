"""What was read in all, source by source: the ledgers of every ingest, added up."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import reduce

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
    return tuple(reduce(Coverage.plus, by_source[source]) for source in sorted(by_source))
