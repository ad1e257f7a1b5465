"""The two counts are those of scipy.stats."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom, hypergeom

from analysis.bursts.counting import beta_binomial, hypergeometric_tail


@given(population=st.integers(1, 500), shares=st.tuples(*[st.floats(0, 1)] * 3))
def test_the_hypergeometric_tail(population: int, shares: tuple[float, float, float]) -> None:
    marked, drawn = round(shares[0] * population), round(shares[1] * population)
    least = round(shares[2] * min(marked, drawn))
    expected = hypergeom.sf(least - 1, population, marked, drawn)
    np.testing.assert_allclose(hypergeometric_tail(least, population, marked, drawn), expected, atol=1e-9)


@given(count=st.integers(0, 80), a=st.integers(1, 60), b=st.integers(1, 60))
def test_the_beta_binomial(count: int, a: int, b: int) -> None:
    np.testing.assert_allclose(beta_binomial(count, a, b), betabinom.pmf(np.arange(count + 1), count, a, b), rtol=1e-8)
