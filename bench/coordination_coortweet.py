"""CooRTweet's own example, shares of Russian tweets: its network edge for edge, and what a null leaves of it."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.special import pdtrc

from analysis.sharing import Calibration, Cooccurrences, Shares, Tested, calibrated, cooccurrence_edges, tested
from analysis.sharing.strata import expected
from bench.coordination_table import bare_shares
from bench.section import Options, Section, at_least, at_most, plain
from bench.windows import read_rows

WINDOW = 60.0
_MOST = 1.3
_EDGES = "russian_tweets_coortweet_edges_60s.csv"


def measure(data: Path, options: Options) -> Iterator[Section]:
    """The null switched off, against the reference; then on; then the calibration that a user of these data sees."""
    folder = data / "coordination"
    shares, names = bare_shares(folder / "russian_tweets.csv.gz")
    found = cooccurrence_edges(shares, window_seconds=WINDOW)
    reference = {
        (min(row["from"], row["to"]), max(row["from"], row["to"])): int(row["weight"])
        for row in read_rows(folder / _EDGES)
    }
    yield _null_off(found, names, reference)
    every = np.arange(len(shares))
    yield _null_on(shares, found, tested(shares, every, window_seconds=WINDOW, q_max=0.01, cap=200))
    runs = 2 if options.quick else 10
    yield _calibration(calibrated(shares, window_seconds=WINDOW, permutations=runs, seed=5_000, q_max=0.01, cap=200))


def _null_off(found: Cooccurrences, names: list[str], reference: dict[tuple[str, str], int]) -> Section:
    ours = {
        (names[left], names[right]): weight
        for left, right, weight in zip(found.left.tolist(), found.right.tolist(), found.weight.tolist(), strict=True)
    }
    both = ours.keys() & reference.keys()
    return Section(
        title="Russian tweets, null switched off, beside CooRTweet 2.1.3",
        figures=(
            plain("edges here and in the reference", f"{len(ours):,} and {len(reference):,}"),
            at_least("edge F1", 2 * len(both) / (len(ours) + len(reference)), 0.999, 4),
            at_least(
                "share of common edges of equal weight", np.mean([ours[e] == reference[e] for e in both]), 0.999, 4
            ),
        ),
    )


def _null_on(shares: Shares, found: Cooccurrences, test: Tested) -> Section:
    """Each edge of the reference by the first reason for which it does not stand."""
    activity = np.bincount(test.slots.account, minlength=test.slots.accounts)
    mean = np.maximum(*(expected(null, found.left, found.right) for null in (test.rhythm, test.sources)))
    least = np.minimum(activity[found.left], activity[found.right])
    reasons = Counter(
        "an account with fewer than three things"
        if few < 3
        else "no more than two shares together"
        if weight < 3
        else "three shares and more together, which repeat fewer things or are within chance"
        for few, weight in zip(least.tolist(), found.weight.tolist(), strict=True)
    )
    heaviest = np.argsort(-found.weight, kind="stable")[:3]
    return Section(
        title="Russian tweets, null switched on",
        figures=(
            plain("edges at q <= .01", len(test.edges)),
            plain("pairs of accounts tested", f"{test.tested:,}"),
            plain("sources known", "none: what stood would say that a common source is not excluded"),
        ),
        head=("why an edge of the reference does not stand", "edges"),
        rows=tuple((reason, f"{count:,}") for reason, count in reasons.most_common()),
        notes=tuple(
            f"An edge of weight {found.weight[at]}: {mean[at]:.2f} co-shares expected, "
            f"p at best {pdtrc(found.weight[at] - 1, mean[at]):.1g}."
            for at in heaviest.tolist()
        ),
    )


def _calibration(outcome: Calibration) -> Section:
    return Section(
        title="Russian tweets, accounts permuted",
        figures=(
            at_most(f"ties at q <= .01 in {len(outcome.false_ties)} runs", sum(outcome.false_ties), 0, 0),
            *(
                at_most(f"{one.null}: tail of p at {nominal:g}, times nominal", observed / nominal, _MOST, 2)
                for one in outcome.uniformity
                for nominal, observed in one.tails
            ),
        ),
        notes=outcome.words(),
    )
