"""Feedback from the European Commission's Have Your Say portal: both shapes of its API, and the CSV of a tool."""

from collections.abc import Iterator, Mapping
from typing import Any

from ingest.cells import as_text
from ingest.formats import delimited
from ingest.json_values import object_in, objects_in, rounded, rounded_id, rows_of_pages, string_in
from ingest.opening import head_of
from ingest.places import Opening, Place
from ingest.rows import NotMessage, Record, Row, Table
from ingest.signatures import header_of, keys_of

EXAMPLE = '{"content": [{"id": 33…, "language": "NL", "feedback": "…", "dateFeedback": "2025/03/12 23:57:37", …}, …]}'
_KEYS = frozenset(("feedback", "dateFeedback", "publicationId", "userType"))
_COLUMNS = frozenset(("id", "publication_id", "feedback", "date_feedback", "user_type"))
_CSV_NAMES = {"firstName": "first_name", "dateFeedback": "date_feedback", "publicationId": "publication_id"}
_ZONE = "Europe/Brussels"
_DOWNLOAD = "https://ec.europa.eu/info/law/better-regulation/api/download/"
_LISTS = ("feedback", "feedbackV1")


def recognise(file: Opening) -> float:
    """By the keys of a feedback, or by the header of the CSV."""
    return 0.98 if keys_of(file.head) >= _KEYS or header_of(file.head) >= _COLUMNS else 0.0


def read(place: Place) -> Table:
    """Each feedback a row, in its own language; times are those of Brussels."""
    if keys_of(head_of(place)):
        rows = rows_of_pages(place, _items, _row)
        return Table("feedback of the Have Your Say API", rows, native=True, kind="letter", zone=_ZONE)
    table = delimited.read(place)
    detail = f"feedback of Have Your Say, {table.detail}"
    return Table(detail, _of_cells(table.rows), native=True, kind="letter", zone=_ZONE)


def _items(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The feedback in a page of the older API, of the newer one, or saved by itself."""
    embedded = object_in(answer.get("_embedded"))
    found = next((objects_in(embedded[name]) for name in _LISTS if name in embedded), None)
    if found is None and isinstance(answer.get("content"), list):
        return objects_in(answer["content"])
    return [answer] if found is None else found


def _of_cells(rows: Iterator[Record]) -> Iterator[Record]:
    """The tool writes a backslash twice."""
    for row in rows:
        if isinstance(row, Row):
            cells = {name: as_text(value).replace("\\\\", "\\") for name, value in row.values.items()}
            yield _row(row.number, {**cells, **{name: cells.get(column) for name, column in _CSV_NAMES.items()}})
        else:
            yield row


def _row(number: int, item: Mapping[str, Any]) -> Record:
    if "feedback" not in item:
        return NotMessage(number, "answer without feedback")
    if rounded(item.get("id")):
        return rounded_id(number)
    name = " ".join(filter(None, (string_in(item.get("firstName")), string_in(item.get("surname")))))
    organisation = string_in(item.get("organization"))
    anonymous = item.get("publication") == "ANONYMOUS"
    attachments = objects_in(item.get("attachments"))
    return Row(
        number,
        {
            "id": string_in(item.get("id")),
            "text": string_in(item.get("feedback")),
            "author": None if anonymous else name or organisation,
            "published": string_in(item.get("dateFeedback")),
            "language": string_in(item.get("language")),
            "channel": string_in(item.get("publicationId")) or string_in(item.get("referenceInitiative")),
            "organisation": organisation,
            "links": [_DOWNLOAD + file for one in attachments if (file := string_in(one.get("documentId")))],
        },
        enclosed=bool(attachments),
    )
