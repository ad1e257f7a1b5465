"""RSS and Atom feeds, each asked for politely; one that is dead does not stop the others."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Annotated

from msgspec import Meta
from msgspec.structs import replace

from ingest.batches import Batch
from ingest.desk import Desk
from ingest.errors import SourceError
from ingest.gaps import GONE, PASSED_BETWEEN, UNREACHABLE
from ingest.rows import Row
from ingest.sources.syndication import Entry, FeedMemory, Fetcher, Memory, NoFeedError, memory_from, read_feed, told

EXAMPLE = """\
[sources.news]
kind = "feeds"
urls = ["https://example.org/rss.xml", "https://example.org/comments.atom"]
"""
QUIET_HOURS = 24.0
_FAILING = timedelta(hours=QUIET_HOURS)


def pull(
    desk: Desk,
    cursor: str | None,
    *,
    urls: Annotated[tuple[Annotated[str, Meta(pattern=r"^https?://[^\s/]+")], ...], Meta(min_length=1)],
    channel: Annotated[str, Meta(min_length=1)] | None = None,
    timeout_seconds: Annotated[float, Meta(gt=0, le=300)] = 20.0,
) -> Iterator[Batch]:
    """The entries that are new or changed, a feed at a time; `channel` stands instead of the titles of the feeds.

    The cursor remembers of every feed what its server said of its version and which entries it had. A feed that fails
    is left alone for a while, twice as long each time. Raises `SourceError` when none of them could be read.
    """
    memory = memory_from(cursor).only(urls)
    with Fetcher(timeout_seconds) as fetcher:
        for url in urls:
            before = memory.of(url)
            if before.retry is None or desk.now() >= before.retry:
                after = _visited(desk, fetcher, url, before, memory, channel)
                memory = memory.having(url, after)
            if memory.of(url).failures:
                desk.note(f"{told(url)}: {memory.of(url).reason}")
            yield desk.batch(memory.cursor)
    if all(memory.of(url).failures for url in urls):
        raise SourceError(
            "no feed could be read: " + "; ".join(f"{told(url)}: {memory.of(url).reason}" for url in urls)
        )


def _visited(
    desk: Desk, fetcher: Fetcher, url: str, before: FeedMemory, memory: Memory, channel: str | None
) -> FeedMemory:
    """Ask for one feed and take what is new in it; returns what to remember."""
    now = desk.now()
    answer = fetcher.fetch(url, etag=before.etag, modified=before.modified, now=now)
    if answer.moved_to:
        desk.note(f"{told(url)} has moved for good to {answer.moved_to}; write that in urls")
    if answer.outcome == "same":
        return _back(desk, url, before, now)
    if answer.outcome == "gone":
        desk.gap(before.read, None, GONE, part=told(url))
        return replace(before.failed(answer.reason, timedelta(days=1), now), gap=GONE)
    if answer.outcome == "failed":
        return _failing(desk, url, before.failed(answer.reason, answer.wait, now), now)
    try:
        feed = read_feed(
            answer.content,
            content_type=answer.content_type,
            url=url,
            told=told(url),
            channel=channel,
            now=now,
        )
    except NoFeedError as error:
        return _failing(desk, url, before.failed(str(error), None, now), now)
    _take(desk, url, before, memory, feed.entries)
    seen = [(entry.key, entry.version) for entry in feed.entries]
    after = _back(desk, url, before, now).with_entries(seen)
    return replace(after, etag=answer.etag, modified=answer.modified)


def _take(desk: Desk, url: str, before: FeedMemory, memory: Memory, entries: Sequence[Entry]) -> None:
    """Hand in what was not seen before, in any of the feeds, in that version."""
    known = {key: version for feed in memory.feeds.values() for key, version in feed.entries.items()}
    versions = frozenset(before.entries.values())
    taken: set[str] = set()
    for entry in entries:
        if entry.key in taken:
            desk.duplicate()
        elif known.get(entry.key) != entry.version and (entry.key in known or entry.version not in versions):
            desk.add(Row(entry.number, entry.values), again=entry.key in known)
        taken.add(entry.key)
    # A feed that shows nothing of what it showed last time has moved on by more than its own length.
    if entries and before.entries and not any(one.key in before.entries or one.version in versions for one in entries):
        oldest = min((entry.published for entry in entries if entry.published), default=None)
        later = oldest if oldest and before.read and oldest > before.read else desk.now()
        desk.gap(before.read, later, PASSED_BETWEEN, part=told(url))


def _failing(desk: Desk, url: str, feed: FeedMemory, now: datetime) -> FeedMemory:
    """A feed that fails for long has a gap, which grows."""
    if feed.read is None or now - feed.read < _FAILING:
        return feed
    desk.gap(feed.read, now, UNREACHABLE, part=told(url))
    return replace(feed, gap=UNREACHABLE)


def _back(desk: Desk, url: str, feed: FeedMemory, now: datetime) -> FeedMemory:
    """A feed that answers; a gap that was told of ends here."""
    if feed.gap:
        desk.gap(feed.read, now, feed.gap, part=told(url))
    return feed.came_through(now)
