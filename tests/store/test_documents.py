"""Documents: every write is an upsert, every order is exact, every wrong name says what exists."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import Collection, Document, Store, StoreError
from tests.store.members import NOON, POSTS, Factory, names, post

HOSTILE = ["", "a\0b", "\ud800", "x\udfffy", "é", "e\u0301", "\U0001f5f3", "' OR 1=1 --", '"', "%", "\u202e", "\ufffd"]


def test_a_repeated_write_changes_nothing(store: Store) -> None:
    week = [post(f"p{minute}", minute=minute, body=b'{"source":"x"}') for minute in range(5)]
    assert store.upsert("posts", week) == 5
    assert store.upsert("posts", week) == 0
    assert list(store.find("posts")) == week
    assert store.count("posts") == 5


def test_a_write_replaces_what_stood_under_the_id(store: Store) -> None:
    store.upsert("posts", [post("a", body=b'{"source":"x"}', text="red")])
    assert store.upsert("posts", [post("a", minute=9, body=b'{"source":"y"}', text="blue")]) == 0
    assert store.count("posts", where={"source": "x"}) == 0
    assert names(store.find("posts", where={"source": "y"}, since=NOON + timedelta(minutes=9))) == ["a"]
    assert store.search("posts", "red") == []
    assert names(store.search("posts", "blue")) == ["a"]


def test_of_two_with_one_id_in_a_batch_the_last_counts(store: Store) -> None:
    assert store.upsert("posts", [post("a", body=b"[1]"), post("a", body=b"[2]")]) == 1
    assert [document.body for document in store.find("posts")] == [b"[2]"]


def test_get_keeps_the_order_asked_for_and_leaves_out_what_is_not_there(store: Store) -> None:
    store.upsert("posts", [post(name) for name in "abc"])
    assert names(store.get("posts", ["c", "nobody", "a", "c"])) == ["c", "a", "c"]


def test_having_finds_whatever_has_one_of_many_values(store: Store) -> None:
    held = [post(f"p{number}", body=b'{"source":"s%d"}' % (number % 1_500)) for number in range(3_000)]
    store.upsert("posts", [*held, post("none"), post("odd", body=b'{"source":"\\" \' x"}')])
    asked = [f"s{number}" for number in range(0, 1_500, 2)]
    assert sorted(names(store.having("posts", "source", asked))) == sorted(
        f"p{number}" for number in range(3_000) if number % 1_500 % 2 == 0
    )
    assert names(store.having("posts", "source", ["\" ' x", "s1 OR 1=1", "\" ' x"])) == ["odd"]
    assert names(store.having("posts", "source", [])) == []
    with pytest.raises(StoreError, match="called 'sauce'; there are: "):
        list(store.having("posts", "sauce", ["s1"]))


def test_order_is_by_time_to_the_microsecond_then_id_and_undated_last(store: Store) -> None:
    tick = 1 / 60_000_000
    at_noon = [post("u", minute=None), post("c", minute=tick), post("b"), post("a")]
    store.upsert("posts", [*at_noon, post("z", minute=-tick)])
    assert names(store.find("posts")) == ["z", "a", "b", "c", "u"]
    assert names(store.find("posts", newest_first=True)) == ["c", "b", "a", "z", "u"]
    assert names(store.find("posts", newest_first=True, limit=2)) == ["c", "b"]
    assert names(store.find("posts", limit=0)) == []


def test_time_bounds_hold_the_start_and_not_the_end(store: Store) -> None:
    store.upsert("posts", [post(str(minute), minute=minute) for minute in range(5)] + [post("undated", minute=None)])
    since, until = NOON + timedelta(minutes=1), NOON + timedelta(minutes=3)
    assert names(store.find("posts", since=since, until=until)) == ["1", "2"]
    elsewhere = since.astimezone(timezone(timedelta(hours=5)))
    assert names(store.find("posts", since=elsewhere)) == ["1", "2", "3", "4"]


@given(times=st.lists(st.datetimes(timezones=st.just(UTC)), min_size=1, max_size=20))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_time_comes_back_exact_and_in_order(store: Store, times: list[datetime]) -> None:
    store.delete("posts", names(store.find("posts")))
    with_times = [Document(id=str(place), body=b"{}", at=at) for place, at in enumerate(times)]
    store.upsert("posts", with_times)
    expected = sorted(with_times, key=lambda document: (document.at or NOON, document.id))
    assert list(store.find("posts")) == expected


def test_a_time_without_zone_is_refused_and_nothing_is_written(store: Store) -> None:
    naive = Document(id="b", body=b"{}", at=datetime(2026, 1, 1))  # noqa: DTZ001 this is what is tested
    with pytest.raises(ValueError, match="no zone"):
        store.upsert("posts", [post("a"), naive])
    assert store.count("posts") == 0


def test_find_by_fields(store: Store) -> None:
    store.upsert(
        "posts",
        [
            post("a", body=b'{"source":"x","weight":3,"declared":true}'),
            post("b", body=b'{"source":"x","weight":412,"declared":false}'),
            post("c", body=b'{"source":"\\u00e9","weight":null}'),
        ],
    )
    assert names(store.find("posts", where={"source": "x"})) == ["a", "b"]
    assert names(store.find("posts", where={"source": "x", "weight": 412})) == ["b"]
    assert names(store.find("posts", where={"declared": True})) == ["a"]
    assert names(store.find("posts", where={"declared": None})) == ["c"]
    assert names(store.find("posts", where={"weight": None, "source": "é"})) == ["c"]
    assert store.count("posts", where={"source": "' OR 1=1 --"}) == 0
    assert store.count("posts", where={"source": "\ud800"}) == 0


def test_find_streams_over_many_pages_while_the_reader_writes(store: Store) -> None:
    store.upsert("posts", [post(f"{number:05}", minute=number // 700, body=b'{"weight":1}') for number in range(2_100)])
    seen: list[Document] = []
    for document in store.find("posts", where={"weight": 1}):
        seen.append(Document(id=document.id, at=document.at, body=b'{"weight":1,"source":"seen"}'))
        if len(seen) % 35 == 0:
            store.upsert("posts", seen[-35:])
    assert names(seen) == [f"{number:05}" for number in range(2_100)]
    assert store.count("posts", where={"source": "seen"}) == 2_100


def test_delete_removes_the_document_from_everything(store: Store) -> None:
    store.upsert("posts", [post("a", body=b'{"source":"x"}', text="vote"), post("b", text="vote")])
    assert store.delete("posts", ["a", "nobody"]) == 1
    assert store.delete("posts", ["a"]) == 0
    assert names(store.find("posts")) == ["b"]
    assert names(store.search("posts", "vote")) == ["b"]
    assert store.count("posts", where={"source": "x"}) == 0


def test_collections_are_apart(store: Store) -> None:
    store.upsert("posts", [post("a")])
    store.upsert("letters", [post("a", body=b'{"docket":"d"}')])
    store.delete("posts", ["a"])
    assert names(store.find("letters", where={"docket": "d"})) == ["a"]


def test_unknown_names_say_which_exist(store: Store) -> None:
    with pytest.raises(StoreError, match=r"no collection 'post'; there are: letters, posts"):
        store.find("post")
    with pytest.raises(StoreError, match=r"no field .*'sauce'; there are: declared, source, weight"):
        store.count("posts", where={"sauce": "x"})
    with pytest.raises(StoreError, match=r"no searchable collection 'letters'; there are: posts"):
        store.search("letters", "x")


def test_any_string_is_data(store: Store) -> None:
    strange = [post(f"id{text}", text=text) for text in HOSTILE]
    assert store.upsert("posts", strange) == len(strange)
    assert store.get("posts", [document.id for document in strange]) == strange
    assert names(store.find("posts")) == sorted(document.id for document in strange)
    assert store.upsert("posts", strange) == 0
    assert store.delete("posts", [document.id for document in strange]) == len(strange)


def test_a_body_that_is_no_json_is_refused_whole(store: Store) -> None:
    with pytest.raises(StoreError, match="JSON"):
        store.upsert("posts", [post("a"), post("b", body=b"{")])
    assert store.count("posts") == 0


def test_a_collection_made_again_keeps_its_documents_and_gains_fields(store: Store) -> None:
    store.upsert("letters", [post("a", body=b'{"docket":"d","organisation":"o"}', text="wind farm")])
    store.create([POSTS, Collection(name="letters", fields=("organisation",), searchable=True)])
    assert names(store.find("letters", where={"docket": "d", "organisation": "o"})) == ["a"]
    assert names(store.search("letters", "wind")) == ["a"]


def test_what_was_written_is_there_when_opened_again(factory: Factory, tmp_path: Path) -> None:
    first = factory(tmp_path)
    first.create([POSTS])
    first.upsert("posts", [post("a", text="vote")])
    first.close()
    second = factory(tmp_path)
    assert names(second.search("posts", "vote")) == ["a"]
    second.close()
