"""No name, handle or e-mail address that came in is in anything that the house writes or says."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stemwacht.house import House, letters

HANDLES = [f"@Zwierelant{n}" for n in range(12)]
NAMES = [f"Wubbechien Quaksteen{n}" for n in range(12)]
ADDRESSES = [f"quibus{n}@oostervliet-post.example" for n in range(12)]
# What may stand nowhere, in the bytes of any file, whatever its case.
SECRETS = ("zwierelant", "quaksteen", "wubbechien", "quibus", "oostervliet-post")


def posts_file(path: Path) -> Path:
    """Posts with their writers in every column that may name one, copies among them, and broken lines."""
    lines = []
    for n in range(12):
        said = f"Beste {HANDLES[(n + 1) % 12]}, schrijf {ADDRESSES[n]} of vraag @Zwierelant{n} naar de haven."
        copied = "De haven moet open blijven, zegt iedereen die er ooit een schip heeft zien binnenlopen in de ochtend."
        lines.append(
            {
                "id": f"P{n}",
                "author": HANDLES[n],
                "created_at": f"2026-11-1{n % 9}T10:00:00Z",
                "text": f"{copied} {said}" if n < 7 else f"{said} Ik schreef het {n} keer op.",
                "mentions": [HANDLES[(n + 2) % 12]],
                "in_reply_to_user": HANDLES[0],
            }
        )
    broken = ['{"id": "X", "author": "@Zwierelant3", "text": "quibus3@oostervliet-post.example', '["@Zwierelant4"]']
    path.write_text("\n".join([*map(json.dumps, lines), *broken, ""]), encoding="utf-8")
    return path


def letters_with_names(path: Path) -> Path:
    """Letters whose writers sign, are greeted and stand in a column; a row that is too long, and an empty one."""
    written = letters(3, 40, ("mail_merge", 12))
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "date", "name", "email", "text"))
        for n, letter in enumerate(written):
            name, address = NAMES[n % 12], ADDRESSES[n % 12]
            body = letter.text.replace(letter.name, name) + f"\n\nMet vriendelijke groet,\n{name}\n{address}"
            rows.writerow((letter.id, letter.date, name, address, body))
        rows.writerow(("", "", "", "", ""))
        rows.writerow(("L9", "2026-11-01", NAMES[3], ADDRESSES[3], "tekst", NAMES[4], ADDRESSES[4]))
    return path


def spoken(folder: Path, without: Path) -> Iterator[tuple[Path, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file() and without not in path.parents:
            yield path, path.read_bytes().lower()


def check_silent(house: House, *said: str) -> None:
    for path, body in spoken(house.folder, house.folder / "in"):
        for secret in SECRETS:
            assert secret.encode() not in body, f"{secret} in {path.relative_to(house.folder)}"
    for words in said:
        assert not any(secret in words.lower() for secret in SECRETS)


@pytest.fixture
def given(house: House) -> tuple[House, list[Path]]:
    folder = house.folder / "in"
    folder.mkdir()
    return house, [posts_file(folder / "posts.jsonl"), letters_with_names(folder / "letters.csv")]


def test_a_scan_writes_and_says_no_name_and_keeps_its_key_apart(given: tuple[House, list[Path]]) -> None:
    house, files = given
    ran = house.well("--verbose", "scan", *files)
    assert (house.folder / "out" / "rejects.jsonl").read_bytes().count(b"\n") >= 2
    assert len(list(spoken(house.folder, house.folder / "in"))) >= 10
    check_silent(house, ran.out, ran.err)
    key = house.folder / "key" / "pseudonym.key"
    assert key.stat().st_mode & 0o077 == 0
    assert all(key.read_bytes() not in path.read_bytes() for path in (house.folder / "out").iterdir())


def test_a_scan_that_fails_on_the_way_leaves_no_name(given: tuple[House, list[Path]]) -> None:
    house, files = given
    (house.folder / "out" / "report.html").mkdir(parents=True)
    ran = house.run("scan", *files)
    assert ran.code == 5
    assert (house.folder / "out" / ".stemwacht-work").is_dir()
    check_silent(house, ran.out, ran.err)


def test_log_store_feed_and_report_hold_no_name(given: tuple[House, list[Path]]) -> None:
    house, files = given
    commands: list[list[str | Path]] = [
        ["--verbose", "ingest", *files],
        ["--verbose", "watch", "--once"],
        ["report", "--week", "2026-W46"],
        ["alerts", "list", "--json"],
    ]
    said = []
    for words in commands:
        ran = house.well(*words)
        said += [ran.out, ran.err]
    assert {"log.sqlite", "store.sqlite", "rejects.jsonl", "feed.atom", "report.html"} <= {
        path.name for path, _ in spoken(house.folder, house.folder / "in")
    }
    check_silent(house, *said)
    for name in ("log.sqlite", "store.sqlite"):
        assert b"De haven moet open blijven" in (house.folder / "data" / name).read_bytes()


def test_a_file_that_cannot_be_understood_says_no_name(house: House) -> None:
    folder = house.folder / "in"
    folder.mkdir()
    path = folder / "odd.csv"
    path.write_text(
        "x,y\n" + "".join(f"{handle},{address}\n" for handle, address in zip(HANDLES, ADDRESSES, strict=True))
    )
    ran = house.run("scan", path)
    assert ran.code != 0
    check_silent(house, ran.out, ran.err)
