"""Decidim: proposals and comments as a component exports them (CSV, JSON), and answers of its GraphQL interface."""

from collections.abc import Iterator
from typing import Any

from ingest.formats import delimited
from ingest.json_values import JsonValue, json_values, no_object, rows_of_pages
from ingest.opening import head_of
from ingest.places import Opening, Place
from ingest.rows import NotMessage, Record, Row, Table
from ingest.signatures import header_of, keys_of
from ingest.systems.decidim_answers import contributions
from ingest.systems.decidim_records import laid_flat, record_row

EXAMPLE = "id;…;participatory_space/url;component/id;title/nl;body/nl;…;published_at;url;…"
_COMMENT = frozenset(("id", "body", "commentable_id", "commentable_type", "created_at"))
_PROPOSAL_COLUMNS = frozenset(("id", "participatory_space/url", "component/id", "reference"))
_PROPOSAL_KEYS = frozenset(("id", "participatory_space", "component", "title", "body", "reference"))
_GRAPH = frozenset(("data", "id", "body"))
_SPACE_NAMES = """
    participatoryProcess participatoryProcesses assembly assemblies conference conferences initiative initiatives
    consultation consultations component decidim
"""
_SPACES = frozenset(_SPACE_NAMES.split())


def recognise(file: Opening) -> float:
    """By the header of an export, or by the keys of one in JSON or of an answer."""
    keys = keys_of(file.head)
    if keys:
        graph = keys >= _GRAPH and bool(keys & _SPACES) and bool(keys & {"translations", "translation"})
        return 0.97 if keys >= _COMMENT or keys >= _PROPOSAL_KEYS or graph else 0.0
    header = header_of(file.head)
    return 0.97 if header >= _COMMENT or header >= _PROPOSAL_COLUMNS else 0.0


def read(place: Place) -> Table:
    """Each proposal or comment a row; who endorsed a proposal is not read."""
    keys = keys_of(head_of(place))
    if keys:
        graph = "data" in keys and not keys & {"commentable_type", "participatory_space"}
        rows = rows_of_pages(place, _or_nothing, _contribution) if graph else _of_records(place)
        detail = "answer of Decidim's GraphQL interface" if graph else "export of a Decidim component, JSON"
        return Table(detail, rows, native=True, kind="letter")
    table = delimited.read(place)
    return Table(f"export of a Decidim component, {table.detail}", _of_cells(table.rows), native=True, kind="letter")


def _of_cells(rows: Iterator[Record]) -> Iterator[Record]:
    for row in rows:
        yield record_row(row.number, row.values) if isinstance(row, Row) else row


def _of_records(place: Place) -> Iterator[Record]:
    for item in json_values(place):
        if not isinstance(item, JsonValue):
            yield item
        elif isinstance(item.value, dict):
            yield record_row(item.number, dict(laid_flat(item.value)))
        else:
            yield no_object(item.number)


def _contribution(number: int, fields: dict[str, Any]) -> Record:
    return record_row(number, fields) if fields else NotMessage(number, "answer without texts")


def _or_nothing(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The contributions of an answer, or one empty record where it has none."""
    found = contributions(answer)
    yield next(found, {})
    yield from found
