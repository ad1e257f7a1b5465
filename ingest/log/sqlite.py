"""The embedded log: one SQLite file, which may be that of the store."""

from collections.abc import Sequence
from pathlib import Path

from ingest.log.contract import LogRecord, Record
from store import Database

_VERSION = 2

_TABLES = """
CREATE TABLE IF NOT EXISTS log_record (
    topic TEXT NOT NULL, number INTEGER NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,
    schema TEXT NOT NULL DEFAULT '', PRIMARY KEY (topic, number));
CREATE TABLE IF NOT EXISTS log_position (
    topic TEXT NOT NULL, reader TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (topic, reader)) WITHOUT ROWID
"""

_POSITION = "SELECT coalesce(max(number), -1) FROM log_position WHERE topic = ? AND reader = ?"
# Numbers go on from the last one ever given, also when the records that bore them have been dropped.
_LAST = """
SELECT max(coalesce((SELECT max(number) FROM log_record WHERE topic = ?1), -1),
           coalesce((SELECT max(number) FROM log_position WHERE topic = ?1), -1))"""
_NEXT = "SELECT number, key, value, schema FROM log_record WHERE topic = ? AND number > ? ORDER BY number LIMIT ?"
_AT = "SELECT number, key, value, schema FROM log_record WHERE topic = ? AND number = ?"


class SqliteLog:
    """A log in the file `path`, or in a private temporary one that `close` removes. Errors are StoreError.

    Any number of processes may append and read. Readers of one group are one reader: who should share the work of a
    topic takes a log with partitions.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._database = Database(path, name="log", version=_VERSION, tables=_TABLES)
        _add_schema(self._database)

    def append(self, topic: str, records: Sequence[Record]) -> int:
        """Write the records in order, all or none; return how many."""
        with self._database.write() as connection:
            (last,) = connection.execute(_LAST, (topic,)).fetchone()
            connection.executemany(
                "INSERT INTO log_record (topic, number, key, value, schema) VALUES (?, ?, ?, ?, ?)",
                (
                    (topic, number, record.key.encode("utf-8", "surrogatepass"), record.value, record.schema)
                    for number, record in enumerate(records, last + 1)
                ),
            )
        return len(records)

    def read(self, topic: str, group: str, limit: int) -> list[LogRecord]:
        """The next records after the group's committed one, at most `limit`."""
        with self._database.read() as connection:
            (position,) = connection.execute(_POSITION, (topic, group)).fetchone()
            rows = connection.execute(_NEXT, (topic, position, max(limit, 0)))
            return [_record(row) for row in rows]

    def commit(self, topic: str, group: str, records: Sequence[LogRecord]) -> None:
        """Say that the group has handled everything up to and with the last of these; never moves back or too far."""
        if not records:
            return
        furthest = max(record.offset for record in records)
        with self._database.write() as connection:
            (last,) = connection.execute(_LAST, (topic,)).fetchone()
            connection.execute(
                "INSERT INTO log_position VALUES (?, ?, ?) "
                "ON CONFLICT DO UPDATE SET number = max(number, excluded.number)",
                (topic, group, min(furthest, last)),
            )

    def at(self, topic: str, partition: int, offset: int) -> LogRecord | None:
        """The record at this place, whoever has handled it; None where it is kept no longer. There is one partition."""
        if partition:
            return None
        with self._database.read() as connection:
            row = connection.execute(_AT, (topic, offset)).fetchone()
        return None if row is None else _record(row)

    def lag(self, topic: str, group: str) -> int:
        """How many records the group has not committed."""
        with self._database.read() as connection:
            (position,) = connection.execute(_POSITION, (topic, group)).fetchone()
            (last,) = connection.execute(_LAST, (topic,)).fetchone()
            return int(last - position)

    def trim(self, topic: str) -> int:
        """Drop the records that every group has committed; return how many."""
        with self._database.write() as connection:
            return connection.execute(
                "DELETE FROM log_record WHERE topic = ?1 AND number <= "
                "(SELECT coalesce(min(number), -1) FROM log_position WHERE topic = ?1)",
                (topic,),
            ).rowcount

    def close(self) -> None:
        """Release the file; what was appended stays, unless the log was a temporary one."""
        self._database.close()


def _add_schema(database: Database) -> None:
    """Files of the first version hold records without a schema."""
    with database.write() as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(log_record)")]
        if "schema" not in columns:
            connection.execute("ALTER TABLE log_record ADD COLUMN schema TEXT NOT NULL DEFAULT ''")


def _record(row: tuple[int, bytes, bytes, str]) -> LogRecord:
    number, key, value, schema = row
    return LogRecord(number, key.decode("utf-8", "surrogatepass"), value, schema)
