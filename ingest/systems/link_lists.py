"""Links that stand together in one cell."""

import re

from ingest.cells import as_text
from ingest.rows import Value

_BETWEEN = re.compile(r"(?<![,;|\s])[,;|\s]+(?=https?://)", re.IGNORECASE)

_AROUND = " ,;|\n\r\t"


def links_in(cell: Value) -> list[str]:
    """The links of a cell, parted only where a new one begins: a comma may stand in a link."""
    text = as_text(cell)
    links = text.count("://")
    if links < 2:
        return [text.strip(_AROUND)] if links else []
    found = (part.strip(_AROUND) for part in _BETWEEN.split(text))
    return [link for link in found if "://" in link]
