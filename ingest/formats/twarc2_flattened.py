"""Posts of X (Twitter), one per line with their author and the posts that they refer to inside (twarc2 flatten)."""

from typing import Any

from ingest.json_values import object_in, objects_in, row_of_each, string_in
from ingest.places import Opening, Place
from ingest.rows import Record, Table
from ingest.signatures import keys_of
from ingest.systems.known_accounts import KnownAccounts
from ingest.systems.x_posts import account_of, is_page, row_of

EXAMPLE = '{"id": "190…", "conversation_id": "190…", "author_id": "170…", "text": "…", "author": {"username": "…"}}'
_KEYS = frozenset(("id", "text", "author_id", "created_at"))
_ONLY_X = frozenset(("edit_history_tweet_ids", "conversation_id", "public_metrics", "referenced_tweets", "__twarc"))


def recognise(file: Opening) -> float:
    """By the keys of a post of the API v2, outside a page."""
    keys = keys_of(file.head)
    return 0.97 if keys >= _KEYS and keys & _ONLY_X and not is_page(file.head) else 0.0


def read(place: Place) -> Table:
    """Each post a row."""
    return Table("posts of the X API v2, flattened by twarc2", row_of_each(place, _row), native=True, kind="post")


def _row(number: int, post: dict[str, Any]) -> Record:
    referenced = objects_in(post.get("referenced_tweets"))
    people = (object_in(one.get(key)) for one in (post, *referenced) for key in ("author", "in_reply_to_user"))
    by_id = {name: item for item in referenced if (name := string_in(item.get("id")))}
    return row_of(number, post, by_id, KnownAccounts(map(account_of, people)))
