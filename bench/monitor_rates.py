"""The worker on Kafka and Elasticsearch: messages a second, seconds from a post to its alert, one worker and two."""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np
from msgspec.structs import replace

from analysis import open_embedder
from bench.section import Options, Section, at_most, plain
from bench.speed_bare import texts_of
from bench.speed_files import posts_file
from bench.store_elasticsearch import BATCH, Bare, annotated, clean, message, server
from ingest import MESSAGES, Message, message_record
from stemwacht import wiring
from stemwacht.config import Settings, load
from stemwacht.on_elasticsearch import elasticsearch_options
from stemwacht.setting_up import set_up
from stemwacht.stages import Stages
from stemwacht.vectors import vectors_of
from stemwacht.watching import GROUP, drain, reconcile
from tests.engines.kafka import KafkaServer

LAST = 4_000  # messages over which a rate is taken
CORES = 2
CAMPAIGNS, MEMBERS = 30, 6
WORKER = [sys.executable, "-c", "from stemwacht.cli import main; main()", "watch", "--batches-only"]


def measure(data: Path, options: Options) -> Iterator[Section]:
    """Rates at growing sizes, latency, and two workers; `data` is not needed."""
    sizes = [6_000] if options.quick else [10_000, 50_000, *([300_000] if options.long else [])]
    texts = texts_of(posts_file(options.work, sizes[-1] + LAST))
    messages = [message(number, text) for number, text in enumerate(texts)]
    with ExitStack() as servers:
        folder = Path(servers.enter_context(TemporaryDirectory(ignore_cleanup_errors=True)))
        kafka = os.environ.get("STEMWACHT_TEST_KAFKA") or servers.enter_context(KafkaServer(folder / "kafka")).bootstrap
        elasticsearch = servers.enter_context(server())
        yield rates(folder, kafka, elasticsearch, messages, sizes)
        yield embedded(folder, kafka, elasticsearch, messages[:LAST])
        yield latency(folder, kafka, elasticsearch, messages[:2_000])
        yield workers(folder, kafka, elasticsearch, messages[: 4_000 if options.quick else 12_000])


def rates(folder: Path, kafka: str, elasticsearch: str, messages: Sequence[Message], sizes: Sequence[int]) -> Section:
    """From the log to annotated and stored messages in families of copies, beside the bare cycle on the same server."""
    settings = _monitor(folder, kafka, elasticsearch)
    bare = Bare(elasticsearch, f"{settings.elasticsearch.prefix}-bare")
    rows, figures, there = [], [], 0
    try:
        for size in sizes:
            _timed_drain(settings, messages[there : size - LAST])
            for batch in annotated([one.text for one in messages[there : size - LAST]]):
                bare.fill(batch)
            last = messages[size - LAST : size]
            ours = _timed_drain(settings, last)
            cycle = 0.0
            for batch in annotated([one.text for one in last]):
                began = perf_counter()
                bare.cycle(batch)
                cycle += perf_counter() - began
            there = size
            rows.append((f"{size:,}", f"{LAST / ours:,.0f}", f"{LAST / cycle:,.0f}", f"{ours / cycle:.2f}"))
            figures.append(at_most(f"times the bare cycle at {size:,} messages", ours / cycle, 1.3, 2))
    finally:
        clean(elasticsearch_options(settings.elasticsearch))
    head = ("messages there", "worker, messages/s", "bare look-up, bulk and refresh, messages/s", "ratio of time")
    note = (
        f"Over the last {LAST:,}; the bare cycle in batches of {BATCH}, without log, annotation, families and alerts."
    )
    return Section(
        title="The worker on Kafka and Elasticsearch",
        figures=tuple(figures),
        head=head,
        rows=tuple(rows),
        notes=(note,),
    )


def embedded(folder: Path, kafka: str, elasticsearch: str, messages: Sequence[Message]) -> Section:
    """From the log to stored messages and stored vectors of their wordings, beside the encoder alone on these."""
    settings = _monitor(folder, kafka, elasticsearch)
    batch = wiring.annotator(settings).annotate(messages)
    try:
        with closing(open_embedder("use", {"processes": CORES})) as encoder:
            encoder.encode(batch.texts[:CORES])  # its processes start
            began = perf_counter()
            encoder.encode(batch.texts)
            bare = perf_counter() - began
            ours = _timed_drain(settings, messages)
            with closing(wiring.open_store(settings)) as store:
                began = perf_counter()
                vectors_of(store, encoder, batch.text_ids, batch.texts, lambda done, of: None)
                vectors = perf_counter() - began
    finally:
        clean(elasticsearch_options(settings.elasticsearch))
    return Section(
        title="The worker with embedding",
        figures=(
            at_most("times the encoder alone", (ours + vectors) / bare, 1.2, 2),
            plain("encoder alone, seconds", f"{bare:.2f}"),
            plain("vectors made and stored, seconds", f"{vectors:.2f}"),
            plain("log to stored messages, seconds", f"{ours:.2f}"),
        ),
        notes=(f"{len(messages):,} messages, {len(batch.texts):,} wordings; the encoder on {CORES} cores.",),
    )


