"""Alerts as a feed, newest first: Atom (RFC 4287) and JSON Feed 1.1."""

from alerts.feed import atom, json_feed

__all__ = ["atom", "json_feed"]
