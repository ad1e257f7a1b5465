"""How surprising it is that another letter shares wording with a sentence, and with several sentences of a letter.

For a sentence let T(w) be the probability that an independent letter holds w or any rarer shingle of the sentence
(after Hunter's bound on a union, 1976: neighbouring shingles overlap, so what two neighbours share is counted once; the
smaller of their probabilities stands in for what they share, which is exact where the rarer one implies the other).
The rarest shared shingle w gives the sentence -ln T(w) nats. Sentences add up, and Chernoff's bound over the letter
turns the sum x into a probability: P(sum >= x) <= min over t of exp(-t x) * prod of E[exp(t X)], where a sentence's X
is 0 with the probability that nothing is shared. Assumed is that an independent writer's sentences do not foretell each
other; simulated independent letters stay below the bound (tests/analysis).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.families.membership import Membership
from analysis.families.overlap import chunks
from analysis.families.positions import Positions
from analysis.wordings import SHINGLE_BITS, ranges

_TILTS = np.array([0.3, 0.5, 0.65, 0.8, 0.9, 0.96])
_CHUNK = 4_000_000


@dataclass(frozen=True)
class Evidence:
    """`nats` per position (0 for letters not looked at); `log_moments` per wording and tilt; words beside the mean."""

    positions: Positions
    nats: NDArray[np.float32]
    log_moments: NDArray[np.float64]
    length_nats: NDArray[np.float64]


def sentence_evidence(positions: Positions, share: NDArray[np.float64], letters: NDArray[np.int64]) -> Evidence:
    """Evidence for these letters, where `share` is the share of independent letters that hold each shingle."""
    nats = np.zeros(len(positions.hashes), np.float32)
    moments = np.zeros((len(positions.starts), len(_TILTS)))
    for part in chunks(positions.counts[letters], _CHUNK):
        _fill(positions, share, letters[part], nats, moments)
    mean = positions.counts[positions.letters].mean() if len(positions.letters) else 1.0
    # A letter of twice the length shares twice as much by chance, in every sentence.
    length_nats = np.log(np.maximum(positions.counts / max(mean, 1.0), 1.0))
    return Evidence(positions, nats, moments, length_nats)


def _fill(
    positions: Positions,
    share: NDArray[np.float64],
    letters: NDArray[np.int64],
    nats: NDArray[np.float32],
    moments: NDArray[np.float64],
) -> None:
    at = ranges(positions.starts[letters], positions.counts[letters])
    if not len(at):
        return
    owner, sentence, p = positions.owner[at], positions.sentence[at], share[at]
    new = np.concatenate([[True], (owner[1:] != owner[:-1]) | (sentence[1:] != sentence[:-1])])
    group = np.cumsum(new) - 1
    order = _by_group(group, p)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    gain = p.copy()
    earlier = (place[:-1] < place[1:]) & ~new[1:]
    gain[1:] -= np.where(earlier, p[:-1], 0.0)
    later = (place[1:] < place[:-1]) & ~new[1:]
    gain[:-1] -= np.where(later, p[1:], 0.0)
    gain = np.maximum(gain, 0.0)[order]
    first = np.flatnonzero(new)
    total = np.cumsum(gain)
    reached = total - np.repeat(total[first] - gain[first], np.diff(np.concatenate([first, [len(gain)]])))
    reached = np.clip(np.maximum(reached, p[order]), 1e-12, 1.0)
    sorted_nats = -np.log(reached)
    nats[at[order]] = sorted_nats
    step = np.diff(np.concatenate([[0.0], reached]))
    step[first] = reached[first]
    step = np.maximum(step, 0.0)
    last = np.concatenate([first[1:], [len(gain)]]) - 1
    for column, tilt in enumerate(_TILTS):
        moment = np.add.reduceat(step * np.exp(tilt * sorted_nats), first) + 1 - reached[last]
        moments[:, column] += np.bincount(owner[first], weights=np.log(np.maximum(moment, 1.0)), minlength=len(moments))


def _by_group(group: NDArray[np.int64], p: NDArray[np.float64]) -> NDArray[np.int64]:
    """`np.lexsort((p, group))` in a fraction of the time: group, rank of p and place as one number, sorted."""
    values = np.unique(p)
    place_bits, rank_bits = len(p).bit_length(), len(values).bit_length()
    rank = (group << rank_bits) | np.searchsorted(values, p)
    return np.sort((rank << place_bits) | np.arange(len(p))) & ((1 << place_bits) - 1)


def bits(
    held: Membership, evidence: Evidence, left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float64]:
    """-log2 of the bound that an independent letter shares as much with `left` as `right` does, per pair."""
    result = np.zeros(len(left))
    order = np.argsort(right, kind="stable")
    for part in chunks(evidence.positions.counts[left[order]], _CHUNK):
        chosen = order[part]
        result[chosen] = _bits(held, evidence, left[chosen], right[chosen])
    return result


def _bits(
    held: Membership, evidence: Evidence, left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float64]:
    positions = evidence.positions
    counts = positions.counts[left]
    at = ranges(positions.starts[left], counts)
    if not len(at):
        return np.zeros(len(left))
    pair = np.repeat(np.arange(len(left)), counts)
    wanted = positions.hashes[at] | (right[pair].astype(np.uint64) << SHINGLE_BITS)
    gained = np.where(held.holds(wanted), evidence.nats[at] - evidence.length_nats[right][pair], 0.0)
    sentence = positions.sentence[at]
    new = np.flatnonzero(np.concatenate([[True], (pair[1:] != pair[:-1]) | (sentence[1:] != sentence[:-1])]))
    best = np.maximum(np.maximum.reduceat(gained, new), 0.0)
    total = np.bincount(pair[new], weights=best, minlength=len(left))
    bound = (total[:, None] * _TILTS - evidence.log_moments[left]).max(axis=1)
    return np.asarray(np.maximum(bound, 0.0) / np.log(2), dtype=np.float64)
