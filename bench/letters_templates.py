"""Measure template recovery and letter variants on letters whose template is known.

farm_workers.csv.gz holds two real mailings: the template of each is its most frequent text, `variant` the label.
fcc_grammar.json is the grammar of a mad-lib campaign; its fixed words are those on every path through it, own text
comes from the docket comments. d3lta_odd.csv gives texts to change a number in, and true rewordings.
"""

import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from random import Random

from rapidfuzz.distance import LCSseq

from analysis import Template
from analysis.letters import (
    classify,
    prepare,
    read_words,
    recover_template,
    recover_templates,
    variants,
)
from bench.letters_mad_lib import Mix, Node, expand, in_order, on_every_path, outside_choices, parse, write_letter
from bench.section import Figure, Options, Section, at_least, plain
from bench.windows import read_rows

MIXES = {
    "letters alone": Mix(),
    "20 % own text": Mix(own=0.2),
    "40 % own text": Mix(own=0.4),
    "40 % own text, 20 % of paragraphs dropped": Mix(own=0.4, dropped=0.2),
    "20 % own text, paragraphs shuffled": Mix(own=0.2, shuffled=True),
}


def mad_libs(folder: Path, sizes: Sequence[int], seeds: Sequence[int]) -> Iterator[tuple[str, ...]]:
    """Rows of letters, mix, mean precision and recall of fixed words, mean error of the fixed share, seconds."""
    grammar = json.loads((folder / "letters" / "fcc_grammar.json").read_text("utf-8"))["grammar"]
    paragraphs = [parse(grammar[name]) for name in sorted(grammar)]
    own = docket_sentences(folder)
    for size in sizes:
        for name, mix in MIXES.items():
            runs = [mad_lib(paragraphs, own, Random(seed), size, mix) for seed in seeds]
            means = (sum(figures) / len(runs) for figures in zip(*runs, strict=True))
            yield f"{size:,}", name, *(f"{mean:.3f}" for mean in means)


def mad_lib(
    paragraphs: Sequence[Node], own: Sequence[str], random: Random, size: int, mix: Mix
) -> tuple[float, float, float, float]:
    """Precision, recall, error of the fixed share, seconds, for one set of letters.

    A recovered word is right when every path holds it; recall asks for the words outside every alternative, in
    order unless the senders shuffled.
    """
    shared = [on_every_path(node) for node in paragraphs]
    sizes = [len(in_order(node)) for node in paragraphs]
    texts, share = [], 0.0
    for _ in range(size):
        written = {expand(node, random): fixed for node, fixed in zip(paragraphs, sizes, strict=True)}
        pieces = write_letter(list(written), own, random, mix)
        texts.append("\n\n".join(pieces))
        share += sum(written.get(piece, 0) for piece in pieces) / len(read_words(texts[-1]).keys) / size
    began = time.perf_counter()
    template = recover_template(texts)
    seconds = time.perf_counter() - began
    if template is None:
        return 0.0, 0.0, share, seconds
    got, certain = fixed_words(template), read_words(" ".join(map(outside_choices, paragraphs))).keys
    precision = (Counter(got) & sum(shared, Counter())).total() / len(got)
    found = (Counter(got) & Counter(certain)).total() if mix.shuffled else LCSseq.similarity(got, certain)
    return precision, found / len(certain), abs(template.fixed_share - share), seconds


def docket_sentences(folder: Path) -> list[str]:
    """Sentences of eight words and more from the docket comments, each once."""
    rows = [row for path in sorted((folder / "letters" / "dockets").glob("*.csv")) for row in read_rows(path)]
    texts = [text for row in rows for text in row.values() if text and len(text) > 200]
    return sorted({part.strip() + "." for text in texts for part in text.split(".") if 8 <= len(part.split()) <= 40})


