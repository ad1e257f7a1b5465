"""Speed on letters, a fifth of them in campaigns, without embedding."""

from collections.abc import Iterator
from pathlib import Path

from bench.apart import apart
from bench.section import Options, Section, at_most, plain
from bench.speed_files import letters_file
from bench.speed_ours import scanned

CORES = 2
TRIALS_PER_10K = 7.0


def measure(data: Path, options: Options) -> Iterator[Section]:
    """Letters from CSV file to alerts in the store; `data` is not needed."""
    size = 10_000 if options.quick else 100_000
    path = apart(letters_file, options.work, size, 0.2)
    ours = apart(scanned, path, "letter", options.work, model=False, cores=CORES)
    tens = ours.messages / 10_000
    finding = ours.seconds["families"] / tens
    yield Section(
        title=f"{size:,} letters, everything but embedding",
        figures=(
            at_most("seconds per 10,000 from file to alerts", ours.total / tens, 2 * TRIALS_PER_10K, 1),
            plain("of which finding families", f"{finding:.1f}"),
            plain("seconds by stage", ours.words),
            plain("processor seconds", f"{ours.processor:.1f}"),
            plain("peak memory, MB", f"{ours.memory:.0f}"),
            plain("distinct wordings, families, alerts", f"{ours.wordings:,}, {ours.families:,}, {ours.alerts:,}"),
        ),
        notes=("The trials took 5 to 7 s per 10,000 for finding families alone; the bar is twice the upper end.",),
    )