def latency(folder: Path, kafka: str, elasticsearch: str, background: Sequence[Message]) -> Section:
    """From the post that makes a campaign large enough, on the log, to the alert in the index."""
    settings = _monitor(folder, kafka, elasticsearch)
    try:
        _timed_drain(settings, background)
        with closing(wiring.open_store(settings)) as store:
            reconcile(store, wiring.annotator(settings), None, settings, Stages(None))
        with (
            _worker(folder, settings),
            closing(wiring.open_log(settings)) as log,
            closing(wiring.open_store(settings)) as store,
        ):
            waited = []
            for number in range(CAMPAIGNS):
                before = store.count("alerts")
                log.append(MESSAGES, [message_record(one) for one in _campaign(number)])
                began = perf_counter()
                while store.count("alerts") == before and perf_counter() - began < 60:
                    time.sleep(0.02)
                waited.append(perf_counter() - began)
    finally:
        clean(elasticsearch_options(settings.elasticsearch))
    median, late = np.quantile(waited[1:], [0.5, 0.95])
    return Section(
        title="From a post on Kafka to its alert in the index",
        figures=(plain("median, seconds", f"{median:.2f}"), plain("95th percentile, seconds", f"{late:.2f}")),
        notes=(
            f"{CAMPAIGNS - 1} campaigns of {MEMBERS} copies, one after another, among {len(background):,} messages.",
        ),
    )


def workers(folder: Path, kafka: str, elasticsearch: str, messages: Sequence[Message]) -> Section:
    """The same messages by one worker and by two, each from its start, with both servers on this machine."""
    rows = []
    for count in (1, 2):
        settings = _monitor(folder, kafka, elasticsearch)
        try:
            with closing(wiring.open_log(settings)) as log, ExitStack() as running:
                for _ in range(count):
                    running.enter_context(_worker(folder, settings))
                log.append(MESSAGES, [message_record(one) for one in messages])
                began = perf_counter()
                while log.lag(MESSAGES, GROUP):
                    time.sleep(0.1)
                rows.append((str(count), f"{len(messages) / (perf_counter() - began):,.0f}"))
        finally:
            clean(elasticsearch_options(settings.elasticsearch))
    return Section(title="More workers", head=("workers", "messages/s"), rows=tuple(rows))


def _monitor(folder: Path, kafka: str, elasticsearch: str) -> Settings:
    prefix = f"bench{uuid.uuid4().hex[:8]}"
    settings = load(None, _environment(folder, kafka, elasticsearch, prefix))
    list(set_up(settings))
    return settings


def _environment(folder: Path, kafka: str, elasticsearch: str, prefix: str) -> dict[str, str]:
    return {
        "STEMWACHT_PATHS__KEY_FILE": str(folder / "pseudonym.key"),
        "STEMWACHT_PATHS__OUT": str(folder / "out"),
        "STEMWACHT_EMBEDDER__NAME": "none",
        "STEMWACHT_FAMILIES__WINDOW_DAYS": "40000",
        "STEMWACHT_WATCH__INTERVAL_SECONDS": "0.1",
        "STEMWACHT_LOG__NAME": "kafka",
        "STEMWACHT_KAFKA__BOOTSTRAP_SERVERS": kafka,
        "STEMWACHT_KAFKA__PREFIX": f"{prefix}.",
        "STEMWACHT_STORE__NAME": "elasticsearch",
        "STEMWACHT_ELASTICSEARCH__HOSTS": elasticsearch,
        "STEMWACHT_ELASTICSEARCH__PREFIX": prefix,
    }


def _timed_drain(settings: Settings, messages: Sequence[Message]) -> float:
    """Seconds from messages that wait on the log to messages that stand in the store."""
    with closing(wiring.open_log(settings)) as log, closing(wiring.open_store(settings)) as store:
        log.append(MESSAGES, [message_record(one) for one in messages])
        log.read(MESSAGES, GROUP, 1)  # joining the group is no part of the rate
        annotator = wiring.annotator(settings)
        began = perf_counter()
        drain(log, store, annotator, settings)
        return perf_counter() - began


@contextmanager
def _worker(folder: Path, settings: Settings) -> Iterator[None]:
    prefix = settings.elasticsearch.prefix
    told = _environment(folder, settings.kafka.bootstrap_servers[0], settings.elasticsearch.hosts[0], prefix)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("STEMWACHT_")}
    environment = {**inherited, **told, "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen(WORKER, cwd=folder, env=environment) as process:
        try:
            yield
        finally:
            process.kill()


def _campaign(number: int) -> list[Message]:
    now = datetime.now(UTC)
    words = " ".join(f"zin{number}van{place}over{number * place}" for place in range(12))
    text = f"{words}: laat weten dat u dit ook vindt, en stuur deze oproep nummer {number} vandaag nog door aan buren"
    return [
        replace(message(10**6 + number * 100 + place, text), author=f"p_{number}_{place}", published=now)
        for place in range(MEMBERS)
    ]
