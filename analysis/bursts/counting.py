"""Two counts by chance, from scipy.special alone: scipy.stats takes a second to load."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, gammaln

Floats = NDArray[np.float64]


def hypergeometric_tail(least: int, population: int, marked: int, drawn: int) -> float:
    """The probability of `least` marked ones or more among so many drawn from the population."""
    hits = np.arange(least, min(marked, drawn) + 1)
    ways = _log_choose(marked, hits) + _log_choose(population - marked, drawn - hits)
    return min(1.0, float(np.exp(ways - _log_choose(population, drawn)).sum()))


def beta_binomial(count: int, a: float, b: float) -> Floats:
    """The probabilities of 0 to `count` hits where the chance of a hit is drawn once from Beta(a, b)."""
    hits = np.arange(count + 1)
    return np.asarray(np.exp(_log_choose(count, hits) + betaln(a + hits, b + count - hits) - betaln(a, b)))


def _log_choose(total: int, taken: Floats | NDArray[np.int64] | int) -> Floats:
    """The logarithm of the number of ways; minus infinity where there are none."""
    taken = np.asarray(taken)
    with np.errstate(invalid="ignore"):
        ways = gammaln(total + 1) - gammaln(taken + 1) - gammaln(total - taken + 1)
    return np.where((taken < 0) | (taken > total), -np.inf, ways)
