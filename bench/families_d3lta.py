"""Copies, rewordings and translations of short documents in ten languages: D3lta's synthetic set.

The linkage of .5, the cosine of .6 and the local ratio of .3 were chosen in trials that looked at this whole set, so
the halves say how steady the figures are rather than how they would be on documents never seen; the set mixed into
independent German contributions puts it before a background that it was not chosen on.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import fmean

from analysis.detectors import families
from bench.families_organic import contributions
from bench.section import Options, Section, at_least, plain
from bench.windows import Said, Vectors, family_of, messages, read_rows, window
from stemwacht.demo import pair_scores

SPLITS = 10
PAIR_BARS = {"pair precision": 0.97, "pair recall": 0.96, "pair F1": 0.97}
DUPLICATE_BARS = {"copy-pasta": 0.995, "rewording": 0.98, "translation": 0.97}
Row = dict[str, str]
Scores = dict[str, float]


def measure(data: Path, options: Options) -> Iterator[Section]:
    """The second halves of ten splits of the families, and the whole set; alone, then mixed into other texts."""
    rows = read_rows(data / "families" / "d3lta_odd.csv")
    others = contributions(data, "german_citizens_cycling")
    vectors = Vectors(options.work)
    try:
        for title, background in (
            ("d3lta_odd alone", []),
            (f"d3lta_odd mixed into {len(others):,} independent German contributions", others),
        ):
            halves = [
                scores(half, predicted(half, background, vectors))
                for half in second_halves(rows, 2 if options.quick else SPLITS)
            ]
            labels = predicted(rows, background, vectors)
            yield _section(title, rows, labels, halves)
    finally:
        vectors.close()


def second_halves(rows: Sequence[Row], splits: int) -> Iterator[list[Row]]:
    """The rows of a random half of the families, once for each split."""
    names = sorted({row["family"] for row in rows})
    for seed in range(splits):
        chosen = set(Random(seed).sample(names, len(names) // 2))
        yield [row for row in rows if row["family"] not in chosen]


def predicted(rows: Sequence[Row], background: Sequence[Said], vectors: Vectors) -> list[str | None]:
    """The family that each row's document is put into."""
    said = [Said(key=row["doc_id"], text=row["text"], language=row["language"]) for row in rows]
    found = messages("d3lta", [*said, *background])
    corpus = window(found)
    family = family_of(families.detect(corpus, vectors.of(corpus)))
    return [family.get(message.id) for message in found[: len(rows)]]


def scores(rows: Sequence[Row], labels: Sequence[str | None]) -> Scores:
    """Pair precision, recall and F1, and by kind of family the share of documents with one mate in their family."""
    pairs = pair_scores([row["family"] for row in rows], labels)
    gold = Counter(row["family"] for row in rows)
    together = Counter((row["family"], label) for row, label in zip(rows, labels, strict=True) if label)
    found: dict[str, list[bool]] = {kind: [] for kind in DUPLICATE_BARS}
    for row, label in zip(rows, labels, strict=True):
        if gold[row["family"]] > 1:
            found[row["family_type"]].append(label is not None and together[row["family"], label] > 1)
    return dict(zip(PAIR_BARS, pairs, strict=True)) | {kind: fmean(hits or [1.0]) for kind, hits in found.items()}


def _section(title: str, rows: Sequence[Row], labels: Sequence[str | None], halves: Sequence[Scores]) -> Section:
    bars = PAIR_BARS | DUPLICATE_BARS
    whole = scores(rows, labels)
    words = {name: name if name in PAIR_BARS else f"any-duplicate recall, {name}" for name in bars}
    return Section(
        title=title,
        figures=(
            plain("documents and families", f"{len(rows):,} and {len({row['family'] for row in rows}):,}"),
            *(
                at_least(f"{words[name]}, mean of {len(halves)} second halves", fmean(h[name] for h in halves), bar)
                for name, bar in bars.items()
            ),
        ),
        head=("figure", "least of the second halves", "whole set"),
        rows=tuple((words[name], f"{min(h[name] for h in halves):.3f}", f"{whole[name]:.3f}") for name in bars),
        notes=("Chosen on this set in trials: cosine .6, linkage .5, local ratio .3.", *_mistakes(rows, labels)),
    )


def _mistakes(rows: Sequence[Row], labels: Sequence[str | None]) -> Iterator[str]:
    """The predicted families that join most, and the true families that are parted most."""
    for label, gold in _worst((label, row["family"]) for row, label in zip(rows, labels, strict=True) if label):
        held = (row for row, other in zip(rows, labels, strict=True) if other == label)
        yield f"Joined, true families {dict(gold)}: {_first_words(held)}"
    for name, parts in _worst((row["family"], label or "none") for row, label in zip(rows, labels, strict=True)):
        held = (row for row in rows if row["family"] == name)
        yield f"Parted, true family {name} into {sorted(parts.values(), reverse=True)}: {_first_words(held)}"


def _worst(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, Counter[str]]]:
    """The four groups with most members outside their largest part, each with its parts."""
    parts: dict[str, Counter[str]] = {}
    for group, part in pairs:
        parts.setdefault(group, Counter())[part] += 1
    mixed = [(group, held) for group, held in parts.items() if len(held) > 1]
    return sorted(mixed, key=lambda item: (max(item[1].values()) - item[1].total(), item[0]))[:4]


def _first_words(rows: Iterator[Row]) -> str:
    shown = [f"“{row['text'][:60].strip()}…” ({row['language']})" for row in rows]
    return "; ".join(shown[:5])
