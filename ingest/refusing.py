"""Columns of ids that a spreadsheet or a float has rounded: not read, because different records now share one."""

from collections.abc import Collection, Mapping

from ingest.errors import UnknownShape
from ingest.large_numbers import all_rounded, damaged
from ingest.places import Place
from ingest.roles import NO_COLUMN, Role, candidates, columns_of, map_line
from ingest.rows import Value
from ingest.sampling import Sample

_REFERENCES: tuple[Role, ...] = ("author", "reply_to", "repost_of", "repost_author")
_MOST = 0.5
_CURE = (
    "export the column as text (in Excel by Data > From Text/CSV, in pandas with dtype=str, in R with "
    "colClasses='character')"
)


def refuse_rounded_ids(
    path: Place, sample: Sample, roles: Mapping[Role, str], given: Mapping[Role, str], *, native: bool
) -> None:
    """Raises `UnknownShape`, naming column, row and cure, when ids, senders or references were rounded.

    One rounded sender or reference is enough, because it would join strangers. A column of ids is refused when most
    are; a few among good ones are left to the reader, which gives those records an id from their content.
    """
    refused: dict[Role, str] = {}
    where = ""
    for role, column in _suspects(sample, roles, given):
        rows = _rounded_rows(role, column, sample, trusting=native or role in given)
        if rows:
            where = where or f"row {rows[0]}, column {column!r}"
            refused[role] = NO_COLUMN
    if refused:
        raise UnknownShape(
            f"{path.name}, {where}: large numbers are rounded there, so that different ids became the same; {_CURE}, "
            f"or go on without: {map_line({**given, **refused})}",
            columns=sample.columns,
        )


def _suspects(sample: Sample, roles: Mapping[Role, str], given: Mapping[Role, str]) -> Collection[tuple[Role, str]]:
    """The columns to look at by role; where no column fits as the id, also the one named like it."""
    found = [(role, part) for role in _REFERENCES if role in roles for part in columns_of(roles[role], sample.columns)]
    if "id" in roles:
        return [("id", roles["id"]), *found]
    named = candidates("id", sample.columns)[:1] if "id" not in given else []
    return [*(("id", column) for column in named), *found]


def _rounded_rows(role: Role, column: str, sample: Sample, *, trusting: bool) -> list[int]:
    """The rows of the sample with a rounded number, if they are enough; the first when every number is a float's."""
    held = sample.numbered(column)
    rounded = [number for number, value in held if _any_damaged(value)]
    if rounded and (role != "id" or len(rounded) > _MOST * len(held)):
        return rounded
    return [held[0][0]] if not trusting and all_rounded(value for _, value in held) else []


def _any_damaged(value: Value) -> bool:
    return any(map(damaged, value)) if isinstance(value, list) else damaged(value)
