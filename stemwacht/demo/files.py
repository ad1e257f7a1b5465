"""The generator's letters, posts, registry and truth as files."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from stemwacht.demo.letter import Letter
from stemwacht.demo.post import Post
from stemwacht.demo.truth import TruthRow
from stemwacht.demo.week import Declared, World

LETTER_COLUMNS = ("id", "date", "name", "city", "organisation", "text")


class WorldFiles(msgspec.Struct, frozen=True):
    """Where the files of a week are."""

    posts: Path
    letters: Path
    campaigns: Path
    consulted: Path
    truth: Path


def write_csv(path: Path, letters: Iterable[Letter]) -> None:
    """Write the letters as a CSV file with the columns id, date, name, city, organisation, text."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(LETTER_COLUMNS)
        rows.writerows([str(getattr(letter, column)) for column in LETTER_COLUMNS] for letter in letters)


def write_truth(path: Path, letters: Iterable[Letter]) -> None:
    """Write one JSON line for each planted letter: id, campaign, kind, umbrella, template, slots, own_words."""
    _write_lines(
        path,
        ({"id": letter.id, **msgspec.to_builtins(letter.truth)} for letter in letters if letter.truth is not None),
    )


def write_posts(path: Path, posts: Iterable[Post]) -> None:
    """Write the posts as JSON lines."""
    _write_lines(path, (msgspec.to_builtins(post) for post in posts))


def write_world(world: World, folder: Path) -> WorldFiles:
    """Write the week into a folder, made if need be: posts, letters, registry, consulted text, truth."""
    folder.mkdir(parents=True, exist_ok=True)
    files = WorldFiles(
        folder / "posts.jsonl",
        folder / "letters.csv",
        folder / "campaigns.toml",
        folder / "consulted.txt",
        folder / "truth.jsonl",
    )
    write_posts(files.posts, world.posts)
    write_csv(files.letters, world.letters)
    files.campaigns.write_text("\n".join(map(_toml_entry, world.declared)), encoding="utf-8")
    files.consulted.write_text(world.consulted + "\n", encoding="utf-8")
    _write_lines(files.truth, (msgspec.to_builtins(row) for row in world.truth))
    return files


def read_truth(path: Path) -> tuple[TruthRow, ...]:
    """The rows of a truth file that `write_world` wrote."""
    with path.open("rb") as file:
        return tuple(msgspec.json.decode(line, type=TruthRow) for line in file)


def _toml_entry(entry: Declared) -> str:
    """A table of the registry; JSON strings and lists of strings are TOML too."""
    fields: Mapping[str, str | Sequence[str]] = {
        "id": entry.id,
        "name": entry.name,
        "organisation": entry.organisation,
        "channels": entry.channels,
        "texts": entry.texts,
        "links": entry.links,
    }
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    return "\n".join(["[[campaign]]", *lines, f"since = {entry.since.isoformat()}", ""])


def _write_lines(path: Path, rows: Iterable[object]) -> None:
    with path.open("wb") as file:
        for row in rows:
            file.write(msgspec.json.encode(row) + b"\n")
