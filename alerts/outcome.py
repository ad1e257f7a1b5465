"""What came of the findings: alerts, and for every finding why it is one or none."""

from typing import Literal

import msgspec

from alerts.alert import Alert, BenignCheck

Verdict = Literal["alert", "declared", "explained", "below the bar"]


class FindingStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one finding and why, in plain words: nothing is set aside in silence."""

    finding_id: str
    status: Verdict
    reasons: tuple[str, ...]
    messages: int
    relation: str
    rule: str | None = None
    alert_id: str | None = None
    campaign_id: str | None = None
    benign: tuple[BenignCheck, ...] = ()


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The alerts, each in one of three lists by id, and the status of every finding by its id.

    Alerts in `updated` changed in this run, those that were merged or withdrawn among them.
    """

    new: tuple[Alert, ...]
    updated: tuple[Alert, ...]
    unchanged: tuple[Alert, ...]
    statuses: tuple[FindingStatus, ...]

    @property
    def current(self) -> tuple[Alert, ...]:
        """The alerts that stand: neither merged into another nor withdrawn."""
        every = sorted((*self.new, *self.updated, *self.unchanged), key=lambda alert: alert.id)
        return tuple(alert for alert in every if is_current(alert))


def is_current(alert: Alert) -> bool:
    """Whether the alert stands: the last that happened to its finding is no merging and no withdrawal."""
    told = [change.event for change in alert.history if change.event in _OF_THE_FINDING]
    return not told or told[-1] not in {"merged", "withdrawn"}


_OF_THE_FINDING = {"raised", "updated", "reconciled", "merged", "withdrawn"}
