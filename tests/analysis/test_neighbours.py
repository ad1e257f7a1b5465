"""Nearest neighbours: exact and approximate agree."""

import numpy as np
import pytest

from analysis.families.neighbours import nearest
from tests.analysis.samples import unit


@pytest.mark.parametrize("width", [64, 512])
def test_approximate_neighbours_are_nearly_always_the_exact_ones(width: int) -> None:
    rng = np.random.default_rng(4)
    centres = rng.normal(size=(60, width))
    vectors = unit(centres[rng.integers(0, 60, 3_000)] + 0.7 * rng.normal(size=(3_000, width)))
    exact, cosine = nearest(vectors, 15)
    near, close = nearest(vectors, 15, exact_up_to=0)
    held = [len(set(a) & set(b)) / 15 for a, b in zip(exact.tolist(), near.tolist(), strict=True)]
    assert np.mean(held) >= 0.95
    for ids, cosines in ((exact, cosine), (near, close)):
        assert (ids != np.arange(len(vectors))[:, None]).all()
        assert (np.diff(cosines, axis=1) <= 0).all()
        assert np.allclose(cosines[:50, 0], np.einsum("ij,ij->i", vectors[:50], vectors[ids[:50, 0]]), atol=1e-3)


@pytest.mark.parametrize("approximate", [False, True])
@pytest.mark.parametrize("n", [0, 1, 2, 3])
def test_few_vectors_leave_the_rest_open(n: int, approximate: bool) -> None:
    vectors = unit(np.random.default_rng(1).normal(size=(n, 8)))
    near, cosine = nearest(vectors, 5, exact_up_to=0 if approximate else 100)
    assert near.shape == cosine.shape == (n, 5)
    assert (near >= 0).sum() == n * max(n - 1, 0)
    assert ((near < 0) == (cosine == -1)).all()


@pytest.mark.parametrize("approximate", [False, True])
def test_equal_vectors_are_each_others_neighbours(approximate: bool) -> None:
    vectors = unit(np.repeat(np.random.default_rng(1).normal(size=(4, 32)), 50, axis=0))
    near, cosine = nearest(vectors, 20, exact_up_to=0 if approximate else 10_000)
    assert (near // 50 == np.arange(200)[:, None] // 50).all()
    assert np.allclose(cosine, 1, atol=1e-3)
