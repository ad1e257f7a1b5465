"""Puts the report together: data and a language become a document, which an edition then draws."""

from alerts.report.blocks import Document
from alerts.report.data import ReportData
from alerts.report.edition import Edition
from alerts.report.sections import chapters
from alerts.report.sections.coverage import period
from alerts.report.speech import Speech


def compose(data: ReportData, edition: Edition) -> Document:
    """The document in the data's language. Raises ValueError for a language or zone that does not exist."""
    speech = Speech(data.lang, data.zone)
    say = speech.say
    imprint = [
        say("Period: {period}", period=period(data, speech)),
        say("Made on {moment} ({zone})", moment=speech.moment(data.generated_at), zone=data.zone),
        say("Stemwacht {version}", version=data.version),
    ]
    return Document(
        lang=data.lang,
        title=data.title,
        subtitle=say("Integrity report on election information"),
        summary=say("What was organised, what was declared, and what was not covered"),
        masthead=data.publisher or "Stemwacht",
        imprint=tuple(imprint),
        sections=chapters(data, speech, edition),
        labels={
            "contents": say("Contents"),
            "skip": say("Skip to the report"),
            "figures": say("Figures of this drawing as a table"),
            "page": say("page"),
            "of": say("of"),
            "notice": say("How to read this"),
            "missing": say("Characters that this printed edition cannot show stand as □; the web edition has them."),
        },
    )
