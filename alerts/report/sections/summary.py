"""The chapter that everyone reads: what was looked at and what came out, in plain words."""

from alerts.report.blocks import Block, Items, Section, Text, Tiles
from alerts.report.data import ReportData
from alerts.report.speech import Speech


def summary_section(data: ReportData, speech: Speech) -> Section:
    """The main figures, what they say, and how they should be read."""
    say = speech.say
    blocks: list[Block] = [
        Text(_opening(data, speech), "lead"),
        _tiles(data, speech),
        Text(_outcome(data, speech)),
        Text(_declared(data, speech)),
        Text(_gaps(data, speech)),
        Text(
            say(
                "An alert is a reason to look, not a verdict. It says that messages agree more than independent "
                "senders "
                "would, without anyone saying so. It does not say who is behind them, nor that anything in them is "
                "untrue "
                "or unlawful: organising and using a model text are ordinary ways of taking part."
            ),
            "notice",
        ),
    ]
    if data.notes:
        blocks.append(Items(tuple(speech.term(note) for note in data.notes)))
    return Section("summary", say("Summary"), tuple(blocks))


def _opening(data: ReportData, speech: Speech) -> str:
    messages = speech.say_n("{count} message was examined", "{count} messages were examined", data.tally.total.messages)
    sources = speech.say_n("from {count} source", "from {count} sources", len(data.coverage))
    families = speech.say_n(
        "{count} family of messages that say the same was found",
        "{count} families of messages that say the same were found",
        len(data.families),
    )
    once = speech.number(data.tally.total.once)
    return speech.say(
        "{messages} {sources}. {families}; counted once per family, {once} remain.",
        messages=messages,
        sources=sources,
        families=families,
        once=once,
    )


def _tiles(data: ReportData, speech: Speech) -> Tiles:
    say = speech.say
    return Tiles(
        (
            (say("Messages"), speech.number(data.tally.total.messages)),
            (say("Once per family"), speech.number(data.tally.total.once)),
            (say("Alerts"), speech.number(len(data.alerts))),
            (say("Declared campaigns"), speech.number(len(data.declared))),
        ),
        "figures",
    )


def _outcome(data: ReportData, speech: Speech) -> str:
    if not data.alerts:
        return speech.say(
            "No alert was raised. A quiet period is a finding too: in what was covered, no family of messages met "
            "the bar "
            "for undeclared organisation."
        )
    messages = sum(alert.messages for alert in data.alerts)
    raised = speech.say_n("{count} alert was raised", "{count} alerts were raised", len(data.alerts))
    confirmed = sum(alert.status == "confirmed" for alert in data.alerts)
    dismissed = sum(alert.status == "dismissed" for alert in data.alerts)
    return speech.say(
        "{raised}, about {messages} messages together ({share} of all). A reviewer has confirmed {confirmed} and "
        "dismissed "
        "{dismissed}; the others await review.",
        raised=raised,
        messages=speech.number(messages),
        share=speech.percent(messages / max(1, data.tally.total.messages)),
        confirmed=speech.number(confirmed),
        dismissed=speech.number(dismissed),
    )


def _declared(data: ReportData, speech: Speech) -> str:
    rows = [row for row in data.families if row.status.status == "declared"]
    if not rows:
        return speech.say("No family matched a declared campaign.")
    return speech.say(
        "{messages} messages belong to campaigns that say who they are. They raise no alert and stand in every count.",
        messages=speech.number(sum(row.finding.messages for row in rows)),
    )


def _gaps(data: ReportData, speech: Speech) -> str:
    gaps = sum(len(source.gaps) for source in data.coverage)
    if not gaps:
        return speech.say("No gap in the coverage is known for this period.")
    return speech.say_n(
        "The coverage has {count} known gap: what was said then and there is not in this report.",
        "The coverage has {count} known gaps: what was said then and there is not in this report.",
        gaps,
    )
