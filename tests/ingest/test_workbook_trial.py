"""Workbooks that say something else of their size than they hold are refused, and the process that reads goes on."""

from pathlib import Path

import pytest

from ingest import ReadError, understand
from ingest.tables.workbook_trial import tried
from tests.ingest.files import xlsx
from tests.ingest.test_workbooks import FIRST, HEAD, sheet, text


def far(folder: Path) -> Path:
    """A cell in the far corner, named in a way that looking for its name alone does not see."""
    return sheet(folder, HEAD + f'<row r="2">{text("A2", "1")}<c x=">" r="XFD1048576"><v>1</v></c></row>')


def test_a_workbook_opens() -> None:
    assert tried(xlsx(FIRST)) == "opens"


def test_one_that_asks_for_all_memory_is_refused_in_a_process_of_its_own(tmp_path: Path) -> None:
    path = far(tmp_path)
    assert tried(path.read_bytes()) == "too large"
    with pytest.raises(ReadError, match="CSV"):
        understand(path)


def test_what_is_no_workbook_is_broken() -> None:
    assert tried(b"PK\x03\x04 nothing") == "broken"
