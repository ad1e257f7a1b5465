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
    """File the batch's wordings with their families; returns the families that were touched.

    However many wordings join, the store is asked and told once each.
    """
    known = _wordings(store, batch.text_ids)
    pairs = _candidates(store, batch)
    texts = dict(zip(batch.text_ids, batch.texts, strict=True))
    others = _wordings(store, sorted({there for _, there in pairs} - set(texts)))
    texts |= {identity: wording.text for identity, wording in others.items()}
    pairs = [(here, there) for here, there in pairs if there in texts]
    family = {identity: wording.family for identity, wording in (known | others).items()}
    found = joins(texts, [here for here, _ in pairs], [there for _, there in pairs])
    heads = _heads([(family.get(j.left, j.left), family.get(j.right, j.right)) for j in found])
    fresh = {i: StoredWording(text=texts[i], family=heads.get(i, i)) for i in batch.text_ids if i not in known}
    _write(store, _moved(store, heads) | fresh)
    return {heads.get(head, head) for head in (family.get(i, i) for i in batch.text_ids)}


def family_wordings(store: Store, families: Sequence[str]) -> dict[str, list[str]]:
    """The text ids of each family."""
    held: dict[str, list[str]] = {family: [] for family in families}
    for document in store.having("wordings", "family", families):
        held[msgspec.json.decode(document.body, type=StoredWording).family].append(document.id)
    return {family: sorted(ids) for family, ids in held.items()}


def _heads(joined: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For families that become one, the smallest of them; those that stay what they are do not stand in it."""
    above: dict[str, str] = {}

    def head(family: str) -> str:
        while family in above:
            family = above[family]
        return family

    for left, right in joined:
        low, high = sorted((head(left), head(right)))
        if low != high:
            above[high] = low
    return {family: head(family) for family in above}


def _moved(store: Store, heads: Mapping[str, str]) -> dict[str, StoredWording]:
    """The wordings of the families that go up in another."""
    wordings = {
        d.id: msgspec.json.decode(d.body, type=StoredWording) for d in store.having("wordings", "family", [*heads])
    }
    return {i: StoredWording(text=w.text, family=heads[w.family]) for i, w in wordings.items()}


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
