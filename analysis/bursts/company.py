"""How late an account comments, given the post and the company.

Posts differ: one is answered within a minute by all, another hours later. So a comment's time is held against the mean
of the others on its post, and that mean is corrected by how late those others are by habit: among quick commenters an
ordinary one is no laggard. Habits are worked out for all accounts at once by iteration, as in the additive model of two
ways, account and post.
"""

import numpy as np
from numpy.typing import NDArray

# Seconds within which sooner hardly counts as quicker.
_AT_ONCE = 5.0
_ROUNDS = 30
# Comments of average lateness added to each account's own: one seen once or twice says little of the company.
_PRIOR = 2.0
# Equal times stay equal whatever the order in which sums were taken.
_DIGITS = 9


def lateness(latency: NDArray[np.int64], post: NDArray[np.int64], account: NDArray[np.int64]) -> NDArray[np.float64]:
    """Of each comment how late it is (natural log of seconds), 0 being an average account among average others.

    `latency` are seconds after the post. An account has one comment a post, a post at least two.
    """
    if not len(post):
        return np.zeros(0)
    _, post, comments = np.unique(post, return_inverse=True, return_counts=True)
    _, account, given = np.unique(account, return_inverse=True, return_counts=True)

    def others(value: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray((np.bincount(post, value)[post] - value) / (comments[post] - 1), dtype=np.float64)

    seconds = np.log(_AT_ONCE + latency)
    against = seconds - others(seconds)
    habit = np.zeros(len(given))
    for _ in range(_ROUNDS):
        habit = np.bincount(account, against + others(habit[account])) / (given + _PRIOR)
    return np.asarray(np.round(against + others(habit[account]), _DIGITS), dtype=np.float64)
