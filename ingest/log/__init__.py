"""The log: messages on their way, kept until whoever handles them says that they are handled."""

from ingest.log.contract import Log, LogRecord, Record
from ingest.log.sqlite import SqliteLog

__all__ = ["Log", "LogRecord", "Record", "SqliteLog"]
