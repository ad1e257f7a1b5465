"""What changed between an alert as it stood and as it stands, in one line of its history."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from alerts.alert import Alert, Change, Event
from alerts.outcome import is_current

FAR_BEYOND_CHANCE = 1e-6
_KEPT = ("id", "status", "history", "attribution", "legal_basis", "recipients", "reply")


def carry_over(before: Alert, fresh: Alert, aliases: frozenset[str]) -> Alert:
    """The alert as the finding stands now, with the id, review and history that it already has."""
    kept = {name: getattr(before, name) for name in _KEPT}
    return msgspec.structs.replace(fresh, **kept, aliases=tuple(sorted(aliases - {before.id})))


def with_change(before: Alert, after: Alert, at: datetime) -> Alert:
    """`after` with a change that says how it differs from `before`; `before` itself when it does not."""
    returned = not is_current(before)
    if not returned and _same(before, after):
        return before
    lines = list(_differences(before, after))
    if returned:
        lines.insert(0, "stands again on its own")
    summary = "; ".join(lines) or _details(before, after)
    return told(after, at, _event(before, after), summary[0].upper() + summary[1:] + ".")


def _same(before: Alert, after: Alert) -> bool:
    """Whether nothing changed that a reader would see: far beyond chance, how far varies with every new message."""
    if _both_far_beyond(before, after) and before.chance.statistic == after.chance.statistic:
        after = msgspec.structs.replace(after, chance=before.chance)
    return after == before


def _both_far_beyond(before: Alert, after: Alert) -> bool:
    return max(before.chance.q, after.chance.q) < FAR_BEYOND_CHANCE


def told(alert: Alert, at: datetime, event: Event, summary: str, reason: str | None = None) -> Alert:
    """The alert with one more line of history, written by Stemwacht."""
    change = Change(at=at, event=event, summary=summary, reason=reason)
    return msgspec.structs.replace(alert, history=(*alert.history, change))


def _event(before: Alert, after: Alert) -> Event:
    """A family that only grew is updated; one that lost messages or took another id was reconciled."""
    left = {row.message_id for row in before.evidence} - {row.message_id for row in after.evidence}
    shrunk = after.messages < before.messages or (left and after.messages <= len(after.evidence))
    return "reconciled" if shrunk or before.finding_id != after.finding_id else "updated"


def _differences(before: Alert, after: Alert) -> Iterator[str]:
    if after.messages != before.messages:
        yield f"{after.messages - before.messages:+d} messages, now {after.messages}"
    if after.texts != before.texts:
        yield f"{after.texts - before.texts:+d} wordings"
    if after.senders != before.senders:
        yield f"senders {_known(before.senders)} to {_known(after.senders)}"
    if after.chance.q != before.chance.q and not _both_far_beyond(before, after):
        yield f"q {before.chance.q:.2g} to {after.chance.q:.2g}"
    if after.finding_id != before.finding_id:
        yield f"the family is now {after.finding_id}"
    merged = set(after.aliases) - set(before.aliases)
    if merged:
        yield f"took in {', '.join(sorted(merged))}"
    seen = {item.detector for item in after.corroboration} - {item.detector for item in before.corroboration}
    if seen:
        yield f"also seen by {' and '.join(sorted(seen))}"
    if after.axes != before.axes:
        yield from _axes(before, after)
    if (after.rule, after.rule_version) != (before.rule, before.rule_version):
        yield f"judged by rule {after.rule} {after.rule_version}"
    if after.detector_version != before.detector_version or after.detector != before.detector:
        yield f"seen by detector {after.detector} {after.detector_version}"
    if after.confidence != before.confidence:
        yield f"confidence {before.confidence} to {after.confidence}"
    if len(after.coverage_gaps) != len(before.coverage_gaps):
        yield f"coverage gaps {len(before.coverage_gaps)} to {len(after.coverage_gaps)}"


def _axes(before: Alert, after: Alert) -> Iterator[str]:
    for axis in ("text", "campaign", "identity", "timing"):
        was, is_now = getattr(before.axes, axis), getattr(after.axes, axis)
        if was != is_now:
            yield f"{axis} {was} to {is_now}"


def _details(before: Alert, after: Alert) -> str:
    fields = [name for name in after.__struct_fields__ if getattr(after, name) != getattr(before, name)]
    return f"details brought up to date: {', '.join(name.replace('_', ' ') for name in fields)}"


def _known(senders: int | None) -> str:
    return "unknown" if senders is None else str(senders)
