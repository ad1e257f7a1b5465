"""The PDF: tagged, titled, in its language, valid PDF/UA-1, the same every time, and deaf to mark-up in texts."""

import io
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import typst
from pypdf import PdfReader

from alerts.report import render_pdf
from tests.alerts_out.examples import letters_alert, posts_alert, week

HOSTILE = '#panic("x") $x$ *b* `r` <a> @ref \\ #import "x" ]] }} 🎉 中文 \u0007 \ud800 \u202e עברית ' + "x" * 300


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture(scope="module")
def dutch() -> bytes:
    return render_pdf(week())


def test_it_is_tagged_titled_and_says_its_language(dutch: bytes) -> None:
    reader = PdfReader(io.BytesIO(dutch))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "nl"
    assert reader.metadata is not None
    assert reader.metadata.title == week().title


def test_the_same_data_give_the_same_bytes(dutch: bytes) -> None:
    assert render_pdf(week()) == dutch


def test_it_says_what_the_page_on_screen_says(dutch: bytes) -> None:
    text = " ".join(text_of(dutch).split())
    for part in (
        "Samenvatting",
        "147 brieven naar één sjabloon",
        "Vergeleken met toeval",
        "Begrippen",
        "zeer waarschijnlijk",
    ):
        assert part in text


def test_hostile_text_is_shown_and_never_run() -> None:
    alert = msgspec.structs.replace(letters_alert(), examples=(HOSTILE, HOSTILE), shared=(HOSTILE,), template=None)
    text = text_of(render_pdf(week((alert,), title=HOSTILE)))
    assert '#panic("x")' in text
    assert "□" in text


def test_three_hundred_alerts_stay_a_report() -> None:
    pdf = render_pdf(week(tuple(posts_alert(number) for number in range(300))))
    assert len(PdfReader(io.BytesIO(pdf)).pages) < 100


@pytest.mark.slow
def test_it_passes_the_reference_validator(verapdf: Callable[..., str], tmp_path: Path, dutch: bytes) -> None:
    hostile = msgspec.structs.replace(letters_alert(), examples=(HOSTILE,))
    reports = {"dutch": dutch, "quiet": render_pdf(week((), lang="en")), "hostile": render_pdf(week((hostile,)))}
    for name, pdf in reports.items():
        (tmp_path / name).write_bytes(pdf)
    assert verapdf(*(tmp_path / name for name in reports)) == ""


@pytest.mark.slow
def test_the_validator_refuses_an_untagged_file(verapdf: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "untagged.pdf"
    path.write_bytes(typst.compile(b"Hello", format="pdf", pdf_tags=False))
    assert "not compliant" in verapdf(path)
