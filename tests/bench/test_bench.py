"""The measurements run on small generated inputs and count what they say they count."""

import csv
import gzip
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

import pytest

from bench import families_d3lta, letters_farm_workers
from bench.__main__ import main
from bench.planted_letters import Setting, judged
from bench.section import Figure, Section, at_least, at_most, markdown
from bench.speed_bare import minhash_in_bulk, minhash_one_by_one
from bench.speed_ours import scanned
from stemwacht.demo import election_week, plan, write_posts

WORDS = [
    f"{start}{end}"
    for start in ("bri", "ri", "coun", "mar", "to", "gar")
    for end in ("dge", "ver", "cil", "ket", "wer")
]


def sentences(random: Random, count: int = 3) -> str:
    return " ".join(" ".join(random.choices(WORDS, k=12)).capitalize() + "." for _ in range(count))


def write_rows(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    written = io.StringIO()
    writer = csv.DictWriter(written, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    raw = written.getvalue().encode()
    path.write_bytes(gzip.compress(raw) if path.suffix == ".gz" else raw)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Families of four copies each with a word changed, and organic texts of which one is sent six times."""
    folder, random = tmp_path_factory.mktemp("data"), Random(1)
    families = []
    for family in range(6):
        text = sentences(random)
        for copy in range(4):
            row = {"doc_id": f"{family}-{copy}", "family": str(family), "family_type": "copy-pasta", "language": "en"}
            families.append({**row, "text": f"{text} {WORDS[copy]}"})
    write_rows(folder / "families" / "d3lta_odd.csv", families)
    for name in ("cycling", "survey"):
        rows = [{"document_id": f"d{n // 2}", "content": sentences(random, 1)} for n in range(40)]
        write_rows(folder / "organic" / f"german_citizens_{name}.csv.gz", rows)
    same = sentences(random)
    tweets = [same] * 6 + [sentences(random) for _ in range(30)]
    rows = [{"Unnamed: 0": str(n), "Tweet": text, "Party": f"party {n}"} for n, text in enumerate(tweets)]
    write_rows(folder / "organic" / "dutch_party_tweets.csv.gz", rows)
    return folder


def test_measurements_print_their_tables_and_write_them_to_a_file(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "measured.md"
    chosen = ["--only", "families_d3lta", "families_organic", "--quick"]
    assert main([str(data), *chosen, "--out", str(out), "--work", str(tmp_path / "work")]) == 0
    written = out.read_text("utf-8")
    assert written == capsys.readouterr().out
    assert "## Machine" in written
    assert "| pair F1, mean of 2 second halves | 1.000 | >= 0.97 | met |" in written
    assert "| 6 | 1 | 6 |" in written
    assert written.count("| families of 5 and more, q <= .01 | 0 | 0 | met |") == 2


def test_a_folder_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["no-such-folder"])
    assert "no folder no-such-folder" in capsys.readouterr().err


def test_a_missed_bar_is_marked() -> None:
    shown = markdown(
        Section(title="T", figures=(at_least("a", 0.5, 0.9), at_most("b", 1, 2, 0), Figure(what="c", value="|")))
    )
    assert "| a | 0.500 | >= 0.9 | **not met** |" in shown
    assert "| b | 1 | <= 2 | met |" in shown
    assert "| c | \\| |  |  |" in shown


def test_scores_count_pairs_and_documents_with_a_mate() -> None:
    rows = [{"family": name, "family_type": kind} for name, kind in (("1", "rewording"),) * 4 + (("2", "translation"),)]
    scores = families_d3lta.scores(rows, ["a", "a", "b", None, "b"])
    assert scores["pair precision"] == pytest.approx(1 / 2)
    assert scores["pair recall"] == pytest.approx(1 / 6)
    assert scores["rewording"] == pytest.approx(1 / 2)
    assert scores["translation"] == 1.0


def test_second_halves_hold_half_of_the_families_whole() -> None:
    rows = [{"family": str(n % 10)} for n in range(40)]
    for half in families_d3lta.second_halves(rows, 3):
        assert len(half) == 20
        assert len({row["family"] for row in half}) == 5


def test_planted_letters_are_held_against_the_truth() -> None:
    outcome = judged(Setting(language="en", seed=2, organic=250, planted=plan(2, 60, kinds=("mail_merge",))))
    assert outcome.found == 1.0
    assert outcome.organic == 0
    assert outcome.campaigns_found == outcome.campaigns
    assert set(outcome.found_by_kind) == {"mail_merge"}
    assert outcome.memory > 50


def test_two_mailings_are_found_with_their_templates() -> None:
    random = Random(3)
    rows = []
    for mailing in ("2", "3"):
        text = sentences(random, 6)
        for number in range(24):
            own = f" {sentences(random, 1)}" if number % 4 == 0 else ""
            variant = "template_plus_additions" if own else "verbatim"
            row = {"row_id": f"{mailing}-{number}", "attachment": mailing, "sender_hash": f"{mailing}{number}"}
            rows.append({**row, "variant": variant, "comment": text + own})
    section = letters_farm_workers.mixed(rows, 200, None)
    measured = {figure.what: figure for figure in section.figures}
    assert measured["templates exact, of 2"].value == "2"
    assert measured["independent letters in a family"].met
    assert measured["verbatim found, of 36"].met
    assert measured["template_plus_additions found, of 12"].met
    assert measured["four-class accuracy"].met


def test_both_ways_of_bare_minhash_find_the_copies(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    week = election_week(3, posts=2_000, letters=1_000).posts[:400]
    write_posts(path, week)
    one, two = minhash_one_by_one(path), minhash_in_bulk(path)
    assert one.came_out == two.came_out
    assert min(one.seconds, two.seconds) > 0


def test_a_timed_scan_reads_everything_and_leaves_no_store(tmp_path: Path) -> None:
    path = tmp_path / "posts.jsonl"
    write_posts(path, election_week(3, posts=2_000, letters=1_000).posts[:300])
    timed = scanned(path, "post", tmp_path / "work", model=False, cores=1)
    assert timed.messages == 300
    assert timed.wordings > 250
    assert timed.total > 0
    assert not list((tmp_path / "work").iterdir())
