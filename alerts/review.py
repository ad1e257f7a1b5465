"""What a person does with an alert: acknowledge, confirm, dismiss, reopen it, record a reply to it.

Pure: each returns the alert as it is then.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from alerts.alert import Alert, Change, Status

_Decision = Literal["acknowledged", "confirmed", "dismissed", "reopened"]
Action = _Decision | Literal["replied"]

LEGAL: Mapping[Status, tuple[_Decision, ...]] = {
    "open": ("acknowledged", "confirmed", "dismissed"),
    "acknowledged": ("confirmed", "dismissed", "reopened"),
    "confirmed": ("reopened",),
    "dismissed": ("reopened",),
}
_VERB: Mapping[_Decision, str] = {
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


def reply(alert: Alert, by: str, words: str | None, at: datetime) -> Alert:
    """Those concerned answered with these words; `by` recorded it. A later reply takes the place of an earlier one.

    The status stays, and every status allows it; ValueError for a reply without words.
    """
    said = (words or "").strip()
    if not said:
        raise ValueError(f"a reply to {alert.id} needs words: give what those concerned answered")
    _check(alert, by, at)
    told = Change(at=at, event="replied", summary="Those concerned replied.", by=by.strip(), reason=said)
    return msgspec.structs.replace(alert, reply=said, history=(*alert.history, told))


def _decide(alert: Alert, action: _Decision, by: str, reason: str | None, at: datetime) -> Alert:
    legal = LEGAL[alert.status]
    if action not in legal:
        possible = ", ".join(_VERB[step] for step in legal)
        raise ValueError(f"{alert.id} is {alert.status} and cannot be {action}; possible now: {possible}")
    _check(alert, by, at)
    status: Status = "open" if action == "reopened" else action
    told = Change(at=at, event=action, summary=f"{action.capitalize()}.", by=by.strip(), reason=reason)
    return msgspec.structs.replace(alert, status=status, history=(*alert.history, told))


def _check(alert: Alert, by: str, at: datetime) -> None:
    if not by.strip():
        raise ValueError(f"say who decides on {alert.id}: the name stands in the history")
    if at.tzinfo is None:
        raise ValueError("the time of a decision must carry its zone (aware UTC)")
