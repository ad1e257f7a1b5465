"""The bulk download of regulations.gov: the papers of a docket, the rule itself among its comments."""

from collections.abc import Iterator

from ingest.cells import as_text
from ingest.formats import delimited
from ingest.places import Opening, Place
from ingest.rows import Record, Row, Table
from ingest.signatures import header_of
from ingest.systems.link_lists import links_in
from ingest.systems.regulations import Submission, submission_row

EXAMPLE = "Document ID,Agency ID,Docket ID,…,Document Type,Posted Date,…,Received Date,…,Duplicate Comments,…,Comment,…"
_COLUMNS = frozenset(("Document ID", "Docket ID", "Document Type", "Posted Date", "Title", "Comment"))


def recognise(file: Opening) -> float:
    """By its header."""
    return 0.98 if header_of(file.head) >= _COLUMNS else 0.0


def read(place: Place) -> Table:
    """Each public submission a row that weighs as many as its duplicates; days only, in Washington."""
    table = delimited.read(place)
    return Table(f"bulk download of regulations.gov, {table.detail}", _rows(table.rows), native=True, kind="letter")


def _rows(rows: Iterator[Record]) -> Iterator[Record]:
    for row in rows:
        yield submission_row(_submission(row)) if isinstance(row, Row) else row


def _submission(row: Row) -> Submission:
    cells = {name: as_text(value) for name, value in row.values.items()}
    return Submission(
        number=row.number,
        id=cells.get("Document ID", ""),
        document_type=cells.get("Document Type", ""),
        text=cells.get("Comment", ""),
        first_name=cells.get("First Name", ""),
        last_name=cells.get("Last Name", ""),
        title=cells.get("Title", ""),
        organisation=cells.get("Organization Name") or cells.get("Government Agency", ""),
        docket=cells.get("Docket ID", ""),
        received=cells.get("Received Date", ""),
        posted=cells.get("Posted Date", ""),
        copies=cells.get("Duplicate Comments", ""),
        links=[*links_in(cells.get("Attachment Files")), *links_in(cells.get("Content Files"))],
        withdrawn=cells.get("Is Withdrawn?", "").strip().casefold() in ("true", "yes", "1"),
    )
