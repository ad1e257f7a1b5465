"""The tables of the embedded store, and the table that each collection gets."""

import re
import sqlite3

import msgspec

from store.contract import Collection
from store.encoding import readable
from store.errors import StoreError

VERSION = 1

TABLES = """
CREATE TABLE IF NOT EXISTS collection (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, fields TEXT NOT NULL, searchable INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS key_index (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, next_owner INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS key_owner (
    key_index INTEGER NOT NULL, number INTEGER NOT NULL, id BLOB NOT NULL, digest BLOB NOT NULL,
    PRIMARY KEY (key_index, number)) WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS key_owner_id ON key_owner (id, key_index);
CREATE TABLE IF NOT EXISTS key_run (
    number INTEGER PRIMARY KEY AUTOINCREMENT, key_index INTEGER NOT NULL, level INTEGER NOT NULL,
    first_page INTEGER NOT NULL, pages INTEGER NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL,
    owners INTEGER NOT NULL, voided INTEGER NOT NULL DEFAULT 0, fences BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS key_page (number INTEGER PRIMARY KEY AUTOINCREMENT, keys BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS key_page_filter (number INTEGER PRIMARY KEY, words BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS key_page_owners (number INTEGER PRIMARY KEY, owners BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS vector_index (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, token TEXT NOT NULL, dimensions INTEGER NOT NULL,
    next_number INTEGER NOT NULL DEFAULT 0, vectors INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS vector (
    vector_index INTEGER NOT NULL, number INTEGER NOT NULL, id BLOB NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (vector_index, number));
CREATE UNIQUE INDEX IF NOT EXISTS vector_id ON vector (id, vector_index);
CREATE TABLE IF NOT EXISTS lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until REAL NOT NULL) WITHOUT ROWID
"""

_FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Table(msgspec.Struct, frozen=True):
    """Where a collection is kept: its number, its fields in the order of their columns, whether text is indexed."""

    number: int
    name: str
    fields: tuple[str, ...]
    searchable: bool

    @property
    def documents(self) -> str:
        """The table of its documents."""
        return f"documents_{self.number}"

    @property
    def words(self) -> str:
        """The full-text index over them."""
        return f"words_{self.number}"

    def sql(self, statement: str) -> str:
        """The statement with {documents} and {words} replaced: a table's name cannot be bound as a value."""
        return statement.replace("{documents}", self.documents).replace("{words}", self.words)


def read_tables(connection: sqlite3.Connection) -> dict[str, Table]:
    """Every collection by name."""
    rows = connection.execute("SELECT number, name, fields, searchable FROM collection")
    return {row[1]: Table(row[0], row[1], tuple(msgspec.json.decode(row[2])), bool(row[3])) for row in rows}


def make_table(connection: sqlite3.Connection, wanted: Collection) -> None:
    """Make the collection, or give an existing one the fields and the full-text index that it lacks."""
    wrong = [field for field in wanted.fields if not _FIELD.fullmatch(field)]
    if wrong:
        raise StoreError(f"collection {wanted.name!r}: a field is letters, digits and _, not {wrong[0]!r}")
    table = read_tables(connection).get(wanted.name) or _make_documents(connection, wanted.name)
    fields = table.fields + tuple(field for field in dict.fromkeys(wanted.fields) if field not in table.fields)
    for position in range(len(table.fields), len(fields)):
        _add_field(connection, table.documents, position, fields[position])
    if wanted.searchable and not table.searchable:
        _add_words(connection, table)
    connection.execute(
        "UPDATE collection SET fields = ?, searchable = ? WHERE number = ?",
        (msgspec.json.encode(fields).decode(), wanted.searchable or table.searchable, table.number),
    )


def _make_documents(connection: sqlite3.Connection, name: str) -> Table:
    cursor = connection.execute("INSERT INTO collection (name, fields, searchable) VALUES (?, '[]', 0)", (name,))
    table = Table(int(cursor.lastrowid or 0), name, (), False)
    columns = "number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, at INTEGER, body BLOB NOT NULL, text BLOB"
    connection.execute(f"CREATE TABLE {table.documents} ({columns})")
    connection.execute(f"CREATE INDEX {table.documents}_at ON {table.documents} (at, id)")
    return table


def _add_field(connection: sqlite3.Connection, documents: str, position: int, field: str) -> None:
    column = f"field_{position}"
    value = f"json_extract(CAST(body AS TEXT), '$.{field}')"
    connection.execute(f"ALTER TABLE {documents} ADD COLUMN {column} GENERATED ALWAYS AS ({value}) VIRTUAL")
    connection.execute(f"CREATE INDEX {documents}_{column} ON {documents} ({column}, at, id)")


def _add_words(connection: sqlite3.Connection, table: Table) -> None:
    # Without content of its own the index costs no second copy of the text, and old entries leave by naming their text.
    options = "text, content='', tokenize='unicode61 remove_diacritics 2'"
    connection.execute(f"CREATE VIRTUAL TABLE {table.words} USING fts5({options})")
    rows = connection.execute(table.sql("SELECT number, text FROM {documents} WHERE text IS NOT NULL"))
    insert = table.sql("INSERT INTO {words} (rowid, text) VALUES (?, ?)")
    connection.executemany(insert, ((number, readable(text)) for number, text in rows))
