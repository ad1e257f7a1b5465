"""What a person decides on an alert: acknowledge, confirm, dismiss, reopen. Pure: each returns the alert as decided."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from alerts.alert import Alert, Change, Status

Action = Literal["acknowledged", "confirmed", "dismissed", "reopened"]

LEGAL: Mapping[Status, tuple[Action, ...]] = {
    "open": ("acknowledged", "confirmed", "dismissed"),
    "acknowledged": ("confirmed", "dismissed", "reopened"),
    "confirmed": ("reopened",),
    "dismissed": ("reopened",),
}
_VERB: Mapping[Action, str] = {
    "acknowledged": "acknowledge",
    "confirmed": "confirm",
    "dismissed": "dismiss",
    "reopened": "reopen",
}


def acknowledge(alert: Alert, by: str, reason: str | None, at: datetime) -> Alert:
    """Someone is looking at it. `at` is aware UTC; ValueError when the alert is not open."""
    return _decide(alert, "acknowledged", by, reason, at)


def confirm(alert: Alert, by: str, reason: str | None, at: datetime) -> Alert:
    """It is what it seems. ValueError when the alert was confirmed or dismissed before: reopen it first."""
    return _decide(alert, "confirmed", by, reason, at)


def dismiss(alert: Alert, by: str, reason: str | None, at: datetime) -> Alert:
    """It is not. A reason is required; ValueError without one, or when it was decided before."""
    if not (reason or "").strip():
        raise ValueError(f"dismissing {alert.id} needs a reason: say why, for those who read the history later")
    return _decide(alert, "dismissed", by, reason, at)


def reopen(alert: Alert, by: str, reason: str | None, at: datetime) -> Alert:
    """It is open again. ValueError when it is open already."""
    return _decide(alert, "reopened", by, reason, at)


def _decide(alert: Alert, action: Action, by: str, reason: str | None, at: datetime) -> Alert:
    legal = LEGAL[alert.status]
    if action not in legal:
        possible = ", ".join(_VERB[step] for step in legal)
        raise ValueError(f"{alert.id} is {alert.status} and cannot be {action}; possible now: {possible}")
    if not by.strip():
        raise ValueError(f"say who decides on {alert.id}: the name stands in the history")
    if at.tzinfo is None:
        raise ValueError("the time of a decision must carry its zone (aware UTC)")
    status: Status = "open" if action == "reopened" else action
    told = Change(at=at, event=action, summary=f"{action.capitalize()}.", by=by.strip(), reason=reason)
    return msgspec.structs.replace(alert, status=status, history=(*alert.history, told))
