"""The store on Elasticsearch beside its bare client, batch by batch in turns on one server; and its two graphs.

A batch is what a worker does with 500 messages: write them, file their 32 band keys, look up who else has one. The
bare client writes each message with its keys as one document and joins the hits of one terms query; it knows no dates,
no ids that move, no second writing of the same, and no bound on a key that thousands share.
"""

import os
import shutil
import tempfile
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from analysis import Annotator, Languages, open_embedder
from bench.section import Options, Section, at_least, at_most
from bench.speed_bare import texts_of
from bench.speed_files import posts_file
from es_mappings import install
from ingest import Message
from stemwacht import collections
from store import Document
from store.elasticsearch import Connection, ElasticsearchOptions, ElasticsearchStore

BATCH, MEASURED = 500, 8
HEAP_MB = 2_048  # as docker-compose.yml gives it; 256 MB, with which the tests make do, chokes on vectors
MOST = 64
K = 20
START = datetime(2026, 11, 2, tzinfo=UTC)

Keys = NDArray[np.uint64]
Vectors = NDArray[np.float32]


class Batch(msgspec.Struct, frozen=True):
    """Messages as documents, and their wordings with band keys."""

    documents: list[Document]
    ids: list[str]
    keys: Keys


def measure(data: Path, options: Options) -> Iterator[Section]:
    """Cycles at growing sizes, then the two graphs; `data` is not needed."""
    sizes = [2_000, 6_000] if options.quick else [10_000, 100_000, *([300_000] if options.long else [])]
    count = sizes[-1] + len(sizes) * MEASURED * BATCH
    batches = annotated(texts_of(posts_file(options.work, count)))
    with server() as address:
        yield cycles(address, batches, sizes)
        yield graphs(address, options)


@contextmanager
def server() -> Iterator[str]:
    """The server named in the environment, else one of its own."""
    if address := os.environ.get("STEMWACHT_TEST_ELASTICSEARCH"):
        yield address
        return
    from tests.engines.elasticsearch import ElasticsearchServer  # noqa: PLC0415 its tools are not in every install

    folder = Path(tempfile.mkdtemp())
    with ElasticsearchServer(folder, heap_mb=HEAP_MB) as own:
        yield own.url
    shutil.rmtree(folder, ignore_errors=True)


def annotated(texts: Sequence[str]) -> Iterator[Batch]:
    """The texts as messages a minute apart, in batches; copies among them share a wording and so its keys."""
    annotator = Annotator(Languages(("nl", "en", "de", "fr")))
    for start in range(0, len(texts), BATCH):
        messages = [message(start + place, text) for place, text in enumerate(texts[start : start + BATCH])]
        notes = annotator.annotate(messages)
        pairs = zip(messages, notes.annotations, strict=True)
        yield Batch([collections.message_document(*pair) for pair in pairs], notes.text_ids, notes.keys)


def message(number: int, text: str) -> Message:
    """A post of its minute."""
    return Message(
        id=f"m_{number:026}",
        source="bench",
        native_id=str(number),
        kind="post",
        text=text,
        text_written=text,
        author=f"p_{number % 5_000:020}",
        published=START + timedelta(minutes=number),
        published_precision="second",
    )


class Ours:
    """The store, with the templates installed."""

    def __init__(self, options: ElasticsearchOptions) -> None:
        connection = Connection(options)
        list(install(connection, retention_days=180))
        connection.close()
        self._store = ElasticsearchStore(options)
        self._store.create(collections.ALL)

    def fill(self, batch: Batch) -> None:
        """Write a batch and its keys."""
        self._store.upsert("messages", batch.documents)
        self._store.add_keys("wordings", batch.ids, batch.keys)

    def cycle(self, batch: Batch) -> int:
        """The work of a batch; returns how many pairs came out."""
        self.fill(batch)
        return len(self._store.look_up("wordings", batch.keys, most=MOST).document)


class Bare:
    """The client and its helpers alone."""

    def __init__(self, address: str, index: str) -> None:
        from elasticsearch import Elasticsearch, helpers  # noqa: PLC0415 a base install has no client

        self._client = Elasticsearch(address, request_timeout=60)
        self._bulk = helpers.bulk
        self._index = index
        keyword = {"type": "keyword"}
        names = ("id", "source", "kind", "author", "text_id", "channel", "spoken", "keys")
        self._client.indices.create(
            index=index,
            settings={"number_of_replicas": 0, "codec": "best_compression", "refresh_interval": "30s"},
            mappings={
                "dynamic": False,
                "properties": {
                    **dict.fromkeys(names, keyword),
                    "text": {"type": "text"},
                    "published": {"type": "date"},
                },
            },
        )

    def fill(self, batch: Batch) -> None:
        """Write a batch, each message with the keys of its wording."""
        rows = dict(zip(batch.ids, batch.keys.tolist(), strict=True))
        self._bulk(self._client, (self._action(document, rows) for document in batch.documents), refresh=True)

    def _action(self, document: Document, rows: dict[str, list[int]]) -> dict[str, Any]:
        body = msgspec.json.decode(document.body)
        body["keys"] = [f"{key:016x}" for key in rows[body["text_id"]]]
        return {"_index": self._index, "_id": document.id, "_source": body}

    def cycle(self, batch: Batch) -> int:
        """The work of a batch; returns how many pairs came out."""
        self.fill(batch)
        asked: dict[str, list[int]] = defaultdict(list)
        for query, row in enumerate(batch.keys.tolist()):
            for key in row:
                asked[f"{key:016x}"].append(query)
        pairs: set[tuple[int, str]] = set()
        for hit in self._hits(list(asked)):
            for key in hit["fields"]["keys"]:
                pairs.update((query, hit["fields"]["text_id"][0]) for query in asked.get(key, ()))
        return len(pairs)

    def _hits(self, keys: list[str]) -> Iterator[dict[str, Any]]:
        after: dict[str, Any] = {}
        while True:
            answer = self._client.search(
                index=self._index,
                query={"bool": {"filter": {"terms": {"keys": keys}}}},
                source=False,
                docvalue_fields=["keys", "text_id"],
                sort=[{"id": "asc"}] if after else ["id"],
                size=10_000,
                track_total_hits=False,
                **after,
            )
            hits = answer["hits"]["hits"]
            yield from hits
            if len(hits) < 10_000:
                return
            after = {"search_after": hits[-1]["sort"]}


