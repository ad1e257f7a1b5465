"""Collections that go by date: each document in the index of its own month, found again under one name."""

from datetime import UTC, datetime, timedelta

import msgspec
import numpy as np
import pytest

from store import Collection, Document, StoreError
from store.elasticsearch import Connection, ElasticsearchOptions, ElasticsearchStore
from tests.store.members import names

pytestmark = pytest.mark.engines

WEEKLY = Collection(name="letters", fields=("source",), searchable=True, dated=True)
NOVEMBER, DECEMBER = datetime(2026, 11, 30, 23, 59, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture
def options(elasticsearch: str, prefix: str) -> ElasticsearchOptions:
    return ElasticsearchOptions(hosts=(elasticsearch,), prefix=f"{prefix}d", timeout_seconds=30)


def open_store(options: ElasticsearchOptions) -> ElasticsearchStore:
    store = ElasticsearchStore(options)
    store.create([WEEKLY])
    return store


def letter(name: str, at: datetime | None, source: str = "x") -> Document:
    return Document(id=name, at=at, body=msgspec.json.encode({"source": source}), text="dike")


def indices(options: ElasticsearchOptions) -> dict[str, int]:
    """How many documents each index of the collection holds."""
    connection = Connection(options)
    connection.send("POST", f"/{options.prefix}-letters/_refresh")
    found = connection.read("GET", f"/{options.prefix}-letters-*/_stats/docs", type=dict[str, msgspec.Raw])
    connection.close()
    stats = msgspec.json.decode(found["indices"])
    start = len(f"{options.prefix}-letters-v0-")
    return {index[start:]: stat["primaries"]["docs"]["count"] for index, stat in stats.items()}


def test_a_document_stands_in_the_index_of_its_own_month(options: ElasticsearchOptions) -> None:
    store = open_store(options)
    letters = [letter("a", NOVEMBER), letter("b", DECEMBER), letter("c", None)]
    assert store.upsert("letters", letters) == 3
    assert indices(options) == {"undated": 1, "2026.11": 1, "2026.12": 1}
    assert list(store.find("letters")) == letters
    assert names(store.find("letters", newest_first=True)) == ["b", "a", "c"]
    assert names(store.find("letters", since=DECEMBER)) == ["b"]
    assert names(store.get("letters", ["c", "a"])) == ["c", "a"]
    assert set(names(store.search("letters", "dike"))) == {"a", "b", "c"}
    assert store.count("letters", where={"source": "x"}) == 3


def test_a_period_may_be_a_day(options: ElasticsearchOptions) -> None:
    store = open_store(msgspec.structs.replace(options, period="day"))
    store.upsert("letters", [letter("a", NOVEMBER), letter("b", NOVEMBER + timedelta(minutes=2))])
    assert indices(options) == {"undated": 0, "2026.11.30": 1, "2026.12.01": 1}


@pytest.mark.parametrize("year", [1, 1969, 1989, 2200, 9999])
def test_absurd_dates_share_one_index_and_stay_as_they_are(options: ElasticsearchOptions, year: int) -> None:
    store = open_store(options)
    absurd = letter("a", datetime(year, 6, 1, tzinfo=UTC))
    store.upsert("letters", [absurd, letter("b", NOVEMBER)])
    assert indices(options) == {"undated": 1, "2026.11": 1}
    assert store.get("letters", ["a"]) == [absurd]
    assert names(store.find("letters")) == (["a", "b"] if year < 2026 else ["b", "a"])


def test_an_id_whose_date_changes_stands_once(options: ElasticsearchOptions) -> None:
    store = open_store(options)
    store.upsert("letters", [letter("a", NOVEMBER), letter("b", NOVEMBER)])
    assert store.upsert("letters", [letter("a", DECEMBER), letter("b", None), letter("c", DECEMBER)]) == 1
    assert indices(options) == {"undated": 1, "2026.11": 0, "2026.12": 2}
    assert names(store.find("letters")) == ["a", "c", "b"]
    assert open_store(options).upsert("letters", [letter("a", NOVEMBER)]) == 0
    assert names(store.find("letters")) == ["a", "c", "b"]


def test_expire_drops_whole_indices_with_what_is_filed_under_their_documents(options: ElasticsearchOptions) -> None:
    store = open_store(options)
    october, absurd = datetime(2026, 10, 5, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)
    kept = [letter("c", DECEMBER), letter("d", None)]
    store.upsert("letters", [letter("o", october), letter("a", absurd), letter("b", NOVEMBER), *kept])
    ids = ["o", "a", "b", "c", "d"]
    store.add_keys("bands", ids, np.full((5, 1), 7, np.uint64))
    store.add_vectors("texts", ids, np.eye(5, dtype=np.float32))
    assert store.expire("letters", NOVEMBER + timedelta(seconds=1)) == 3
    assert indices(options) == {"undated": 1, "2026.11": 0, "2026.12": 1}
    assert list(store.find("letters")) == kept
    assert store.look_up("bands", np.array([[7]], np.uint64)).document == ["c", "d"]
    assert set(store.vectors("texts", ids)) == {"c", "d"}
    assert store.expire("letters", NOVEMBER + timedelta(seconds=1)) == 0
    assert store.upsert("letters", [letter("o", october)]) == 1
    assert names(store.find("letters")) == ["o", "c", "d"]


def test_many_months_and_processes_share_them(options: ElasticsearchOptions) -> None:
    months = [datetime(2026, 1 + n % 3, 1 + n, tzinfo=UTC) for n in range(28)]
    first, second = open_store(options), open_store(options)
    documents = [letter(f"m{n:02}", at) for n, at in enumerate(months)]
    assert first.upsert("letters", documents[:20]) + second.upsert("letters", documents[10:]) == 28
    assert list(first.find("letters")) == sorted(documents, key=lambda one: (one.at or NOVEMBER, one.id))


def test_a_collection_cannot_take_the_names_of_the_store(options: ElasticsearchOptions) -> None:
    with pytest.raises(StoreError, match="no collection can be called 'keys-x'"):
        ElasticsearchStore(options).create([Collection(name="keys-x")])
