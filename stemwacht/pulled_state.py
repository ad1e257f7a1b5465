"""How far a source was read, what it brought, and when it was silent: kept in the store, batch by batch.

One document holds the cursor together with what was counted up to it, so that a pull that is killed and run again
counts nothing twice; the ledgers of the coverage are written after it, and again at the next start.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from ingest import Coverage, Gap, week_of
from ingest.sources import NOTHING_CAME, UNREACHABLE, Batch
from stemwacht.collections import coverage_document
from store import Document, Store


class PullState(msgspec.Struct, frozen=True, kw_only=True):
    """The state of one source.

    `ledgers` are those of what was read on `day`, a day of `zone`, by source of the messages and by the weeks in which
    these were published, so that reading on does not change the account of a past week; `gaps` those that the last
    batch told of. `quiet` is the stretch in which nothing comes at present, once it is longer than it should be.
    `failure` is why the last pull did not come through.
    """

    name: str
    since: datetime
    cursor: str | None = None
    brought: datetime | None = None
    zone: str = ""
    day: str = ""
    ledgers: tuple[Coverage, ...] = ()
    gaps: tuple[Gap, ...] = ()
    quiet: Gap | None = None
    failure: str | None = None


def stored_state(store: Store, name: str, zone: str, now: datetime) -> PullState:
    """What is known of the source; the coverage is brought up to it, should the last pull have died before that.

    `zone` is that of days and weeks; in another one than before, what follows is counted apart.
    """
    documents = store.get("state", [_key(name)])
    if not documents:
        return PullState(name=name, since=now, zone=zone)
    state = msgspec.json.decode(documents[0].body, type=PullState)
    if state.zone:
        _show(store, state)
    return state if state.zone == zone else replace(state, zone=zone, day="", ledgers=())


def keep_state(store: Store, state: PullState) -> None:
    """Write the state, then the coverage that follows from it."""
    store.upsert("state", [Document(id=_key(state.name), body=msgspec.json.encode(state))])
    _show(store, state)


def after_batch(state: PullState, batch: Batch, now: datetime) -> PullState:
    """The state once a batch with a cursor is on the log."""
    day = now.astimezone(ZoneInfo(state.zone)).date().isoformat()
    ledgers = {_kept_under(ledger, state.zone): ledger for ledger in state.ledgers} if state.day == day else {}
    for ledger in batch.by_week:
        under = _kept_under(ledger, state.zone)
        ledgers[under] = ledgers[under].plus(ledger) if under in ledgers else ledger
    brought = any(ledger.kept for ledger in batch.coverage)
    return replace(
        state,
        cursor=batch.cursor,
        brought=now if brought else state.brought,
        day=day,
        ledgers=tuple(ledgers.values()),
        gaps=tuple(gap for ledger in batch.coverage for gap in ledger.gaps),
        failure=None,
    )


def with_silence(state: PullState, quiet_hours: float, now: datetime) -> PullState:
    """The state with the stretch in which nothing came, where that is longer than the source expects."""
    since = state.brought or state.since
    if now - since <= timedelta(hours=quiet_hours):
        return replace(state, quiet=None)
    reason = NOTHING_CAME if state.failure is None else UNREACHABLE
    return replace(state, quiet=Gap(source=state.name, start=since, end=now, reason=reason))


def drop_caught_up(store: Store, before: PullState, after: PullState) -> None:
    """Forget a silence that was only ours: the source was out of reach, and now has brought what it had meanwhile.

    What it could not bring any more it tells as gaps of its own.
    """
    over = before.quiet
    if over is not None and over.reason == UNREACHABLE and after.quiet is None:
        store.delete("coverage", [_gap_document(before.name, over).id])


def _show(store: Store, state: PullState) -> None:
    documents = [_ledger_document(state, ledger) for ledger in state.ledgers]
    gaps = [*state.gaps, *([state.quiet] if state.quiet else [])]
    documents += [_gap_document(state.name, gap) for gap in gaps]
    if documents:
        store.upsert("coverage", documents)


def _ledger_document(state: PullState, ledger: Coverage) -> Document:
    weeks, _ = _kept_under(ledger, state.zone)
    read_at = datetime.fromisoformat(state.day).replace(tzinfo=ZoneInfo(state.zone)).astimezone(UTC)
    return coverage_document(f"pull:{state.name}:{state.day}:{state.zone}:{weeks}", ledger, read_at=read_at)


def _kept_under(ledger: Coverage, zone: str) -> tuple[str, str]:
    """The weeks of its oldest and newest message, and its source: a sum of two with the same has the same."""
    weeks = sorted({week_of(moment, zone) for moment in (ledger.first, ledger.last) if moment is not None})
    return "/".join(weeks) or "undated", ledger.source


def _gap_document(name: str, gap: Gap) -> Document:
    """One gap, known by where it is and when it began: as it grows it replaces itself."""
    reason = "" if gap.reason in (NOTHING_CAME, UNREACHABLE) else gap.reason
    told = f"{gap.source}\x00{gap.start}\x00{reason}"
    digest = hashlib.sha256(told.encode()).hexdigest()[:16]
    empty = Coverage(source=name, read=0, kept=0, rejected=0, duplicate=0, gaps=(gap,))
    return coverage_document(f"pull:{name}:gap:{digest}", empty)


def _key(name: str) -> str:
    return f"source:{name}"
