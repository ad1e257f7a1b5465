"""The report as one HTML file that needs nothing from outside."""

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from alerts.report.blocks import Block
from alerts.report.compose import compose
from alerts.report.data import ReportData
from alerts.report.edition import SCREEN
from alerts.report.printable import clean

TEMPLATES = Path(__file__).parent / "html"


def render_html(data: ReportData) -> str:
    """The whole report; raises ValueError for a language without a catalogue. All texts are escaped."""
    style = (TEMPLATES / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = _environment().get_template("report.html")
    return page.render(document=compose(data, SCREEN), style=Markup(style), style_hash=f"sha256-{digest}")  # noqa: S704 our own file


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, finalize=_finalize
    )
    environment.filters["kind"] = _kind
    environment.filters["drawing"] = Markup
    return environment


def _kind(block: Block) -> str:
    return str(block.__struct_config__.tag)


def _finalize(value: object) -> object:
    """Takes out what no HTML may hold; what is mark-up already was made here and holds none."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value
