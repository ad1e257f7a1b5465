"""What could not be judged, and what was bounded."""

from collections.abc import Iterator, Sequence

import numpy as np

from analysis.sharing.clocks import skewed
from analysis.sharing.columns import UNKNOWN, Shares
from analysis.sharing.networks import Tier, moments_differ
from analysis.sharing.significance import LEAST_ACTIVITY
from analysis.sharing.strata import LEAST_SLOTS

_FEW_READERS = 20


def reservations(shares: Shares, tiers: Sequence[Tier], *, window_seconds: float, cap: int) -> tuple[str, ...]:
    """Sentences for the reader, what was left out on reading first."""
    return (*shares.notes, *_too_little(shares, tiers, window_seconds), *_bounded(tiers, cap), *skewed(shares))


def _too_little(shares: Shares, tiers: Sequence[Tier], window_seconds: float) -> Iterator[str]:
    if not len(shares):
        yield "No message shares a thing at a known moment: nothing could be judged."
        return
    if len(shares.accounts) == 1:
        yield "One account alone shares anything: nothing could be judged."
    if len(shares.things) == 1:
        yield "Only one thing is shared: whether accounts share together again and again could not be judged."
    if not moments_differ(shares, window_seconds):
        yield "All shares lie within one window, or most in one second: their moments say nothing; nothing was judged."
    elif len(shares.accounts) > 1 and not any(tier.test.tested for tier in tiers):
        yield f"No two accounts share {LEAST_ACTIVITY} things and more: nothing could be judged."
    yield from _small(tiers)
    few = _seldom_shared(shares)
    if few:
        sources, those = ("source is", "it") if few == 1 else ("sources are", "these")
        yield (
            f"{few:,} {sources} shared by fewer than {_FEW_READERS} accounts: whether accounts that share only {those} "
            f"act together or read the same source could not be judged."
        )


def _small(tiers: Sequence[Tier]) -> Iterator[str]:
    for tier in tiers:
        count = len(tier.test.slots)
        if tier.test.tested and count < LEAST_SLOTS:
            kind = "known" if tier.source_known else "unknown"
            yield (
                f"Only {count:,} shares of things of {kind} source: what chance gives is hard to tell from so few, and "
                f"accounts that share little beside what they share together could not be judged."
            )


def _seldom_shared(shares: Shares) -> int:
    known = shares.source != UNKNOWN
    pairs = np.unique(shares.source[known] * len(shares.accounts) + shares.account[known])
    readers = np.bincount(pairs // max(len(shares.accounts), 1)) if len(pairs) else np.zeros(0, np.int64)
    return int(((readers > 1) & (readers < _FEW_READERS)).sum())


def _bounded(tiers: Sequence[Tier], cap: int) -> Iterator[str]:
    for tier in tiers:
        slots = tier.test.slots
        capped = int(slots.capped.sum())
        if capped:
            things = len(np.unique(slots.thing[slots.capped]))
            often = np.bincount(slots.account[slots.capped])
            yield (
                f"{capped:,} shares of {things:,} thing{'s' * (things > 1)} were followed by more than {cap} others "
                f"within the window and were not paired with these, in the data as by chance; "
                f"{int((often > 1).sum()):,} accounts made two of them and more, and what they share apart from these "
                f"was judged."
            )
