"""Two real mailings of one organiser among 5,000 independent letters: who is found, and are the templates right."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis import Finding
from analysis.detectors import families, letters
from analysis.letters import classify, prepare
from bench.letters_templates import fixed_words, most_frequent
from bench.section import Figure, Options, Section, at_least, at_most, plain
from bench.windows import Said, Vectors, family_of, messages, read_rows, window
from stemwacht.demo import consultation

BARS = {"verbatim": 0.99, "template_plus_additions": 0.99, "edited_template": 0.95, "own_words": None}
ORGANIC = 5_000
SEED = 5
Row = dict[str, str]


def measure(data: Path, options: Options) -> Iterator[Section]:
    """The mailings mixed into generated English letters, by wording alone and with vectors."""
    rows = read_rows(data / "letters" / "farm_workers.csv.gz")
    yield mixed(rows, ORGANIC, None)
    if not options.quick:
        yield mixed(rows, ORGANIC, options.work)


def mixed(rows: Sequence[Row], organic: int, work: Path | None) -> Section:
    """The mailings among so many independent letters; vectors are kept in `work`, None takes none."""
    independent = [
        Said(key=letter.id, text=letter.text, kind="letter", language="en", author=letter.name)
        for letter in consultation(SEED, organic)
    ]
    mailed = [
        Said(key=row["row_id"], text=row["comment"], kind="letter", language="en", author=row["sender_hash"])
        for row in rows
    ]
    found = messages("docket", [*mailed, *independent])
    corpus = window(found)
    vectors = None
    if work is not None:
        keeper = Vectors(work)
        vectors = keeper.of(corpus)
        keeper.close()
    findings = letters.detect(corpus, families.detect(corpus, vectors))
    family = family_of(findings)
    labels = [family.get(message.id) for message in found]
    way = "wording only" if work is None else "with vectors"
    return Section(
        title=f"{len(rows):,} farm workers' letters among {organic:,} independent ones, {way}",
        figures=(*_shares(rows, labels), *_templates(rows, findings)),
        notes=tuple(_examples(rows, labels)),
    )


def _shares(rows: Sequence[Row], labels: Sequence[str | None]) -> Iterator[Figure]:
    for variant, bar in BARS.items():
        hits = [label is not None for row, label in zip(rows, labels, strict=False) if row["variant"] == variant]
        words, share = f"{variant} found, of {len(hits):,}", sum(hits) / max(len(hits), 1)
        yield plain(words, f"{share:.4f}") if bar is None else at_least(words, share, bar, 4)
    yield at_most("independent letters in a family", sum(label is not None for label in labels[len(rows) :]), 0, 0)


def _templates(rows: Sequence[Row], findings: Sequence[Finding]) -> Iterator[Figure]:
    """Both most frequent texts against the templates of the two largest families, token for token."""
    largest = sorted((f for f in findings if f.template is not None), key=lambda f: -f.messages)[:2]
    templates = [finding.template for finding in largest if finding.template is not None]
    wanted = sorted({row["attachment"] for row in rows})
    exact = sum(most_frequent(rows, name) in map(fixed_words, templates) for name in wanted)
    yield at_least(f"templates exact, of {len(wanted)}", exact, len(wanted), 0)
    prepared = [prepare(template) for template in templates]
    right = sum(classify(prepared, row["comment"]) == row["variant"] for row in rows)
    yield at_least("four-class accuracy", right / max(len(rows), 1), 0.97, 4)
    yield plain("families of farm workers' letters with a template, largest", [f.messages for f in largest])


def _examples(rows: Sequence[Row], labels: Sequence[str | None]) -> Iterator[str]:
    """Letters that follow a template and were missed, and how the families hold the two mailings."""
    pairs = list(zip(rows, labels, strict=False))
    held = Counter((label or "none", row["attachment"]) for row, label in pairs)
    yield "Held: " + "; ".join(f"{label[:10]} mailing {name}: {n}" for (label, name), n in held.most_common(8))
    missed = [row for row, label in pairs if label is None and row["variant"] != "own_words"]
    for row in missed[:5]:
        yield f"Missed ({row['variant']}): “{row['comment'][:120].strip()}…”"
