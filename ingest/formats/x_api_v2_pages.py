"""X (Twitter) API v2 responses, one page of posts per line, as twarc2 stores them."""

from collections.abc import Iterator
from typing import Any

from ingest.json_values import object_in, objects_in, rows_of_pages, string_in
from ingest.places import Opening, Place
from ingest.rows import Table
from ingest.signatures import keys_of
from ingest.systems.known_accounts import KnownAccounts
from ingest.systems.x_posts import account_of, is_page, row_of

EXAMPLE = '{"data": [{"id": "190…", "author_id": "170…", "text": "…"}], "includes": {"users": […]}, "meta": {…}}'
_KEYS = frozenset(("data", "id", "text", "author_id"))


def recognise(file: Opening) -> float:
    """By the envelope of a page and the keys of a post in it."""
    return 0.98 if is_page(file.head) and keys_of(file.head) >= _KEYS else 0.0


def read(place: Place) -> Table:
    """Each post of `data` a row; the posts that they refer to are looked up in `includes`."""
    return Table(
        "pages of the X API v2",
        rows_of_pages(place, _posts, lambda number, part: row_of(number, *part)),
        native=True,
        kind="post",
    )


def _posts(page: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, dict[str, Any]], KnownAccounts]]:
    """Each post of a page with all that stand on the page by id, and who is who; a stream has one post per page."""
    data = page.get("data")
    posts = [data] if isinstance(data, dict) else objects_in(data)
    along = object_in(page.get("includes"))
    known = [*posts, *objects_in(along.get("tweets"))]
    by_id = {name: post for post in known if (name := string_in(post.get("id")))}
    accounts = KnownAccounts(map(account_of, objects_in(along.get("users"))))
    return ((post, by_id, accounts) for post in posts)
