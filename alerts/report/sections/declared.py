"""Organised openly or not: declared campaigns beside families that nobody declared."""

from alerts.registry import Campaign
from alerts.report.blocks import Block, Group, Section, Text, table
from alerts.report.data import ReportData
from alerts.report.speech import Speech
from alerts.report.vocabulary import STANDING, word

LONGEST_TEXT = 80  # characters


def declared_section(data: ReportData, speech: Speech) -> Section:
    """Where every message ended up, and the campaigns that said who they are."""
    say = speech.say
    blocks: tuple[Block, ...] = (
        Text(
            say(
                "A campaign that says who it is, is democracy at work. Campaigns in the register of declared campaigns "
                "raise no alert; their messages count like any other."
            )
        ),
        _standings(data, speech),
        Group("declared-campaigns", say("Declared campaigns"), 3, (_campaigns(data, speech),)),
    )
    return Section("declared", say("Declared and undeclared"), blocks)


def _standings(data: ReportData, speech: Speech) -> Block:
    say = speech.say
    total = max(1, data.tally.total.messages)
    rows: list[tuple[str, ...]] = []
    for standing in STANDING:
        families = [row.finding for row in data.families if row.status.status == standing]
        messages = sum(finding.messages for finding in families)
        figures = (speech.number(messages), speech.percent(messages / total), speech.number(len(families)))
        rows.append((word(speech, STANDING, standing), *figures))
    alone = data.tally.total.messages - sum(row.finding.messages for row in data.families)
    rows.append(
        (say("Outside any family"), speech.number(alone), speech.percent(max(0, alone) / total), speech.number(alone))
    )
    columns = (say("Standing"), say("All messages"), say("Share"), say("One per family"))
    note = say("Outside any family every message counts as one in both columns.")
    return table(say("Where every message ended up"), columns, [*rows], numeric=3, note=note)


def _campaigns(data: ReportData, speech: Speech) -> Block:
    say = speech.say
    if not data.declared:
        return Text(say("The register holds no declared campaign for this period."))
    rows = []
    for campaign in data.declared:
        families = [row.finding for row in data.families if row.status.campaign_id == campaign.id]
        rows.append(
            (
                campaign.name,
                campaign.organisation,
                speech.short_day(campaign.since),
                _reference(campaign),
                speech.number(sum(finding.messages for finding in families)),
                speech.number(len(families)),
            )
        )
    columns = (say("Campaign"), say("Organisation"), say("Declared since"), say("Text or link"))
    figures = (say("All messages"), say("One per family"))
    return table(say("Campaigns that said who they are"), columns + figures, [*rows], numeric=2)


def _reference(campaign: Campaign) -> str:
    """Its links, or else how its model text begins."""
    if campaign.links:
        return ", ".join(campaign.links)
    text = " ".join(campaign.texts[0].split()) if campaign.texts else "–"
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT].rsplit(" ", 1)[0] + " …"
