"""Ids under their keys: filing, and the look-up of many keys in one question.

All keys of a batch go into one terms filter; which query a hit belongs to is found here, from the keys that the hit
brings along. That is several times faster than a search for each query.
"""

from collections.abc import Sequence

import msgspec

from store.elasticsearch import names
from store.elasticsearch.bulk import Action, Write, write
from store.elasticsearch.connection import Connection
from store.elasticsearch.creating import make_index
from store.elasticsearch.hits import WHOLE, all_with
from store.elasticsearch.identifiers import identity_term, to_key
from store.elasticsearch.key_text import Filing, Keys, as_rows, distinct, to_row, words
from store.elasticsearch.mappings import KEYS, KEYS_SETTINGS

_PAGE = 500


class _Row(msgspec.Struct, frozen=True):
    row: list[bytes] = []


class _Hit(msgspec.Struct, frozen=True):
    key: str = msgspec.field(name="_id")
    fields: _Row = _Row()


class _Hits(msgspec.Struct, frozen=True):
    hits: list[_Hit] = []


class _Found(msgspec.Struct, frozen=True):
    hits: _Hits


class Filed(msgspec.Struct, frozen=True):
    """One id to be filed under a row of keys, and its number in the order of filing."""

    id: str
    keys: Keys
    number: int


class KeyIndexes:
    """The key indexes of a store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._filing = Filing()
        self._made: set[str] = set()

    def add(self, name: str, ids: Sequence[str], keys: Keys) -> None:
        """File each id under its row of keys, in place of its old ones; the same keys again change nothing."""
        rows = as_rows(keys, len(ids))
        latest = {one: distinct(row) for one, row in zip(ids, rows, strict=True)}
        if not latest:
            return
        index = self._index(name)
        numbers = self._filing.numbers(len(latest))
        filed = [Filed(one, keys, number) for (one, keys), number in zip(latest.items(), numbers, strict=True)]
        outcomes = write(self._connection, _writes("create", index, filed))
        known = [one for one, outcome in zip(filed, outcomes, strict=True) if outcome.result == "conflict"]
        rows_there = self._rows(index, [to_key(one.id) for one in known])
        changed = [one for one in known if rows_there.get(to_key(one.id)) != to_row(one.keys)]
        write(self._connection, _writes("index", index, changed))

    def _rows(self, index: str, keys: Sequence[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for start in range(0, len(keys), _PAGE):
            part = keys[start : start + _PAGE]
            asked = {"query": all_with(part), "size": len(part), "_source": False, "docvalue_fields": ["row"]}
            hits = self._connection.read("POST", f"/{index}/_search", asked, type=_Found, params=WHOLE).hits.hits
            found |= {hit.key: b"".join(hit.fields.row) for hit in hits}
        return found

    def _index(self, name: str) -> str:
        index = names.special(self._connection.options.prefix, "keys", name)
        if index not in self._made:
            make_index(self._connection, index, mapping=KEYS, settings=KEYS_SETTINGS)
            self._made.add(index)
        return index


def _writes(action: Action, index: str, filed: Sequence[Filed]) -> list[Write]:
    return [Write(action, index, to_key(one.id), _source(one)) for one in filed]


def _source(filed: Filed) -> bytes:
    row = to_row(filed.keys)
    return msgspec.json.encode(
        {"id": identity_term(filed.id), "filed": filed.number, "keys": words(filed.keys), "row": row}
    )
