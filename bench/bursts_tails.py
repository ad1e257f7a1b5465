"""How often p falls below small levels, as multiples of what it should."""

import numpy as np
from numpy.typing import NDArray

LEVELS = (0.1, 0.01, 0.001)


def tail_ratios(p: NDArray[np.float64]) -> tuple[str, ...]:
    """How many p, and the share below each level as a multiple of the level."""
    return (f"{len(p):,}", *(f"{np.mean(p <= level) / level:.2f}" for level in LEVELS))


def heads() -> tuple[str, ...]:
    """What the levels are called in a table."""
    return tuple(f"tail at {level:g}" for level in LEVELS)
