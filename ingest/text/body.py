"""The body of a message: as it was written and as it is read, both without direct identifiers."""

from collections.abc import Sequence

import msgspec

from ingest.pseudonyms import Pseudonyms
from ingest.text.links import cleaned
from ingest.text.markup import readable
from ingest.text.names_in_text import without_names
from ingest.text.quoted_mail import without_quotes
from ingest.text.scrub import scrubbed


class Body(msgspec.Struct, frozen=True, gc=False):
    """Both forms of a text, the links in it and the pseudonyms of those it mentions."""

    written: str
    text: str
    links: Sequence[str]
    mentions: Sequence[str]


def body(written: str, names: Sequence[str], pseudonyms: Pseudonyms, *, letter: bool) -> Body:
    """Both forms of what was written by whom `names` call, which leave it as well; a letter as read quotes no mail."""
    clean = readable(written)
    own = without_quotes(clean) if letter else clean
    safe, mentions = scrubbed(own, pseudonyms)
    safe = _nameless(safe, names)
    text, links = cleaned(safe)
    if own == written:
        return Body(safe, text, links, mentions)
    as_written = _nameless(scrubbed(written.replace("\x00", ""), pseudonyms)[0], names)
    if "href" in written:
        links = list(dict.fromkeys([*cleaned(as_written)[1], *links]))
    return Body(as_written, text, links, mentions)


def _nameless(text: str, names: Sequence[str]) -> str:
    for name in names:
        text = without_names(text, name)
    return text if names else without_names(text, None)
