"""The report as a tagged PDF/UA-1 file, set by typst with the fonts it brings."""

from pathlib import Path
from typing import Any

import msgspec
import typst

from alerts.report.compose import compose
from alerts.report.data import ReportData
from alerts.report.edition import PAPER
from alerts.report.printable import MISSING, clean, map_text, on_paper

TEMPLATE = Path(__file__).parent / "pdf" / "report.typ"
VERBATIM = frozenset({"type", "id", "href", "lang", "svg", "tone", "kind"})


def render_pdf(data: ReportData) -> bytes:
    """The whole report; the same data give the same bytes. Raises ValueError for a language without a catalogue.

    Texts reach typst as JSON strings, which it shows and never reads as mark-up.
    """
    plain = msgspec.to_builtins(compose(data, PAPER))
    paper: dict[str, Any] = map_text(plain, on_paper, keep=VERBATIM)
    paper["missing"] = _lost(plain)
    report = msgspec.json.encode(paper).decode()
    pdf = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={"report": report},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
        timestamp=int(data.generated_at.timestamp()),
    )
    return bytes(pdf)


def _lost(plain: Any) -> bool:
    """Whether any text holds a character that paper cannot show."""
    lost: list[str] = []

    def look(text: str) -> str:
        if MISSING in on_paper(text) and MISSING not in clean(text):
            lost.append(text)
        return text

    map_text(plain, look, keep=VERBATIM)
    return bool(lost)
