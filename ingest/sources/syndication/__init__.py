"""What the reading of feeds is made of: fetching one politely, reading its entries, remembering what was seen."""

from ingest.sources.syndication.addresses import told
from ingest.sources.syndication.fetching import Answer, Fetcher
from ingest.sources.syndication.memory import FeedMemory, Memory, memory_from
from ingest.sources.syndication.reading import Entry, Feed, NoFeedError, read_feed

__all__ = [
    "Answer",
    "Entry",
    "Feed",
    "FeedMemory",
    "Fetcher",
    "Memory",
    "NoFeedError",
    "memory_from",
    "read_feed",
    "told",
]
