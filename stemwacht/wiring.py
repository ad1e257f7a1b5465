"""The one place that knows which implementation runs."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from analysis import Annotator, Embedder, Languages, open_embedder
from ingest import Pseudonyms, load_key
from ingest.log import Log, SqliteLog
from stemwacht import collections
from stemwacht.annotating import Annotators
from stemwacht.config import Settings
from stemwacht.on_elasticsearch import elasticsearch_store
from store import Collection, SqliteStore, Store

WORTH_A_PROCESS = 15_000


def open_store(settings: Settings) -> Store:
    """The store that is configured, with its collections."""
    if settings.store.name == "elasticsearch":
        return elasticsearch_store(settings.elasticsearch)
    return file_store(settings.paths.store)


def file_store(path: Path | None) -> Store:
    """The store in this file, with its collections; a temporary one without a file."""
    return _file_store(path, collections.ALL)


def run_store(path: Path) -> Store:
    """The store of one run in this file: nobody searches it."""
    return _file_store(path, collections.OF_ONE_RUN)


def _file_store(path: Path | None, kept: Sequence[Collection]) -> Store:
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    store = SqliteStore(path)
    store.create(kept)
    return store


def open_log(settings: Settings) -> Log:
    """The log that is configured."""
    if settings.log.name == "kafka":
        from stemwacht.on_kafka import kafka_log  # noqa: PLC0415 - a base install has no client of Kafka

        return kafka_log(settings.kafka)
    settings.paths.log.parent.mkdir(parents=True, exist_ok=True)
    return SqliteLog(settings.paths.log)


def pseudonyms(settings: Settings) -> Pseudonyms:
    """Pseudonyms under the installation's key, which is made on first use."""
    return Pseudonyms(load_key(settings.paths.key_file))


def annotator(settings: Settings) -> Annotator:
    """The annotator over the languages in force."""
    return Annotator(Languages(settings.ingest.languages))


def annotators(settings: Settings, rows: int | None, store: Path) -> Annotators:
    """Annotators that write to the store of a run, for so many rows; a small run is not worth a process of its own."""
    processes = settings.embedder.threads if rows is None or rows >= WORTH_A_PROCESS else 1
    return Annotators(settings.ingest.languages, processes, partial(run_store, store))


def embedder(settings: Settings) -> Embedder | None:
    """The configured embedder; None where it is switched off."""
    if settings.embedder.name == "none":
        return None
    options: dict[str, object] = dict(settings.embedder.options)
    if settings.embedder.model is not None:
        options["model"] = settings.embedder.model
    if settings.embedder.name == "use":
        options.setdefault("processes", settings.embedder.threads)
    return open_embedder(settings.embedder.name, options)
