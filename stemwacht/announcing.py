"""Alerts onto their topic of the log, for whoever wants to act on them: each one new, and each change of it."""

from collections.abc import Mapping

import msgspec

from alerts import Alert
from ingest import ALERTS
from ingest.log import Log, Record
from stemwacht import alerting
from store import Document, Store

_STATE, _SCHEMA = "announced", "alert/1"


class _Announced(msgspec.Struct, frozen=True):
    changes: Mapping[str, int]


def announce(log: Log, store: Store) -> int:
    """Append the alerts that changed since they were last announced; returns how many.

    An alert is on its topic at least once for each change; the last record of a key is the alert as it stands.
    """
    standing = alerting.standing_alerts(store)
    told = _told(store)
    news = [alert for alert in standing if told.get(alert.id) != len(alert.history)]
    if news:
        log.append(ALERTS, [Record(alert.id, msgspec.json.encode(alert), _SCHEMA) for alert in news])
        _remember(store, standing)
    return len(news)


def _told(store: Store) -> Mapping[str, int]:
    documents = store.get("state", [_STATE])
    return msgspec.json.decode(documents[0].body, type=_Announced).changes if documents else {}


def _remember(store: Store, standing: list[Alert]) -> None:
    body = msgspec.json.encode(_Announced({alert.id: len(alert.history) for alert in standing}))
    store.upsert("state", [Document(id=_STATE, body=body)])
