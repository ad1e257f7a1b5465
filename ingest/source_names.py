"""Names for sources: as short as they can be while each is another."""

from collections import Counter
from collections.abc import Sequence


def distinct(options: Sequence[tuple[str, ...]]) -> list[str]:
    """One name for each, from its options, the shortest first; a number behind it where all of them are taken.

    A name depends only on those that would be the same, so that another file in a folder renames nothing.
    """
    names = [one[0] for one in options]
    for level in range(1, max(map(len, options), default=1)):
        counts = Counter(names)
        names = [
            one[min(level, len(one) - 1)] if counts[name] > 1 else name
            for name, one in zip(names, options, strict=True)
        ]
    seen: Counter[str] = Counter()
    numbered = []
    for name in names:
        seen[name] += 1
        numbered.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return numbered
