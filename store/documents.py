"""Documents of one collection: write, fetch, remove."""

import sqlite3
from collections.abc import Sequence

from store.contract import Document
from store.encoding import id_portions, readable, to_bytes, to_microseconds, to_moment, to_text
from store.schema import Table

Row = tuple[bytes, int | None, bytes, bytes | None]


def to_document(row: Row) -> Document:
    """The document that a row (id, at, body, text) holds."""
    key, at, body, text = row
    return Document(id=to_text(key), at=to_moment(at), body=body, text=None if text is None else to_text(text))


def upsert(connection: sqlite3.Connection, table: Table, documents: Sequence[Document]) -> int:
    """Write the documents (of two with one id the last) and return how many ids were new."""
    latest = {document.id: document for document in documents}
    numbers = _numbers(connection, table, list(latest))
    if table.searchable:
        _forget_words(connection, table, list(numbers))
    known = [(*_values(document), numbers[key]) for key, document in latest.items() if key in numbers]
    (highest,) = connection.execute(table.sql("SELECT coalesce(max(number), 0) FROM {documents}")).fetchone()
    fresh = [document for key, document in latest.items() if key not in numbers]
    added = [(*_values(document), number) for number, document in enumerate(fresh, highest + 1)]
    change = table.sql("UPDATE {documents} SET id = ?, at = ?, body = ?, text = ? WHERE number = ?")
    connection.executemany(change, known)
    insert = table.sql("INSERT INTO {documents} (id, at, body, text, number) VALUES (?, ?, ?, ?, ?)")
    connection.executemany(insert, added)
    if table.searchable:
        words = ((row[4], readable(row[3])) for row in known + added if row[3] is not None)
        connection.executemany(table.sql("INSERT INTO {words} (rowid, text) VALUES (?, ?)"), words)
    return len(fresh)


def get(connection: sqlite3.Connection, table: Table, ids: Sequence[str]) -> list[Document]:
    """The documents with these ids that exist, in the order asked for."""
    found: dict[str, Document] = {}
    for statement, portion in id_portions(
        table.sql("SELECT id, at, body, text FROM {documents} WHERE id IN ({values})"), ids
    ):
        for row in connection.execute(statement, portion):
            document = to_document(row)
            found[document.id] = document
    return [found[one] for one in ids if one in found]


def delete(connection: sqlite3.Connection, table: Table, ids: Sequence[str]) -> int:
    """Remove the documents; return how many there were."""
    if table.searchable:
        _forget_words(connection, table, ids)
    removed = 0
    for statement, portion in id_portions(table.sql("DELETE FROM {documents} WHERE id IN ({values})"), ids):
        removed += connection.execute(statement, portion).rowcount
    return removed


def _values(document: Document) -> tuple[bytes, int | None, bytes, bytes | None]:
    text = None if document.text is None else to_bytes(document.text)
    return to_bytes(document.id), to_microseconds(document.at), document.body, text


def _numbers(connection: sqlite3.Connection, table: Table, ids: Sequence[str]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for statement, portion in id_portions(table.sql("SELECT id, number FROM {documents} WHERE id IN ({values})"), ids):
        numbers.update((to_text(key), number) for key, number in connection.execute(statement, portion))
    return numbers


def _forget_words(connection: sqlite3.Connection, table: Table, ids: Sequence[str]) -> None:
    forget = table.sql("INSERT INTO {words} ({words}, rowid, text) VALUES ('delete', ?, ?)")
    for statement, portion in id_portions(
        table.sql("SELECT number, text FROM {documents} WHERE id IN ({values}) AND text IS NOT NULL"), ids
    ):
        rows = connection.execute(statement, portion).fetchall()
        connection.executemany(forget, [(number, readable(text)) for number, text in rows])
