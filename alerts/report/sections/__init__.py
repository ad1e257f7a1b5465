"""The chapters of the report, in the order in which they are read."""

from alerts.report.blocks import Section
from alerts.report.data import ReportData
from alerts.report.edition import Edition
from alerts.report.sections.alerts import alerts_section
from alerts.report.sections.counts import counts_section
from alerts.report.sections.coverage import coverage_section
from alerts.report.sections.declared import declared_section
from alerts.report.sections.families import families_section
from alerts.report.sections.glossary import glossary_section
from alerts.report.sections.method import method_section
from alerts.report.sections.narratives import narratives_section
from alerts.report.sections.networks import networks_section
from alerts.report.sections.privacy import privacy_section
from alerts.report.sections.summary import summary_section
from alerts.report.speech import Speech


def chapters(data: ReportData, speech: Speech, edition: Edition) -> tuple[Section, ...]:
    """Every chapter; each exists in every report, so that an empty one says that there was nothing to say."""
    return (
        summary_section(data, speech),
        coverage_section(data, speech),
        counts_section(data, speech, edition),
        declared_section(data, speech),
        alerts_section(data, speech, edition),
        families_section(data, speech, edition),
        networks_section(data, speech, edition),
        narratives_section(data, speech, edition),
        method_section(data, speech),
        privacy_section(data, speech),
        glossary_section(speech),
    )
