"""What a message shares, by kind of trace: each module has one public function, `shared`.

It yields what the message shares as (value, source): `source` is where the thing itself comes from, None where the data
do not say. A repost shares the post and nothing else: its words, links and tags are the original author's.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from analysis.finding import Trace
from analysis.sharing.origins import Origins
from analysis.sharing.traces import family, hashtags, link, media, repost
from analysis.sharing.traces import object as named
from ingest import Message

Shared = Callable[[Message, Origins], Iterator[tuple[str, str | None]]]

TRACES: Mapping[Trace, Shared] = MappingProxyType(
    {
        "link": link.shared,
        "family": family.shared,
        "hashtags": hashtags.shared,
        "repost": repost.shared,
        "media": media.shared,
        "object": named.shared,
    }
)
