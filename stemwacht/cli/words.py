"""What the command line says, in plain words."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from alerts import Outcome
from ingest import Coverage, Understanding, Unopened
from stemwacht.scan import Scanned

_LISTED = 10


def understood_words(one: Understanding) -> str:
    """What a file is taken for."""
    rows = "" if one.rows is None else f", {one.rows:,} rows"
    columns = ", ".join(f"{role} = {column}" for role, column in one.mapping.items())
    return "\n".join(
        (
            f"{one.path.name}: {one.format} ({one.detail}){rows}",
            f"  read as {one.kind}s ({one.kind_reason}); times: {one.zone_rule}",
            f"  columns: {columns}",
        )
    )


def coverage_words(coverage: tuple[Coverage, ...]) -> str:
    """read = kept + rejected + duplicate + what is no message, and the placeholders by name."""
    read, kept, rejected, duplicate = (
        sum(getattr(source, name) for source in coverage) for name in ("read", "kept", "rejected", "duplicate")
    )
    line = f"Read {read:,} = {kept:,} kept + {rejected:,} rejected + {duplicate:,} duplicate"
    held: Counter[str] = Counter()
    none: Counter[str] = Counter()
    for source in coverage:
        held.update(dict(source.placeholders))
        none.update(dict(source.not_messages))
    lines = [f"{line} + {none.total():,} that are no messages ({_named(none)})." if none else f"{line}."]
    if held:
        lines.append(f"Without a text of their own, counted but never compared: {_named(held)}.")
    return "\n".join(lines)


def _named(held: Counter[str]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in held.most_common())


def not_read_words(unopened: Sequence[Unopened], remarks: Sequence[str] = ()) -> str:
    """The files that are not read, each with why and what to do, and what else is to be known; empty without any."""
    lines = [f"Not read: {one.file}: {one.reason}; {one.fix}" for one in unopened[:_LISTED]]
    if len(unopened) > _LISTED:
        lines.append(f"  … and {len(unopened) - _LISTED:,} more, all in rejects.jsonl")
    return "\n".join([*remarks, *lines])


def outcome_words(outcome: Outcome) -> str:
    """How many families there are by what became of them, and the alerts by title."""
    held = Counter(status.status for status in outcome.statuses)
    lines = [
        f"{counted(len(outcome.statuses), 'family', 'families')}: {held['alert']:,} in alerts, "
        f"{held['declared']:,} declared, {held['explained']:,} explained, {held['below the bar']:,} below the bar."
    ]
    alerts = sorted(outcome.current, key=lambda alert: -alert.messages)
    lines += [f"  {alert.id}  {alert.title} (q {q_words(alert.chance.q)})" for alert in alerts[:_LISTED]]
    if len(alerts) > _LISTED:
        lines.append(f"  … and {len(alerts) - _LISTED} more")
    if not alerts:
        lines.append("No alerts: nothing here goes beyond what chance or an innocent explanation gives.")
    return "\n".join(lines)


def counted(number: int, one: str, several: str) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else several}"


def q_words(q: float) -> str:
    """A q-value as people read it."""
    return "< 0.000001" if q < 1e-6 else f"{q:.2g}"


def closing_words(result: Scanned, out: Path) -> str:
    """The summary of a scan."""
    parts = [coverage_words(result.coverage)]
    if result.unopened:
        parts.append(f"Not read: {counted(len(result.unopened), 'file', 'files')}, named in {out / 'rejects.jsonl'}")
    parts += [outcome_words(result.outcome), *result.analysis.notes]
    parts.append(f"Report: {out / 'report.html'} and {out / 'report.pdf'}")
    parts.append(f"Your own rows by family: {out / 'families.csv'} (a working file: it holds the ids of your source)")
    return "\n".join(parts)
