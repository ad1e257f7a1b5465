"""From p to q when only the small p were worked out: the others count as tested, with p = 1."""

import numpy as np
from numpy.typing import NDArray

LEAST_P = 1e-15


def false_discovery(p: NDArray[np.float64], tested: int) -> NDArray[np.float64]:
    """q by Benjamini and Hochberg (1995) of these p among `tested` hypotheses, those not given having p = 1."""
    order = np.argsort(-p, kind="stable")
    ranks = np.arange(len(p), 0, -1)
    steps = np.minimum.accumulate(np.minimum(p[order] * tested / ranks, 1.0))
    q = np.empty(len(p))
    q[order] = steps
    return q
