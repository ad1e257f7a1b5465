"""Which stories are told, by families and single messages together."""

from alerts.report.blocks import Block, Section, Text, table
from alerts.report.data import ReportData
from alerts.report.edition import SMALLEST_SHOWN, Edition
from alerts.report.speech import Speech

MOST_SHOWN = 30


def narratives_section(data: ReportData, speech: Speech, edition: Edition) -> Section:
    """The narratives, largest first; they never raise an alert."""
    say = speech.say
    title = say("Narratives")
    blocks: list[Block] = [
        Text(
            say(
                "A narrative gathers messages that tell the same story in words of their own. It shows what people "
                "write "
                "about. It is found loosely, says nothing about organisation and never raises an alert."
            )
        )
    ]
    listed = [narrative for narrative in data.narratives if narrative.messages >= SMALLEST_SHOWN]
    if not listed:
        blocks.append(Text(say("No narratives were found.")))
        return Section("narratives", title, tuple(blocks))
    listed.sort(key=lambda narrative: (-narrative.messages, narrative.id))
    shown = listed[: min(MOST_SHOWN, edition.rows)]
    rows = [
        (
            ", ".join(narrative.label) or narrative.id[:12],
            speech.number(narrative.messages),
            speech.number(len(narrative.families)),
        )
        for narrative in shown
    ]
    note = say("{shown} of {all} narratives.", shown=speech.number(len(shown)), all=speech.number(len(listed)))
    columns = (say("Key words"), say("Messages"), say("Families that carry it"))
    blocks.append(table(say("Narratives, largest first"), columns, [*rows], numeric=2, note=note))
    return Section("narratives", title, tuple(blocks))
