"""How likely a family is by chance: an expected number of such families among independent writers, and its p and q.

Lexical: under independence the expected number of groups of n among N wordings that are joined by some tree whose
edges have probabilities p_e is at most C(N, n) * n ** (n - 2) * prod(p_e): choose the group, choose the tree (Cayley),
multiply. Semantic: the expected number of groups of n whose median member has its k-th best local ratio beyond r is at
most N / n * F_k(r), F_k being the tail among wordings outside families. Expected counts bound p; Benjamini and
Hochberg (1995) turn p into q over all candidate families.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

_LN2 = float(np.log(2))
LEAST_BACKGROUND = 100
LEAST_SCALE = 0.03
DENSE = 0.2
PRIOR_RANKS = (1, 2, 4, 10)
PRIOR_MEDIAN = (0.12, 0.05, 0.0, -0.05)
PRIOR_NINTH_DECILE = (0.33, 0.2, 0.12, 0.05)
_LEAST_P = 1e-12


def tree_log_expected(wordings: int, members: int, bits: float) -> float:
    """Natural log of the expected number of groups of `members` among `wordings` whose edges have these bits in all."""
    if members < 2:
        return 0.0
    choose = gammaln(wordings + 1) - gammaln(members + 1) - gammaln(max(wordings - members, 0) + 1)
    return float(choose + (members - 2) * np.log(members) - _LN2 * bits)


@dataclass(frozen=True)
class RatioTail:
    """Tail of the k-th best local ratio among independent wordings: exponential beyond `start`, by k - 1."""

    start: NDArray[np.float64]
    share: NDArray[np.float64]
    scale: NDArray[np.float64]

    def beyond(self, ratio: float, k: int) -> float:
        """Probability that an independent wording's k-th best local ratio is at least `ratio`."""
        at = min(k, len(self.start)) - 1
        if ratio <= self.start[at]:
            return 1.0
        return float(self.share[at] * np.exp(-(ratio - self.start[at]) / self.scale[at]))


def ratio_tail(ratios: NDArray[np.float64]) -> RatioTail:
    """The tail of background wordings; `ratios` is (n, k) with each wording's best local ratios, best first.

    Exponential, through the median and the ninth decile, which a few unnoticed families among the background hardly
    move. Where the background is too small, or so dense that it must be families itself, the tail that independent
    citizens' texts show stands in.
    """
    ranks = np.arange(1, ratios.shape[1] + 1)
    middle, high = (np.interp(ranks, PRIOR_RANKS, prior) for prior in (PRIOR_MEDIAN, PRIOR_NINTH_DECILE))
    if len(ratios) >= LEAST_BACKGROUND:
        own_middle, own_high = np.quantile(ratios, [0.5, 0.9], axis=0)
        ordinary = own_middle <= middle + DENSE
        middle, high = np.where(ordinary, own_middle, middle), np.where(ordinary, own_high, high)
    return RatioTail(high, np.full(len(ranks), 0.1), np.maximum((high - middle) / np.log(5), LEAST_SCALE))


def benjamini_hochberg(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """q-values of p-values, in the same order."""
    m = len(p)
    order = np.argsort(p, kind="stable")
    q = np.minimum.accumulate((p[order] * m / np.arange(1, m + 1))[::-1])[::-1]
    result = np.empty(m)
    result[order] = np.minimum(q, 1.0)
    return result


def as_probability(log_expected: float) -> float:
    """An expected count as a bound on p, kept above zero."""
    return float(min(1.0, max(np.exp(min(log_expected, 0.0)), _LEAST_P)))
