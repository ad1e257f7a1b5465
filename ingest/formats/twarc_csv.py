"""The CSV of twarc-csv: posts of X (Twitter), a column for each field of the API v2."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import cast

from ingest.formats import delimited
from ingest.json_values import rounded, rounded_id, string_in
from ingest.places import Opening, Place
from ingest.rows import Record, Row, Table, Value
from ingest.signatures import header_of
from ingest.systems.known_accounts import KnownAccounts
from ingest.systems.x_posts import is_picture, status_link

EXAMPLE = "id,conversation_id,referenced_tweets.replied_to.id,…,author_id,…,created_at,text,lang,…,__twarc.version"
_COLUMNS = frozenset(
    ("id", "conversation_id", "author_id", "created_at", "text", "lang", "referenced_tweets.quoted.id")
)
_SHORT_LINK = re.compile(r"https?://t\.co/\w+")
_PEOPLE = (  # handle and number in turn
    *("author.username", "author_id", "in_reply_to_username", "in_reply_to_user_id"),
    *("retweeted_username", "retweeted_user_id", "quoted_username", "quoted_user_id"),
)
_IDS = ("id", "author_id", "referenced_tweets.retweeted.id", "referenced_tweets.replied_to.id")


def recognise(file: Opening) -> float:
    """By its header."""
    return 0.98 if header_of(file.head) >= _COLUMNS else 0.0


def read(place: Place) -> Table:
    """Each post a row; a repost has the text of the original, as twarc-csv writes it."""
    table = delimited.read(place)
    return Table(f"twarc-csv, {table.detail}", _rows(place, table.rows), native=True, kind="post")


def _rows(place: Place, rows: Iterator[Record]) -> Iterator[Record]:
    accounts = _accounts(place)
    for row in rows:
        if not isinstance(row, Row):
            yield row
        elif any(rounded(row.values.get(column)) for column in _IDS):
            yield rounded_id(row.number)
        else:
            yield _post(row, accounts)


def _texts(row: Row) -> Mapping[str, str]:
    """The cells of a delimited table are texts."""
    return cast("Mapping[str, str]", row.values)


def _accounts(place: Place) -> KnownAccounts:
    """Who is who in the whole table."""
    accounts = KnownAccounts()
    for cells in delimited.columns(place, _PEOPLE):
        for handle, number in zip(cells[::2], cells[1::2], strict=True):
            if handle:
                accounts.note(handle.strip('"'), number.strip('"'))
    return accounts


def _post(row: Row, accounts: KnownAccounts) -> Row:
    cells = _texts(row)
    if cells.get("id", "").startswith('"'):  # --json-encode-all and --json-encode-text quote every cell
        cells = {name: _decoded(cell) for name, cell in cells.items() if cell}
    quoted = cells.get("referenced_tweets.quoted.id")
    targets = _targets(cells.get("entities.urls", ""))
    links: list[str | int | float | bool | None] = [
        link for link in targets if _is_link(link) and not (quoted and link.endswith(f"/status/{quoted}"))
    ]
    return Row(
        row.number,
        {
            "id": cells.get("id"),
            "text": _text(cells, targets),
            "author": cells.get("author_id"),
            "names": [name for column in ("author.name", "author.username") if (name := cells.get(column))],
            "published": cells.get("created_at"),
            "language": cells.get("lang"),
            "channel": cells.get("conversation_id"),
            "links": [*links, status_link(quoted)] if quoted else [*links],
            "hashtags": [*_items(cells.get("entities.hashtags", ""), "tag")],
            "mentions": [*_mentioned(cells, accounts)],
            "reply_to": cells.get("referenced_tweets.replied_to.id"),
            "repost_of": cells.get("referenced_tweets.retweeted.id"),
            "repost_author": cells.get("retweeted_user_id"),
            "media": _media(cells),
        },
    )


def _text(cells: Mapping[str, str], targets: list[str]) -> str:
    """With real line ends, and with the full links in the place of X's short ones, which come in the same order."""
    text = cells.get("text", "").replace("\\n", "\n")
    if cells.get("referenced_tweets.retweeted.id") and text.startswith("RT @"):  # --no-merge-retweets
        text = text.partition(": ")[2] or text
    if len(_SHORT_LINK.findall(text)) != len(targets):
        return text
    left = iter(targets)
    return _SHORT_LINK.sub(lambda match: target if _is_link(target := next(left)) else "", text)


def _targets(cell: str) -> list[str]:
    return _items(cell, "expanded_url")


def _is_link(target: str) -> bool:
    """The address of a picture in the post itself is shown without its scheme."""
    return "://" in target and not is_picture(target)


def _items(cell: str, key: str) -> list[str]:
    """The texts of a JSON list, which holds texts or, with --no-process-entities, objects."""
    try:
        found = json.loads(cell) if cell else []
    except ValueError:
        return []
    items = found if isinstance(found, list) else []
    texts = [string_in(item.get(key) if isinstance(item, dict) else item) for item in items]
    return [text.lstrip("#") for text in texts if text]


def _mentioned(cells: Mapping[str, str], accounts: KnownAccounts) -> list[str]:
    """By number, as authors are; twarc-csv keeps of those who are mentioned the handles."""
    listed = _items(cells.get("entities.mentions", ""), "username")
    return [accounts.account(handle) for handle in listed] or accounts.mentioned_in(cells.get("text", ""))


def _media(cells: Mapping[str, str]) -> Value:
    return [*_items(cells.get("attachments.media_keys", ""), "media_key")]


def _decoded(cell: str) -> str:
    try:
        value = json.loads(cell) if cell else ""
    except ValueError:
        return cell
    return value if isinstance(value, str) else cell
