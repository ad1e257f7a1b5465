"""What the last weeks let one expect: the tail of a beta-binomial whose over-dispersion is not known but weighed.

Waking accounts among the active ones vary more than a coin would: news wakes people. The mean share comes from the
weeks before. The over-dispersion is given as the squared coefficient of variation of that share between blocks; every
value of a grid is weighed by how well it explains the weeks before, and the tail is the weighted mean: what is not
known widens it. The mean's own uncertainty, one by the wakes seen, is added to each.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, gammaln

from analysis.bursts.significance import LEAST_P

_SQUARED_VARIATION = np.array([0.0, 0.03, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4])
_LEAST_VARIATION = 1e-4
# A Beta with both parameters below this stands for "all of them or none": the share never varies more than so.
_LEAST_PRECISION = 0.5


def tails(
    woken: NDArray[np.int64],
    active: NDArray[np.int64],
    mean: NDArray[np.float64],
    past_woken: NDArray[np.int64],
    past_active: NDArray[np.int64],
    past_mean: NDArray[np.float64],
) -> NDArray[np.float64]:
    """The probability of at least `woken` among `active` in each block, after the past blocks; `mean` are shares."""
    weights = _weights(past_woken, past_active, past_mean)
    unsure = 1.0 / max(int(past_woken.sum()), 1)
    beyond = np.array([_tail(woken, active, mean, variation + unsure) for variation in _SQUARED_VARIATION])
    return np.asarray(np.clip(weights @ beyond, LEAST_P, 1.0), dtype=np.float64)


def _weights(woken: NDArray[np.int64], active: NDArray[np.int64], mean: NDArray[np.float64]) -> NDArray[np.float64]:
    """How well each over-dispersion explains the blocks, as weights that add to one."""
    log = np.array([_log_mass(woken, active, mean, variation).sum() for variation in _SQUARED_VARIATION])
    weight = np.exp(log - log.max())
    return np.asarray(weight / weight.sum(), dtype=np.float64)


def _log_mass(
    woken: NDArray[np.int64], active: NDArray[np.int64], mean: NDArray[np.float64], variation: float
) -> NDArray[np.float64]:
    a, b = _beta(mean, variation)
    choose = gammaln(active + 1) - gammaln(woken + 1) - gammaln(active - woken + 1)
    return np.asarray(choose + betaln(a + woken, b + active - woken) - betaln(a, b), dtype=np.float64)


def _beta(mean: NDArray[np.float64], variation: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Parameters of the Beta with this mean and squared coefficient of variation."""
    precision = np.maximum((1 - mean) / (mean * max(variation, _LEAST_VARIATION)) - 1, _LEAST_PRECISION)
    return mean * precision, (1 - mean) * precision


def _tail(
    woken: NDArray[np.int64], active: NDArray[np.int64], mean: NDArray[np.float64], variation: float
) -> NDArray[np.float64]:
    """One less the mass below `woken`; the blocks that are asked about are few."""
    result = np.ones(len(woken))
    for at, (count, size) in enumerate(zip(woken, active, strict=True)):
        below = np.arange(count)
        mass = _log_mass(below, np.full(count, size), np.full(count, mean[at]), variation)
        result[at] = 1.0 - np.exp(mass).sum()
    return result
