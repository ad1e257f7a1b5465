"""The members of the kind: each is made over a folder, so that it can be opened again and from another process."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from store import Collection, Document, SqliteStore, Store
from store.elasticsearch import ElasticsearchOptions, ElasticsearchStore

Factory = Callable[[Path], Store]


def embedded(folder: Path) -> Store:
    return SqliteStore(folder / "store.sqlite")


def embedded_in_small_pages(folder: Path) -> Store:
    return SqliteStore(folder / "store.sqlite", page_size=4, fan_in=2, exact_below=20)


def on_elasticsearch(address: str, prefix: str) -> Factory:
    options = ElasticsearchOptions(hosts=(address,), prefix=f"{prefix}s", timeout_seconds=30)
    return lambda _folder: ElasticsearchStore(options, exact_below=100)


EMBEDDED: list[Factory] = [embedded, embedded_in_small_pages]
POSTS = Collection(name="posts", fields=("source", "weight", "declared"), searchable=True)
LETTERS = Collection(name="letters", fields=("docket",))
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def post(name: str, *, minute: float | None = 0, body: bytes = b"{}", text: str | None = None) -> Document:
    return Document(id=name, body=body, at=None if minute is None else NOON + timedelta(minutes=minute), text=text)


def names(documents: Iterable[Document]) -> list[str]:
    return [document.id for document in documents]
