"""The CSV of 4CAT, the capture and analysis toolkit: X, Telegram, Bluesky, TikTok, Reddit and its other sources."""

from collections.abc import Collection, Iterator, Mapping
from typing import cast

from ingest.formats import delimited
from ingest.json_values import rounded_id
from ingest.large_numbers import damaged
from ingest.places import Opening, Place
from ingest.rows import Record, Row, Table
from ingest.signatures import header_of
from ingest.systems.four_cat_posts import PostColumns, post_row
from ingest.systems.known_posts import COLUMNS, KnownPosts

EXAMPLE = "id,thread_id,timestamp,unix_timestamp,link,subject,body,author,author_fullname,author_id,…"
_COLUMNS = frozenset(("id", "thread_id", "timestamp", "body", "author"))
_ACROSS = ("retweeted_user", "author_forwarded_from_username", "replied_to_post", "mentions")
_IDS: tuple[str, ...] = ("id", "thread_id", "author_id")


def recognise(file: Opening) -> float:
    """By the columns that 4CAT gives to every source."""
    return 0.97 if header_of(file.head) >= _COLUMNS else 0.0


def read(place: Place) -> Table:
    """Each post a row. Times are UTC; a repost has the text and author of the original."""
    table = delimited.read(place)
    return Table(f"CSV of 4CAT, {table.detail}", _rows(place, table.rows), native=True, kind="post", zone="UTC")


def _rows(place: Place, rows: Iterator[Record]) -> Iterator[Record]:
    columns, known, ids = PostColumns(), KnownPosts(()), _IDS
    first = True
    for row in rows:
        if not isinstance(row, Row):
            yield row
            continue
        if first:
            columns, known, first = PostColumns.among(row.values), _known(place, row.values), False
            ids = tuple(name for name in _IDS if name in row.values)
        cells = _texts(row)
        if any(damaged(number) for name in ids if "+" in (number := cells.get(name, ""))):
            yield rounded_id(row.number)
        else:
            yield post_row(row.number, cells, columns, known)


def _known(place: Place, columns: Collection[str]) -> KnownPosts:
    """What the posts tell of one another, in tables where some name others by handle."""
    if not any(name in columns for name in _ACROSS):
        return KnownPosts(())
    return KnownPosts(delimited.columns(place, COLUMNS), by_text="retweeted_user" in columns)


def _texts(row: Row) -> Mapping[str, str]:
    """The cells of a delimited table are texts."""
    return cast("Mapping[str, str]", row.values)
