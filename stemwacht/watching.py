"""Watch: what waits on the log is analysed batch by batch; now and then the whole window is reconciled.

Two rhythms. A batch needs no model: copies are found through the store, and alerts follow at once; every few minutes
what the accounts of the window do is looked at. A reconcile reads the window, finds what needs a model or the whole
(rewordings, templates, exact p), and brings alerts to the result that one go would have given. A kill at any point
loses nothing: the log is committed last, and every write is an upsert.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Literal

import msgspec
import structlog

from alerts import Outcome
from analysis import Annotator, Background, Embedder, Finding, wording_background
from analysis.detectors import copies, letters
from ingest import MESSAGES, Coverage, Message
from ingest.log import Log
from stemwacht import alerting, collections
from stemwacht.activity import Activity, observe
from stemwacht.analysing import Analysis, analyse
from stemwacht.background_state import keep_background, stored_background
from stemwacht.cadence import ACTIVITY, NEWS, RECONCILE, has_happened_since, is_due, last_done, mark_done
from stemwacht.config import Settings
from stemwacht.continuity import drop_stale, grown, with_aliases
from stemwacht.keeping import file_wordings, keep_messages
from stemwacht.ledgers import stored_coverage
from stemwacht.receiving import Received, Unfit, set_aside, sorted_out, unfit, withdraw
from stemwacht.stages import Stages
from stemwacht.turns import FAMILIES, turn
from stemwacht.window import annotated, window
from stemwacht.wording_families import family_wordings, join_batch
from store import Document, Store, StoreError

GROUP = "watch"
Rhythm = Literal["window", "accounts"]
_LEAST_MESSAGES = 5
_log = structlog.get_logger()


class Reconciled(msgspec.Struct, frozen=True, kw_only=True):
    """What a reconcile found in the window."""

    analysis: Analysis
    outcome: Outcome
    messages: list[Message]
    coverage: tuple[Coverage, ...]


def drain(log: Log, store: Store, annotator: Annotator, settings: Settings, *, most_batches: int | None = None) -> int:
    """Handle what waits on the log, all of it or so many batches; returns how many records.

    What nobody can handle becomes a dead letter.
    """
    done = batches = 0
    while batches != most_batches and (records := log.read(MESSAGES, GROUP, settings.watch.batch)):
        batch = sorted_out(records)
        withdraw(store, batch.deletions)
        unfit = _handle_fit(store, annotator, batch.messages, settings)
        set_aside(log, MESSAGES, [*batch.unreadable, *unfit])
        log.commit(MESSAGES, GROUP, records)
        done += len(records)
        batches += 1
        _log.info("batch", records=len(records), set_aside=len(batch.unreadable) + len(unfit))
    return done


def _handle_fit(store: Store, annotator: Annotator, messages: Sequence[Received], settings: Settings) -> list[Unfit]:
    """Handle the messages; those that make the analysis fail, each found by halving the batch, are given back."""
    try:
        handle(store, annotator, [one.message for one in messages], settings)
    except (StoreError, OSError, MemoryError):
        raise
    except Exception as error:  # whatever one message does to the analysis, the others go on
        if len(messages) == 1:
            return [unfit(messages[0].record, error)]
        half = len(messages) // 2
        return [
            *_handle_fit(store, annotator, messages[:half], settings),
            *_handle_fit(store, annotator, messages[half:], settings),
        ]
    return []


def handle(store: Store, annotator: Annotator, messages: list[Message], settings: Settings) -> None:
    """One batch: into the store, into families of copies, into alerts."""
    if not messages:
        return
    mark_done(store, NEWS, datetime.now(UTC))
    distinct = list({message.id: message for message in messages}.values())
    batch = annotator.annotate(distinct)
    with ThreadPoolExecutor(1) as beside, turn(store, FAMILIES):
        # Until alerts are judged, families need no message that is stored: a server does both at once.
        kept = beside.submit(keep_messages, store, distinct, batch)
        file_wordings(store, batch)
        touched = join_batch(store, batch)
        kept.result()
        told = stored_background(store)
        if told is not None:
            _alert_on_copies(store, annotator, touched, settings, *told)


def _alert_on_copies(
    store: Store, annotator: Annotator, families: set[str], settings: Settings, background: Background, population: int
) -> None:
    """Judge the touched families together: an alert goes to one of them, and the alerts are read once."""
    now = datetime.now(UTC)
    since = _since(settings, now)
    population = max(population, store.count("messages"))
    findings: list[Finding] = []
    messages: dict[str, Message] = {}
    for documents in _documents(store, families, since):
        read = annotated(documents, annotator)
        corpus = read.corpus()
        found = letters.detect(corpus, copies.detect(corpus, background=background, population=population))
        findings += [finding for finding in found if len(finding.members) >= _LEAST_MESSAGES]
        messages |= {message.id: message for message in read.messages}
    findings = with_aliases(store, grown(store, findings))
    if findings:
        alerting.judge(store, findings, messages, settings, stored_coverage(store), now, complete=False, since=since)


def _documents(store: Store, families: set[str], since: datetime) -> Iterator[list[Document]]:
    """The messages of the window that each family's wordings stand in, of families with enough of them."""
    family_of = {text: family for family, texts in family_wordings(store, sorted(families)).items() for text in texts}
    held: dict[str, list[Document]] = {}
    for document in store.having("messages", "text_id", sorted(family_of)):
        if document.at is None or document.at >= since:
            held.setdefault(family_of[collections.stored_message(document).text_id], []).append(document)
    for family in sorted(held):
        if len(held[family]) >= _LEAST_MESSAGES:
            yield sorted(held[family], key=lambda document: document.id)


