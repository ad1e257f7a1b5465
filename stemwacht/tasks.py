"""The steps of the monitor, each a plain function that a scheduler runs in a process of its own.

A step reads the configuration, opens log and store, does its work and closes them. It returns counts and ids, never a
message, so that what a scheduler keeps of it holds no personal data. Run again, or cut off and run again, it changes
nothing. Errors are those of the work itself; ConfigurationError where a second try mends nothing.
"""

import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from alerts import is_current
from analysis import Embedder
from ingest import MESSAGES
from ingest.log import Log
from ingest.sources import SourceError
from stemwacht import alerting, watching, wiring
from stemwacht.announcing import announce
from stemwacht.cadence import ACTIVITY, NEWS, RECONCILE, has_happened_since, is_due, last_done
from stemwacht.config import Settings
from stemwacht.current_feeds import write_current_feeds
from stemwacht.forgetting import forget_old
from stemwacht.publishing import publish
from stemwacht.pulling import pull_source, scheduled
from stemwacht.schedule import ConfigurationError
from stemwacht.stages import Stages
from stemwacht.task_settings import task_settings
from stemwacht.turns import WINDOW, turn, turn_if_free
from stemwacht.weekly import Week, iso_week, weekly_edition
from store import Store

_BATCHES, _LOOKS_AT_AN_EMPTY_LOG, _MOST_SECONDS = 20, 12, 600.0

Counts = dict[str, int]


def pull(name: str) -> Counts:
    """Put what is new in this source on the log; SourceError where it could not be read, or not to the end."""
    with task_settings(os.environ) as settings:
        try:
            (source,) = scheduled(settings, [name])
        except (ValueError, SourceError) as error:
            raise ConfigurationError(str(error)) from None
        with _engines(settings) as (log, store):
            pulled = pull_source(source, log, store, settings)
    if pulled.error is not None:
        raise SourceError(pulled.error)
    return {
        "kept": sum(ledger.kept for ledger in pulled.coverage),
        "rejected": sum(ledger.rejected for ledger in pulled.coverage),
        "taken_back": pulled.taken_back,
        "gaps": sum(len(ledger.gaps) for ledger in pulled.coverage),
    }


def analyse() -> Counts:
    """Handle what waits on the log, for ten minutes at most, and publish; what comes after that is for the next run.

    To start a process costs seconds, so it stays a while for what comes next; under a steady stream, to the end. What
    another worker of the group is at is waited for, and published.
    """
    records, seen, idle, until = 0, False, 0, time.monotonic() + _MOST_SECONDS
    with task_settings(os.environ) as settings, _engines(settings) as (log, store):
        annotator = wiring.annotator(settings)
        alerts = _publish(store, settings, log)
        while time.monotonic() < until and idle <= (_LOOKS_AT_AN_EMPTY_LOG if seen else 0):
            done = watching.drain(log, store, annotator, settings, most_batches=_BATCHES)
            waiting = done > 0 or log.lag(MESSAGES, watching.GROUP) > 0
            records, seen, idle = records + done, seen or waiting, 0 if waiting else idle + 1
            if done or (seen and idle == 1):
                alerts = _publish(store, settings, log)
            if seen and not done:
                time.sleep(settings.watch.interval_seconds)
    return {"records": records, "alerts": alerts}


def look_at_accounts() -> Counts:
    """Look at what accounts do, if it is due and messages came in, and publish; `looked` is 0 where it was not."""
    with task_settings(os.environ) as settings, _store(settings) as store, turn_if_free(store, WINDOW) as free:
        due = is_due(store, ACTIVITY, settings.watch.activity_minutes, datetime.now(UTC))
        if not (free and due and has_happened_since(store, NEWS, ACTIVITY)):
            return {"looked": 0}
        found = watching.look_at_accounts(store, settings)
        alerts = _publish(store, settings)
    return {
        "looked": 1,
        "networks": len(found.sharing.findings),
        "bursts": len(found.bursts.findings),
        "alerts": alerts,
    }


def reconcile_if_due() -> Counts:
    """Compare the whole window if so many minutes have passed, and publish; `reconciled` is 0 where they have not."""
    with task_settings(os.environ) as settings, _store(settings) as store:
        if not _reconcile_due(store, settings):
            return {"reconciled": 0}
        with turn(store, WINDOW):
            if not _reconcile_due(store, settings):  # whoever had the turn has done it
                return {"reconciled": 0}
            with _embedder(settings) as embedder:
                found = watching.reconcile(store, wiring.annotator(settings), embedder, settings, Stages(None))
        alerts = _publish(store, settings)
    return {
        "reconciled": 1,
        "messages": len(found.messages),
        "families": len(found.analysis.findings),
        "alerts": alerts,
    }


def weekly_report(week: str | None = None, start: datetime | None = None) -> dict[str, str | int]:
    """Write the report of an ISO week like 2026-W47, else of the week that holds `start`, else of the last one."""
    with task_settings(os.environ) as settings:
        asked = _week(week, start, settings.ingest.zone)
        folder = settings.paths.out / asked.name
        folder.mkdir(parents=True, exist_ok=True)
        with _store(settings) as store, _embedder(settings) as embedder:
            edition = weekly_edition(store, wiring.annotator(settings), embedder, settings, Stages(None), asked)
        files = publish(edition, folder)
    return {"week": asked.name, "messages": len(edition.messages), "files": len(files)}


def retention() -> Counts:
    """Remove what is older than the privacy settings allow."""
    with task_settings(os.environ) as settings, _engines(settings) as (log, store):
        gone = forget_old(store, log, settings, datetime.now(UTC))
    return {"messages": gone.messages, "wordings": gone.wordings, "alerts": gone.alerts, "records": gone.waiting}


def _week(name: str | None, start: datetime | None, zone: str) -> Week:
    moment = (start or datetime.now(UTC) - timedelta(days=7)).astimezone(ZoneInfo(zone))
    try:
        return iso_week(name or moment.strftime("%G-W%V"), zone)
    except ValueError as error:
        raise ConfigurationError(str(error)) from None


def _reconcile_due(store: Store, settings: Settings) -> bool:
    """Not before the first message: an empty window teaches nothing of how people write."""
    due = is_due(store, RECONCILE, settings.watch.reconcile_minutes, datetime.now(UTC))
    return due and last_done(store, NEWS) is not None


def _publish(store: Store, settings: Settings, log: Log | None = None) -> int:
    """Write the feeds, then announce on their topic the alerts that changed; returns how many stand.

    Without a log one is opened, at the very end: a broker that is away keeps nobody from comparing the window.
    """
    write_current_feeds(store, settings)
    with closing(wiring.open_log(settings)) if log is None else nullcontext(log) as opened:
        announce(opened, store)
    return sum(is_current(alert) for alert in alerting.standing_alerts(store))


@contextmanager
def _engines(settings: Settings) -> Iterator[tuple[Log, Store]]:
    with _store(settings) as store, closing(wiring.open_log(settings)) as log:
        yield log, store


def _store(settings: Settings) -> "closing[Store]":
    return closing(wiring.open_store(settings))


@contextmanager
def _embedder(settings: Settings) -> Iterator[Embedder | None]:
    embedder = wiring.embedder(settings)
    with nullcontext() if embedder is None else closing(embedder):
        yield embedder
