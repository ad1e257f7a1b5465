"""What a file is understood to be, said before any work starts."""

from collections.abc import Collection, Mapping

import msgspec

from ingest.errors import ReadError, UnknownShape
from ingest.formats import format_of, formats
from ingest.guessing import guessed
from ingest.judging import by_content, by_name
from ingest.kinds import kind_of
from ingest.message import Kind
from ingest.opening import bare_name
from ingest.places import Place
from ingest.refusing import refuse_rounded_ids
from ingest.roles import NO_COLUMN, ROLES, Role, checked_role, columns_of, map_line
from ingest.sampling import Sample
from ingest.showing import shown
from ingest.time_rules import TimeRule, rule_for

_SHOWN_COLUMNS = 40
_SHOWN_CHARS = 80


class Understanding(msgspec.Struct, frozen=True, kw_only=True):
    """How a file will be read. `confident` is False when the text was found by its content, not by a usual name.

    `guessed` are the roles whose columns were found by their content; `native` says that the format fixes them.
    `rows` is None when there are more than 200,000; `samples` are up to three rows as they will be read, scrubbed and
    cut short.
    """

    path: Place
    source: str
    format: str
    detail: str
    columns: tuple[str, ...]
    mapping: Mapping[Role, str]
    kind: Kind
    kind_reason: str
    published_rule: TimeRule
    received_rule: TimeRule
    rows: int | None
    confident: bool
    proposal: str
    guessed: tuple[Role, ...] = ()
    native: bool = False
    samples: tuple[Mapping[str, str], ...] = ()

    @property
    def zone_rule(self) -> str:
        """How times are read, in words."""
        return self.published_rule.words


def understand(
    path: Place,
    *,
    mapping: Mapping[str, str] = {},
    kind: Kind | None = None,
    source: str | None = None,
    zone: str = "Europe/Amsterdam",
    wanted: str | None = None,
) -> Understanding:
    """What the file is, by its content; `mapping` (role to column) and the `wanted` format go before any guess.

    Raises `ReadError` for a file that cannot be read and `UnknownShape`, with the columns found and a proposal, when
    no column can be the text or the mapping names columns that are not there.
    """
    name = format_of(path, wanted)
    table = formats()[name].read(path)
    sample = Sample(table)
    if not sample.rows:
        raise ReadError(f"{path.name} holds {_instead(sample)}; check the export")
    given = _checked(mapping, sample.columns, path)
    roles, told = _roles(sample, given, native=table.native)
    if "text" not in roles and not table.native:
        raise _unknown_shape(path, sample, roles)
    refuse_rounded_ids(path, sample, roles, given, native=table.native)
    judged, reason = (table.kind, f"as {name} has them") if table.kind else kind_of(sample, roles)
    zone = table.zone or zone
    published = _rule(sample, roles.get("published"), zone)
    return Understanding(
        path=path,
        source=source or _stem(path),
        format=name,
        detail=sample.detail,
        columns=sample.columns,
        mapping=roles,
        kind=kind or judged,
        kind_reason="as given" if kind else reason,
        published_rule=published,
        received_rule=_rule(sample, roles.get("received"), zone),
        rows=sample.count,
        confident=table.native or "text" in told,
        proposal=map_line(roles),
        native=table.native,
        guessed=tuple(role for role in roles if role not in told),
        samples=shown(sample, roles, kind or judged, published),
    )


def _roles(sample: Sample, given: Mapping[Role, str], *, native: bool) -> tuple[dict[Role, str], Collection[Role]]:
    """The column of each role, and which of them are given or told by their names; `-` stands for no column."""
    absent = {role for role, column in given.items() if column == NO_COLUMN and NO_COLUMN not in sample.columns}
    named = {role: role for role in ROLES if role in sample.columns} if native else by_name(sample)
    free = {role: column for role, column in named.items() if column not in given.values()}
    told = {role: column for role, column in {**free, **given}.items() if role not in absent}
    if native:
        return told, told
    roles = told if "text" in told else by_content(sample, told)
    found = guessed(sample, {**roles, **given})
    return {**roles, **found}, told


def _checked(mapping: Mapping[str, str], columns: tuple[str, ...], path: Place) -> dict[Role, str]:
    for role, column in mapping.items():
        checked_role(role)
        if column == NO_COLUMN and role != "text":
            continue
        missing = [part for part in columns_of(column, columns) if part not in columns]
        if missing:
            raise UnknownShape(f"{path.name} has no column {missing[0]!r}; it has: {_listed(columns)}", columns=columns)
    return {checked_role(role): column for role, column in mapping.items()}


def _unknown_shape(path: Place, sample: Sample, roles: dict[Role, str]) -> UnknownShape:
    if not sample.columns:
        return UnknownShape(f"the records of {path.name} are empty; check the export")
    longest = max(sample.columns, key=lambda column: sum(sample.lengths(column)))
    proposal = map_line({**roles, "text": longest})
    return UnknownShape(
        f"no column of {path.name} is known to hold the text; it has: {_listed(sample.columns)}. "
        f"Say which, for example: {proposal}",
        columns=sample.columns,
        proposal=proposal,
    )


def _instead(sample: Sample) -> str:
    """What a file without a row that can be read holds."""
    if sample.bad:
        return f"no row that can be read, and {sample.bad:,} that cannot"
    return f"{sample.set_aside:,} records that are no messages" if sample.set_aside else "no rows"


def _listed(columns: tuple[str, ...]) -> str:
    shown = [
        column if len(column) <= _SHOWN_CHARS else column[:_SHOWN_CHARS] + "…" for column in columns[:_SHOWN_COLUMNS]
    ]
    more = f" and {len(columns) - _SHOWN_COLUMNS} more" if len(columns) > _SHOWN_COLUMNS else ""
    return ", ".join(shown) + more


def _stem(path: Place) -> str:
    name = path.name[: len(bare_name(path))]
    return name.rpartition(".")[0] or name


def _rule(sample: Sample, column: str | None, zone: str) -> TimeRule:
    return rule_for(sample.filled(column) if column else [], zone)
