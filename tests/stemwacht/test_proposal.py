"""What an unknown file is proposed to be read as, and the question where a person can answer it."""

from pathlib import Path

import pytest

from ingest import understand
from stemwacht.cli.proposal import confirm, proposal_words
from stemwacht.cli.scan import understand_all
from stemwacht.config import Settings

ROWS = [f"Ik, An Bos, vind plan {at} niet goed;{at + 10}/11/2026 12:00;an{at}@post.nl" for at in range(5)]


@pytest.fixture
def guess(tmp_path: Path) -> Path:
    path = tmp_path / "unknown.csv"
    path.write_text("\n".join(["Overzicht", "", "wat;wanneer;wie", *ROWS]) + "\n", encoding="utf-8")
    return path


def test_three_rows_are_shown_as_they_will_be_read(guess: Path) -> None:
    words = proposal_words(understand(guess))
    assert words.count("  row: «Ik, ") == 3
    assert "published 2026-11-10 11:00 UTC" in words
    assert "found by content: text = wat, published = wanneer, author = wie" in words
    assert "header on row 3" in words
    assert "@post.nl" not in words


def test_without_a_terminal_the_line_to_type_is_told(guess: Path) -> None:
    line = "--map text=wat,author=wie,published=wanneer"
    with pytest.raises(ValueError, match=f"unknown.csv: the columns are a guess; accept it with --yes.*{line}"):
        confirm(understand(guess))


def test_yes_accepts(guess: Path, capsys: pytest.CaptureFixture[str]) -> None:
    choices = {"mapping": None, "kind": None, "source": None, "wanted": None, "console": None}
    with pytest.raises(ValueError, match="--yes"):
        understand_all([guess], Settings(), yes=False, **choices)
    assert len(understand_all([guess], Settings(), yes=True, **choices).understood) == 1
    assert capsys.readouterr().out == ""
