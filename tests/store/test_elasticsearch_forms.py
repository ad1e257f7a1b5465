"""Ids, names, texts and bodies in the form that the server takes, and back: needs no server."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store import Document, StoreError
from store.elasticsearch import names
from store.elasticsearch.identifiers import from_term, identity_term, to_key, to_term
from store.elasticsearch.key_text import from_rows, to_row, words
from store.elasticsearch.named_shape import NamedShape, Naming
from store.elasticsearch.shape import joined
from store.elasticsearch.texts import folded, words_asked
from store.elasticsearch.whole_shape import WholeShape

ANY_TEXT = st.text(
    st.characters(categories=None, exclude_characters=()) | st.sampled_from("\ud800\udfff\ue000\uffff\0")
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=8,
)
ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 25, tzinfo=UTC)


@given(ANY_TEXT, ANY_TEXT)
def test_ids_come_back_and_sort_as_they_do(one: str, other: str) -> None:
    assert from_term(to_term(one)) == one
    assert (to_term(one).encode() < to_term(other).encode()) == (one < other)
    assert (to_key(one) == to_key(other)) == (one == other)


@given(st.text(max_size=2_000))
def test_every_key_is_one_that_the_server_takes(identity: str) -> None:
    assert 0 < len(to_key(identity).encode()) <= 512


def test_an_id_beyond_all_bounds_is_refused() -> None:
    with pytest.raises(StoreError, match="at most 32,000 bytes"):
        identity_term("x" * 40_000)


@given(st.lists(st.integers(0, 2**64 - 1), max_size=20))
def test_keys_are_words_of_one_length_and_rows_come_back(keys: list[int]) -> None:
    row = np.array(keys, np.uint64)
    assert {len(word) for word in words(row)} <= {11}
    assert len(set(words(row))) == len(set(keys))
    back, owner = from_rows([to_row(row), b"", to_row(row[:1])])
    assert back.tolist() == keys + keys[:1]
    assert owner.tolist() == [0] * len(keys) + [2] * len(keys[:1])


@given(JSON, ANY_TEXT | st.none(), st.booleans())
def test_a_body_without_a_template_comes_back_to_the_byte(body: object, text: str | None, pretty: bool) -> None:
    shape = WholeShape(("weight", "source"))
    written = json.dumps(body, indent=1 if pretty else None).encode()
    document = Document(id="a", body=written, at=NOW, text=text)
    source = shape.source(document)
    back = shape.document(msgspec.json.decode(joined(source), type=dict[str, msgspec.Raw]))
    assert b"\n" not in joined(source)
    assert json.loads(back.body) == json.loads(written)
    assert pretty or back == document


@given(
    st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), JSON.filter(lambda v: "\\ud" not in json.dumps(v)))
)
def test_a_body_with_a_template_comes_back_in_its_order(body: dict[str, object]) -> None:
    names_there = {"author": "user.hash", "at": "event.start", "a": "@timestamp"}
    naming = Naming(names=names_there, constants={"event.kind": "event"}, written="event.ingested")
    shape = NamedShape(naming, {})
    document = Document(id="a", body=msgspec.json.encode(body), at=NOW)
    back = shape.document(msgspec.json.decode(joined(shape.source(document)), type=dict[str, msgspec.Raw]))
    assert back == document


@pytest.mark.parametrize("body", [b"{", b"", b"nope", b"NaN", b'{"a":NaN}', b"{} x", b'{"a":"\xff"}', b"'a'"])
def test_what_is_no_json_is_refused(body: bytes) -> None:
    for shape in (WholeShape(()), NamedShape(Naming(names={}), {})):
        with pytest.raises(StoreError, match=r"a body is not .*JSON"):
            shape.source(Document(id="a", body=body))


def test_a_text_that_is_not_that_of_the_body_is_refused() -> None:
    shape = NamedShape(Naming(names={"text": "message"}, text="text"), {})
    assert shape.document(shape.source(Document(id="a", body=b'{"text":"x"}', text="x"))).text == "x"
    for body in (b'{"text":"y"}', b"{}"):
        with pytest.raises(StoreError, match="its text is not the field 'text' of its body"):
            shape.source(Document(id="a", body=body, text="x"))


def test_derived_values_come_from_the_body_and_do_not_come_back() -> None:
    recipes = {
        "stemwacht.accounts": {"take": "count", "of": ["network.accounts", "burst.accounts"]},
        "stemwacht.spoken": {"take": "names", "of": ["languages"]},
        "event.dataset": {"take": "value", "of": ["where.source"]},
    }
    shape = NamedShape(msgspec.convert({"names": {}, "derived": recipes}, Naming), {})
    body = b'{"network":null,"burst":{"accounts":["p_1","p_2"]},"languages":[["nl",3],["en",1]],"where":{}}'
    source = shape.source(Document(id="a", body=body))
    values = {path: msgspec.json.decode(value) for path, value in source.items() if path in recipes}
    assert values == {"stemwacht.accounts": 2, "stemwacht.spoken": ["nl", "en"]}
    assert shape.document(source).body == body


@pytest.mark.parametrize(
    ("text", "words_there"),
    [
        ("Één DIJK", "een dijk"),
        ("Straße", "strasse"),
        ("ﬁets", "fiets"),
        ("한국어", "한국어"),
        ("İstanbul", "istanbul"),
    ],
)
def test_case_and_accents_are_folded(text: str, words_there: str) -> None:
    assert folded(text) == words_there


def test_a_question_is_bounded() -> None:
    assert words_asked("vote " * 10_000) == "vote"
    assert len(words_asked(" ".join(map(str, range(10_000))))) <= 2_000


@given(st.lists(ANY_TEXT, unique=True, max_size=5))
def test_names_of_indices_are_safe_and_apart(given: list[str]) -> None:
    safe = [names.safe(name) for name in given]
    assert len(set(safe)) == len(given)
    for name in safe:
        assert name == name.lower()
        assert len(f"p-vectors-{name}-v1".encode()) < 255
        assert not set(name) & set('\\/*?"<>| ,#:')


def test_names_of_embedders_are_readable_in_their_indices() -> None:
    assert names.safe("vectors:use").startswith("vectors_use-")
    assert names.safe("bands") == "bands"


@pytest.mark.parametrize(
    ("index", "end"),
    [
        ("p-messages-v1-2026.11", datetime(2026, 12, 1, tzinfo=UTC)),
        ("p-messages-v1-2026.12", datetime(2027, 1, 1, tzinfo=UTC)),
        ("p-messages-v1-2026.12.31", datetime(2027, 1, 1, tzinfo=UTC)),
        ("p-messages-v1-undated", None),
        ("p-alerts-v1", None),
    ],
)
def test_when_the_period_of_an_index_ends(index: str, end: datetime | None) -> None:
    assert names.end_of(index) == end
    assert names.version_of(index) == 1


def test_without_the_client_the_error_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['elasticsearch'] = sys.modules['elastic_transport'] = None\n"
        "import store, es_mappings\n"
        "from store.elasticsearch import ElasticsearchOptions, ElasticsearchStore\n"
        "try: ElasticsearchStore(ElasticsearchOptions())\n"
        "except store.StoreError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "pip install stemwacht[elasticsearch]" in done.stdout


def test_the_store_alone_loads_nothing_of_elasticsearch() -> None:
    code = "import sys, store; print([name for name in sys.modules if name.startswith(('elastic', 'store.elastic'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
