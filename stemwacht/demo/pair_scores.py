"""How well do two labellings of the same messages agree?"""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from math import comb


def pair_scores(truth: Sequence[Hashable | None], predicted: Sequence[Hashable | None]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of messages with the same label; None stands for no group at all.

    Counted from contingency tables. Without any predicted pair precision is 1, without any true pair recall is 1.
    ValueError when the two lists differ in length.
    """
    if len(truth) != len(predicted):
        raise ValueError(f"{len(truth)} true labels but {len(predicted)} predicted ones: give one of each per message")
    both = _pairs(pair for pair in zip(truth, predicted, strict=True) if None not in pair)
    right, made = _pairs(x for x in truth if x is not None), _pairs(x for x in predicted if x is not None)
    precision, recall = (both / made if made else 1.0), (both / right if right else 1.0)
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def _pairs(labels: Iterable[Hashable]) -> int:
    return sum(comb(count, 2) for count in Counter(labels).values())
