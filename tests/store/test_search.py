"""Search: the words are data, whatever they look like."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store import Store
from tests.store.members import names, post

SYNTAX = [
    '"',
    '""',
    "a OR b",
    "NOT vote",
    "vote*",
    "text:vote",
    "(",
    "^vote",
    "a NEAR/2 b",
    "-",
    "\0",
    "\ud800",
    "{x}:",
]


def test_all_words_must_be_there_whatever_their_case_and_accents(store: Store) -> None:
    store.upsert("posts", [post("a", text="Één stem telt"), post("b", text="een stem"), post("c", text="geen woord")])
    assert set(names(store.search("posts", "EEN stem"))) == {"a", "b"}
    assert names(store.search("posts", "stém telt")) == ["a"]
    assert store.search("posts", "") == []
    assert store.search("posts", "*** --") == []


def test_the_best_comes_first_and_ties_go_by_id(store: Store) -> None:
    texts = {
        "c": "dike dike dike",
        "b": "the dike and the river and the town",
        "a": "the dike and the river and the town",
    }
    store.upsert("posts", [post(name, text=text) for name, text in texts.items()])
    assert names(store.search("posts", "dike")) == ["c", "a", "b"]
    assert names(store.search("posts", "dike", limit=1)) == ["c"]


@pytest.mark.parametrize("words", SYNTAX)
def test_syntax_is_no_syntax(store: Store, words: str) -> None:
    store.upsert("posts", [post("a", text="vote"), post("b", text="a or b near not")])
    assert set(names(store.search("posts", words))) <= {"a", "b"}


def test_operators_are_words(store: Store) -> None:
    store.upsert("posts", [post("a", text="vote"), post("b", text="vote or not")])
    assert names(store.search("posts", "vote OR nothing")) == []
    assert names(store.search("posts", "vote NOT")) == ["b"]


def test_very_many_words_are_no_error(store: Store) -> None:
    store.upsert("posts", [post("a", text="vote")])
    assert names(store.search("posts", "vote " * 10_000)) == ["a"]


@given(words=st.text(max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_at_all(store: Store, words: str) -> None:
    store.upsert("posts", [post("a", text=words)])
    assert set(names(store.search("posts", words))) <= {"a"}
