"""Comments as the API v4 of regulations.gov gives them one by one; its lists hold no texts."""

from collections.abc import Iterator
from typing import Any

from ingest.errors import ReadError
from ingest.json_values import object_in, objects_in, rows_of_pages, string_in
from ingest.places import Opening, Place
from ingest.rows import BadRow, NotMessage, Record, Table
from ingest.signatures import keys_of
from ingest.systems.regulations import Submission, submission_row

EXAMPLE = '{"data": {"id": "…-0012", "type": "comments", "attributes": {"comment": "…", "docketId": "…", …}}, …}'
_KEYS = frozenset(("id", "attributes", "documentType", "agencyId", "postedDate"))
_EITHER = frozenset(("commentOnDocumentId", "highlightedContent", "duplicateComments"))
_NO_TEXT = "the list of comments holds no texts"
_FETCH = "fetch each comment by its `self` link with ?include=attachments, one answer per line"


def recognise(file: Opening) -> float:
    """By the attributes of a comment or of a list of them."""
    keys = keys_of(file.head)
    return 0.98 if keys >= _KEYS and keys & _EITHER else 0.0


def read(place: Place) -> Table:
    """Each comment a row, one answer per line or in an array. Raises `ReadError` for a list without texts."""
    return Table("comments of the regulations.gov API v4", _rows(place), native=True, kind="letter")


def _rows(place: Place) -> Iterator[Record]:
    read = False
    for row in rows_of_pages(place, _items, _row):
        if isinstance(row, BadRow) and row.reason == _NO_TEXT and not read:
            raise ReadError(f"{place.name}: {_NO_TEXT}; {_FETCH}, or ask for the bulk download")
        read = True
        yield row


def _items(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """The records of an answer, one or several, with what came along; or the bare record."""
    data = answer.get("data", answer)
    items = [data] if isinstance(data, dict) else objects_in(data)
    return [{**item, "included": answer.get("included")} for item in items]


def _row(number: int, item: dict[str, Any]) -> Record:
    told = object_in(item.get("attributes"))
    if item.get("type") not in (None, "comments", "documents"):
        return NotMessage(number, "record that is no comment")
    if "comment" not in told and "highlightedContent" in told:
        return BadRow(number, _NO_TEXT, _FETCH)
    texts = {name: string_in(value) or "" for name, value in told.items()}
    return submission_row(
        Submission(
            number=number,
            id=string_in(item.get("id")) or "",
            document_type=texts.get("documentType", ""),
            text=texts.get("comment", ""),
            first_name=texts.get("firstName", ""),
            last_name=texts.get("lastName", ""),
            title=texts.get("title", ""),
            organisation=texts.get("organization") or texts.get("govAgency", ""),
            docket=texts.get("docketId", ""),
            received=texts.get("receiveDate", ""),
            posted=texts.get("postedDate", ""),
            copies=texts.get("duplicateComments", ""),
            links=_files(told, item),
            withdrawn=told.get("withdrawn") is True,
        )
    )


def _files(told: dict[str, Any], item: dict[str, Any]) -> list[str]:
    holders = [told, *(object_in(one.get("attributes")) for one in objects_in(item.get("included")))]
    files = [file for holder in holders for file in objects_in(holder.get("fileFormats"))]
    return [url for file in files if (url := string_in(file.get("fileUrl")))]
