"""What the reading of Bluesky's network is made of: its two streams, which events are wanted, where to go on."""

from ingest.sources.atmosphere.cursor import cursor_from
from ingest.sources.atmosphere.events import Transport
from ingest.sources.atmosphere.reading import batches_of
from ingest.sources.atmosphere.selection import Selection

__all__ = ["Selection", "Transport", "batches_of", "cursor_from"]
