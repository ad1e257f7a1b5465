"""The body of a message: as it was written and as it is read, both without direct identifiers."""

from collections.abc import Sequence

import msgspec

from ingest.links import cleaned
from ingest.markup import readable
from ingest.names_in_text import without_names
from ingest.pseudonyms import Pseudonyms
from ingest.scrub import scrubbed


class Body(msgspec.Struct, frozen=True, gc=False):
    """Both forms of a text, the links in it and the pseudonyms of those it mentions."""

    written: str
    text: str
    links: Sequence[str]
    mentions: Sequence[str]


def body(written: str, author: str | None, pseudonyms: Pseudonyms) -> Body:
    """Both forms of what was written by `author`, whose name leaves it as well."""
    clean = readable(written)
    safe, mentions = scrubbed(clean, pseudonyms)
    safe = without_names(safe, author)
    text, links = cleaned(safe)
    if clean == written:
        return Body(safe, text, links, mentions)
    as_written = without_names(scrubbed(written.replace("\x00", ""), pseudonyms)[0], author)
    if "href" in written:
        links = list(dict.fromkeys([*cleaned(as_written)[1], *links]))
    return Body(as_written, text, links, mentions)
