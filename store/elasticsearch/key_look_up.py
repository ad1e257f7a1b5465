"""Which ids stand under any of many keys."""

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from store.contract import KeyHits
from store.elasticsearch import names
from store.elasticsearch.connection import Connection
from store.elasticsearch.hits import WINDOW
from store.elasticsearch.identifiers import from_term
from store.elasticsearch.key_text import Keys, as_rows, from_rows, words

_MOST_TERMS = 60_000  # a server takes 65,536 unless it was told otherwise

Places = NDArray[np.int64]


class _Row(msgspec.Struct, frozen=True):
    row: list[bytes] = []


class _Hit(msgspec.Struct, frozen=True):
    sort: tuple[int, str]
    fields: _Row = _Row()


class _Hits(msgspec.Struct, frozen=True):
    hits: list[_Hit] = []


class _Found(msgspec.Struct, frozen=True):
    hits: _Hits


def look_up(connection: Connection, name: str, keys: Keys, most: int | None) -> KeyHits:
    """The ids under any of the keys of each row, by row and then in the order of filing; see the contract."""
    rows = as_rows(keys, len(keys))
    index = names.special(connection.options.prefix, "keys", name)
    flat = rows.ravel()
    asked = np.unique(flat[flat != 0])
    pairs = _Pairs(len(asked), most)
    for start in range(0, len(asked), _MOST_TERMS):
        _collect(connection, index, asked, slice(start, start + _MOST_TERMS), pairs)
    return _joined(rows, asked, pairs)


class _Pairs:
    """Pairs of a key, by its place among those asked for, and a document, by its number here."""

    def __init__(self, keys: int, most: int | None) -> None:
        self.filed: list[tuple[int, str]] = []
        self.most = most
        self.found = np.zeros(keys, np.int64)
        self._keys: list[Places] = [np.empty(0, np.int64)]
        self._documents: list[Places] = [np.empty(0, np.int64)]

    def add(self, key: Places, document: Places) -> None:
        """More pairs, in the order of filing; beyond `most` of a key they are left out."""
        if self.most is not None:
            kept = _rank(key) + self.found[key] < self.most
            key, document = key[kept], document[kept]
        np.add.at(self.found, key, 1)
        self._keys.append(key)
        self._documents.append(document)

    def open(self, part: slice) -> Places:
        """The places in the part whose keys want more documents."""
        places = np.arange(*part.indices(len(self.found)))
        return places if self.most is None else places[self.found[places] < self.most]

    def all(self) -> tuple[Places, Places]:
        """Every pair."""
        return np.concatenate(self._keys), np.concatenate(self._documents)


def _rank(values: Places) -> Places:
    """Which one of its value each is, counted from 0 in order."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = np.searchsorted(ordered, ordered, side="left")
    ranks = np.empty(len(values), np.int64)
    ranks[order] = np.arange(len(values)) - starts
    return ranks


def _collect(connection: Connection, index: str, asked: Keys, part: slice, pairs: _Pairs) -> None:
    """Read pages in the order of filing; a key that has enough is left out of the questions that follow."""
    after: tuple[int, str] | None = None
    while len(wanted := pairs.open(part)):
        hits = _page(connection, index, words(asked[wanted]), after)
        if hits:
            after = hits[-1].sort
            keys, rows = from_rows([b"".join(hit.fields.row) for hit in hits])
            places = np.minimum(np.searchsorted(asked, keys), len(asked) - 1)
            mine = (asked[places] == keys) & np.isin(places, wanted)
            first = len(pairs.filed)
            pairs.filed.extend(hit.sort for hit in hits)
            pairs.add(places[mine], first + rows[mine])
        if len(hits) < WINDOW:
            return


def _page(connection: Connection, index: str, terms: list[str], after: tuple[int, str] | None) -> list[_Hit]:
    asked: dict[str, Any] = {
        "query": {"bool": {"filter": {"terms": {"keys": terms}}}},
        "sort": ["filed", "id"],
        "size": WINDOW,
        "_source": False,
        "docvalue_fields": ["row"],
        "track_total_hits": False,
    }
    if after is not None:
        asked["search_after"] = after
    params = {"ignore_unavailable": "true", "allow_no_indices": "true"}
    return connection.read("POST", f"/{index}/_search", asked, type=_Found, params=params).hits.hits


def _joined(rows: Keys, asked: Keys, pairs: _Pairs) -> KeyHits:
    key, document = pairs.all()
    order = np.argsort(rows.ravel(), kind="stable")
    ordered = rows.ravel()[order]
    starts = np.searchsorted(ordered, asked, side="left")
    lengths = np.searchsorted(ordered, asked, side="right") - starts
    many = lengths[key]
    query = order[_spans(starts[key], many)] // max(rows.shape[1], 1)
    rank = _by_filing(pairs.filed)
    both = np.unique((query << 32) | np.repeat(rank.number[document], many))
    names_there = rank.ids
    return KeyHits(both >> 32, [names_there[number] for number in (both & 0xFFFFFFFF).tolist()])


class _Filing(msgspec.Struct, frozen=True):
    """Documents in the order of filing, each once: the place of each that was met, and the ids in order."""

    number: Places
    ids: list[str]


def _by_filing(filed: list[tuple[int, str]]) -> _Filing:
    # One that was filed again while the pages were read was met twice; it counts where it was met first.
    first: dict[str, int] = {}
    for number, term in filed:
        first[term] = min(first.get(term, number), number)
    ordered = sorted(first, key=lambda term: (first[term], term))
    place = {term: at for at, term in enumerate(ordered)}
    return _Filing(
        np.fromiter((place[term] for _, term in filed), np.int64, len(filed)), [from_term(term) for term in ordered]
    )


def _spans(starts: Places, lengths: Places) -> Places:
    ends = np.cumsum(lengths)
    return np.arange(lengths.sum()) + np.repeat(starts - ends + lengths, lengths)
