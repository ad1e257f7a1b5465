"""alerts.json: every alert in full, for programs and for checking the evidence."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from alerts.alert import Alert
from alerts.export.replacing import replacing

SCHEMA = "stemwacht.alerts/1"


class Alerts(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file."""

    schema: str
    alerts: tuple[Alert, ...]


def write(path: Path, alerts: Iterable[Alert]) -> int:
    """Writes the alerts in the order of their ids; returns how many. Raises OSError when it cannot be written."""
    ordered = tuple(sorted(alerts, key=lambda alert: alert.id))
    with replacing(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(Alerts(schema=SCHEMA, alerts=ordered)), indent=2))
    return len(ordered)
