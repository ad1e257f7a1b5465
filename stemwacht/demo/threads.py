"""Who answers whom, and who passes on whose post."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from stemwacht.demo.post import LANGUAGES, Post

PENDING = "pending"
_ANSWERED = 60  # replies answer one of that many latest posts of their language
_SEEN = 150  # reposts pass on one of that many


def threads(posts: Sequence[Post], rng: random.Random) -> Iterator[Post]:
    """The posts, given in order of time, with replies and reposts tied to earlier posts of the same language.

    What accounts with many posts write is reposted most. A reply or repost without an earlier post is a plain post.
    """
    last: dict[str, list[Post]] = {language: [] for language in LANGUAGES}
    activity: Counter[str] = Counter()
    for post in posts:
        earlier = last[post.lang]
        tied = _tied(post, earlier, activity, rng)
        if not tied.repost_of:
            earlier.append(tied)
        activity[post.author] += 1
        yield tied


def _tied(post: Post, earlier: Sequence[Post], activity: Counter[str], rng: random.Random) -> Post:
    if post.reply_to:
        answered = rng.choice(earlier[-_ANSWERED:]).id if earlier else ""
        return msgspec.structs.replace(post, reply_to=answered)
    if not post.repost_of:
        return post
    seen = [other for other in earlier[-_SEEN:] if other.author != post.author]
    if not seen:
        return msgspec.structs.replace(post, repost_of="")
    passed_on = max(rng.choices(seen, k=4), key=lambda other: activity[other.author])
    return msgspec.structs.replace(
        post,
        text="",
        hashtags=(),
        links=(),
        mentions=(),
        repost_of=passed_on.id,
        repost_author=passed_on.author,
    )
