"""The indices of a dated collection, each made when the first document of its period comes."""

from collections.abc import Mapping, Set
from typing import Any

from store.contract import Collection
from store.elasticsearch import names
from store.elasticsearch.connection import Connection
from store.elasticsearch.creating import make_index
from store.elasticsearch.mappings import whole
from store.elasticsearch.table import Table
from store.errors import StoreError


class Parts:
    """The indices of dated collections that are known to be there."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: set[str] = set()

    def make(self, table: Table, indices: Set[str]) -> None:
        """Make those indices of the collection that are not there yet."""
        for index in sorted(indices - self._known):
            if table.meta.dated:
                self._make(table, index)
            self._known.add(index)

    def _make(self, table: Table, index: str) -> None:
        answer = self._connection.send("HEAD", f"/{index}", accept={404})
        if answer.status != 404:
            return
        end = names.end_of(index)
        settings: dict[str, object] = {}
        if table.meta.lifecycle is not None and end is not None:
            # Its age counts from the last date in it, not from the day on which it was made.
            settings["index.lifecycle.name"] = table.meta.lifecycle
            settings["index.lifecycle.origination_date"] = int(end.timestamp() * 1000)
        if table.templated:
            made = make_index(self._connection, index, settings=settings)
        else:
            made = make_index(self._connection, index, alias=table.alias, mapping=_mapping(table), settings=settings)
        if made == "no right":
            raise StoreError(f"no right to make the index {index}: give the user or the API key the role of the writer")

    def forget(self, indices: Set[str]) -> None:
        """These are gone."""
        self._known -= indices


def _mapping(table: Table) -> Mapping[str, Any]:
    collection = Collection(name=table.name, dated=table.meta.dated)
    return whole(collection, table.meta.fields, searchable=table.meta.searchable)
