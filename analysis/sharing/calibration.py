"""Calibration on the user's own data: is p uniform, and are there false ties, where only chance is at work?

Within the strata of each null the accounts of the slots are permuted, which takes coordination out and leaves each
account's activity, each thing's popularity and moments, and the rhythm (or the sources) as they are. On the permuted
data p must be uniform and ties must not stand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import msgspec
import numpy as np
from numpy.typing import NDArray

from analysis.finding import Finding
from analysis.sharing.columns import Shares
from analysis.sharing.networks import known_and_unknown, moments_differ
from analysis.sharing.shares import shares
from analysis.sharing.significance import tested
from analysis.sharing.slots import Slots, slots
from analysis.sharing.strata import Strata, by_source, by_time
from analysis.sharing.uniformity import Uniformity, p_values, uniformity, watched
from ingest import Message

_REPAIRS = 20
_NAMES = {True: "things of known source", False: "things of unknown source"}


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """What permuted data gave: `uniformity` by null, `false_ties` in each run of the whole test, at `q_max`.

    `permutations` is how often each null was permuted. `notes` say what could not be calibrated.
    """

    permutations: int
    window_seconds: float
    q_max: float
    uniformity: tuple[Uniformity, ...]
    false_ties: tuple[int, ...]
    notes: tuple[str, ...] = ()

    def words(self) -> tuple[str, ...]:
        """The outcome in sentences."""
        return tuple(_words(self))


def calibrate(
    messages: Sequence[Message],
    families: Sequence[Finding],
    *,
    window_seconds: float = 60.0,
    permutations: int = 10,
    seed: int = 0,
    q_max: float = 0.01,
    cap: int = 200,
) -> Calibration:
    """Permute the times within strata so often for each null, and look at p and at the ties that stand."""
    given = shares(messages, families, window_seconds=window_seconds)
    return calibrated(given, window_seconds=window_seconds, permutations=permutations, seed=seed, q_max=q_max, cap=cap)


def calibrated(
    given: Shares, *, window_seconds: float, permutations: int, seed: int, q_max: float, cap: int
) -> Calibration:
    """The same for shares that are columns already."""
    rng = np.random.default_rng(seed)
    spread: list[Uniformity] = []
    false_ties: list[int] = []
    notes = list(given.notes)
    usable = moments_differ(given, window_seconds)
    for source_known, rows in known_and_unknown(given) if usable else ():
        origin = slots(given, rows, window_seconds=window_seconds, cap=cap)
        for name, null in (("rhythm", by_time(origin)), ("common source", by_source(origin))):
            pairs = watched(origin, null)
            p = []
            for _ in range(permutations):
                permuted = _with_accounts(given, origin, permuted_accounts(origin, null, rng))
                every = np.arange(len(permuted))
                p.append(p_values(slots(permuted, every, window_seconds=window_seconds, cap=cap), pairs, rng))
                test = tested(permuted, every, window_seconds=window_seconds, q_max=q_max, cap=cap)
                false_ties.append(len(test.edges))
            title = f"{name}, {_NAMES[source_known]}"
            if len(pairs.left):
                spread.append(uniformity(title, np.concatenate(p)))
            else:
                notes.append(f"No pair of accounts expects enough co-shares to see its p spread: {title}.")
    if not usable:
        notes.append("The moments of these shares say nothing: there is nothing to permute.")
    return Calibration(
        permutations=permutations,
        window_seconds=window_seconds,
        q_max=q_max,
        uniformity=tuple(spread),
        false_ties=tuple(false_ties),
        notes=tuple(notes),
    )


def permuted_accounts(slots: Slots, null: Strata, rng: np.random.Generator) -> NDArray[np.int64]:
    """The accounts of the slots permuted within strata, so that no account has the same thing twice.

    Where that fails, slots change places with others of their stratum; the very few left over after twenty rounds stay.
    """
    order = np.argsort(null.stratum, kind="stable")
    account = np.empty(len(slots), np.int64)
    account[order] = slots.account[np.lexsort((rng.random(len(slots)), null.stratum))]
    size = np.bincount(null.stratum)
    first = np.cumsum(size) - size
    for _ in range(_REPAIRS):
        twice = _repeated(slots.thing * slots.accounts + account)
        if not len(twice):
            break
        stratum = null.stratum[twice]
        others = order[first[stratum] + (rng.random(len(twice)) * size[stratum]).astype(np.int64)]
        for one, other in zip(twice.tolist(), others.tolist(), strict=True):
            account[one], account[other] = account[other], account[one]
    return account


def _repeated(key: NDArray[np.int64]) -> NDArray[np.int64]:
    """Places whose key stands earlier already."""
    order = np.argsort(key, kind="stable")
    return np.asarray(order[1:][key[order[1:]] == key[order[:-1]]], dtype=np.int64)


def _with_accounts(given: Shares, origin: Slots, account: NDArray[np.int64]) -> Shares:
    """The shares of these slots by other accounts, each a message of its own."""
    order = np.lexsort((account, origin.seconds, origin.thing))
    at = origin.row[order]
    return replace(
        given,
        account=account[order],
        thing=given.thing[at],
        seconds=given.seconds[at],
        source=given.source[at],
        message=np.arange(len(at)),
        platform=given.platform[at],
        messages=[str(number) for number in range(len(at))],
    )


def _words(found: Calibration) -> Iterator[str]:
    runs = len(found.false_ties)
    if runs:
        some = sum(count > 0 for count in found.false_ties)
        yield (
            f"In {runs} runs on permuted data {some} gave any tie at q <= {found.q_max:g}, "
            f"{sum(found.false_ties)} ties in all."
        )
    for one in found.uniformity:
        tails = ", ".join(f"{observed:.2g} at {nominal:g}" for nominal, observed in one.tails)
        yield f"{one.null}: p at or below its nominal share: {tails}; KS distance {one.ks:.3f} over {one.pairs:,} p."
    yield from found.notes