def _since(settings: Settings, now: datetime) -> datetime:
    return now - timedelta(days=settings.families.window_days)


def reconcile(
    store: Store, annotator: Annotator, embedder: Embedder | None, settings: Settings, stages: Stages
) -> Reconciled:
    """Analyse the whole window and bring families and alerts to what one go would have given."""
    now = datetime.now(UTC)
    since = _since(settings, now)
    with stages.stage("window", "reading the window"):
        read = window(store, annotator, since=since, until=None)
    analysis = analyse(read.messages, read.batches, store, embedder, stages, settings)
    with stages.stage("alerts", "judging"), turn(store, FAMILIES):
        findings = with_aliases(store, analysis.findings)
        every = (*findings, *analysis.activity.findings)
        coverage = stored_coverage(store)
        messages = {message.id: message for message in read.messages}
        outcome = alerting.judge(store, every, messages, settings, coverage, now, complete=True, since=since)
        drop_stale(store, every)
        keep_background(store, wording_background(read.corpus()), len(read.messages))
        mark_done(store, RECONCILE, now)
        mark_done(store, ACTIVITY, now)
    analysis = msgspec.structs.replace(analysis, findings=tuple(findings))
    return Reconciled(analysis=analysis, outcome=outcome, messages=read.messages, coverage=coverage)


def look_at_accounts(store: Store, settings: Settings) -> Activity:
    """Find networks and bursts among the messages of the window, and bring alerts up to them; needs no model.

    It looks at the whole window, so that the order in which messages came, late or twice, does not matter. Families
    are those that the store knows by now.
    """
    now = datetime.now(UTC)
    since = _since(settings, now)
    dated = store.find("messages", since=since)
    messages: dict[str, Message] = {document.id: collections.stored_message(document) for document in dated}
    families = [collections.stored_finding(document) for document in store.find("families")]
    found = observe(list(messages.values()), families, settings)
    known = {finding.id for finding in found.findings}
    with turn(store, FAMILIES):
        every = (*(collections.stored_finding(document) for document in store.find("families")), *found.findings)
        alerting.judge(store, every, messages, settings, stored_coverage(store), now, complete=False, since=since)
        store.delete("activity", [document.id for document in store.find("activity") if document.id not in known])
        mark_done(store, ACTIVITY, now)
    return found


def due(store: Store, settings: Settings, now: datetime) -> Rhythm | None:
    """Which of the slower rhythms has its time; a comparison of the window looks at accounts as well."""
    if _window_due(store, settings, now):
        return "window"
    return "accounts" if _accounts_due(store, settings, now) else None


def _window_due(store: Store, settings: Settings, now: datetime) -> bool:
    """Before the first message there is nothing to compare, and the first alerts would wait for the next time."""
    return last_done(store, NEWS) is not None and is_due(store, RECONCILE, settings.watch.reconcile_minutes, now)


def _accounts_due(store: Store, settings: Settings, now: datetime) -> bool:
    due = is_due(store, ACTIVITY, settings.watch.activity_minutes, now)
    return due and has_happened_since(store, NEWS, ACTIVITY)