def farm_workers(folder: Path) -> Iterator[tuple[str, ...]]:
    """Rows of attachment, letters, templates equal to the most frequent text token for token, four-class accuracy."""
    rows = read_rows(folder / "letters" / "farm_workers.csv.gz")
    names = sorted({row["attachment"] for row in rows})
    for chosen in [*([name] for name in names), names]:
        texts = [row["comment"] for row in rows if row["attachment"] in chosen]
        labels = [row["variant"] for row in rows if row["attachment"] in chosen]
        single = recover_template(texts)
        templates = recover_templates(texts) if len(chosen) > 1 else [single] if single else []
        exact = sum(most_frequent(rows, name) in map(fixed_words, templates) for name in chosen)
        prepared = [prepare(template) for template in templates]
        right = sum(classify(prepared, text) == label for text, label in zip(texts, labels, strict=True))
        yield " and ".join(chosen), f"{len(texts):,}", f"{exact} of {len(chosen)}", f"{right / len(texts):.4f}"


def most_frequent(rows: Sequence[dict[str, str]], attachment: str) -> list[str]:
    """The words of the most frequent text of one attachment."""
    texts = Counter(row["comment"].strip() for row in rows if row["attachment"] == attachment)
    return read_words(texts.most_common(1)[0][0]).keys


def fixed_words(template: Template) -> list[str]:
    """The template's fixed words as compared."""
    return list(prepare(template).ref.keys)


def number_guard(folder: Path, seed: int) -> Iterator[tuple[str, ...]]:
    """Rows of what was asked, pairs, share flagged: one digit changed, and true pairs of a family in one language."""
    rows = read_rows(folder / "families" / "d3lta_odd.csv")
    random = Random(seed)
    changed = [(row["text"], change_digit(row["text"], random)) for row in rows if re.search(r"[0-9]", row["text"])]
    pairs = [
        (one["text"], two["text"])
        for one, two in combinations(rows, 2)
        if one["family"] == two["family"] and one["language"] == two["language"]
    ]
    for name, tested in (("one digit changed", changed), ("true pairs, one language", pairs)):
        flagged = sum(bool({"number", "date"} & {*variants(one, two, None)}) for one, two in tested)
        yield name, f"{len(tested):,}", f"{flagged / max(len(tested), 1):.3f}"


def change_digit(text: str, random: Random) -> str:
    """The text with one of its digits replaced by another; unchanged without digits."""
    places = [place for place, letter in enumerate(text) if letter in "0123456789"]
    if not places:
        return text
    place = random.choice(places)
    other = random.choice([digit for digit in "123456789" if digit != text[place]])
    return text[:place] + other + text[place + 1 :]


def measure(data: Path, options: Options) -> Iterator[Section]:
    """Both mailings alone and together, mad-libs from 50 to 5,000 letters, and numbers that were changed."""
    mailings = list(farm_workers(data))
    yield Section(
        title="Templates of the farm workers' mailings",
        figures=tuple(at_least(f"four-class accuracy, mailing {row[0]}", float(row[3]), 0.97, 4) for row in mailings),
        head=("mailing", "letters", "templates exact", "four-class accuracy"),
        rows=tuple(mailings),
    )
    sizes = (50, 500) if options.quick else (50, 500, 5000)
    libs = list(mad_libs(data, sizes, range(3)))
    yield Section(
        title="Templates of mad-libs (fcc_grammar.json), mean of 3 seeds",
        figures=tuple(_least(libs)),
        head=("letters", "mix", "precision", "recall", "fixed-share error", "seconds"),
        rows=tuple(libs),
    )
    yield Section(title="Number guard", head=("texts", "pairs", "flagged"), rows=tuple(number_guard(data, 0)))


def _least(libs: Sequence[tuple[str, ...]]) -> Iterator[Figure]:
    """The worst precision and recall of each mix whose paragraphs keep their order."""
    for name, mix in MIXES.items():
        for place, what in ((2, "precision"), (3, "recall")):
            worst = min(float(row[place]) for row in libs if row[1] == name)
            words = f"least {what} of fixed words, {name}"
            yield plain(words, f"{worst:.3f}") if mix.shuffled else at_least(words, worst, 0.98)
