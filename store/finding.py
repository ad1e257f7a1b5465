"""Documents of one collection by field, by time and by word."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from store.contract import Document, FieldValue
from store.database import Database
from store.documents import Row, to_document
from store.encoding import text_portions, to_bytes, to_microseconds
from store.errors import unknown
from store.schema import Table

_PAGE = 500
_MOST_WORDS = 100

Value = bytes | int | None


class Conditions(msgspec.Struct, frozen=True):
    """What follows WHERE: clauses that all hold, and the values bound in them."""

    clauses: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()

    def also(self, clause: str, *values: Value) -> "Conditions":
        """These conditions and one more."""
        return Conditions((*self.clauses, clause), self.values + values)

    def put_in(self, statement: str) -> str:
        """The statement with {conditions} replaced by the clauses."""
        return statement.replace("{conditions}", " AND ".join(self.clauses) or "TRUE")


def field_conditions(table: Table, where: Mapping[str, FieldValue] | None) -> Conditions:
    """The conditions that these fields have these values; None means absent or null."""
    conditions = Conditions()
    for field, value in (where or {}).items():
        column = _column(table, field)
        if value is None:
            conditions = conditions.also(f"{column} IS NULL")
        elif isinstance(value, str):
            conditions = conditions.also(f"{column} = CAST(? AS TEXT)", to_bytes(value))
        else:
            conditions = conditions.also(f"{column} = ?", int(value))
    return conditions


def having(database: Database, table: Table, field: str, values: Sequence[str]) -> Iterator[Document]:
    """The documents whose field is one of these values."""
    wanted = "{column} IN ({values})".replace("{column}", _column(table, field))
    statement = table.sql(f"SELECT id, at, body, text FROM {{documents}} WHERE {wanted}")  # noqa: S608 our own names
    for asked, portion in text_portions(statement, list(dict.fromkeys(values))):
        with database.read() as connection:
            rows = connection.execute(asked, portion).fetchall()
        yield from map(to_document, rows)


def _column(table: Table, field: str) -> str:
    if field not in table.fields:
        raise unknown(f"field in collection {table.name!r} called", field, list(table.fields))
    return f"field_{table.fields.index(field)}"


def time_conditions(conditions: Conditions, since: datetime | None, until: datetime | None) -> Conditions:
    """The conditions with `at` in [since, until)."""
    if since is not None:
        conditions = conditions.also("at >= ?", to_microseconds(since))
    if until is not None:
        conditions = conditions.also("at < ?", to_microseconds(until))
    return conditions


def count(database: Database, table: Table, conditions: Conditions) -> int:
    """How many documents meet the conditions."""
    with database.read() as connection:
        statement = conditions.put_in(table.sql("SELECT count(*) FROM {documents} WHERE {conditions}"))
        return int(connection.execute(statement, conditions.values).fetchone()[0])


def stream(
    database: Database, table: Table, conditions: Conditions, *, newest_first: bool, limit: int | None
) -> Iterator[Document]:
    """The documents by `at` then id, page by page; between pages nothing is held, so the reader may write."""
    left = limit
    for dated in (True, False):
        after: tuple[Value, ...] = ()
        while left is None or left > 0:
            size = _PAGE if left is None else min(_PAGE, left)
            rows = _page(database, table, conditions, dated=dated, newest_first=newest_first, after=after, size=size)
            yield from map(to_document, rows)
            left = None if left is None else left - len(rows)
            if len(rows) < size:
                break
            after = (rows[-1][1], rows[-1][0]) if dated else (rows[-1][0],)


def _page(
    database: Database,
    table: Table,
    conditions: Conditions,
    *,
    dated: bool,
    newest_first: bool,
    after: tuple[Value, ...],
    size: int,
) -> list[Row]:
    way, beyond = ("DESC", "<") if newest_first else ("ASC", ">")
    conditions = conditions.also("at IS NOT NULL" if dated else "at IS NULL")
    if after:
        conditions = conditions.also(f"(at, id) {beyond} (?, ?)" if dated else f"id {beyond} ?", *after)
    order = f"at {way}, id {way}" if dated else f"id {way}"
    asked = table.sql("SELECT id, at, body, text FROM {documents} WHERE {conditions} ORDER BY {order} LIMIT ?")
    statement = conditions.put_in(asked).replace("{order}", order)
    with database.read() as connection:
        return connection.execute(statement, (*conditions.values, size)).fetchall()


def search(database: Database, table: Table, words: str, limit: int) -> list[Document]:
    """The documents whose text has all the words, best first (BM25), then by id."""
    query = _as_data(words)
    if not query:
        return []
    statement = table.sql(
        "SELECT id, at, body, text FROM (SELECT rowid AS hit, rank AS score FROM {words} WHERE {words} MATCH ?) "
        "JOIN {documents} ON number = hit ORDER BY score, id LIMIT ?"
    )
    with database.read() as connection:
        return [to_document(row) for row in connection.execute(statement, (query, max(limit, 0)))]


def _as_data(words: str) -> str:
    clean = words.encode("utf-8", "replace").decode().replace("\0", " ")
    quoted = ['"' + word.replace('"', '""') + '"' for word in clean.split() if any(map(str.isalnum, word))]
    return " ".join(quoted[:_MOST_WORDS])
