"""A post as 4CAT lays it out, whichever platform it came from."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Self

import msgspec

from ingest.cells import as_list
from ingest.rows import Row, Value
from ingest.systems.known_posts import KnownPosts
from ingest.systems.link_lists import links_in

Cells = Mapping[str, str]
_YES = frozenset(("yes", "true", "1"))
_WITHHELD = frozenset(("redacted", "[deleted]"))
_SHORT_LINK = re.compile(r"\s?https?://t\.co/\w+")
_REPEATED = re.compile(r"RT @\w+: ")
_BLUESKY_PAGE = re.compile(r"https://bsky\.app/profile/([^/]+)/post/(\w+)")
_BLUESKY_PICTURE = re.compile(r"https://[\w.]*\bbsky\.app/img/[^,\s]*/([a-z0-9]{40,})(?:@\w+)?")


class PostColumns(msgspec.Struct, frozen=True, kw_only=True):
    """The columns that a table has for each role, best first: they differ by platform."""

    names: tuple[str, ...] = ("author_fullname", "author_full", "author_name", "author_display_name", "author")
    accounts: tuple[str, ...] = ("author_id", "author")
    times: tuple[str, ...] = ("unix_timestamp", "timestamp")
    languages: tuple[str, ...] = ("language_guess", "languages", "language")
    channels: tuple[str, ...] = ("chat", "subreddit", "board", "thread_id")
    links: tuple[str, ...] = ("urls", "links", "link_attached", "entities_linked")
    pictures: tuple[str, ...] = ("images", "videos")
    hashtags: tuple[str, ...] = ("hashtags", "tags", "challenges")
    mentions: tuple[str, ...] = ("mentions", "entities_mentioned", "usertags")
    forwarded: tuple[str, ...] = (
        "author_forwarded_from_username",
        "author_forwarded_from_id",
        "author_forwarded_from_name",
    )

    @classmethod
    def among(cls, columns: Collection[str]) -> Self:
        """Those of a table with these columns."""
        every = msgspec.structs.asdict(cls())
        return cls(**{role: tuple(name for name in names if name in columns) for role, names in every.items()})


def post_row(number: int, cells: Cells, columns: PostColumns, known: KnownPosts) -> Row:
    """The post. `known` are the posts of the same table: what is repeated or answered is named by handle there."""
    by, original = _repeats(cells, columns, known)
    return Row(
        number,
        {
            "id": cells.get("id"),
            "text": _text(cells, columns),
            "title": cells.get("subject"),
            "author": _author(cells, columns),
            "names": [name for column in columns.names if (name := cells.get(column))],
            "published": _first(cells, columns.times),
            "language": _first(cells, columns.languages),
            "channel": _first(cells, columns.channels),
            "links": _gathered(cells, columns.links, links_in),
            "mentions": _mentioned(cells, columns, known),
            "hashtags": _gathered(cells, columns.hashtags, as_list),
            "reply_to": _reply_to(cells, known),
            "repost_of": original,
            "repost_author": by,
            "media": _gathered(cells, columns.pictures, _pictures),
        },
    )


def _gathered(cells: Cells, names: tuple[str, ...], read: Callable[[str], list[str]]) -> Value:
    """What these columns list together, each once."""
    items: list[str] = []
    for name in names:
        if cell := cells.get(name):
            items += read(cell)
    return [*dict.fromkeys(items)] if len(items) > 1 else [*items]


def _first(cells: Cells, names: tuple[str, ...]) -> str | None:
    for name in names:
        if cell := cells.get(name):
            return cell
    return None


def _author(cells: Cells, columns: PostColumns) -> str | None:
    """The account's own id, which outlasts its handle; nobody where 4CAT withheld the authors."""
    found = _first(cells, columns.accounts)
    return None if found is None or found.casefold() in _WITHHELD else found


def _text(cells: Cells, columns: PostColumns) -> str:
    """Of a repost that of the original; with the full link in the place of X's short one.

    Where a post has several, the table does not tell which is which: they are left out of the text and kept as links.
    """
    text = cells.get("body", "")
    if text.startswith("RT @") and _is_retweet(cells):
        text = _REPEATED.sub("", text, count=1)
    if "//t.co/" not in text:
        return text
    targets, short = links_in(cells.get("urls")), text.count("//t.co/")
    if short == 1 and len(targets) == 1:
        return _SHORT_LINK.sub(lambda match: match[0][: match[0].index("http")] + targets[0], text)
    return _SHORT_LINK.sub("", text) if targets or _first(cells, columns.pictures) else text


def _is_retweet(cells: Cells) -> bool:
    return bool(cells.get("retweeted_user")) and cells.get("is_retweet", "").casefold() in _YES


def _repeats(cells: Cells, columns: PostColumns, known: KnownPosts) -> tuple[str | None, str | None]:
    """Whose post it repeats, and which: by its words on X, by its second on Telegram; neither names an id."""
    if _is_retweet(cells):
        by = cells["retweeted_user"]
        return known.accounts.account(by), known.original(by, _REPEATED.sub("", cells.get("body", ""), count=1))
    sender = _first(cells, columns.forwarded)
    if sender is None:
        return None, None
    account = cells.get("author_forwarded_from_id") or known.accounts.account(sender)
    return account, known.original(sender, cells.get("unix_timestamp_forwarded_from") or cells.get("body", ""))


def _mentioned(cells: Cells, columns: PostColumns, known: KnownPosts) -> Value:
    """By the key of the account, as authors are, where the table shows whose the handle is."""
    listed = [handle for name in columns.mentions if (cell := cells.get(name)) for handle in as_list(cell)]
    if not listed:
        return [*known.accounts.mentioned_in(cells.get("body", ""))]
    return [*dict.fromkeys(map(known.accounts.account, listed))]


def _reply_to(cells: Cells, known: KnownPosts) -> str | None:
    """The post answered; on X the one that opened the conversation, for 4CAT names no other."""
    thread, number = cells.get("thread_id", ""), cells.get("id", "")
    if parent := cells.get("reply_to"):
        chat = cells.get("chat") or thread
        return f"{chat}-{parent}" if number.startswith(f"{chat}-") else parent
    if (page := cells.get("replied_to_post")) and (found := _BLUESKY_PAGE.match(page)):
        return f"at://{known.accounts.account(found[1])}/app.bsky.feed.post/{found[2]}"
    return thread if thread != number and cells.get("is_reply", "").casefold() in _YES else None


def _pictures(cell: str) -> list[str]:
    """On Bluesky the hash of each one's content; elsewhere its address."""
    return [found[1] if (found := _BLUESKY_PICTURE.fullmatch(link)) else link for link in links_in(cell)]
