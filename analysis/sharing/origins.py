"""Where a shared thing comes from: the common source that may explain why accounts share it together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from analysis.finding import Finding
from ingest import Message

# Sites whose links lead anywhere: the site behind them is not in the data.
_SHORTENERS = frozenset(
    (
        "t.co",
        "bit.ly",
        "tinyurl.com",
        "goo.gl",
        "ow.ly",
        "is.gd",
        "buff.ly",
        "dlvr.it",
        "ift.tt",
        "trib.al",
        "lnkd.in",
        "fb.me",
        "rb.gy",
        "t.ly",
        "cutt.ly",
    )
)
# Platforms where the first part of the path names the account, which is a source of its own; and those first parts
# that name a page instead.
_BY_ACCOUNT = frozenset(
    (
        "t.me",
        "telegram.me",
        "x.com",
        "twitter.com",
        "tiktok.com",
        "facebook.com",
        "m.facebook.com",
        "threads.net",
        "threads.com",
        "truthsocial.com",
        "medium.com",
        "vk.com",
        "gab.com",
        "odysee.com",
    )
)
_PAGES = frozenset(
    (
        "i",
        "s",
        "c",
        "p",
        "intent",
        "share",
        "sharer",
        "sharer.php",
        "watch",
        "hashtag",
        "search",
        "reel",
        "groups",
        "story.php",
        "photo.php",
    )
)
# Platforms whose links to a film or picture do not say whose it is.
_ANONYMOUS = frozenset(
    ("youtube.com", "m.youtube.com", "youtu.be", "instagram.com", "rumble.com", "vimeo.com", "dailymotion.com")
)


@dataclass(frozen=True)
class Origins:
    """What a trace looks up: the family of a message id, the source of a family, the author of a message id."""

    family_of: Mapping[str, str]
    source_of_family: Mapping[str, str]
    author_of: Mapping[str, str]


def origins(messages: Sequence[Message], families: Iterable[Finding]) -> Origins:
    """The look-ups for these messages."""
    family_of = {member.message_id: family.id for family in families for member in family.members}
    return Origins(
        family_of,
        _sources_of_families(messages, family_of),
        {message.id: message.author for message in messages if message.author is not None},
    )


def _sources_of_families(messages: Sequence[Message], family_of: Mapping[str, str]) -> dict[str, str]:
    """Families most of whose messages lead to one site: a share button, say, whose texts agree by themselves."""
    sizes: Counter[str] = Counter()
    named: dict[str, Counter[str]] = {}
    for message in messages:
        family = family_of.get(message.id)
        if family is not None and message.repost_of is None:
            sizes[family] += 1
            sites = {name for link in message.links if (name := site(link)) is not None}
            named.setdefault(family, Counter()).update(sites)
    best = {family: max(held.items(), key=lambda item: (item[1], item[0])) for family, held in named.items() if held}
    return {family: name for family, (name, count) in best.items() if 2 * count > sizes[family]}


@lru_cache(maxsize=50_000)
def site(link: str) -> str | None:
    """The host of a link, with the account where the site is a platform; None where the link does not tell."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    if not host or host in _SHORTENERS:
        return None
    first = next(filter(None, parts.path.split("/")), "").casefold()
    if host in _ANONYMOUS:
        return f"{host}/{first}" if first.startswith("@") else None
    if host in _BY_ACCOUNT:
        return f"{host}/{first}" if first and first not in _PAGES else None
    return host


@lru_cache(maxsize=50_000)
def address(link: str) -> tuple[str, str]:
    """Host and path of a link, by which two spellings of it are told as one within a message."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return "", link.strip()
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")
