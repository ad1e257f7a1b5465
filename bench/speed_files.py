"""Generated posts and letters as files, the same bytes for the same seed, kept between runs."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from stemwacht.demo import Post, consultation, election_week, plan, write_csv, write_posts

SEED = 7
_WEEK = 100_000
_LEAST_WEEK = 2_000
_SPARE = 1.2  # reposts have no text: bare MinHash would pair them all


def posts_file(folder: Path, count: int) -> Path:
    """A file of so many posts with a text; more than 100,000 are several weeks after one another."""
    path = folder / f"texts-{SEED}-{count}.jsonl"
    if not path.exists():
        part = path.with_suffix(".part")
        write_posts(part, islice(_posts(count), count))
        part.replace(path)
    return path


def _posts(count: int) -> Iterator[Post]:
    for number in range(-(-count // _WEEK)):
        week = election_week(SEED + number, posts=max(round(_SPARE * min(count, _WEEK)), _LEAST_WEEK), letters=1_000)
        yield from (replace(post, id=f"{number}-{post.id}") for post in week.posts if post.text)


def letters_file(folder: Path, count: int, planted: float) -> Path:
    """A file of so many English letters, that share of them in campaigns."""
    path = folder / f"letters-{SEED}-{count}.csv"
    if not path.exists():
        campaigns = plan(SEED, round(count * planted))
        organic = count - sum(sum(campaign.sizes) for campaign in campaigns)
        part = path.with_suffix(".part")
        write_csv(part, consultation(SEED, organic, campaigns))
        part.replace(path)
    return path
