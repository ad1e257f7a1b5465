"""How likely a community is by chance, however it was chosen.

The p of any set of pairs, chosen after the fact, is bounded by the harmonic mean of p over all pairs that were tested,
taken as if those outside the set gave nothing: e ln(m) m / sum(1/p), valid whatever the dependence (Vovk and Wang 2020)
and for all sets at once (Wilson 2019). q is that of the weakest edge without which the community falls apart.
"""

import math

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import minimum_spanning_tree

from analysis.finding import Chance
from analysis.sharing.communities import Community
from analysis.sharing.significance import Tested
from analysis.sharing.strata import Strata, expected

NULL = (
    "accounts permuted over the moments at which things were shared, within the hour and, in the harder of two tests, "
    "within source and part of the day: each keeps its activity, each thing its popularity"
)
_LEAST_P = 1e-300
_MOST_ACCOUNTS = 1_000


def chance(test: Tested, community: Community, *, window_seconds: float) -> Chance:
    """The co-shares of the community's ties, what all its pairs would have by chance, and how likely that is."""
    return Chance(
        statistic=f"things shared together within {window_seconds:g} seconds, summed over pairs of accounts",
        observed=float(test.edges.shared[community.edges].sum()),
        expected=max(_expected(null, community) for null in (test.rhythm, test.sources)),
        p=community_p(test.edges.p[community.edges], test.tested),
        q=_weakest_q(test, community),
        null=NULL,
    )


def community_p(p: np.ndarray[tuple[int], np.dtype[np.float64]], tests: int) -> float:
    """The bound on the chance that any set of pairs among `tests` looks as these p do."""
    logs = -np.log(p)
    summed = float(logs.max() + np.log(np.exp(logs - logs.max()).sum()))
    penalty = 1 + math.log(max(math.log(tests), 1.0)) if tests > 1 else 0.0
    return float(min(1.0, max(math.exp(min(math.log(max(tests, 1)) + penalty - summed, 0.0)), _LEAST_P)))


def _expected(null: Strata, community: Community) -> float:
    """Over all pairs of the community, tied or not."""
    accounts = community.accounts
    if len(accounts) > _MOST_ACCOUNTS:
        held = null.held[accounts].sum(axis=0)
        return float(held @ null.rate @ held) / 2
    left, right = np.triu_indices(len(accounts), 1)
    return float(expected(null, accounts[left], accounts[right]).sum())


def _weakest_q(test: Tested, community: Community) -> float:
    edges, at = test.edges, community.edges
    ends = np.searchsorted(community.accounts, np.stack([edges.left[at], edges.right[at]]))
    size = len(community.accounts)
    # Ranks stand in for q: a q of 0 would be no edge to the tree.
    order = np.argsort(np.argsort(edges.q[at], kind="stable")) + 1.0
    tree = minimum_spanning_tree(coo_array((order, (ends[0], ends[1])), shape=(size, size)))
    return float(np.sort(edges.q[at])[int(tree.data.max()) - 1])
