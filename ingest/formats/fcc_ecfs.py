"""Filings of the FCC's comment system (ECFS) as its API gives them."""

import re
from typing import Any

from ingest.json_values import object_in, objects_in, rounded, rounded_id, rows_of_pages, string_in
from ingest.places import Opening, Place
from ingest.rows import NotMessage, Record, Row, Table
from ingest.signatures import keys_of

EXAMPLE = '{"filing": [{"id_submission": "103…", "filers": [{"name": "…"}], "text_data": "…", "proceedings": […]}, …]}'
_KEYS = frozenset(("id_submission", "text_data", "filers", "proceedings"))
_LISTS = ("filing", "filings")
_OWN_PAPERS = re.compile(
    r"(?!(?:PETITION|COMMENT|REPLY|OPPOSITION|MOTION|LETTER|REQUEST|APPLICATION)\b)"
    r".*\b(?:ORDER|PUBLIC NOTICE|NOTICE OF PROPOSED RULEMAKING|NOTICE OF INQUIRY|ERRATUM)\b"
)
_LEGAL_FORM = re.compile(
    r"\b(?:inc|llc|llp|ltd|corp|corporation|company|cooperative|association|coalition|foundation|university|institute"
    r"|council|federation|department|chamber|society|league)\b",
    re.IGNORECASE,
)


def recognise(file: Opening) -> float:
    """By the keys of a filing."""
    return 0.98 if keys_of(file.head) >= _KEYS else 0.0


def read(place: Place) -> Table:
    """Each filing a row, in answers of the API, an array or one per line; the FCC's own papers are no messages.

    The author is the name of the filer: the address beside it is left out by newer exports, and was often made up.
    """
    return Table("filings of the FCC's ECFS", rows_of_pages(place, _filings, _row), native=True, kind="letter")


def _filings(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The filings of an answer, whichever name its list has; those of a search index lie one level deeper."""
    found = next((objects_in(answer[name]) for name in _LISTS if name in answer), None)
    if found is None:
        found = objects_in(object_in(answer.get("hits")).get("hits")) or [answer]
    return [object_in(item.get("_source")) or item for item in found]


def _row(number: int, filing: dict[str, Any]) -> Record:
    if rounded(filing.get("id_submission")):
        return rounded_id(number)
    if "id_submission" not in filing:
        return NotMessage(number, "answer without filings")
    kind = object_in(filing.get("submissiontype"))
    if _OWN_PAPERS.match((string_in(kind.get("description")) or "").upper()):
        return NotMessage(number, "document of the agency")
    filers, received = _names(filing.get("filers")), string_in(filing.get("date_received"))
    documents = objects_in(filing.get("documents"))
    return Row(
        number,
        {
            "id": string_in(filing.get("id_submission")),
            "text": string_in(filing.get("text_data")),
            "author": "; ".join(filers) or None,
            "names": [*filers],
            "published": string_in(filing.get("date_submission")) or received,
            "received": received,
            "channel": ", ".join(_names(filing.get("proceedings"))) or None,
            "links": [url for item in documents if (url := string_in(item.get("src")))],
            "organisation": next((name for name in filers if _LEGAL_FORM.search(name)), None),
        },
        enclosed=bool(documents),
    )


def _names(items: Any) -> list[str]:
    return [name for item in objects_in(items) if (name := string_in(item.get("name")))]