def cycles(address: str, batches: Iterator[Batch], sizes: Sequence[int]) -> Section:
    """Both in turns at each size: what a message costs, and the ratio."""
    prefix = f"bench{uuid.uuid4().hex[:8]}"
    options = ElasticsearchOptions(hosts=(address,), prefix=prefix)
    ours, bare = Ours(options), Bare(address, f"{prefix}-bare")
    rows, figures, there = [], [], 0
    try:
        for size in sizes:
            while there < size:
                batch = next(batches)
                ours.fill(batch)
                bare.fill(batch)
                there += len(batch.documents)
            seconds, pairs = _in_turns([next(batches) for _ in range(MEASURED)], ours.cycle, bare.cycle)
            there += MEASURED * BATCH
            rates = [MEASURED * BATCH / spent for spent in seconds]
            ratio = seconds[0] / seconds[1]
            rows.append((f"{size:,}", *(f"{rate:,.0f}" for rate in rates), f"{ratio:.2f}", *map(str, pairs)))
            figures.append(at_most(f"times the bare client at {size:,} messages", ratio, 4, 2))
    finally:
        clean(options)
    head = ("messages there", "ours, messages/s", "bare, messages/s", "ratio of time", "pairs, ours", "pairs, bare")
    return Section(
        title="Write, file and look up on Elasticsearch", figures=tuple(figures), head=head, rows=tuple(rows)
    )


def _in_turns(batches: Sequence[Batch], *ways: Callable[[Batch], int]) -> tuple[list[float], list[int]]:
    seconds, pairs = [0.0] * len(ways), [0] * len(ways)
    for batch in batches:
        for place, way in enumerate(ways):
            began = perf_counter()
            pairs[place] += way(batch)
            seconds[place] += perf_counter() - began
    return seconds, pairs


def graphs(address: str, options: Options) -> Section:
    """The k nearest by each graph against all compared: how many of them it finds, and how fast."""
    count, asked = (2_000, 50) if options.quick else (20_000, 200)
    texts = list(dict.fromkeys(texts_of(posts_file(options.work, 2 * count))))[: count + asked]
    vectors = open_embedder("use", {}).encode(texts)
    known, queries = vectors[:-asked], vectors[-asked:]
    rows, figures = [], []
    for kind in ("int8_hnsw", "bbq_hnsw"):
        filing, asking, recall = _graph(address, kind, known, queries)
        rows.append((kind, f"{len(known):,}", f"{filing:,.0f}", f"{asking:,.0f}", f"{recall:.4f}"))
        figures.append(at_least(f"share of the true {K} nearest that {kind} finds", recall, 0.95, 4))
    head = ("graph", "vectors", "filed/s", "questions/s", f"recall of {K}")
    return Section(title="Nearest vectors on Elasticsearch", figures=tuple(figures), head=head, rows=tuple(rows))


def _graph(address: str, kind: str, known: Vectors, queries: Vectors) -> tuple[float, float, float]:
    options = ElasticsearchOptions(hosts=(address,), prefix=f"bench{uuid.uuid4().hex[:8]}")
    ids = [f"v{number}" for number in range(len(known))]
    try:
        store = ElasticsearchStore(options, exact_below=0, graph=kind)
        began = perf_counter()
        for start in range(0, len(known), 2_000):
            store.add_vectors("texts", ids[start : start + 2_000], known[start : start + 2_000])
        filed = perf_counter() - began
        store.nearest("texts", queries[:10], K)
        began = perf_counter()
        found = store.nearest("texts", queries, K).documents
        asked = perf_counter() - began
    finally:
        clean(options)
    true = np.argsort(-(queries @ known.T), axis=1, kind="stable")[:, :K]
    hits = sum(len({ids[place] for place in row} & set(mine)) for row, mine in zip(true.tolist(), found, strict=True))
    return len(known) / filed, len(queries) / asked, hits / true.size


def clean(options: ElasticsearchOptions) -> None:
    """Remove what was measured."""
    connection = Connection(options)
    for what in ("", "_index_template/", "_component_template/"):
        connection.send("DELETE", f"/{what}{options.prefix}*", accept={404})
    connection.close()
