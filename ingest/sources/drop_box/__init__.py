"""What a folder is made of into which people drop exports: which files are whole, and where they go when read."""

from ingest.sources.drop_box.box import REJECTED, Box, Dropped

__all__ = ["REJECTED", "Box", "Dropped"]
