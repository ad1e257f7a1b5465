"""Speed and memory on short posts, as ratios to bare MinHash and to the bare encoder of the same run."""

from collections.abc import Iterator
from pathlib import Path

from bench.apart import apart
from bench.section import Figure, Options, Section, at_most, plain
from bench.speed_bare import Bare, encoder, minhash_in_bulk, minhash_one_by_one
from bench.speed_files import posts_file
from bench.speed_ours import Timed, scanned

CORES = 2
D3LTA_SECONDS = 348.0
D3LTA_POSTS = 100_000


def measure(data: Path, options: Options) -> Iterator[Section]:
    """100,000 posts without a model, the cost per message at other sizes, 10,000 with a model; `data` not needed."""
    middle, small = (20_000, 2_000) if options.quick else (100_000, 10_000)
    base = _scanned(options.work, middle)
    yield without_model(options.work, middle, base)
    sizes = [small, *([1_000_000] if options.long else [])]
    yield Section(
        title="Cost per message at other sizes",
        figures=tuple(_cost(_scanned(options.work, size), base) for size in sizes),
        notes=() if options.long else ("A million posts are measured with --long.",),
    )
    yield with_model(options.work, small)


def without_model(work: Path, size: int, ours: Timed) -> Section:
    """Everything but embedding against bare MinHash of the same texts."""
    path = posts_file(work, size)
    bulk, single = apart(minhash_in_bulk, path), apart(minhash_one_by_one, path)
    return Section(
        title=f"{size:,} posts, everything but embedding",
        figures=(
            at_most("times rensa's bare MinHash, one text at a time", ours.total / single.seconds, 4, 2),
            at_most("times rensa's bare MinHash, in bulk", ours.total / bulk.seconds, 4, 2),
            plain(
                "the same by processor seconds",
                f"{ours.processor / single.processor:.2f}, {ours.processor / bulk.processor:.2f}",
            ),
            at_most("peak memory, MB", ours.memory, 1_500, 0),
            *_facts(ours),
            _bare("bare MinHash, one text at a time", single),
            _bare("bare MinHash, in bulk", bulk),
            *_against_d3lta(size, ours),
        ),
    )


def with_model(work: Path, size: int) -> Section:
    """Everything with embedding against the bare encoder on the distinct texts."""
    path = posts_file(work, size)
    bare = apart(encoder, path, CORES)
    ours = apart(scanned, path, "post", work, model=True, cores=CORES)
    return Section(
        title=f"{size:,} posts, with embedding",
        figures=(
            at_most("times the bare encoder on the distinct texts", ours.total / bare.seconds, 1.15, 2),
            plain("with narratives as well", f"{sum(ours.seconds.values()) / bare.seconds:.2f}"),
            plain("by processor seconds, narratives included", f"{ours.processor / bare.processor:.2f}"),
            plain("bare encoder", f"{bare.seconds:.1f} s, {bare.processor:.1f} of processor, {bare.came_out:,} texts"),
            *_facts(ours),
        ),
    )


def _scanned(work: Path, size: int) -> Timed:
    return apart(scanned, apart(posts_file, work, size), "post", work, model=False, cores=CORES)


def _cost(ours: Timed, base: Timed) -> Figure:
    each, usual = ours.total / ours.messages, base.total / base.messages
    what = f"cost per message at {ours.messages:,} over that at {base.messages:,}"
    return at_most(f"{what} ({ours.words}; {ours.memory:.0f} MB)", each / usual, 1.5, 2)


def _facts(ours: Timed) -> Iterator[Figure]:
    yield plain("seconds", f"{ours.total:.1f}")
    yield plain("seconds by stage", ours.words)
    yield plain("processor seconds", f"{ours.processor:.1f}")
    yield plain("distinct wordings, families, alerts", f"{ours.wordings:,}, {ours.families:,}, {ours.alerts:,}")


def _bare(what: str, bare: Bare) -> Figure:
    return plain(what, f"{bare.seconds:.1f} s, {bare.came_out:,} pairs, {bare.memory:.0f} MB")


def _against_d3lta(size: int, ours: Timed) -> Iterator[Figure]:
    """D3lta is no dependency: its time is one measured in another run, on other posts of this kind."""
    if size == D3LTA_POSTS:
        what = f"d3lta 1.0.2 took {D3LTA_SECONDS:.0f} s on 100,000 posts in another run; that is times"
        yield plain(what, f"{D3LTA_SECONDS / ours.total:.0f}")
