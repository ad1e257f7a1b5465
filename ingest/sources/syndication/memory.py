"""What is remembered of feeds between two readings: the cursor of the source."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b

import msgspec
from msgspec.structs import replace

_KEPT_LEAST = 200
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=6)


class FeedMemory(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One feed: what its server said of the last version, and the entries seen, as digests of id and content.

    `told` is the beginning of a gap that was told of and may not have ended.
    """

    etag: str | None = None
    modified: str | None = None
    read: datetime | None = None
    entries: Mapping[str, str] = {}
    failures: int = 0
    reason: str = ""
    retry: datetime | None = None
    gap: str = ""

    def failed(self, reason: str, wait: timedelta | None, now: datetime) -> "FeedMemory":
        """After one more failure: the pause doubles, and is no shorter than its server asks for."""
        pause = min(_FIRST_PAUSE * 2 ** min(self.failures, 10), _LONGEST_PAUSE)
        return replace(self, failures=self.failures + 1, reason=reason, retry=now + max(pause, wait or pause))

    def came_through(self, now: datetime) -> "FeedMemory":
        """After an answer."""
        return replace(self, read=now, failures=0, reason="", retry=None, gap="")

    def with_entries(self, seen: Sequence[tuple[str, str]]) -> "FeedMemory":
        """With what stands in the feed now, and some of what stood in it before: servers show older versions too."""
        known = {**self.entries}
        for key, version in seen:
            known.pop(key, None)
            known[key] = version
        most = max(_KEPT_LEAST, 2 * len(seen))
        return replace(self, entries=dict(list(known.items())[-most:]))


class Memory(msgspec.Struct, frozen=True):
    """All feeds, by a digest of their address, which may hold a secret."""

    feeds: Mapping[str, FeedMemory] = {}

    def of(self, url: str) -> FeedMemory:
        """What is remembered of one."""
        return self.feeds.get(_key(url), FeedMemory())

    def having(self, url: str, feed: FeedMemory) -> "Memory":
        """With this for one."""
        return Memory({**self.feeds, _key(url): feed})

    def only(self, urls: Iterable[str]) -> "Memory":
        """Without feeds that are read no longer."""
        wanted = set(map(_key, urls))
        return Memory({key: feed for key, feed in self.feeds.items() if key in wanted})

    @property
    def cursor(self) -> str:
        """As it is kept."""
        return msgspec.json.encode(self).decode()


def memory_from(cursor: str | None) -> Memory:
    """What a cursor holds; nothing where there is none."""
    return msgspec.json.decode(cursor, type=Memory) if cursor else Memory()


def _key(url: str) -> str:
    return blake2b(url.encode(), digest_size=8).hexdigest()
