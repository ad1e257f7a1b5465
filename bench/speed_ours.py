"""A scan from file to alerts in the store, without report and narratives, timed by stage."""

import gc
import logging
import shutil
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import structlog

from bench.machine import peak_memory, processor_seconds
from ingest import Intake, Kind, understand
from stemwacht import alerting, wiring
from stemwacht.analysing import analyse
from stemwacht.config import Embedder, Paths, Settings
from stemwacht.reading import read_files, total_rows
from stemwacht.stages import Stages


class Timed(msgspec.Struct, frozen=True, kw_only=True):
    """What a run took: seconds by stage, processor seconds of all its processes, peak memory in MB."""

    seconds: dict[str, float]
    processor: float
    memory: float
    messages: int
    wordings: int
    families: int
    alerts: int

    @property
    def total(self) -> float:
        """Seconds of all stages but narratives, which serve the report alone."""
        return sum(seconds for name, seconds in self.seconds.items() if name != "narratives")

    @property
    def words(self) -> str:
        """The stages in words."""
        return ", ".join(f"{name} {seconds:.1f}" for name, seconds in self.seconds.items())


def scanned(path: Path, kind: Kind, work: Path, *, model: bool, cores: int) -> Timed:
    """Read, annotate, find families and templates, judge and store, as a scan does; the store is fresh."""
    gc.freeze()  # as the command line does
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    folder = work / "scan"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    settings = Settings(
        paths=Paths(key_file=folder / "pseudonym.key"),
        embedder=Embedder(name="use" if model else "none", threads=cores),
    )
    stages, before = Stages(None), processor_seconds()
    with stages.stage("understand", ""):
        understood = [understand(path, kind=kind)]
    intake = Intake(wiring.pseudonyms(settings), folder / "rejects.jsonl")
    store = wiring.run_store(folder / "store.sqlite")
    with stages.stage("read, annotate and store", ""):
        annotators = wiring.annotators(settings, total_rows(understood), folder / "store.sqlite")
        read = read_files(understood, intake, annotators, stages.told, batch=settings.ingest.batch)
        annotators.close()
    embedder = wiring.embedder(settings)
    found = analyse(read.messages, read.batches, store, embedder, stages, settings)
    if embedder is not None:
        embedder.close()
    with stages.stage("alerts and store", ""):
        messages = {message.id: message for message in read.messages}
        coverage = tuple(intake.coverage())
        outcome = alerting.judge(store, found.findings, messages, settings, coverage, datetime.now(UTC))
    intake.close()
    store.close()
    shutil.rmtree(folder)
    return Timed(
        seconds={stage.name: stage.seconds for stage in stages.timed},
        processor=processor_seconds() - before,
        memory=peak_memory(),
        messages=len(read.messages),
        wordings=found.wordings,
        families=len(found.findings),
        alerts=len(outcome.current),
    )
