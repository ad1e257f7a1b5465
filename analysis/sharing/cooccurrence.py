"""The network without a null: pairs that shared the same thing within the window, counted as CooRTweet counts them.

For comparison with CooRTweet 2.1.3 (Righetti and Balluff), rule by rule. It answers how often, never how likely.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.sharing.columns import Shares


@dataclass(frozen=True)
class Cooccurrences:
    """Pairs of accounts (left < right, sorted) and `weight`, the number of pairs of shares between them."""

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    weight: NDArray[np.int64]


def cooccurrence_edges(shares: Shares, *, window_seconds: float, min_participation: int = 2) -> Cooccurrences:
    """The edges of the network of co-occurrence.

    Accounts with fewer than `min_participation` shares are left out. Within a thing every pair of shares by two
    accounts counts that lie `window_seconds` apart or less, repeats included. A pair of shares stays if either account
    has `min_participation` shares in any such pair. Weight counts pairs of shares, not things.
    """
    rows = np.flatnonzero(
        np.bincount(shares.account, minlength=len(shares.accounts))[shares.account] >= min_participation
    )
    earlier, later = _close(shares, rows, window_seconds)
    apart = shares.account[earlier] != shares.account[later]
    earlier, later = earlier[apart], later[apart]
    taking_part = np.unique(np.concatenate([earlier, later]))
    often = np.bincount(shares.account[taking_part], minlength=len(shares.accounts)) >= min_participation
    kept = often[shares.account[earlier]] | often[shares.account[later]]
    one, other = shares.account[earlier[kept]], shares.account[later[kept]]
    key, weight = np.unique(np.minimum(one, other) * len(shares.accounts) + np.maximum(one, other), return_counts=True)
    accounts = max(len(shares.accounts), 1)
    return Cooccurrences(key // accounts, key % accounts, weight)


def _close(
    shares: Shares, rows: NDArray[np.int64], window_seconds: float
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every pair of rows of one thing within the window."""
    thing, seconds = shares.thing[rows], shares.seconds[rows]
    left, step = np.arange(len(rows)), 1
    earlier, later = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    while len(left):
        left = left[left + step < len(rows)]
        near = (thing[left + step] == thing[left]) & (seconds[left + step] - seconds[left] <= window_seconds)
        left = left[near]
        earlier.append(rows[left])
        later.append(rows[left + step])
        step += 1
    return np.concatenate(earlier), np.concatenate(later)
