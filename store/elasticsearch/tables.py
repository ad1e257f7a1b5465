"""The collections that a process has met."""

from store.elasticsearch.connection import Connection
from store.elasticsearch.table import Table, collections, read_table
from store.errors import unknown


class Tables:
    """The collections that this process has met; one that changed elsewhere is read again when it is missed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[str, Table] = {}

    def find(self, collection: str, *fields: str) -> Table:
        """The collection with these fields; StoreError names what there is instead."""
        table = self._known.get(collection)
        if table is None or not set(fields) <= set(table.shape.fields()):
            table = self.renew(collection)
        if table is None:
            raise unknown("collection", collection, collections(self._connection))
        for field in fields:
            if field not in table.shape.fields():
                raise unknown(f"field in collection {collection!r} called", field, table.shape.fields())
        return table

    def find_searchable(self, collection: str) -> Table:
        """The collection if its text can be searched."""
        table = self.find(collection)
        if not table.meta.searchable:
            table = self.renew(collection) or table
        if not table.meta.searchable:
            raise unknown("searchable collection", collection, collections(self._connection, searchable=True))
        return table

    def forget(self, collection: str) -> None:
        """Read this one again when it is next asked for."""
        self._known.pop(collection, None)

    def renew(self, collection: str) -> Table | None:
        """The collection as the server has it now."""
        table = read_table(self._connection, collection)
        if table is not None and table.meta.collection == collection:
            self._known[collection] = table
            return table
        self._known.pop(collection, None)
        return None
