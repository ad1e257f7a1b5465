"""What every kind of source keeps to."""

import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from ingest.sources import kinds, module_of, open_source
from tests.sources.pulled import Puller
from tests.sources.worlds import NAMES, WORLDS, World

KINDS = kinds()


@pytest.fixture
def world(kind: str, tmp_path: Path) -> Iterator[World]:
    folder = tmp_path / "world"
    folder.mkdir()
    with WORLDS[kind](folder) as one:
        yield one


def puller(kind: str, world: World) -> Puller:
    return Puller(kind, world.options, clock=world.clock)


def test_every_kind_has_a_world_to_be_tested_in() -> None:
    assert set(WORLDS) == set(KINDS) == {"bluesky", "feeds", "folder"}


@pytest.mark.parametrize("kind", KINDS)
def test_its_example_is_a_table_that_opens(kind: str) -> None:
    module = module_of(kind)
    ((name, table),) = tomllib.loads(module.EXAMPLE)["sources"].items()
    assert table.pop("kind") == kind
    source = open_source(name, kind, table)
    assert (source.kind, source.options.keys()) == (kind, table.keys())
    assert source.quiet_hours == module.QUIET_HOURS > 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_misspelt_option_is_told_with_those_there_are(kind: str, world: World) -> None:
    known = next(iter(world.options))
    with pytest.raises(ValueError, match=f"source 'x': kind '{kind}' has no option '{known}x'; did you mean '{known}'"):
        open_source("x", kind, {**world.options, f"{known}x": 1})


@pytest.mark.parametrize("kind", KINDS)
def test_an_option_of_another_type_is_told(kind: str, world: World) -> None:
    for option in world.options:
        with pytest.raises(ValueError, match=f"source 'x': {option}: expected"):
            open_source("x", kind, {**world.options, option: {"a": "table"}})


@pytest.mark.parametrize("kind", KINDS)
def test_a_pull_brings_messages_and_a_full_account(kind: str, world: World) -> None:
    came = puller(kind, world).pull()
    assert len(came.messages) >= 2
    assert len(set(came.ids)) == len(came.ids) == came.count("kept")
    assert came.count("rejected") == len(came.rejects)
    for ledger in came.ledgers:
        others = sum(count for _, count in ledger.not_messages)
        assert ledger.read == ledger.kept + ledger.rejected + ledger.duplicate + others
    assert came.batches[-1].cursor is not None


@pytest.mark.parametrize("kind", KINDS)
def test_the_next_pull_brings_nothing_twice(kind: str, world: World) -> None:
    source = puller(kind, world)
    source.pull()
    again = source.pull()
    assert (again.messages, again.deletions, again.rejects, again.count("kept")) == ([], [], again.rejects, 0)


@pytest.mark.parametrize("kind", KINDS)
def test_killed_after_any_batch_it_ends_with_the_same(kind: str, tmp_path: Path) -> None:
    whole: list[set[str]] = []
    for cut in (None, 0, 1, 2):
        folder = tmp_path / f"cut{cut}"
        folder.mkdir()
        with WORLDS[kind](folder) as world:
            source = puller(kind, world)
            before = source.pull(until=cut).ids if cut is not None else []
            whole.append({*before, *source.pull().ids})
    assert all(ids == whole[0] for ids in whole[1:])


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_of_a_person_leaves_but_pseudonyms(kind: str, world: World) -> None:
    source = puller(kind, world)
    came = source.pull()
    told = came.leaving + (source.cursor or "").casefold()
    assert all("zonneveld" in name.casefold() for name in NAMES)
    assert "zonneveld" not in told
    assert "post.nl" not in told


@pytest.mark.parametrize("kind", KINDS)
def test_the_cursor_is_small_and_text(kind: str, world: World) -> None:
    source = puller(kind, world)
    source.pull()
    assert source.cursor is not None
    assert len(msgspec.json.encode(source.cursor)) < 2000


def test_an_unknown_kind_is_told_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="no kind of source 'blusky'; did you mean 'bluesky'"):
        open_source("x", "blusky", {})


def test_what_is_needed_and_not_given_is_told_with_the_example() -> None:
    with pytest.raises(ValueError, match=r"needs 'urls', as in:\n\[sources\.news\]"):
        open_source("x", "feeds", {})


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("feeds", {"urls": ["ftp://nieuws.example/rss"]}),
        ("feeds", {"urls": ["file:///etc/passwd"]}),
        ("feeds", {"urls": []}),
        ("bluesky", {"relay": "https://relay.example"}),
        ("bluesky", {"transport": "telegraph"}),
        ("bluesky", {"languages": ["Nederlands"]}),
        ("bluesky", {"seconds": 0}),
        ("folder", {"path": ""}),
    ],
)
def test_values_that_make_no_sense_are_told_at_the_start(kind: str, options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="source 'x': "):
        open_source("x", kind, options)


def test_kinds_are_listed_without_the_packages_that_they_need() -> None:
    program = """
import sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("feedparser", "httpx", "websockets", "atproto_core", "libipld"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Hidden())
from ingest.sources import kinds, open_source, SourceError
print(*kinds())
open_source("x", "folder", {"path": "inbox"})
for kind, options in (("feeds", {"urls": ["https://a.example"]}), ("bluesky", {})):
    try:
        open_source("x", kind, options)
    except SourceError as error:
        print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert lines[0] == " ".join(KINDS)
    assert len(lines) == 3
    for line in lines[1:]:
        assert line.endswith("which is not installed: pip install 'stemwacht[sources]'")
