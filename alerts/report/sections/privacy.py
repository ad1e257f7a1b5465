"""What is kept of people, and what is not."""

from alerts.report.blocks import Block, Facts, Items, Section, Text
from alerts.report.data import ReportData
from alerts.report.edition import SMALLEST_SHOWN
from alerts.report.speech import Speech


def privacy_section(data: ReportData, speech: Speech) -> Section:
    """The rules in plain words, and where to turn."""
    say = speech.say
    blocks: list[Block] = [
        Text(say("Stemwacht watches phenomena, not persons.")),
        Items(
            (
                say("No person gets a score, a profile or a page, and nobody can be searched for."),
                say(
                    "Handles, names and e-mail addresses become pseudonyms under a secret key before anything is "
                    "stored."
                ),
                say(
                    "Names in texts are taken out as well as software can. Should one remain, it can be removed on "
                    "request."
                ),
                say(
                    "Nothing that fewer than {number} messages share is shown, except the two examples of an alert.",
                    number=str(SMALLEST_SHOWN),
                ),
                say("No message is deleted or counted less because of what was found."),
            )
        ),
    ]
    rows = []
    if data.publisher:
        rows.append((say("Published by"), data.publisher))
    if data.contact:
        rows.append((say("Questions, corrections and replies"), data.contact))
    if rows:
        blocks.append(Facts(tuple(rows)))
    return Section("privacy", say("Privacy"), tuple(blocks))
