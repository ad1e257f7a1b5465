"""A campaign that makes up a third of the letters: its wording is common, so that rarity no longer tells it."""

from collections.abc import Iterator
from pathlib import Path

from bench.apart import apart
from bench.letters_one_topic import facts
from bench.planted_letters import Setting, judged
from bench.section import Options, Section, at_least, at_most, plain
from stemwacht.demo import Campaigns, Kind

KINDS: tuple[Kind, ...] = ("mad_lib", "paraphrase")
SIZES = (1_000, 5_000)
SEED = 4


def measure(data: Path, options: Options) -> Iterator[Section]:
    """One campaign of a third of the letters, English, by wording alone and with vectors; `data` is not needed."""
    for kind in KINDS:
        for size in SIZES[: 1 if options.quick else None]:
            for work in (None, options.work):
                yield section(kind, size, work)


def section(kind: Kind, size: int, work: Path | None) -> Section:
    """One such campaign; vectors are kept in `work`, None takes none."""
    campaign = (Campaigns(kind, (size // 3,)),)
    outcome = apart(judged, Setting(language="en", seed=SEED, organic=size - size // 3, planted=campaign, work=work))
    way = "wording only" if work is None else "with vectors"
    return Section(
        title=f"A third of {size:,} letters is one {kind} campaign, en, seed {SEED}, {way}",
        figures=(
            at_least("planted letters found", outcome.found, 0.99, 4),
            at_most("independent letters in a family", outcome.organic, 1, 0),
            plain("pair F1 against campaigns", f"{outcome.pairs[2]:.3f}"),
            *facts(outcome),
        ),
        notes=outcome.examples,
    )
