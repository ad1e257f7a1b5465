"""Bluesky: events of the Jetstream, and posts as the API shows them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.formats.taking_in import Taken, pseudonym, same_when_packed, sample, written

JETSTREAM, POSTS = "09_bluesky_jetstream.jsonl", "09_bluesky_getPosts.json"
LINK = "https://redwaterhoek.example/teken"
EXPECTED = [  # last part of the did, key, time on 20 March 2025, language
    ("2", "3lkw00invent00", "18:00:00.123000", "nl"),
    ("3", "3lkw01invent01", "18:00:41.123456", "nl"),
    ("4", "3lkw02invent02", "18:01:03", "nl"),
    ("5", "3lkw03invent03", "18:01:35", "nl"),
    ("6", "3lkw04invent04", "18:02:00.123000", None),
    ("7", "3lkw05invent05", None, "de"),
    ("8", "3lkw06invent06", "19:06:40", "nl"),
    ("web", "3lkw07invent07", "20:30:00", "de"),
]
NAMES = ["did:plc", "did:web", "zwemt.example", "bsky.example", "Buurtboef", "Lesley Lane", "handle.invalid"]


def did(short: str) -> str:
    return "did:web:chor.example" if short == "web" else f"did:plc:demo{short.zfill(20)}"


def uri(short: str, key: str) -> str:
    return f"at://{did(short)}/app.bsky.feed.post/{key}"


def shown(short: str, key: str) -> str:
    return f"at://{pseudonym(did(short))}/app.bsky.feed.post/{key}"


@pytest.mark.parametrize(("name", "format_name"), [(JETSTREAM, "bluesky_jetstream"), (POSTS, "bluesky_posts")])
def test_every_post_is_read(name: str, format_name: str, tmp_path: Path) -> None:
    taken = sample(name, tmp_path)
    assert taken.format == format_name
    posts = [message for message in taken.messages if message.kind == "post"]
    assert [message.native_id for message in posts] == [shown(short, key) for short, key, *_ in EXPECTED]
    for message, (short, _, time, language) in zip(posts, EXPECTED, strict=True):
        assert message.author == pseudonym(did(short))
        assert (message.published and message.published.isoformat()) == (time and f"2025-03-20T{time}+00:00")
        assert message.received is not None
        assert message.language == language
    first, second = posts[:2]
    assert first.hashtags == ("reddewaterhoek",)
    assert first.links == second.links == (LINK,)
    assert posts[6].reply_to == posts[2].id
    assert len(posts[7].objects) == 1  # it quotes a post
    assert taken.notes == {"unreadable time": 1}  # the clock of one app stood at 1970
    assert taken.in_clear(NAMES) == set()


def test_what_else_the_jetstream_brings(tmp_path: Path) -> None:
    taken = sample(JETSTREAM, tmp_path)
    assert dict(taken.coverage.not_messages) == {"like": 1, "deletion": 1, "identity event": 1}
    (share,) = [message for message in taken.messages if message.kind == "share"]
    assert share.repost_of == taken.by_id[shown("2", "3lkw00invent00")].id
    assert share.repost_author == pseudonym(did("2"))
    assert share.author == pseudonym(did("5"))
    assert (share.text, share.placeholder) == ("", None)


@pytest.mark.parametrize("name", [JETSTREAM, POSTS])
def test_packed(name: str, tmp_path: Path) -> None:
    same_when_packed(name, tmp_path)


def view(record: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "uri": uri("2", "3x"),
        "cid": "c",
        "author": {"did": did("2"), "handle": "a.example"},
        "record": {"$type": "app.bsky.feed.post", "text": "Hallo", **record},
        "indexedAt": "2025-03-20T18:00:00.000Z",
        **fields,
    }


@pytest.mark.parametrize(
    ("claimed", "believed"),
    [
        ("2025-03-20T17:59:59Z", "2025-03-20T17:59:59"),
        ("2025-03-20T18:30:00Z", "2025-03-20T18:00:00"),  # nothing is written after it was seen
        ("2023-01-02T03:04:05Z", "2023-01-02"),  # imported or backdated
        ("0001-01-01T00:00:00Z", None),
        ("gisteren", None),
        (7, None),
    ],
)
def test_the_clock_of_the_app_is_checked(claimed: Any, believed: str | None, tmp_path: Path) -> None:
    path = written(tmp_path, "posts", json.dumps({"posts": [view({"createdAt": claimed})]}))
    assert Taken(path, tmp_path).times == [believed]


def test_a_feed_tells_who_reposted(tmp_path: Path) -> None:
    reason = {"$type": "…#reasonRepost", "by": {"did": did("9")}, "indexedAt": "2025-03-20T19:00:00Z"}
    feed = [{"post": view({"createdAt": "2025-03-20T17:00:00Z"})}, {"post": view({}), "reason": reason}]
    taken = Taken(written(tmp_path, "feed", json.dumps({"feed": feed, "cursor": "x"})), tmp_path)
    original, repost = taken.messages
    assert (repost.text, repost.repost_of, repost.author) == ("Hallo", original.id, pseudonym(did("9")))
    assert taken.times[1] == "2025-03-20T19:00:00"


def test_a_mention_that_is_no_facet_is_looked_up_among_the_authors(tmp_path: Path) -> None:
    other = view(
        {"text": "@a.example @b.example dag"}, uri=uri("4", "3z"), author={"did": did("4"), "handle": "c.example"}
    )
    _, mentioning = Taken(written(tmp_path, "posts", json.dumps({"posts": [view({}), other]})), tmp_path).messages
    assert mentioning.mentions == (pseudonym(did("2")), pseudonym("b.example"))


def test_pictures_are_known_by_their_content(tmp_path: Path) -> None:
    image = {"alt": "", "image": {"$type": "blob", "ref": {"$link": "bafkrei1"}}}
    quoted = {"record": {"record": {"uri": uri("3", "3y")}}, "media": {"images": [image]}}
    posts = [view({"embed": {"images": [image]}}), view({"embed": quoted}, uri=uri("4", "3z"))]
    taken = Taken(written(tmp_path, "posts", json.dumps({"posts": posts})), tmp_path)
    assert [message.media for message in taken.messages] == [("bafkrei1",), ("bafkrei1",)]
    assert [len(message.objects) for message in taken.messages] == [0, 1]


def test_a_long_answer_may_stand_on_one_line(tmp_path: Path) -> None:
    answer = json.dumps({"posts": [view({})], "padding": "x" * (33 << 20)})
    assert len(Taken(written(tmp_path, "long", answer), tmp_path).messages) == 1


def test_threads_and_lines(tmp_path: Path) -> None:
    thread = {"thread": {"post": view({}), "replies": [{"post": view({}, uri=uri("5", "3r")), "replies": []}, {}]}}
    lines = "\n".join(map(json.dumps, [thread, view({}, uri=uri("6", "3s"))]))
    taken = Taken(written(tmp_path, "lines", lines), tmp_path)
    assert list(taken.by_id) == [shown("2", "3x"), shown("5", "3r"), shown("6", "3s")]
