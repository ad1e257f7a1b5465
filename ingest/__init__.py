"""The world becomes messages: formats and sources, pseudonyms, coverage, the log."""

from ingest.coverage import Coverage, Gap
from ingest.message import Kind, Message, Precision

__all__ = ["Coverage", "Gap", "Kind", "Message", "Precision"]
