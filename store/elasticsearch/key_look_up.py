"""Which ids stand under any of many keys."""

from typing import Any

import msgspec
import numpy as np

from store.contract import KeyHits
from store.elasticsearch import names
from store.elasticsearch.connection import Connection
from store.elasticsearch.hits import WHOLE, WINDOW
from store.elasticsearch.key_pairs import Pairs, joined
from store.elasticsearch.key_text import Keys, as_rows, from_rows, words

_MOST_TERMS = 60_000  # a server takes 65,536 unless it was told otherwise


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
    pairs = Pairs(len(asked), most)
    for start in range(0, len(asked), _MOST_TERMS):
        _collect(connection, index, asked, slice(start, start + _MOST_TERMS), pairs)
    return joined(rows, asked, pairs)


def _collect(connection: Connection, index: str, asked: Keys, part: slice, pairs: Pairs) -> None:
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
    params = WHOLE | {"ignore_unavailable": "true"}  # nobody may have filed anything yet
    return connection.read("POST", f"/{index}/_search", asked, type=_Found, params=params).hits.hits
