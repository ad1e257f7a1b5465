"""A post of X (Twitter) as the API v2 gives it, as a row."""

import re
from collections.abc import Mapping
from typing import Any

from ingest.json_values import names_in, object_in, objects_in, rounded, rounded_id, string_in, strings_in
from ingest.rows import BadRow, NotMessage, Row, Value
from ingest.systems.known_accounts import KnownAccounts

Post = Mapping[str, Any]
_PAGE = re.compile(rb'\s*\[?\s*\{\s*"(?:data|includes|meta|errors|__twarc|matching_rules)"\s*:')


def is_page(head: bytes) -> bool:
    """Whether the JSON begins with the envelope of a response and not with a post."""
    return _PAGE.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def row_of(
    number: int, post: Post, referenced: Mapping[str, Post], accounts: KnownAccounts
) -> Row | BadRow | NotMessage:
    """The post under role names; `referenced` has the posts that it may refer to, by id, `accounts` who is who.

    A repost brings the text, links and pictures of the original where that is at hand, and else its own text, which
    X cuts at 140 characters. A quoted post is a link of the post that quotes it.
    """
    if rounded(post.get("id")):
        return rounded_id(number)
    if string_in(post.get("text")) is None:
        return NotMessage(number, "account" if "username" in post else "post without text")
    targets = {string_in(item.get("type")): item for item in objects_in(post.get("referenced_tweets"))}
    reposted = string_in(targets.get("retweeted", {}).get("id"))
    told = referenced.get(reposted, {}) if reposted else {}
    shown = told if told.get("text") else post
    quoted = string_in(targets.get("quoted", {}).get("id"))
    return Row(
        number,
        {
            "id": string_in(post.get("id")),
            "text": _text(shown, reposted if shown is post else None),
            "author": string_in(post.get("author_id")),
            "names": names_in(object_in(post.get("author")), "name", "username"),
            "published": string_in(post.get("created_at")),
            "language": string_in(shown.get("lang")) or string_in(post.get("lang")),
            "channel": string_in(post.get("conversation_id")),
            "links": _links_of(shown, quoted),
            "mentions": _mentioned(shown, accounts),
            "hashtags": [tag for item in _entities(shown, "hashtags") if (tag := string_in(item.get("tag")))],
            "reply_to": string_in(targets.get("replied_to", {}).get("id")),
            "repost_of": reposted,
            "repost_author": (string_in(told.get("author_id")) or _first_mentioned(post)) if reposted else None,
            "media": _media(shown),
        },
    )


def status_link(post_id: str) -> str:
    """The address of a post, which leads there whoever wrote it."""
    return "https://x.com/i/status/" + post_id


def is_picture(target: str) -> bool:
    """Whether the link is that of a picture or film inside a post."""
    return "/status/" in target and ("/photo/" in target or "/video/" in target)


def _links_of(post: Post, quoted: str | None) -> Value:
    """The full targets of the links, without those of the post's own pictures; a quoted post by its plain address."""
    found = [target for item in _entities(post, "urls") if (target := _target(item)) and not _is_picture(item)]
    links: list[Any] = [link for link in found if not (quoted and link.rstrip("/").endswith(f"/status/{quoted}"))]
    return [*links, status_link(quoted)] if quoted else links


def _text(post: Post, cut_repost: str | None) -> str:
    """The text with full links in place of X's short ones, which differ from post to post."""
    text = string_in(post.get("text")) or ""
    note = object_in(post.get("note_tweet"))  # posts beyond 280 characters have the whole text here
    text = string_in(note.get("text")) or text
    if cut_repost and text.startswith("RT @"):
        text = text.partition(": ")[2] or text
    for item in [*_entities(post, "urls"), *objects_in(object_in(note.get("entities")).get("urls"))]:
        if short := string_in(item.get("url")):
            text = text.replace(short, "" if _is_picture(item) else _target(item) or short)
    return text


def _target(item: Post) -> str | None:
    return string_in(item.get("unwound_url")) or string_in(item.get("expanded_url"))


def _is_picture(item: Post) -> bool:
    return "media_key" in item or is_picture(string_in(item.get("expanded_url")) or "")


def _entities(post: Post, kind: str) -> list[dict[str, Any]]:
    return objects_in(object_in(post.get("entities")).get(kind))


def account_of(user: Post) -> tuple[str | None, str | None]:
    """Handle and number of an account."""
    return string_in(user.get("username")), string_in(user.get("id"))


def _mentioned(post: Post, accounts: KnownAccounts) -> Value:
    """By number, as authors are; older answers name those who are mentioned by handle alone, or not at all."""
    listed = [account_of(item) for item in _entities(post, "mentions")]
    if not listed:
        return [*accounts.mentioned_in(string_in(post.get("text")) or "")]
    return [number or accounts.account(handle or "") for handle, number in listed if number or handle]


def _first_mentioned(post: Post) -> str | None:
    """In `RT @name: …` the name is the author of what is reposted."""
    first = next((item for item in _entities(post, "mentions") if item.get("start") == 3), {})
    return string_in(first.get("id"))


def _media(post: Post) -> Value:
    return [*strings_in(object_in(post.get("attachments")).get("media_keys"))]
