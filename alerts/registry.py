"""The registry of declared campaigns: who, which text or link, since when; these raise no alert."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from alerts.strict import read_toml, strict


class Campaign(msgspec.Struct, frozen=True, kw_only=True):
    """One declared campaign. `since` is the day it was announced; `channels`, when given, are the only ones it covers.

    `texts` are its model texts (one per language), `links` pages that it asks people to share.
    """

    id: str
    name: str
    organisation: str
    since: date
    channels: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True):
    campaign: tuple[Campaign, ...] = ()


def load_registry(path: Path | None) -> tuple[Campaign, ...]:
    """The campaigns of a `campaigns.toml`, by id; none for None. ValueError names the file, the key and the fix."""
    if path is None:
        return ()
    campaigns = strict(read_toml(path), _File, where=path.name).campaign
    for campaign in campaigns:
        if not (campaign.texts or campaign.links):
            raise ValueError(f"{path.name}: campaign {campaign.id!r} needs texts or links to be recognised by")
    twice = [name for name, count in Counter(campaign.id for campaign in campaigns).items() if count > 1]
    if twice:
        raise ValueError(f"{path.name}: id {twice[0]!r} stands twice; rename one")
    return tuple(sorted(campaigns, key=lambda campaign: campaign.id))


def link_key(link: str) -> str:
    """A link as it is compared: host without "www." and path without a closing slash, no query."""
    parts = urlsplit(link if "://" in link else f"https://{link}")
    return parts.netloc.casefold().removeprefix("www.") + parts.path.rstrip("/")


def link_keys(links: Sequence[str]) -> frozenset[str]:
    """The links as they are compared; one that is no address is left out."""
    keys = set()
    for link in links:
        try:
            keys.add(link_key(link))
        except ValueError:
            continue
    return frozenset(key for key in keys if key)
