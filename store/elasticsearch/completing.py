"""What a collection that is there gains when it is asked for with more fields."""

from store.contract import Collection
from store.elasticsearch.bulk import Write, write
from store.elasticsearch.connection import Connection
from store.elasticsearch.hits import pages
from store.elasticsearch.mappings import whole
from store.elasticsearch.shape import joined
from store.elasticsearch.table import Table, read_table
from store.errors import StoreError


def complete(connection: Connection, table: Table, wanted: Collection) -> None:
    """Give a collection without a template the fields that it lacks; one with a template must have them."""
    lacking = [name for name in wanted.fields if name not in table.shape.fields()]
    if table.templated:
        if lacking:
            raise StoreError(
                f"the indices of {wanted.name!r} have no field {lacking[0]!r}: install the templates of this version "
                "and migrate"
            )
        return
    if lacking or (wanted.searchable and not table.meta.searchable):
        fields = (*table.meta.fields, *dict.fromkeys(lacking))
        mapping = whole(wanted, fields, searchable=wanted.searchable or table.meta.searchable)
        connection.send("PUT", f"/{table.alias}/_mapping", mapping)
        _rewrite(connection, wanted.name)


def _rewrite(connection: Connection, collection: str) -> None:
    """Write each document again as it is, so that fields it always had can be asked for."""
    table = read_table(connection, collection)
    if table is None:
        return
    every = {"query": {"match_all": {}}, "sort": ["_shard_doc"], "seq_no_primary_term": True}
    for hits in pages(connection, table.alias, every):
        write(
            connection,
            [
                Write(
                    "index",
                    hit.index,
                    hit.key,
                    joined(table.shape.source(table.shape.document(hit.source))),
                    (hit.sequence, hit.term),
                )
                for hit in hits
            ],
        )
