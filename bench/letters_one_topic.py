"""Letters on one topic, a fifth of them in campaigns: mail-merge, mad-lib, light edits, paraphrases, phrase banks.

The letters are of the project's own generator, not scrubbed, and no text under consultation is taken out. Thresholds
were looked at with English letters of seed 1, so other seeds are used here.
"""

from collections.abc import Iterator
from pathlib import Path

from bench.apart import apart
from bench.planted_letters import Outcome, Setting, judged
from bench.section import Figure, Options, Section, at_least, at_most, plain
from stemwacht.demo import Language, plan

PLANTED = 0.2
SEEDS: dict[Language, int] = {"en": 2, "nl": 3}
WITH_VECTORS = (1_000, 5_000)
ONLY_WORDING = (1_000, 5_000, 20_000, 100_000)


def measure(data: Path, options: Options) -> Iterator[Section]:
    """English and Dutch letters, from 1,000 to 100,000, with and without vectors; `data` is not needed."""
    for language, seed in SEEDS.items():
        for size, vectors in sizes(options):
            yield section(setting(language, seed, size, options.work if vectors else None), size)


def sizes(options: Options) -> list[tuple[int, bool]]:
    """How many letters, and whether with vectors."""
    with_vectors = (*WITH_VECTORS, 20_000) if options.long else WITH_VECTORS
    both = [(size, True) for size in with_vectors] + [(size, False) for size in ONLY_WORDING]
    return [(size, vectors) for size, vectors in both if size <= 5_000 or not options.quick]


def setting(language: Language, seed: int, size: int, work: Path | None) -> Setting:
    """So many letters, a fifth of them planted."""
    planted = plan(seed, round(size * PLANTED))
    organic = size - sum(sum(campaigns.sizes) for campaigns in planted)
    return Setting(language=language, seed=seed, organic=organic, planted=planted, work=work)


def section(chosen: Setting, size: int) -> Section:
    """The measurement of one setting, in a process of its own."""
    outcome = apart(judged, chosen)
    way = "with vectors" if chosen.work is not None else "wording only"
    return Section(
        title=f"One topic, {size:,} letters, {chosen.language}, seed {chosen.seed}, {way}",
        figures=(*_bars(outcome, size), *facts(outcome)),
        notes=outcome.examples,
    )


def _bars(outcome: Outcome, size: int) -> Iterator[Figure]:
    allowed = 1 if size == 5_000 else max(size // 10_000, 1)
    yield at_least("planted letters found", outcome.found, 0.99, 4)
    yield at_most("independent letters in a family", outcome.organic, allowed, 0)
    f1 = "pair F1 against campaigns"
    if size in (5_000, 20_000):
        yield at_least(f1, outcome.pairs[2], 0.98 if size == 5_000 else 0.90)
    else:
        yield plain(f1, f"{outcome.pairs[2]:.3f}")
    share = outcome.campaigns_found / max(outcome.campaigns, 1)
    yield (
        at_least("share of campaigns found", share, 0.95)
        if size == 5_000
        else plain("share of campaigns found", f"{share:.3f}")
    )


def facts(outcome: Outcome) -> Iterator[Figure]:
    """The figures without a bar."""
    yield plain("pair precision, recall against campaigns", "{:.3f}, {:.3f}".format(*outcome.pairs))
    yield plain("pair P, R, F1 against umbrellas", "{:.3f}, {:.3f}, {:.3f}".format(*outcome.umbrella_pairs))
    yield plain("campaigns found", f"{outcome.campaigns_found} of {outcome.campaigns}")
    yield plain("independent letters in families of 5 and more, q <= .01", outcome.told)
    yield plain("found by kind", ", ".join(f"{kind} {share:.3f}" for kind, share in outcome.found_by_kind.items()))
    yield plain("seconds", outcome.clock)
    yield plain("peak memory, MB", f"{outcome.memory:.0f}")
