"""The report that a commission publishes: accessible HTML and tagged PDF, in Dutch and English."""

from alerts.report.data import (
    Count,
    Day,
    ErrorRate,
    FamilyRow,
    Reading,
    ReportData,
    Tally,
)
from alerts.report.error_rates import ERROR_RATES
from alerts.report.render_html import render_html
from alerts.report.render_pdf import render_pdf
from alerts.report.tally import tally

__all__ = [
    "ERROR_RATES",
    "Count",
    "Day",
    "ErrorRate",
    "FamilyRow",
    "Reading",
    "ReportData",
    "Tally",
    "render_html",
    "render_pdf",
    "tally",
]
