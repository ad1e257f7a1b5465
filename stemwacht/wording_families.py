"""Which wordings are one family by shared wording, kept in the store: grows with every batch, in any order.

Each wording's document names its family, the smallest text id among its near-copies. A batch asks the store for earlier
wordings under its band keys; memory follows the batch and the families it touches, never the window.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from analysis import AnnotatedBatch, joins
from stemwacht.collections import BAND_INDEX
from store import Document, Store

_CANDIDATES = 64


class StoredWording(msgspec.Struct, frozen=True, kw_only=True):
    """A wording: its text as first met, and the family it belongs to."""

    text: str
    family: str


def join_batch(store: Store, batch: AnnotatedBatch) -> set[str]:
    """File the batch's wordings with their families; returns the families that were touched."""
    known = _wordings(store, batch.text_ids)
    fresh = {i: t for i, t in zip(batch.text_ids, batch.texts, strict=True) if i not in known}
    _write(store, {i: StoredWording(text=text, family=i) for i, text in fresh.items()})
    pairs = _candidates(store, batch)
    texts = dict(zip(batch.text_ids, batch.texts, strict=True))
    others = _wordings(store, sorted({there for _, there in pairs} - set(texts)))
    texts |= {identity: wording.text for identity, wording in others.items()}
    pairs = [(here, there) for here, there in pairs if there in texts]
    for joined in joins(texts, [here for here, _ in pairs], [there for _, there in pairs]):
        _merge(store, joined.left, joined.right)
    return {wording.family for wording in _wordings(store, batch.text_ids).values()}


def family_wordings(store: Store, family: str) -> list[str]:
    """The text ids of a family."""
    return [document.id for document in store.find("wordings", where={"family": family})]


def _candidates(store: Store, batch: AnnotatedBatch) -> list[tuple[str, str]]:
    hits = store.look_up(BAND_INDEX, batch.keys, most=_CANDIDATES)
    found: dict[str, set[str]] = {}
    for row, identity in zip(hits.query.tolist(), hits.document, strict=True):
        if identity != batch.text_ids[row]:
            found.setdefault(batch.text_ids[row], set()).add(identity)
    # A wording with a thousand near-copies needs only some of them to find its family.
    return [(here, there) for here, others in found.items() for there in sorted(others)[:_CANDIDATES]]


def _wordings(store: Store, ids: Sequence[str]) -> dict[str, StoredWording]:
    return {d.id: msgspec.json.decode(d.body, type=StoredWording) for d in store.get("wordings", ids)}


def _write(store: Store, wordings: Mapping[str, StoredWording]) -> None:
    documents = [Document(id=i, body=msgspec.json.encode(w)) for i, w in wordings.items()]
    if documents:
        store.upsert("wordings", documents)


def _merge(store: Store, left: str, right: str) -> None:
    both = _wordings(store, [left, right])
    families = sorted({both[left].family, both[right].family})
    if len(families) == 1:
        return
    moved = _wordings(store, _members(store, families[1:]))
    _write(store, {i: StoredWording(text=w.text, family=families[0]) for i, w in moved.items()})


def _members(store: Store, families: Iterable[str]) -> list[str]:
    return [identity for family in families for identity in family_wordings(store, family)]
