"""The input of CooRTweet, a table of who shared what and when, without any text."""

import itertools
from collections.abc import Iterator

from ingest.errors import ReadError
from ingest.formats import delimited
from ingest.json_values import rounded_id
from ingest.large_numbers import damaged
from ingest.places import Opening, Place
from ingest.rows import BadRow, NotMessage, Record, Row, Scalar, Table
from ingest.signatures import header_of

EXAMPLE = "object_id,account_id,content_id,timestamp_share"
_COLUMNS = frozenset(("object_id", "content_id", "timestamp_share"))
_ACCOUNTS = ("account_id", "id_account", "id_user")
_IDS = ("content_id", "object_id", *_ACCOUNTS)
_LONGEST_NUMBER = 20


def recognise(file: Opening) -> float:
    """By its header, whichever name the account has in it."""
    header = header_of(file.head)
    return 0.98 if header >= _COLUMNS and header & set(_ACCOUNTS) else 0.0


def read(place: Place) -> Table:
    """Each post a row with all that it shared: a post that shared several things has a record for each of them.

    Raises `ReadError` where the first record has ids that R wrote as rounded numbers.
    """
    table = delimited.read(place)
    start: list[Record] = []
    while (record := next(table.rows, None)) is not None:
        start.append(record)
        if isinstance(record, Row):
            break
    if isinstance(record, Row) and _damaged(record):
        raise ReadError(f"{place.name}: {rounded_id(1).reason}; {rounded_id(1).fix}")
    rows = _rows(place, itertools.chain(start, table.rows))
    return Table(f"input of CooRTweet, {table.detail}", rows, native=True, kind="share", zone="UTC")


def _rows(place: Place, rows: Iterator[Record]) -> Iterator[Record]:
    several = _several(place)
    held: dict[str, tuple[Row, list[str]]] = {}
    for row in rows:
        if not isinstance(row, Row):
            yield row
            continue
        post, thing = _stripped(row, "content_id"), _stripped(row, "object_id")
        if _damaged(row):
            yield rounded_id(row.number)
        elif not post or not thing:
            yield BadRow(row.number, "the row names no post or no object", "fill content_id and object_id")
        elif hash(post) not in several:
            yield _share(row, [thing])
        elif post in held:
            held[post][1].append(thing)
            yield NotMessage(row.number, "further record of the same post")
        else:
            held[post] = (row, [thing])
    for row, things in held.values():
        yield _share(row, list(dict.fromkeys(things)))


def _several(place: Place) -> set[int]:
    """The hashes of the posts that have more than one record."""
    seen: set[int] = set()
    several: set[int] = set()
    for post, _ in delimited.columns(place, ("content_id", "object_id")):
        key = hash(post.strip())
        (several if key in seen else seen).add(key)
    return several


def _stripped(row: Row, column: str) -> str:
    value = row.values.get(column)
    return value.strip() if isinstance(value, str) else ""


def _share(row: Row, things: list[str]) -> Row:
    links: list[Scalar] = [thing for thing in things if "://" in thing and not thing.startswith("at://")]
    tags: list[Scalar] = [thing for thing in things if thing.startswith("#")]
    return Row(
        row.number,
        {
            "id": row.values.get("content_id"),
            "author": next((row.values.get(name) for name in _ACCOUNTS if row.values.get(name)), None),
            "published": row.values.get("timestamp_share"),
            "links": links,
            "hashtags": tags,
            "repost_of": next(filter(_is_post, things), None),
            "objects": [*things],
        },
    )


def _is_post(thing: str) -> bool:
    """Ids of posts are long numbers or addresses of the AT protocol."""
    return thing.startswith("at://") or (thing.isdigit() and 15 <= len(thing) <= _LONGEST_NUMBER)


def _damaged(row: Row) -> bool:
    values = row.values
    suspect = [value for name in _IDS if isinstance(value := values.get(name), str) and "+" in value]
    return bool(suspect) and any(map(damaged, suspect))
